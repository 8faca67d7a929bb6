"""Figures as a lifter writes them: "80 kg × 8, 8, 7", "BW+20 kg × 5", "1:30", "5 km in 26:40".

Everything here gives plain text without a word of a user in it; whoever puts it into a message escapes it there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby

from bot.messages import Messages
from bot.usecases.performed import Performed

LONG_RUN = 6
"""From so many equal repetitions on, a row of them is counted instead of listed."""


def number(value: Decimal | int) -> str:
    """Write a number without an exponent and without zeros that say nothing: 82.50 is 82.5, 1E+2 is 100."""
    return _without_zeros(f"{Decimal(value):f}")


def whole(value: Decimal) -> Decimal:
    """Round to a whole number as one does by hand: a half goes up."""
    return value.quantize(Decimal(1), ROUND_HALF_UP)


def _without_zeros(plain: str) -> str:
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def weight(messages: Messages, value: Decimal, unit: str) -> str:
    """Write a weight with its thousands apart: "82.5 kg", "2,860 kg"."""
    return messages.label(f"weight-{unit}", value=_without_zeros(f"{value:,f}"))


def duration(messages: Messages, seconds: int) -> str:
    """Write a time: "45 s", "1:30", "1:05:00"."""
    if seconds < 60:
        return messages.label("duration-seconds", seconds=str(seconds))
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def distance(messages: Messages, metres: Decimal) -> str:
    """Write a distance, in kilometres from one on, no finer than is of use: "40 m", "804.7 m", "5 km", "3.22 km"."""
    if metres >= 1000:
        return messages.label("distance-km", value=number(round(metres / 1000, 2)))
    return messages.label("distance-m", value=number(round(metres, 1)))


def load(messages: Messages, performed: Performed) -> str:
    """Write what was lifted: "80 kg", "BW+20 kg", "assisted −20 kg", "BW", or nothing when no load was stated."""
    if performed.load_mode == "bodyweight":
        return messages.label("load-bodyweight")
    if performed.weight is None:
        return ""
    typed = weight(messages, performed.weight, performed.unit)
    if performed.load_mode == "added":
        return messages.label("load-added", weight=typed)
    if performed.load_mode == "assisted":
        return messages.label("load-assisted", weight=typed)
    return typed


def effort(messages: Messages, performed: Performed) -> str:
    """Write the effort as the user wrote it, as RPE or as reps in reserve."""
    if performed.rpe is None:
        return ""
    if performed.as_rir:
        return messages.label("effort-rir", value=number(10 - performed.rpe))
    return messages.label("effort-rpe", value=number(performed.rpe))


def one_set(messages: Messages, performed: Performed) -> str:
    """Write one set: "80 kg × 8 @9", "BW × 12", "1:30", "warm-up 60 kg × 5"."""
    return sets(messages, (performed,))


def sets(messages: Messages, performed: Iterable[Performed]) -> str:
    """Write several sets in their order, those of one load together: "80 kg × 8, 8, 7; 85 kg × 5"."""
    runs = [list(run) for _, run in groupby(performed, key=_what_a_run_shares)]
    separator = ", " if all(len(run) == 1 for run in runs) else "; "
    return separator.join(_run(messages, run) for run in runs)


def _what_a_run_shares(one: Performed) -> tuple[object, ...]:
    """Everything but how many, how long and how far; of those, which are told."""
    told = (one.reps is None, one.seconds is None, one.distance_m is None)
    return (one.weight, one.unit, one.load_mode, one.rpe, one.as_rir, one.kind, one.per_side, *told)


def _run(messages: Messages, run: Sequence[Performed]) -> str:
    head = run[0]
    body = _with_load(messages, head, run)
    if head.per_side:
        body = messages.label("amount-each-side", amount=body)
    if mark := effort(messages, head):
        body = f"{body} {mark}"
    if head.kind != "working":
        body = messages.label(f"kind-{head.kind}", set=body)
    return body


def _with_load(messages: Messages, head: Performed, run: Sequence[Performed]) -> str:
    heavy = load(messages, head)
    written = [_amount(messages, performed) for performed in run]
    is_long = len(set(written)) == 1 and len(written) >= LONG_RUN
    amounts = written[0] if is_long else ", ".join(written)
    if head.reps is None:
        bare = head.load_mode == "bodyweight" or not heavy
        text = amounts if bare else messages.label("load-of-hold", load=heavy, amount=amounts)
    elif not heavy and head.seconds is not None:
        text = amounts
    elif not heavy:
        text = messages.label("reps-alone", reps=amounts, count=1 if amounts == "1" else 2)
    else:
        text = messages.label("load-times-reps", load=heavy, reps=amounts)
    return messages.label("amount-many-sets", amount=text, count=str(len(run))) if is_long else text


def _amount(messages: Messages, performed: Performed) -> str:
    """Write what was done in a set; repetitions in a time name themselves: "8 reps in 1:00"."""
    parts = [str(performed.reps)] if performed.reps is not None else []
    if parts and performed.seconds is not None and not performed.weight:
        parts = [messages.label("reps-alone", reps=parts[0], count=performed.reps or 0)]
    if performed.distance_m is not None:
        parts.append(distance(messages, performed.distance_m))
    if performed.seconds is not None:
        parts.append(duration(messages, performed.seconds))
    if len(parts) == 2:
        return messages.label("amount-in-time", amount=parts[0], time=parts[1])
    return ", ".join(parts)
