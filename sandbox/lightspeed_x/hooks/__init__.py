"""Webhooks: who subscribes, and the calls that tell them."""
