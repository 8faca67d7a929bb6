"""Loading the library: the same ids everywhere, twice is once, and a new release takes nothing from anybody."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import asyncpg
import pytest
import pytest_asyncio
from sqlalchemy.exc import DBAPIError

from storage.connecting import open_connection, plain_engine
from storage.database import Database
from storage.library import load_into
from tests.conftest import BOT_ROLE
from tests.server import Server
from tests.storage.everything import BENCH, make_everything
from training.library_files import load_library
from training.library_types import Library, LibraryAlias, exercise_id

COUNTS = """
SELECT (SELECT count(*) FROM exercise WHERE user_id IS NULL AND deleted_at IS NULL) AS exercises,
       (SELECT count(*) FROM exercise_alias WHERE user_id IS NULL AND deleted_at IS NULL) AS aliases,
       (SELECT count(*) FROM equipment WHERE deleted_at IS NULL) AS equipment,
       (SELECT count(*) FROM exercise_equipment WHERE user_id IS NULL) AS links,
       (SELECT count(*) FROM workout_plan WHERE user_id IS NULL AND deleted_at IS NULL) AS plans,
       (SELECT count(*) FROM workout WHERE user_id IS NULL AND deleted_at IS NULL) AS workouts,
       (SELECT count(*) FROM workout_exercise WHERE user_id IS NULL AND deleted_at IS NULL) AS prescriptions,
       (SELECT count(*) FROM prescribed_set WHERE user_id IS NULL) AS sets
"""


@pytest_asyncio.fixture
async def name(server: Server, template: str) -> AsyncIterator[str]:
    async with server.throwaway(template) as name:
        yield name


async def load(server: Server, name: str, library: Library) -> bool:
    engine = plain_engine(server.owner_of(name))
    try:
        async with engine.begin() as connection:
            return await load_into(connection, library)
    finally:
        await engine.dispose()


async def ask(server: Server, name: str, question: str, *values: Any) -> asyncpg.Record:
    connection = await open_connection(server.admin_of(name))
    try:
        row = await connection.fetchrow(question, *values)
        assert row is not None
        return row
    finally:
        await connection.close()


def counts_of(library: Library) -> dict[str, int]:
    workouts = [workout for plan in library.plans for workout in plan.workouts]
    prescriptions = [prescription for workout in workouts for prescription in workout.prescriptions]
    return {
        "exercises": len(library.exercises),
        "aliases": sum(len(exercise.aliases) for exercise in library.exercises),
        "equipment": len(library.equipment),
        "links": sum(len(exercise.equipment) for exercise in library.exercises),
        "plans": len(library.plans),
        "workouts": len(workouts),
        "prescriptions": len(prescriptions),
        "sets": sum(len(prescription.scheme) for prescription in prescriptions),
    }


async def test_everything_of_the_files_is_there(server: Server, name: str) -> None:
    assert dict(await ask(server, name, COUNTS)) == counts_of(load_library())


async def test_the_same_release_is_loaded_once(server: Server, name: str) -> None:
    assert await load(server, name, load_library()) is False


async def test_loading_it_again_under_another_number_touches_no_row(server: Server, name: str) -> None:
    newest = "SELECT max(xmin::text::bigint) AS last, count(*) AS rows FROM exercise"
    before = await ask(server, name, newest)
    assert await load(server, name, replace(load_library(), version="again")) is True
    assert await ask(server, name, newest) == before
    assert dict(await ask(server, name, COUNTS)) == counts_of(load_library())
    current = await ask(server, name, "SELECT version, (SELECT count(*) FROM library_release) AS releases"
                                      " FROM library_release WHERE is_current")  # fmt: skip
    assert tuple(current) == ("again", 2)


async def test_a_new_release_changes_adds_and_retires(server: Server, name: str) -> None:
    old = load_library()
    bench, curl = old.by_slug["barbell-bench-press"], old.by_slug["barbell-curl"]
    word = LibraryAlias(curl.slug, "en", "gun show")
    new = replace(
        old,
        version="new",
        exercises=(
            replace(bench, name=curl.name),
            replace(curl, name=bench.name, aliases=(word,)),  # two swap their names
            replace(curl, slug="new-curl", name="New Curl", aliases=()),
        ),
        plans=(),
    )
    assert await load(server, name, new) is True
    assert dict(await ask(server, name, COUNTS)) == counts_of(new)
    row = await ask(server, name, "SELECT name, deleted_at FROM exercise WHERE id = $1", bench.id)
    assert tuple(row) == (curl.name, None)
    # And back: what was retired comes back under its old id.
    assert await load(server, name, old) is True
    assert dict(await ask(server, name, COUNTS)) == counts_of(old)
    gone = await ask(server, name, "SELECT deleted_at FROM exercise WHERE id = $1", exercise_id("new-curl"))
    assert gone["deleted_at"] is not None


async def test_what_users_stand_on_stays_when_it_is_retired(server: Server, name: str) -> None:
    database = Database(server.bot_of(name), role=BOT_ROLE, pool_size=1)
    await make_everything(database, 1)
    old = load_library()
    without = tuple(exercise for exercise in old.exercises if exercise.id != BENCH)
    assert await load(server, name, replace(old, version="new", exercises=without, plans=())) is True
    async with database.begin(telegram_id=1) as work:
        history = await work.sessions.exercise_history(BENCH)
        assert [one.exercise_id for item in history.items for one in item.sets] == [BENCH]
        assert (await work.exercises.get(BENCH)).deleted_at is not None
        assert (await work.plans.own())[0].prescriptions == 1
    await database.close()


async def test_the_bot_cannot_load(server: Server, name: str) -> None:
    engine = plain_engine(server.bot_of(name), {"role": BOT_ROLE})
    library = replace(load_library(), version="mine")
    with pytest.raises(DBAPIError, match=r"permission denied|row-level security"):
        async with engine.begin() as connection:
            await load_into(connection, library)
    await engine.dispose()
