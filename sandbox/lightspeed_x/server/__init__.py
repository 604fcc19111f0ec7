"""Routes, admission and the server."""
