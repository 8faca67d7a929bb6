"""Starting a mesocycle: a plan, the weeks, the days of a week, the day it begins; or a week of an earlier one again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from bot.usecases import mesocycles
from bot.usecases.mesocycles import Block
from bot.usecases.plan_trees import find_plan
from bot.usecases.planned_days import FARTHEST, parse_when
from storage.models import Mesocycle, MesocycleStatus, WorkoutPlan
from storage.repositories.mesocycles import MesocycleDraft
from storage.repositories.plans import PlanSummary, PlanTree
from training.mesocycle import LONGEST, SHORTEST
from training.mesocycle_weeks import usual_days

if TYPE_CHECKING:
    from bot.turn import Turn

DATE_DIALOGUE: Final = "meso_start"
STAYS_OPEN: Final = timedelta(hours=3)
FARTHEST_BACK: Final = timedelta(days=60)
USUAL_WEEKS: Final = 5


@dataclass(frozen=True, slots=True)
class Shelf:
    """Plans to choose from: the user's own, or the library's. `past_count` mesocycles have ended."""

    is_library: bool
    plans: Sequence[PlanSummary]
    has_other: bool
    has_past: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """What has been chosen so far. `is_days_known`: the plan says itself what each week holds."""

    plan: WorkoutPlan
    usual_weeks: int
    usual_days: int
    is_days_known: bool


@dataclass(frozen=True, slots=True)
class Running:
    """Another mesocycle is going on and has to end first."""

    mesocycle: Mesocycle


async def shelf(turn: Turn, *, is_library: bool | None = None) -> Shelf:
    """List the plans that a mesocycle can be started over, the current one first; without any, the library."""
    own, library = await turn.work.plans.own(), await turn.work.plans.library()
    current = turn.user.current_plan_id
    own = [*(one for one in library if one.plan.id == current), *own]
    own.sort(key=lambda one: one.plan.id != current)
    if is_library is None:
        is_library = not own
    past = await turn.work.mesocycles.past(limit=1)
    plans = [one for one in (library if is_library else own) if one.prescriptions]
    return Shelf(is_library, plans, bool(own) if is_library else True, bool(past.items))


async def choose(turn: Turn, plan_id: UUID) -> Choice | None:
    """Take a plan; None where it is gone or asks for nothing."""
    tree = await _plan(turn, plan_id)
    if tree is None:
        return None
    weeks = tree.plan.duration_weeks
    usual_weeks = weeks if weeks is not None and SHORTEST <= weeks <= LONGEST else USUAL_WEEKS
    differ = mesocycles.weeks_differ(tree)
    days = usual_days(mesocycles.planned(tree.workouts))
    if not differ and tree.plan.days_per_week is not None:
        days = tree.plan.days_per_week
    return Choice(tree.plan, usual_weeks, days, differ)


async def _plan(turn: Turn, plan_id: UUID) -> PlanTree | None:
    tree = await find_plan(turn, plan_id)
    return tree if tree is not None and any(workout.prescriptions for workout in tree.workouts) else None


async def begin(turn: Turn, args: Mapping[str, Any], start: date) -> Block | Running | None:
    """Start what was chosen; with `end` in the choice the one that is going on ends first. None: the plan is gone."""
    tree = await _plan(turn, UUID(args["plan"]))
    if tree is None:
        return None
    running = await mesocycles.active(turn)
    if running is not None:
        if args.get("end") != str(running.id):
            return Running(running)
        await turn.work.mesocycles.finish(running.id, None, at=turn.said_at, day=turn.today)
    mesocycle = await turn.work.mesocycles.start(await _draft(turn, tree.plan, args, start))
    await turn.work.users.set_current_plan(tree.plan.id)
    await turn.work.plans.mark_used(tree.plan.id)
    return await mesocycles.read(turn, mesocycle)


async def _draft(turn: Turn, plan: WorkoutPlan, args: Mapping[str, Any], start: date) -> MesocycleDraft:
    parent_id = UUID(args["parent"]) if args.get("parent") else None
    week = args.get("week")
    first: dict[UUID, int] = {}
    if parent_id is not None and week is not None:
        first = {one: row.sets for one, row in (await turn.work.mesocycles.week(parent_id, week)).items()}
    month = turn.messages.label(f"month-{start.month}")
    name = turn.messages.label("meso-named", plan=plan.name, month=month, year=str(start.year))
    return MesocycleDraft(plan.id, name, args["weeks"], args["days"], start, parent_id, week, first)


async def repeatable(turn: Turn, mesocycle_id: UUID) -> Mesocycle | None:
    """Find a mesocycle whose weeks can be repeated: its plan still has something to train."""
    mesocycle = await mesocycles.find(turn, mesocycle_id)
    if mesocycle is None or await _plan(turn, mesocycle.workout_plan_id) is None:
        return None
    return mesocycle


def repeat_args(mesocycle: Mesocycle, week: int) -> dict[str, Any]:
    """Give the choice that repeats a week: the same plan, weeks and days, and where the sets come from."""
    return {
        "plan": str(mesocycle.workout_plan_id),
        "weeks": mesocycle.duration_weeks,
        "days": mesocycle.days_per_week,
        "parent": str(mesocycle.id),
        "week": week,
        **({"end": str(mesocycle.id)} if mesocycle.status is MesocycleStatus.ACTIVE else {}),
    }


# ---------------------------------------------------------------------- the day it begins


def next_monday(today: date) -> date:
    """Give the Monday after today."""
    return today + timedelta(days=7 - today.weekday())


async def ask_date(turn: Turn, args: Mapping[str, Any]) -> None:
    """Take the next text for the day on which it begins."""
    await turn.work.dialogues.ask(
        turn.chat_id, DATE_DIALOGUE, dict(args), expires_at=turn.now + STAYS_OPEN, asked_at=turn.now
    )


async def date_told(turn: Turn) -> Block | Running | date | None:
    """Start on the day that was typed. None: the text is no date; a date alone: it is too far away."""
    assert turn.dialogue is not None
    start = day_in(turn.text, turn.today)
    if start is None:
        return None
    if not turn.today - FARTHEST_BACK <= start <= turn.today + FARTHEST:
        return start
    args = turn.dialogue.data
    await turn.work.dialogues.close(turn.chat_id)
    return await begin(turn, args, start)


def day_in(words: str, today: date) -> date | None:
    """Read a day: "2026-12-07", "7 Dec", "7.12.", "Monday"; None where there is anything else in the text."""
    when = parse_when(words, today)
    return None if when is None or when.at is not None else when.day
