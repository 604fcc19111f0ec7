"""Web orders: read, kept in the book, and known when stock is written."""
