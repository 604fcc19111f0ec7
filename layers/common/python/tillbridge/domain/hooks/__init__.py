"""Webhooks of BigCommerce: who may call, what a call says, and which hooks a store is to have."""
