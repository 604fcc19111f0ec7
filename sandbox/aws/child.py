"""The process that ministack runs in: it ends when its parent does, however that ended."""

import os
import signal
import sys
import threading


def _end_with_parent() -> None:
    sys.stdin.buffer.read()  # returns when the parent closes the pipe, or dies
    os.kill(os.getpid(), signal.SIGTERM)


def main() -> None:
    """Serve the local AWS; its address comes in the environment (see server.py)."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    from ministack.app import main as serve  # noqa: PLC0415 - reads its environment on import

    sys.argv = ["ministack"]
    serve()


if __name__ == "__main__":
    main()
