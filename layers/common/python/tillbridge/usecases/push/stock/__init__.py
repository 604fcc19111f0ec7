"""The levels of linked products, and the storefront's channel that new ones are put on first."""
