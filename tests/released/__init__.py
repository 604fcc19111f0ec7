"""Rows, messages and events as releases write them, and that today's readers read them all."""
