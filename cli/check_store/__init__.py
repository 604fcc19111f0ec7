"""`tillbridge check-store`: what only the store itself can say, asked without changing anything."""
