"""What the first message would wait for, done before it comes; and what stays for good, out of the collector's way."""

from __future__ import annotations

import gc
from datetime import UTC, datetime

from bot.messages import FALLBACK, messages_in
from parser import Habits, ReadingContext, Vocabulary, read_shorthand


def warm_up() -> None:
    """Load the library's words and the catalogue, and read something once.

    A full collection would go through all of that each time and stop every chat meanwhile, for over a tenth of a
    second. It is never garbage, so it is frozen: a full collection looks at what came after it.
    """
    messages_in(FALLBACK)
    read_shorthand("bench 80x8", ReadingContext("kg", "en", datetime.now(UTC).date(), Vocabulary.library(), Habits()))
    gc.collect()
    gc.freeze()
