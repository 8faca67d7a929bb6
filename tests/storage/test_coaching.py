"""A coach sees and changes what an athlete has opened to them, as long as it is open, and nothing else of theirs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage.database import Database
from storage.errors import NotFoundError, StaleVersionError
from storage.models import UserRole
from storage.repositories.coaching import VALID, InvitationState, hash_of
from storage.unit_of_work import UnitOfWork
from tests.conftest import BOT_ROLE
from tests.roles import AT, appoint, take_coach
from tests.server import Server
from tests.storage.everything import make_everything
from tests.storage.test_export import run

Connection = Any

CHANGED = ("workout_plan", "workout", "workout_exercise", "prescribed_set", "exercise", "exercise_equipment")
SEEN = (
    "workout_session", "session_exercise", "exercise_set", "personal_record", "daily_workout_summary", "mesocycle",
    "mesocycle_target", "muscle_group_feedback",
)  # fmt: skip
CLOSED = (
    "user", "user_equipment", "exercise_alias", "user_level", "exercise_mastery", "exercise_setting",
    "workout_import_log", "audit_log", "processed_update", "outbox", "dialogue", "reminder", "chart_job",
    "coach_invitation", "coaching", "notice",
)  # fmt: skip
MAY_NOT = ("42501",)


@dataclass(frozen=True)
class Pair:
    athlete: UUID
    athlete_telegram_id: int
    coach: UUID
    coach_telegram_id: int


@pytest_asyncio.fixture
async def pair(database: Database, telegram_id: int, other_telegram_id: int) -> Pair:
    """An athlete with a row in every table, and the coach they have taken."""
    athlete = await make_everything(database, telegram_id)
    coach = await appoint(database, other_telegram_id)
    await take_coach(database, athlete, coach)
    return Pair(athlete, telegram_id, coach, other_telegram_id)


async def run_as_coach(database: Database, pair: Pair, statement: str, **parameters: Any) -> int:
    """Run a statement on the athlete's data as the coach; tell how many rows it touched or gave."""
    async with database.begin(user_id=pair.coach) as work, work.as_coach_of(pair.athlete) as theirs:
        result: Any = await theirs.session.execute(text(statement), parameters)
        return len(result.all()) if result.returns_rows else result.rowcount


async def refused(database: Database, pair: Pair, statement: str, **parameters: Any) -> bool:
    """Tell whether a coach's statement is refused, or touches nothing."""
    try:
        return await run_as_coach(database, pair, statement, **parameters) == 0
    except DBAPIError as error:
        return str(getattr(error.orig, "sqlstate", "")) in MAY_NOT


def owner_column(table: str) -> str:
    return "id" if table == "user" else "user_id"


# ------------------------------------------------------------------ what is open, what is closed


async def test_the_three_lists_name_every_table_of_a_user(admin_connection: Connection) -> None:
    rows = await admin_connection.fetch(
        "SELECT DISTINCT tablename FROM pg_policies WHERE permissive = 'RESTRICTIVE' AND cmd = 'ALL'"
    )
    assert {row["tablename"] for row in rows} == {*CHANGED, *SEEN, *CLOSED}


async def test_a_coach_reads_plans_and_sessions_and_nothing_else(
    database: Database, admin_connection: Connection, pair: Pair
) -> None:
    for table in (*CHANGED, *SEEN, *CLOSED):
        of = f'FROM "{table}" WHERE {owner_column(table)} = '
        stored = await admin_connection.fetchval(f"SELECT count(*) {of} $1", pair.athlete)
        assert stored > 0, table
        seen = await run_as_coach(database, pair, f"SELECT 1 {of} :athlete", athlete=pair.athlete)
        assert seen == (0 if table in CLOSED else stored), table


