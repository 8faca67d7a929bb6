"""Sending what is owed to chats: after a commit, and by a sweep for what a crash left.

A user's rows go one at a time, in the order they were written: claim (a lease in the database), call, mark and claim
the next in one transaction. The user's lock makes that safe beside the turns of the user, in every process. What cannot
be known is whether a call arrived whose answer was lost; such a message may come twice, never a set.
"""

from __future__ import annotations

import asyncio
import logging
import warnings
from collections.abc import Container
from dataclasses import dataclass
from time import perf_counter
from uuid import UUID

from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError
from telegram.ext import ExtBot
from telegram.warnings import PTBDeprecationWarning

from bot.background import Background
from bot.calls import perform
from bot.journal import describe
from bot.metrics import Metrics
from bot.owed import Owed, claim_next, mark_sent
from bot.pacing import Pacing
from storage.database import Database
from storage.unit_of_work import UnitOfWork

# Both shapes of the pause are taken, see `judge`; the library's word of warning would come with every 429.
warnings.filterwarnings("ignore", ".*attribute `retry_after`", PTBDeprecationWarning)

log = logging.getLogger(__name__)

LONGEST_PAUSE = 300
MOST_AT_ONCE = 3
MOST_ATTEMPTS = 300  # with pauses of up to five minutes: a day, as long as Telegram itself keeps what it owes us
SHUT_OUT = (
    "chat not found",
    "not enough rights",
    "have no rights to send",
    "need administrator rights",
    "peer_id_invalid",
)
BLOCKED = "blocked_since"
"""The preference that says since when the user does not want to hear from the bot."""


@dataclass(frozen=True, slots=True)
class Sent:
    message_id: int | None


@dataclass(frozen=True, slots=True)
class Postponed:
    seconds: float
    reason: str


@dataclass(frozen=True, slots=True)
class Failed:
    reason: str
    is_shut_out: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """Nothing was tried: there is more to send than Telegram takes, and others come first."""

    seconds: float


Result = Sent | Postponed | Failed | Held


class OutboxSender:
    """Sends rows of the outbox. `only_for` limits the sweep to some users: a terminal speaks for its own alone."""

    def __init__(
        self,
        database: Database,
        bot: ExtBot[None],
        pacing: Pacing,
        metrics: Metrics,
        background: Background,
        only_for: Container[UUID] | None = None,
    ) -> None:
        self._database = database
        self._bot = bot
        self._pacing = pacing
        self._metrics = metrics
        self._background = background
        self._only_for = only_for
        self._sending: set[UUID] = set()
        self._unmarked: dict[UUID, tuple[Owed, Sent]] = {}
        # In a rush the turns come first: sending takes some of the database's places and leaves them the others.
        self._places = asyncio.Semaphore(MOST_AT_ONCE)

    def start(self, user_id: UUID, owed: Owed | None) -> None:
        """Begin to send a user's rows, the first of which is claimed; None means that there is nothing to do."""
        if owed is not None:
            self._background.spawn(self.drain(user_id, owed), "outbox")

    async def drain(self, user_id: UUID, owed: Owed | None = None) -> None:
        """Send a user's rows until none can be sent."""
        self._sending.add(user_id)
        try:
            if owed is None:
                async with self._places:
                    owed = await self._database.run(claim_next, user_id=user_id)
            while owed is not None:
                owed = await self._send_one(user_id, owed)
        finally:
            self._sending.discard(user_id)

    async def mark_unmarked(self) -> None:
        """Mark what went out while the database was away; only the process that sent it knows."""
        for owed, _ in tuple(self._unmarked.values()):
            if owed.row.user_id not in self._sending:
                self._sending.add(owed.row.user_id)
                self._background.spawn(self.drain(owed.row.user_id, owed), "outbox")

    async def sweep(self) -> int:
        """Send what is due of all users; give the number of users who were owed something."""
        await self.mark_unmarked()
        users = {user_id for user_id, _ in await self._database.due_outbox(due_limit(self._only_for))} - self._sending
        if self._only_for is not None:
            users = {user_id for user_id in users if user_id in self._only_for}
        for user_id in users:
            self._background.spawn(self.drain(user_id), "outbox sweep")
        return len(users)

    async def _send_one(self, user_id: UUID, owed: Owed) -> Owed | None:
        _, known = self._unmarked.get(owed.row.id, (owed, None))
        result: Result = known or await self._call(owed)
        if isinstance(result, Sent):
            # Should the database be away now, then the sweep finds here that the message has gone out.
            self._unmarked[owed.row.id] = (owed, result)
        async with self._places:
            following = await self._database.run(lambda work: self._mark(work, owed, result), user_id=user_id)
        self._unmarked.pop(owed.row.id, None)
        return following

    async def _call(self, owed: Owed) -> Result:
        if seconds := await self._pacing.wait(owed.row.chat_id):
            return Held(seconds)
        started = perf_counter()
        try:
            result: Result = Sent(await perform(self._bot, owed))
        except Exception as error:
            result = judge(error, owed.row.attempts)
            level = logging.WARNING if isinstance(result, Postponed) else logging.ERROR
            log.log(level, "%s of outbox row %s: %s", owed.row.method, owed.row.id, describe(error))
            if isinstance(error, RetryAfter) and isinstance(result, Postponed):
                await self._pacing.pause(owed.row.chat_id, result.seconds)
        self._metrics.send_seconds.observe(perf_counter() - started)
        self._metrics.sent.labels(owed.row.method, type(result).__name__.lower()).inc()
        return result

    async def _mark(self, work: UnitOfWork, owed: Owed, result: Result) -> Owed | None:
        match result:
            case Sent(message_id):
                return await mark_sent(work, owed, message_id)
            case Postponed(seconds, reason):
                await work.outbox.postpone(owed.row.id, seconds, reason)
            case Held(seconds):
                await work.outbox.put_back(owed.row.id, seconds)
            case Failed(reason, is_shut_out):
                await work.outbox.mark_failed(owed.row.id, reason)
                if is_shut_out:
                    await self._shut_out(work, owed, reason)
        return await claim_next(work)

    @staticmethod
    async def _shut_out(work: UnitOfWork, owed: Owed, reason: str) -> None:
        await work.outbox.fail_pending(owed.row.chat_id, reason)
        if owed.row.chat_id == work.user.telegram_id:
            await work.users.set_preference(BLOCKED, owed.row.created_at.isoformat())


def due_limit(only_for: Container[UUID] | None) -> int:
    """Tell how much due work to look at in one go: all of it where most is not ours."""
    return 100 if only_for is None else 100_000


def judge(error: Exception, attempts: int) -> Postponed | Failed:
    """Sort a failed call: to be tried again, hopeless, or the end of the chat."""
    reason = error.message if isinstance(error, TelegramError) else type(error).__name__
    if isinstance(error, RetryAfter):
        pause = error.retry_after
        return Postponed(pause if isinstance(pause, int) else pause.total_seconds(), reason)
    if isinstance(error, Forbidden):
        return Failed(reason, is_shut_out=True)
    if isinstance(error, BadRequest):
        return Failed(reason, is_shut_out=any(words in reason.lower() for words in SHUT_OUT))
    if isinstance(error, TelegramError) and attempts < MOST_ATTEMPTS:
        return Postponed(min(2.0**attempts, LONGEST_PAUSE), reason)
    return Failed(reason)
