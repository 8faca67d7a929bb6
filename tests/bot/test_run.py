"""The real process: long polling, the webhook, kill -9, the database away, wrong settings."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest
import pytest_asyncio
from aiohttp import ClientSession

from bot.bot_api import Person
from storage.database import Database
from tests.bot.database_proxy import database_proxy
from tests.bot.telegram_server import TOKEN, Refuse, TelegramServer, telegram_server
from tests.bot.test_delivery import counted, owed, processed
from tests.server import Server

ROOT = Path(__file__).resolve().parents[2]
PROBE = "tests.bot.probe_process"


@pytest_asyncio.fixture
async def telegram() -> AsyncIterator[TelegramServer]:
    async with telegram_server() as server:
        yield server


@pytest.fixture
def address(server: Server, database_name: str) -> str:
    return server.bot_of(database_name)


class Process:
    """A running bot, and what it has written to its log."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def end(self, number: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
        """Send a signal and wait for the end; give the exit code and the log."""
        if self._process.returncode is None:
            self._process.send_signal(number)
        async with asyncio.timeout(60):
            _, log = await self._process.communicate()
        assert self._process.returncode is not None
        return self._process.returncode, log.decode()


async def start(module: str, *arguments: str, **settings: str) -> Process:
    environment = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, *arguments, env=environment | settings, cwd=ROOT,
        stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    return Process(process)


@asynccontextmanager
async def running(
    telegram: TelegramServer, address: str, module: str = PROBE, **settings: str
) -> AsyncIterator[Process]:
    """Run the bot on a database and a Telegram; it is killed at the end if it still runs."""
    process = await start(
        module, "run",
        DATABASE_URL=address, TELEGRAM_BOT_TOKEN=TOKEN, TELEGRAM_API_BASE=telegram.address, **settings,
    )  # fmt: skip
    try:
        yield process
    finally:
        await process.end(signal.SIGKILL)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


# ------------------------------------------------------------------ long polling


async def test_the_bot_itself_answers_over_long_polling(
    telegram: TelegramServer, address: str, telegram_id: int
) -> None:
    async with running(telegram, address, "bot") as process:
        await telegram.say(Person(telegram_id), "/help")
        await telegram.until(lambda: telegram.shown and not telegram.unconfirmed)
        await telegram.until(lambda: telegram.api.commands)
        names = [command["command"] for command in telegram.api.commands[""]]
        assert names == re.findall(r"^/(\w+):", telegram.shown[0].text, re.MULTILINE)
        assert {"start", "help", "cancel"} <= set(names)
        code, log = await process.end()
    assert code == 0
    assert TOKEN not in log
    assert TOKEN.partition(":")[2] not in log


async def test_updates_are_confirmed_after_their_commit_and_come_in_order(
    telegram: TelegramServer, address: str, database: Database, telegram_id: int, other_telegram_id: int
) -> None:
    people = [Person(telegram_id), Person(other_telegram_id)]
    await telegram.push(*(telegram.api.say(person, f"set {n}") for n in range(4) for person in people))
    async with running(telegram, address) as process:
        await telegram.until(lambda: not telegram.unconfirmed and len(telegram.shown) == 8)
        assert await process.end() != (1, "")
    for person in people:
        said = [shown.text for shown in telegram.shown if shown.chat_id == person.id]
        assert said == [f"heard set {n}\ncounted {n + 1}" for n in range(4)]
        assert await counted(database, person.id) == 4


async def test_a_poisonous_update_does_not_stop_the_others(
    telegram: TelegramServer, address: str, database: Database, telegram_id: int
) -> None:
    person = Person(telegram_id)
    unreadable = telegram.api.say(person, "unreadable")
    unreadable["message"]["entities"] = "nonsense"
    await telegram.push(unreadable, telegram.api.say(person, "fail"), telegram.api.say(person, "bench"))
    async with running(telegram, address) as process:
        await telegram.until(lambda: not telegram.unconfirmed and len(telegram.shown) == 3)
        _, log = await process.end()
    assert telegram.texts[-1] == "heard bench\ncounted 1"
    assert len([row for row in await processed(database, telegram_id) if row.error_id]) == 2
    assert "unreadable" not in log
    assert "bench" not in log


