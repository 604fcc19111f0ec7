"""Requests to the deployed functions: put them on the bus, then wait for the outcome."""
