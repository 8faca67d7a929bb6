"""/start, /help, /cancel, and what to say to what cannot be read."""

from __future__ import annotations

from storage.database import Database
from storage.models import UnitSystem
from tests.bot.conftest import Chat


async def test_units_and_language_are_asked_once(chat: Chat, database: Database) -> None:
    (welcome,) = await chat.say("/start")
    assert welcome.buttons == [["Kilograms (kg)", "Pounds (lb)"]]
    (language,) = await chat.press("Pounds (lb)")
    assert language.message_id == welcome.message_id
    assert [label for row in language.buttons for label in row] == [
        "English", "Deutsch", "Español", "Français", "Português", "Русский",
    ]  # fmt: skip
    (done,) = await chat.press("Русский")
    assert done.buttons == []
    assert "pounds" in done.text
    async with database.begin(telegram_id=chat.conversation.person.id) as work:
        assert (work.user.unit_system, work.user.language) == (UnitSystem.IMPERIAL, "ru")
        assert work.user.onboarded_at is not None
    (again,) = await chat.say("/start")
    assert again.buttons == []


async def test_start_twice_without_an_answer_asks_again_and_both_work(chat: Chat, database: Database) -> None:
    await chat.say("/start")
    await chat.say("/start")
    await chat.press(1)
    await chat.press(1)
    async with database.begin(telegram_id=chat.conversation.person.id) as work:
        assert work.user.unit_system == UnitSystem.METRIC
        assert work.user.onboarded_at is not None


async def test_help_lists_every_command_of_the_menu(chat: Chat) -> None:
    (shown,) = await chat.say("/help")
    for command in chat.conversation.app.commands:
        assert f"/{command.name}: " in shown.text
    issued = {
        "start",
        "help",
        "plans",
        "today",
        "done",
        "history",
        "records",
        "undo",
        "units",
        "settings",
        "export",
        "cancel",
    }
    assert issued <= {command.name for command in chat.conversation.app.commands}


async def test_the_command_menu_is_within_telegrams_limits(chat: Chat) -> None:
    await chat.conversation.app.set_command_menu()
    commands = chat.conversation.api.commands[""]
    assert 0 < len(commands) <= 100
    for command in commands:
        assert 1 <= len(command["command"]) <= 32
        assert command["command"].replace("_", "").isalnum()
        assert command["command"] == command["command"].lower()
        assert 1 <= len(command["description"]) <= 256


async def test_cancel_ends_the_question_that_is_open(chat: Chat, database: Database) -> None:
    assert (await chat.say("/cancel"))[0].text == "There is nothing to cancel."
    telegram_id = chat.conversation.person.id
    async with database.begin(telegram_id=telegram_id) as work:
        await work.dialogues.ask(telegram_id, "log_timezone", {})
    assert (await chat.say("/cancel"))[0].text == "All right, forget my question."
    async with database.begin(telegram_id=telegram_id) as work:
        assert await work.dialogues.find(telegram_id) is None


async def test_an_unknown_command_and_a_sticker_get_a_line(chat: Chat) -> None:
    assert "/help" in (await chat.say("/frobnicate now"))[0].text
    conversation = chat.conversation
    update = conversation.api.say(conversation.person, "x")
    del update["message"]["text"]
    del update["message"]["entities"]
    update["message"]["sticker"] = {
        "file_id": "f", "file_unique_id": "f", "type": "regular", "width": 1, "height": 1,
        "is_animated": False, "is_video": False,
    }  # fmt: skip
    await conversation.app.delivery.deliver(update)
    await conversation.app.worker.settle()
    assert "bench 80x8" in chat.last.text
