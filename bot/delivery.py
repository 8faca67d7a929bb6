"""One update, one transaction: once, in order, and never lost.

    update -> envelope -> queue of the user (here) -> lock of the user (PostgreSQL)
           -> processed_update (a repeat ends here) -> handlers -> outbox -> COMMIT -> the outbox is sent

When `deliver` returns, the update may be acknowledged. When it raises `DatabaseUnavailableError`, it may not: Telegram
shall come again. A handler that fails is rolled back; the failure is recorded with the update, and the user told.
"""

from __future__ import annotations

import asyncio
import enum
import logging
import secrets
import traceback
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from time import perf_counter
from typing import Any

from telegram import Update
from telegram.error import TelegramError
from telegram.ext import Application

from bot.answers import Answer, Text, Toast
from bot.background import Background
from bot.context import CURRENT_TURN
from bot.envelope import Envelope, Me, cleaned, read_envelope
from bot.flood import Pace
from bot.journal import describe, noting
from bot.metrics import Metrics
from bot.outbox import BLOCKED, OutboxSender
from bot.pressed_args import OutdatedButtonError
from bot.queues import Queues
from bot.turn import Turn
from bot.turns import Taken, Turns
from bot.usecases import floods
from bot.views import limits
from storage.errors import DatabaseUnavailableError, NotFoundError
from storage.failures import is_transient, is_unavailable

log = logging.getLogger(__name__)

LONGEST_ERROR = 10_000
TOAST_LIMIT = 200


class Outcome(enum.StrEnum):
    DONE = "done"
    REPEATED = "repeated"
    IGNORED = "ignored"
    FAILED = "failed"
    LIMITED = "limited"


class TurnTimeoutError(Exception):
    """A handler took longer than a turn may take."""


class RepeatOfTheErasedError(Exception):
    """What a user said comes again after they were erased; nobody is made for its sake."""


