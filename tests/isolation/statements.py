"""SQL as the bot's role, over all tables, foreign keys, sequences and functions of the catalogue.

Out of scope: whoever can run SQL of their own as the bot's role can also say who they are (``set_config``,
``enter_user``). Row-level security guards against a forgotten condition, parameters guard against SQL from outside.
"""

from __future__ import annotations

import io
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg

from tests.isolation.people import Person
from tests.isolation.tally import Tally
from tests.isolation.witness import Connection, Witness
from tests.storage.everything import NOW, TODAY

COLUMNS = """
SELECT a.attname AS name, a.attname = ANY($2) AS is_key
  FROM pg_attribute a WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
 ORDER BY a.attnum
"""
KEY = """
SELECT array_agg(a.attname ORDER BY a.attnum) FROM pg_constraint k
  JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = ANY(k.conkey)
 WHERE k.contype = 'p' AND k.conrelid = $1::regclass
"""
FOREIGN_KEYS = """
SELECT k.conname AS name, child.relname AS child, parent.relname AS parent,
       ARRAY(SELECT a.attname FROM unnest(k.conkey) WITH ORDINALITY u (n, o)
               JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.n ORDER BY o) AS columns,
       ARRAY(SELECT a.attname FROM unnest(k.confkey) WITH ORDINALITY u (n, o)
               JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.n ORDER BY o) AS keys
  FROM pg_constraint k JOIN pg_class child ON child.oid = k.conrelid JOIN pg_class parent ON parent.oid = k.confrelid
 WHERE k.contype = 'f' AND NOT child.relispartition
 ORDER BY child.relname, k.conname
"""
FUNCTIONS = """
SELECT p.oid::regprocedure::text AS signature, p.proname AS name, p.prosecdef AS is_definer,
       ARRAY(SELECT t::regtype::text FROM unnest(p.proargtypes) WITH ORDINALITY u (t, o) ORDER BY o) AS types,
       pg_get_function_result(p.oid) AS result
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace AND n.nspname = 'public'
  LEFT JOIN pg_depend e ON e.objid = p.oid AND e.deptype = 'e'
 WHERE e.objid IS NULL AND p.prokind = 'f' ORDER BY 1
"""

OWN_COPY = "insert as one's own"

# The first says who one is: it is the door itself. The second ends the attacker, and the coachings they have shared
# with the victim; a stranger calls it among the methods of repositories.
NOT_HERE = ("enter_user", "erase_account")

# Keys of what is due, of all users, for workers who then work as that user: keys, and nothing else.
KEYS_ALONE = "TABLE(user_id uuid, id uuid)"


class _UndoneError(Exception):
    """Rolls an attempt back."""


class Attacker:
    """A connection as the bot's role, in transactions that say it works for the attacker."""

    def __init__(self, connection: Connection, person: Person, witness: Witness) -> None:
        self.connection, self.person, self.witness = connection, person, witness

    @asynccontextmanager
    async def transaction(self, *, actor: UUID | None = None) -> AsyncIterator[None]:
        transaction = self.connection.transaction()
        await transaction.start()
        try:
            user_id = str(self.person.user_id)
            await self.connection.execute(
                "SELECT set_config('app.user_id', $1, true), set_config('app.actor_id', $2, true)",
                user_id,
                str(actor or user_id),
            )
            yield
        except BaseException:
            await transaction.rollback()
            raise
        await transaction.commit()

    async def attempt(
        self, tally: Tally, label: str, statement: str, *given: Any, before: str = "", is_undone: bool = False
    ) -> None:
        """Run a statement and commit it; note what it showed or changed of the victim's."""
        answer: list[Any] = []
        was_refused = False
        try:
            async with self.transaction():
                if before:
                    await self.connection.execute(before)
                answer = [tuple(row) for row in await self.connection.fetch(statement, *given)]
                if is_undone:
                    raise _UndoneError
        except _UndoneError:
            pass
        except asyncpg.PostgresError as error:
            was_refused, answer = True, [error.message if error.sqlstate not in ("42501", "23503") else ""]
        seen = self.witness.seen_in(answer, [statement, given]) | await self.witness.changed()
        tally.note(f"{label}: {statement}", seen, was_refused=was_refused)


