"""Nobody sees, changes or points at another user's rows. What has to be protected is read from the catalogue."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage.database import Database
from storage.drafts import SetDraft
from tests.conftest import BOT_ROLE
from tests.roles import appoint, take_coach
from tests.storage.everything import BENCH, NOW, TODAY, make_everything

Connection = Any

USER_TABLES = """
SELECT c.relname AS name, c.relrowsecurity AS enabled, c.relforcerowsecurity AS forced, c.oid::integer AS oid,
       bool_or(a.attname = 'user_id' AND a.attnotnull) AS is_owned
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
  JOIN pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped
 WHERE c.relkind IN ('r', 'p') AND (a.attname = 'user_id' OR c.relname = 'user')
 GROUP BY c.oid ORDER BY c.relname
"""

# Indexes of user-scoped tables that do not begin with the user, and why.
OTHER_INDEXES = {
    "pk_exercise": "library rows have no user: the id alone is their key",
    "pk_exercise_alias": "as above",
    "pk_exercise_equipment": "as above",
    "pk_workout_plan": "as above",
    "pk_workout": "as above",
    "pk_workout_exercise": "as above",
    "pk_prescribed_set": "as above",
    "uq_exercise_slug": "slugs are the library's",
    "uq_workout_plan_slug": "slugs are the library's",
    "uq_exercise_alias_library": "the library's words",
    "ix_exercise_source_id": "all copies of a row, for whoever mends the library",
    "ix_exercise_category_level": "the library by category and level",
    "ix_exercise_primary_muscle_groups": "GIN, which takes no uuid beside an array",
    "ix_exercise_secondary_muscle_groups": "GIN",
    "ix_exercise_tags": "GIN",
    "ix_exercise_name_trgm": "GIN",
    "ix_exercise_alias_alias_trgm": "GIN",
    "ix_workout_plan_tags": "GIN",
    "ix_workout_session_notes": "GIN",
    "ix_reminder_due": "what is due, of all users",
    "ix_chart_job_due": "the sweep over all users",
    "ix_notice_due": "the sweep over all users",
    "ix_notice_sender_id": "what an account's erasure takes along",
    "ix_coaching_coach_id": "a coach's athletes",
    "uq_coach_invitation_token_hash": "an invitation is found by its token alone",
    "ix_exercise_equipment_equipment_id": "exercises by equipment, the library's among them",
    "ix_exercise_alias_exercise_id": "words of an exercise, the library's among them",
    "uq_workout_plan_position": "children of a plan, which may be the library's",
    "uq_workout_exercise_workout_sequence": "children of a workout, which may be the library's",
    "ix_workout_exercise_exercise_id": "prescriptions of an exercise, the library's among them",
    "uq_prescribed_set_workout_exercise_id_set_number": "children of a prescription, which may be the library's",
    "ix_workout_session_idle": "the sweep over all users",
    "ix_workout_import_log_due": "the sweep over all users",
    "ix_processed_update_processed_at": "clearing, over all users",
}


@pytest_asyncio.fixture(scope="module")
async def people(database: Database) -> tuple[UUID, UUID]:
    """Two users, the first with a row in every table."""
    first = await make_everything(database, 1_000_001)
    async with database.begin(telegram_id=1_000_002) as work:
        return first, work.user_id


@pytest_asyncio.fixture
async def tables(admin_connection: Connection) -> Sequence[Any]:
    return await admin_connection.fetch(USER_TABLES)


async def test_row_level_security_is_forced_on_every_user_table(tables: Sequence[Any]) -> None:
    assert len(tables) == 30
    assert [table["name"] for table in tables if not (table["enabled"] and table["forced"])] == []


async def test_every_user_table_has_a_policy_for_reading_and_for_writing(
    admin_connection: Connection, tables: Sequence[Any]
) -> None:
    policies = await admin_connection.fetch("SELECT * FROM pg_policies")
    for table in tables:
        mine = [p for p in policies if p["tablename"] == table["name"]]
        own = [p for p in mine if "public" in p["roles"]]
        both = [p for p in own if p["cmd"] == "ALL" and p["qual"] and p["with_check"]]
        assert len(both) == 1, table["name"]
        assert "app.user_id" in both[0]["qual"]
        assert "app.user_id" in both[0]["with_check"]
        others = [p for p in own if p not in both]
        assert all(p["cmd"] == "SELECT" and p["qual"] == "(user_id IS NULL)" for p in others), table["name"]
        narrowing = [p for p in mine if p["permissive"] == "RESTRICTIVE" and p["cmd"] == "ALL"]
        assert len(narrowing) == 1, table["name"]
        assert narrowing[0]["roles"] == [BOT_ROLE]
        assert "app.actor_id" in narrowing[0]["qual"]
        assert "app.actor_id" in narrowing[0]["with_check"]


async def test_indexes_begin_with_the_user(admin_connection: Connection, tables: Sequence[Any]) -> None:
    rows = await admin_connection.fetch(
        """
        SELECT i.relname AS name, t.relname AS table, a.attname AS first
          FROM pg_index x
          JOIN pg_class i ON i.oid = x.indexrelid
          JOIN pg_class t ON t.oid = x.indrelid
          LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = x.indkey[0]
         WHERE t.relname = ANY($1) AND t.relname <> 'user'
        """,
        [table["name"] for table in tables],
    )
    assert {row["name"] for row in rows if row["first"] != "user_id"} == set(OTHER_INDEXES)


async def test_the_bots_role_owns_nothing_and_binds_itself(admin_connection: Connection) -> None:
    role = await admin_connection.fetchrow("SELECT * FROM pg_roles WHERE rolname = $1", BOT_ROLE)
    assert not any(role[right] for right in ("rolsuper", "rolbypassrls", "rolcreaterole", "rolcreatedb"))
    owned = "SELECT count(*) FROM pg_class WHERE pg_get_userbyid(relowner) = $1"
    assert await admin_connection.fetchval(owned, BOT_ROLE) == 0
    member_of = "SELECT count(*) FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member WHERE r.rolname = $1"
    assert await admin_connection.fetchval(member_of, BOT_ROLE) == 0


async def test_the_bot_acts_as_its_role(database: Database) -> None:
    async with database._engine.connect() as connection:
        assert await connection.scalar(text("SELECT current_user")) == BOT_ROLE
        await connection.execute(text("SET LOCAL row_security = off"))
        with pytest.raises(DBAPIError, match="row-level security"):
            await connection.execute(text("SELECT count(*) FROM exercise_set"))


async def test_no_foreign_key_cascades(admin_connection: Connection) -> None:
    cascading = await admin_connection.fetch(
        "SELECT conname FROM pg_constraint WHERE contype = 'f' AND (confdeltype <> 'a' OR confupdtype <> 'a')"
    )
    assert cascading == []


async def test_security_definer_functions_are_known_and_closed(admin_connection: Connection) -> None:
    rows = await admin_connection.fetch(
        """
        SELECT p.proname AS name, p.proconfig AS settings, has_function_privilege('public', p.oid, 'EXECUTE') AS open
          FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
         WHERE n.nspname = 'public' AND p.prosecdef
        """
    )
    assert {row["name"] for row in rows} == {
        "accept_invitation",
        "begin_pacing",
        "book_sending",
        "coached_athlete",
        "due_notices",
        "due_outbox",
        "forget_pace",
        "pause_sending",
        "due_imports",
        "due_reminders",
        "due_charts",
        "due_erasures",
        "end_coaching",
        "erase_account",
        "find_invitation",
        "idle_sessions",
        "may_coach",
        "my_athletes",
        "my_coaches",
        "my_notice",
        "note_plan_changes",
        "operations_figures",
        "purge_delivery",
        "queue_lengths",
        "write_audit",
    }
    assert not any(row["open"] for row in rows)
    assert all(any(setting.startswith("search_path=") for setting in row["settings"]) for row in rows)


async def test_there_are_no_views_that_could_leak(admin_connection: Connection) -> None:
    views = "SELECT relname FROM pg_class WHERE relkind IN ('v', 'm') AND relnamespace = 'public'::regnamespace"
    assert await admin_connection.fetch(views) == []


# ------------------------------------------------------------------ the matrix: every table, every verb


async def as_user(database: Database, user_id: UUID, statement: str, **parameters: Any) -> list[Any]:
    """Run a statement as a user; hand back the rows."""
    async with database.begin(user_id=user_id) as work:
        result = await work.session.execute(text(statement), parameters)
        return list(result.all()) if result.returns_rows else [None] * result.rowcount


async def test_the_first_user_has_a_row_in_every_table(
    admin_connection: Connection, tables: Sequence[Any], people: tuple[UUID, UUID]
) -> None:
    for table in tables:
        owner = "id" if table["name"] == "user" else "user_id"
        count = await admin_connection.fetchval(f'SELECT count(*) FROM "{table["name"]}" WHERE {owner} = $1', people[0])
        assert count > 0, f"{table['name']}: add it to make_everything"


async def test_nobody_reads_anothers_rows(database: Database, tables: Sequence[Any], people: tuple[UUID, UUID]) -> None:
    for table in tables:
        owner = "id" if table["name"] == "user" else "user_id"
        statement = f'SELECT 1 FROM "{table["name"]}" WHERE {owner} = :victim'
        assert await as_user(database, people[0], statement, victim=people[0]) != [], table["name"]
        assert await as_user(database, people[1], statement, victim=people[0]) == [], table["name"]


async def test_nobody_changes_anothers_rows(
    database: Database, tables: Sequence[Any], people: tuple[UUID, UUID]
) -> None:
    for table in tables:
        owner = "id" if table["name"] == "user" else "user_id"
        column = "timezone" if table["name"] == "user" else "user_id"
        statement = f'UPDATE "{table["name"]}" SET {column} = {column} WHERE {owner} = :victim'
        assert await touched(database, people[1], statement, people[0]) == 0, table["name"]


async def test_nobody_deletes_anothers_rows(
    database: Database, tables: Sequence[Any], people: tuple[UUID, UUID]
) -> None:
    for table in tables:
        owner = "id" if table["name"] == "user" else "user_id"
        statement = f'DELETE FROM "{table["name"]}" WHERE {owner} = :victim'
        assert await touched(database, people[1], statement, people[0]) == 0, table["name"]


async def touched(database: Database, user_id: UUID, statement: str, victim: UUID | None = None) -> int:
    """Tell how many rows a statement touched; one that is refused for want of a right has touched none."""
    try:
        return len(await as_user(database, user_id, statement, **({"victim": victim} if victim else {})))
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", "") != "42501":
            raise
        return 0


async def columns_of(admin_connection: Connection, table: str) -> list[str]:
    rows = await admin_connection.fetch(
        "SELECT attname FROM pg_attribute WHERE attrelid = $1::text::regclass AND attnum > 0 AND NOT attisdropped "
        "AND attgenerated = ''",
        f'"{table}"',
    )
    return [row["attname"] for row in rows]


async def copy_of_row(admin_connection: Connection, table: str, victim: UUID, **changes: Any) -> str:
    """Take one of the victim's rows as JSON, under a new id."""
    owner = "id" if table == "user" else "user_id"
    row = json.loads(
        await admin_connection.fetchval(f'SELECT to_jsonb(t) FROM "{table}" t WHERE {owner} = $1 LIMIT 1', victim)
    )
    fresh = {"id": str(uuid4())} if "id" in row and table != "user" else {}
    return json.dumps(row | fresh | changes)


