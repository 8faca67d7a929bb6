"""The composition: everything the bot is made of, put together once; the same live, in the terminal and in tests."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Container, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from telegram import BotCommand
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application, ContextTypes, ExtBot
from telegram.request import BaseRequest, HTTPXRequest

from bot.background import Background
from bot.clock import Clock, SystemClock
from bot.context import Context
from bot.counted_reader import CountedReader
from bot.delivery import Delivery
from bot.envelope import Me
from bot.handling import Command, Routes, note_failure
from bot.messages import FALLBACK, languages, messages_in
from bot.metrics import Metrics
from bot.outbox import OutboxSender
from bot.pacing import Pacing, SharedPacing
from bot.services import Services
from bot.settings import BotSettings
from bot.turns import Turns
from bot.worker import Worker
from parser.llm_reader import LlmReader
from parser.settings import LlmSettingsError, load_llm_settings
from storage.database import Database
from storage.errors import ConfigurationError

log = logging.getLogger(__name__)

CLOSING_SECONDS = 10
LONGEST_PAUSE = 60.0


@dataclass(frozen=True, slots=True)
class App:
    """The bot, ready to take updates."""

    database: Database
    bot: ExtBot[None]
    delivery: Delivery
    sender: OutboxSender
    worker: Worker
    background: Background
    metrics: Metrics
    commands: Sequence[Command]

    async def set_command_menu(self) -> None:
        """Tell Telegram the commands, in every language that the bot speaks."""
        for language in languages():
            messages = messages_in(language)
            menu = [BotCommand(command.name, messages.label(command.description)) for command in self.commands]
            await self.bot.set_my_commands(menu, language_code=None if language == FALLBACK else language)


@asynccontextmanager
async def open_app(
    database: Database,
    settings: BotSettings,
    *,
    request: BaseRequest | None = None,
    clock: Clock | None = None,
    pacing: Pacing | None = None,
    only_for: Container[UUID] | None = None,
    routes: Routes | None = None,
    reader: LlmReader | None = None,
) -> AsyncIterator[App]:
    """Compose the bot on a database, and close it at the end of the block: what runs is given a little time.

    `request` is how the Bot API is called (over HTTP, unless given), `only_for` limits background work to some users,
    `reader` is the model that reads what shorthand cannot.

    Raises:
        ConfigurationError: Telegram does not know the token, or a setting of the model is wrong.
    """
    reader = reader or make_reader()
    clock, metrics, background = clock or SystemClock(), Metrics(), Background()
    bot = make_bot(settings, request)
    routes = routes or _the_routes()
    application = make_application(bot, routes)
    await _introduce(application)
    services = Services(
        settings, clock, routes.commands, routes.dialogues, bot, CountedReader(reader, metrics), metrics
    )
    turns = Turns(database, services, clock)
    sender = OutboxSender(database, bot, pacing or SharedPacing(database), metrics, background, only_for)
    worker = Worker(
        database, turns, sender, services, clock, metrics, background,
        slow_work=routes.slow_work, periodic=routes.periodic, only_for=only_for,
    )  # fmt: skip
    me = Me(bot.id, bot.username, frozenset(command.name for command in routes.commands))
    delivery = Delivery(
        application, me, turns, sender, background, metrics,
        turn_seconds=settings.turn_seconds, wake_worker=worker.wake,
    )  # fmt: skip
    metrics.watch_turns(delivery.in_flight)
    try:
        yield App(database, bot, delivery, sender, worker, background, metrics, routes.commands)
    finally:
        await background.close(CLOSING_SECONDS)
        await reader.close()
        await application.shutdown()


def make_reader() -> LlmReader:
    """Make the reader that asks a model, as the environment says.

    Raises:
        ConfigurationError: a setting of the model is wrong.
    """
    try:
        return LlmReader(load_llm_settings())
    except LlmSettingsError as error:
        raise ConfigurationError(str(error)) from error


def make_bot(settings: BotSettings, request: BaseRequest | None = None) -> ExtBot[None]:
    """Make the client of the Bot API.

    Raises:
        ConfigurationError: there is no token.
    """
    return ExtBot(
        require_token(settings),
        base_url=f"{settings.telegram_api_base}/bot",
        base_file_url=f"{settings.telegram_api_base}/file/bot",
        request=request or HTTPXRequest(connection_pool_size=64, connect_timeout=10, read_timeout=15, pool_timeout=30),
        get_updates_request=request or HTTPXRequest(connection_pool_size=2, connect_timeout=10),
    )


def require_token(settings: BotSettings) -> str:
    """Give the bot's token.

    Raises:
        ConfigurationError: there is none.
    """
    if settings.telegram_bot_token is None:
        raise ConfigurationError("TELEGRAM_BOT_TOKEN is not set: BotFather gives one to every bot.")
    return settings.telegram_bot_token.get_secret_value()


def make_application(bot: ExtBot[None], routes: Routes) -> Application[Any, Context, Any, Any, Any, Any]:
    """Make the application of python-telegram-bot: the table of handlers on a bot. It fetches nothing by itself."""
    application = (
        Application.builder()
        .bot(bot)
        .updater(None)
        .job_queue(None)
        .context_types(ContextTypes(context=Context))
        .build()
    )
    application.add_handlers(routes.handlers)
    application.add_error_handler(note_failure)
    return application


def _the_routes() -> Routes:
    # The table leads to every handler, use case and view; tests of the plumbing alone bring their own and need none.
    from bot.routes import routes

    return routes()


async def _introduce(application: Application[Any, Context, Any, Any, Any, Any]) -> None:
    """Ask Telegram who we are, until it answers: without a name of its own the bot cannot tell what is meant for it."""
    pause = 1.0
    while True:
        try:
            await application.initialize()
            return
        except InvalidToken as error:
            raise ConfigurationError("Telegram does not accept TELEGRAM_BOT_TOKEN.") from error
        except TelegramError as error:
            log.warning("Telegram does not answer (%s); trying again in %d s", type(error).__name__, pause)
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)
