"""The whole attack, some minutes: `python -m tests.isolation` prints the figures; exit code 1 where there is a leak."""

from __future__ import annotations

import asyncio
import logging
import sys
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

from storage.migrating import bring_up_to_date
from tests.conftest import BOT_ROLE
from tests.isolation import repositories, statements
from tests.isolation.coaches import as_coach
from tests.isolation.conversation import as_forged, dialogues_of, everything_of, stolen_ids
from tests.isolation.pool import interleave
from tests.isolation.surroundings import COACH, Scene, open_scene
from tests.isolation.tally import Tally, as_table
from tests.roles import AT, appoint, take_coach
from tests.server import running_server


async def attack_storage(scene: Scene) -> AsyncIterator[Tally]:
    """Attack by SQL and by repositories."""
    failed = await repositories.control(scene.database, scene.victim)
    print("not possible for the owner either:", ", ".join(failed) or "nothing")
    async with scene.as_bot(scene.attacker) as attacker:
        yield await statements.nobody(attacker)
        yield await statements.tables(scene.admin, attacker, scene.victim)
        yield await statements.foreign_keys(scene.admin, attacker, scene.victim)
        yield await statements.functions(scene.admin, attacker, scene.victim)
        yield await statements.the_rest(scene.admin, attacker, scene.victim)
        yield await as_coach(attacker, scene.victim, is_accepted=False)
    async for tally in attack_as_coach(scene):
        yield tally
    yield await repositories.attack(scene.database, scene.admin, scene.witness, scene.victim, scene.attacker)
    yield await interleave(scene.database, range(5_100_000, 5_100_050))


async def attack_as_coach(scene: Scene) -> AsyncIterator[Tally]:
    coach = await appoint(scene.database, COACH)
    await take_coach(scene.database, scene.victim.user_id, coach)
    await scene.witness.look()
    async with scene.as_bot(type(scene.attacker)(coach, COACH, scene.attacker.words)) as attacker:
        yield await as_coach(attacker, scene.victim, is_accepted=True)
    async with scene.database.begin(user_id=coach) as work:
        await work.coaching.end(athlete_id=scene.victim.user_id, coach_id=coach, at=AT)
    await scene.witness.look()


async def attack_conversation(scene: Scene, files: Path) -> AsyncIterator[Tally]:
    """Attack through the conversation, with what the life of another victim has shown."""
    life, liver = await scene.live(files / "life")
    print(
        f"collected: {len(life.args)} actions, {sum(map(len, life.args.values()))} buttons,"
        f" {len(life.dialogues)} questions"
    )
    async with scene.intruder(files / "intruder") as intruder:
        intruder.witnesses.append(liver)
        yield await intruder.press_stolen(["smorgel-token", *life.tokens[:12]])
        yield await intruder.answer_forged(dialogues_of(scene.victim, life))
        yield await intruder.reply(
            [everything_of(scene.victim)["exercise"], *life.abouts[:40]], [71, 72, *life.message_ids[:12]]
        )
        yield await intruder.say([scene.victim.words.exercise, scene.victim.words.plan], stolen_ids(scene.victim))
        yield await intruder.press_forged(as_forged(scene.victim, life))
    async with scene.stranger(files / "stranger") as stranger:
        stranger.witnesses.append(liver)
        yield await stranger.press_of_everything(as_forged(scene.victim, life))


async def main() -> int:
    logging.disable(logging.CRITICAL)
    tallies = []
    with running_server() as server, tempfile.TemporaryDirectory(prefix="repscribe-isolation-") as files:
        async with server.throwaway() as name:
            await bring_up_to_date(server.owner_of(name), BOT_ROLE)
            async with open_scene(server, name) as scene:
                for attack in (attack_storage(scene), attack_conversation(scene, Path(files))):
                    async for tally in attack:
                        print(f"{tally.area}: {tally.attempts:,} attempts, {len(tally.leaks)} leaks", flush=True)
                        tallies.append(tally)
                crossing = await statements.rows_across_users(scene.admin)
    leaks = [leak for tally in tallies for leak in tally.leaks] + crossing
    print(f"\n{as_table(tallies)}\n\nrows that point at another user's: {len(crossing)}")
    print(*leaks, sep="\n")
    return 1 if leaks else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
