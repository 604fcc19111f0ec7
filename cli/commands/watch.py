"""`tillbridge watch`: what happens, as it happens."""

import time

from cli.commands.options import JsonOption, StackOption, StoreOption

EVERY_S = 1.0


def command(as_json: JsonOption = False, store: StoreOption = "", stack: StackOption = "") -> None:
    """Print each call to BigCommerce as it is made, until Ctrl-C.

    A line says why, for which products, and how BigCommerce answered; it is at most some seconds late. With
    --json each line is an object. It reads what is kept anyway, and costs one small read a second."""
    from cli.deployment.connections import choose
    from cli.deployment.target import need_target
    from cli.deployment.watching import NewLines
    from cli.screen.console import errors
    from cli.screen.happening import say_line
    from tillbridge.domain.errors import RetryLater

    target = need_target(stack)
    stores = [choose(stack, store)[1]] if store else list(target.stores.all())
    lines = NewLines(target, stores)
    errors.print("Watching. Ctrl-C ends this; everything else goes on.")
    try:
        while True:
            try:
                for name, line in lines.look():
                    say_line(name, line, as_json=as_json)
            except RetryLater as busy:  # a moment without an answer does not end a night's watch
                errors.print(f"{busy} Still watching.")
            time.sleep(EVERY_S)  # nobody tells us when a line was written
    except KeyboardInterrupt:
        errors.print("Stopped watching.")
