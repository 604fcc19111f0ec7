"""The pages of the console: address, right and handler of each."""

from tillbridge.console.visit import Route

ROUTES: tuple[Route, ...] = ()
