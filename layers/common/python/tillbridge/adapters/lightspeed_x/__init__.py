"""Lightspeed Retail (X-Series): the only rooms that know its words."""
