"""The one looker: how the store is read for a comparison, and what a look found."""
