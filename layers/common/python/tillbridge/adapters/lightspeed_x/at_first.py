"""Asking an X-Series retailer what a person at connect, or at a switch, has to know."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import override

import requests

from tillbridge.adapters.lightspeed_x.calls import LightspeedCalls
from tillbridge.adapters.lightspeed_x.source import LightspeedSource
from tillbridge.domain.attention_words import AttentionCode
from tillbridge.domain.connecting import ConnectCode
from tillbridge.domain.errors import CannotConnect, NeedsAttention, RetryLater
from tillbridge.domain.web_orders.switching import Outlet
from tillbridge.ports.clock import Clock
from tillbridge.ports.pos_at_first import PosAtFirst

_MS = 10_000
"""For all calls of one question: a person waits."""


class LightspeedAtFirst(PosAtFirst):
    """`open_http` makes a session when it is needed."""

    def __init__(self, open_http: Callable[[], requests.Session], clock: Clock) -> None:
        self._open_http = open_http
        self._clock = clock

    @override
    def currency(self, address: str, token: str) -> str:
        with self._asked(address, token) as source:
            return source.facts().currency

    @override
    def outlets(self, address: str, token: str) -> Sequence[Outlet]:
        with self._asked(address, token) as source:
            return [Outlet(each.id, each.name, each.active) for each in source.outlets()]

    @override
    def takes_web_orders(self, address: str, token: str) -> bool:
        # It could be told of them as sales; that a level read after one contains it nobody has seen yet.
        return False

    @contextmanager
    def _asked(self, address: str, token: str) -> Iterator[LightspeedSource]:
        until = self._clock.now_ms() + _MS
        try:
            with self._open_http() as http:
                yield LightspeedSource(
                    LightspeedCalls(address, lambda _: token, self._clock, until, http)
                )
        except NeedsAttention as why:
            if why.code == AttentionCode.POS_TOKEN_DEAD:
                words = "The POS refuses the token."
                raise CannotConnect(ConnectCode.POS_TOKEN, words) from why
            raise
        except RetryLater as why:
            raise CannotConnect(ConnectCode.POS_SILENT, str(why)) from why
