"""Random athletes through mesocycles: do the rules hold whatever is fed to them?

Each athlete has a random plan, a random number of weeks, a temper that answers the questions about soreness, pump and
challenge, and a life in which sessions are missed and questions left unanswered.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from uuid import UUID

from training.library_types import MUSCLE_GROUPS
from training.mesocycle import (
    DELOAD_LOAD,
    DELOAD_RIR,
    FEWEST_SETS,
    FIRST_RIR,
    LONGEST,
    MOST_SETS,
    SHORTEST,
    Feedback,
    Prescribed,
    WeekTarget,
    follow_feedback,
    hard_weeks,
    planned_weeks,
    wanted_change,
    week_target,
)

GROUPS = tuple(sorted(MUSCLE_GROUPS))
LEVELS = (0, 1, 2, 3)
TEMPERS = ("random", "adapting", "still sore", "always fresh", "never answers")
"""How athletes answer. "adapting" grows sorer and finds it harder as sets are added, as people do."""


@dataclass(slots=True)
class Tally:
    """What came of all athletes of one temper. ``sets`` and ``prescriptions`` are by hard week.

    ``first`` is what the prescriptions that reach a week had in week 1: not every mesocycle is equally long.
    """

    athletes: int = 0
    sets: Counter[int] = field(default_factory=Counter)
    first: Counter[int] = field(default_factory=Counter)
    prescriptions: Counter[int] = field(default_factory=Counter)
    first_sets: int = 0
    deload_sets: int = 0

    def mean(self, week: int) -> Decimal | None:
        """Give the mean sets of a prescription in a hard week."""
        count = self.prescriptions[week]
        return Decimal(self.sets[week]) / count if count else None

    def change(self, week: int) -> Decimal | None:
        """Give by how much that mean differs from week 1 of the same prescriptions."""
        count = self.prescriptions[week]
        return Decimal(self.sets[week] - self.first[week]) / count if count else None


@dataclass(slots=True)
class Simulation:
    """The tallies by temper, and every bound that was broken, in words."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Athlete:
    temper: str
    weeks: int
    workouts: tuple[tuple[Prescribed, ...], ...]
    attendance: float
    diligence: float


def simulate(athletes: int, seed: int) -> Simulation:
    """Send athletes through a mesocycle each; the same seed gives the same result."""
    dice = random.Random(seed)  # noqa: S311 - nothing secret is drawn; the same athletes shall come again
    result = Simulation({temper: Tally() for temper in TEMPERS})
    for number in range(athletes):
        athlete = _athlete(dice, TEMPERS[number % len(TEMPERS)])
        _train(dice, athlete, result)
    _compare(result)
    return result


def _athlete(dice: random.Random, temper: str) -> Athlete:
    groups = dice.sample(GROUPS, dice.randint(1, 5))
    numbers = iter(range(1000))
    workouts = tuple(
        tuple(
            Prescribed(UUID(int=next(numbers)), dice.choice((*groups, None)), dice.choice((1, 2, 3, 3, 3, 4, 4, 5, 15)))
            for _ in range(dice.randint(1, 7))
        )
        for _ in range(dice.randint(1, 6))
    )
    return Athlete(temper, dice.randint(SHORTEST, LONGEST), workouts, dice.uniform(0.5, 1), dice.uniform(0.5, 1))


def _train(dice: random.Random, athlete: Athlete, result: Simulation) -> None:
    tally = result.tallies[athlete.temper]
    tally.athletes += 1
    for workout in athlete.workouts:
        current = workout
        weeks = [_targets(workout, 1, athlete.weeks)]
        for week in range(1, hard_weeks(athlete.weeks)):
            feedback = _feedback(dice, athlete, current) if dice.random() < athlete.attendance else {}
            following = _following(current, feedback)
            result.broken.extend(_broken_rules(current, following, feedback))
            current = following
            weeks.append(_targets(current, week + 1, athlete.weeks))
        deload = _targets(workout, athlete.weeks, athlete.weeks)
        _count(tally, weeks, deload)
        result.broken.extend(_broken_bounds(athlete, workout, [*weeks, deload]))


def _targets(workout: Sequence[Prescribed], week: int, weeks: int) -> list[WeekTarget]:
    return [week_target(one.prescription_id, one.sets, one.sets, week, weeks) for one in workout]


def _following(workout: Sequence[Prescribed], feedback: Mapping[str, Feedback]) -> tuple[Prescribed, ...]:
    after = {one.prescription_id: one.after for one in follow_feedback(workout, feedback)}
    return tuple(replace(one, sets=after.get(one.prescription_id, one.sets)) for one in workout)


def _feedback(dice: random.Random, athlete: Athlete, workout: Sequence[Prescribed]) -> dict[str, Feedback]:
    said: dict[str, Feedback] = {}
    for group in dict.fromkeys(one.muscle_group for one in workout if one.muscle_group is not None):
        sets = sum(one.sets for one in workout if one.muscle_group == group)
        answer = _answer(dice, athlete.temper, sets)
        is_told = [dice.random() < athlete.diligence for _ in range(3)]
        said[str(group)] = Feedback(
            answer.soreness if is_told[0] else None,
            answer.pump if is_told[1] else None,
            answer.challenge if is_told[2] else None,
        )
    return said


