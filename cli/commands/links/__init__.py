"""`tillbridge links …`: all links of a store at once."""
