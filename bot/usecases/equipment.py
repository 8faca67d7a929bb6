"""The user's own kit: told by buttons, kept with soft delete. Who has told none is allowed everything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from training.equipment_groups import GROUPS, PRESETS

if TYPE_CHECKING:
    from bot.turn import Turn
    from storage.models import Equipment


@dataclass(frozen=True, slots=True)
class KitShown:
    """All equipment there is by slug, and the slugs that the user has. `before` can be put back: it was replaced."""

    names: dict[str, str]
    own: frozenset[str]
    before: tuple[str, ...] = ()

    @property
    def is_told(self) -> bool:
        return bool(self.own)

    def own_in(self, group: str) -> Sequence[str]:
        """Name what the user has of a group, in its order."""
        return [self.names[slug] for slug in GROUPS[group] if slug in self.own]


async def shown(turn: Turn, before: Sequence[str] = ()) -> KitShown:
    """Read the kit."""
    every = await turn.work.equipment.all()
    own = await turn.work.equipment.own()
    return KitShown(names_of(every), frozenset(one.slug for one in own), tuple(before))


def names_of(equipment: Sequence[Equipment]) -> dict[str, str]:
    return {one.slug: one.name for one in equipment}


async def set_one(turn: Turn, slug: str, *, has: bool) -> KitShown:
    """Add a piece to the kit or take it out. Said twice it holds once."""
    kit = turn.work.equipment
    await (kit.add([slug]) if has else kit.remove([slug]))
    return await shown(turn)


async def take_preset(turn: Turn, preset: str) -> KitShown:
    """Make a whole kit the user's."""
    return await replace(turn, sorted(PRESETS[preset]))


async def replace(turn: Turn, slugs: Sequence[str]) -> KitShown:
    """Make these the whole kit; none at all takes back that anything was told."""
    before = sorted(one.slug for one in await turn.work.equipment.own())
    await turn.work.equipment.replace(slugs)
    return await shown(turn, before if set(before) != set(slugs) else ())
