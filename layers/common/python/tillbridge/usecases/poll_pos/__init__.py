"""Polls: what changed in a vendor's POS is read, kept in the mirror and told on the bus."""
