"""The only place where real adapters are built. Each function has a module, so that no function
loads at its start what only another needs."""

import gc

from tillbridge.environment import starts_on_lambda

if starts_on_lambda():
    gc.disable()  # of what imports make next to nothing is garbage; bootstrap/built_once.py collects again
