"""How much a user writes: what one process has seen of the last minute. See `bot.usecases.floods` for all processes."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

MINUTE = 60.0
CHARACTERS = 2_000
"""A text counts as one message, and as one more for so many characters: long ones take longer to read."""
PRUNE_ABOVE = 10_000
MOST_KEPT = 2_000


class Pace:
    """Counts what each user sent within the last minute, in messages."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._sent: dict[int, deque[tuple[float, int]]] = {}

    def count(self, telegram_id: int, text: str) -> int:
        """Count a message, and give how much there was within a minute, this one included."""
        now = self._now()
        sent = self._sent.setdefault(telegram_id, deque(maxlen=MOST_KEPT))
        while sent and sent[0][0] <= now - MINUTE:
            sent.popleft()
        sent.append((now, 1 + len(text) // CHARACTERS))
        if len(self._sent) > PRUNE_ABOVE:
            self._sent = {user: kept for user, kept in self._sent.items() if kept[-1][0] > now - MINUTE}
        return sum(weight for _, weight in sent)
