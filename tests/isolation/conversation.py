"""Attacks through the conversation: buttons, open questions, replies, edited messages, commands, links and files.

The attacker gets a message of the bot's whose buttons carry the victim's ids, which Telegram would never let happen,
and presses them. Whatever the bot then says is searched for the victim.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from bot.bot_api import Message, Person, Shown
from bot.bot_api.chats import Chat
from bot.coached import COACHED
from bot.console.conversation import Conversation
from bot.pressed_args import pressed_args
from bot.routes import ACTIONS, COMMANDS, DIALOGUES
from storage.models import Outbox, OutboxStatus
from storage.repositories.coached import FOR
from tests.isolation import arguments as rows
from tests.isolation.lives import Life, seen_texts
from tests.isolation.people import Person as Owner
from tests.isolation.tally import Tally
from tests.isolation.witness import Witness

# These give, or take away, everything of whoever presses. What a forged button made the bot note for the attacker,
# such as the question that is open, would come back in an export: somebody who was given nothing else presses them.
OF_EVERYTHING = ("export.csv", "export.json", "privacy.export", "privacy.erase")

# So many under one message, as in a chat: each press reads all of them, and with hundreds that was most of the work.
BUTTONS: Final = 10
ANSWERS: Final = ("8 8 8", "82.5", "no, 85", "2026-12-01", "bench press", "1", "delete it", "Europe/Berlin")
TAMPERED: Final = (
    "{token}:999",
    "{token}:-1",
    "{token}:0x0",
    "{token}:",
    ":0",
    "{token}:٠",
    "{token}",
    "' OR true --:0",
    "%:0",
)


class Intruder:
    """An attacker in front of the bot."""

    def __init__(self, conversation: Conversation, seen: list[Shown], witness: Witness, victim: Owner) -> None:
        self.conversation, self.seen, self.witness, self.victim = conversation, seen, witness, victim
        self.app, self.api, self.person = conversation.app, conversation.api, conversation.person
        self.witnesses = [witness]
        self.crashes: dict[str, str] = {}

    async def settle_in(self) -> None:
        """Have a plan, a workout that is going on, and something logged: many buttons ask for one."""
        for typed in ("/start", "#1", "#1", "Mine\n\nFirst\nBench press 3x8\nPlank 3x45s\n\nSecond\nSquat 3x5"):
            await self.conversation.enter(typed)
        for typed in ("#1", "/today", "#1", "60 8"):
            await self.conversation.enter(typed)

    async def send(self, tally: Tally, label: str, update: Mapping[str, Any], given: Any = ()) -> None:
        """Deliver an update of the attacker's and note what the bot showed or changed of the victim's."""
        before, failures = len(self.seen), self.app.metrics.failures()
        await self.app.delivery.deliver(dict(update))
        await (self.app.worker.settle() if self.witness.is_thorough else self.app.background.settle())
        shown = self.seen[before:]
        if self.app.metrics.failures() > failures:
            self.crashes[label] = await self._error()
        found = set[str]()
        for witness in self.witnesses:
            found |= witness.seen_in(seen_texts(shown), given) | await witness.changed()
        tally.note(label, found, was_refused=all(one.method == "answerCallbackQuery" for one in shown))

    async def _error(self) -> str:
        """Give the last line of what went wrong, for whoever mends the suite."""
        error = await self.witness.connection.fetchval(
            "SELECT error FROM processed_update WHERE error IS NOT NULL ORDER BY processed_at DESC LIMIT 1"
        )
        return str(error).strip().rpartition("\n")[2][:200]

    # ------------------------------------------------------------------ buttons

    async def forge(self, actions: list[dict[str, Any]], about: dict[str, Any] | None = None) -> tuple[Message, str]:
        """Write a message of the bot's to the attacker that has these actions; give it and its token."""
        update = self.api.say(self.person, "hello")
        message = Message(
            Chat(self.person.id), update["message"]["message_id"] + 1, self.api.me, self.conversation.clock.now(), "?"
        )
        self.api._keep(message)
        token = f"forged-{message.message_id}"
        async with self.app.database.begin(telegram_id=self.person.id) as work:
            await work.outbox.add(
                Outbox(
                    chat_id=self.person.id, method="sendMessage", payload={"text": "?"}, token=token, actions=actions,
                    about=about, message_id=message.message_id, status=OutboxStatus.SENT,
                )
            )  # fmt: skip
        return message, token

    async def press_forged(self, collected: Mapping[str, Iterable[Mapping[str, Any]]]) -> Tally:
        """Press every button with the victim's arguments, as they were collected."""
        tally = Tally("buttons with the victim's ids")
        presses = [(name, args) for name in sorted(collected) for args in collected[name] if name not in OF_EVERYTHING]
        for first in range(0, len(presses), BUTTONS):
            keyboard = presses[first : first + BUTTONS]
            message, token = await self.forge(
                [{"action": name, "args": args, "once": False} for name, args in keyboard]
            )
            for index, (name, args) in enumerate(keyboard):
                update = self.api.press(self.person, message, f"{token}:{index}")
                await self.send(tally, f"{name} {json.dumps(args)}", update, args)
        return tally

    async def press_own(self, action: str, carried: Sequence[Mapping[str, Any]]) -> None:
        """Press buttons of one kind that carry this and that; note which of them made the bot fail."""
        message, token = await self.forge([{"action": action, "args": dict(args), "once": False} for args in carried])
        for index, args in enumerate(carried):
            failures = self.app.metrics.failures()
            await self.app.delivery.deliver(self.api.press(self.person, message, f"{token}:{index}"))
            if self.app.metrics.failures() > failures:
                self.crashes[f"{action} {json.dumps(args)}"] = await self._error()

    async def press_of_everything(self, collected: Mapping[str, Iterable[Mapping[str, Any]]]) -> Tally:
        """Press the buttons that give everything of whoever presses, each under its own message; erasing is last."""
        tally = Tally("exports and erasing, by a stranger")
        for name in OF_EVERYTHING:
            for args in collected[name]:
                message, token = await self.forge([{"action": name, "args": args, "once": False}])
                await self.send(
                    tally, f"{name} {json.dumps(args)}", self.api.press(self.person, message, f"{token}:0"), args
                )
                await self.app.worker.settle()
        return tally

    async def press_stolen(self, tokens: Iterable[str]) -> Tally:
        """Press the victim's own buttons: from the attacker's chat, in a group, and with tampered numbers."""
        tally = Tally("the victim's buttons, elsewhere")
        for chat in (Chat(self.person.id), Chat(self.victim.telegram_id), Chat(-5_000_000, "group", "Gym")):
            self.api.join(chat)
            for token in tokens:
                message = Message(chat, 1, self.api.me, self.conversation.clock.now(), "?")
                for data in (
                    *(f"{token}:{index}" for index in range(3)),
                    *(one.format(token=token) for one in TAMPERED),
                ):
                    await self.send(tally, f"{data} in {chat.type}", self.api.press(self.person, message, data), data)
        return tally

    # ------------------------------------------------------------------ questions, replies, edits

    async def answer_forged(self, collected: Mapping[str, Iterable[Mapping[str, Any]]]) -> Tally:
        """Answer every kind of question that was asked about the victim's things."""
        tally = Tally("questions about the victim's things")
        for kind, many in collected.items():
            for data in many:
                for answer in ANSWERS if self.witness.is_thorough else ANSWERS[:1]:
                    async with self.app.database.begin(telegram_id=self.person.id) as work:
                        await work.dialogues.ask(self.person.id, kind, dict(data))
                    await self.send(tally, f"{kind} {answer!r}", self.api.say(self.person, answer), [data, answer])
        return tally

    async def reply(self, abouts: Iterable[Mapping[str, Any]], message_ids: Iterable[int]) -> Tally:
        """Reply to messages that tell of the victim's things, and to the victim's messages; edit those, too."""
        tally = Tally("replies and edited messages")
        for about in abouts:
            message, _ = await self.forge([], dict(about))
            for text in ("no, 85", "8 reps", "it was squat", "rpe 9"):
                update = self.api.say(self.person, text, reply_to=message.message_id)
                await self.send(tally, f"{text} to {json.dumps(about)}", update, [about, text])
        for chat in (Chat(self.person.id), Chat(self.victim.telegram_id), Chat(-5_000_000, "group", "Gym")):
            for message_id in message_ids:
                await self._reply_and_edit(tally, chat, message_id)
        return tally

    async def _reply_and_edit(self, tally: Tally, chat: Chat, message_id: int) -> None:
        self.api._keep(Message(chat, message_id, self.api.me, self.conversation.clock.now(), "?"))
        for text in ("no, 85", "same", "delete"):
            update = self.api.say(self.person, text, chat=chat, reply_to=message_id)
            await self.send(tally, f"{text} to message {message_id}", update, text)
        own = Message(chat, message_id, self.person.to_json(), self.conversation.clock.now(), "bench 70x5")
        self.api._keep(own)
        update = self.api.edit(self.person, message_id, "bench 70x5 @repscribe_bot", chat=chat)
        await self.send(tally, f"edit of message {message_id}", update)

    # ------------------------------------------------------------------ words

    async def say(self, names: Iterable[str], stolen: Iterable[str]) -> Tally:
        """Say every command with the victim's names and ids, the deep links and file ids among them."""
        tally = Tally("commands, links, names, files")
        names, stolen = list(names), list(stolen)
        for command in COMMANDS:
            for word in ("", *names, *stolen):
                text = f"/{command.name} {word}".strip()
                await self.send(tally, text, self.api.say(self.person, text), text)
        for name in names:
            for text in (name, f"{name} 80x8", f"it was {name}", f"show me {name}", f"@{name}"):
                await self.send(tally, text, self.api.say(self.person, text), text)
        for file_id in stolen:
            update = self.api.hand_over(self.person, (f"{file_id}.txt", b"bench 80x8"))
            update["message"]["document"]["file_id"] = file_id
            await self.send(tally, f"file {file_id}", update, file_id)
        return tally


