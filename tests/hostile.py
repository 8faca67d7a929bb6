"""`make hostile`: messages made to harm the bot, from many users, and a quick log of somebody else in between.

    python -m tests.hostile --messages 10000

What is sent: texts that are huge, deep, endless, in every direction of writing, with NULs and half characters, bait
for regular expressions, numbers beyond all bounds, tables without end; presses of buttons that never were; edits of
everything; files that are bombs; updates whose parts have wrong types. What is watched: memory, and the quick logs.
"""

from __future__ import annotations

import argparse
import asyncio
import copy
import io
import os
import random
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

from bot.bot_api import Person, Shown
from bot.console.conversation import Conversation, open_conversation
from storage import embedded
from storage.database import Database
from storage.embedded import EmbeddedPostgres
from storage.migrating import bring_up_to_date
from tests.server import Server

EVERY = 100
"""After so many hostile messages the other user logs a set."""
FULL = 4096
PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


@dataclass
class Report:
    """What was sent and what it did. Memory is in MiB, after the first tenth of the messages and at the end."""

    sent: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    quick_seconds: list[float] = field(default_factory=list)
    unanswered: int = 0
    slowest: tuple[float, str] = (0.0, "")
    warm: float = 0.0
    end: float = 0.0


def resident() -> float:
    """Give the memory of this process in MiB."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * PAGE_BYTES / 2**20


def bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("log.txt", b"0" * 20_000_000)
    return packed.getvalue()


def texts(chance: random.Random) -> list[tuple[str, str]]:
    """List the texts, each under a name."""
    words = ["pres", "bnech", "sqat", "80x8", "@9", "kg", "жим", "3x5", "-", "\n", "RIR", "1e9", "%"]
    filler = {
        "a letter": "a", "digits": "9", "products": "80x", "a product of products": "8x8x8x8x8x8", "slashes": "8/8/8/",
        "emoji": "🏋️‍♀️", "right to left": "‮بنش80x8 ", "zero width": "\u200b\u200d",
        "NULs": "\0", "halves": "\ud83d",
        "accents": "e\u0301\u0302\u0303\u0304", "lines": "\n", "tabs": "80\t8\t", "brackets": "((((", "quotes": '"\'`',
        "bait": "aaaaaaaaaaaaaaaaaaaaaaaa! ", "more bait": "1.1.1.1.1.1,1,1,", "html": "<b><i>&lt;&#0;",
        "json": '{"a":[',
        "sql": "'; DROP TABLE exercise_set; --", "format": "%s%n{0}{}", "commas": "80,8,", "ranges": "8-8-8-8-",
        "numbers": "99999999999999999999x99999999999 ", "small": "0.0000000000001x1 ", "bench": "bench 80x8\n",
        "names": "bench press squat deadlift row curl ", "dates": "2026-02-30 31/31/31 ", "sets": "1x1,", "plus": "+1 ",
        "commands": "/export /chart /done ", "mentions": "@repscribe_bot ",
    }  # fmt: skip
    found = [(name, (part * FULL)[:FULL]) for name, part in filler.items()]
    found += [(f"noise {n}", " ".join(chance.choices(words, k=700))[:FULL]) for n in range(6)]
    found += [(f"characters {n}", "".join(chr(chance.randrange(1, 0xD7FF)) for _ in range(FULL))) for n in range(4)]
    commands = ("history", "records", "plates", "tm", "next", "swap", "chart", "plan", "progression", "level", "start")
    found += [(f"/{name}", f"/{name} " + "9" * 4000) for name in commands]
    return [*found, ("nothing", ""), ("a space", " "), ("one", "1"), ("a set", "bench 80x8"), ("undo", "undo")]


class Attack:
    """The hostile users, and the one who only wants to train."""

    def __init__(self, conversation: Conversation, people: list[Person], lifter: Person, seed: int = 1) -> None:
        self._conversation = conversation
        self._api = conversation.api
        self._people = people
        self._lifter = lifter
        self._chance = random.Random(seed)
        self._texts = texts(self._chance)
        self._bomb = bomb()
        self._shown: list[Shown] = []
        self._api.listeners.append(self._shown.append)
        self.report = Report()

    async def run(self, messages: int) -> Report:
        for number in range(messages):
            if number == messages // 10:
                self.report.warm = resident()
            await self._send(*self._next(number))
            if number % EVERY == EVERY - 1:
                await self._log_quickly(number)
        await self._conversation.app.worker.settle()
        self.report.end = resident()
        return self.report

    def _next(self, number: int) -> tuple[str, dict[str, Any]]:
        person, drawn = self._chance.choice(self._people), self._chance.random()
        if drawn < 0.6:
            name, said = self._texts[number % len(self._texts)]
            return name, self._api.say(person, said)
        if drawn < 0.75:
            return "press", self._press(person)
        if drawn < 0.88:
            return "edit", self._edit(person)
        if drawn < 0.92:
            name = self._chance.choice(["log.txt", "log.csv", "‮txt.zip", "a" * 5000, ""])
            content = self._chance.choice([self._bomb, b"\0" * 1000, b"x" * 999_999, b""])
            return "file", self._api.hand_over(person, (name, content), "9x" * 500)
        return "misshapen", self._misshapen(person)

    def _press(self, person: Person) -> dict[str, Any]:
        messages = self._api.messages(person.id)[-5:]
        keys = [button.get("callback_data", "") for one in messages for button in one.buttons]
        data = self._chance.choice(
            [*keys, "", ":", "x:0", "a" * 64, "token:-1", "token:99999999999999999999", ":²", "٣:٣"]
        )
        if not messages:
            self._api.say(person, "x")
        return self._api.press(person, self._api.messages(person.id)[-1], data)

    def _edit(self, person: Person) -> dict[str, Any]:
        own = [one for one in self._api.messages(person.id)[-9:] if one.sender["id"] == person.id]
        if not own:
            return self._api.say(person, "bench 80x8")
        _, said = self._chance.choice(self._texts)
        return self._api.edit(person, self._chance.choice(own).message_id, said)

    def _misshapen(self, person: Person) -> dict[str, Any]:
        update = copy.deepcopy(self._api.say(person, "bench 80x8"))
        deep: Any = 1
        for _ in range(300):
            deep = {"a": [deep]}
        wrong: list[Callable[[dict[str, Any]], Any]] = [
            lambda m: m.update(text={"a": 1}), lambda m: m.update(text=["x"] * 999), lambda m: m.update(date="now"),
            lambda m: m.update(date=10**18), lambda m: m.update(message_id="x"), lambda m: m.update(entities=deep),
            lambda m: m.update(reply_to_message=deep), lambda m: m.update(chat=deep), lambda m: m.update(location=7),
            lambda m: m["from"].update(first_name="x" * 99_999), lambda m: m["from"].update(language_code=["en"]),
            lambda m: m.update(message_id=2**70), lambda m: m.update(caption="x" * 9999), lambda m: m.pop("text"),
        ]  # fmt: skip
        self._chance.choice(wrong)(update["message"])
        return update

    async def _send(self, name: str, update: dict[str, Any]) -> None:
        began = perf_counter()
        outcome = await self._conversation.app.delivery.deliver(update)
        took = perf_counter() - began
        self.report.sent[name.partition(" ")[0] if name.startswith(("noise", "char")) else name] += 1
        self.report.outcomes[outcome] += 1
        self.report.slowest = max(self.report.slowest, (took, name))
        self._forget()

    async def _log_quickly(self, number: int) -> None:
        """Log a set of the other user's beside a hostile message, and see that it is answered."""
        before = len(self._shown)
        hostile = asyncio.create_task(self._send("beside", self._api.say(self._people[0], self._texts[0][1])))
        began = perf_counter()
        await self._conversation.app.delivery.deliver(self._api.say(self._lifter, f"bench {60 + number % 50}x5"))
        self.report.quick_seconds.append(perf_counter() - began)
        await hostile
        await self._conversation.app.background.settle()
        mine = [one for one in self._shown[before:] if one.chat_id == self._lifter.id]
        self.report.unanswered += not any("Barbell Bench Press" in one.text for one in mine)
        self._shown.clear()

    def _forget(self) -> None:
        """The played Telegram keeps everything that was ever said; what it keeps is not the bot's memory."""
        self._api.calls.clear()
        for messages in (self._api._messages, self._api._contents, self._api._queries):
            kept: Any = messages
            while len(kept) > 200:
                del kept[next(iter(kept))]


