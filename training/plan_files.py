"""Read one library plan from its TOML table.

The file's name is the plan's slug. ``tags`` is a string of words. Each ``[[workout]]`` has a name, perhaps ``week``,
``day`` (0 is Monday) and ``description``, and ``do``: a list of inline tables, one a prescription, whose keys are

    ex            the exercise's slug
    sets, reps    reps is a number or a range such as "8-12"; "5+" makes the last set an AMRAP, "amrap" every set
    percent, rpe, rir, seconds, metres, rest (seconds), tempo, superset, per_side, progression, notes
    scheme        where the sets differ: "5@65% 5@75% 5+@85%", "3 @8" and so on, one word a set
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from training.library_types import LibraryPlan, LibraryPrescription, LibrarySet, LibraryWorkout

PRESCRIPTION_KEYS = frozenset(
    (
        "ex",
        "sets",
        "reps",
        "percent",
        "rpe",
        "rir",
        "seconds",
        "metres",
        "rest",
        "tempo",
        "superset",
        "per_side",
        "progression",
        "notes",
        "scheme",
    )
)
SCHEME_SET = re.compile(
    r"(?:(?P<reps>\d+(?:-\d+)?\+?|amrap)|(?P<seconds>\d+)s)(?:@(?P<percent>[\d.]+)%|@(?P<rpe>[\d.]+))?"
)


def read_plan(slug: str, table: Mapping[str, Any]) -> LibraryPlan:
    """Read a plan; raise ValueError or KeyError, with the plan's slug, where it cannot be understood."""
    try:
        workouts = tuple(_read_workout(slug, i, entry) for i, entry in enumerate(table["workout"], start=1))
        return LibraryPlan(
            slug=slug,
            name=table["name"],
            description=table["description"],
            days_per_week=table["days_per_week"],
            duration_weeks=table["duration_weeks"],
            tags=tuple(table["tags"].split()),
            workouts=workouts,
        )
    except (KeyError, ValueError) as error:
        raise ValueError(f"plan {slug}: {error!r}") from error


def _read_workout(plan: str, position: int, table: Mapping[str, Any]) -> LibraryWorkout:
    prescriptions = [_read_prescription(plan, position, i, entry) for i, entry in enumerate(table["do"], start=1)]
    return LibraryWorkout(
        plan=plan,
        position=position,
        name=table["name"],
        prescriptions=tuple(prescriptions),
        description=table.get("description"),
        week_number=table.get("week"),
        day_of_week=table.get("day"),
    )


def _read_prescription(plan: str, position: int, sequence: int, table: Mapping[str, Any]) -> LibraryPrescription:
    if unknown := table.keys() - PRESCRIPTION_KEYS:
        raise ValueError(f"workout {position}: unknown keys {sorted(unknown)}")
    scheme = _read_scheme(table.get("scheme", ""))
    reps_min, reps_max, is_amrap = parse_reps(table.get("reps"))
    rir = table.get("rir")
    return LibraryPrescription(
        plan=plan,
        position=position,
        sequence=sequence,
        exercise=table["ex"],
        sets=len(scheme) or table.get("sets"),
        reps_min=_lowest(scheme) if scheme else reps_min,
        reps_max=_highest(scheme) if scheme else reps_max,
        target_percent=_decimal(table.get("percent")),
        target_rpe=_decimal(table.get("rpe")) if rir is None else 10 - Decimal(str(rir)),
        effort_as_rir=rir is not None,
        target_duration_seconds=table.get("seconds"),
        target_distance_m=_decimal(table.get("metres")),
        rest_time_seconds=table.get("rest"),
        tempo=table.get("tempo"),
        superset_group=table.get("superset"),
        is_amrap=is_amrap or any(item.is_amrap for item in scheme),
        is_per_side=table.get("per_side", False),
        progression=table.get("progression"),
        notes=table.get("notes"),
        scheme=scheme,
    )


def parse_reps(reps: int | str | None) -> tuple[int | None, int | None, bool]:
    """Read lowest reps, highest reps and AMRAP from 5, "8-12", "5+" or "amrap"."""
    if reps is None or reps == "amrap":
        return None, None, reps is not None
    text = str(reps)
    low, _, high = text.rstrip("+").partition("-")
    return int(low), int(high or low), text.endswith("+")


def _read_scheme(text: str) -> tuple[LibrarySet, ...]:
    return tuple(_read_scheme_set(number, word) for number, word in enumerate(text.split(), start=1))


def _read_scheme_set(number: int, word: str) -> LibrarySet:
    match = SCHEME_SET.fullmatch(word)
    if match is None:
        raise ValueError(f"scheme set {word!r}")
    low, high, is_amrap = parse_reps(match["reps"])
    return LibrarySet(
        set_number=number,
        reps_min=low,
        reps_max=high,
        target_percent=_decimal(match["percent"]),
        target_rpe=_decimal(match["rpe"]),
        target_duration_seconds=int(match["seconds"]) if match["seconds"] else None,
        is_amrap=is_amrap,
    )


def _lowest(scheme: tuple[LibrarySet, ...]) -> int | None:
    return min((item.reps_min for item in scheme if item.reps_min is not None), default=None)


def _highest(scheme: tuple[LibrarySet, ...]) -> int | None:
    return max((item.reps_max for item in scheme if item.reps_max is not None), default=None)


def _decimal(value: float | str | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))
