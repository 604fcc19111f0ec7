"""The `tillbridge` command: for operators, and for developers on a local world."""
