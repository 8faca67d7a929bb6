"""Nobody gets at another's rows: the fast part of the attack. `make isolation` runs all of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from bot.routes import ACTIONS
from tests.conftest import BOT_ROLE
from tests.isolation import repositories, statements
from tests.isolation.coaches import as_coach
from tests.isolation.conversation import OF_EVERYTHING, as_forged, dialogues_of, everything_of
from tests.isolation.pool import interleave
from tests.isolation.surroundings import STRANGER, Scene, open_scene
from tests.isolation.tally import Tally
from tests.server import Server

# What these do is not for the person who is attacked here, whoever asks.
NOT_FOR_THE_OWNER = {
    "coaching.as_coach_of": "nobody coaches themselves",
    "coaching.figures": "for admins",
    "coaching.invite": "for coaches",
}

# These tell a stale version by what they return.
RETURN_FALSE = {"dialogues.close"}


@pytest_asyncio.fixture(scope="module")
async def scene(server: Server, database_name: str) -> AsyncIterator[Scene]:
    async with open_scene(server, database_name) as scene:
        scene.witness.is_thorough = False
        yield scene


async def safe(scene: Scene, tally: Tally, attempts: int) -> None:
    """Check that there were attempts, and that none of them got anywhere."""
    assert tally.leaks == []
    assert await scene.witness.changed(at_last=True) == set()
    assert tally.attempts >= attempts
    assert await statements.rows_across_users(scene.admin) == []


async def test_the_witness_sees_what_there_is_to_be_seen(scene: Scene) -> None:
    """The victim's own work shows the victim's rows, and a change is noticed: else no leak would ever be found."""
    async with scene.database.begin(user_id=scene.victim.user_id) as work:
        seen = scene.witness.seen_in(await repositories.everything(work))
        plan = (await work.plans.own())[0].plan
        assert scene.witness.words <= seen
        assert str(plan.id) in scene.witness.seen_in(plan)
        await work.users.set_timezone("Asia/Tokyo")
    assert await scene.witness.changed(at_last=True) == {"audit_log was changed", "user was changed"}


async def test_every_method_works_for_its_owner(scene: Scene) -> None:
    """With arguments that fail for the owner as well, an attack would prove nothing."""
    failed = await repositories.control(scene.database, scene.victim)
    assert failed.keys() == NOT_FOR_THE_OWNER.keys(), failed


async def test_stale_versions_are_refused(scene: Scene) -> None:
    outcome = await repositories.stale_versions(scene.database, scene.victim)
    assert len(outcome) > 20
    assert {method for method, came in outcome.items() if came != "refused"} == RETURN_FALSE


async def test_no_method_of_a_repository_gives_anything_away(scene: Scene) -> None:
    await safe(
        scene,
        await repositories.attack(scene.database, scene.admin, scene.witness, scene.victim, scene.attacker),
        250,
    )


async def test_no_statement_gives_anything_away(scene: Scene) -> None:
    await scene.attacker.look(scene.admin)
    async with scene.as_bot(scene.attacker) as attacker:
        await safe(scene, await statements.nobody(attacker), 90)
        await safe(scene, await statements.tables(scene.admin, attacker, scene.victim), 1000)
        await safe(scene, await statements.functions(scene.admin, attacker, scene.victim), 100)
        await safe(scene, await statements.the_rest(scene.admin, attacker, scene.victim), 40)
        await safe(scene, await as_coach(attacker, scene.victim, is_accepted=False), 700)


async def test_no_row_can_point_at_anothers(scene: Scene) -> None:
    async with scene.as_bot(scene.attacker) as attacker:
        tally = await statements.foreign_keys(scene.admin, attacker, scene.victim)
    await safe(scene, tally, 100)
    keys = await scene.admin.fetch(statements.FOREIGN_KEYS)
    owned = scene.witness.tables
    inner = {
        key["name"] for key in keys if {key["child"], key["parent"]} <= set(owned) and key["columns"] != ["user_id"]
    }
    assert {attempt.partition(" ")[0] for attempt in tally.refusals} == inner, "each key has been refused at least once"
    assert tally.empty == 0, "each has to be refused: what finds no row to change proves nothing"


async def test_the_bot_may_neither_refer_to_tables_nor_hook_into_them(scene: Scene) -> None:
    rights = ("REFERENCES", "TRIGGER", "TRUNCATE")
    asked = "SELECT has_table_privilege($1, quote_ident($2), $3)"
    for table in scene.witness.tables:
        held = [right for right in rights if await scene.admin.fetchval(asked, BOT_ROLE, table, right)]
        assert held == [], table


async def test_pooled_connections_carry_nobody_over(scene: Scene) -> None:
    await safe(scene, await interleave(scene.database, range(5_200_000, 5_200_025), tasks=200), 300)


async def test_no_button_gives_anything_away(scene: Scene, tmp_path: Path) -> None:
    async with scene.intruder(tmp_path) as intruder:
        await safe(scene, await intruder.press_stolen(["smorgel-token"]), 30)
        await safe(scene, await intruder.answer_forged(dialogues_of(scene.victim, None)), 10)
        await safe(scene, await intruder.reply([everything_of(scene.victim)["exercise"]], [71, 72]), 20)
        await safe(scene, await intruder.press_forged(as_forged(scene.victim, None)), len(ACTIONS) - len(OF_EVERYTHING))
        assert intruder.crashes == {}, "an argument that everything_of does not know?"


async def test_exports_and_erasing_are_of_whoever_asks(scene: Scene, tmp_path: Path) -> None:
    async with scene.stranger(tmp_path) as stranger:
        await safe(scene, await stranger.press_of_everything(as_forged(scene.victim, None)), len(OF_EVERYTHING))
        assert stranger.crashes == {}
    async with scene.database.begin(telegram_id=STRANGER, lock=False) as work:
        assert await work.plans.own() == [], "the stranger is erased, and nobody else"