def everything_of(victim: Owner) -> dict[str, dict[str, Any]]:
    """Give arguments under every name that a button knows, of the victim's rows: handlers take what they look for.

    Some names mean one thing here and another there; each meaning of an id has a set of its own.
    """
    sets = str(rows.own_set(victim))
    slug = str(rows.own_exercise(victim))
    ids = {
        "plan": rows.live_plan(victim), "w": rows.workout(victim), "workout": rows.workout(victim),
        "p": rows.prescription(victim), "prescription": rows.prescription(victim), "set_id": rows.own_set(victim),
        "session": rows.trained_session(victim), "session_id": rows.trained_session(victim),
        "entry": rows.entry(victim), "import": rows.text(victim), "import_id": rows.text(victim),
        "mesocycle": victim.id("mesocycle"), "exercise": rows.own_exercise(victim),
        "exercise_id": rows.own_exercise(victim), "athlete": victim.user_id, "coach": victim.user_id,
    }  # fmt: skip
    plain: dict[str, Any] = {name: str(value) for name, value in ids.items()} | {
        "set_ids": [sets], "key": slug, "page": 0, "offset": 0, "items": 0, "item": 0, "place": [0, 0], "number": 0,
        "version": 1, "by": 1, "week": 1, "weeks": 4, "days": 2, "day": "2026-12-01", "start": "2026-12-07",
        "monday": "2026-11-16", "last": "2026-11-21", "unit": "kg", "language": "en", "order": "sets_reps_weight",
        "group": "chest", "muscle": "chest", "question": "pump", "level": "beginner", "scheme": None, "step": None,
        "what": "next", "category": "push", "span": "week", "on": True,
        "load": {"weight": "80", "unit": "kg", "sign": ""}, "slugs": ["barbell"],
        "preset": "home", "was_on": None, "slug": "barbell", "has": True, "option": 0, "figures": "noted",
        "field": "sets", "text": "3x8", "words": victim.words.exercise, "name": "taken", "sets": {}, "reps": 5,
        "part": "bar", "was": {"exercise_id": slug}, "now": slug,
        "v": 1, "pv": 1, "wv": 1, "e": slug, "line": 1, "places": [[0, 0]], "path": ["exercises", 0], "hash": "0" * 64,
        "value": "20", "facet": "days", "shelf": "own", "weight": "80", "bar": "20", "kind": "name", "options": ["1"],
    }  # fmt: skip
    by_id = {
        "exercise": rows.own_exercise(victim), "workout_session": rows.trained_session(victim),
        "workout_exercise": rows.prescription(victim),
    }  # fmt: skip
    return {table: plain | {"id": str(by_id.get(table) or victim.id(table))} for table in MEANINGS}


