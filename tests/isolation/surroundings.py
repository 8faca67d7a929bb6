"""A database with a victim and an attacker in it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.bot_api import Shown
from bot.console.conversation import open_conversation
from storage.connecting import open_connection
from storage.database import Database
from tests.conftest import BOT_ROLE
from tests.isolation.conversation import Intruder
from tests.isolation.lives import SECRETS, Life, Liver
from tests.isolation.people import ATTACKERS, VICTIMS, Person, make_person
from tests.isolation.statements import Attacker, connect
from tests.isolation.witness import Connection, Witness
from tests.roles import AT, appoint, take_coach
from tests.server import Server
from tests.storage.everything import LATER

VICTIM, ATTACKER, INTRUDER, LIVER, COACH, STRANGER = range(5_000_501, 5_000_507)


@dataclass
class Scene:
    """The attacker is a coach by role and was the victim's coach once: nobody unrelated may do more."""

    database: Database
    admin: Connection
    bot_address: str
    victim: Person
    attacker: Person
    witness: Witness

    @asynccontextmanager
    async def as_bot(self, person: Person) -> AsyncIterator[Attacker]:
        connection = await connect(self.bot_address, BOT_ROLE)
        try:
            yield Attacker(connection, person, self.witness)
        finally:
            await connection.close()

    @asynccontextmanager
    async def intruder(self, files: Path) -> AsyncIterator[Intruder]:
        seen: list[Shown] = []
        async with open_conversation(self.database, INTRUDER, seen.append, files) as conversation:
            intruder = Intruder(conversation, seen, self.witness, self.victim)
            await intruder.settle_in()
            await was_coach(self.database, self.admin, INTRUDER, self.victim)
            await self.witness.look()
            yield intruder

    @asynccontextmanager
    async def stranger(self, files: Path) -> AsyncIterator[Intruder]:
        """Open the chat of somebody who never had anything to do with the victim."""
        seen: list[Shown] = []
        async with open_conversation(self.database, STRANGER, seen.append, files) as conversation:
            intruder = Intruder(conversation, seen, self.witness, self.victim)
            await intruder.settle_in()
            yield intruder

    async def live(self, files: Path) -> tuple[Life, Witness]:
        """Have somebody live through the conversation; give what was collected, and a witness of theirs."""
        seen: list[Shown] = []
        async with open_conversation(self.database, LIVER, seen.append, files) as conversation:
            liver = Liver(conversation, self.admin)
            await liver.live()
            life = await liver.gather()
            async with self.database.begin(telegram_id=LIVER) as work:
                witness = Witness(self.admin, work.user_id, SECRETS)
        await witness.look()
        return life, witness


async def was_coach(database: Database, admin: Connection, telegram_id: int, athlete: Person) -> None:
    """Make somebody a coach who has coached the athlete, and does not any more.

    Who accepted their invitation is told to coaches, and stands in their log; it is taken out, so that the athlete's id
    gives a leak away here.
    """
    coach = await appoint(database, telegram_id)
    await take_coach(database, athlete.user_id, coach)
    async with database.begin(user_id=coach) as work:
        assert await work.coaching.end(athlete_id=athlete.user_id, coach_id=coach, at=AT)
    await admin.execute(
        "UPDATE audit_log SET actor_id = NULL WHERE user_id = $1 AND table_name = 'coach_invitation'", coach
    )
    for user_id, notice_id in await database.due_notices(LATER):
        if user_id == coach:
            async with database.begin(user_id=coach) as work:
                await work.coaching.take_notice(notice_id)


@asynccontextmanager
async def open_scene(server: Server, database_name: str) -> AsyncIterator[Scene]:
    """Make the victim and the attacker in a migrated database."""
    admin = await open_connection(server.admin_of(database_name))
    database = Database(server.bot_of(database_name), role=BOT_ROLE, pool_size=5)
    try:
        victim = await make_person(database, admin, VICTIM, VICTIMS)
        attacker = await make_person(database, admin, ATTACKER, ATTACKERS)
        await was_coach(database, admin, ATTACKER, victim)
        witness = Witness(admin, victim.user_id, VICTIMS.secrets)
        await victim.look(admin)
        await attacker.look(admin)
        await witness.look()
        yield Scene(database, admin, server.bot_of(database_name), victim, attacker, witness)
    finally:
        await database.close()
        await admin.close()
