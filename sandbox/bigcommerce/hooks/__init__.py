"""Webhooks: who subscribes to what, and the calls that tell them."""