# Where a name means something else than elsewhere, or takes words of a list of its own.
OF_ITS_OWN: Final[Mapping[str, Mapping[str, Any]]] = {
    "edit.workout_day": {"day": 3},
    "log.step": {"step": "load+"},
    "meso.answer": {"level": 2},
    "program.ask": {"question": 0},
    "start.unit": {"unit": "metric"},
    "settings.units": {"unit": "metric"},
    "settings.unit_alone": {"unit": "metric"},
    "kit.group": {"group": "racks"},
    "kit.set": {"group": "racks"},
    "kit.preset": {"preset": "home"},
    "day.unskip": {"was_on": "2026-12-01"},
    "program.option": {"place": [0, 0], "option": "1"},
}

# What "id" is; where nothing is said, it is tried with the id of an exercise.
IDS: Final[Mapping[str, str]] = {
    "aliases.": "exercise_alias", "history.session": "workout_session", "stats.feedback": "mesocycle",
    "edit.": "workout_exercise",
}  # fmt: skip


def as_forged(victim: Owner, life: Life | None) -> dict[str, list[dict[str, Any]]]:
    """Give what every button is pressed with: everything of the victim's, as a coach's too, and what a life showed."""
    every = everything_of(victim)
    forged: dict[str, list[dict[str, Any]]] = {}
    for name in ACTIONS:
        values = OF_ITS_OWN.get(name, {})
        table = next((table for start, table in IDS.items() if name.startswith(start)), "exercise")
        lived = life.args.get(name, [])[:5] if life else []
        is_open = life is not None and (not lived or any("id" in args for args in lived))
        forged[name] = [args | dict(values) for args in (every.values() if is_open else [every[table]])]
        if life or name in COACHED:
            forged[name].append(every[table] | dict(values) | {FOR: str(victim.user_id)})
        forged[name] += lived
        for args in forged[name]:
            pressed_args(name, args)  # What no button of today carries would be refused unseen.
    return forged


MEANINGS: Final = ("exercise_alias", "exercise", "workout_session", "mesocycle", "workout_plan", "workout_exercise")


def stolen_ids(victim: Owner) -> list[str]:
    found: list[UUID] = [
        rows.live_plan(victim),
        rows.trained_session(victim),
        rows.own_exercise(victim),
        victim.user_id,
    ]
    return [str(one) for one in found]


def dialogues_of(victim: Owner, life: Life | None) -> dict[str, list[dict[str, Any]]]:
    """Give the data of every kind of question: everything of the victim's, and what was collected."""
    every = everything_of(victim)["exercise"]
    forged = {}
    for kind in DIALOGUES:
        forged[kind] = [every, every | {FOR: str(victim.user_id)}] if life else [every]
        forged[kind] += life.dialogues.get(kind, [])[:3] if life else []
    return forged


__all__ = ["Intruder", "Person", "as_forged", "dialogues_of", "everything_of", "stolen_ids"]
