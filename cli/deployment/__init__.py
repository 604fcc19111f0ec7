"""The deployment that a command works on, the stores connected to it, and their data."""
