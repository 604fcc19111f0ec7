"""The drain of one store: read back from the POS, plan, write, record, clear
(docs/architecture.md, From the till to the web)."""
