"""Verify: compare POS and store from the two articles alone, sharing no mapping with push.

Of web orders it reads both APIs and the book. Whether a record of the POS contains a unit it takes from what
the POS says; from the book, only what people booked by hand, which nobody else knows."""