async def connect(address: str, role: str) -> Connection:
    """Connect as the bot does."""
    connection = await asyncpg.connect(address)
    await connection.execute(f'SET ROLE "{role}"')
    return connection


async def tables(admin: Connection, attacker: Attacker, victim: Person) -> Tally:
    """Try every verb on every table of a user."""
    tally = Tally("tables as the bot's role")
    for table, owner in attacker.witness.tables.items():
        columns = await admin.fetch(COLUMNS, f'"{table}"', await admin.fetchval(KEY, f'"{table}"') or [])
        names = [row["name"] for row in columns]
        key = [row["name"] for row in columns if row["is_key"]]
        for verb, statement in verbs(table, owner, names, key):
            await attacker.attempt(tally, verb, statement.replace("$1", f"'{victim.user_id}'::uuid"))
        for verb, row in copies(table, owner, victim, attacker.person):
            listed = ", ".join(f'"{name}"' for name in names)
            values = f'SELECT {listed} FROM jsonb_populate_record(NULL::"{table}", $1::jsonb)'
            for tail in ("", " ON CONFLICT DO NOTHING", upsert(key)):
                statement = f'INSERT INTO "{table}" ({listed}) {values}{tail}'
                # A row of one's own may have any id; it would be taken for the victim's from then on.
                await attacker.attempt(tally, verb, statement, row, is_undone=verb == OWN_COPY)
        await _copy(attacker, tally, table)
    return tally


def verbs(table: str, owner: str, columns: list[str], key: list[str]) -> Iterator[tuple[str, str]]:
    """Give statements that would read or change the victim's rows ($1) of a table."""
    name, some = f'"{table}"', key[-1] if key else columns[0]
    where = f"WHERE {owner} = $1"
    yield "select", f"SELECT * FROM {name} {where}"
    yield "select all", f"SELECT * FROM {name} WHERE {owner} IS NOT NULL"
    yield "count", f"SELECT 'count was seen ' || {owner}::text FROM {name} {where} GROUP BY {owner}"
    yield "as json", f"SELECT jsonb_agg(to_jsonb(t)) FROM {name} t {where}"
    yield "sub-select", f"SELECT (SELECT max(t::text) FROM {name} t {where})"
    yield "join", f'SELECT t.* FROM {name} t JOIN "user" u ON u.id = t.{owner} {where.replace("WHERE ", "WHERE t.")}'
    yield "for update", f"SELECT * FROM {name} {where} FOR UPDATE"
    yield "for key share", f"SELECT * FROM {name} {where} FOR KEY SHARE"
    yield "by an error", f"SELECT ('not a number ' || t::text)::integer FROM {name} t {where}"
    yield "update", f"UPDATE {name} SET {some} = {some} {where}"
    yield "update returning", f"UPDATE {name} SET {owner} = {owner} {where} RETURNING *"
    yield "update all", f"UPDATE {name} SET {some} = {some} WHERE {owner} IS NOT NULL"
    yield "give away", f"UPDATE {name} SET {owner} = $1"
    yield "delete", f"DELETE FROM {name} {where}"
    yield "delete returning", f"DELETE FROM {name} {where} RETURNING *"
    yield "with", f"WITH taken AS (UPDATE {name} SET {some} = {some} {where} RETURNING *) SELECT * FROM taken"
    yield "with delete", f"WITH gone AS (DELETE FROM {name} {where} RETURNING *) SELECT * FROM gone"
    yield (
        "merge",
        (
            f"MERGE INTO {name} t USING (SELECT $1 AS victim) v ON t.{owner} = v.victim "
            f"WHEN MATCHED THEN UPDATE SET {some} = t.{some}"
        ),
    )
    yield "truncate", f"TRUNCATE {name} CASCADE"
    yield "lock", f"LOCK TABLE {name} IN ACCESS EXCLUSIVE MODE"
    yield "view", f"CREATE VIEW stolen AS SELECT * FROM {name}"
    yield "trigger", f"CREATE TRIGGER stolen BEFORE UPDATE ON {name} FOR EACH ROW EXECUTE FUNCTION write_audit('id')"
    yield "policy", f"CREATE POLICY stolen ON {name} USING (true)"
    yield "unprotect", f"ALTER TABLE {name} DISABLE ROW LEVEL SECURITY"
    yield "own", f"ALTER TABLE {name} OWNER TO CURRENT_USER"
    yield (
        "statistics",
        f"SELECT most_common_vals::text, histogram_bounds::text FROM pg_stats WHERE tablename = '{table}'",
    )