@asynccontextmanager
async def opened(database: Database, lifter: int, files: Path, **limits: Any) -> Any:
    async with open_conversation(database, lifter, lambda shown: None, files, **limits) as conversation:
        yield conversation


def people_from(first: int, count: int = 5) -> Iterator[Person]:
    return (Person(first + number) for number in range(count))


async def attack(messages: int, per_minute: int) -> Report:
    """Attack a bot on a database of its own."""
    with tempfile.TemporaryDirectory(prefix="repscribe-hostile-") as home:
        postgres = EmbeddedPostgres(Path(home))
        postgres.start()
        try:
            roles = (embedded.SUPERUSER, embedded.OWNER, embedded.BOT_ROLE)
            server = Server(*(postgres.address("postgres", role) for role in roles), embedded.OWNER)
            async with server.throwaway() as name:
                await bring_up_to_date(server.owner_of(name), embedded.BOT_ROLE)
                database = Database(server.bot_of(name), role=embedded.BOT_ROLE)
                async with opened(database, 1_000, Path(home), messages_per_minute=per_minute) as conversation:
                    found = await Attack(conversation, list(people_from(2_000)), Person(1_000)).run(messages)
                await database.close()
        finally:
            postgres.release()
            postgres.stop()
    return found


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.hostile")
    parser.add_argument("--messages", type=int, default=5_000)
    parser.add_argument("--per-minute", type=int, default=1_000_000, help="the limit; the usual one holds most back")
    wanted = parser.parse_args()
    found = asyncio.run(attack(wanted.messages, wanted.per_minute))
    quick = sorted(found.quick_seconds)
    sys.stdout.write(
        f"{sum(found.sent.values()):,} hostile messages of {len(found.sent)} kinds: {dict(found.outcomes)}\n"
        f"memory: {found.warm:.0f} MiB after a tenth, {found.end:.0f} MiB at the end\n"
        f"slowest: {found.slowest[0] * 1000:.0f} ms ({found.slowest[1]})\n"
        f"quick logs of another user beside them: {len(quick)}, unanswered {found.unanswered}, "
        f"median {quick[len(quick) // 2] * 1000:.0f} ms, longest {quick[-1] * 1000:.0f} ms\n"
    )
    return 1 if found.unanswered else 0


if __name__ == "__main__":
    sys.exit(main())
