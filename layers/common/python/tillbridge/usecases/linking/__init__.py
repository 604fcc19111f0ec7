"""Link, unlink and undo, by hand and in bulk: all by the store's one writer, before it drains."""
