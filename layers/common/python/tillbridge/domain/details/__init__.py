"""The content of each side of a product, kept beside its row for the page that shows it."""
