"""What is typed while a plan is edited, from the text to the changed plan.

A text is kept before it is read. What the user answers by a button goes the same way, with the text and the answers
given so far.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from bot.usecases.own_exercises import create_own, measure_of
from bot.usecases.plan_editing import Changed
from bot.usecases.plan_questions import Args, What, screen_of, stop, version_of
from bot.usecases.plan_understanding import AskFigures, AskName, Misfit, Ready, understand
from bot.usecases.plan_wording import read_exercises
from bot.usecases.plan_writing import write_typed
from bot.usecases.program_doubts import typed_words
from bot.usecases.reading_context import reading_context
from storage.errors import NotFoundError, StaleVersionError
from storage.models import ImportStatus

if TYPE_CHECKING:
    from bot.turn import Turn

KIND: Final = "plan_edit"
"""What an import is whose text changed a plan."""

Told = Changed | AskName | AskFigures | Misfit


async def typed(turn: Turn) -> Told | None:
    """Take what was typed; None where it is something else than was asked for."""
    if turn.dialogue is None:
        return None
    return await tell(turn, {**turn.dialogue.data, "text": turn.text})


async def tell(turn: Turn, args: Args) -> Told | None:
    """Do what was typed, with the answers given so far; the state that the question went by must still be there."""
    what: What = args["what"]
    screen = await screen_of(turn, what, UUID(args["id"]))
    if screen is None:
        await stop(turn)
        return None if turn.press is None else Changed(None, is_stale=True)
    said = await understand(turn, what, screen, args)
    if said is None or isinstance(said, Misfit):
        return said
    args = await _kept(turn, args)
    if version_of(screen, what) != args["version"]:
        await stop(turn)
        return Changed(screen, is_stale=True)
    if not isinstance(said, Ready):
        return replace(said, args={**args, **said.args})
    try:
        changed = await write_typed(turn, what, screen, said, args)
    except (StaleVersionError, NotFoundError):
        changed = Changed(await screen_of(turn, what, UUID(args["id"])), is_stale=True)
    await stop(turn)
    await _settle(turn, args)
    return changed


async def keep_as_own(turn: Turn, args: Args) -> Told | None:
    """Make an exercise of the user's own of the words that were typed, and go on with it."""
    reads = read_exercises(str(args["text"]), await reading_context(turn, None))
    words = typed_words(reads[0]) if reads else str(args["text"]).strip()
    measure = measure_of((reads[0], *reads[0].scheme)) if reads else "weight_reps"
    own = await create_own(turn.work, words, (args["muscle"],), measure)
    return await tell(turn, {**args, "key": str(own.id)})


async def _kept(turn: Turn, args: Args) -> dict[str, Any]:
    """Keep a text that was typed before anything is made of it; one that was kept stays the receipt."""
    if "import" in args or turn.press is not None:
        return dict(args)
    row = await turn.work.imports.receive(
        turn.text, chat_id=turn.chat_id, message_id=turn.message_id, kind=KIND, status=ImportStatus.PREVIEW
    )
    return {**args, "import": str(row.id)}


async def _settle(turn: Turn, args: Args) -> None:
    if "import" in args:
        await turn.work.imports.update(UUID(args["import"]), status=ImportStatus.SAVED, reader="shorthand")
