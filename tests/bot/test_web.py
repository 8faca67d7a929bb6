"""The webhook, /healthz and /metrics, over HTTP."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import ClientSession, web

from bot.app import App
from bot.bot_api import Person
from bot.settings import BotSettings
from bot.web import LARGEST_UPDATE, SECRET_HEADER, make_web
from storage.database import Database
from tests.bot.database_proxy import DatabaseProxy, database_proxy
from tests.bot.telegram_server import TelegramServer, telegram_server
from tests.bot.test_delivery import counted
from tests.bot.test_outbox import app_on
from tests.server import Server

SECRET = "the-secret_Token-1"


class Site:
    """The web application on a port, and Telegram behind the bot."""

    def __init__(self, app: App, telegram: TelegramServer, address: str, proxy: DatabaseProxy) -> None:
        self.app = app
        self.telegram = telegram
        self.address = address
        self.proxy = proxy

    async def post(self, body: Any, secret: str | None = SECRET) -> int:
        headers = {} if secret is None else {SECRET_HEADER: secret}
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        async with (
            ClientSession() as session,
            session.post(f"{self.address}/telegram", data=data, headers=headers) as answer,
        ):
            return answer.status

    async def get(self, path: str) -> tuple[int, str]:
        async with ClientSession() as session, session.get(self.address + path) as answer:
            return answer.status, await answer.text()


@pytest_asyncio.fixture
async def site(server: Server, database_name: str) -> AsyncIterator[Site]:
    async with database_proxy(server.bot_of(database_name)) as proxy, telegram_server() as telegram:
        database = Database(proxy.address, role="repscribe_bot", pool_size=5)
        async with app_on(telegram, database) as app:
            runner = web.AppRunner(make_web(app, SECRET))
            await runner.setup()
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            host, port = runner.addresses[0][:2]
            yield Site(app, telegram, f"http://{host}:{port}", proxy)
            await runner.cleanup()
        await database.close()


async def test_an_update_with_the_secret_takes_effect(site: Site, database: Database, telegram_id: int) -> None:
    update = site.telegram.api.say(Person(telegram_id), "bench 80x8")
    assert [await site.post(update) for _ in range(3)] == [200, 200, 200]
    await site.app.background.settle()
    assert site.telegram.texts == ["heard bench 80x8\ncounted 1"]
    assert await counted(database, telegram_id) == 1


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", SECRET[:-1], "ключ", "x" * 5000])
async def test_without_the_secret_nothing_happens(
    site: Site, database: Database, telegram_id: int, secret: str | None
) -> None:
    assert await site.post(site.telegram.api.say(Person(telegram_id), "bench"), secret) == 403
    assert await counted(database, telegram_id) == 0


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"7",
        b'"text"',
        b"{}",
        b'{"update_id": "7"}',
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b'{"update_id": 1, "message": ' + b'{"a":' * 5_000 + b"1" + b"}" * 5_000 + b"}",
        b'{"update_id": NaN}',
    ],
)
async def test_what_is_no_update_is_refused(site: Site, body: bytes) -> None:
    assert await site.post(body) == 400


async def test_what_is_too_large_is_refused(site: Site) -> None:
    assert await site.post(b'{"update_id": 1, "x": "' + b"x" * LARGEST_UPDATE + b'"}') == 413


async def test_an_update_that_no_handler_can_take_is_acknowledged(site: Site, telegram_id: int) -> None:
    assert await site.post(site.telegram.api.say(Person(telegram_id), "fail")) == 200
    assert await site.post(site.telegram.api.say(Person(telegram_id), "bench")) == 200


async def test_only_post_reaches_the_webhook(site: Site) -> None:
    assert (await site.get("/telegram"))[0] == 405
    assert (await site.get("/"))[0] == 404


async def test_while_the_database_is_away_updates_stay_with_telegram_and_nothing_is_lost(
    site: Site, database: Database, telegram_id: int
) -> None:
    person, api = Person(telegram_id), site.telegram.api
    assert await site.post(api.say(person, "before")) == 200
    await site.app.background.settle()
    await site.proxy.down()
    missed = [api.say(person, "during"), api.say(person, "meanwhile")]
    assert [await site.post(update) for update in missed] == [503, 503]
    assert await site.get("/healthz") == (503, '{"database": "away"}')
    assert "repscribe_database_up 0.0" in (await site.get("/metrics"))[1]
    await site.proxy.up()
    assert [await site.post(update) for update in missed] == [200, 200]
    assert await site.get("/healthz") == (200, '{"database": "reached"}')
    await site.app.background.settle()
    assert site.telegram.texts == [
        "heard before\ncounted 1",
        "heard during\ncounted 2",
        "heard meanwhile\ncounted 3",
    ]


async def test_connections_that_were_cut_are_noticed_and_replaced(site: Site, telegram_id: int) -> None:
    api, person = site.telegram.api, Person(telegram_id)
    for number in range(3):
        assert await site.post(api.say(person, f"set {number}")) == 200
        await site.app.background.settle()
        site.proxy.cut()
    assert site.telegram.texts == [f"heard set {n}\ncounted {n + 1}" for n in range(3)]


async def test_a_press_may_come_before_its_message_is_marked_as_sent(
    site: Site, database: Database, telegram_id: int
) -> None:
    """The press is in another queue of Telegram's: it can arrive while the answer is on its way."""
    await site.post(site.telegram.api.say(Person(telegram_id), "buttons"))
    await site.telegram.until(lambda: site.telegram.shown)
    (*_, message) = site.telegram.api.messages(telegram_id)
    press = site.telegram.api.press(Person(telegram_id), message, message.buttons[0]["callback_data"])
    text = site.telegram.api.say(Person(telegram_id), "bench")
    assert await asyncio.gather(site.post(press), site.post(text), site.post(press)) == [200, 200, 200]
    await site.app.background.settle()
    assert await counted(database, telegram_id) == 3


async def test_what_is_counted(site: Site, telegram_id: int) -> None:
    update = site.telegram.api.say(Person(telegram_id), "bench")
    await site.post(update)
    await site.post(update)
    await site.post(site.telegram.api.say(Person(telegram_id), "fail"))
    await site.app.background.settle()
    status, text = await site.get("/metrics")
    assert status == 200
    for line in (
        'repscribe_updates_total{kind="message",outcome="done"} 1.0',
        'repscribe_updates_total{kind="message",outcome="repeated"} 1.0',
        'repscribe_updates_total{kind="message",outcome="failed"} 1.0',
        'repscribe_outbox_total{method="sendMessage",result="sent"} 2.0',
        "repscribe_update_seconds_count 3.0",
    ):
        assert line in text
    assert str(telegram_id) not in text


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://bot.example.org", "https://bot.example.org/telegram"),
        ("https://bot.example.org/", "https://bot.example.org/telegram"),
        ("https://bot.example.org/telegram", "https://bot.example.org/telegram"),
        ("https://example.org/bots/gym", "https://example.org/bots/gym/telegram"),
    ],
)
def test_the_webhook_address_follows_from_the_setting(url: str, address: str) -> None:
    assert BotSettings(webhook_url=url).webhook_address == address