async def test_killed_again_and_again_it_loses_nothing_and_does_nothing_twice(
    telegram: TelegramServer, address: str, database: Database, admin_connection: asyncpg.Connection[object],
    telegram_id: int, other_telegram_id: int,
) -> None:  # fmt: skip
    """Killed with SIGKILL after every few answers; what it had in hand comes again, and counts once."""
    people, each = [Person(telegram_id), Person(other_telegram_id)], 8
    await telegram.push(*(telegram.api.say(person, f"set {n}") for n in range(each) for person in people))
    for _ in range(3):
        async with running(telegram, address) as process:
            before = len(telegram.shown)
            await telegram.until(lambda before=before: len(telegram.shown) >= before + 2 or not telegram.unconfirmed)
            await process.end(signal.SIGKILL)
        await admin_connection.execute("UPDATE outbox SET lease_until = NULL WHERE lease_until IS NOT NULL")
    async with running(telegram, address):
        await telegram.until(lambda: not telegram.unconfirmed and len(set(telegram.texts)) == each, seconds=90)
        for person in people:
            await telegram.until(lambda person=person: _answered(telegram, person) == each, seconds=90)
    for person in people:
        assert await counted(database, person.id) == each
        said = [shown.text for shown in telegram.shown if shown.chat_id == person.id]
        # A message whose sending was cut short may come twice; the order stays, and nothing is missing.
        assert list(dict.fromkeys(said)) == [f"heard set {n}\ncounted {n + 1}" for n in range(each)]


def _answered(telegram: TelegramServer, person: Person) -> int:
    return len({shown.text for shown in telegram.shown if shown.chat_id == person.id})


async def test_while_the_database_is_away_it_waits_and_then_goes_on(
    telegram: TelegramServer, address: str, database: Database, telegram_id: int
) -> None:
    person = Person(telegram_id)
    async with database_proxy(address) as proxy, running(telegram, proxy.address) as process:
        await telegram.say(person, "before")
        await telegram.until(lambda: telegram.texts == ["heard before\ncounted 1"] and not telegram.unconfirmed)
        await proxy.down()
        fetched = telegram.called.count("getUpdates")
        await telegram.say(person, "during")
        await telegram.until(lambda: telegram.called.count("getUpdates") >= fetched + 2)
        assert telegram.unconfirmed == 1
        await proxy.up()
        await telegram.until(lambda: telegram.texts[-1] == "heard during\ncounted 2" and not telegram.unconfirmed)
        assert (await process.end())[0] == 0


async def test_while_telegram_is_away_it_tries_again(telegram: TelegramServer, address: str, telegram_id: int) -> None:
    telegram.faults["getMe"].append(Refuse(502, "Bad Gateway"))
    telegram.faults["getUpdates"].append(Refuse(500, "Internal Server Error"))
    telegram.faults["setMyCommands"].append(Refuse(429, "Too Many Requests", {"retry_after": 1}))
    async with running(telegram, address):
        await telegram.say(Person(telegram_id), "hello")
        await telegram.until(lambda: telegram.texts == ["heard hello\ncounted 1"] and telegram.api.commands)


# ------------------------------------------------------------------ the webhook


