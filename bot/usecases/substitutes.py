"""What can be done instead of an exercise, and putting it in its place in the session that is going on.

What was planned is carried over. Sets that were done stay with the exercise they were done in. A swap can be undone as
long as nothing was done in the substitute.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from bot.usecases.substitute_choices import MOST, Choices, Load, Substitute, carry_over, find_choices, substitutes
from storage import planned_sets
from storage.models import SetKind
from storage.planned_sets import PlannedSet
from training.substitution import Lift, Strength, translate_sets
from training.targets import SetTarget
from training.units import plain

if TYPE_CHECKING:
    from bot.turn import Turn
    from storage.models import SessionExercise
    from storage.repositories.sessions import SessionEntry, SessionTree

__all__ = ["Choices", "Substitute", "Swapped", "choices_for_entry", "current_entry", "substitutes", "swap_in_session"]


@dataclass(frozen=True, slots=True)
class Carrier:
    """Carries targets from one lift to another by the user's own history."""

    turn: Turn
    before: Lift
    after: Lift
    strengths: Mapping[UUID, Strength]

    def load(self, load_kg: Decimal | None) -> Load | None:
        return carry_over(self.turn, load_kg, self.before, self.after, self.strengths)

    def set(self, one: PlannedSet) -> PlannedSet:
        """Carry one planned set over."""
        load = self.load(one.weight_kg)
        loads = {} if load is None or one.weight_kg is None else {one.weight_kg: load.kg}
        target = SetTarget(
            one.reps_min, one.reps_max, one.weight_kg, one.seconds, one.distance_m, is_amrap=one.is_amrap
        )
        carried = translate_sets([target], self.before, self.after, loads)[0]
        return replace(
            one,
            reps_min=carried.reps_min,
            reps_max=carried.reps_max,
            seconds=carried.seconds,
            distance_m=carried.distance_m,
            is_amrap=carried.is_amrap,
            percent=None,
            weight_kg=carried.weight_kg,
            weight=None if load is None else load.value,
            unit=None if load is None else load.unit,
            load_mode=None,
        )


@dataclass(frozen=True, slots=True)
class Swapped:
    """A swap that was made. `load` is the heaviest load carried over; `undo` are the arguments that take it back.

    `planned` are the sets as they are now, `sets_kept` counts those that stay with the exercise before. In a plan
    `is_copied` says that the library's was copied for it.
    """

    before: Lift
    after: Lift
    load: Load | None
    undo: Mapping[str, Any]
    planned: tuple[PlannedSet, ...] = ()
    sets_kept: int = 0
    is_copied: bool = False
    plan_id: UUID | None = None


async def carrier(turn: Turn, before_id: UUID, after_id: UUID) -> Carrier | None:
    """Get ready to carry over from one exercise to another; None where one of them is gone."""
    lifts = await turn.work.substitutes.lifts([before_id, after_id])
    if before_id not in lifts or after_id not in lifts or before_id == after_id:
        return None
    before, after = lifts[before_id], lifts[after_id]
    return Carrier(turn, before, after, await turn.work.substitutes.strengths([before.root_id, after.root_id]))


def current_entry(tree: SessionTree) -> SessionEntry | None:
    """Find the exercise that is under way: turned to last, or done last, or the first that is not finished."""
    waiting = [one for one in tree.exercises if _is_waiting(one)]
    turned_to = [(one.row.selected_at, one) for one in waiting if one.row.selected_at is not None]
    if turned_to:
        return max(turned_to, key=lambda pair: pair[0])[1]
    done = [(max(each.performed_at for each in one.sets), one) for one in waiting if one.sets]
    if done:
        return max(done, key=lambda pair: pair[0])[1]
    return next(iter(waiting), None)


def _is_waiting(entry: SessionEntry) -> bool:
    """Tell whether an exercise is neither skipped nor finished; what was not planned has no end."""
    planned = entry.row.planned_sets
    return entry.row.skipped_at is None and (planned is None or _done(entry) < len(planned))


def _done(entry: SessionEntry) -> int:
    return sum(one.kind is not SetKind.WARMUP for one in entry.sets)


async def find_session_entry(turn: Turn, entry_id: UUID) -> SessionEntry | None:
    """Find an exercise of the session that is going on; None where that is over."""
    row = await turn.work.sessions.find_entry(entry_id)
    session = await turn.work.sessions.find_open()
    if row is None or session is None or session.id != row.workout_session_id:
        return None
    return next(one for one in (await turn.work.sessions.read(session.id)).exercises if one.row.id == entry_id)


