"""A simulated BigCommerce store: its documented API, limits, quota and moods, over HTTP."""