def upsert(key: list[str]) -> str:
    if not key:
        return " ON CONFLICT DO NOTHING RETURNING *"
    changed = f'"{key[-1]}" = EXCLUDED."{key[-1]}"'
    return f" ON CONFLICT ({', '.join(key)}) DO UPDATE SET {changed} RETURNING *"


def copies(table: str, owner: str, victim: Person, attacker: Person) -> Iterator[tuple[str, str]]:
    """Give rows to insert: the victim's as they are, under a new id, and in the attacker's name."""
    for row in victim.rows[table][:2]:
        plain = {name: _jsonable(value) for name, value in row.items()}
        fresh = {"id": str(uuid4())} if "id" in row and table != "user" else {}
        yield "insert", json.dumps(plain)
        yield "insert anew", json.dumps(plain | fresh)
        if table != "user":
            yield OWN_COPY, json.dumps(plain | {owner: str(attacker.user_id)})


def _jsonable(value: Any) -> Any:
    if isinstance(value, list):
        return [_jsonable(item) for item in value]
    if isinstance(value, bytes):
        return "\\x" + value.hex()
    return value if value is None or isinstance(value, bool | int) else str(value)


async def _copy(attacker: Attacker, tally: Tally, table: str) -> None:
    """COPY out and in: row-level security has to bind those as well."""
    out, was_refused = io.BytesIO(), False
    try:
        async with attacker.transaction():
            await attacker.connection.copy_from_query(f'SELECT * FROM "{table}"', output=out)
            await attacker.connection.copy_from_table(table, output=out)
    except asyncpg.PostgresError:
        was_refused = True
    tally.note(f"copy {table} to", attacker.witness.seen_in(out.getvalue()), was_refused=was_refused)
    was_refused = False
    try:
        async with attacker.transaction():
            stolen = [row for row in attacker.witness.state if row == table]
            await attacker.connection.copy_to_table(table, source=io.BytesIO(("\\N\n" * len(stolen)).encode()))
    except asyncpg.PostgresError:
        was_refused = True
    tally.note(f"copy {table} from", await attacker.witness.changed(), was_refused=was_refused)


async def the_rest(admin: Connection, attacker: Attacker, victim: Person) -> Tally:
    """Roles, sequences, files and catalogues."""
    tally = Tally("roles, sequences, catalogues")
    sequences = await admin.fetch("SELECT sequencename AS name FROM pg_sequences WHERE schemaname = 'public'")
    statements = [
        *(f"SELECT setval('{row['name']}', 1)" for row in sequences),
        *(f"ALTER SEQUENCE {row['name']} RESTART" for row in sequences),
        "SET ROLE repscribe_owner",
        "SET SESSION AUTHORIZATION postgres",
        "ALTER ROLE CURRENT_USER BYPASSRLS",
        "CREATE FUNCTION stolen() RETURNS SETOF exercise_set LANGUAGE sql AS 'SELECT * FROM exercise_set'",
        "CREATE TABLE stolen AS SELECT * FROM exercise_set",
        "CREATE SCHEMA stolen",
        "COPY exercise_set TO '/tmp/stolen'",
        "COPY exercise_set TO PROGRAM 'cat'",
        "SELECT pg_read_file('postgresql.conf')",
        "SELECT * FROM pg_authid",
        "SELECT stavalues1::text FROM pg_statistic",
        "SELECT lo_import('/etc/passwd')",
        "CREATE PUBLICATION stolen FOR ALL TABLES",
    ]
    # A session that a superuser logged in may take on any role, whichever it acts as; the bot's own login may not.
    is_mighty = await attacker.connection.fetchval("SELECT rolsuper FROM pg_roles WHERE rolname = session_user")
    for statement in statements:
        if not (is_mighty and statement.startswith("SET ")):
            await attacker.attempt(tally, "rights", statement)
    for table in attacker.witness.tables:
        await attacker.attempt(
            tally, "unchecked", f'SELECT t::text FROM "{table}" t', before="SET LOCAL row_security = off"
        )
    return tally


