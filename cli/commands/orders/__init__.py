"""`tillbridge orders`: the web orders of a store."""
