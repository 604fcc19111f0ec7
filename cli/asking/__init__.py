"""Requests to the functions, put on the bus, and waiting for what they answer."""
