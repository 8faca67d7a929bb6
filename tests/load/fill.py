"""A database of the size that is planned for: 1,000 users, 300,000 sessions, 9 million sets, the same on every run.

Rows are written by COPY as a superuser with triggers and foreign keys off; records and daily summaries are then made by
the bot's own code. `Filling.grow` adds sessions, so that one database can be timed at several sizes.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg

from storage.database import Database
from training.library_files import load_library

USERS = 1_000
SESSIONS = 300
EXERCISES_A_SESSION = 6
SETS_AN_EXERCISE = 5
EXERCISES = 40
TELEGRAM_IDS = 10_000_000
FIRST_DAY = date(2025, 11, 24)

TABLES = ("workout_session", "session_exercise", "exercise_set")
USER, SESSION, ENTRY, SET = 0x001, 0x002, 0x003, 0x004

COLUMNS = {
    "user": "id telegram_id full_name onboarded_at current_plan_id",
    "workout_session": (
        "user_id id name status session_date started_at completed_at last_activity_at created_at updated_at"
    ),
    "session_exercise": "user_id id workout_session_id exercise_id exercise_order is_completed",
    "exercise_set": (
        "user_id id workout_session_id session_exercise_id exercise_id exercise_root_id set_number weight typed_weight "
        "typed_unit reps performed_at read_by created_at"
    ),
}


@dataclass(frozen=True)
class Lift:
    exercise_id: str
    base: int


def identifier(moment: datetime, kind: int, number: int) -> str:
    """Write a UUIDv7 of a moment whose random part is a number: 32 hexadecimal digits."""
    milliseconds = int(moment.timestamp() * 1000)
    return f"{milliseconds:012x}7{kind:03x}8{number >> 48 & 0xFFF:03x}{number & 0xFFFFFFFFFFFF:012x}"


def user_id(user: int) -> UUID:
    return UUID(identifier(moment_of(0), USER, user))


def telegram_id(user: int) -> int:
    return TELEGRAM_IDS + user


def moment_of(session: int) -> datetime:
    """Say when a user's session of this number began: 300 of them in a year, in the evening."""
    day = FIRST_DAY + timedelta(days=session * 363 // SESSIONS)
    return datetime(day.year, day.month, day.day, 18, 0, tzinfo=UTC)


def lifts() -> list[Lift]:
    """Choose the exercises that everybody trains."""
    chosen = [one for one in load_library().exercises if one.measure == "weight_reps" and one.category != "cardio"]
    return [Lift(one.id.hex, 20 + 5 * (place % 17)) for place, one in enumerate(chosen[:EXERCISES])]


class Filling:
    """Fills a migrated database. `connection` is a superuser's."""

    def __init__(self, connection: asyncpg.Connection[Any], tell: Callable[[str], None]) -> None:
        self._connection = connection
        self._tell = tell
        self._lifts = lifts()
        self._sessions = 0

    async def people(self) -> None:
        """Write the users: at home in the bot, with a plan of the library."""
        plan = await self._connection.fetchval(
            "SELECT id FROM workout_plan WHERE user_id IS NULL ORDER BY slug LIMIT 1"
        )
        await self._connection.execute("SET session_replication_role = replica")
        rows = (
            f"{user_id(user).hex}\t{telegram_id(user)}\tLifter {user}\t{moment_of(0).isoformat()}\t{plan}\n"
            for user in range(USERS)
        )
        await self._copy("user", rows)

    async def grow(self, sessions: int) -> int:
        """Add sessions until each user has so many; give the number of sets there are."""
        if sessions > self._sessions:
            indexes = await self._drop_indexes() if sessions - self._sessions > 20 else []
            await self._copy("workout_session", self._session_rows(self._sessions, sessions))
            await self._copy("session_exercise", self._entry_rows(self._sessions, sessions))
            await self._copy("exercise_set", self._set_rows(self._sessions, sessions))
            for definition in indexes:
                self._tell(f"  {definition.split(' ON ')[0].lower()}")
                await self._connection.execute(definition)
            self._sessions = sessions
        for table in (*TABLES, '"user"'):
            await self._connection.execute(f"VACUUM (ANALYZE) {table}")
        return sessions * USERS * EXERCISES_A_SESSION * SETS_AN_EXERCISE

    async def _drop_indexes(self) -> list[str]:
        """Take the secondary indexes away while rows pour in; give what makes them again."""
        rows = await self._connection.fetch(
            "SELECT i.indexname, i.indexdef FROM pg_indexes i WHERE i.tablename = ANY($1) AND i.indexname LIKE 'ix%'",
            list(TABLES),
        )
        for row in rows:
            await self._connection.execute(f"DROP INDEX {row['indexname']}")
        return [row["indexdef"] for row in rows]

    async def _copy(self, table: str, rows: Iterator[str]) -> None:
        self._tell(f"  copy {table}")
        await self._connection.copy_to_table(table, source=_in_blocks(rows), columns=COLUMNS[table].split())

    # ------------------------------------------------------------------ rows, in the order of COLUMNS

    def _session_rows(self, first: int, end: int) -> Iterator[str]:
        for session in range(first, end):
            began = moment_of(session)
            ended = began + timedelta(minutes=70)
            start, finish, day = began.isoformat(), ended.isoformat(), began.date().isoformat()
            for user in range(USERS):
                key = identifier(began, SESSION, user)
                owner = identifier(moment_of(0), USER, user)
                yield (
                    f"{owner}\t{key}\tDay {session % 6 + 1}\tcompleted\t{day}\t{start}\t{finish}\t{finish}\t"
                    f"{start}\t{finish}\n"
                )

    def _entry_rows(self, first: int, end: int) -> Iterator[str]:
        for session in range(first, end):
            began = moment_of(session)
            for user in range(USERS):
                owner, parent = identifier(moment_of(0), USER, user), identifier(began, SESSION, user)
                for order in range(EXERCISES_A_SESSION):
                    key = identifier(began, ENTRY, user * 16 + order)
                    yield f"{owner}\t{key}\t{parent}\t{self._lift(session, order).exercise_id}\t{order + 1}\tt\n"

    def _set_rows(self, first: int, end: int) -> Iterator[str]:
        for session in range(first, end):
            began = moment_of(session)
            moments = [(began + timedelta(minutes=2 * n)).isoformat() for n in range(EXERCISES_A_SESSION * 6)]
            for user in range(USERS):
                owner, parent = identifier(moment_of(0), USER, user), identifier(began, SESSION, user)
                for order in range(EXERCISES_A_SESSION):
                    lift = self._lift(session, order)
                    entry = identifier(began, ENTRY, user * 16 + order)
                    weight = lift.base + 2.5 * (user % 16) + 2.5 * (session // 20)
                    for number in range(SETS_AN_EXERCISE):
                        key = identifier(began, SET, (user * 16 + order) * 16 + number)
                        at = moments[order * 6 + number]
                        reps = 5 + (user + session + number * 3) % 8
                        yield (
                            f"{owner}\t{key}\t{parent}\t{entry}\t{lift.exercise_id}\t{lift.exercise_id}\t{number + 1}\t"
                            f"{weight}\t{weight}\tkg\t{reps}\t{at}\tshorthand\t{at}\n"
                        )

    def _lift(self, session: int, order: int) -> Lift:
        return self._lifts[(session % 6 * EXERCISES_A_SESSION + order) % EXERCISES]


async def follow_up(database: Database, sessions: int) -> None:
    """Make the records and the daily summaries of everybody, by the bot's own code."""
    roots = [UUID(lift.exercise_id) for lift in lifts()]
    days = sorted({moment_of(session).date() for session in range(sessions)})
    places = asyncio.Semaphore(4)

    async def of_user(user: int) -> None:
        async with places, database.begin(user_id=user_id(user)) as work:
            await work.records.recalculate(roots)
            await work.summaries.refresh(days)

    await asyncio.gather(*(of_user(user) for user in range(USERS)))


async def _in_blocks(rows: Iterator[str]) -> AsyncIterator[bytes]:
    block: list[str] = []
    for row in rows:
        block.append(row)
        if len(block) == 2000:
            yield "".join(block).encode()
            block.clear()
    yield "".join(block).encode()