async def test_the_webhook_is_set_and_served(
    telegram: TelegramServer, address: str, database: Database, telegram_id: int
) -> None:
    port, person = free_port(), Person(telegram_id)
    base = f"http://127.0.0.1:{port}"
    async with running(telegram, address, WEBHOOK_URL=base, HOST="127.0.0.1", PORT=str(port)) as process:
        await telegram.until(lambda: telegram.api.webhook)
        assert telegram.api.webhook["url"] == f"{base}/telegram"
        assert telegram.api.webhook["allowed_updates"] == [
            "message", "edited_message", "callback_query", "my_chat_member",
        ]  # fmt: skip
        update = telegram.api.say(person, "bench")
        assert await asyncio.gather(*(telegram.bring(update) for _ in range(5))) == [200] * 5
        assert await telegram.bring(update, **{"X-Telegram-Bot-Api-Secret-Token": "guessed"}) == 403
        await telegram.until(lambda: telegram.texts == ["heard bench\ncounted 1"])
        async with ClientSession() as session, session.get(f"{base}/healthz") as answer:
            assert answer.status == 200
        health = await start("bot", "health", WEBHOOK_URL=base, PORT=str(port))
        assert await health.end(signal.SIGCONT) == (0, "")
        code, log = await process.end()
    assert code == 0
    assert telegram.api.webhook["secret_token"] not in log
    assert await counted(database, telegram_id) == 1
    assert [row.status for row in await owed(database, telegram_id)] == ["sent"]


async def test_a_bot_that_is_not_there_is_not_well(address: str) -> None:
    process = await start("bot", "health", WEBHOOK_URL="https://example.org", PORT=str(free_port()))
    assert (await process.end(signal.SIGCONT))[0] == 1
    process = await start("bot", "health", DATABASE_URL=address)
    assert (await process.end(signal.SIGCONT))[0] == 0


# ------------------------------------------------------------------ wrong settings


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({}, "TELEGRAM_BOT_TOKEN is not set: BotFather gives one to every bot."),
        (
            {"TELEGRAM_BOT_TOKEN": "secret"},
            "The setting TELEGRAM_BOT_TOKEN is wrong: it has to look like 123456:ABC-DEF, as BotFather gave it.",
        ),
        (
            {"TELEGRAM_BOT_TOKEN": TOKEN, "WEBHOOK_URL": "example.org"},
            "The setting WEBHOOK_URL is wrong: it has to be an address that begins with http:// or https://.",
        ),
        (
            {"TELEGRAM_BOT_TOKEN": TOKEN, "WEBHOOK_SECRET": "not allowed!"},
            "The setting WEBHOOK_SECRET is wrong: it takes 1 to 256 letters, digits, - and _.",
        ),
        (
            {"TELEGRAM_BOT_TOKEN": TOKEN, "PORT": "many"},
            "The setting PORT is wrong: Input should be a valid integer, unable to parse string as an integer.",
        ),
        ({"TELEGRAM_BOT_TOKEN": TOKEN, "DATABASE_URL": "mysql://root@localhost/x"}, None),
    ],
)
async def test_a_wrong_setting_is_one_sentence_and_exit_code_2(settings: dict[str, str], sentence: str | None) -> None:
    code, log = await (await start("bot", "run", **settings)).end(signal.SIGCONT)
    assert code == 2
    assert len(log.strip().splitlines()) == 1
    assert sentence is None or log.strip() == sentence
    assert "secret" not in log.replace("WEBHOOK_SECRET", "")


async def test_a_token_that_telegram_does_not_know_is_exit_code_2(telegram: TelegramServer, address: str) -> None:
    wrong = "654321:another-token-than-the-servers"
    process = await start(
        "bot", "run", DATABASE_URL=address, TELEGRAM_BOT_TOKEN=wrong, TELEGRAM_API_BASE=telegram.address
    )
    assert await process.end(signal.SIGCONT) == (2, "Telegram does not accept TELEGRAM_BOT_TOKEN.\n")


async def test_a_port_that_is_taken_is_exit_code_2(telegram: TelegramServer, address: str) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = str(listener.getsockname()[1])
        async with running(telegram, address, WEBHOOK_URL="http://127.0.0.1", HOST="127.0.0.1", PORT=port) as process:
            code, log = await process.end(signal.SIGCONT)
    assert code == 2
    assert re.fullmatch(rf"Port {port} cannot be opened: .*\.\n", log.splitlines(keepends=True)[-1])
