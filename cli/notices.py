"""What people should know beside the answer of a command: `main` prints it at the end, on stderr."""

notices: list[str] = []
