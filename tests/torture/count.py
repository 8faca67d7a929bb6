"""The reckoning: what was sent against what the database holds and what the chats have seen."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import asyncpg

from bot.bot_api import BotApi
from bot.bot_api.chats import Message
from tests.torture.lifters import Ledger, Said

IMPORTS = """
SELECT u.telegram_id, i.message_id, i.id, i.raw_text, i.created_at
  FROM workout_import_log i JOIN "user" u ON u.id = i.user_id WHERE i.message_id IS NOT NULL
"""
SETS = """
SELECT u.telegram_id, s.import_id, s.typed_weight, s.reps, s.deleted_at IS NOT NULL AS is_deleted, s.performed_at,
       s.workout_session_id, s.set_number
  FROM exercise_set s JOIN "user" u ON u.id = s.user_id ORDER BY s.created_at, s.set_number
"""
# An update's row and the messages it owes are written in one transaction, and so at the same moment.
UPDATES = """
SELECT u.telegram_id, p.update_id, p.error_id, p.error, count(o.id) AS answers
  FROM processed_update p JOIN "user" u ON u.id = p.user_id
  LEFT JOIN outbox o ON o.user_id = p.user_id AND o.created_at = p.processed_at
 GROUP BY u.telegram_id, p.update_id, p.error_id, p.error
"""
OUTBOX = """
SELECT u.telegram_id, o.id, o.method, o.status::text, o.message_id, o.edits_id, o.payload->>'text' AS text
  FROM outbox o JOIN "user" u ON u.id = o.user_id ORDER BY o.sequence
"""


@dataclass
class Verdict:
    """Lists of what went wrong, empty where nothing did."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)
    disordered: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    seen_twice: int = 0

    @property
    def is_clean(self) -> bool:
        return not (self.lost or self.doubled or self.unanswered or self.disordered or self.wrong)


async def reckon(connection: asyncpg.Connection[Any], ledger: Ledger, api: BotApi) -> Verdict:
    """Compare everything that was sent with everything that is stored."""
    verdict = Verdict()
    imports = await _check_texts(connection, ledger, verdict)
    await _check_sets(connection, ledger, imports, verdict)
    await _check_updates(connection, ledger, verdict)
    await _check_answers(connection, api, verdict)
    return verdict


async def _check_texts(connection: Any, ledger: Ledger, verdict: Verdict) -> dict[tuple[int, int], Any]:
    kept: dict[tuple[int, int], list[Any]] = defaultdict(list)
    for row in await connection.fetch(IMPORTS):
        kept[row["telegram_id"], row["message_id"]].append(row)
    last: dict[int, Any] = {}
    for said in ledger.said:
        if said.kind == "command":
            continue
        rows = kept.get((said.person_id, said.message_id), [])
        if not rows:
            verdict.lost.append(f"text {said.text!r} of {said.person_id}")
        if len(rows) > 1:
            verdict.doubled.append(f"text {said.text!r} of {said.person_id}: {len(rows)} times")
        if rows and rows[0]["raw_text"] != said.text:
            verdict.wrong.append(f"text {said.text!r} is kept as {rows[0]['raw_text']!r}")
        if rows and said.person_id in last and rows[0]["created_at"] < last[said.person_id]:
            verdict.disordered.append(f"text {said.text!r} of {said.person_id}")
        if rows:
            last[said.person_id] = rows[0]["created_at"]
    return {key: rows[0] for key, rows in kept.items()}


async def _check_sets(connection: Any, ledger: Ledger, imports: dict[tuple[int, int], Any], verdict: Verdict) -> None:
    sets: dict[Any, list[Any]] = defaultdict(list)
    for row in await connection.fetch(SETS):
        sets[row["import_id"]].append(row)
    undone = await _undone(connection, ledger)
    numbers: dict[Any, list[int]] = defaultdict(list)
    for said in ledger.said:
        import_row = imports.get((said.person_id, said.message_id))
        if said.kind != "log" or import_row is None:
            continue
        rows = sets[import_row["id"]]
        _check_log(said, rows, import_row["id"] in undone, verdict)
        for row in rows[:1]:
            numbers[row["workout_session_id"]].append(row["set_number"])
    for session, found in numbers.items():
        if any(first > second for first, second in pairwise(found)):
            verdict.disordered.append(f"sets of session {session}: {found}")


def _check_log(said: Said, rows: list[Any], is_undone: bool, verdict: Verdict) -> None:
    if not rows:
        verdict.lost.append(f"set {said.text!r} of {said.person_id}")
        return
    if len(rows) > 1:
        verdict.doubled.append(f"set {said.text!r} of {said.person_id}: {len(rows)} times")
    figures = (f"{rows[0]['typed_weight'].normalize():f}", rows[0]["reps"])
    if figures != said.figures:
        verdict.wrong.append(f"set {said.text!r} is kept as {figures}")
    if rows[0]["is_deleted"] != is_undone:
        verdict.wrong.append(f"set {said.text!r} of {said.person_id}: undone is {is_undone}, deleted is not")


async def _undone(connection: Any, ledger: Ledger) -> set[Any]:
    """Name the imports whose Undo was pressed, by the tokens of the messages that told of them."""
    tokens = set(ledger.pressed.values())
    rows = await connection.fetch(
        "SELECT token, (about->>'import_id')::uuid AS import FROM outbox WHERE token IS NOT NULL"
    )
    return {row["import"] for row in rows if row["token"] in tokens}


async def _check_updates(connection: Any, ledger: Ledger, verdict: Verdict) -> None:
    seen: set[int] = set()
    for row in await connection.fetch(UPDATES):
        if row["update_id"] in seen:
            verdict.doubled.append(f"update {row['update_id']}")
        seen.add(row["update_id"])
        if row["error_id"]:
            verdict.wrong.append(f"update {row['update_id']} failed: {(row['error'] or '').splitlines()[-1:]}")
        # A message that was seen twice can be pressed twice; the second press is answered by a word on the button.
        is_second = list(ledger.pressed.values()).count(ledger.pressed.get(row["update_id"], "")) > 1
        if row["answers"] == 0 and not is_second:
            verdict.unanswered.append(f"update {row['update_id']} of {row['telegram_id']}")
    verdict.lost += [f"update {update_id}" for update_id in sorted(ledger.updates - seen)]


async def _check_answers(connection: Any, api: BotApi, verdict: Verdict) -> None:
    rows = await connection.fetch(OUTBOX)
    written: dict[Any, set[str]] = defaultdict(set)
    for row in rows:
        written[row["edits_id"] or row["id"]].add(row["text"] or "")
    told: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        if row["status"] != "sent":
            verdict.unanswered.append(f"{row['method']} {row['id']} to {row['telegram_id']} is {row['status']}")
        elif row["method"] == "sendMessage" and row["message_id"] is not None and row["edits_id"] is None:
            told[row["telegram_id"]].append(row)
    for chat, sent in told.items():
        seen = [one for one in api.messages(chat) if one.sender["id"] == api.me["id"]]
        there, known = {one.message_id for one in seen}, {row["message_id"] for row in sent}
        verdict.unanswered += [f"message {one} is not in chat {chat}" for one in known - there]
        verdict.seen_twice += len(there - known)
        if not _came_in_order(sent, seen, written):
            verdict.disordered.append(f"the answers to {chat}")


def _came_in_order(sent: list[Any], seen: list[Message], written: dict[Any, set[str]]) -> bool:
    """Tell whether the chat saw the messages in the order in which they were written, copies seen later aside."""
    left = iter(sorted(seen, key=lambda one: one.message_id))
    return all(any(one.markup in written[row["id"]] for one in left) for row in sent)
