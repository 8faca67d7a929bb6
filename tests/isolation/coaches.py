"""What an accepted coach may not see and change of an athlete, and what nobody may who is their coach no more."""

from __future__ import annotations

from typing import Any

import asyncpg

from tests.isolation.people import Person
from tests.isolation.statements import Attacker, verbs
from tests.isolation.tally import Tally

# Plans and the athlete's own exercises are a coach's to change; sessions, records and mesocycles are to be seen alone.
MAY_CHANGE = ("workout_plan", "workout", "workout_exercise", "prescribed_set", "exercise", "exercise_equipment")
MAY_SEE = (
    "workout_session", "session_exercise", "exercise_set", "personal_record", "daily_workout_summary", "mesocycle",
    "mesocycle_target", "muscle_group_feedback",
)  # fmt: skip
READING = ("select", "select all", "count", "as json", "sub-select", "join", "by an error")
# Taking rows under a lock changes nothing, and what may be seen may be locked.
ABOUT_ROWS = (*READING, "for update", "for key share")


async def as_coach(coach: Attacker, victim: Person, *, is_accepted: bool) -> Tally:
    """Try every verb on every table of the athlete, as their coach or as somebody who was."""
    tally = Tally("an accepted coach" if is_accepted else "a coach whose coaching ended")
    for table, owner in coach.witness.tables.items():
        columns = [row["attname"] for row in await coach.connection.fetch(COLUMNS, f'"{table}"')]
        for verb, statement in verbs(table, owner, columns, columns[:1]):
            if is_accepted and (table in MAY_CHANGE or (table in MAY_SEE and verb in ABOUT_ROWS)):
                continue
            await _attempt(coach, tally, victim, f"{verb}: {statement}", statement)
    return tally


COLUMNS = """
SELECT attname FROM pg_attribute
 WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum
"""


async def _attempt(coach: Attacker, tally: Tally, victim: Person, label: str, statement: str) -> None:
    answer: Any = None
    was_refused = False
    try:
        async with coach.transaction():
            await coach.connection.execute("SELECT * FROM enter_athlete($1)", victim.user_id)
            given = f"'{victim.user_id}'::uuid"
            answer = [tuple(row) for row in await coach.connection.fetch(statement.replace("$1", given))]
    except asyncpg.PostgresError:
        was_refused = True
    seen = coach.witness.seen_in(answer, [victim.user_id]) | await coach.witness.changed()
    tally.note(label, seen, was_refused=was_refused)
