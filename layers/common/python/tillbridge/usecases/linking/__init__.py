"""Links by hand and in bulk, taken away, and what a first push replaced put back: all by the store's
one writer, before it drains."""