async def test_a_coach_changes_plans_and_nothing_else(database: Database, pair: Pair) -> None:
    for table in CHANGED:
        statement = f"UPDATE {table} SET user_id = user_id WHERE user_id = :athlete"
        assert await run_as_coach(database, pair, statement, athlete=pair.athlete) > 0, table
    for table in (*SEEN, *CLOSED):
        column = "timezone" if table == "user" else "user_id"
        statement = f'UPDATE "{table}" SET {column} = {column} WHERE {owner_column(table)} = :athlete'
        assert await refused(database, pair, statement, athlete=pair.athlete), table
        statement = f'DELETE FROM "{table}" WHERE {owner_column(table)} = :athlete'
        assert await refused(database, pair, statement, athlete=pair.athlete), table


async def test_a_coach_writes_no_rows_where_the_athlete_alone_does(
    database: Database, admin_connection: Connection, pair: Pair
) -> None:
    for table in (*SEEN, *CLOSED):
        owner = owner_column(table)
        row = await admin_connection.fetchval(
            f'SELECT to_jsonb(t) FROM "{table}" t WHERE {owner} = $1 LIMIT 1', pair.athlete
        )
        columns = await admin_connection.fetch(
            "SELECT attname FROM pg_attribute WHERE attrelid = $1::text::regclass AND attnum > 0 "
            "AND NOT attisdropped AND attgenerated = ''",
            f'"{table}"',
        )
        listed = ", ".join(column["attname"] for column in columns)
        statement = (
            f'INSERT INTO "{table}" ({listed}) SELECT {listed} '
            f'FROM jsonb_populate_record(NULL::"{table}", CAST(:row AS jsonb))'
        )
        with pytest.raises(DBAPIError) as caught:
            await run_as_coach(database, pair, statement, row=row)
        assert str(getattr(caught.value.orig, "sqlstate", "")) in MAY_NOT, table


async def test_a_coachs_other_rows_are_out_of_sight_meanwhile(database: Database, pair: Pair) -> None:
    async with database.begin(user_id=pair.coach) as work, work.as_coach_of(pair.athlete) as theirs:
        seen = 'SELECT count(*) FROM "user"'
        assert await theirs.session.scalar(text(seen)) == 0
        for statement in ("SELECT * FROM my_athletes()", "SELECT * FROM my_coaches()"):
            assert (await theirs.session.execute(text(statement))).all() == []
        assert theirs.user_id == pair.athlete
        assert not theirs.user.telegram_id
        assert not theirs.user.preferences


async def test_a_coach_can_neither_erase_nor_end_in_the_athletes_name(
    database: Database, admin_connection: Connection, pair: Pair
) -> None:
    with pytest.raises(DBAPIError, match="erased by its user"):
        await run_as_coach(database, pair, "SELECT erase_account()")
    ended = "SELECT 1 WHERE end_coaching(:athlete, :coach, now())"
    assert await run_as_coach(database, pair, ended, athlete=pair.athlete, coach=pair.coach) == 0
    assert await admin_connection.fetchval('SELECT count(*) FROM "user" WHERE id = $1', pair.athlete) == 1


# ------------------------------------------------------------------ for how long


async def enters(database: Database, actor: UUID, athlete: UUID) -> bool:
    """Tell whether somebody gets at an athlete's plans: by the door, and by settings made by hand."""
    async with database.begin(user_id=actor) as work:
        try:
            async with work.as_coach_of(athlete) as theirs:
                by_door = bool(await theirs.plans.own())
        except NotFoundError:
            by_door = False
    async with database.begin(user_id=actor) as work:
        forged = "SELECT set_config('app.user_id', :athlete, true)"
        await work.session.execute(text(forged), {"athlete": str(athlete)})
        seen = 0
        for table in (*CHANGED, *SEEN, *CLOSED):
            statement = f'SELECT count(*) FROM "{table}" WHERE {owner_column(table)} = :athlete'
            seen += await work.session.scalar(text(statement), {"athlete": athlete}) or 0
    assert by_door == (seen > 0)
    return by_door


