"""Control of the account from outside: hazards, ids, the call log."""