def insert_statement(table: str, columns: Sequence[str]) -> str:
    listed = ", ".join(columns)
    return f'INSERT INTO "{table}" ({listed}) SELECT {listed} FROM jsonb_populate_record(NULL::"{table}", :row)'


async def refusal(database: Database, user_id: UUID, statement: str, row: str) -> str:
    """Run an INSERT that has to be refused and give the SQLSTATE."""
    with pytest.raises(DBAPIError) as caught:
        await as_user(database, user_id, statement.replace(":row", "CAST(:row AS jsonb)"), row=row)
    return str(getattr(caught.value.orig, "sqlstate", ""))


async def test_nobody_writes_rows_in_anothers_name(
    database: Database, admin_connection: Connection, tables: Sequence[Any], people: tuple[UUID, UUID]
) -> None:
    for table in tables:
        columns = await columns_of(admin_connection, table["name"])
        row = await copy_of_row(admin_connection, table["name"], people[0])
        state = await refusal(database, people[1], insert_statement(table["name"], columns), row)
        assert state == "42501", f"{table['name']}: {state}"


async def test_nobody_hangs_own_rows_onto_anothers(
    database: Database, admin_connection: Connection, tables: Sequence[Any], people: tuple[UUID, UUID]
) -> None:
    """A row in one's own name with another's parent: refused by the composite key, or by the policy's check."""
    attacked = set()
    for table in tables:
        if table["name"] in ("user", "audit_log") or not await has_user_parent(admin_connection, table):
            continue
        columns = await columns_of(admin_connection, table["name"])
        row = await copy_of_row(admin_connection, table["name"], people[0], user_id=str(people[1]))
        state = await refusal(database, people[1], insert_statement(table["name"], columns), row)
        assert state in ("42501", "23503"), f"{table['name']}: {state}"
        attacked.add(table["name"])
    assert attacked >= {
        "workout",
        "workout_exercise",
        "prescribed_set",
        "workout_session",
        "session_exercise",
        "exercise_set",
        "personal_record",
        "muscle_group_feedback",
        "mesocycle",
        "mesocycle_target",
        "exercise_equipment",
    }


