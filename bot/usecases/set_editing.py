"""Changing a stored set by buttons or by figures typed after "edit"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final
from uuid import UUID

from bot.usecases.logged_lines import LoggedLine, describe
from bot.usecases.performed import Performed, columns, from_row
from bot.usecases.reading_context import FRESH, unit_of
from storage.models import ConfidenceLevel

if TYPE_CHECKING:
    from bot.turn import Turn
    from storage.models import ExerciseSet

EDIT_DIALOGUE: Final = "log_edit"
LOAD_STEPS: Final = {"kg": Decimal("2.5"), "lb": Decimal(5)}
SECONDS_STEP: Final = 5


@dataclass(frozen=True, slots=True)
class SetChoice:
    """Which set is being changed; several to choose from when it is not clear yet. `steps` are what buttons offer."""

    line: LoggedLine
    steps: tuple[str, ...] = ()

    @property
    def set_id(self) -> UUID | None:
        return self.line.set_ids[0] if len(self.line.set_ids) == 1 else None


async def begin(turn: Turn, set_ids: Sequence[UUID]) -> Sequence[SetChoice] | None:
    """Begin to change one of these sets, and listen for its figures. None when none of them is left."""
    rows = await live(turn, set_ids)
    if not rows:
        return None
    data = {"set_ids": [str(row.id) for row in rows]}
    await turn.work.dialogues.ask(turn.chat_id, EDIT_DIALOGUE, data, expires_at=turn.now + FRESH, asked_at=turn.now)
    return await _choices(turn, rows)


async def _choices(turn: Turn, rows: Sequence[ExerciseSet]) -> Sequence[SetChoice]:
    lines = await describe(turn, rows)
    if len(rows) > 1:
        return [SetChoice(line) for line in lines]
    return [SetChoice(lines[0], steps_for(from_row(rows[0])))]


def steps_for(performed: Performed) -> tuple[str, ...]:
    """Name the changes that make sense for a set, as buttons offer them."""
    counted = ("reps-", "reps+") if performed.reps is not None else ()
    timed = ("seconds-", "seconds+") if performed.seconds is not None and performed.reps is None else ()
    loaded = ("load-", "load+") if performed.weight is not None else ()
    return (*counted, *timed, *loaded, "working" if performed.is_warmup else "warmup")


async def step(turn: Turn, set_id: UUID, name: str) -> Sequence[SetChoice] | None:
    """Change one figure of a set by one step."""
    rows = await live(turn, [set_id])
    if not rows:
        return None
    changed = stepped(from_row(rows[0]), name, unit_of(turn.user))
    if changed is not None:
        await turn.work.sets.amend(
            set_id, rows[0].version, confidence_level=ConfidenceLevel.HIGH, read_by="user", **columns(changed)
        )
    return await _choices(turn, await live(turn, [set_id]))


def stepped(performed: Performed, name: str, unit: str) -> Performed | None:
    """Give the set one step further; None where there is nothing left to take away."""
    sign = -1 if name.endswith("-") else 1
    if name.startswith("reps") and performed.reps is not None:
        return replace(performed, reps=performed.reps + sign) if performed.reps + sign >= 0 else None
    if name.startswith("seconds") and performed.seconds is not None:
        seconds = performed.seconds + sign * SECONDS_STEP
        return replace(performed, seconds=seconds) if seconds > 0 else None
    if name.startswith("load") and performed.weight is not None:
        weight = performed.weight + sign * LOAD_STEPS[performed.unit or unit]
        return replace(performed, weight=weight) if weight >= 0 else None
    if name in ("warmup", "working"):
        return replace(performed, kind=name)
    return None


async def end(turn: Turn, set_id: UUID) -> tuple[LoggedLine, ...]:
    """Stop listening for figures, and describe the set as it is now."""
    await stop_listening(turn)
    return await describe(turn, await live(turn, [set_id]))


async def stop_listening(turn: Turn) -> None:
    dialogue = await turn.work.dialogues.find(turn.chat_id)
    if dialogue is not None and dialogue.kind == EDIT_DIALOGUE:
        await turn.work.dialogues.close(turn.chat_id)


async def remove(turn: Turn, set_id: UUID) -> tuple[LoggedLine, ...]:
    """Delete a set, and describe what it was."""
    rows = await live(turn, [set_id])
    lines = await describe(turn, rows)
    if rows:
        await turn.work.sets.delete([set_id])
    await stop_listening(turn)
    return lines


async def put_back(turn: Turn, set_id: UUID) -> tuple[LoggedLine, ...]:
    """Restore a set that was deleted, and describe it; nothing when it is there already."""
    row = await turn.work.sets.find(set_id)
    if row is None or row.deleted_at is None:
        return ()
    await turn.work.sets.restore([set_id])
    return await describe(turn, await live(turn, [set_id]))


async def live(turn: Turn, set_ids: Sequence[UUID]) -> list[ExerciseSet]:
    """Find those of the sets that are not deleted, in the order given."""
    rows = await turn.work.sets.get_many(set_ids)
    return [rows[one] for one in set_ids if one in rows and rows[one].deleted_at is None]
