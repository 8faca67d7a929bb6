"""Sending over HTTP, when Telegram or the way there is not at its best."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import pytest_asyncio
from pydantic import SecretStr
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TimedOut

from bot.app import App, open_app
from bot.bot_api import Person
from bot.outbox import Failed, Postponed, judge
from bot.pacing import NoPacing, Pacing
from bot.settings import BotSettings
from storage.database import Database
from storage.models import Outbox, OutboxStatus
from tests.bot.probe import probe_routes
from tests.bot.telegram_server import TOKEN, Cut, Hold, Refuse, TelegramServer, telegram_server
from tests.bot.test_delivery import counted, owed


@pytest_asyncio.fixture
async def telegram() -> AsyncIterator[TelegramServer]:
    async with telegram_server() as server:
        yield server


@asynccontextmanager
async def app_on(telegram: TelegramServer, database: Database, pacing: Pacing | None = None) -> AsyncIterator[App]:
    settings = BotSettings.model_construct(telegram_bot_token=SecretStr(TOKEN), telegram_api_base=telegram.address)
    async with open_app(database, settings, pacing=pacing or NoPacing(), routes=probe_routes()) as app:
        yield app


@pytest_asyncio.fixture
async def app(telegram: TelegramServer, fresh_database: Database) -> AsyncIterator[App]:
    async with app_on(telegram, fresh_database) as app:
        yield app


async def say(app: App, telegram: TelegramServer, telegram_id: int, text: str) -> list[Outbox]:
    """Say something, let the bot send what it can, and give what the user is or was owed."""
    await app.delivery.deliver(telegram.api.say(Person(telegram_id), text))
    await app.background.settle()
    return await owed(app.database, telegram_id)


async def test_all_kinds_of_answers_arrive_over_http(app: App, telegram: TelegramServer, telegram_id: int) -> None:
    for text in ("bench <80>", "file plan.json", "picture", "react 👍", "edited", "buttons"):
        await say(app, telegram, telegram_id, text)
    assert [shown.method for shown in telegram.shown] == [
        "sendMessage", "sendDocument", "sendPhoto", "setMessageReaction", "sendMessage",
        "editMessageText", "sendMessage",
    ]  # fmt: skip
    assert telegram.shown[0].text == "heard bench <80>\ncounted 1"
    assert telegram.shown[-1].buttons == [["Count", "Count on"], ["Next", "Same"], ["Fail", "Copy", "Gone"]]


async def test_a_pause_that_telegram_asks_for_is_kept_and_order_with_it(
    app: App, telegram: TelegramServer, telegram_id: int
) -> None:
    telegram.faults["sendMessage"].append(Refuse(429, "Too Many Requests: retry after 7", {"retry_after": 7}))
    first, second = await say(app, telegram, telegram_id, "two")
    assert first.not_before is not None
    assert first.lease_until is None
    assert (first.status, second.status) == (OutboxStatus.PENDING, OutboxStatus.PENDING)
    assert telegram.texts == []
    assert await app.sender.sweep() == 0  # not before its time, and nothing overtakes
    async with app.database.begin(telegram_id=telegram_id) as work:
        await work.outbox.postpone(first.id, 0)
    assert await app.sender.sweep() == 1
    await app.background.settle()
    assert telegram.texts == ["first", "second"]


@pytest.mark.parametrize("fault", [Refuse(500, "Internal Server Error"), Refuse(502, "Bad Gateway"), Cut()])
async def test_trouble_on_the_way_is_tried_again(
    app: App, telegram: TelegramServer, telegram_id: int, fault: Refuse | Cut
) -> None:
    telegram.faults["sendMessage"].append(fault)
    (row,) = await say(app, telegram, telegram_id, "bench")
    assert row.status == OutboxStatus.PENDING
    async with app.database.begin(telegram_id=telegram_id) as work:
        await work.outbox.postpone(row.id, 0)
    await app.sender.sweep()
    await app.background.settle()
    (row,) = await owed(app.database, telegram_id)
    assert (row.status, row.attempts) == (OutboxStatus.SENT, 2)
    assert telegram.texts == ["heard bench\ncounted 1"]


async def test_an_answer_lost_on_the_way_back_doubles_a_message_at_worst_never_an_effect(
    app: App, telegram: TelegramServer, telegram_id: int
) -> None:
    telegram.faults["sendMessage"].append(Cut(is_done=True))
    (row,) = await say(app, telegram, telegram_id, "bench")
    async with app.database.begin(telegram_id=telegram_id) as work:
        await work.outbox.postpone(row.id, 0)
    await app.sender.sweep()
    await app.background.settle()
    assert telegram.texts == ["heard bench\ncounted 1"] * 2
    assert await counted(app.database, telegram_id) == 1


async def test_one_who_blocked_the_bot_stops_nobody_else(
    app: App, telegram: TelegramServer, telegram_id: int, other_telegram_id: int
) -> None:
    telegram.api.blocked.add(telegram_id)
    rows = await say(app, telegram, telegram_id, "two")
    assert {row.status for row in rows} == {OutboxStatus.FAILED}
    await say(app, telegram, other_telegram_id, "hello")
    assert telegram.texts == ["heard hello\ncounted 1"]


async def test_a_message_that_telegram_refuses_does_not_hold_up_the_next(
    app: App, telegram: TelegramServer, telegram_id: int
) -> None:
    telegram.faults["sendMessage"].append(Refuse(400, "Bad Request: something new"))
    first, second = await say(app, telegram, telegram_id, "two")
    assert (first.status, first.error) == (OutboxStatus.FAILED, "Something new")
    assert second.status == OutboxStatus.SENT
    assert telegram.texts == ["second"]


async def test_a_group_that_became_a_supergroup_is_followed(
    app: App, telegram: TelegramServer, telegram_id: int
) -> None:
    telegram.faults["sendMessage"].append(
        Refuse(400, "Bad Request: group chat was upgraded", {"migrate_to_chat_id": telegram_id})
    )
    (row,) = await say(app, telegram, telegram_id, "hello")
    assert row.status == OutboxStatus.SENT


async def test_a_press_that_cannot_be_acknowledged_any_more_has_its_effect(
    app: App, telegram: TelegramServer, telegram_id: int
) -> None:
    await say(app, telegram, telegram_id, "buttons")
    (*_, message) = telegram.api.messages(telegram_id)
    telegram.faults["answerCallbackQuery"].append(Refuse(400, "Bad Request: query is too old"))
    await app.delivery.deliver(telegram.api.press(Person(telegram_id), message, message.buttons[0]["callback_data"]))
    await app.background.settle()
    assert await counted(app.database, telegram_id) == 2


async def test_the_command_menu_is_set(app: App, telegram: TelegramServer) -> None:
    await app.set_command_menu()
    assert [command["command"] for command in telegram.api.commands[""]] == ["hello"]


@pytest.mark.parametrize(
    ("error", "attempts", "judged"),
    [
        (RetryAfter(7), 1, Postponed),
        (NetworkError("gone"), 1, Postponed),
        (TimedOut(), 5, Postponed),
        (NetworkError("gone"), 300, Failed),  # a day has passed
        (BadRequest("Something"), 1, Failed),
        (Forbidden("bot was blocked by the user"), 1, Failed),
        (ChatMigrated(5), 1, Postponed),
        (ValueError("a bug of ours"), 1, Failed),
    ],
)
def test_failures_are_sorted(error: Exception, attempts: int, judged: type[Any]) -> None:
    assert isinstance(judge(error, attempts), judged)


def test_pauses_grow_and_end_growing() -> None:
    pauses = [judge(NetworkError("gone"), attempts) for attempts in (1, 2, 3, 20)]
    assert [p.seconds for p in pauses if isinstance(p, Postponed)] == [2, 4, 8, 300]


# ------------------------------------------------------------------ pacing


def test_a_chat_gets_a_burst_and_then_one_a_second() -> None:
    time = 1000.0
    pacing = Pacing(lambda: time)
    waits = [pacing.book(7) for _ in range(6)]
    assert waits[:4] == pytest.approx([0, 1 / 30, 2 / 30, 3 / 30])
    assert waits[4:] == pytest.approx([1, 2])
    time += 60
    assert pacing.book(7) == 0


def test_a_group_gets_twenty_a_minute() -> None:
    pacing = Pacing(lambda: 0.0)
    waits = [pacing.book(-7) for _ in range(24)]
    assert sum(wait <= 60 for wait in waits) == 24
    assert waits[-1] == pytest.approx(60)


def test_all_chats_together_get_thirty_a_second_and_none_waits_for_a_slow_one() -> None:
    pacing = Pacing(lambda: 0.0)
    for _ in range(10):
        pacing.book(7)
    waits = [pacing.book(chat) for chat in range(100, 150)]
    assert waits[0] == pytest.approx(10 / 30)
    assert waits[-1] == pytest.approx(59 / 30)


async def test_users_are_sent_to_side_by_side(
    app: App, telegram: TelegramServer, telegram_id: int, other_telegram_id: int
) -> None:
    """The first user's message is held by Telegram; the second's gets through."""
    held = asyncio.Event()
    telegram.faults["sendMessage"].append(Hold(held))
    await app.delivery.deliver(telegram.api.say(Person(telegram_id), "slow"))
    await telegram.until(lambda: "sendMessage" in telegram.called and not telegram.faults["sendMessage"])
    await app.delivery.deliver(telegram.api.say(Person(other_telegram_id), "quick"))
    await telegram.until(lambda: telegram.texts == ["heard quick\ncounted 1"])
    held.set()
    await app.background.settle()
    assert telegram.texts == ["heard quick\ncounted 1", "heard slow\ncounted 1"]
