"""Once, in order, never lost: repeats, parallel users, failures, presses before their time."""

from __future__ import annotations

import asyncio
import logging
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from sqlalchemy import select

from bot.answers import Answer
from bot.bot_api import Chat as TelegramChat
from bot.bot_api import Person
from bot.delivery import Outcome
from bot.outbox import BLOCKED
from bot.turn import Turn
from storage.database import Database
from storage.errors import DatabaseUnavailableError
from storage.models import Outbox, OutboxStatus, ProcessedUpdate
from tests.bot.conftest import Chat, OpenChat
from tests.bot.probe import COUNTER


async def counted(database: Database, telegram_id: int) -> int:
    async with database.begin(telegram_id=telegram_id) as work:
        return int(work.user.preferences.get(COUNTER, 0))


async def owed(database: Database, telegram_id: int) -> list[Outbox]:
    async with database.begin(telegram_id=telegram_id) as work:
        rows = await work.session.scalars(
            select(Outbox).where(Outbox.user_id == work.user_id).order_by(Outbox.sequence)
        )
        return list(rows)


async def processed(database: Database, telegram_id: int) -> list[ProcessedUpdate]:
    async with database.begin(telegram_id=telegram_id) as work:
        return list(await work.session.scalars(select(ProcessedUpdate).where(ProcessedUpdate.user_id == work.user_id)))


async def test_an_update_brought_three_times_and_twenty_times_at_once_takes_effect_once(
    probe: Chat, database: Database
) -> None:
    conversation = probe.conversation
    update = conversation.api.say(conversation.person, "bench 80x8")
    one_by_one = [await conversation.app.delivery.deliver(update) for _ in range(3)]
    at_once = await asyncio.gather(*(conversation.app.delivery.deliver(update) for _ in range(20)))
    await conversation.app.background.settle()
    assert one_by_one == [Outcome.DONE, Outcome.REPEATED, Outcome.REPEATED]
    assert set(at_once) == {Outcome.REPEATED}
    assert probe.texts == ["heard bench 80x8\ncounted 1"]
    assert await counted(database, conversation.person.id) == 1


async def test_twenty_first_deliveries_at_once_in_two_processes_take_effect_once(
    probe: Chat, open_probe: OpenChat, database: Database
) -> None:
    """Two applications share nothing but the database, as two processes do."""
    conversation = probe.conversation
    async with open_probe(conversation.person.id) as second:
        update = conversation.api.say(conversation.person, "bench 80x8")
        deliveries = [conversation.app.delivery, second.conversation.app.delivery]
        outcomes = await asyncio.gather(*(deliveries[n % 2].deliver(update) for n in range(20)))
        await conversation.app.background.settle()
        await second.conversation.app.background.settle()
        assert sorted(outcomes) == [Outcome.DONE, *[Outcome.REPEATED] * 19]
        assert await counted(database, conversation.person.id) == 1
        assert probe.texts + second.texts == ["heard bench 80x8\ncounted 1"]


async def test_a_button_pressed_twenty_times_at_once_acts_once(probe: Chat, database: Database) -> None:
    await probe.say("buttons")
    conversation = probe.conversation
    (*_, message) = conversation.api.messages(conversation.person.id)
    data = message.buttons[0]["callback_data"]
    presses = [conversation.api.press(conversation.person, message, data) for _ in range(20)]
    await asyncio.gather(*(conversation.app.delivery.deliver(press) for press in presses))
    await conversation.app.background.settle()
    assert await counted(database, conversation.person.id) == 2
    assert sorted(shown.text for shown in probe.seen[1:]) == sorted(["counted 2", *["That is done already."] * 19])


async def test_messages_of_one_user_keep_their_order_beside_other_users(
    open_probe: OpenChat, telegram_id: int, other_telegram_id: int
) -> None:
    async with open_probe(telegram_id) as chat:
        api, delivery = chat.conversation.api, chat.conversation.app.delivery
        people = [Person(telegram_id), Person(other_telegram_id)]
        updates = [api.say(person, f"set {n}") for n in range(15) for person in people]
        await asyncio.gather(*(delivery.deliver(update) for update in updates))
        await chat.conversation.app.background.settle()
        for person in people:
            said = [shown.text for shown in chat.seen if shown.chat_id == person.id]
            assert said == [f"heard set {n}\ncounted {n + 1}" for n in range(15)]
        assert len(delivery._queues) == 0


