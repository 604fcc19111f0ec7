"""A simulated BigCommerce store: its documented API, limits, quota and faults, over HTTP."""