async def choices_for_entry(turn: Turn, entry: SessionEntry, limit: int = MOST) -> Choices | None:
    """Rank what can be done instead of an exercise of a session, at the load that is planned there."""
    planned = planned_sets.from_json(entry.row.planned_sets)
    return await find_choices(turn, entry.exercise.id, limit, heaviest(one.weight_kg for one in planned))


def heaviest(loads: Any) -> Decimal | None:
    return max((one for one in loads if one is not None), default=None)


async def swap_in_session(turn: Turn, session_exercise_id: UUID, exercise_id: UUID) -> Swapped | None:
    """Put another exercise in the place of one of the running session; None where that is over or one is gone.

    Where sets were done already, they stay, and the substitute comes behind them with the sets that are left.
    """
    entry = await find_session_entry(turn, session_exercise_id)
    carries = None if entry is None else await carrier(turn, entry.exercise.id, exercise_id)
    if entry is None or carries is None:
        return None
    left = planned_sets.from_json(entry.row.planned_sets)[_done(entry) :]
    load = carries.load(heaviest(one.weight_kg for one in left))
    planned = tuple(carries.set(one) for one in left)
    columns = {
        "exercise_id": exercise_id,
        "planned_sets": planned_sets.to_json(planned) if planned else None,
        "planned_reason": _reason(turn, carries, load),
    }
    if entry.sets:
        row = await _continue_with(turn, entry, columns)
    else:
        row = entry.row
        origin = row.swapped_from_id or row.exercise_id
        columns["swapped_from_id"] = None if origin == exercise_id else origin
    undo = {"entry": str(row.id), "now": str(exercise_id), "was": _was(entry, left)}
    if not entry.sets:
        await turn.work.sessions.amend_entry(row.id, selected_at=turn.said_at, **columns)
    return Swapped(carries.before, carries.after, load, undo, planned, len(entry.sets))


async def _continue_with(turn: Turn, entry: SessionEntry, columns: Mapping[str, Any]) -> SessionExercise:
    """Leave an exercise with the sets that were done, and go on with another behind it."""
    row = entry.row
    new = await turn.work.substitutes.insert_after(
        row,
        turn.said_at,
        planned_tempo=row.planned_tempo,
        planned_rest_time_seconds=row.planned_rest_time_seconds,
        swapped_from_id=row.exercise_id,
        **columns,
    )
    if row.planned_sets is not None:
        done = row.planned_sets[: _done(entry)]
        await turn.work.sessions.amend_entry(row.id, planned_sets=done, is_completed=True)
    return new


def _was(entry: SessionEntry, left: Sequence[PlannedSet]) -> dict[str, Any]:
    """Say what an exercise was before the swap; of sets that were done only the rest of the plan comes back."""
    row = entry.row
    return {
        "exercise_id": str(row.exercise_id),
        "swapped_from_id": None if row.swapped_from_id is None else str(row.swapped_from_id),
        "planned_sets": planned_sets.to_json(left) if row.planned_sets is not None else None,
        "planned_reason": row.planned_reason,
    }


def _reason(turn: Turn, carries: Carrier, load: Load | None) -> str:
    """Say in words why the targets are what they are."""
    if load is None:
        return turn.messages.label("swap-reason", name=carries.before.name)
    return turn.messages.label(
        "swap-reason-load",
        name=carries.before.name,
        basis=turn.messages.label("swap-basis", basis=load.translation.basis),
        before=plain(load.shown(load.translation.best_before_kg)),
        after=plain(load.shown(load.translation.best_after_kg)),
        unit=load.unit,
    )


async def undo_in_session(turn: Turn, args: Mapping[str, Any]) -> Swapped | None:
    """Take a swap back; None where sets were done in the substitute, or it was swapped again."""
    entry = await find_session_entry(turn, UUID(args["entry"]))
    if entry is None or entry.sets or str(entry.row.exercise_id) != args["now"]:
        return None
    was: Mapping[str, Any] = args["was"]
    lifts = await turn.work.substitutes.lifts([entry.exercise.id, UUID(was["exercise_id"])])
    if UUID(was["exercise_id"]) not in lifts:
        return None
    from_id = was["swapped_from_id"]
    await turn.work.sessions.amend_entry(
        entry.row.id,
        exercise_id=UUID(was["exercise_id"]),
        swapped_from_id=None if from_id is None else UUID(from_id),
        planned_sets=was["planned_sets"],
        planned_reason=was["planned_reason"],
    )
    planned = planned_sets.from_json(was["planned_sets"])
    return Swapped(lifts[entry.exercise.id], lifts[UUID(was["exercise_id"])], None, {}, planned)
