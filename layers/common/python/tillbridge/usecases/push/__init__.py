"""The drain of one store: read back from the POS, plan, write, record, clear."""
