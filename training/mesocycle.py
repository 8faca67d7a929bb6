"""Mesocycles: how hard each week is, what the deload is, and how sets follow what the muscles say.

A mesocycle has 3 to 7 weeks, and its last one is the deload. Of a muscle group's feedback soreness is about the time
before, pump and challenge are about the session itself; each is 0 to 3 and may be unknown.

A prescription belongs to the first primary muscle group of its exercise. Cardio and mobility belong to none: their sets
stay as they are.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

SHORTEST, LONGEST = 3, 7
"""Weeks, the deload among them."""
FEWEST_SETS, MOST_SETS = 1, 15
FIRST_RIR = Decimal(3)
DELOAD_RIR = Decimal(4)
DELOAD_LOAD = Decimal("0.6")
FULL_LOAD = Decimal(1)
ENOUGH_WEEKS_FOR_FAILURE = 4
"""Hard weeks that it takes to come down to no repetitions in reserve; a shorter ramp ends at one."""
UNREGULATED = frozenset(("cardio", "mobility"))

# Soreness down, challenge across.
CHANGES = (
    (2, 1, 1, 0),  # never sore
    (1, 1, 0, 0),  # recovered a while ago
    (1, 0, 0, -1),  # recovered just in time
    (0, -1, -1, -2),  # still sore
)
LOW_PUMP = 1
FRESH = 1
"""The soreness up to which a low pump asks for more."""


class Why(enum.StrEnum):
    """Why a prescription has the sets it has next time."""

    MORE = "more"
    FEWER = "fewer"
    SAME = "same"
    SHARED = "shared"
    """The group's change went to prescriptions before this one."""
    MOST = "most"
    """There would be more, were it not at the most already."""
    FEWEST = "fewest"
    UNKNOWN = "unknown"
    """Soreness or challenge was not told."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a user said of a muscle group in one session; None is what was not said."""

    soreness: int | None = None
    pump: int | None = None
    challenge: int | None = None

    @property
    def is_low_pump(self) -> bool:
        return self.pump is not None and self.pump <= LOW_PUMP


@dataclass(frozen=True, slots=True)
class Prescribed:
    """A prescription with the sets it has in the week that was trained."""

    prescription_id: UUID
    muscle_group: str | None
    sets: int


@dataclass(frozen=True, slots=True)
class WeekTarget:
    """What a prescription is in one week. Loads are multiplied by ``load_factor``."""

    prescription_id: UUID
    week: int
    sets: int
    rir: Decimal
    load_factor: Decimal


@dataclass(frozen=True, slots=True)
class SetsChange:
    """What becomes of a prescription's sets, and why. ``wanted`` is what the whole group was to change by."""

    prescription_id: UUID
    muscle_group: str
    before: int
    after: int
    why: Why
    feedback: Feedback
    wanted: int | None

    @property
    def change(self) -> int:
        return self.after - self.before


def muscle_group_of(primary: Sequence[str], category: str) -> str | None:
    """Name the muscle group whose feedback an exercise's sets follow; None where they follow nothing."""
    if category in UNREGULATED or not primary:
        return None
    return str(primary[0])


def hard_weeks(weeks: int) -> int:
    """Count the weeks before the deload."""
    return weeks - 1


def is_deload(week: int, weeks: int) -> bool:
    return week >= weeks


def target_rir(week: int, weeks: int) -> Decimal:
    """Give the repetitions in reserve of a week, counted from 1: evenly from 3 to 0, or to 1 with fewer than four
    hard weeks, in whole repetitions, because nobody can leave half of one. Halves go up, to the easier side.
    """
    if is_deload(week, weeks):
        return DELOAD_RIR
    hard = hard_weeks(weeks)
    last = Decimal(0) if hard >= ENOUGH_WEEKS_FOR_FAILURE else Decimal(1)
    fallen = (FIRST_RIR - last) * (week - 1) / (hard - 1)
    return (FIRST_RIR - fallen).quantize(Decimal(1), ROUND_HALF_UP)


def within(sets: int) -> int:
    """Keep a number of sets within what an exercise may have."""
    return max(FEWEST_SETS, min(sets, MOST_SETS))


def deload_sets(first_week: int) -> int:
    """Halve the sets of week 1, rounded up."""
    return within(-(-first_week // 2))


def week_target(prescription_id: UUID, first_sets: int, sets: int, week: int, weeks: int) -> WeekTarget:
    """Give one week of a prescription that began with ``first_sets`` and has ``sets`` while it is trained hard."""
    if is_deload(week, weeks):
        return WeekTarget(prescription_id, week, deload_sets(within(first_sets)), DELOAD_RIR, DELOAD_LOAD)
    return WeekTarget(prescription_id, week, within(sets), target_rir(week, weeks), FULL_LOAD)


def planned_weeks(prescription_id: UUID, sets: int, weeks: int) -> tuple[WeekTarget, ...]:
    """Lay out all weeks of a prescription before there is any feedback."""
    return tuple(week_target(prescription_id, sets, sets, week, weeks) for week in range(1, weeks + 1))


def wanted_change(feedback: Feedback) -> int | None:
    """Say by how many sets a muscle group is to change; None where soreness or challenge was not told.

    A low pump adds one where nothing speaks against it: the muscle is fresh and the table takes nothing away.
    """
    if feedback.soreness is None or feedback.challenge is None:
        return None
    change = CHANGES[feedback.soreness][feedback.challenge]
    return change + 1 if change >= 0 and feedback.soreness <= FRESH and feedback.is_low_pump else change


def spread(sets: Sequence[int], change: int) -> tuple[int, ...]:
    """Spread a change over prescriptions, one set each, first come first; what is left then goes round again.

    Whoever is at the limit is passed over. What nobody can take is dropped.
    """
    result, step, left = [within(one) for one in sets], 1 if change > 0 else -1, abs(change)
    while left:
        movable = [place for place, one in enumerate(result) if FEWEST_SETS <= one + step <= MOST_SETS][:left]
        if not movable:
            break
        for place in movable:
            result[place] += step
        left -= len(movable)
    return tuple(result)


def follow_feedback(workout: Sequence[Prescribed], feedback: Mapping[str, Feedback]) -> tuple[SetsChange, ...]:
    """Say what becomes of the sets of one workout, given in order, after a session of it.

    Prescriptions without a muscle group are not among the answers.
    """
    changes: dict[UUID, SetsChange] = {}
    for group in dict.fromkeys(one.muscle_group for one in workout if one.muscle_group is not None):
        members = [one for one in workout if one.muscle_group == group]
        said = feedback.get(group, Feedback())
        wanted = wanted_change(said)
        after = spread([one.sets for one in members], wanted or 0)
        for one, sets in zip(members, after, strict=True):
            before = within(one.sets)
            why = _why(before, sets, wanted)
            changes[one.prescription_id] = SetsChange(one.prescription_id, group, before, sets, why, said, wanted)
    return tuple(changes[one.prescription_id] for one in workout if one.prescription_id in changes)


def _why(before: int, after: int, wanted: int | None) -> Why:
    if wanted is None:
        return Why.UNKNOWN
    if after != before:
        return Why.MORE if after > before else Why.FEWER
    if wanted == 0:
        return Why.SAME
    if before == (MOST_SETS if wanted > 0 else FEWEST_SETS):
        return Why.MOST if wanted > 0 else Why.FEWEST
    return Why.SHARED