async def has_user_parent(admin_connection: Connection, table: Any) -> bool:
    """Tell whether the victim's row points at a row of the victim's own in another table."""
    parents = await admin_connection.fetch(
        """
        SELECT f.relname AS parent FROM pg_constraint k JOIN pg_class f ON f.oid = k.confrelid
         WHERE k.contype = 'f' AND k.conrelid = $1::bigint::oid AND f.relname NOT IN ('user', 'equipment')
        """,
        table["oid"],
    )
    names = {row["parent"] for row in parents}
    # These point at nothing but the library, or at nothing in the row that make_everything writes.
    return bool(names) and table["name"] not in (
        "exercise",
        "workout_plan",
        "exercise_alias",
        "outbox",
        "exercise_setting",
        "workout_import_log",
    )


async def test_a_set_cannot_point_at_anothers_session_or_import(
    database: Database, admin_connection: Connection, people: tuple[UUID, UUID]
) -> None:
    victim, attacker = people
    async with database.begin(user_id=attacker) as work:
        session = await work.sessions.open_free(
            session_date=(await admin_connection.fetchval("SELECT current_date")),
            started_at=(await admin_connection.fetchval("SELECT now()")),
        )
    stolen = await admin_connection.fetchval("SELECT id FROM workout_import_log WHERE user_id = $1", victim)
    statement = "UPDATE workout_session SET import_id = :stolen WHERE id = :session"
    with pytest.raises(DBAPIError, match="fk_workout_session_import"):
        await as_user(database, attacker, statement, stolen=stolen, session=session.id)