async def test_only_while_it_is_open(database: Database, telegram_id: int, other_telegram_id: int) -> None:
    athlete = await make_everything(database, telegram_id)
    coach = await appoint(database, other_telegram_id)
    another = await appoint(database, other_telegram_id + 1_000_000)
    async with database.begin(user_id=coach) as work:
        token = await work.coaching.invite(AT)
    assert not await enters(database, coach, athlete), "before it was accepted"
    async with database.begin(user_id=athlete) as work:
        assert (await work.coaching.accept(hash_of(token), AT)).state is InvitationState.ACCEPTED
    assert await enters(database, coach, athlete)
    assert not await enters(database, another, athlete), "another coach"
    assert not await enters(database, athlete, coach), "the athlete into the coach's plans"
    await appoint(database, other_telegram_id, "user")
    assert not await enters(database, coach, athlete), "a coach no more"
    await appoint(database, other_telegram_id)
    assert await enters(database, coach, athlete)
    async with database.begin(user_id=athlete) as work:
        assert await work.coaching.end(athlete_id=athlete, coach_id=coach, at=AT)
        assert not await work.coaching.end(athlete_id=athlete, coach_id=coach, at=AT)
    assert not await enters(database, coach, athlete), "revoked"


async def test_a_forged_actor_opens_nothing(database: Database, pair: Pair) -> None:
    """The athlete's id with an actor who coaches nobody, or with none at all."""
    for actor in (str(uuid4()), ""):
        async with database.begin(user_id=pair.coach) as work:
            forged = "SELECT set_config('app.user_id', :athlete, true), set_config('app.actor_id', :actor, true)"
            await work.session.execute(text(forged), {"athlete": str(pair.athlete), "actor": actor})
            for table in (*CHANGED, *SEEN, *CLOSED):
                assert await work.session.scalar(text(f'SELECT count(*) FROM "{table}"')) == 0, table


async def test_nobody_makes_a_coaching_but_by_a_token(database: Database, pair: Pair, telegram_id: int) -> None:
    stranger = await appoint(database, telegram_id + 2_000_000)
    statement = "INSERT INTO coaching (user_id, coach_id, since) VALUES (:me, :stranger, now())"
    for me in (pair.athlete, stranger):
        with pytest.raises(DBAPIError, match="permission denied"):
            async with database.begin(user_id=me) as work:
                await work.session.execute(text(statement), {"me": me, "stranger": stranger})
    with pytest.raises(DBAPIError, match="permission denied"):
        async with database.begin(user_id=pair.athlete) as work:
            await work.session.execute(text("UPDATE coaching SET coach_id = :stranger"), {"stranger": stranger})


# ------------------------------------------------------------------ invitations


async def test_an_invitation_is_taken_once_within_a_week_and_not_by_oneself(
    database: Database, admin_connection: Connection, telegram_id: int, other_telegram_id: int
) -> None:
    coach = await appoint(database, telegram_id)
    async with database.begin(user_id=coach) as work:
        first, late = await work.coaching.invite(AT), await work.coaching.invite(AT)
        assert (await work.coaching.accept(hash_of(first), AT)).state is InvitationState.OWN
    async with database.begin(telegram_id=other_telegram_id) as work:
        assert (await work.coaching.accept(hash_of("made up"), AT)).state is InvitationState.UNKNOWN
        assert (await work.coaching.accept(hash_of(late), AT + VALID)).state is InvitationState.EXPIRED
        seen = await work.coaching.look_at(hash_of(first), AT + VALID - timedelta(seconds=1))
        assert (seen.state, seen.coach is not None and seen.coach.id) == (InvitationState.OPEN, coach)
        assert (await work.coaching.accept(hash_of(first), AT)).state is InvitationState.ACCEPTED
        assert (await work.coaching.accept(hash_of(first), AT)).state is InvitationState.ALREADY
        assert [one.id for one in await work.coaching.coaches()] == [coach]
    async with database.begin(telegram_id=other_telegram_id + 1_000_000) as work:
        used = await work.coaching.accept(hash_of(first), AT)
        assert (used.state, used.coach) == (InvitationState.USED, None)
    stored = await admin_connection.fetch("SELECT to_jsonb(i)::text AS row FROM coach_invitation i")
    assert not any(first in row["row"] or late in row["row"] for row in stored)
    assert len(first) >= 22  # 128 bits and more


