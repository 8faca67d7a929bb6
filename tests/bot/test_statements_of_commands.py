"""What every command asks of the database: how many statements, however long the history, and by which indexes."""

from __future__ import annotations

from typing import Any

from sqlalchemy import text

from storage.database import Database
from tests.bot.conftest import Chat
from tests.bot.test_statements import DIARY, Turns, log, turns, welcome
from tests.load.timing import Plans, sequential_scans

__all__ = ["turns"]

MOST = {
    "/today": 14,
    "/history": 5,
    "/history bench press": 9,
    "/records": 6,
    "/records bench press": 10,
    "/stats": 10,
    "/plans": 6,
    "/level": 10,
    "/week": 7,
    "/meso": 7,
    "/swap bench press": 13,
    "/next": 3,
    "/tm": 4,
    "/settings": 3,
}
"""So many statements a command may take, from the update to the commit."""
MOST_OF_AN_IMPORT = 7
"""So many the preview of a program may take, and its saving."""
MOST_OF_A_SAVE = 18
PROGRAM = "Plan {n}\nDay 1\nBench 3x8 @ 80kg\nRow 3x8 @ 60kg\nDay 2\nSquat 3x5 @ 100kg"


async def keep_program(chat: Chat, turns: Turns, number: int) -> tuple[int, int]:
    """Import a program and save it; give the statements of both."""
    read = len(await log(chat, turns, PROGRAM.format(n=number)))
    turns.committed.clear()
    await chat.press("✅ Save")
    (saved,) = turns.committed
    return read, len(saved)


async def train(chat: Chat, days: range) -> None:
    """Train on days of November, and go on into December."""
    for day in days:
        await chat.at(f"2026-{12 if day > 30 else 11}-{(day - 1) % 30 + 1:02}T18:30")
        await chat.say(DIARY.replace("80x8", f"{60 + day}x8"))
        await chat.say("/done")


async def test_no_command_asks_more_often_the_longer_the_history(chat: Chat, turns: Turns) -> None:
    await welcome(chat)
    imports = [await keep_program(chat, turns, 1)]
    await train(chat, range(22, 24))
    early = {command: await log(chat, turns, command) for command in MOST}
    await train(chat, range(24, 32))
    imports.append(await keep_program(chat, turns, 2))
    late = {command: await log(chat, turns, command) for command in MOST}
    for command, most in MOST.items():
        asked = f"{command}\n" + "\n".join(late[command])
        assert len(late[command]) <= min(most, len(early[command])), asked
    for read, saved in imports:
        assert read <= MOST_OF_AN_IMPORT
        assert saved <= MOST_OF_A_SAVE


async def test_no_statement_reads_a_users_table_from_end_to_end(
    chat: Chat, database: Database, telegram_id: int
) -> None:
    await welcome(chat)
    with Plans(database) as plans:
        await chat.say(PROGRAM.format(n=1))
        await chat.press("✅ Save")
        await train(chat, range(22, 24))
        for command in MOST:
            await chat.say(command)
        await chat.say("/today")
        await chat.press("▶️ Start this workout")
        await chat.say("8")
        await chat.say("no, 7")
        await chat.press("↩️ Undo")
    found = await scanned(database, telegram_id, plans)
    assert len(plans.statements) > 40
    assert not found, "\n".join(f"{table}: {statement}" for table, statement in found.items())


async def scanned(database: Database, telegram_id: int, plans: Plans) -> dict[str, str]:
    """Have the statements explained as the bot's role, and name the users' tables that are read whole."""
    found: dict[str, str] = {}
    async with database.begin(telegram_id=telegram_id, lock=False) as work:
        columns = "SELECT table_name FROM information_schema.columns WHERE column_name = 'user_id'"
        owned = set((await work.session.scalars(text(columns))).all())
        # Planned as the bot's connections are set: what has no index for it is read whole all the same.
        connection = await work.session.connection()
        for statement, parameters in plans.statements.items():
            if "enter_user" in statement:
                continue
            rows: Any = await connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", parameters)
            for table in sequential_scans(rows.scalar()[0]["Plan"]) & owned:
                found.setdefault(table, statement)
    return found
