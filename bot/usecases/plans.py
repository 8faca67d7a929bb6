"""Plans: the user's own and the library's, looked at, used, renamed, deleted and brought back.

A library plan is used as it is; it is copied when it is to be changed, and history runs on through the copy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final, Literal
from uuid import UUID

from bot.usecases import library_plans
from bot.usecases.naming import typed_name
from bot.usecases.plan_trees import find_plan
from bot.usecases.swap_targets import Ready, ready_swaps
from storage.errors import NotFoundError, StaleVersionError
from storage.models import WorkoutPlan
from storage.repositories.plans import PlanSummary, PlanTree

if TYPE_CHECKING:
    from bot.turn import Turn

Shelf = Literal["own", "library", "deleted"]
RENAME_DIALOGUE: Final = "plan_rename"
STAYS_OPEN: Final = timedelta(hours=3)


@dataclass(frozen=True, slots=True)
class Shelves:
    """One shelf of plans, and how much stands on the others."""

    shelf: Shelf
    plans: Sequence[PlanSummary]
    library_count: int
    deleted_count: int
    current_id: UUID | None


@dataclass(frozen=True, slots=True)
class OpenPlan:
    """A plan with all that is in it. `has_moved_on`: it was changed since the button was made.

    `kit` is what it needs, `missing` what the user has not of it, `ready` the exercises that this concerns with a
    substitute each; `copies` are the user's own of a library plan.
    """

    tree: PlanTree
    is_current: bool
    has_moved_on: bool = False
    kit: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    copies: Sequence[WorkoutPlan] = ()
    times_trained: int = 0
    ready: Sequence[Ready] = ()

    @property
    def plan(self) -> WorkoutPlan:
        return self.tree.plan


async def shelves(turn: Turn, shelf: Shelf) -> Shelves:
    """List a shelf. A library plan that is trained by stands among the user's own."""
    own, library = await turn.work.plans.own(), await turn.work.plans.library()
    deleted = await turn.work.plans.own(deleted=True)
    own = [*(one for one in library if one.plan.id == turn.user.current_plan_id), *own]
    plans = {"own": own, "library": library, "deleted": deleted}[shelf]
    return Shelves(shelf, plans, len(library), len(deleted), turn.user.current_plan_id)


async def open_plan(turn: Turn, plan_id: UUID, *, has_moved_on: bool = False) -> OpenPlan | None:
    """Read a plan whole; None where there is none."""
    tree = await find_plan(turn, plan_id)
    if tree is None:
        return None
    kit = (await turn.work.plan_library.kit_of([plan_id]))[plan_id]
    missing = library_plans.missing_of(kit, await turn.work.plan_library.own_kit())
    return OpenPlan(
        tree,
        turn.user.current_plan_id == plan_id,
        has_moved_on,
        tuple(kit.values()),
        missing,
        await turn.work.plan_library.copies_of(plan_id) if tree.plan.user_id is None else (),
        await turn.work.plan_library.times_trained(tree.plan),
        await ready_swaps(turn, tree) if missing else (),
    )


async def use(turn: Turn, plan_id: UUID) -> OpenPlan | None:
    """Train by a plan from now on."""
    plan = await turn.work.plans.find(plan_id)
    if plan is None or plan.deleted_at is not None:
        return await open_plan(turn, plan_id, has_moved_on=True) if plan is not None else None
    await library_plans.take_over(turn, plan)
    await turn.work.users.set_current_plan(plan_id)
    await turn.work.plans.mark_used(plan_id)
    return await open_plan(turn, plan_id)


async def begin_rename(turn: Turn, plan_id: UUID, version: int) -> WorkoutPlan | None:
    """Take the next text for the name of a plan."""
    plan = await turn.work.plans.find(plan_id)
    if plan is None:
        return None
    await turn.work.dialogues.ask(
        turn.chat_id,
        RENAME_DIALOGUE,
        {"plan": str(plan_id), "version": version},
        expires_at=turn.now + STAYS_OPEN,
        asked_at=turn.now,
    )
    return plan


async def stop_renaming(turn: Turn) -> None:
    if turn.dialogue is not None and turn.dialogue.kind == RENAME_DIALOGUE:
        await turn.work.dialogues.close(turn.chat_id)


async def rename(turn: Turn) -> OpenPlan | None:
    """Give the plan that was asked about the name that was typed; None where the text is no name.

    A library plan is copied first, and where it was the current one the copy takes its place.
    """
    dialogue, name = turn.dialogue, await typed_name(turn)
    if dialogue is None or name is None:
        return None
    await turn.work.dialogues.close(turn.chat_id)
    plan = await turn.work.plans.find(UUID(dialogue.data["plan"]))
    if plan is None:
        return None
    version: int | None = dialogue.data["version"]
    if plan.user_id is None:
        plan, version = await library_plans.make_mine(turn, plan.id), None
    try:
        await turn.work.plans.rename(plan.id, name, version)
    except StaleVersionError:
        return await open_plan(turn, plan.id, has_moved_on=True)
    return await open_plan(turn, plan.id)


async def delete(turn: Turn, plan_id: UUID, version: int) -> WorkoutPlan | OpenPlan | None:
    """Put a plan of the user's own away; sessions that were trained by it stay."""
    try:
        return await turn.work.plans.delete(plan_id, version)
    except NotFoundError:
        return None
    except StaleVersionError:
        return await open_plan(turn, plan_id, has_moved_on=True)


async def restore(turn: Turn, plan_id: UUID) -> OpenPlan | None:
    """Bring a plan back that was put away; where none is trained by since, it is the current one again."""
    try:
        await turn.work.plans.restore(plan_id)
    except NotFoundError:
        return None
    if turn.user.current_plan_id is None:
        await turn.work.users.set_current_plan(plan_id)
    return await open_plan(turn, plan_id)
