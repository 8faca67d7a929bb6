"""What a quick log asks of the database: the statements from the update to the commit of its turn."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import event

from storage.database import Database
from tests.bot.conftest import Chat

MOST = 9
"""So many statements a log of one line may take, of an exercise that is in the session already."""

MOST_OF_A_GUIDED_SET = 20
"""So many a set of a workout may take, as it is prescribed, with the rest after it and the card of the next set."""

DIARY = """\
bench 80x8
squat 100x5
deadlift 140x3
ohp 50x6
barbell row 70x8
leg press 180x10
lat pulldown 60x10
pull ups 8"""


class Turns:
    """The statements of committed turns; what the sender and the sweeps do has transactions of its own."""

    def __init__(self) -> None:
        self.committed: list[list[str]] = []
        self._running: dict[int, list[str]] = {}

    def execute(self, connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        self._running.setdefault(id(connection), []).append(" ".join(statement.split()))

    def end(self, connection: Any) -> None:
        statements = self._running.pop(id(connection), [])
        if any("INTO processed_update" in statement for statement in statements):
            self.committed.append(statements)


@pytest.fixture
def turns(database: Database) -> Iterator[Turns]:
    turns = Turns()
    engine = database._engine.sync_engine
    listeners = (("before_cursor_execute", turns.execute), ("commit", turns.end), ("rollback", turns.end))
    for name, listener in listeners:
        event.listen(engine, name, listener)
    yield turns
    for name, listener in listeners:
        event.remove(engine, name, listener)


async def log(chat: Chat, turns: Turns, text: str) -> list[str]:
    """Say something and give the statements of its turn."""
    turns.committed.clear()
    await chat.say(text)
    assert len(turns.committed) == 1
    return turns.committed[0]


async def welcome(chat: Chat) -> None:
    await chat.say("/start")
    await chat.press(1)
    await chat.press(1)


async def test_a_quick_log_takes_few_statements(chat: Chat, turns: Turns) -> None:
    await welcome(chat)
    await chat.at("2026-11-21T18:30")  # from here on each message is a while after the one before
    await log(chat, turns, "bench 80x8")
    first = await log(chat, turns, "bench 82.5x8")
    assert len(first) <= MOST, "\n".join(first)
    for weight in range(85, 95):
        await chat.say(f"bench {weight}x8")
    later = await log(chat, turns, "bench 95x8")
    assert len(later) == len(first), "\n".join(later)
    assert "set 13: 95 kg" in chat.texts[-1]


async def test_nothing_is_asked_for_twice(chat: Chat, turns: Turns) -> None:
    await welcome(chat)
    await chat.say("bench 80x8")
    for text in ("bench 85x8", "squat 100x5", "ohp 50x6, barbell row 70x8"):
        asked = [statement for statement in await log(chat, turns, text) if statement.startswith("SELECT")]
        assert len(asked) == len(set(asked)), "\n".join(sorted(asked))


async def test_eight_exercises_are_logged_with_the_statements_of_one(chat: Chat, turns: Turns) -> None:
    await welcome(chat)
    one = await log(chat, turns, DIARY.splitlines()[0])
    eight = await log(chat, turns, DIARY)
    assert len(eight) <= len(one) + 4, "\n".join(eight)
    assert sum("INTO exercise_set " in statement for statement in eight) == 1
    assert sum("INTO personal_record " in statement for statement in eight) == 1


async def test_a_set_of_a_workout_takes_a_constant_number_of_statements(chat: Chat, turns: Turns) -> None:
    await welcome(chat)
    await chat.say("Plan\nDay 1\nBench 12x8 @ 80kg rest 2 min\nRow 3x8 @ 60kg\nDay 2\nSquat 3x5")
    await chat.press("✅ Save")
    await chat.at("2026-11-21T18:30")
    await chat.say("/today")
    await chat.press("▶️ Start this workout")
    await log(chat, turns, "8")
    first = await log(chat, turns, "8")
    assert len(first) <= MOST_OF_A_GUIDED_SET, "\n".join(first)
    for _ in range(7):
        await chat.say("8")
    later = await log(chat, turns, "8")
    assert len(later) == len(first), "\n".join(later)