async def test_one_user_does_not_wait_for_another(
    open_probe: OpenChat, telegram_id: int, other_telegram_id: int
) -> None:
    async with open_probe(telegram_id, turn_seconds=60) as chat:
        api, delivery = chat.conversation.api, chat.conversation.app.delivery
        stuck = asyncio.create_task(delivery.deliver(api.say(Person(telegram_id), "hang")))
        try:
            async with asyncio.timeout(20):
                assert await delivery.deliver(api.say(Person(other_telegram_id), "hello")) == Outcome.DONE
            assert not stuck.done()
        finally:
            stuck.cancel()
            await asyncio.gather(stuck, return_exceptions=True)


async def test_update_ids_that_begin_anew_lower_are_new_updates(probe: Chat, database: Database) -> None:
    conversation = probe.conversation
    for update_id in (900_000_000, 5, 7, 6):
        update = conversation.api.say(conversation.person, "set") | {"update_id": update_id}
        assert await conversation.app.delivery.deliver(update) == Outcome.DONE
    assert await counted(database, conversation.person.id) == 4


# ------------------------------------------------------------------ failures


async def test_a_handler_that_fails_is_rolled_back_recorded_and_apologised_for(
    probe: Chat, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    conversation = probe.conversation
    await probe.say("bench 80x8")
    with caplog.at_level(logging.INFO):
        update = conversation.api.say(conversation.person, "fail secretly")
        assert await conversation.app.delivery.deliver(update) == Outcome.FAILED
        assert await conversation.app.delivery.deliver(update) == Outcome.REPEATED
    await conversation.app.background.settle()
    (failed,) = [row for row in await processed(database, conversation.person.id) if row.error_id]
    assert failed.payload is not None
    assert failed.payload["message"]["text"] == "fail secretly"
    assert failed.error is not None
    assert "RuntimeError: failing on purpose" in failed.error
    assert failed.error_id in probe.last.text
    assert failed.error_id in caplog.text
    assert "secretly" not in caplog.text
    assert await counted(database, conversation.person.id) == 1
    async with database.begin(telegram_id=conversation.person.id) as work:
        assert await work.imports.recent(10) == []


async def test_a_chat_goes_on_after_a_failure(probe: Chat) -> None:
    await probe.say("fail")
    (answer,) = await probe.say("bench 80x8")
    assert answer.text == "heard bench 80x8\ncounted 1"


async def test_a_button_that_fails_says_so_and_can_be_pressed_again(probe: Chat, database: Database) -> None:
    await probe.say("buttons")
    for _ in range(2):
        shown = await probe.press("Fail")
        assert {s.method for s in shown} == {"sendMessage", "answerCallbackQuery"}
    assert len([row for row in await processed(database, probe.conversation.person.id) if row.error_id]) == 2


async def test_an_update_that_cannot_be_read_is_recorded_not_refused(probe: Chat, database: Database) -> None:
    conversation = probe.conversation
    update = conversation.api.say(conversation.person, "bench")
    update["message"]["entities"] = "nonsense"
    assert await conversation.app.delivery.deliver(update) == Outcome.FAILED
    (row,) = await processed(database, conversation.person.id)
    assert row.payload is not None
    assert row.payload["message"]["text"] == "bench"


class TurnNotFreeError(Exception):
    """What PostgreSQL says when another transaction of the user does not come to an end."""

    sqlstate = "55P03"


async def test_an_update_whose_turn_is_not_free_waits_and_is_no_failure(
    probe: Chat, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def busy(*_: Any, **__: Any) -> None:
        raise TurnNotFreeError

    conversation = probe.conversation
    update = conversation.api.say(conversation.person, "bench")
    with monkeypatch.context() as patch:
        patch.setattr(database, "run", busy)
        with pytest.raises(DatabaseUnavailableError):
            await conversation.app.delivery.deliver(update)
    assert await conversation.app.delivery.deliver(update) == Outcome.DONE
    assert await counted(database, conversation.person.id) == 1


async def test_a_failure_is_recorded_even_where_no_apology_can_be_written(
    probe: Chat, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation = probe.conversation
    monkeypatch.setattr("bot.turns.enqueue", broken_when_answering)
    update = conversation.api.say(conversation.person, "my longest set ever")
    assert await conversation.app.delivery.deliver(update) == Outcome.FAILED
    (row,) = await processed(database, conversation.person.id)
    assert row.payload is not None
    assert row.payload["message"]["text"] == "my longest set ever"


async def broken_when_answering(turn: Turn, answers: list[Answer]) -> tuple[None, None]:
    if answers:
        raise RuntimeError("nothing can be answered")
    return None, None


async def test_a_handler_that_never_ends_is_cut_off(open_probe: OpenChat, telegram_id: int, database: Database) -> None:
    async with open_probe(telegram_id, turn_seconds=0.05) as chat:
        await chat.say("hang")
        (row,) = await processed(database, telegram_id)
        assert row.error is not None
        assert "TurnTimeoutError" in row.error


# ------------------------------------------------------------------ who is meant


async def test_updates_that_are_nobodys_leave_no_trace(probe: Chat) -> None:
    delivery = probe.conversation.app.delivery
    chat = {"id": -100, "type": "channel", "title": "news"}
    ours = {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}, "text": "hi"}
    strange: list[dict[str, Any]] = [
        {"update_id": 1, "channel_post": {"message_id": 1, "date": 1, "chat": chat, "text": "hi"}},
        {"update_id": 2, "poll": {"id": "1"}},
        {"update_id": 3},
        {"update_id": 4, "message": ours},
        {"update_id": 5, "message": {**ours, "from": {"id": 5, "is_bot": True, "first_name": "Bot"}}},
        {"update_id": 6, "message": "text"},
        {"update_id": "7", "message": {**ours, "from": {"id": 5, "is_bot": False, "first_name": "A"}}},
        {"update_id": 2**70, "message": {**ours, "from": {"id": 5, "is_bot": False, "first_name": "A"}}},
        {"update_id": 8, "message": {**ours, "from": {"id": 2**70, "is_bot": False, "first_name": "A"}}},
        {"message": {**ours, "from": {"id": 5, "is_bot": False, "first_name": "A"}}},
    ]
    assert {await delivery.deliver(update) for update in strange} == {Outcome.IGNORED}
    assert probe.seen == []


GROUP = TelegramChat(-1001, "supergroup", "Gym")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("bench 80x8", None),  # people talking among themselves
        ("@repscribe_bot bench 80x8", "heard bench 80x8\ncounted 1"),
        ("bench 80x8 @Repscribe_Bot", "heard bench 80x8\ncounted 1"),
        ("@repscribe_bot, bench 80x8", "heard bench 80x8\ncounted 1"),
        ("mail me@repscribe_bot", None),  # an address, no mention
        ("@repscribe_bottle 80x8", None),
        ("/hello", "hello"),
        ("/hello@repscribe_bot", "hello"),
        ("/hello@other_bot", None),
        ("/other", None),  # another bot's command
    ],
)
async def test_in_a_group_the_bot_answers_when_addressed(
    probe: Chat, database: Database, text: str, answer: str | None
) -> None:
    conversation = probe.conversation
    update = conversation.api.say(conversation.person, text, chat=GROUP)
    await conversation.app.delivery.deliver(update)
    await conversation.app.background.settle()
    assert probe.texts == ([] if answer is None else [answer])
    assert {shown.chat_id for shown in probe.seen} <= {GROUP.id}
    assert len(await processed(database, conversation.person.id)) == (answer is not None)


