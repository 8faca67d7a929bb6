"""In a group: a workout is trained as in private, and what is kept of somebody is not shown around."""

from __future__ import annotations

import pytest

from bot.bot_api import Chat as TelegramChat
from bot.bot_api import Shown
from tests.bot.conftest import Chat

GYM = TelegramChat(-1_000_777, "supergroup", "Gym")


class Group:
    """A person who speaks in a group."""

    def __init__(self, chat: Chat) -> None:
        self.chat = chat
        self.api = chat.conversation.api
        self.api.join(GYM)

    async def say(self, text: str, *, is_reply: bool = False) -> list[Shown]:
        before = len(self.chat.seen)
        own = [one for one in self.api.messages(GYM.id) if one.sender["id"] == self.api.me["id"]]
        replied = {"reply_to": own[-1].message_id} if is_reply else {}
        await self.chat.conversation._deliver(self.api.say(self.chat.conversation.person, text, chat=GYM, **replied))
        return self.chat.seen[before:]

    async def press(self, label: str) -> list[Shown]:
        before = len(self.chat.seen)
        message = next(one for one in reversed(self.api.messages(GYM.id)) if one.keyboard)
        data = next(button["callback_data"] for button in message.buttons if button["text"] == label)
        await self.chat.conversation._deliver(self.api.press(self.chat.conversation.person, message, data))
        return self.chat.seen[before:]


async def test_a_workout_is_trained_in_a_group(chat: Chat) -> None:
    await chat.say("UL\nDay 1\nBench press 3x8 80kg\nRow 3x8 70kg")
    await chat.press("✅ Save")
    group = Group(chat)
    await group.say("/today")
    await group.press("▶️ Start this workout")
    assert await group.say("8 8 8") == [], "said to the others"
    shown = await group.say("8 8 8", is_reply=True)
    assert any("sets 1–3: 80 kg × 8, 8, 8" in one.text for one in shown)
    await group.press("✓ 70 kg × 8")
    shown = await group.say("/done")
    assert "4 of 6 sets" in shown[-1].text
    assert {one.chat_id for one in shown} == {GYM.id}


@pytest.mark.parametrize("command", ["/export", "/export csv", "/privacy", "/coach"])
async def test_what_is_kept_of_somebody_is_for_the_private_chat(chat: Chat, command: str) -> None:
    await chat.say("bench 80x8")
    (shown,) = await Group(chat).say(command)
    assert shown.text == "I speak of that in our private chat only."
    assert (shown.chat_id, shown.path, shown.buttons) == (GYM.id, None, [])
    assert "private chat" not in (await chat.say(command))[-1].text