def _answer(dice: random.Random, temper: str, sets: int) -> Feedback:
    if temper == "never answers":
        return Feedback()
    if temper == "still sore":
        return Feedback(3, dice.choice(LEVELS), dice.choice(LEVELS))
    if temper == "always fresh":
        return Feedback(dice.choice((0, 1)), dice.choice(LEVELS), dice.choice((0, 1)))
    if temper == "adapting":
        burden = min(3, max(0, round(sets / 5 + dice.gauss(0, 0.7))))
        return Feedback(burden, dice.choice(LEVELS), min(3, max(0, burden + dice.choice((-1, 0, 1)))))
    return Feedback(dice.choice(LEVELS), dice.choice(LEVELS), dice.choice(LEVELS))


def _count(tally: Tally, weeks: Sequence[Sequence[WeekTarget]], deload: Sequence[WeekTarget]) -> None:
    for week, targets in enumerate(weeks, start=1):
        tally.sets[week] += sum(one.sets for one in targets)
        tally.first[week] += sum(one.sets for one in weeks[0])
        tally.prescriptions[week] += len(targets)
    tally.first_sets += sum(one.sets for one in weeks[0])
    tally.deload_sets += sum(one.sets for one in deload)


def _broken_bounds(
    athlete: Athlete, workout: Sequence[Prescribed], weeks: Sequence[Sequence[WeekTarget]]
) -> Iterator[str]:
    """Hold a workout's weeks against what the design promises, stated here anew and not in terms of the rules."""
    ramp = [targets[0].rir for targets in weeks[:-1]]
    if ramp[0] != FIRST_RIR or ramp[-1] not in (0, 1) or ramp != sorted(ramp, reverse=True):
        yield f"{athlete.weeks} weeks: the ramp is {[str(rir) for rir in ramp]}"
    for targets in weeks:
        for one in targets:
            if not FEWEST_SETS <= one.sets <= MOST_SETS:
                yield f"week {one.week}: {one.sets} sets"
    for first, one in zip(workout, weeks[-1], strict=True):
        halved = 2 * one.sets in (first.sets, first.sets + 1)
        if not halved or one.load_factor != DELOAD_LOAD or one.rir < DELOAD_RIR:
            yield f"deload of {first.sets} sets: {one.sets} at {one.load_factor}, RIR {one.rir}"
    laid_out = [planned_weeks(one.prescription_id, one.sets, athlete.weeks) for one in workout]
    if any(
        len(one) != athlete.weeks or one[0].sets != first.sets for one, first in zip(laid_out, workout, strict=True)
    ):
        yield f"{athlete.weeks} weeks: the plan does not begin with its own sets"


def _broken_rules(
    before: Sequence[Prescribed], after: Sequence[Prescribed], feedback: Mapping[str, Feedback]
) -> Iterator[str]:
    """Hold one step against the rules: no group changes by more than was wanted, nor against its sign."""
    moved: defaultdict[str | None, int] = defaultdict(int)
    for old, new in zip(before, after, strict=True):
        moved[old.muscle_group] += new.sets - old.sets
    for group, change in moved.items():
        wanted = wanted_change(feedback.get(group or "", Feedback())) or 0
        if not (0 <= change <= wanted or wanted <= change <= 0):
            yield f"{group}: {change:+d} sets where {wanted:+d} was wanted"
        if feedback.get(group or "", Feedback()).soreness == LEVELS[-1] and change > 0:
            yield f"{group}: {change:+d} sets while still sore"


def _compare(result: Simulation) -> None:
    """Hold the means of the tempers against what they must come to, week after week."""
    if any(change >= 0 for change in _changes(result.tallies["still sore"])):
        result.broken.append("sets do not fall back under sustained soreness")
    if any(change <= 0 for change in _changes(result.tallies["always fresh"])):
        result.broken.append("sets do not rise for who is always fresh")
    if any(_changes(result.tallies["never answers"])):
        result.broken.append("sets change though nobody said anything")
    for temper, tally in result.tallies.items():
        if not tally.first_sets <= 2 * tally.deload_sets <= 2 * tally.first_sets:
            result.broken.append(f"{temper}: the deload is no half")


def _changes(tally: Tally) -> list[Decimal]:
    changes = (tally.change(week) for week in range(2, hard_weeks(LONGEST) + 1))
    return [change for change in changes if change is not None]


def table(result: Simulation) -> str:
    """Write the result as a table: mean sets of a prescription by hard week, and the deload."""
    weeks = range(1, hard_weeks(LONGEST) + 1)
    rows = [f"{'athletes':15}{'count':>6}" + "".join(f"{f'week {week}':>14}" for week in weeks) + f"{'deload':>8}"]
    for temper, tally in result.tallies.items():
        means = "".join(f"{_cell(tally, week):>14}" for week in weeks)
        share = f"{100 * tally.deload_sets / tally.first_sets:.0f}%" if tally.first_sets else "-"
        rows.append(f"{temper:15}{tally.athletes:6}{means}{share:>8}")
    rows.append("")
    rows.append("Mean sets of a prescription by hard week, and the change since week 1 of the same prescriptions;")
    rows.append("the deload's sets in percent of week 1 (halves are rounded up, so 1, 3 and 5 sets leave 1, 2 and 3).")
    rows.append(f"bounds broken: {len(result.broken)}")
    rows.extend(f"  {one}" for one in result.broken[:10])
    return "\n".join(rows)


def _cell(tally: Tally, week: int) -> str:
    mean, change = tally.mean(week), tally.change(week)
    return "-" if mean is None or change is None else f"{mean:.2f} ({change:+.2f})"
