"""The authorize page and the token endpoint."""