async def test_a_token_of_somebody_who_is_a_coach_no_more_opens_nothing(
    database: Database, telegram_id: int, other_telegram_id: int
) -> None:
    coach = await appoint(database, telegram_id)
    async with database.begin(user_id=coach) as work:
        token = await work.coaching.invite(AT)
    await appoint(database, telegram_id, "user")
    async with database.begin(telegram_id=other_telegram_id) as work:
        assert (await work.coaching.accept(hash_of(token), AT)).state is InvitationState.CLOSED
    with pytest.raises(DBAPIError, match="row-level security"):
        async with database.begin(user_id=coach) as work:
            await work.coaching.invite(AT)


# ------------------------------------------------------------------ one transaction, two people


async def rename_twice(work: UnitOfWork, athlete: UUID, plan_id: UUID) -> None:
    """Rename a plan, and again by a version that is gone then."""
    async with work.as_coach_of(athlete) as theirs:
        await theirs.plans.rename(plan_id, "Lost")
        await theirs.plans.rename(plan_id, "Lost again", 1)


async def test_the_identity_comes_back_also_after_an_exception(database: Database, pair: Pair) -> None:
    async def identity(work: UnitOfWork) -> tuple[str, str]:
        settings = text("SELECT current_setting('app.user_id') AS me, current_setting('app.actor_id') AS actor")
        row = (await work.session.execute(settings)).one()
        return row.me, row.actor

    async with database.begin(user_id=pair.coach) as work:
        mine = (str(pair.coach), str(pair.coach))
        async with work.as_coach_of(pair.athlete) as theirs:
            assert await identity(work) == (str(pair.athlete), str(pair.coach))
            await theirs.dialogues.ask(1, "plan_edit", {"what": "add"})
            await theirs.imports.receive("bench 3x5")
            (plan,) = await theirs.plans.own()
        assert await identity(work) == mine
        with pytest.raises(StaleVersionError):
            await rename_twice(work, pair.athlete, plan.plan.id)
        assert await identity(work) == mine
        with pytest.raises(DBAPIError):
            async with work.as_coach_of(pair.athlete) as theirs:
                await theirs.sessions.open_free(session_date=AT.date(), started_at=AT)
        assert await identity(work) == mine
        asked = await work.dialogues.find(1)
        assert asked is not None
        assert asked.data == {"what": "add", "for": str(pair.athlete)}
        assert [one.raw_text for one in await work.imports.recent()] == ["bench 3x5"]
    async with database.begin(user_id=pair.athlete) as work:
        assert [one.plan.name for one in await work.plans.own()] == ["Push"]


async def test_what_a_coach_changed_is_noted_once_a_plan_and_told_later(
    database: Database, admin_connection: Connection, pair: Pair
) -> None:
    later = AT + timedelta(minutes=2)
    for name in ("One", "Two"):
        async with database.begin(user_id=pair.coach) as work, work.as_coach_of(pair.athlete, tell_at=later) as theirs:
            (plan,) = await theirs.plans.own()
            await theirs.plans.rename(plan.plan.id, name)
    async with database.begin(user_id=pair.coach) as work, work.as_coach_of(pair.athlete, tell_at=AT) as theirs:
        await theirs.plans.read(plan.plan.id)
    notices = await admin_connection.fetch(
        "SELECT * FROM notice WHERE user_id = $1 AND kind = 'plan' AND sender_id = $2", pair.athlete, pair.coach
    )
    assert [(one["subject_id"], one["due_at"]) for one in notices] == [(plan.plan.id, later)]
    assert (pair.athlete, notices[0]["id"]) not in await database.due_notices(AT)
    assert (pair.athlete, notices[0]["id"]) in await database.due_notices(later)
    async with database.begin(user_id=pair.coach) as work:
        assert await work.coaching.take_notice(notices[0]["id"]) is None
    async with database.begin(user_id=pair.athlete) as work:
        told = await work.coaching.take_notice(notices[0]["id"])
        assert told is not None
        assert (told.kind, told.sender.id) == ("plan", pair.coach)
        assert await work.coaching.take_notice(notices[0]["id"]) is None


