"""An erased account is nowhere: not in another's rows, and not by way of what Telegram brings again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest
import pytest_asyncio

from bot.bot_api import Person
from bot.delivery import Outcome
from storage.database import Database
from tests.bot.conftest import Chat, open_chat
from tests.roles import appoint
from tests.traces import find_traces

NOBODY = "00000000-0000-0000-0000-000000000000"
PROGRAM = "\nDay 1\nBench Press 3x8\nOverhead Press 3x10\n\nDay 2\nSquat 3x5\nDeadlift 1x5"


class Pair:
    """A coach and an athlete with names of their own, at one terminal."""

    def __init__(self, chat: Chat, database: Database, admin: asyncpg.Connection[Any], ids: tuple[int, int]) -> None:
        self.chat = chat
        self.database = database
        self.admin = admin
        self.coach = Person(ids[0], f"Wilhelmina {ids[0]}", f"wilhelmina_{ids[0]}")
        self.athlete = Person(ids[1], f"Anselmo {ids[1]}", f"anselmo_{ids[1]}")

    async def become(self, person: Person) -> None:
        await self.chat.conversation.switch(person.id)
        self.chat.conversation.person = person

    async def id_of(self, person: Person) -> str:
        return str(await self.admin.fetchval('SELECT id FROM "user" WHERE telegram_id = $1', person.id))

    async def erase(self, person: Person) -> None:
        await self.become(person)
        await self.chat.say("/privacy")
        await self.chat.press("Erase my account")
        await self.chat.press("Yes, erase it")
        await self.chat.press("Erase everything for ever")

    async def traces(self, person: Person, user_id: str, *words: str) -> list[str]:
        names = (person.first_name, str(person.username), str(person.id), user_id)
        return await find_traces(self.admin, (*names, *words))


@pytest_asyncio.fixture
async def pair(
    database: Database,
    admin_connection: asyncpg.Connection[Any],
    telegram_id: int,
    other_telegram_id: int,
    tmp_path: Path,
) -> AsyncIterator[Pair]:
    """Two who have met: the coach has seen everything of the athlete's and changed a plan."""
    await appoint(database, telegram_id)
    async with open_chat(database, telegram_id, tmp_path) as chat:
        pair = Pair(chat, database, admin_connection, (telegram_id, other_telegram_id))
        await pair.become(pair.coach)
        await chat.say("/athletes")
        (shown,) = await chat.press("➕ Invite an athlete")
        link = f"/start {shown.text.rpartition('?start=')[2].split()[0]}"
        await pair.become(pair.athlete)
        await train(pair, link)
        await pair.become(pair.coach)
        await look_and_change(chat, pair.athlete.first_name)
        await pair.become(pair.athlete)
        await chat.say("/coach")
        await chat.press(f"End it with {pair.coach.first_name}")
        await chat.press("Keep it")
        yield pair
        assert chat.conversation.app.metrics.failures() == 0, "the bot failed; the log above says where"


async def train(pair: Pair, link: str) -> None:
    chat = pair.chat
    await chat.say(link)
    await chat.press("Accept")
    await chat.press(1)
    await chat.say(f"bench 81x7 like marmoset {pair.athlete.id}")
    await chat.say("/done")
    await chat.say(f"Quokka {pair.athlete.id}\n{PROGRAM}")
    await chat.press("✅ Save")
    await chat.say("/today")


async def look_and_change(chat: Chat, athlete: str) -> None:
    for section in ("🏋️ Sessions", "🏆 Records", "📖 Plans"):
        await chat.say("/athletes")
        await chat.press(athlete)
        await chat.press(section)
        await chat.press(1)
    await chat.press("✏️ Rename")
    await chat.say("Numbat")
    await chat.say("/athletes")
    await chat.press(athlete)
    await chat.press("Stop coaching")
    await chat.press("Keep it")
    await chat.conversation.app.worker.settle()


@pytest.mark.parametrize("is_coach", [False, True], ids=["the athlete", "the coach"])
async def test_nothing_of_the_erased_is_in_any_column_of_any_table(pair: Pair, *, is_coach: bool) -> None:
    person, other = (pair.coach, pair.athlete) if is_coach else (pair.athlete, pair.coach)
    user_id, other_id = await pair.id_of(person), await pair.id_of(other)
    assert len(await pair.traces(person, user_id)) > 20
    await pair.erase(person)
    own_words = () if is_coach else (f"marmoset {person.id}", f"quokka {person.id}")
    (trace,) = await pair.traces(person, user_id, *own_words)
    assert trace.startswith("audit_log: ")
    assert '"action": "erase"' in trace
    # The other one's log still tells what happened, and whose the rows are; only who it was is nobody now.
    actors = "SELECT DISTINCT actor_id::text FROM audit_log WHERE user_id::text = $1"
    assert {row[0] for row in await pair.admin.fetch(actors, other_id)} >= {other_id, NOBODY}
    assert len(await pair.traces(other, other_id)) > 20
    await pair.become(other)
    await pair.chat.say("/athletes" if other is pair.coach else "/coach")
    assert person.first_name not in pair.chat.last.text


async def test_what_took_effect_before_comes_again_and_makes_nobody(pair: Pair) -> None:
    """Telegram brings an update again where the answer to it was lost, after the erasure too."""
    await pair.become(pair.athlete)
    chat, athlete = pair.chat, pair.athlete
    said = chat.conversation.api.say(athlete, f"squat 101x3 said before {athlete.id} ends")
    assert await chat.conversation.app.delivery.deliver(said) is Outcome.DONE
    user_id = await pair.id_of(athlete)
    await pair.erase(athlete)
    assert await chat.conversation.app.delivery.deliver(said) is Outcome.REPEATED
    assert len(await pair.traces(athlete, user_id, f"before {athlete.id} ends")) == 1
    await chat.say("/start")
    assert await chat.conversation.app.delivery.deliver(said) is Outcome.REPEATED
    assert await pair.id_of(athlete) != user_id
    assert "squat" not in (await chat.say("/history"))[0].text.lower()