async def test_a_current_plan_cannot_be_anothers(
    database: Database, admin_connection: Connection, people: tuple[UUID, UUID]
) -> None:
    plan = await admin_connection.fetchval("SELECT id FROM workout_plan WHERE user_id = $1", people[0])
    with pytest.raises(DBAPIError, match="row-level security"):
        await as_user(database, people[1], 'UPDATE "user" SET current_plan_id = :plan', plan=plan)


async def test_a_copy_cannot_name_anothers_row_as_its_source(
    database: Database, admin_connection: Connection, people: tuple[UUID, UUID]
) -> None:
    private = await admin_connection.fetchval("SELECT id FROM exercise WHERE user_id = $1", people[0])
    statement = """
        INSERT INTO exercise (id, user_id, name, source_id, primary_muscle_groups, exercise_type, category)
        VALUES (gen_random_uuid(), :me, 'Mine', :source, '{chest}', 'machine', 'push')
    """
    with pytest.raises(DBAPIError, match="row-level security"):
        await as_user(database, people[1], statement, me=people[1], source=private)
    await as_user(database, people[1], statement, me=people[1], source=BENCH)


async def test_settings_and_swaps_cannot_name_anothers_exercise(
    database: Database, admin_connection: Connection, people: tuple[UUID, UUID]
) -> None:
    private = await admin_connection.fetchval("SELECT id FROM exercise WHERE user_id = $1", people[0])
    settled = "INSERT INTO exercise_setting (user_id, exercise_root_id) VALUES (:me, :private)"
    with pytest.raises(DBAPIError, match="row-level security"):
        await as_user(database, people[1], settled, me=people[1], private=private)
    async with database.begin(user_id=people[1]) as work:
        session = await work.sessions.open_free(session_date=TODAY, started_at=NOW)
        await work.sets.log(session.id, [SetDraft(BENCH, 8, Decimal(80))], at=NOW)
    with pytest.raises(DBAPIError, match="row-level security"):
        await as_user(database, people[1], "UPDATE session_exercise SET swapped_from_id = :private", private=private)


# ------------------------------------------------------------------ the library


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE exercise SET name = 'Mine now' WHERE user_id IS NULL",
        "UPDATE exercise SET user_id = NULL WHERE user_id IS NOT NULL",
        "UPDATE workout_plan SET name = 'Mine now' WHERE user_id IS NULL",
        "UPDATE equipment SET name = 'Mine now'",
        "DELETE FROM prescribed_set WHERE user_id IS NULL",
        "DELETE FROM exercise_equipment WHERE user_id IS NULL",
        "INSERT INTO equipment (id, slug, name) VALUES (gen_random_uuid(), 'x', 'X')",
        "INSERT INTO library_release (version) VALUES ('mine')",
        "INSERT INTO exercise (id, slug, name, primary_muscle_groups, exercise_type, category)"
        " VALUES (gen_random_uuid(), 'x', 'X', '{chest}', 'machine', 'push')",
    ],
)
async def test_the_bot_cannot_write_the_library(database: Database, people: tuple[UUID, UUID], statement: str) -> None:
    assert await touched(database, people[0], statement) == 0


