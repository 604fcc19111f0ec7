"""Messages: those from the bus and the queues are parsed here, and those for the queues written."""