class Delivery:
    """Gives updates their effect."""

    def __init__(
        self,
        application: Application[Any, Any, Any, Any, Any, Any],
        me: Me,
        turns: Turns,
        sender: OutboxSender,
        background: Background,
        metrics: Metrics,
        *,
        turn_seconds: float,
        wake_worker: Callable[[], None],
    ) -> None:
        self._application = application
        self._me = me
        self._turns = turns
        self._sender = sender
        self._background = background
        self._metrics = metrics
        self._turn_seconds = turn_seconds
        self._wake_worker = wake_worker
        self._queues = Queues()
        self._pace = Pace()

    async def deliver(self, update: Mapping[str, Any]) -> Outcome:
        """Give an update its effect, once however often it comes; commit before returning, send after it.

        Raises:
            DatabaseUnavailableError: nothing happened; the update has to be brought again.
        """
        envelope = read_envelope(update, self._me)
        if envelope is None:
            self._metrics.updates.labels("other", Outcome.IGNORED).inc()
            return Outcome.IGNORED
        started = perf_counter()
        with noting(update_id=envelope.update_id):
            async with self._queues.turn_of(envelope.telegram_id):
                outcome = await self._deliver_in_order(envelope)
        self._metrics.update_seconds.observe(perf_counter() - started)
        self._metrics.updates.labels(envelope.kind, outcome).inc()
        return outcome

    def in_flight(self) -> int:
        """Count the updates that are being handled or wait for their turn."""
        return self._queues.waiting()

    async def _deliver_in_order(self, envelope: Envelope) -> Outcome:
        try:
            taken = await self._take(envelope, lambda turn: self._give_effect(envelope, turn))
        except RepeatOfTheErasedError:
            return Outcome.REPEATED
        except Exception as error:
            if _may_pass(error):
                log.warning("update %d waits: the database is away", envelope.update_id)
                raise DatabaseUnavailableError("The database is away.") from error
            if envelope.kind == "callback_query" and isinstance(error, (OutdatedButtonError, NotFoundError)):
                return await self._refuse_press(envelope, error)
            return await self._apologise(envelope, error)
        self._follow_up(envelope, taken)
        return taken.result

    async def _take(self, envelope: Envelope, body: Callable[[Turn], Any]) -> Taken[Outcome]:
        return await self._turns.take(
            body,
            chat_id=envelope.chat_id,
            said_at=envelope.said_at,
            telegram_id=envelope.telegram_id,
            username=envelope.username,
            full_name=envelope.full_name,
            language=envelope.language,
            seen_at=envelope.said_at,
        )

    async def _give_effect(self, envelope: Envelope, turn: Turn) -> Outcome:
        arrival = await turn.work.updates.arrive(self._me.id, envelope.update_id, envelope.chat_id, turn.now)
        if arrival is None and turn.work.is_new:
            raise RepeatOfTheErasedError
        if arrival is None:
            return Outcome.REPEATED
        if envelope.kind == "my_chat_member":
            await _note_membership(envelope, turn)
            return Outcome.DONE
        if envelope.is_private and BLOCKED in turn.user.preferences:
            await turn.work.users.set_preference(BLOCKED, None)
        turn.is_private = envelope.is_private
        turn.text = envelope.text
        turn.message_id = envelope.message_id
        turn.replied_message_id = envelope.replied_message_id
        turn.dialogue = arrival.dialogue
        flood = await self._held_back(envelope, turn)
        if flood is not None:
            turn.answers.extend(flood)
            return Outcome.LIMITED
        await self._handle(envelope, turn)
        return Outcome.DONE

    async def _held_back(self, envelope: Envelope, turn: Turn) -> Sequence[Answer] | None:
        """Keep what comes too fast unread, and give what is said to that; None where it is to be handled."""
        sent = self._pace.count(envelope.telegram_id, envelope.text)
        if not await floods.is_too_much(turn, sent):
            if floods.is_told(turn):
                turn.answers.extend(limits.flood_over(turn.messages, await floods.end(turn)))
            return None
        self._metrics.limited.labels("pace").inc()
        if envelope.kind == "callback_query":
            return [limits.too_fast(turn.messages)]
        is_news = await floods.hold(turn, is_edit=envelope.kind == "edited_message")
        return [limits.flood(turn.messages)] if is_news else []

    async def _handle(self, envelope: Envelope, turn: Turn) -> None:
        """Let the handlers have it. `process_update` swallows what they raise; the error handler has kept it."""
        update = Update.de_json(dict(envelope.payload), self._application.bot)
        reset = CURRENT_TURN.set(turn)
        try:
            async with asyncio.timeout(self._turn_seconds):
                await self._application.process_update(update)
        except TimeoutError as error:
            raise TurnTimeoutError(f"no answer within {self._turn_seconds} s") from error
        finally:
            CURRENT_TURN.reset(reset)
        if turn.failure is not None:
            raise turn.failure

    async def _refuse_press(self, envelope: Envelope, error: Exception) -> Outcome:
        """Say that a button is too old: what it is about is gone, or it was made by an earlier version of the bot."""
        log.info("update %d pressed an old button: %s", envelope.update_id, describe(error))

        async def say_so(turn: Turn) -> Outcome:
            arrival = await turn.work.updates.arrive(self._me.id, envelope.update_id, envelope.chat_id, turn.now)
            if arrival is None:
                return Outcome.REPEATED
            is_gone = isinstance(error, NotFoundError)
            turn.answers.append(Toast(turn.messages.label("button-gone" if is_gone else "button-unknown")))
            return Outcome.DONE

        try:
            taken = await self._take(envelope, say_so)
        except Exception as second:
            if _may_pass(second):
                raise DatabaseUnavailableError("The database is away.") from second
            return await self._apologise(envelope, second)
        self._follow_up(envelope, taken)
        return taken.result

    async def _apologise(self, envelope: Envelope, error: Exception) -> Outcome:
        """Record a failure with the update that met it, and say so to the user, in a transaction of its own."""
        error_id = secrets.token_hex(4)
        with noting(error_id=error_id):
            log.error("update %d failed, error %s: %s", envelope.update_id, error_id, describe(error))
            log.debug("error %s", error_id, exc_info=error)

        async def record(turn: Turn, *, is_answered: bool = True) -> Outcome:
            trace = cleaned("".join(traceback.format_exception(error))[-LONGEST_ERROR:])
            if not await turn.work.updates.record_failure(
                self._me.id, envelope.update_id, error_id, trace, dict(envelope.payload)
            ):
                return Outcome.REPEATED
            if is_answered and envelope.kind != "my_chat_member":
                turn.answers.append(Text(turn.messages.text("failure-apology", error_id=error_id)))
                turn.answers.append(Toast(turn.messages.label("failure-toast")))
            return Outcome.FAILED

        for body in (record, partial(record, is_answered=False)):
            try:
                taken = await self._take(envelope, body)
            except Exception as second:
                if _may_pass(second):
                    raise DatabaseUnavailableError("The database is away.") from second
                log.critical("update %d could not be recorded: %s", envelope.update_id, describe(second))
            else:
                self._follow_up(envelope, taken)
                return taken.result
        # Refusing it for ever would stop the chat for a day. It is acknowledged; the log has all there is.
        return Outcome.FAILED

    def _follow_up(self, envelope: Envelope, taken: Taken[Outcome]) -> None:
        """Do what belongs after the commit, beside the next updates."""
        self._sender.start(taken.user_id, taken.owed)
        if envelope.callback_query_id is not None:
            self._background.spawn(self._answer_press(envelope.callback_query_id, taken.toast), "answer to a press")
        if taken.wakes_worker:
            self._wake_worker()

    async def _answer_press(self, query_id: str, toast: Toast | None) -> None:
        """End the waiting sign on the button; Telegram takes it for some minutes only, and no harm is done without."""
        text = toast.text[:TOAST_LIMIT] if toast else None
        try:
            await self._application.bot.answer_callback_query(query_id, text, show_alert=toast.alert if toast else None)
        except TelegramError as error:
            log.debug("a press was not acknowledged: %s", type(error).__name__)


def _may_pass(error: Exception) -> bool:
    """Tell whether the update may well succeed when it is brought again: that is no failure of a handler."""
    return is_unavailable(error) or is_transient(error)


async def _note_membership(envelope: Envelope, turn: Turn) -> None:
    """Note that the user blocked the bot in their private chat, or took it back. Their data stays as it is."""
    status = envelope.payload["my_chat_member"].get("new_chat_member", {}).get("status")
    if status in ("kicked", "left"):
        await turn.work.users.set_preference(BLOCKED, turn.now.isoformat())
        await turn.work.outbox.fail_pending(envelope.chat_id, "blocked by the user")
    else:
        await turn.work.users.set_preference(BLOCKED, None)
