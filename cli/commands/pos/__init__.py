"""`tillbridge pos …`: the accounts of vendors' POS."""
