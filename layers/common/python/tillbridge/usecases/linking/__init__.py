"""Link, unlink and undo, one product or many: the store's one writer does them before it drains."""
