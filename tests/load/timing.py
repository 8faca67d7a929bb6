"""The bot itself on a filled database: each command timed beside a bare transaction of the same run."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import perf_counter, time_ns
from typing import Any
from uuid import UUID

from pydantic import SecretStr
from sqlalchemy import event

from bot.app import App, open_app
from bot.bot_api import BotApi, Chat, InProcessRequest, Person
from bot.pacing import NoPacing
from bot.settings import BotSettings
from bot.warm_up import warm_up
from parser import Habits, OwnExercise, ReadingContext, Vocabulary, read_shorthand
from storage.connecting import open_connection
from storage.database import Database
from tests.load.bare import BareLog, open_bare_log
from tests.load.fill import lifts, telegram_id, user_id

TOKEN = "1:in-this-process"
BENCH = "bench press"
COMMANDS = {
    "/today": "/today",
    "/history": "/history",
    "/history of a lift": "/history bench press",
    "/records": "/records",
    "/records of a lift": "/records bench press",
    "/stats": "/stats",
    "/plans": "/plans",
    "/swap": "/swap bench press",
    "import of a program": "Monday\nbench press 3x{n} 80kg\noverhead press 3x8 50kg\nThursday\nbarbell row 3x8 60kg",
}
"""What is timed beside a quick log. A program is read, previewed and kept; its saving is a button."""


@dataclass
class Series:
    """Seconds, one number a run."""

    seconds: list[float] = field(default_factory=list)

    def quantile(self, part: float) -> float:
        """Give the value that a part of the runs did not exceed, in milliseconds."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, math.ceil(part * len(ordered)) - 1)] * 1000

    @property
    def median(self) -> float:
        return self.quantile(0.5)


class Bench:
    """A bot in this process, and a bare connection beside it."""

    def __init__(self, app: App, api: BotApi, bare: Any) -> None:
        self.app = app
        self.api = api
        self.bare = bare
        self._handed_over = asyncio.Event()
        self._handed_over_at = 0.0
        self._waits_for = 0
        api.listeners.append(self._note)

    def _note(self, shown: Any) -> None:
        if shown.chat_id == self._waits_for and not self._handed_over.is_set():
            self._handed_over_at = perf_counter()  # the bot goes on: it reads what Telegram says, and marks it sent
            self._handed_over.set()

    async def send(self, person: Person, words: str) -> tuple[float, float]:
        """Say something; give the seconds until it was committed, and until its answer was handed over."""
        update = self.api.say(person, words)
        self._handed_over.clear()
        self._waits_for = person.id
        began = perf_counter()
        await self.app.delivery.deliver(update)
        committed = perf_counter() - began
        await asyncio.wait_for(self._handed_over.wait(), 30)
        handed_over = self._handed_over_at - began
        await self.app.background.settle()
        self.api.calls.clear()
        return committed, handed_over

    async def press(self, person: Person, label: str) -> float:
        """Press a button of the newest message; give the seconds until its answer was handed over."""
        shown = ((message, one) for message in reversed(self.api.messages(person.id)) for one in message.buttons)
        message, button = next(pair for pair in shown if label in pair[1]["text"])
        update = self.api.press(person, message, button["callback_data"])
        self._handed_over.clear()
        self._waits_for = person.id
        began = perf_counter()
        await self.app.delivery.deliver(update)
        await asyncio.wait_for(self._handed_over.wait(), 30)
        seconds = self._handed_over_at - began
        await self.app.background.settle()
        return seconds

    async def quick_logs(self, runs: int, people: Sequence[int]) -> dict[str, Series]:
        """Time logs and bare transactions by turns, so that both meet the same machine."""
        exercise = UUID(lifts()[0].exercise_id)
        first_update = time_ns()  # an update takes effect once, and this database may have been timed before
        bare_people = [person + len(people) for person in people]
        bare: list[BareLog] = [await open_bare_log(self.bare, user_id(one), exercise) for one in bare_people]
        for person in people:
            await self.send(Person(telegram_id(person)), f"{BENCH} 80x8")
        found = {name: Series() for name in ("bare transaction", "quick log, committed", "quick log, handed over")}
        for run in range(runs):
            began = perf_counter()
            await bare[run % len(bare)].write(exercise, first_update + run)
            found["bare transaction"].seconds.append(perf_counter() - began)
            person = Person(telegram_id(people[run % len(people)]))
            committed, handed_over = await self.send(person, f"{BENCH} {80 + run % 20 * 0.5:g}x{5 + run % 6}")
            found["quick log, committed"].seconds.append(committed)
            found["quick log, handed over"].seconds.append(handed_over)
        context = ReadingContext("kg", "en", datetime.now(UTC).date(), Vocabulary.library(), Habits())
        found["reading alone"] = Series()
        for run in range(runs):
            began = perf_counter()
            read_shorthand(f"{BENCH} {80 + run % 20 * 0.5:g}x{5 + run % 6}", context)
            found["reading alone"].seconds.append(perf_counter() - began)
        return found

    async def commands(self, runs: int, people: Sequence[int]) -> dict[str, Series]:
        """Time each command, the people taking turns."""
        found: dict[str, Series] = {}
        for name, words in COMMANDS.items():
            await self.send(Person(telegram_id(people[0])), words.format(n=5))
            series = found.setdefault(name, Series())
            for run in range(runs):
                person = Person(telegram_id(people[run % len(people)]))
                series.seconds.append((await self.send(person, words.format(n=run % 20 + 1)))[1])
                if name == "import of a program":
                    found.setdefault("import save", Series()).seconds.append(await self.press(person, "Save"))
        found["library search"] = await self._timed(runs, lambda run: self._search(people[run % len(people)]))
        return found

    async def _timed(self, runs: int, call: Callable[[int], Awaitable[Any]]) -> Series:
        series = Series()
        for run in range(runs):
            began = perf_counter()
            await call(run)
            series.seconds.append(perf_counter() - began)
        return series

    async def _search(self, user: int) -> None:
        """Look an exercise up as the picker does, the user's own among the library's."""
        async with self.app.database.begin(user_id=user_id(user), lock=False) as work:
            own = await work.exercises.own_words()
        vocabulary = Vocabulary.library().with_user(
            [OwnExercise(str(one.id), one.name, str(one.measure)) for one in own.exercises], own.aliases
        )
        assert vocabulary.search("incline press", 8)


