"""What carries the conversation: updates that count once, the outbox, dialogues, and imports with leases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import asyncpg
import pytest
from sqlalchemy import text

from storage.database import Database
from storage.errors import StaleVersionError
from storage.models import ImportStatus, Outbox, OutboxStatus
from storage.unit_of_work import UnitOfWork
from tests.storage.everything import NOW


def message(chat_id: int, text: str = "hi", **more: object) -> Outbox:
    return Outbox(chat_id=chat_id, method="sendMessage", payload={"text": text}, **more)


# ------------------------------------------------------------------ updates


async def test_an_update_counts_once(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        assert await work.updates.arrive(1, 100, 7, NOW) is not None
    async with database.begin(telegram_id=telegram_id) as work:
        assert await work.updates.arrive(1, 100, 7, NOW) is None
        assert await work.updates.arrive(2, 100, 7, NOW) is not None  # another bot numbers its own
        assert await work.updates.record_failure(1, 101, "abc", "ZeroDivisionError", {"text": "bench 80x8"}) is True
        assert await work.updates.arrive(1, 101, 7, NOW) is None


async def test_an_update_is_forgotten_with_its_effects(database: Database, telegram_id: int) -> None:
    async def fail(work: UnitOfWork) -> None:
        await work.updates.arrive(1, 100, 7, NOW)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await database.run(fail, telegram_id=telegram_id)
    async with database.begin(telegram_id=telegram_id) as work:
        assert await work.updates.arrive(1, 100, 7, NOW) is not None


# ------------------------------------------------------------------ outbox


async def test_messages_of_a_chat_are_claimed_in_order_and_once(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        rows = [await work.outbox.add(message(1, str(n))) for n in range(3)]
    async with database.begin(telegram_id=telegram_id) as work:
        claimed = await work.outbox.claim(lease_seconds=60)
        assert [row.id for row in claimed] == [row.id for row in rows]
        assert [row.attempts for row in claimed] == [1, 1, 1]
    async with database.begin(telegram_id=telegram_id) as work:
        assert await work.outbox.claim() == []  # somebody is sending them
        await work.outbox.mark_sent(rows[0].id, 501)
        await work.outbox.mark_failed(rows[1].id, "chat not found")
        await work.outbox.postpone(rows[2].id, 0, "timed out")
    async with database.begin(telegram_id=telegram_id) as work:
        assert [row.id for row in await work.outbox.claim()] == [rows[2].id]
        sent = await work.outbox.get(rows[0].id)
        assert (sent.status, sent.message_id) == (OutboxStatus.SENT, 501)
        assert (await work.outbox.get(rows[1].id)).error == "chat not found"


async def test_one_that_waits_holds_those_behind_it_but_no_other_chat(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        first, behind = await work.outbox.add(message(1)), await work.outbox.add(message(1))
        elsewhere = await work.outbox.add(message(2))
        await work.outbox.postpone(first.id, 3600, "flood")
    async with database.begin(telegram_id=telegram_id) as work:
        assert [row.id for row in await work.outbox.claim()] == [elsewhere.id]
        assert await work.outbox.claim(chat_id=1) == []
        assert await work.outbox.fail_pending(1, "blocked") == 2
        assert (await work.outbox.get(behind.id)).status is OutboxStatus.FAILED


async def test_a_lease_that_has_run_out_is_due_again(
    database: Database, telegram_id: int, admin_connection: asyncpg.Connection
) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        row = await work.outbox.add(message(1))
        key = (work.user_id, row.id)
    assert key in await database.due_outbox()
    async with database.begin(telegram_id=telegram_id) as work:
        await work.outbox.claim(lease_seconds=60)
    assert key not in await database.due_outbox()
    await admin_connection.execute("UPDATE outbox SET lease_until = now() - interval '1 second' WHERE id = $1", row.id)
    assert key in await database.due_outbox()


async def test_a_message_is_found_by_its_buttons_and_by_its_number(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        row = await work.outbox.add(message(1, token="tok", actions=[{"action": "undo"}], about={"sets": []}))
        edit = await work.outbox.add(message(1, edits_id=row.id))
        await work.outbox.mark_sent(row.id, 77)
        await work.outbox.mark_sent(edit.id, 77)
        assert await work.outbox.find_by_token("tok") is row
        assert await work.outbox.find_by_token("other") is None
        assert await work.outbox.find_by_message(1, 77) is row
        assert await work.outbox.find_by_message(2, 77) is None


async def test_a_button_acts_once(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        row = await work.outbox.add(message(1, token="tok"))
        presses = [await work.outbox.press(row, index) for index in (0, 0, 2, 0, 2)]
        assert presses == [True, False, True, False, False]
        assert row.pressed == [0, 2]


async def test_old_delivery_records_are_cleared_and_nothing_that_is_needed(
    fresh_database: Database, telegram_id: int
) -> None:
    async with fresh_database.begin(telegram_id=telegram_id) as work:
        await work.updates.arrive(1, 1, 7, NOW)
        sent, edited = await work.outbox.add(message(1)), await work.outbox.add(message(1))
        pending = await work.outbox.add(message(1, edits_id=edited.id))
        for row in (sent, edited):
            await work.outbox.mark_sent(row.id, 1)
    assert await fresh_database.purge_delivery(datetime(2000, 1, 1, tzinfo=UTC)) == 0
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    assert await fresh_database.purge_delivery(tomorrow) == 0, "the last week is left alone, whatever time is given"
    async with fresh_database.begin(telegram_id=telegram_id) as work:
        for table, made in (("outbox", "created_at"), ("processed_update", "processed_at")):
            await work.session.execute(text(f"UPDATE {table} SET {made} = now() - interval '8 days'"))
    assert await fresh_database.purge_delivery(tomorrow) == 2
    async with fresh_database.begin(telegram_id=telegram_id) as work:
        assert await work.outbox.find(sent.id) is None
        assert await work.outbox.find(edited.id) is not None
        assert await work.outbox.find(pending.id) is not None


# ------------------------------------------------------------------ dialogues


async def test_one_question_at_a_time(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        assert await work.dialogues.find(1) is None
        first = await work.dialogues.ask(1, "units", {"step": 1}, NOW + timedelta(hours=1))
        assert (first.kind, first.version) == ("units", 1)
        second = await work.dialogues.ask(1, "rename", {"plan": "x"})
        assert (second.kind, second.data, second.version, second.expires_at) == ("rename", {"plan": "x"}, 2, None)
        assert await work.dialogues.find(2) is None
        assert await work.dialogues.close(1, version=1) is False
        assert await work.dialogues.close(1, version=2) is True
        assert await work.dialogues.close(1) is False


async def test_an_expired_question_is_none(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        await work.dialogues.ask(1, "units", {}, NOW)
        assert await work.dialogues.find(1, NOW - timedelta(seconds=1)) is not None
        assert await work.dialogues.find(1, NOW) is None


# ------------------------------------------------------------------ imports


async def test_a_text_is_kept_as_it_came(database: Database, telegram_id: int) -> None:
    text = "bench 80×8\r\n  жим — 100 🏋️ ‮rtl \\u0000"
    async with database.begin(telegram_id=telegram_id) as work:
        row = await work.imports.receive(text, chat_id=5, message_id=6)
    async with database.begin(telegram_id=telegram_id) as work:
        again = await work.imports.receive("later", chat_id=5, message_id=6)
        assert (await work.imports.get(row.id)).raw_text == text
        assert await work.imports.find_by_message(5, 6) is again
        assert await work.imports.find_by_message(5, 7) is None
        assert [one.id for one in await work.imports.recent(2)] == [again.id, row.id]


async def test_what_cannot_be_stored_is_marked_and_the_rest_is_kept(database: Database, telegram_id: int) -> None:
    broken = "80\0 x 8 \ud83d and \ud83c\udfcb \\u0000"
    mended = "80\ufffd x 8 \ufffd and 🏋 \\u0000"
    async with database.begin(telegram_id=telegram_id, username=broken, seen_at=NOW) as work:
        row = await work.imports.receive(broken, draft={broken: [broken, {"deep": broken}]})
        await work.updates.record_failure(1, 1, "id", broken, {"text": broken})
    async with database.begin(telegram_id=telegram_id) as work:
        stored = await work.imports.get(row.id)
        assert (stored.raw_text, work.user.username) == (mended, mended)
        assert stored.draft == {mended: [mended, {"deep": mended}]}


async def test_an_import_has_a_version(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        row = await work.imports.receive("x")
        changed = await work.imports.update(row.id, version=1, status=ImportStatus.PREVIEW, draft={"a": 1})
        assert (changed.version, changed.draft) == (2, {"a": 1})
        with pytest.raises(StaleVersionError):
            await work.imports.update(row.id, version=1, draft={})


async def test_only_the_holder_of_the_lease_finishes(
    database: Database, telegram_id: int, admin_connection: asyncpg.Connection
) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        row = await work.imports.receive("x")
        key = (work.user_id, row.id)
    assert key in await database.due_imports()
    async with database.begin(telegram_id=telegram_id) as work:
        held = await work.imports.claim(row.id)
        assert held is not None
        first_token = held.lease_token
        assert first_token is not None
        assert (held.status, held.attempts) == (ImportStatus.READING, 1)
        assert await work.imports.claim(row.id) is None
        assert await work.imports.renew(row.id, first_token) is True
    assert key not in await database.due_imports()
    await admin_connection.execute("UPDATE workout_import_log SET lease_until = now() WHERE id = $1", row.id)
    async with database.begin(telegram_id=telegram_id) as work:
        taken = await work.imports.claim(row.id)
        assert taken is not None
        second_token = taken.lease_token
        assert second_token is not None
    async with database.begin(telegram_id=telegram_id) as work:
        # The first reader comes back late: what it has made of the text is not written.
        assert await work.imports.finish(row.id, first_token, status=ImportStatus.FAILED) is False
        assert await work.imports.renew(row.id, first_token) is False
        assert await work.imports.finish(row.id, uuid4(), status=ImportStatus.FAILED) is False
        assert await work.imports.finish(row.id, second_token, status=ImportStatus.PREVIEW, reader="llm") is True
    async with database.begin(telegram_id=telegram_id) as work:
        done = await work.imports.get(row.id)
        assert (done.status, done.reader, done.attempts, done.lease_token) == (ImportStatus.PREVIEW, "llm", 2, None)
        assert await work.imports.claim(row.id) is None  # it waits no longer
    assert key not in await database.due_imports()


# ------------------------------------------------------------------ the user


async def test_settings_are_kept(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        await work.users.set_units("imperial")  # type: ignore[arg-type]
        await work.users.set_language("ru")
        await work.users.set_timezone("Europe/Berlin")
        await work.users.set_preference("order", "sets_reps_weight")
        await work.users.set_preference("other", 1)
        await work.users.set_preference("other", None)
        await work.users.mark_onboarded(NOW)
        await work.users.mark_onboarded(NOW + timedelta(days=1))
    async with database.begin(telegram_id=telegram_id) as work:
        user = work.user
        assert (user.unit_system, user.language, user.timezone) == ("imperial", "ru", "Europe/Berlin")
        assert (user.preferences, user.onboarded_at) == ({"order": "sets_reps_weight"}, NOW)
