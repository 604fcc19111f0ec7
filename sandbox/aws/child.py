"""The process that ministack runs in: it ends when its parent does, however that ended."""

import os
import signal
import sys
import threading
from functools import lru_cache
from types import ModuleType


def _end_with_parent() -> None:
    sys.stdin.buffer.read()  # returns when the parent closes the pipe, or dies
    os.kill(os.getpid(), signal.SIGTERM)


def remember_parsed(dynamodb: ModuleType) -> None:
    """ministack parses an expression anew for each item it looks at: a query over 834 items took
    46 ms, remembered 10 ms. Both are pure functions of texts, and nobody changes what they return."""
    for name in ("_tokenize", "_condition_syntax_error"):
        setattr(dynamodb, name, lru_cache(maxsize=4_096)(getattr(dynamodb, name)))


def main() -> None:
    """Serve the local AWS; its address comes in the environment (see server.py)."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    from ministack.app import main as serve  # noqa: PLC0415 - reads its environment on import
    from ministack.services import dynamodb  # noqa: PLC0415 - likewise

    remember_parsed(dynamodb)
    sys.argv = ["ministack"]
    serve()


if __name__ == "__main__":
    main()