async def functions(admin: Connection, attacker: Attacker, victim: Person) -> Tally:
    """Call every function of the schema with the victim's ids in every place that takes one."""
    tally = Tally("functions as the bot's role")
    ids = [row["id"] for rows in victim.rows.values() for row in rows if isinstance(row.get("id"), UUID)]
    for function in await admin.fetch(FUNCTIONS):
        if function["name"] in NOT_HERE or function["result"] == "trigger":
            continue
        for number, stolen in enumerate(_stolen(function["types"], ids, victim, attacker.person)):
            if number >= 60:
                break
            places = ", ".join(f"${index + 1}::{kind}" for index, kind in enumerate(function["types"]))
            statement = f"SELECT * FROM {function['name']}({places})"
            if function["result"] == KEYS_ALONE:
                # Both are keys, by the shape of what comes back: there is nowhere else to put anything.
                stolen = (*stolen, *map(str, ids), str(victim.user_id))
            await _call(attacker, tally, function["signature"], statement, stolen, len(function["types"]))
    return tally


async def _call(
    attacker: Attacker, tally: Tally, signature: str, statement: str, given: tuple[Any, ...], count: int
) -> None:
    answer, was_refused = None, False
    try:
        async with attacker.transaction():
            answer = [tuple(row) for row in await attacker.connection.fetch(statement, *given[:count])]
    except (asyncpg.PostgresError, asyncpg.InterfaceError):
        was_refused = True
    seen = attacker.witness.seen_in(answer, given) | await attacker.witness.changed()
    tally.note(signature, seen, was_refused=was_refused)


def _stolen(types: list[str], ids: list[UUID], victim: Person, attacker: Person) -> Iterator[tuple[Any, ...]]:
    """Give arguments: each of the victim's ids, and their hash, in every place that fits."""
    plain = {
        "timestamp with time zone": NOW, "integer": 1000, "boolean": True, "bigint": victim.telegram_id,
        "bigint[]": [victim.telegram_id], "uuid[]": ids, "double precision": 1.0, "numeric": 1,
        "interval": timedelta(1), "text[]": list(victim.words.secrets), "jsonb": "{}", "date": TODAY,
    }  # fmt: skip
    hashes = [row["token_hash"] for row in victim.rows["coach_invitation"]]
    if "text" in types:
        yield from (tuple(plain.get(kind, word) for kind in types) for word in (*victim.words.secrets, hashes[0][:10]))
    elif types.count("uuid") == 2:
        for pair in ((victim.user_id, attacker.user_id), (attacker.user_id, victim.user_id)):
            places = iter(pair)
            yield tuple(next(places) if kind == "uuid" else plain[kind] for kind in types)
        coach = victim.row("coaching")["coach_id"]
        yield tuple(next(iter([victim.user_id])) if kind == "uuid" else plain[kind] for kind in types)
        places = iter((victim.user_id, coach))
        yield tuple(next(places) if kind == "uuid" else plain[kind] for kind in types)
    elif "uuid" in types:
        yield from (tuple(one if kind == "uuid" else plain[kind] for kind in types) for one in (victim.user_id, *ids))
    else:
        yield tuple(plain[kind] for kind in types)


async def foreign_keys(admin: Connection, attacker: Attacker, victim: Person) -> Tally:
    """Point every foreign key of an attacker's row at a row of the victim's, by INSERT and by UPDATE."""
    tally = Tally("foreign keys")
    owners = attacker.witness.tables
    for key in await admin.fetch(FOREIGN_KEYS):
        if key["child"] not in owners or key["parent"] not in owners or key["columns"] == ["user_id"]:
            continue
        for parent in victim.rows[key["parent"]][:2]:
            pointing = {
                column: _jsonable(parent[target])
                for column, target in zip(key["columns"], key["keys"], strict=True)
                if column != owners[key["child"]]
            }
            own = [*attacker.person.rows[key["child"]], *victim.rows[key["child"]]][0] | {
                owners[key["child"]]: attacker.person.user_id
            }
            await _point(admin, attacker, tally, key, own, pointing)
    return tally


