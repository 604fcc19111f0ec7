"""The store over HTTP: admission, routing, and the hazards around a call."""