async def test_nobody_hangs_rows_onto_the_library(database: Database, people: tuple[UUID, UUID]) -> None:
    statement = """
        INSERT INTO workout (id, user_id, workout_plan_id, name, position)
        SELECT gen_random_uuid(), :me, id, 'Mine', 99 FROM workout_plan WHERE user_id IS NULL LIMIT 1
    """
    async with database.begin(user_id=people[0]) as work:
        if not await work.plans.library():
            pytest.fail("the library has no plans")
    with pytest.raises(DBAPIError, match="row-level security"):
        await as_user(database, people[0], statement, me=people[0])


async def test_nobody_changes_who_they_are(database: Database, people: tuple[UUID, UUID]) -> None:
    for column, value in (("role", "'admin'"), ("telegram_id", "1"), ("id", "gen_random_uuid()")):
        with pytest.raises(DBAPIError, match="permission denied"):
            await as_user(database, people[1], f'UPDATE "user" SET {column} = {value}')


async def test_even_the_owner_sees_no_users_rows(owner_connection: Connection, people: tuple[UUID, UUID]) -> None:
    """Where the owner is a superuser nothing binds it; the embedded server's is not."""
    if await owner_connection.fetchval("SELECT rolsuper FROM pg_roles WHERE rolname = current_user"):
        return
    assert await owner_connection.fetchval("SELECT count(*) FROM exercise_set") == 0
    assert await owner_connection.fetchval('SELECT count(*) FROM "user"') == 0
    assert await owner_connection.fetchval("SELECT count(*) FROM exercise WHERE user_id IS NULL") > 0


# ------------------------------------------------------------------ the log of changes


async def test_every_user_table_but_delivery_is_audited(admin_connection: Connection, tables: Sequence[Any]) -> None:
    audited = await admin_connection.fetch(
        "SELECT t.relname AS name FROM pg_trigger g JOIN pg_class t ON t.oid = g.tgrelid"
        " WHERE g.tgname IN ('write_audit', 'write_audit_of_delete') GROUP BY t.relname HAVING count(*) = 2"
    )
    delivery = {"processed_update", "outbox", "dialogue", "reminder", "chart_job", "notice", "audit_log"}
    assert {row["name"] for row in audited} == {table["name"] for table in tables} - delivery


async def test_the_log_tells_who_changed_what(
    database: Database, admin_connection: Connection, people: tuple[UUID, UUID]
) -> None:
    coach = await appoint(database, 1_000_004)
    await take_coach(database, people[0], coach)
    async with database.begin(user_id=coach) as work, work.as_coach_of(people[0]) as theirs:
        (plan,) = await theirs.plans.own()
        await theirs.plans.rename(plan.plan.id, "Pull", plan.plan.version)
    entry = await admin_connection.fetchrow(
        "SELECT * FROM audit_log WHERE table_name = 'workout_plan' AND action = 'update' AND row_id = $1"
        " ORDER BY changed_at DESC",
        str(plan.plan.id),
    )
    assert (entry["user_id"], entry["actor_id"]) == (people[0], coach)
    assert json.loads(entry["before"]) == {"name": "Push", "version": 1}
    assert json.loads(entry["after"]) == {"name": "Pull", "version": 2}


async def test_the_log_tells_what_came_and_what_went(database: Database, admin_connection: Connection) -> None:
    user_id = await make_everything(database, 1_000_003)
    async with database.begin(user_id=user_id) as work:
        row = await work.sets.newest()
        assert row is not None
        held = {str(record.id) for record in await work.records.of(BENCH)}
        await work.sets.delete([row.id])
    entries = await admin_connection.fetch(
        "SELECT row_id, action, before, after FROM audit_log WHERE user_id = $1 AND table_name = 'personal_record'",
        user_id,
    )
    for action, state, other in (("insert", "after", "before"), ("delete", "before", "after")):
        told = [entry for entry in entries if entry["action"] == action]
        assert {entry["row_id"] for entry in told} == held
        assert all(json.loads(entry[state])["exercise_root_id"] == str(BENCH) for entry in told)
        assert all(entry[other] is None for entry in told)


async def test_the_bot_cannot_write_the_log(database: Database, people: tuple[UUID, UUID]) -> None:
    for statement in (
        "DELETE FROM audit_log",
        "UPDATE audit_log SET actor_id = NULL",
        "INSERT INTO audit_log (user_id, table_name, row_id, action) VALUES (gen_random_uuid(), 'x', 'x', 'x')",
    ):
        with pytest.raises(DBAPIError, match="permission denied"):
            await as_user(database, people[0], statement)
