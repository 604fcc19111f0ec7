"""The only place where real adapters are built. Each function has a module, so that no function
loads at its start what only another needs."""
