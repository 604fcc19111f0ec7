"""Golden events: one per trigger and per odd case, and how they are wrapped."""