@asynccontextmanager
async def open_bench(address: str, role: str) -> AsyncIterator[Bench]:
    """Open the bot on a database, with Telegram played in this process."""
    database = Database(address, role=role, pool_size=5)
    api = BotApi(TOKEN)
    settings = BotSettings.model_construct(
        telegram_bot_token=SecretStr(TOKEN), turn_seconds=30, messages_per_minute=1_000_000
    )
    bare = await open_connection(address)
    try:
        async with open_app(
            database, settings, request=InProcessRequest(api), pacing=NoPacing(), only_for=frozenset()
        ) as app:
            for number in range(2_000):
                api.join(Chat(telegram_id(number)))
            warm_up()  # as a process that serves does
            yield Bench(app, api, bare)
    finally:
        await bare.close()
        await database.close()


# ------------------------------------------------------------------ what a query does


class Plans:
    """Every statement that ran, to be explained afterwards."""

    def __init__(self, database: Database) -> None:
        self._engine = database._engine.sync_engine
        self.statements: dict[str, Any] = {}

    def __enter__(self) -> Plans:
        event.listen(self._engine, "before_cursor_execute", self._note)
        return self

    def __exit__(self, *_: object) -> None:
        event.remove(self._engine, "before_cursor_execute", self._note)

    def _note(self, _connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH", "UPDATE")):
            self.statements.setdefault(" ".join(statement.split()), parameters)


def sequential_scans(plan: Any) -> set[str]:
    """Name the tables that a plan (EXPLAIN's JSON) reads from one end to the other."""
    found = {plan["Relation Name"]} if plan.get("Node Type") == "Seq Scan" else set()
    for child in plan.get("Plans", ()):
        found |= sequential_scans(child)
    return found
