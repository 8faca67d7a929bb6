"""The library's plans: browsed by goal, days, level and kit, trained as they are, or made one's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final, Literal
from uuid import UUID

from storage.models import WorkoutPlan
from storage.repositories.plans import PlanSummary

if TYPE_CHECKING:
    from bot.turn import Turn

Facet = Literal["goal", "days", "level"]
GOALS: Final = ("strength", "hypertrophy", "calisthenics", "weightlifting", "conditioning")
LEVELS: Final = ("beginner", "intermediate", "advanced")


@dataclass(frozen=True, slots=True)
class Filter:
    """What plans are wanted; None means any. `kit`: only what needs no kit that the user lacks."""

    goal: str | None = None
    days: int | None = None
    level: str | None = None
    kit: bool = False

    @classmethod
    def of(cls, args: Mapping[str, Any]) -> Filter:
        """Read the filter that a button carries."""
        return cls(args.get("goal"), args.get("days"), args.get("level"), bool(args.get("kit")))

    @property
    def as_args(self) -> dict[str, Any]:
        return {name: value for name, value in asdict(self).items() if value}

    def lets_through(self, one: LibraryPlan) -> bool:
        plan = one.summary.plan
        return (
            self.goal in (None, *plan.tags)
            and self.level in (None, *plan.tags)
            and self.days in (None, plan.days_per_week)
            and not (self.kit and one.missing)
        )


@dataclass(frozen=True, slots=True)
class LibraryPlan:
    """A plan of the library and the kit it needs that the user has not."""

    summary: PlanSummary
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LibraryShelf:
    """The plans that are wanted. `has_kit`: the user has told what they can train with."""

    plans: Sequence[LibraryPlan]
    wanted: Filter
    total: int
    has_kit: bool
    current_id: UUID | None
    deleted_count: int


@dataclass(frozen=True, slots=True)
class Choices:
    """The values that a facet can have beside the rest of a filter, and how many plans each leaves."""

    facet: Facet
    wanted: Filter
    values: Sequence[tuple[str | int, int]]


@dataclass(frozen=True, slots=True)
class Copies:
    """A library plan, and the copies that the user has of it already."""

    plan: WorkoutPlan
    copies: Sequence[WorkoutPlan]


async def browse(turn: Turn, wanted: Filter) -> LibraryShelf:
    """List the plans of the library that a filter lets through."""
    plans, has_kit = await _plans(turn)
    shown = [one for one in plans if wanted.lets_through(one)]
    deleted = len(await turn.work.plans.own(deleted=True))
    return LibraryShelf(shown, wanted, len(plans), has_kit, turn.user.current_plan_id, deleted)


async def _plans(turn: Turn) -> tuple[list[LibraryPlan], bool]:
    summaries = await turn.work.plans.library()
    own = await turn.work.plan_library.own_kit()
    if not own:
        return [LibraryPlan(one) for one in summaries], False
    kit = await turn.work.plan_library.kit_of(one.plan.id for one in summaries)
    return [LibraryPlan(one, missing_of(kit[one.plan.id], own)) for one in summaries], True


def missing_of(kit: Mapping[UUID, str], own: frozenset[UUID]) -> tuple[str, ...]:
    """Name the kit that is needed and not there. Of a user who told nothing, nothing is known to be missing."""
    return tuple(name for equipment_id, name in kit.items() if equipment_id not in own) if own else ()


async def choices(turn: Turn, facet: Facet, wanted: Filter) -> Choices:
    """Count what each value of a facet would leave."""
    plans, _ = await _plans(turn)
    others = Filter.of({**wanted.as_args, facet: None})
    there = [one for one in plans if others.lets_through(one)]
    counts = [(value, sum(1 for one in there if _has(one, facet, value))) for value in _values(plans, facet)]
    return Choices(facet, wanted, [(value, count) for value, count in counts if count])


def _values(plans: Sequence[LibraryPlan], facet: Facet) -> Sequence[str | int]:
    if facet == "days":
        return sorted({one.summary.plan.days_per_week for one in plans if one.summary.plan.days_per_week is not None})
    return GOALS if facet == "goal" else LEVELS


def _has(one: LibraryPlan, facet: Facet, value: str | int) -> bool:
    plan = one.summary.plan
    return plan.days_per_week == value if facet == "days" else value in plan.tags


# ------------------------------------------------------------------ made one's own


async def copies(turn: Turn, plan_id: UUID) -> Copies | None:
    """Look up a library plan and the copies made of it; None where it is none of the library's."""
    plan = await turn.work.plans.find(plan_id)
    if plan is None or plan.user_id is not None:
        return None
    return Copies(plan, await turn.work.plan_library.copies_of(plan_id))


async def make_mine(turn: Turn, plan_id: UUID) -> WorkoutPlan:
    """Copy a library plan. Where it was trained by, the copy takes over what is to come."""
    has_been_current = turn.user.current_plan_id == plan_id
    copy = await turn.work.plans.copy(plan_id)
    await turn.work.plan_library.go_on_with(plan_id, copy.id)
    if has_been_current:
        await turn.work.plans.mark_used(copy.id)
    return copy


async def take_over(turn: Turn, plan: WorkoutPlan) -> None:
    """Have a plan take over what is to come by the one before it, where both are of one lineage."""
    current_id = turn.user.current_plan_id
    current = None if current_id is None else await turn.work.plans.find(current_id)
    if current is not None and current.id != plan.id and _root(current) == _root(plan):
        await turn.work.plan_library.go_on_with(current.id, plan.id)


def _root(plan: WorkoutPlan) -> UUID:
    return plan.source_id or plan.id
