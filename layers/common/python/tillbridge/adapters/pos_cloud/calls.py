"""Calls to the POS API of the contract. Every one may be repeated: reads, calls that ensure a name, and creates with
an idempotency key."""

import random
from dataclasses import dataclass

from tillbridge.adapters.http import Incoming
from tillbridge.adapters.pos_session import LEAST_SECONDS, PosCall, PosSession, asked_wait
from tillbridge.domain.attention_words import AttentionCode
from tillbridge.domain.errors import PosDown
from tillbridge.domain.problems import attention_for

_dice = random.SystemRandom()


@dataclass(frozen=True, slots=True)
class PosCalls(PosSession):
    """Calls to a POS that keeps the contract."""

    def send(self, call: PosCall) -> Incoming:
        """Send one call, and return its answer: a success or a refusal (4xx, 501). Raise PosDown when
        the POS cannot be reached or throttles, NeedsAttention when it refuses our token."""
        answer = self.answer_to(call, self._may_call)
        if answer.status in (401, 403):
            raise attention_for(AttentionCode.POS_TOKEN_DEAD)
        if answer.status == 429:
            wait = asked_wait(answer, self.clock.now_ms()) or _dice.uniform(1.0, 5.0)
            raise PosDown("The POS asks us to wait before the next read.", wait)
        return answer

    def _may_call(self) -> None:
        if self.seconds_left < LEAST_SECONDS:
            raise PosDown("There is no time left to read from the POS in this run.")
