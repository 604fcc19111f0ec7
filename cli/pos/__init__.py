"""A vendor's POS at the command line: connecting it, and how its polls are."""
