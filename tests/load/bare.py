"""A bare transaction: the writes of a quick log by asyncpg alone, in prepared statements, as the bot's own role.

It reads nothing, decides nothing and answers nobody: what a log takes beside it is what the bot itself costs.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import asyncpg
from uuid_utils.compat import uuid7

ENTER = "SELECT set_config('app.user_id', $1, true), set_config('app.actor_id', $1, true)"
READ = [{"name": "Bench Press", "sets": [{"weight": 80, "unit": "kg", "reps": 8, "rpe": None, "kind": "working"}]}]
DRAFT = {"reading": {"kind": "log", "exercises": READ}, "items": [{"state": "saved", "mark": None, "set_ids": []}]}
MESSAGE = {"chat_id": 1, "text": "<b>Bench Press</b> · set 3: 80 kg × 8 (last time 77.5 × 8)", "parse_mode": "HTML"}
ACTIONS = [{"name": "log.undo", "args": {}}, {"name": "log.edit", "args": {}}, {"name": "log.again", "args": {}}]


class BareLog:
    """Writes what a log of one set writes, in a session that is there already."""

    def __init__(self, connection: asyncpg.Connection[Any], user_id: UUID, session: UUID, entry: UUID) -> None:
        self._connection = connection
        self._user_id = user_id
        self._session = session
        self._entry = entry
        self._number = 0

    async def write(self, exercise_id: UUID, update_id: int) -> None:
        run, me = self._connection.execute, self._user_id
        now, text_id, set_id, message_id = datetime.now(UTC), uuid7(), uuid7(), uuid7()
        self._number += 1
        async with self._connection.transaction():
            await run(ENTER, str(me))
            await run("INSERT INTO processed_update (user_id, bot_id, update_id) VALUES ($1, 1, $2)", me, update_id)
            await run(
                "INSERT INTO workout_import_log (user_id, id, chat_id, message_id, raw_text)"
                " VALUES ($1, $2, 1, $3, $4)",
                me, text_id, update_id, "bench 80x8",
            )  # fmt: skip
            await run(
                "INSERT INTO exercise_set (user_id, id, workout_session_id, session_exercise_id, exercise_id,"
                " exercise_root_id, set_number, weight, typed_weight, typed_unit, reps, performed_at, import_id,"
                " read_by) VALUES ($1, $2, $3, $4, $5, $5, $6, $7, $7, 'kg', 8, $8, $9, 'shorthand')",
                me, set_id, self._session, self._entry, exercise_id, self._number, Decimal(80), now, text_id,
            )  # fmt: skip
            await run("UPDATE workout_session SET last_activity_at = $3 WHERE user_id = $1 AND id = $2", me,
                      self._session, now)  # fmt: skip
            await run(
                "INSERT INTO personal_record (user_id, id, exercise_root_id, record_type, value, exercise_set_id,"
                " workout_session_id, achieved_at) VALUES ($1, $2, $3, 'total_volume', $4, $5, $6, $7)"
                " ON CONFLICT (user_id, exercise_root_id, record_type) DO UPDATE SET value = excluded.value",
                me, uuid7(), exercise_id, Decimal(640 * self._number), set_id, self._session, now,
            )  # fmt: skip
            await run(
                "INSERT INTO daily_workout_summary (user_id, workout_date, total_sets) VALUES ($1, $2, $3)"
                " ON CONFLICT (user_id, workout_date) DO UPDATE SET total_sets = excluded.total_sets",
                me, now.date(), self._number,
            )  # fmt: skip
            await run(
                "UPDATE workout_import_log SET status = 'saved', kind = 'log', parsed_exercises = $3, draft = $4,"
                " workout_session_id = $5, reader = 'shorthand' WHERE user_id = $1 AND id = $2",
                me, text_id, json.dumps(READ), json.dumps(DRAFT), self._session,
            )  # fmt: skip
            await run(
                "INSERT INTO outbox (user_id, id, chat_id, method, payload, token, actions)"
                " VALUES ($1, $2, 1, 'sendMessage', $3, $4, $5)",
                me, message_id, json.dumps(MESSAGE), str(message_id)[-12:], json.dumps(ACTIONS),
            )  # fmt: skip
            await run(
                "UPDATE outbox SET attempts = attempts + 1, lease_until = now() + interval '60 s'"
                " WHERE user_id = $1 AND id = $2",
                me, message_id,
            )  # fmt: skip


async def open_bare_log(connection: asyncpg.Connection[Any], user_id: UUID, exercise_id: UUID) -> BareLog:
    """Begin a session for a user who has none going on."""
    session, entry, now = uuid7(), uuid7(), datetime.now(UTC)
    async with connection.transaction():
        await connection.execute(ENTER, str(user_id))
        await connection.execute(
            "INSERT INTO workout_session (user_id, id, session_date, started_at, last_activity_at)"
            " VALUES ($1, $2, $3, $4, $4)",
            user_id, session, now.date(), now,
        )  # fmt: skip
        await connection.execute(
            "INSERT INTO session_exercise (user_id, id, workout_session_id, exercise_id, exercise_order)"
            " VALUES ($1, $2, $3, $4, 1)",
            user_id, entry, session, exercise_id,
        )  # fmt: skip
    return BareLog(connection, user_id, session, entry)
