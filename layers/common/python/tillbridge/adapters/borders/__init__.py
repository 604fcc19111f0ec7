"""What may come in. Everything from outside passes one of these modules before any rule computes
with it, so a value that cannot be sent, kept or counted is refused where its field has a name."""
