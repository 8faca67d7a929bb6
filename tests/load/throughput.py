"""The real process behind its webhook: a thousand chats at once, with one process and with two."""

from __future__ import annotations

import asyncio
import random
import signal
from collections import Counter
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from aiohttp import ClientSession, ClientTimeout, TCPConnector

from bot.bot_api import Person
from bot.settings import BotSettings
from tests.bot.telegram_server import TOKEN, TelegramServer, serve
from tests.load.fill import telegram_id
from tests.load.timing import Series
from tests.torture.harm import BotProcess
from tests.torture.surroundings import environment, free_port

CONNECTIONS: Final = 40
"""So many connections Telegram opens to a webhook at the most."""


@dataclass(frozen=True)
class Load:
    """What some processes did with the load: messages a second, and the time until each was acknowledged.

    `waited` counts from when it was said, `handled` from when Telegram had a connection free for it.
    """

    processes: int
    messages: int
    seconds: float
    waited: Series
    handled: Series
    start_seconds: float
    at_rest: float
    under_load: float
    refused: int


async def throughput(database: str, processes: int, chats: int, messages: int, home: Path) -> Load:
    """Let chats write one message after the other, all at the same time, and measure; memory is in MiB a process."""
    async with AsyncExitStack() as parts:
        telegram = TelegramServer()
        await parts.enter_async_context(serve(telegram))
        ports = [free_port() for _ in range(processes)]
        settings = environment(database, telegram.address)
        bots = [BotProcess(port, settings, home / f"load-{port}.log") for port in ports]
        began = perf_counter()
        for bot in bots:
            await bot.start()
        for bot in bots:
            assert await bot.until_ready(), (home / f"load-{bot.port}.log").read_text()
        start_seconds = perf_counter() - began
        at_rest = max(bot.memory() for bot in bots)
        try:
            waited, handled, seconds, refused = await _storm(telegram, ports, chats, messages)
            under_load = max(bot.memory() for bot in bots)
        finally:
            for bot in bots:
                await bot.end(signal.SIGKILL)
    return Load(processes, messages, seconds, waited, handled, start_seconds, at_rest, under_load, refused)


async def _storm(
    telegram: TelegramServer, ports: list[int], chats: int, messages: int
) -> tuple[Series, Series, float, int]:
    chance, waited, handled, refused = random.Random(1), Series(), Series(), Counter[int]()
    headers = {"X-Telegram-Bot-Api-Secret-Token": BotSettings(telegram_bot_token=TOKEN).secret_token}
    line = asyncio.Semaphore(CONNECTIONS)  # first come, first served, which the pool of connections is not
    connector = TCPConnector(limit=CONNECTIONS)
    async with ClientSession(timeout=ClientTimeout(120), connector=connector) as session:

        async def bring(update: Any) -> None:
            address = f"http://127.0.0.1:{chance.choice(ports)}/telegram"
            status = 0
            while status != 200:
                async with session.post(address, json=update, headers=headers) as answer:
                    status = answer.status
                refused.update([status])

        async def chat(number: int) -> None:
            for turn in range(messages // chats):
                update = telegram.api.say(Person(telegram_id(number)), f"bench press {60 + turn * 0.5:g}x8")
                said = perf_counter()
                async with line:
                    began = perf_counter()
                    await bring(update)
                handled.seconds.append(perf_counter() - began)
                waited.seconds.append(perf_counter() - said)

        began = perf_counter()
        await asyncio.gather(*(chat(number) for number in range(chats)))
        seconds = perf_counter() - began
    del refused[200]
    return waited, handled, seconds, refused.total()
