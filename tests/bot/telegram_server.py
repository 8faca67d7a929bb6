"""A server that speaks the Bot API over HTTP, with the faults that a network and Telegram have."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientSession, ClientTimeout, web

from bot.bot_api import ApiError, BotApi, Person, Shown
from bot.bot_api.request import error_body

TOKEN = "123456:a-token-of-this-server-alone"


@dataclass
class Refuse:
    """Answer with an error instead of doing what is asked."""

    status: int
    description: str
    parameters: dict[str, Any] = field(default_factory=dict)


@dataclass
class Cut:
    """Cut the connection; `is_done` does what is asked first, so that only the answer is lost."""

    is_done: bool = False


@dataclass
class Hold:
    """Answer only once the event is set."""

    until: asyncio.Event


Fault = Refuse | Cut | Hold


class TelegramServer:
    """Telegram, for one bot: what people do goes to the bot by getUpdates, or by `bring` to its webhook."""

    def __init__(self) -> None:
        self.api = BotApi(TOKEN)
        self.address = ""
        self.faults: dict[str, deque[Fault]] = defaultdict(deque)
        self.shown: list[Shown] = []
        self.called: list[str] = []
        self._waiting: list[dict[str, Any]] = []
        self._changed = asyncio.Condition()
        self.api.listeners.append(self.shown.append)

    @property
    def texts(self) -> list[str]:
        return [shown.text for shown in self.shown]

    # ------------------------------------------------------------------ what tests do

    async def push(self, *updates: dict[str, Any]) -> None:
        """Have updates wait for the bot to fetch them."""
        async with self._changed:
            self._waiting += updates
            self._changed.notify_all()

    async def say(self, person: Person, text: str) -> None:
        await self.push(self.api.say(person, text))

    async def bring(self, update: dict[str, Any], **headers: str) -> int:
        """Bring an update to the bot's webhook, with the secret that it set; give the status it answers with."""
        sent = {"X-Telegram-Bot-Api-Secret-Token": self.api.webhook["secret_token"]} | headers
        async with (
            ClientSession(timeout=ClientTimeout(60)) as session,
            session.post(self.api.webhook["url"], json=update, headers=sent) as answer,
        ):
            return answer.status

    async def until(self, condition: Any, seconds: float = 30) -> None:
        """Wait until something is so; it is looked at whenever the bot has called."""
        async with asyncio.timeout(seconds), self._changed:
            await self._changed.wait_for(condition)

    @property
    def unconfirmed(self) -> int:
        """Count the updates that the bot has not confirmed."""
        return len(self._waiting)

    # ------------------------------------------------------------------ what the bot sees

    async def _receive(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        parameters, uploads = await _read(request)
        self.called.append(method)
        async with self._changed:
            self._changed.notify_all()
        try:
            if request.match_info["token"] != TOKEN:
                raise ApiError(401, "Unauthorized")
            result = await self._answer(method, parameters, uploads)
        except ApiError as error:
            return web.json_response(error_body(error), status=error.status)
        except ConnectionAbortedError:
            if request.transport is not None:
                request.transport.abort()
            raise
        finally:
            async with self._changed:
                self._changed.notify_all()
        return web.json_response({"ok": True, "result": result})

    async def _answer(self, method: str, parameters: dict[str, Any], uploads: dict[str, tuple[str, bytes]]) -> Any:
        match self.faults[method].popleft() if self.faults[method] else None:
            case Refuse(status, description, further):
                raise ApiError(status, description, further)
            case Cut(is_done):
                if is_done:
                    self.api.call(method, parameters, uploads)
                raise ConnectionAbortedError
            case Hold(until):
                await until.wait()
        if method == "getUpdates":
            return await self._updates(parameters)
        return self.api.call(method, parameters, uploads)

    async def _updates(self, parameters: dict[str, Any]) -> list[dict[str, Any]]:
        """Forget what was confirmed, then wait for something to give."""
        if self.api.webhook.get("url"):
            raise ApiError(409, "Conflict: can't use getUpdates method while webhook is active")
        async with self._changed:
            self._waiting = [u for u in self._waiting if u["update_id"] >= parameters.get("offset", 0)]
            self._changed.notify_all()
            try:
                async with asyncio.timeout(parameters.get("timeout", 0)):
                    await self._changed.wait_for(lambda: self._waiting)
            except TimeoutError:
                return []
            return self._waiting[: parameters.get("limit", 100)]

    async def _file(self, request: web.Request) -> web.Response:
        try:
            return web.Response(body=self.api.content(request.match_info["path"]))
        except ApiError as error:
            return web.Response(status=error.status)


@asynccontextmanager
async def telegram_server() -> AsyncIterator[TelegramServer]:
    """Run the server on a port of this machine."""
    server = TelegramServer()
    async with serve(server):
        yield server


@asynccontextmanager
async def serve(server: TelegramServer) -> AsyncIterator[None]:
    """Give a server a port of this machine for as long as the block takes."""
    application = web.Application(client_max_size=60 * 1024 * 1024)
    application.router.add_post("/bot{token}/{method}", server._receive)
    application.router.add_get("/file/bot{token}/{path}", server._file)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    server.address = f"http://{host}:{port}"
    try:
        yield
    finally:
        await runner.cleanup()


async def _read(request: web.Request) -> tuple[dict[str, Any], dict[str, tuple[str, bytes]]]:
    """Read a form: values that are JSON are given as what they say, but the texts, which are texts."""
    fields: dict[str, Any] = {}
    uploads: dict[str, tuple[str, bytes]] = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            uploads[name] = (value.filename, value.file.read())
        elif name in TEXTS:
            fields[name] = value
        else:
            fields[name] = _decoded(str(value))
    return fields, uploads


TEXTS = frozenset(
    ("text", "caption", "parse_mode", "callback_query_id", "url", "secret_token", "language_code", "action")
)


def _decoded(value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        return value
