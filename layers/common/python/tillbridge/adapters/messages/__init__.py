"""What arrives from the bus and the queues, read, and what we put on the queues, written."""