async def _point(
    admin: Connection, attacker: Attacker, tally: Tally, key: Any, own: dict[str, Any], pointing: dict[str, Any]
) -> None:
    table, owner = key["child"], attacker.witness.tables[key["child"]]
    names = [row["name"] for row in await admin.fetch(COLUMNS, f'"{table}"', [])]
    row = {name: _jsonable(value) for name, value in own.items() if name in names}
    fresh = {"id": str(uuid4())} if "id" in row and table != "user" else {}
    listed = ", ".join(f'"{name}"' for name in names)
    insert = f'INSERT INTO "{table}" ({listed}) SELECT {listed} FROM jsonb_populate_record(NULL::"{table}", $1::jsonb)'
    changes = ", ".join(f"\"{column}\" = '{value}'" for column, value in pointing.items())
    for statement, given in (
        (insert, (json.dumps(row | fresh | pointing),)),
        (f'UPDATE "{table}" SET {changes} WHERE {owner} = $1', (attacker.person.user_id,)),
    ):
        state = await _state(attacker, statement, given)
        if state == "23505":  # A unique key was quicker: that says nothing of the foreign one.
            continue
        pointed = await admin.fetchval(
            f'SELECT count(*) FROM "{table}" WHERE {owner} = $1 AND '
            + " AND ".join(f"\"{column}\" = '{value}'" for column, value in pointing.items()),
            attacker.person.user_id,
        )
        seen = {f"{pointed} rows point at the victim's {key['parent']}"} if pointed else set()
        tally.note(f"{key['name']} {statement[:6]} ({state})", seen, was_refused=state is not None)


async def _state(attacker: Attacker, statement: str, given: tuple[Any, ...]) -> str | None:
    """Run a statement and give the SQLSTATE with which it was refused, None where it was not."""
    try:
        async with attacker.transaction():
            await attacker.connection.execute(statement, *given)
    except asyncpg.PostgresError as error:
        return str(error.sqlstate)
    return None


async def rows_across_users(admin: Connection) -> list[str]:
    """Look, as a superuser, whether any row of anybody points at a row of another user."""
    owners = {row["name"] for row in await admin.fetch("SELECT relname AS name FROM pg_class WHERE relkind = 'r'")}
    crossing = []
    for key in await admin.fetch(FOREIGN_KEYS):
        if key["parent"] == "user" or key["child"] not in owners:
            continue
        if not await _has_user(admin, key["parent"]):
            continue
        child_owner = "id" if key["child"] == "user" else "user_id"
        on = " AND ".join(f'c."{one}" = p."{other}"' for one, other in zip(key["columns"], key["keys"], strict=True))
        count = await admin.fetchval(
            f'SELECT count(*) FROM "{key["child"]}" c JOIN "{key["parent"]}" p ON {on} '
            f"WHERE p.user_id IS NOT NULL AND p.user_id IS DISTINCT FROM c.{child_owner}"
        )
        crossing += [f"{key['name']}: {count}"] if count else []
    return crossing


async def _has_user(admin: Connection, table: str) -> bool:
    return bool(
        await admin.fetchval(
            "SELECT EXISTS (SELECT FROM pg_attribute WHERE attrelid = $1::regclass AND attname = 'user_id')",
            f'"{table}"',
        )
    )


async def nobody(attacker: Attacker) -> Tally:
    """Read and write every table in a transaction that says for nobody."""
    tally = Tally("tables, no user set")
    for table, owner in attacker.witness.tables.items():
        for statement in (
            f'SELECT * FROM "{table}" WHERE {owner} IS NOT NULL',
            f'UPDATE "{table}" SET {owner} = {owner} WHERE {owner} IS NOT NULL',
            f'DELETE FROM "{table}" WHERE {owner} IS NOT NULL',
        ):
            rows: list[Any] = []
            was_refused = False
            try:
                async with attacker.connection.transaction():
                    rows = await attacker.connection.fetch(statement)
            except asyncpg.PostgresError:
                was_refused = True
            seen = {f"{len(rows)} rows"} if rows else set()
            tally.note(f"nobody: {statement}", seen | await attacker.witness.changed(), was_refused=was_refused)
    return tally
