"""Personal records: what one set is worth, what a session is worth, and which is the best of a history.

Each kind of record is one number, and the greater is always the better. What counts:

* Warm-ups and missed attempts never count.
* 1rm: the estimated one-rep maximum of external loads, by Epley. The formula is about everything that is lifted; under
  an added load the body is the greater part and its weight is not known, so there only a single counts, as itself.
* set_volume, total_volume: weight x reps of external and added loads. The body itself is not counted, and assistance is
  no work, so bodyweight and assisted sets have no volume.
* max_weight: the heaviest load that was moved at all: one repetition, some seconds or some metres. Assistance counts
  below zero, as less of it is better: -15 beats -20. Doing without any counts as 0, but only where the history knows
  assistance, because "most weight: 0" says nothing about push-ups.
* max_reps: the most repetitions of a set. With assistance they are another exercise, so they do not count.
* max_duration: the longest hold: seconds without repetitions and without distance (more seconds for the same
  5 km are no record), and without assistance.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from training.performed import PerformedSet

RECORD_TYPES = ("1rm", "set_volume", "total_volume", "max_weight", "max_reps", "max_duration")
RECORD_UNITS: Mapping[str, str] = {
    "1rm": "kg",
    "set_volume": "kg",
    "total_volume": "kg",
    "max_weight": "kg",
    "max_reps": "reps",
    "max_duration": "s",
}
MOST_REPS_FOR_ESTIMATE = 12
HUNDREDTH = Decimal("0.01")
LOADED = frozenset(("external", "added"))


@dataclass(frozen=True, slots=True)
class RecordValue:
    """The best of its kind, and the set it was reached with; of a total volume that is the set which completed it."""

    record_type: str
    value: Decimal
    performed: PerformedSet

    @property
    def unit(self) -> str:
        return RECORD_UNITS[self.record_type]


def estimated_one_rep_max(weight_kg: Decimal, reps: int) -> Decimal | None:
    """Estimate by Epley: the weight itself at 1 rep, weight x (1 + reps / 30) for 2 to 12, nothing outside of that."""
    if reps == 1:
        return weight_kg.quantize(HUNDREDTH, ROUND_HALF_UP)
    if not 2 <= reps <= MOST_REPS_FOR_ESTIMATE:
        return None
    return (weight_kg * (30 + reps) / 30).quantize(HUNDREDTH, ROUND_HALF_UP)


def set_volume(performed: PerformedSet) -> Decimal | None:
    """Multiply weight and reps; None where there is no load or nothing was counted."""
    if performed.is_warmup or performed.load_mode not in LOADED or not performed.weight_kg or not performed.reps:
        return None
    return (performed.exact_kg or performed.weight_kg) * performed.reps


def total_volume(sets: Iterable[PerformedSet]) -> Decimal | None:
    """Sum the volume of one exercise's sets of one session; None where no set has any."""
    volumes = [volume for performed in sets if (volume := set_volume(performed)) is not None]
    return sum(volumes, Decimal(0)) if volumes else None


def set_values(performed: PerformedSet) -> dict[str, Decimal]:
    """Say what a set is worth for each kind of record it competes for; only total volumes need more than one set."""
    if performed.is_warmup or not performed.was_done:
        return {}
    volume = set_volume(performed)
    candidates = {
        "1rm": _one_rep_max(performed),
        "set_volume": None if volume is None else as_record(volume),
        "max_weight": signed_load(performed),
        "max_reps": _reps(performed),
        "max_duration": _hold(performed),
    }
    return {record_type: value for record_type, value in candidates.items() if value is not None}


def as_record(volume: Decimal) -> Decimal:
    """Round a volume to what a record holds: only then is it told whether it beats one."""
    return volume.quantize(HUNDREDTH, ROUND_HALF_UP)


def best_records(sets: Iterable[PerformedSet]) -> dict[str, RecordValue]:
    """Find the records of one exercise in its history, given in the order of time: who was first keeps a tie.

    The sets carry ``session_id``, so that the total volume of each session is known.
    """
    history = list(sets)
    best: dict[str, RecordValue] = {}
    for performed in history:
        for record_type, value in set_values(performed).items():
            _keep_better(best, RecordValue(record_type, value, performed))
    for candidate in _session_volumes(history):
        _keep_better(best, candidate)
    heaviest = best.get("max_weight")
    if heaviest is not None and heaviest.value == 0 and not any(_is_assisted(performed) for performed in history):
        del best["max_weight"]
    return {record_type: best[record_type] for record_type in RECORD_TYPES if record_type in best}


def is_better(value: Decimal, current: Decimal | None) -> bool:
    """Tell whether a value beats the record; equalling it does not."""
    return current is None or value > current


def signed_load(performed: PerformedSet) -> Decimal | None:
    """Put loads on one line: external and added above zero, the bare body at zero, assistance below it.

    None where no load is known, or where an external load is zero.
    """
    if performed.load_mode == "bodyweight":
        return Decimal(0)
    if performed.weight_kg is None or (performed.weight_kg == 0 and performed.load_mode == "external"):
        return None
    return -performed.weight_kg if performed.load_mode == "assisted" else performed.weight_kg


def _one_rep_max(performed: PerformedSet) -> Decimal | None:
    if performed.load_mode not in LOADED or not performed.weight_kg or not performed.reps:
        return None
    if performed.load_mode == "added" and performed.reps > 1:
        return None
    return estimated_one_rep_max(performed.weight_kg, performed.reps)


def _reps(performed: PerformedSet) -> Decimal | None:
    return Decimal(performed.reps) if performed.reps and not _is_assisted(performed) else None


def _hold(performed: PerformedSet) -> Decimal | None:
    if performed.reps is not None or performed.distance_m is not None or _is_assisted(performed):
        return None
    return Decimal(performed.seconds) if performed.seconds else None


def _is_assisted(performed: PerformedSet) -> bool:
    """Assistance of 0 kg is none."""
    return performed.load_mode == "assisted" and performed.weight_kg != 0


def _session_volumes(history: Sequence[PerformedSet]) -> Iterable[RecordValue]:
    """Give each session's volume with the last set that added to it."""
    running: dict[object, tuple[Decimal, PerformedSet]] = {}
    for performed in history:
        volume = set_volume(performed)
        if volume is not None:
            so_far, _ = running.get(performed.session_id, (Decimal(0), performed))
            running[performed.session_id] = (so_far + volume, performed)
    return [RecordValue("total_volume", as_record(total), last) for total, last in running.values()]


def _keep_better(best: dict[str, RecordValue], candidate: RecordValue) -> None:
    current = best.get(candidate.record_type)
    if is_better(candidate.value, None if current is None else current.value):
        best[candidate.record_type] = candidate
