"""Statements that are asked of the driver itself: they give what the session would give, and fail as it would."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import exc, inspect, select, text

from storage.database import Database
from storage.direct import Direct, made
from storage.errors import DatabaseUnavailableError
from storage.models import PersonalRecord, SessionStatus, WorkoutImportLog
from storage.repositories import exercises, outbox, records, session_entries, session_history, sessions, sets
from storage.repositories.base import insert_rows
from storage.unit_of_work import UnitOfWork
from tests.storage.conftest import CutConnections
from tests.storage.everything import BENCH, NOW, TODAY
from tests.storage.test_sets_and_records import bench, log

READING = {
    "the newest set": session_entries.NEWEST,
    "the newest set of a session": session_entries.NEWEST_OF_SESSION,
    "the sets of a session": sets.OF_SESSION,
    "the entries of a session": session_entries.ENTRIES,
    "the records": records.STANDING,
    "the open session": sessions.OPEN,
    "what is owed": outbox.claim_statement(of_one_chat=True),
    "the sets of the last time": session_history.SETS_OF_LAST_TIMES,
    "the exercises of a session": session_history.ENTRIES,
    "a page of records": records.OF_PAGE,
    "what was trained": records.TRAINED,
    "exercises by name and number": exercises.EXERCISES,
}


def plain(value: Any) -> Any:
    """Give a row of a model as the values of its columns, and anything else as it is."""
    state = inspect(value, raiseerr=False)
    if state is None or not state.is_instance:
        return value
    return {column.key: state.dict[column.key] for column in state.mapper.columns if column.key in state.dict}


async def asked(work: UnitOfWork) -> dict[str, Any]:
    logged = await log(
        work, bench("60", 10, kind="warmup"), bench("102.06", 5, typed_weight=Decimal(225), typed_unit="lb")
    )
    return {
        "owner": work.user_id,
        "user_id": work.user_id,
        "session_id": logged.sets[0].workout_session_id,
        "before": None,
        "ids": [BENCH],
        "slugs": ["pull-up"],
        "which": logged.sets[0].workout_session_id,
        "of_session": logged.sets[0].workout_session_id,
        "limit": 5,
        "offset": 0,
        "roots": [BENCH],
        "chat": 5,
        "lease": None,
        "most": 5,
    }


@pytest.mark.parametrize("what", READING)
async def test_it_gives_what_the_session_gives(database: Database, telegram_id: int, what: str) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        parameters = await asked(work)
        await work.outbox.add(outbox.OutboxRow(chat_id=5, method="sendMessage", payload={"text": "Grüße"}))
    found = []
    for is_direct in (True, False):
        async with database.begin(telegram_id=telegram_id) as work:
            if is_direct:
                rows = await work.ask(READING[what], parameters)
            else:
                rows = list((await work.session.execute(READING[what].statement, parameters)).all())
            assert all(value in work.session for row in rows for value in row if plain(value) is not value)
            told = [{name: plain(value) for name, value in row._asdict().items()} for row in rows]
            found.append(sorted(told, key=str))
            await work.session.rollback()
    assert found[0] == found[1]
    assert found[0]


async def test_an_object_is_the_sessions_own_and_is_written_when_it_changes(
    database: Database, telegram_id: int
) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        await asked(work)
    async with database.begin(telegram_id=telegram_id) as work:
        (row,) = await work.ask(sessions.OPEN, {"owner": work.user_id})
        session = row.WorkoutSession
        assert await work.sessions.get(session.id) is session
        session.name = "Evening"
        (again,) = await work.ask(sessions.OPEN, {"owner": work.user_id})
        assert again.WorkoutSession is session
        assert session.name == "Evening"
    async with database.begin(telegram_id=telegram_id) as work:
        assert (await work.sessions.get(session.id)).name == "Evening"


@pytest.mark.parametrize("is_made", [True, False])
async def test_a_row_that_was_inserted_is_the_sessions_as_if_it_had_been_loaded(
    database: Database, telegram_id: int, is_made: bool
) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        columns: dict[str, Any] = {"user_id": work.user_id, "raw_text": "bench 80x8", "chat_id": 5, "message_id": 6}
        row = made(WorkoutImportLog, **columns) if is_made else WorkoutImportLog(**columns)
        await insert_rows(work, [row])
        assert row in work.session
        assert not work.session.new
        assert not work.session.dirty
        assert await work.imports.get(row.id) is row
        assert row.version == 1, "what the database filled in is known"
        (fresh,) = [plain(row)]
        row.error = "changed"
        assert row in work.session.dirty
    async with database.begin(telegram_id=telegram_id) as work:
        stored = await work.imports.get(row.id)
        assert stored.error == "changed"
        assert plain(stored).keys() == fresh.keys()


def test_a_row_has_no_columns_that_its_model_has_not() -> None:
    with pytest.raises(TypeError, match="raw_txt"):
        made(WorkoutImportLog, raw_txt="bench 80x8")


async def test_it_sees_what_the_session_has_not_written_yet(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        await asked(work)
        (row,) = await work.ask(sessions.OPEN, {"owner": work.user_id})
        row.WorkoutSession.status = SessionStatus.COMPLETED
        assert await work.ask(sessions.OPEN, {"owner": work.user_id}) == []


async def test_what_is_read_anew_is_read_into_the_object_there_is(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        parameters = await asked(work)
        kept = (await work.records.of(BENCH))[0]
        await work.session.execute(
            text("UPDATE personal_record SET value = 1 WHERE user_id = :owner"), {"owner": work.user_id}
        )
        assert kept.value != 1
        rows = [row.PersonalRecord for row in await work.ask(records.STANDING, parameters)]
        assert kept in rows
        assert all(isinstance(row, PersonalRecord) and row.value == 1 for row in rows)


async def test_what_the_database_refuses_is_refused_as_by_the_session(database: Database, telegram_id: int) -> None:
    twice = Direct(text("INSERT INTO processed_update (user_id, bot_id, update_id) VALUES (:owner, 1, 77)"))
    async with database.begin(telegram_id=telegram_id) as work:
        await work.ask(twice, {"owner": work.user_id})
        with pytest.raises(exc.IntegrityError):
            await work.ask(twice, {"owner": work.user_id})
        await work.session.rollback()


async def test_a_row_of_another_user_is_refused(database: Database, telegram_id: int) -> None:
    theirs = Direct(text("INSERT INTO processed_update (user_id, bot_id, update_id) VALUES (:owner, 1, 78)"))
    async with database.begin(telegram_id=telegram_id) as work:
        with pytest.raises(exc.DBAPIError, match="row-level security"):
            await work.ask(theirs, {"owner": uuid4()})
        await work.session.rollback()


async def test_a_list_for_in_is_refused_before_anything_is_asked(database: Database, telegram_id: int) -> None:
    wrong = Direct(select(PersonalRecord).where(PersonalRecord.id.in_([uuid4()])))
    async with database.begin(telegram_id=telegram_id) as work:
        with pytest.raises(AssertionError, match="ANY"):
            await work.ask(wrong, {})


async def test_a_missing_parameter_is_no_null(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        with pytest.raises(KeyError, match="owner"):
            await work.ask(sessions.OPEN, {"user_id": work.user_id})


async def test_a_lost_connection_is_noticed_and_replaced(
    database: Database, telegram_id: int, cut_connections: CutConnections
) -> None:
    tries = 0

    async def lose_once(work: UnitOfWork) -> list[Any]:
        nonlocal tries
        tries += 1
        await work.sessions.find_open()
        if tries == 1:
            await cut_connections()
        return await work.ask(sessions.OPEN, {"owner": work.user_id})

    async with database.begin(telegram_id=telegram_id) as work:
        await work.sessions.open_free(session_date=TODAY, started_at=NOW)
    assert len(await database.run(lose_once, telegram_id=telegram_id)) == 1
    assert tries == 2

    async def lose(work: UnitOfWork) -> None:
        await cut_connections()
        await work.ask(sessions.OPEN, {"owner": work.user_id})

    with pytest.raises(DatabaseUnavailableError):
        await database.run(lose, telegram_id=telegram_id)
    async with database.begin(telegram_id=telegram_id) as work:
        assert await work.sessions.find_open() is not None


async def test_listeners_of_the_engine_hear_of_it(database: Database, telegram_id: int, statements: list[str]) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        before = len(statements)
        await work.ask(sessions.OPEN, {"owner": work.user_id})
        assert len(statements) == before + 1
        assert "workout_session" in statements[-1]
