"""A victim who lives through the conversation: whatever buttons and questions the bot shows them is collected.

First comes a script, then a walk: every button is pressed whose action has not been met yet, and questions that open
are answered. So a new feature is met as soon as there is a way to it from the chat.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.bot_api import Shown
from bot.console.conversation import Conversation
from tests.isolation.witness import Connection

# Words and numbers that nobody else in these tests has.
EXERCISE, SECOND, PLAN, DAY, NOTE = "Zorbex press", "Krontal curl", "Quilfang", "Drexol", "vumpin"
SECRETS = ("zorbex", "krontal", "quilfang", "drexol", "vumpin", "plimsow", "83.17", "84.19")

FIRST_DAY = f"{DAY} A\nBench press 3x8 @ 83.17kg\n{EXERCISE} 3x8\nSquat 5/3/1"
PROGRAM = f"{PLAN} one\n\n{FIRST_DAY}\n\n{DAY} B\nPull-ups 3x5\nPlank 3x45s"
SECOND_PROGRAM = f"{PLAN} two\n\n{DAY} C\nBench press 3x8\nDumbbell fly 2x12\n\n{DAY} D\nBarbell row 3x8"

# What is said or pressed, in turn: a number presses that button of the newest keyboard, a label the button so labelled.
SCRIPT: tuple[str | int, ...] = (
    "@@at 2026-11-02T18:00",
    "/start", 1, 1,
    SECOND_PROGRAM, "✅ Save", "/meso", 1, "4 weeks", "2 days ✓", "Today",
    "/today", "▶️ Start this workout", "bench 83.17 8 8 8", "fly 12.5 12 12", f"note: {NOTE} in the knee", "/done",
    1, 2, 3,
    "@@at 2026-11-04T18:00",
    f"{EXERCISE} 60x8", "bench 82.5x8, 84.19x5 plimsow", "/undo", "bench 84.19x5",
    "curls 12x10x3", "squat 100 5 5 5 rpe 8", "/done",
    "@@at 2026-11-06T18:00",
    PROGRAM,
    "/history", 1, "/records", "/stats", "/chart bench", "/chart", "/week", "/level", "/settings", "/aliases", "/units",
    "/plates 100", "/equipment", "/progression", "/tm bench 100", "/next bench", "/swap bench", "/plan tomorrow",
    "/plans", "/export", "/privacy", "/help", "/skip",
    "what did I bench last time?", "bemch 80x8", "bench 80 8 3", "bench 500x8", "press 40x8", "80x8",
)  # fmt: skip

ANSWERS: tuple[str, ...] = (f"{EXERCISE}", "3x8 82.5kg", "Europe/Berlin", "2026-12-07", "100", f"{PLAN} three")
NEVER = ("privacy.erase",)


@dataclass
class Life:
    """What was collected: the arguments of buttons by action, open questions by kind, what answers were about."""

    args: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    dialogues: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    abouts: list[dict[str, Any]] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    message_ids: list[int] = field(default_factory=list)


class Liver:
    """Plays the victim."""

    def __init__(self, conversation: Conversation, admin: Connection) -> None:
        self.conversation, self.admin = conversation, admin
        self.life = Life()
        self.failures: list[str] = []

    async def live(self, script: Sequence[str | int] = SCRIPT, steps: int = 200) -> Life:
        for step in script:
            await self._step(step)
        await self._walk(steps)
        return self.life

    async def _step(self, step: str | int) -> None:
        button = self._button(step)
        if isinstance(step, int) or button is not None:
            if button is not None:
                await self._enter(f"#{button}")
        else:
            await self._enter(step)

    def _button(self, step: str | int) -> int | None:
        messages = self.conversation.api.messages(self.conversation.person.id)
        newest = next((message for message in reversed(messages) if message.keyboard), None)
        labels = [button["text"] for button in newest.buttons] if newest else []
        if isinstance(step, int):
            return step if step <= len(labels) else None
        return labels.index(step) + 1 if step in labels else None

    async def _enter(self, typed: str) -> None:
        await self.conversation.enter(typed)
        await self._collect()

    async def _walk(self, steps: int) -> None:
        """Press what has not been pressed yet, newest first, and answer what is asked."""
        pressed = set(NEVER)
        for number in range(steps):
            rows = await self._rows()
            choice = next(
                (
                    (row, index, name)
                    for row in reversed(rows)
                    for index, name in actions_of(row)
                    if name not in pressed
                ),
                None,
            )
            if choice is None:
                return
            row, index, name = choice
            pressed.add(name)
            before = set(self.life.dialogues)
            message = self._message(row["shown"])
            if message is None:
                continue
            api, person = self.conversation.api, self.conversation.person
            await self.conversation._deliver(api.press(person, message, f"{row['token']}:{index}"))
            await self._collect()
            if set(self.life.dialogues) - before:
                await self._enter(ANSWERS[number % len(ANSWERS)])

    def _message(self, message_id: int | None) -> Any:
        messages = self.conversation.api.messages(self.conversation.person.id)
        found = [message for message in messages if message.message_id == message_id]
        return found[0] if found else None

    async def _rows(self) -> Any:
        return await self.admin.fetch(
            "SELECT o.*, coalesce(o.message_id, e.message_id) AS shown FROM outbox o"
            " LEFT JOIN outbox e ON e.user_id = o.user_id AND e.id = o.edits_id"
            ' JOIN "user" u ON u.id = o.user_id WHERE u.telegram_id = $1 ORDER BY o.sequence',
            self.conversation.person.id,
        )

    async def _collect(self) -> None:
        asked = await self.admin.fetch(
            'SELECT d.kind, d.data FROM dialogue d JOIN "user" u ON u.id = d.user_id WHERE u.telegram_id = $1',
            self.conversation.person.id,
        )
        for row in asked:
            _keep(self.life.dialogues.setdefault(row["kind"], []), json.loads(row["data"]))

    async def gather(self) -> Life:
        """Collect what stands under all messages that were ever sent."""
        for row in await self._rows():
            for _, name, args in _actions(row):
                _keep(self.life.args.setdefault(name, []), args)
            if row["about"]:
                _keep(self.life.abouts, json.loads(row["about"]))
            if row["token"] and row["actions"]:
                self.life.tokens.append(row["token"])
            if row["message_id"]:
                self.life.message_ids.append(row["message_id"])
        return self.life


def _actions(row: Any) -> list[tuple[int, str, dict[str, Any]]]:
    stored = json.loads(row["actions"]) if row["actions"] else []
    return [(index, one["action"], one["args"]) for index, one in enumerate(stored) if one]


def actions_of(row: Any) -> list[tuple[int, str]]:
    return [(index, name) for index, name, _ in _actions(row)]


def _keep(known: list[dict[str, Any]], new: dict[str, Any]) -> None:
    if new not in known:
        known.append(new)


def seen_texts(shown: Sequence[Shown]) -> list[str]:
    """Give everything that was to be seen, files included."""
    texts = []
    for one in shown:
        texts += [one.text, one.markup, *(label for row in one.buttons for label in row)]
        if one.path is not None:
            texts.append(one.path.read_bytes().decode("utf-8", "replace"))
    return texts