async def test_an_erased_coach_leaves_nothing_with_the_athlete(
    database: Database, admin_connection: Connection, pair: Pair
) -> None:
    async with database.begin(user_id=pair.coach) as work:
        await work.users.erase()
    assert await admin_connection.fetchval("SELECT count(*) FROM coaching WHERE coach_id = $1", pair.coach) == 0
    assert await admin_connection.fetchval("SELECT count(*) FROM notice WHERE sender_id = $1", pair.coach) == 0
    async with database.begin(user_id=pair.athlete) as work:
        assert await work.coaching.coaches() == []
        assert len(await work.plans.own()) == 1


# ------------------------------------------------------------------ what it costs, and figures of operation


async def test_who_acts_is_asked_once_a_statement_and_the_index_is_used(database: Database, pair: Pair) -> None:
    statement = "EXPLAIN (ANALYZE, COSTS off, TIMING off) SELECT * FROM exercise_set WHERE user_id = :me AND id = :id"
    async with database.begin(user_id=pair.athlete) as work:
        newest = await work.sets.newest()
        assert newest is not None
        await work.session.execute(text("SET LOCAL enable_seqscan = off"))
        rows = await work.session.execute(text(statement), {"me": pair.athlete, "id": newest.id})
        plan = "\n".join(row[0] for row in rows)
    assert "Index" in plan
    assert "Seq Scan" not in plan
    assert plan.count("never executed") == 1, plan  # whether the actor is a coach is not even asked
    assert "SubPlan" not in plan


async def test_figures_are_for_admins_and_count_everybody(
    database: Database, admin_connection: Connection, pair: Pair
) -> None:
    await admin_connection.execute("ANALYZE exercise_set")
    admin = await appoint(database, pair.coach_telegram_id + 3_000_000, "admin")
    async with database.begin(user_id=admin) as work:
        figures = await work.coaching.figures(AT)
        assert (await work.session.execute(text("SELECT count(*) FROM exercise_set"))).scalar_one() == 0
    assert figures["users"] == await admin_connection.fetchval('SELECT count(*) FROM "user"')
    assert figures["sets"] == await admin_connection.fetchval("SELECT count(*) FROM exercise_set") > 0
    assert figures["database_bytes"] > 1_000_000
    for nobody in (pair.coach, pair.athlete):
        with pytest.raises(DBAPIError, match="for admins"):
            async with database.begin(user_id=nobody) as work:
                await work.coaching.figures(AT)
    assert BOT_ROLE not in str(figures)


async def test_whoever_runs_the_bot_says_who_is_a_coach(
    server: Server, database_name: str, database: Database, telegram_id: int
) -> None:
    addresses = {"DATABASE_URL": server.bot_of(database_name), "MIGRATION_DATABASE_URL": server.owner_of(database_name)}
    assert await run("role", "--user", str(telegram_id), "coach", **addresses) == (
        1,
        "",
        f"There is no user {telegram_id}.\n",
    )
    async with database.begin(telegram_id=telegram_id) as work:
        assert work.user.role is UserRole.USER
    code, out, err = await run("role", "--user", str(telegram_id), "coach", **addresses)
    assert (code, out, err) == (0, f"User {telegram_id} is now: coach.\n", "")
    async with database.begin(telegram_id=telegram_id) as work:
        assert work.user.role is UserRole.COACH
        assert await work.coaching.athletes() == []
