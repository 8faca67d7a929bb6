"""Buttons that carry too little, or something else than they should: they are too old, and the bot does not fail."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, ClassVar

import pytest
import pytest_asyncio

from bot import pressed_args
from bot.bot_api import Shown
from bot.console.conversation import open_conversation
from bot.pressed_args import OutdatedButtonError, PressedArgs
from bot.routes import ACTIONS
from tests.isolation.conversation import OF_EVERYTHING, Intruder, as_forged
from tests.isolation.surroundings import Scene, open_scene
from tests.server import Server

WRONG: tuple[Any, ...] = ("nonsense", 7, None)
MOST_ARGUMENTS = 12
NOBODYS = "018f0000-0000-7000-8000-000000000000"


class Noted(PressedArgs):
    """Arguments that note what is asked of them and is not there."""

    missed: ClassVar[list[str]] = []

    def __missing__(self, name: str) -> Any:
        self.missed.append(name)
        return super().__missing__(name)


@pytest_asyncio.fixture(scope="module")
async def scene(server: Server, database_name: str) -> AsyncIterator[Scene]:
    async with open_scene(server, database_name) as scene:
        yield scene


async def test_no_button_fails_whatever_it_carries(
    scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The owner's buttons: without arguments, with one more that was missed each time, then with wrong ones."""
    monkeypatch.setattr(pressed_args, "PressedArgs", Noted)
    every = as_forged(scene.victim, None)
    taken: dict[str, dict[str, Any]] = {}
    shown: list[Shown] = []
    async with open_conversation(scene.database, scene.victim.telegram_id, shown.append, tmp_path) as conversation:
        owner = Intruder(conversation, shown, scene.witness, scene.victim)
        for action in sorted(ACTIONS.keys() - set(OF_EVERYTHING)):
            taken[action] = await fill(owner, action, every[action][0])
            spoiled = [{**taken[action], name: wrong} for name in taken[action] for wrong in WRONG]
            await owner.press_own(action, spoiled)
    assert owner.crashes == {}
    assert sum(bool(args) for args in taken.values()) > 100, "else nothing was spoiled"


async def fill(owner: Intruder, action: str, every: dict[str, Any]) -> dict[str, Any]:
    """Press a button again and again, with one argument more of those it asks for; give them all."""
    args: dict[str, Any] = {}
    for _ in range(MOST_ARGUMENTS):
        Noted.missed.clear()
        await owner.press_own(action, [args])
        if not Noted.missed:
            return args
        args |= {name: every[name] for name in Noted.missed}
    raise AssertionError(f"{action} is never content: {args}")


@pytest.mark.parametrize(
    ("action", "args"),
    [
        ("log.which", {"import_id": NOBODYS, "item": 0, "key": "barbell-back-squat"}),
        ("history.exercise", {"id": NOBODYS, "offset": 0}),
        ("chart.lift", {"id": NOBODYS, "months": 3}),
    ],
)
async def test_what_is_not_there_any_more_is_gone(
    scene: Scene, tmp_path: Path, action: str, args: dict[str, Any]
) -> None:
    shown: list[Shown] = []
    async with open_conversation(scene.database, scene.victim.telegram_id, shown.append, tmp_path) as conversation:
        owner = Intruder(conversation, shown, scene.witness, scene.victim)
        await owner.press_own(action, [args])
        await conversation.app.background.settle()
    assert owner.crashes == {}
    assert [one.text for one in shown] == ["That is no longer there."]


@pytest.mark.parametrize(
    ("action", "args"),
    [
        ("settings.language", {"language": "nonsense"}),
        ("kit.preset", {}),
        ("kit.change", {"value": "nan"}),
        ("edit.own", {"what": "add"}),
    ],
)
def test_what_no_button_of_today_carries_is_too_old(action: str, args: dict[str, Any]) -> None:
    with pytest.raises(OutdatedButtonError):
        _ = pressed_args.pressed_args(action, args)["preset"]
