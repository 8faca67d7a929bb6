"""A reading as text, in a notation that leaves nothing open: reading that text again gives the same figures."""

from __future__ import annotations

from decimal import Decimal

from parser.reading import LoggedExercise, PrescribedExercise, Reading, ReadSet, SchemeSet


def render_reading(reading: Reading) -> str:
    """Write a log or a program as lines; other texts have nothing to write."""
    if reading.kind == "log":
        head = [reading.date.isoformat()] if reading.date else []
        return "\n\n".join([*head, *(_logged(exercise) for exercise in reading.exercises)])
    days = ["Program"] if reading.kind == "program" else []
    for day in reading.days:
        head = [f"## {day.name}"] if day.name else []
        days.append("\n".join([*head, *(_prescribed(exercise) for exercise in day.exercises)]))
    return "\n\n".join(days)


def _logged(exercise: LoggedExercise) -> str:
    lines = [exercise.name or exercise.raw]
    lines += [f"Set {number}: {_set(one)}" for number, one in enumerate(exercise.sets, 1)]
    return "\n".join(lines)


def _set(one: ReadSet) -> str:
    parts = []
    load = _load(one)
    if one.reps is not None:
        parts.append(f"{load} x {one.reps}" if load else f"{one.reps} reps")
    elif load:
        parts.append(load)
    if one.distance_m is not None:
        parts.append(f"{one.distance_m:f} metres")
    if one.seconds is not None:
        parts.append(f"{one.seconds} seconds")
    text = " ".join(parts)
    if one.rpe is not None:
        text += f" RPE {one.rpe:f}"
    return f"{text} [warm-up]" if one.kind == "warmup" else text


def _load(loaded: ReadSet | PrescribedExercise | SchemeSet) -> str:
    if loaded.weight is None:
        return ""
    sign = {"added": "+", "assisted": "-"}.get(loaded.load_mode, "")
    return f"{sign}{loaded.weight:f} {loaded.unit or ''}".rstrip()


def _prescribed(exercise: PrescribedExercise) -> str:
    name = exercise.name or exercise.raw
    targets = [_scheme(exercise)] if exercise.scheme else [_uniform(exercise)]
    if exercise.rest_s is not None:
        targets.append(f"rest {exercise.rest_s} seconds")
    if exercise.tempo is not None:
        targets.append(f"tempo {'-'.join(exercise.tempo)}")
    if exercise.per_side:
        targets.append("each side")
    return f"{name}: {', '.join(target for target in targets if target)}"


def _scheme(exercise: PrescribedExercise) -> str:
    return ", ".join(f"1x{_work(one)}{_aim(one)}" for one in exercise.scheme)


def _uniform(exercise: PrescribedExercise) -> str:
    work = _work(exercise)
    count = f"{exercise.sets}x" if exercise.sets is not None and work else ""
    text = f"{count}{work}" if work or exercise.sets is None else f"{exercise.sets} sets"
    return f"{text}{_aim(exercise)}"


def _work(one: PrescribedExercise | SchemeSet) -> str:
    plus = "+" if one.amrap and one.reps_min is not None else ""
    if one.reps_min is not None:
        span = f"{one.reps_min}" if one.reps_min == one.reps_max else f"{one.reps_min}-{one.reps_max}"
        return span + plus
    if one.seconds is not None:
        return f"{one.seconds} seconds"
    if one.distance_m is not None:
        return f"{one.distance_m:f} metres"
    return "max" if one.amrap else ""


def _aim(one: PrescribedExercise | SchemeSet) -> str:
    text = ""
    if one.percent is not None:
        text += f" @ {one.percent:f}%"
    elif one.weight is not None:
        text += f" @ {_load(one)}"
    effort = one.rpe if one.rpe is not None else Decimal(10) - one.rir if one.rir is not None else None
    return f"{text} RPE {effort:f}" if effort is not None else text
