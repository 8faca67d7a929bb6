"""What goes wrong: processes are killed, PostgreSQL is restarted, connections are cut, servers answer nonsense."""

from __future__ import annotations

import asyncio
import logging
import os
import random
import signal
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from time import monotonic
from typing import Any

from aiohttp import web

from bot.bot_api import ApiError
from bot.bot_api.request import error_body
from storage.embedded import EmbeddedPostgres
from tests import fake_openai
from tests.bot.telegram_server import TelegramServer
from tests.server import Server

# A process that is killed in the middle of a request is what this is about; the played server need not tell of each.
logging.getLogger("aiohttp.server").setLevel(logging.CRITICAL)

ROOT = Path(__file__).resolve().parents[2]
RATE, BURST = 30, 30


class BotProcess:
    """The bot itself behind a port, killed and started again at once."""

    def __init__(self, port: int, environment: dict[str, str], log: Path) -> None:
        self.port = port
        self._environment = environment | {"PORT": str(port), "HOST": "127.0.0.1"}
        self._log = log
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", env=self._environment, cwd=ROOT,
                stdin=asyncio.subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip

    async def until_ready(self, seconds: float = 60) -> bool:
        """Wait until it listens; False where it died instead."""
        end = monotonic() + seconds
        while monotonic() < end:
            if self._process is None or self._process.returncode is not None:
                return False
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", self.port)
            except OSError:
                await asyncio.sleep(0.05)
            else:
                writer.close()
                return True
        return False

    def memory(self) -> float:
        """Give the resident memory in MiB."""
        assert self._process is not None
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS"))

    async def end(self, number: signal.Signals = signal.SIGKILL) -> int:
        assert self._process is not None
        if self._process.returncode is None:
            self._process.send_signal(number)
        return await self._process.wait()


class Harm:
    """Does harm at random moments until it is told to stop."""

    def __init__(
        self, bots: Sequence[BotProcess], postgres: EmbeddedPostgres, server: Server, chance: random.Random
    ) -> None:
        self.bots = bots
        self.postgres = postgres
        self.server = server
        self.chance = chance
        self.counts: Counter[str] = Counter()
        self.is_over = asyncio.Event()

    async def kill_bots(self, kills: int, progress: Callable[[], float]) -> None:
        """Kill this many times; each time one process, or now and then all.

        The kills are spread over nine tenths of the messages, however long those take: on a slow machine, too, the
        bot shall have taken some between one kill and the next. ``progress`` is the part of them that was sent.
        """
        while (done := self.counts["kill -9"]) < kills and not self.is_over.is_set():
            due = 0.9 * (done + self.chance.uniform(0.2, 1.8)) / kills
            while progress() < min(due, 1):  # noqa: ASYNC110 - the people who send have no event for it, and it is a test
                await asyncio.sleep(0.05)
            victims = list(self.bots) if self.chance.random() < 0.1 else [self.chance.choice(self.bots)]
            await asyncio.gather(*(victim.end() for victim in victims))
            self.counts["kill -9"] += len(victims)
            for victim in victims:
                await victim.start()

    async def keep_alive(self) -> None:
        """Start a process again that ended by itself, as a service manager does."""
        while not self.is_over.is_set():
            await asyncio.sleep(1)
            for bot in self.bots:
                if bot._process is not None and bot._process.returncode not in (None, -signal.SIGKILL):
                    self.counts["ended by itself"] += 1
                    await bot.start()

    async def cut_connections(self, every: float) -> None:
        while not self.is_over.is_set():
            await asyncio.sleep(self.chance.uniform(0.5, 1.5) * every)
            try:
                async with self.server.connect() as admin:
                    cut = await admin.fetchval(
                        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = $1"
                        " AND random() < 0.5",
                        "repscribe_bot",
                    )
                self.counts["connections cut"] += cut
            except OSError:
                continue  # it is being restarted

    async def restart_postgres(self, every: float) -> None:
        """Kill the postmaster, or stop it at once; a new one recovers from the log."""
        while not self.is_over.is_set():
            await asyncio.sleep(self.chance.uniform(0.5, 1.5) * every)
            await asyncio.to_thread(self._restart)
            self.counts["PostgreSQL restarted"] += 1

    def _restart(self) -> None:
        pid = int((self.postgres.data / "postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGQUIT)  # immediate shutdown: nothing is written, as in a crash
        self.postgres.ensure_running()


class FaultyTelegram(TelegramServer):
    """The Bot API in bad weather, with Telegram's own limit on what a bot may send."""

    def __init__(self, chance: random.Random) -> None:
        super().__init__()
        self.chance = chance
        self.harm: Counter[str] = Counter()
        self.is_calm = False
        self._tokens, self._since = float(BURST), monotonic()

    async def _receive(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        if not self.is_calm and method != "getMe":
            drawn = self.chance.random()
            if drawn < 0.01:
                return self._nonsense()
            if drawn < 0.02:
                self.harm["Bot API: error 500"] += 1
                return web.json_response(error_body(ApiError(500, "Internal Server Error")), status=500)
            if drawn < 0.03:
                self.harm["Bot API: slow"] += 1
                await asyncio.sleep(self.chance.uniform(0.5, 5))
            elif drawn < 0.035:
                self.harm["Bot API: cut before it was done"] += 1
                return self._cut(request)
            elif drawn < 0.04:
                self.harm["Bot API: cut after it was done"] += 1
                await super()._receive(request)
                return self._cut(request)
        if method in ("sendMessage", "editMessageText") and not self._has_place():
            self.harm["Bot API: 429"] += 1
            return web.json_response(
                error_body(ApiError(429, "Too Many Requests: retry after 1", {"retry_after": 1})), status=429
            )
        self.called.clear()
        return await super()._receive(request)

    def _nonsense(self) -> web.Response:
        self.harm["Bot API: nonsense"] += 1
        return web.Response(text="<html>welcome</html>", content_type="text/html")

    def _cut(self, request: web.Request) -> web.Response:
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    def _has_place(self) -> bool:
        now = monotonic()
        self._tokens = min(BURST, self._tokens + (now - self._since) * RATE)
        self._since = now
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True


def moody_model(chance: random.Random, counts: Counter[str]) -> Any:
    """Give an answer for the played model: right, slow, wrong, an error, nonsense, or silence."""
    moods = {
        "right": fake_openai.says(fake_openai.answer(fake_openai.exercise(1, "bench", fake_openai.group(1, 8, 80)))),
        "nothing": fake_openai.says_nothing(),
        "nonsense": fake_openai.is_html(),
        "error": fake_openai.fails(),
        "limit": fake_openai.is_limited(),
        "cut": fake_openai.cuts_connection(),
        "half": fake_openai.cuts_body(),
        "binary": fake_openai.is_binary(),
    }

    async def answer(request: web.Request, asked: dict[str, Any]) -> web.StreamResponse:
        mood = chance.choice(list(moods))
        counts[f"model: {mood}"] += 1
        await asyncio.sleep(chance.uniform(0, 4))
        return await moods[mood](request, asked)

    return answer
