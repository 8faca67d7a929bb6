"""What of a program the user's kit does not allow, and a substitute for it with one tap.

Nothing is marked for who has told no kit. What is put in another exercise's place keeps its sets and repetitions; loads
were meant for the other exercise and are left open.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.usecases.program_draft import Draft
from bot.usecases.substitute_choices import best_for
from bot.usecases.swap_targets import lacking
from storage.repositories.exercises import key_of

if TYPE_CHECKING:
    from bot.turn import Turn


@dataclass(frozen=True, slots=True)
class Lack:
    """What an exercise needs and the user has not; `key` and `name` are those of the substitute, if there is one."""

    needs: tuple[str, ...]
    exercise: str
    key: str | None = None
    name: str | None = None


async def lacks_of(turn: Turn, draft: Draft) -> dict[str, Lack]:
    """Find the exercises of a program that the kit does not allow, by their keys."""
    if await turn.work.equipment.slugs() is None:
        return {}
    keys = dict.fromkeys(item.key for _, item in draft.kept if item.key is not None)
    rows = await turn.work.exercises.find_by_keys(keys)
    missing = await lacking(turn, [row.id for row in rows.values()])
    if not missing:
        return {}
    best = await best_for(turn, missing)
    stand_ins = await turn.work.exercises.get_many([lift.id for lift in best.values()])
    lacks = {
        key: Lack(missing[rows[key].id], rows[key].name) for key in keys if key in rows and rows[key].id in missing
    }
    for key, lack in lacks.items():
        if (lift := best.get(rows[key].id)) is not None and lift.id in stand_ins:
            lacks[key] = replace(lack, key=key_of(stand_ins[lift.id]), name=lift.name)
    return lacks
