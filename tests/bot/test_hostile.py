"""A thousand messages made to do harm: memory stays bounded, nothing hangs, and others are answered in between."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from bot.bot_api import Person
from bot.delivery import Outcome
from storage.database import Database
from tests.hostile import Attack, opened, people_from

MOST_GROWTH = 80
"""MiB: the parser's tables and caches are filled by then, the rest is what the messages left behind."""


async def test_a_thousand_hostile_messages_are_borne(
    database: Database, telegram_id: int, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("CRITICAL")
    people = list(people_from(telegram_id * 1000))
    async with opened(database, telegram_id, tmp_path, messages_per_minute=10) as conversation:
        attack = Attack(conversation, people, Person(telegram_id))
        report = await attack.run(1_000)
        gc.collect()
        assert report.unanswered == 0, "everyone else is answered in between"
        assert len(report.quick_seconds) == 10
        assert report.end - report.warm < MOST_GROWTH
        assert sum(report.outcomes.values()) == 1_010
        assert report.outcomes[Outcome.LIMITED] > 500, "the pace holds most of it back"
        for person in people:
            outcome = await conversation.app.delivery.deliver(conversation.api.say(person, "/help"))
            assert outcome in (Outcome.DONE, Outcome.LIMITED), "nobody's chat is stuck"
