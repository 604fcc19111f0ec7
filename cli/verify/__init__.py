"""Compares POS and store from the two articles alone; shares no mapping with push."""
