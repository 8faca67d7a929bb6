"""`python -m bot run`: the bot on Telegram, by long polling or by a webhook, until it is told to stop."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager

from aiohttp import web
from telegram.error import TelegramError

from bot.app import App, open_app, require_token
from bot.envelope import ALLOWED_UPDATES
from bot.polling import poll
from bot.settings import BotSettings
from bot.warm_up import warm_up
from bot.web import make_signs_of_life, make_web
from storage.errors import ConfigurationError
from storage.opening import open_database

log = logging.getLogger(__name__)

SHUTDOWN_SECONDS = 15
LONGEST_PAUSE = 60.0
MOST_CONNECTIONS = 40


async def run(settings: BotSettings) -> None:
    """Serve Telegram until SIGTERM or SIGINT: what has begun is finished, the rest stays with Telegram.

    Raises:
        ConfigurationError: a setting is wrong.
        DatabaseUnavailableError: the database was not there at the start.
    """
    require_token(settings)
    service = asyncio.create_task(_serve(settings))
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, service.cancel)
    try:
        await service
    except asyncio.CancelledError:
        log.info("stopped")


async def _serve(settings: BotSettings) -> None:
    """Leave the parts in the reverse order of their beginning: first nothing new comes in, last the database closes."""
    async with AsyncExitStack() as parts:
        database = await parts.enter_async_context(open_database())
        app = await parts.enter_async_context(open_app(database, settings))
        warm_up()
        await parts.enter_async_context(_beside(app.worker.run()))
        await parts.enter_async_context(_beside(_insist(app.set_command_menu, "the command menu")))
        if settings.metrics_port is not None:
            await parts.enter_async_context(_listening(make_signs_of_life(app), settings.host, settings.metrics_port))
        if settings.webhook_address is None:
            await _insist(lambda: app.bot.delete_webhook(), "the end of the webhook")
            log.info("@%s fetches updates", app.bot.username)
            await poll(app)
        else:
            webhook = make_web(app, settings.secret_token)
            await parts.enter_async_context(_listening(webhook, settings.host, settings.port))
            await _insist(lambda: _set_webhook(app, settings), "the webhook")
            log.info("@%s listens on port %d", app.bot.username, settings.port)
            await asyncio.Event().wait()


@asynccontextmanager
async def _listening(application: web.Application, host: str, port: int) -> AsyncIterator[None]:
    runner = web.AppRunner(application, shutdown_timeout=SHUTDOWN_SECONDS, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        await runner.cleanup()
        raise ConfigurationError(f"Port {port} cannot be opened: {error.strerror or error}.") from error
    try:
        yield
    finally:
        await runner.cleanup()


async def _set_webhook(app: App, settings: BotSettings) -> None:
    await app.bot.set_webhook(
        settings.webhook_address or "",
        secret_token=settings.secret_token,
        allowed_updates=list(ALLOWED_UPDATES),
        max_connections=MOST_CONNECTIONS,
    )


async def _insist(call: Callable[[], Awaitable[object]], what: str) -> None:
    """Call Telegram until it has taken it: at the start it may be away, and the bot is to come up all the same."""
    pause = 1.0
    while True:
        try:
            await call()
            return
        except TelegramError as error:
            log.warning("Telegram did not take %s (%s); trying again", what, type(error).__name__)
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)


@asynccontextmanager
async def _beside(work: Awaitable[None]) -> AsyncIterator[None]:
    """Run something beside the block, and end it with the block."""
    task = asyncio.ensure_future(work)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
