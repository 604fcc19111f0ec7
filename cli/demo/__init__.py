"""`tillbridge demo`: the whole system plays a day on this machine, and every promise is checked."""
