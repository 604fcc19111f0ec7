"""The store over HTTP: who is let in, where a call leads, what goes wrong around it."""
