"""People who write to the bot, and Telegram's side of bringing it: again and again until it is taken, in order.

Messages of a chat come one after the other, the next only after a 200 for the one before. Presses of buttons come
through a queue of their own. What was taken may come once more, and to several processes at the same time.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.bot_api import BotApi, Person, Shown
from bot.bot_api.chats import Message

PROGRAM = "Plan {n}\nMonday\nbench press 3x5 80kg\nsquat 5x5 100kg\nThursday\ndeadlift 3x5 120kg\nbarbell row 3x8 60kg"
PROSE = "went number {n}: did some pressing on the flat bench, eighty kilos I think, eight or so, then a few more"
QUESTION = "what can you do, for the {n}th time?"
UNDO = "Undo"


@dataclass
class Said:
    """A message that was sent, and what has to come of it. ``figures`` are load and repetitions of a log."""

    person_id: int
    message_id: int
    update_id: int
    text: str
    kind: str
    figures: tuple[str, int] | None = None


@dataclass
class Ledger:
    """Everything that was sent, in the order in which it was sent in each chat."""

    said: list[Said] = field(default_factory=list)
    updates: set[int] = field(default_factory=set)
    pressed: dict[int, str] = field(default_factory=dict)  # by update: the token under the message whose Undo it was
    counts: Counter[str] = field(default_factory=Counter)


class Telegram:
    """Brings updates to the processes behind the webhook."""

    def __init__(self, api: BotApi, ports: Sequence[int], ledger: Ledger, chance: random.Random, secret: str) -> None:
        self.api = api
        self.ports = ports
        self.ledger = ledger
        self.chance = chance
        self._secret = secret
        self._session = ClientSession(timeout=ClientTimeout(45))
        self._later: set[asyncio.Task[None]] = set()

    async def close(self) -> None:
        """Wait for the repeats that are still on their way."""
        await asyncio.gather(*self._later)
        await self._session.close()

    async def bring(self, update: Mapping[str, Any]) -> None:
        """Bring an update until a process takes it; sometimes twice at once, sometimes once more later."""
        self.ledger.updates.add(update["update_id"])
        if self.chance.random() < 0.03:
            self.ledger.counts["brought twice at once"] += 1
            await asyncio.gather(*(self._insist(update) for _ in range(2)))
        else:
            await self._insist(update)
        if self.chance.random() < 0.02:
            self.ledger.counts["brought again later"] += 1
            task = asyncio.create_task(self._again(update, self.chance.uniform(0, 20)))
            self._later.add(task)
            task.add_done_callback(self._later.discard)

    async def _again(self, update: Mapping[str, Any], seconds: float) -> None:
        await asyncio.sleep(seconds)
        await self._insist(update)

    async def _insist(self, update: Mapping[str, Any]) -> None:
        pause = 0.0
        while not await self._was_taken(update):
            self.ledger.counts["not taken at once"] += 1
            await asyncio.sleep(pause)
            pause = min(max(pause * 2, 0.1), 2.0)

    async def _was_taken(self, update: Mapping[str, Any]) -> bool:
        address = f"http://127.0.0.1:{self.chance.choice(self.ports)}/telegram"
        try:
            headers = {"X-Telegram-Bot-Api-Secret-Token": self._secret}
            async with self._session.post(address, json=update, headers=headers) as answer:
                return answer.status == 200
        except (ClientError, TimeoutError, OSError):
            return False


class Lifter:
    """One chat: writes what they have to say at their own pace, and sometimes presses Undo."""

    def __init__(self, person: Person, telegram: Telegram, chance: random.Random, pace: float) -> None:
        self.person = person
        self.telegram = telegram
        self.chance = chance
        self._pace = pace
        self._pressed: set[int] = set()

    async def train(self, messages: int) -> None:
        for number in range(messages):
            await self._say(number)
            press = asyncio.create_task(self._press_undo()) if self.chance.random() < 0.02 else None
            await asyncio.sleep(self.chance.expovariate(1 / self._pace))
            if press is not None:
                await press

    async def _say(self, number: int) -> None:
        text, kind, figures = self._words(number)
        update = self.telegram.api.say(self.person, text)
        message_id = update["message"]["message_id"]
        said = Said(self.person.id, message_id, update["update_id"], text, kind, figures)
        self.telegram.ledger.said.append(said)
        self.telegram.ledger.counts[kind] += 1
        await self.telegram.bring(update)

    def _words(self, number: int) -> tuple[str, str, tuple[str, int] | None]:
        drawn = self.chance.random()
        if number == 0 or drawn < 0.82:
            load, reps = f"{60 + number % 80 * 0.5:g}", 5 + number // 80 % 8
            return f"bench {load}x{reps}", "log", (load, reps)
        if drawn < 0.85:
            return PROGRAM.format(n=number), "program", None
        if drawn < 0.89:
            return PROSE.format(n=number), "prose", None
        if drawn < 0.95:
            return QUESTION.format(n=number), "question", None
        return self.chance.choice(("/records", "/history", "/today")), "command", None

    async def _press_undo(self) -> None:
        """Press Undo under the bot's newest log, beside the next message."""
        message = next((one for one in reversed(self.telegram.api.messages(self.person.id)) if self._is_log(one)), None)
        if message is None:
            return
        self._pressed.add(message.message_id)
        button = next(button for button in message.buttons if UNDO in button["text"])
        update = self.telegram.api.press(self.person, message, button["callback_data"])
        self.telegram.ledger.pressed[update["update_id"]] = button["callback_data"].partition(":")[0]
        self.telegram.ledger.counts["press"] += 1
        await self.telegram.bring(update)

    def _is_log(self, message: Message) -> bool:
        has_undo = any(UNDO in button["text"] for button in message.buttons)
        return has_undo and message.message_id not in self._pressed


def keep_short(api: BotApi) -> None:
    """Let the played Telegram forget how it was called: only the messages are counted at the end."""

    def forget(shown: Shown) -> None:
        api.calls.clear()

    api.listeners.append(forget)