async def test_in_a_group_a_reply_to_the_bot_is_meant_for_it(probe: Chat) -> None:
    conversation = probe.conversation
    await conversation.app.delivery.deliver(
        conversation.api.say(conversation.person, "@repscribe_bot 80x8", chat=GROUP)
    )
    await conversation.app.background.settle()
    reply = conversation.api.say(conversation.person, "about", chat=GROUP, reply_to=probe.last.message_id)
    await conversation.app.delivery.deliver(reply)
    await conversation.app.background.settle()
    assert probe.last.text == "{'heard': '80x8'}"
    assert probe.last.chat_id == GROUP.id


# ------------------------------------------------------------------ blocked


async def test_a_user_who_blocks_the_bot_is_left_alone_and_loses_nothing(probe: Chat, database: Database) -> None:
    conversation = probe.conversation
    await probe.say("bench 80x8")
    await conversation.app.delivery.deliver(conversation.api.change_membership(conversation.person, "kicked"))
    async with database.begin(telegram_id=conversation.person.id) as work:
        assert BLOCKED in work.user.preferences
        assert work.user.preferences[COUNTER] == 1
    await conversation.app.delivery.deliver(conversation.api.change_membership(conversation.person, "member"))
    (answer,) = await probe.say("again")
    assert answer.text == "heard again\ncounted 2"
    async with database.begin(telegram_id=conversation.person.id) as work:
        assert BLOCKED not in work.user.preferences


