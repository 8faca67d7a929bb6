"""One pace for all processes: booked in the database, by its clock; here at times that the tests give."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.pacing import BOOKED_AT_ONCE, PATIENCE_SECONDS, SharedPacing
from storage.database import Database, Place
from storage.models import OutboxStatus
from tests.bot.telegram_server import Refuse, TelegramServer, telegram_server
from tests.bot.test_delivery import owed
from tests.bot.test_outbox import app_on, say
from tests.conftest import BOT_ROLE

AT = datetime(2026, 11, 21, 12, tzinfo=UTC)
FAR = 1_000.0
STEP = 0.033334


@pytest_asyncio.fixture
async def other_process(fresh_database: Database) -> AsyncIterator[Database]:
    """Another pool on the same database, as another process has."""
    other = Database(fresh_database.address, role=BOT_ROLE, pool_size=2)
    yield other
    await other.close()


def most_in_a_second(times: list[float]) -> int:
    """Count the messages of the busiest second, wherever it begins; a second ends before its end."""
    return max(sum(start <= time < start + 1 - 1e-6 for time in times) for start in times)


class At:
    """A database whose bookings are all made at one time, and counted."""

    def __init__(self, database: Database, at: datetime) -> None:
        self.database, self.at, self.asked = database, at, 0

    async def book_sending(self, chat_ids: list[int], horizon_seconds: float) -> list[Place]:
        self.asked += 1
        return await self.database.book_sending(chat_ids, horizon_seconds, self.at)


async def test_two_processes_with_two_hundred_chats_send_thirty_a_second_together(
    fresh_database: Database, other_process: Database
) -> None:
    doors: list[Any] = [At(fresh_database, AT), At(other_process, AT)]
    pacings = [SharedPacing(door) for door in doors]
    places = await asyncio.gather(*(pacings[chat % 2].place(chat) for chat in range(1, 201)))
    times = sorted(place.seconds for place in places)
    assert all(place.is_booked for place in places)
    assert most_in_a_second(times) == 30
    assert times == pytest.approx([number * STEP for number in range(200)])  # no place is left empty
    # Both ask for half a second's worth at a time.
    assert sum(door.asked for door in doors) <= 200 / BOOKED_AT_ONCE + 4


async def test_a_chat_gets_a_burst_and_then_one_a_second_from_all_processes_together(
    fresh_database: Database, other_process: Database
) -> None:
    doors = [fresh_database, other_process]
    sent: list[float] = []
    now = 0.0
    for number in count():
        if len(sent) == 12:
            break
        (place,) = await doors[number % 2].book_sending([7], FAR, AT + timedelta(seconds=now))
        now += place.seconds
        if place.is_booked:
            sent.append(now)
    assert sent[:4] == pytest.approx([0, STEP, 2 * STEP, 3 * STEP])
    assert sent[4:] == pytest.approx(list(range(1, 9)))


async def test_a_group_gets_twenty_a_minute(fresh_database: Database) -> None:
    sent, now = 0, 0.0
    while now < 60:
        (place,) = await fresh_database.book_sending([-7], FAR, AT + timedelta(seconds=now))
        now += place.seconds
        sent += place.is_booked and now < 60
    assert 20 <= sent <= 23  # the burst of four, and one in three seconds


async def test_a_chat_that_has_to_wait_keeps_nobodys_place(fresh_database: Database) -> None:
    await fresh_database.book_sending([7] * 4, FAR, AT)
    places = await fresh_database.book_sending([7, 8, 9], FAR, AT)
    assert [place.is_booked for place in places] == [False, True, True]
    assert [place.seconds for place in places] == pytest.approx([1, 4 * STEP, 5 * STEP])


async def test_places_are_booked_no_further_than_a_message_can_wait(fresh_database: Database) -> None:
    places = await fresh_database.book_sending(range(1, 401), PATIENCE_SECONDS, AT)
    assert sum(place.is_booked for place in places) == PATIENCE_SECONDS // STEP + 1
    assert all(place.seconds > PATIENCE_SECONDS for place in places if not place.is_booked)
    door: Any = At(fresh_database, AT)
    assert await SharedPacing(door).wait(500) > PATIENCE_SECONDS


async def test_a_pause_of_one_chat_is_its_own_and_of_two_everybodys(
    fresh_database: Database, other_process: Database
) -> None:
    assert not await fresh_database.pause_sending(7, 20, AT)
    seven, eight = await other_process.book_sending([7, 8], FAR, AT)
    assert (seven.is_booked, eight.is_booked) == (False, True)
    assert seven.seconds == pytest.approx(20)
    assert await fresh_database.pause_sending(9, 30, AT + timedelta(seconds=5))
    (ten,) = await other_process.book_sending([10], FAR, AT + timedelta(seconds=6))
    assert ten.seconds == pytest.approx(29)
    (after,) = await other_process.book_sending([10], FAR, AT + timedelta(seconds=40))
    assert after == Place(0, is_booked=True)


async def test_a_pause_that_has_passed_does_not_add_to_another(fresh_database: Database) -> None:
    await fresh_database.pause_sending(7, 20, AT)
    assert not await fresh_database.pause_sending(9, 30, AT + timedelta(seconds=21))


async def test_chats_are_forgotten_once_they_may_be_written_to(fresh_database: Database) -> None:
    await fresh_database.book_sending([1, 2, 3, 3], FAR, AT)
    await fresh_database.pause_sending(4, 60, AT)
    assert await fresh_database.forget_pace(AT + timedelta(seconds=1)) == 2
    assert await fresh_database.forget_pace(AT + timedelta(seconds=61)) == 2


async def test_without_the_database_each_process_keeps_the_pace_for_itself(tmp_path: Path) -> None:
    away = Database(f"postgresql://nobody@/nothing?host={tmp_path}", role=BOT_ROLE, pool_size=1)
    pacing = SharedPacing(away, lambda: 0.0)
    places = await asyncio.gather(*(pacing.place(chat) for chat in range(1, 41)))
    await pacing.pause(7, 20)
    await away.close()
    assert [place.seconds for place in places] == pytest.approx([number / 30 for number in range(40)])


@pytest_asyncio.fixture
async def telegram() -> AsyncIterator[TelegramServer]:
    async with telegram_server() as server:
        yield server


async def test_what_cannot_be_sent_soon_goes_back_into_the_outbox_untried(
    telegram: TelegramServer, fresh_database: Database, telegram_id: int
) -> None:
    await fresh_database.pause_sending(telegram_id, 3600)
    async with app_on(telegram, fresh_database, SharedPacing(fresh_database)) as app:
        first, second = await say(app, telegram, telegram_id, "two")
    assert telegram.texts == []
    assert (first.status, first.attempts, first.lease_until) == (OutboxStatus.PENDING, 0, None)
    assert first.not_before is not None
    assert (first.not_before - first.created_at).total_seconds() == pytest.approx(3600, abs=60)
    assert (second.status, second.attempts) == (OutboxStatus.PENDING, 0)


async def test_a_pause_that_telegram_asks_for_is_told_to_all_processes(
    telegram: TelegramServer, fresh_database: Database, telegram_id: int, other_telegram_id: int
) -> None:
    refusal = Refuse(429, "Too Many Requests: retry after 900", {"retry_after": 900})
    telegram.faults["sendMessage"] += [refusal, refusal]
    async with app_on(telegram, fresh_database, SharedPacing(fresh_database)) as app:
        await say(app, telegram, telegram_id, "hello")
        await say(app, telegram, other_telegram_id, "hello")
    (third,) = await fresh_database.book_sending([1], FAR)
    assert third.seconds == pytest.approx(900, abs=60)
    assert [row.status for row in await owed(fresh_database, telegram_id)] == ["pending"]
