"""The only place where real adapters are built: a module for each function, so that none waits at
its start for what another needs."""