async def test_what_is_refused_by_one_who_blocked_the_bot_is_not_sent_for_ever(probe: Chat, database: Database) -> None:
    conversation = probe.conversation
    conversation.api.blocked = {conversation.person.id}
    assert await probe.say("two") == []
    rows = await owed(database, conversation.person.id)
    assert [row.status for row in rows] == [OutboxStatus.FAILED, OutboxStatus.FAILED]
    async with database.begin(telegram_id=conversation.person.id) as work:
        assert BLOCKED in work.user.preferences
        assert work.user.preferences[COUNTER] == 1


# ------------------------------------------------------------------ crashes


async def expire_leases(connection: asyncpg.Connection[Any], user_id: UUID) -> None:
    """Let the time pass after which a crashed process counts as gone."""
    await connection.execute(
        "UPDATE outbox SET lease_until = now() - interval '1 second' WHERE user_id = $1 AND lease_until IS NOT NULL",
        user_id,
    )


async def test_a_sweep_sends_what_a_crash_left_between_commit_and_sending(
    probe: Chat, open_probe: OpenChat, database: Database, admin_connection: asyncpg.Connection[Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    conversation = probe.conversation
    monkeypatch.setattr(conversation.app.sender, "start", lambda *_: None)  # the process dies here
    await conversation.app.delivery.deliver(conversation.api.say(conversation.person, "two"))
    rows = await owed(database, conversation.person.id)
    assert [row.status for row in rows] == [OutboxStatus.PENDING, OutboxStatus.PENDING]
    async with open_probe(conversation.person.id) as heir:
        await heir.conversation.app.worker.settle()
        assert heir.seen == []  # for all it knows the other process is at it
        await expire_leases(admin_connection, rows[0].user_id)
        await heir.conversation.app.worker.settle()
        assert heir.texts == ["first", "second"]
        await heir.conversation.app.worker.settle()
        assert len(heir.seen) == 2
    assert {row.status for row in await owed(database, conversation.person.id)} == {OutboxStatus.SENT}


async def test_a_message_that_was_sent_but_not_marked_is_not_sent_again_by_the_same_process(
    probe: Chat, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation = probe.conversation
    run = database.run
    calls = 0

    async def away_once(work_fn: Any, **entry: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == 2:  # the first is the turn, the second marks what was sent
            raise ConnectionError("the database is away")
        return await run(work_fn, **entry)

    monkeypatch.setattr(database, "run", away_once)
    await conversation.app.delivery.deliver(conversation.api.say(conversation.person, "hello"))
    await conversation.app.background.settle()
    (row,) = await owed(database, conversation.person.id)
    assert row.status == OutboxStatus.PENDING
    assert len(probe.seen) == 1
    await conversation.app.worker.settle()
    (row,) = await owed(database, conversation.person.id)
    assert row.status == OutboxStatus.SENT
    assert len(probe.seen) == 1


async def test_an_edit_whose_message_is_gone_is_sent_anew_and_later_edits_follow_it(
    probe: Chat, open_probe: OpenChat
) -> None:
    conversation = probe.conversation
    await probe.say("buttons")
    (first,) = await probe.press("Next")
    assert first.is_edit
    message = conversation.api._messages.pop((conversation.person.id, first.message_id or 0))
    data = message.buttons[0]["callback_data"]
    await conversation._deliver(conversation.api.press(conversation.person, message, data))
    assert (probe.last.method, probe.last.text) == ("sendMessage", "page 2")
    anew = probe.last.message_id
    (again,) = await probe.press("Next")
    assert (again.method, again.text, again.message_id) == ("editMessageText", "page 3", anew)
