"""The state of one store: its tables, quota, hazards and stock writes not yet applied."""
