"""Prescriptions as lifters write them: "4×6–8 @ RPE 8 · 3 min", "5 @ 65%, 5 @ 75%, 5+ @ 85%", "3×45 s /side"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from bot.messages import Messages
from bot.usecases.targets import Prescribed, Targets
from bot.views import figures

LONGEST_NOTE = 120


def line(messages: Messages, prescribed: Prescribed) -> str:
    """Write all that is asked for, as plain text; empty when nothing is."""
    return " · ".join(part for part in _parts(messages, prescribed) if part)


def _parts(messages: Messages, prescribed: Prescribed) -> Iterator[str]:
    yield amounts(messages, prescribed)
    if prescribed.rest_seconds is not None:
        yield rest(messages, prescribed.rest_seconds)
    if prescribed.tempo:
        yield messages.label("prescription-tempo", tempo=prescribed.tempo)
    if prescribed.note:
        yield shortened(prescribed.note)


def amounts(messages: Messages, prescribed: Prescribed) -> str:
    """Write sets, repetitions and load, without rest and notes."""
    if prescribed.scheme:
        runs = [list(run) for _, run in groupby(prescribed.scheme)]
        written = ", ".join(_run(messages, run) for run in runs)
    else:
        written = _equal_sets(messages, prescribed.targets)
    if prescribed.per_side and written:
        return messages.label("prescription-per-side", amounts=written)
    return written


def _run(messages: Messages, run: Sequence[Targets]) -> str:
    return _equal_sets(messages, replace(run[0], sets=len(run) if len(run) > 1 else None), in_scheme=True)


def _equal_sets(messages: Messages, targets: Targets, in_scheme: bool = False) -> str:
    what = _what(messages, targets)
    if targets.sets is not None:
        what = f"{targets.sets}×{what}" if what else messages.label("prescription-sets-alone", sets=targets.sets)
    elif what.isdecimal() and not in_scheme:
        what = messages.label("prescription-reps-alone", reps=int(what))
    return f"{what}{_at(messages, targets)}".strip()


def _what(messages: Messages, targets: Targets) -> str:
    """Write what one set is: "6–8", "5+", "AMRAP", "45 s", "400 m", "400 m in 1:30"."""
    parts = []
    if targets.reps_min is not None or targets.reps_max is not None:
        parts.append(_reps(targets))
    elif targets.amrap:
        parts.append(messages.label("prescription-amrap"))
    if targets.distance_m is not None:
        parts.append(figures.distance(messages, targets.distance_m))
    if targets.seconds is not None:
        parts.append(figures.duration(messages, targets.seconds))
    if len(parts) == 2:
        return messages.label("amount-in-time", amount=parts[0], time=parts[1])
    return ", ".join(parts)


def _reps(targets: Targets) -> str:
    low, high = targets.reps_min, targets.reps_max
    many = (
        f"{low}–{high}" if low is not None and high is not None and low != high else f"{high if low is None else low}"
    )
    return f"{many}+" if targets.amrap else many


def _at(messages: Messages, targets: Targets) -> str:
    """Write load and effort after the sign that lifters put before them."""
    weight, percent = load(messages, targets), _percent(targets)
    # "5 @ 205 lb, 65%, 5 @ 235 lb" could be misread: a comma parts the sets.
    written = f"{weight} ({percent})" if weight and percent else weight or percent
    parts = [part for part in (written, _effort(messages, targets)) if part]
    return f" @ {', '.join(parts)}" if parts else ""


def load(messages: Messages, targets: Targets) -> str:
    """Write the load: "100 kg", "BW+10 kg", "assisted −20 kg"; empty when none is asked for."""
    if targets.load_mode == "bodyweight" or (targets.load_mode == "added" and targets.weight is None):
        return messages.label("load-bodyweight")
    if targets.weight is None:
        return ""
    typed = figures.weight(messages, targets.weight, targets.unit)
    if targets.load_mode in ("added", "assisted"):
        return messages.label(f"load-{targets.load_mode}", weight=typed)
    return typed


def _percent(targets: Targets) -> str:
    return "" if targets.percent is None else f"{figures.number(targets.percent)}%"


def _effort(messages: Messages, targets: Targets) -> str:
    if targets.rpe is None:
        return ""
    if targets.as_rir:
        return messages.label("prescription-rir", value=figures.number(10 - targets.rpe))
    return messages.label("prescription-rpe", value=figures.number(targets.rpe))


def rest(messages: Messages, seconds: int) -> str:
    """Write a rest: "90 s", "3 min", "2:30 min"."""
    if seconds < 120 and seconds % 60:
        return messages.label("prescription-rest-seconds", seconds=str(seconds))
    minutes, left = divmod(seconds, 60)
    return messages.label("prescription-rest-minutes", minutes=f"{minutes}:{left:02}" if left else str(minutes))


def shortened(text: str, limit: int = LONGEST_NOTE) -> str:
    """Cut a long text of a user for a list; the whole of it stays where it is stored."""
    plain = " ".join(text.split())
    return plain if len(plain) <= limit else plain[: limit - 1].rstrip() + "…"
