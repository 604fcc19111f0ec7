"""One slice of a drain: its session, its rows, and whose call may go out now."""
