"""Calisthenics in the chat: levels in push, pull and squat, what is mastered, and what is missing.

Mastery and levels follow from the sets. Who looks sees them as the sets are; they are kept, and their news told, when a
session closes and when sets are changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from bot.usecases.suggestions import kit_needed
from training.calisthenics import CATEGORIES, HIGHEST, LEAST_MASTERED, Standing, is_passed, level_of
from training.substitution import missing_kit

if TYPE_CHECKING:
    from bot.turn import Turn
    from storage.models import Exercise
    from storage.repositories.mastery import SkillStanding


@dataclass(frozen=True, slots=True)
class Category:
    """Where the user is in push, pull or squat. `lacking` is the kit that skills need and the user has not, by name."""

    name: str
    level: int
    skills: tuple[SkillStanding, ...]
    lacking: Mapping[UUID, tuple[str, ...]]

    def at(self, level: int) -> tuple[SkillStanding, ...]:
        return tuple(one for one in self.skills if one.level == level)

    def is_passed(self, level: int) -> bool:
        """Tell whether a level is behind the user, by itself or by a higher one."""
        return level < self.level or is_passed([one.standing for one in self.at(level)])

    def mastered(self, level: int) -> int:
        return sum(one.standing.is_mastered for one in self.at(level))

    def missing(self, level: int) -> tuple[SkillStanding, ...]:
        """List what is trained at a level and not mastered."""
        return tuple(one for one in self.at(level) if one.standing.sessions and not one.standing.is_mastered)

    def still_to_master(self, level: int) -> int:
        """Count how many more skills of a level have to be mastered, beside those that are being learned."""
        return max(0, LEAST_MASTERED - self.mastered(level) - len(self.missing(level)))

    def needs(self, skill: SkillStanding) -> tuple[str, ...]:
        return self.lacking.get(skill.exercise.id, ())

    @property
    def to_try(self) -> SkillStanding | None:
        """Find what comes next of this level: what the kit allows, before what it does not."""
        untried = [one for one in self.at(self.level) if not one.standing.is_mastered]
        return min(untried, key=lambda one: bool(self.needs(one)), default=None)

    @property
    def working_on(self) -> tuple[SkillStanding, ...]:
        """List what the user trains and has not mastered, the hardest last; nothing from before the level."""
        return tuple(one for level in range(self.level, HIGHEST + 1) for one in self.missing(level))


async def overview(turn: Turn) -> tuple[Category, ...]:
    """Look at push, pull and squat."""
    return tuple([await category(turn, name) for name in CATEGORIES])


async def category(turn: Turn, name: str) -> Category:
    """Look at one of them."""
    skills = await turn.work.mastery.skills(name)
    by_level: defaultdict[int, list[Standing]] = defaultdict(list)
    for one in skills:
        by_level[one.level].append(one.standing)
    return Category(name, level_of(by_level), tuple(skills), await _lacking(turn, [one.exercise for one in skills]))


async def _lacking(turn: Turn, exercises: Sequence[Exercise]) -> dict[UUID, tuple[str, ...]]:
    """Name the kit that exercises need and the user has not; nothing where they have told none."""
    kit = await turn.work.equipment.slugs()
    missing = {one.id: slugs for one in exercises if (slugs := missing_kit(kit_needed(one), kit))}
    names = {one.slug: one.name for one in await turn.work.equipment.all()} if missing else {}
    return {key: tuple(names[slug] for slug in slugs if slug in names) for key, slugs in missing.items()}
