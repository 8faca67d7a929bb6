"""The export: everything of one user, the same text each time, and described in docs/export.md."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from storage.database import Database
from storage.export import export_user, to_json
from storage.models import Base
from tests.server import Server
from tests.storage.everything import BENCH, make_everything

DOCUMENTED = Path(__file__).parents[2] / "docs" / "export.md"


async def exported(database: Database, telegram_id: int, **options: bool) -> dict[str, Any]:
    async with database.begin(telegram_id=telegram_id, create=False) as work:
        return await export_user(work, **options)


async def test_everything_is_in_it(database: Database, telegram_id: int, other_telegram_id: int) -> None:
    await make_everything(database, telegram_id)
    await make_everything(database, other_telegram_id)
    document = json.loads(to_json(await exported(database, telegram_id)))
    assert document["user"]["telegram_id"] == telegram_id
    prescription = document["plans"][0]["workouts"][0]["prescriptions"][0]
    assert (prescription["sets"], prescription["reps_min"], prescription["confidence_level"]) == (3, 5, "medium")
    assert prescription["exercise"]["name"] == "Barbell Bench Press"
    assert prescription["exercise"]["root_id"] == str(BENCH)
    assert [one["set_number"] for one in prescription["scheme"]] == [1, 2, 3]
    entry = document["sessions"][0]["exercises"][0]
    assert entry["planned_sets"][0]["reps_min"] == 5
    done = entry["sets"][0]
    assert (done["weight"], done["reps"], done["exercise"]["id"]) == (80, 8, str(BENCH))
    assert {record["record_type"]: record["value"] for record in document["records"]}["1rm"] == 101.33
    assert document["imports"][0]["raw_text"] == "Push: bench 3x5 80kg"
    assert done["import_id"] == document["imports"][0]["id"]
    assert document["mesocycles"][0]["targets"][0]["rir"] == 3
    for part in (
        "aliases",
        "equipment",
        "exercises",
        "feedback",
        "levels",
        "masteries",
        "daily_summaries",
        "dialogues",
    ):
        assert len(document[part]) == 1, part


async def test_two_exports_of_the_same_are_the_same_text(database: Database, telegram_id: int) -> None:
    await make_everything(database, telegram_id)
    first, second = [to_json(await exported(database, telegram_id, with_delivery=True)) for _ in range(2)]
    assert first == second
    assert first == json.dumps(json.loads(first), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


async def test_nothing_of_anybody_else_is_in_it(database: Database, telegram_id: int, other_telegram_id: int) -> None:
    other = str(await make_everything(database, other_telegram_id))
    await make_everything(database, telegram_id)
    assert other not in to_json(await exported(database, telegram_id, with_delivery=True))


async def test_statements_do_not_grow_with_the_data(
    database: Database, telegram_id: int, statements: list[str]
) -> None:
    await make_everything(database, telegram_id)
    statements.clear()
    await exported(database, telegram_id)
    assert len(statements) == 27  # the door, and one a table


async def test_every_table_of_a_user_is_exported_and_documented(database: Database, telegram_id: int) -> None:
    user_id = await make_everything(database, telegram_id)
    document = await exported(database, telegram_id, with_delivery=True)
    rows_in_export = dict(counted(document))
    async with database.begin(user_id=user_id) as work:
        for table in Base.metadata.sorted_tables:
            if "user_id" not in table.c or table.name in ("exercise_equipment", "audit_log"):
                continue
            rows = (await work.session.execute(table.select().where(table.c.user_id == user_id))).all()
            assert rows_in_export[table.name] == len(rows) > 0, table.name
    described = DOCUMENTED.read_text()
    for key in document:
        assert f"`{key}`" in described, f"docs/export.md says nothing of {key}"


PLACES = {
    "plans": "workout_plan",
    "workouts": "workout",
    "prescriptions": "workout_exercise",
    "scheme": "prescribed_set",
    "exercises": "exercise",
    "aliases": "exercise_alias",
    "equipment": "user_equipment",
    "sessions": "workout_session",
    "records": "personal_record",
    "imports": "workout_import_log",
    "feedback": "muscle_group_feedback",
    "mesocycles": "mesocycle",
    "targets": "mesocycle_target",
    "levels": "user_level",
    "masteries": "exercise_mastery",
    "exercise_settings": "exercise_setting",
    "reminders": "reminder",
    "daily_summaries": "daily_workout_summary",
    "dialogues": "dialogue",
    "coaches": "coaching",
    "invitations": "coach_invitation",
    "notices": "notice",
    "messages": "outbox",
    "updates": "processed_update",
    "chart_jobs": "chart_job",
}


def counted(document: dict[str, Any]) -> Iterator[tuple[str, int]]:
    """Count the rows of each table in a document."""
    workouts = [workout for plan in document["plans"] for workout in plan["workouts"]]
    prescriptions = [prescription for workout in workouts for prescription in workout["prescriptions"]]
    entries = [entry for session in document["sessions"] for entry in session["exercises"]]
    nested = {
        "workouts": workouts,
        "prescriptions": prescriptions,
        "scheme": [one for prescription in prescriptions for one in prescription["scheme"]],
        "targets": [target for mesocycle in document["mesocycles"] for target in mesocycle["targets"]],
    }
    for key, table in PLACES.items():
        yield table, len(nested.get(key, document.get(key, [])))
    yield "session_exercise", len(entries)
    yield "exercise_set", sum(len(entry["sets"]) for entry in entries)


# ------------------------------------------------------------------ the commands


async def run(*arguments: str, **environment: str) -> tuple[int, str, str]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "storage",
        *arguments,
        env=os.environ | environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    assert process.returncode is not None
    return process.returncode, out.decode(), err.decode()


async def test_the_command_prints_the_document(server: Server, database_name: str, database: Database) -> None:
    await make_everything(database, 9_000_001)
    address = server.bot_of(database_name)
    code, out, err = await run("export", "--user", "9000001", DATABASE_URL=address)
    assert (code, err) == (0, "")
    assert json.loads(out)["user"]["telegram_id"] == 9_000_001
    code, out, err = await run("export", "--user", "9000001", "--csv", DATABASE_URL=address)
    assert (code, err) == (0, "")
    header, row = out.splitlines()
    assert header.startswith("date,weekday,performed_at,")
    assert "barbell-bench-press" in row
    code, out, err = await run("export", "--user", "9000002", DATABASE_URL=address)
    assert (code, out, err) == (1, "", "There is no user 9000002.\n")
    async with database.begin(telegram_id=9_000_001, create=False) as work:
        assert work.user.telegram_id == 9_000_001


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"DATABASE_URL": "mysql://db/x"}, "DATABASE_URL has to look like postgresql://"),
        ({"DATABASE_URL": "postgresql://bot:hunter2@127.0.0.1:1/x"}, "No database answers at 127.0.0.1:1/x"),
        ({"DATABASE_URL": "postgresql://db/x", "DATABASE_POOL_SIZE": "0"}, "The setting DATABASE_POOL_SIZE is wrong"),
    ],
)
async def test_a_wrong_setting_is_one_sentence_and_exit_2(environment: dict[str, str], sentence: str) -> None:
    code, out, err = await run("export", "--user", "1", **environment)
    assert (code, out) == (2, "")
    assert err.startswith(sentence)
    assert err.count("\n") == 1
    assert "hunter2" not in err
