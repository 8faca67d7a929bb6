"""The check that rows can be spread over servers by their user: every key of a user's rows says whose they are.

A server that has some users' rows can then hold all of them to their keys without asking another. What does not carry
the user has its reason in ``REASONS``, the one place where exceptions are made; docs/scaling.md says what a move does
with each.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import asyncpg

MIXED: Final = "library rows, which have no user, share the table: in a move they get a table of their own"
TO_MIXED: Final = "points at a row of the user's or of the library: in a move each gets a column of its own"
ONE_LIBRARY: Final = "slugs and words of the library: a key of its own table after a move"
TO_USERS: Final = "names another user: in a move a plain column, and the function that writes it looks"

REASONS: Final = {
    "exercise.user_id": MIXED,
    "exercise_alias.user_id": MIXED,
    "exercise_equipment.user_id": MIXED,
    "prescribed_set.user_id": MIXED,
    "workout.user_id": MIXED,
    "workout_exercise.user_id": MIXED,
    "workout_plan.user_id": MIXED,
    "pk_exercise": MIXED,
    "pk_exercise_alias": MIXED,
    "pk_exercise_equipment": MIXED,
    "pk_prescribed_set": MIXED,
    "pk_workout": MIXED,
    "pk_workout_exercise": MIXED,
    "pk_workout_plan": MIXED,
    "uq_prescribed_set_workout_exercise_id_set_number": MIXED,
    "uq_workout_plan_position": MIXED,
    "uq_workout_exercise_workout_sequence": MIXED,
    "uq_exercise_slug": ONE_LIBRARY,
    "uq_workout_plan_slug": ONE_LIBRARY,
    "uq_exercise_alias_library": ONE_LIBRARY,
    "fk_coaching_coach_id_user": TO_USERS,
    "fk_notice_sender_id_user": TO_USERS,
    "uq_coach_invitation_token_hash": "an invitation is found by its token: in a move a small table on every server",
    "uq_user_telegram_id": "a user is found by it before their id is known: in a move a small table on every server",
}

# Tables without users, of which every server has a copy.
REFERENCE_TABLES: Final = ("equipment",)

COLUMNS = """
SELECT c.relname AS table, a.attnotnull AS is_owned
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'user_id' AND NOT a.attisdropped
 WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
 ORDER BY 1
"""

# Whether a unique key has the column that says whose the row is: of a user that is the id.
UNIQUE_KEYS = """
SELECT t.relname AS table, i.relname AS name,
       bool_or(a.attname = CASE t.relname WHEN 'user' THEN 'id' ELSE 'user_id' END) AS has_user
  FROM pg_index x
  JOIN pg_class i ON i.oid = x.indexrelid
  JOIN pg_class t ON t.oid = x.indrelid AND (t.relname = ANY ($1) OR t.relname = 'user')
  LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY (x.indkey)
 WHERE x.indisunique AND t.relnamespace = current_schema()::regnamespace
 GROUP BY 1, 2 ORDER BY 1, 2
"""

# A key carries the user where the user is compared with the user of the row that it points at.
FOREIGN_KEYS = """
SELECT t.relname AS table, k.conname AS name, r.relname AS referred, bool_or(
           a.attname = CASE t.relname WHEN 'user' THEN 'id' ELSE 'user_id' END
           AND b.attname = CASE r.relname WHEN 'user' THEN 'id' ELSE 'user_id' END) AS has_user
  FROM pg_constraint k
  JOIN pg_class t ON t.oid = k.conrelid AND (t.relname = ANY ($1) OR t.relname = 'user')
  JOIN pg_class r ON r.oid = k.confrelid
 CROSS JOIN LATERAL unnest(k.conkey, k.confkey) AS pair (own, theirs)
  JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = pair.own
  JOIN pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = pair.theirs
 WHERE k.contype = 'f' AND t.relnamespace = current_schema()::regnamespace
 GROUP BY 1, 2, 3 ORDER BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class Distribution:
    """How many keys there are, those with a reason not to carry the user, and what has neither user nor reason."""

    tables: int
    keys: int
    excused: dict[str, str]
    problems: tuple[str, ...]


async def look_at_distribution(connection: asyncpg.Connection[Any]) -> Distribution:
    """Look through the catalogue for what cannot be spread by user."""
    columns = await connection.fetch(COLUMNS)
    tables = [row["table"] for row in columns]
    mixed = {row["table"] for row in columns if not row["is_owned"]}
    unique = await connection.fetch(UNIQUE_KEYS, tables)
    foreign = await connection.fetch(FOREIGN_KEYS, tables)
    found = {f"{table}.user_id": f"{table}.user_id may be null" for table in mixed}
    found |= {row["name"]: f"{row['table']}: {row['name']} has no user" for row in unique if not row["has_user"]}
    excused: dict[str, str] = {}
    for row in foreign:
        if row["has_user"] or row["referred"] in REFERENCE_TABLES:
            continue
        if row["referred"] in mixed:
            excused[row["name"]] = TO_MIXED
        else:
            found[row["name"]] = f"{row['table']}: {row['name']} points at {row['referred']} without its user"
    excused |= {name: REASONS[name] for name in found if name in REASONS}
    needless = sorted(REASONS.keys() - found.keys())
    problems = [what for name, what in found.items() if name not in REASONS]
    problems += [f"{name} has a reason and needs none" for name in needless]
    return Distribution(len(tables) + 1, len(unique) + len(foreign), excused, tuple(problems))


def described(distribution: Distribution) -> str:
    """Tell what was found, reason by reason."""
    lines = [f"{distribution.tables} tables of users, {distribution.keys} unique and foreign keys."]
    for reason in dict.fromkeys(distribution.excused.values()):
        names = sorted(name for name, why in distribution.excused.items() if why == reason)
        lines += [f"Without the user, because: {reason}", *(f"  {name}" for name in names)]
    lines += (
        ["Without the user, and without a reason:", *map("  {}".format, distribution.problems)]
        if (distribution.problems)
        else ["All others carry the user."]
    )
    return "\n".join(lines)
