"""Suggestions in words: what the next session asks for, and why."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby

from bot.markup import Html
from bot.messages import Messages
from bot.usecases.targets import Prescribed, Targets
from bot.views import figures, prescriptions
from training.targets import Reason, SetTarget, Suggestion
from training.units import from_kg

PREFIX = "progression-reason-"
WEIGHTS = ("load", "step", "maximum")
"""What a reason names in the unit of its loads."""

COUNTED = frozenset(("rep-more", "set-more", "hold-up", "hold-again"))
"""Reasons for other repetitions, sets or seconds than the plan has."""


def reason(messages: Messages, why: Reason | None) -> str:
    """Say why, as plain text: "all sets reached 8: 2.5 kg more". Empty where there is no reason."""
    if why is None:
        return ""
    args: dict[str, object] = dict(why.args)
    unit = str(args.pop("unit", "kg"))
    for name in WEIGHTS:
        if name in args:
            args[name] = figures.weight(messages, Decimal(str(args[name])), unit)
    name = why.key.removeprefix(PREFIX)
    return messages.label(f"progression-reason-{name}", **args)


def line(messages: Messages, suggestion: Suggestion) -> Html | None:
    """Write what a prescription comes to and why: "→ 82.5 kg · all sets reached 8: 2.5 kg more"; None without a why."""
    if suggestion.reason is None:
        return None
    what = loads(messages, suggestion) or _more(messages, suggestion)
    told = messages.text("progression-why", why=reason(messages, suggestion.reason))
    return messages.text("progression-line", what=what, why=told) if what else told


def _more(messages: Messages, suggestion: Suggestion) -> str:
    """Write repetitions or seconds where these are what goes up."""
    assert suggestion.reason is not None
    return amounts(messages, suggestion) if suggestion.reason.key.removeprefix(PREFIX) in COUNTED else ""


def amounts(messages: Messages, suggestion: Suggestion) -> str:
    """Write the sets that are suggested: "3×6–8 @ 82.5 kg"."""
    sets = [targets_of(one, suggestion.unit) for one in suggestion.sets]
    runs = [(one, len(list(run))) for one, run in groupby(sets)]
    if len(runs) == 1:
        return prescriptions.amounts(messages, Prescribed(_counted(runs[0][0], len(sets))))
    return prescriptions.amounts(messages, Prescribed(Targets(), tuple(sets)))


def _counted(one: Targets, count: int) -> Targets:
    return Targets(**{**{name: getattr(one, name) for name in one.__dataclass_fields__}, "sets": count})


def targets_of(one: SetTarget, unit: str) -> Targets:
    """Give a suggested set as plans write theirs; the percent that a load came from goes with the reason."""
    return Targets(
        reps_min=one.reps_min,
        reps_max=one.reps_max,
        seconds=one.seconds,
        distance_m=one.distance_m,
        weight=None if one.weight_kg is None else from_kg(one.weight_kg, unit),
        unit=unit,
        load_mode=one.load_mode,
        percent=one.percent if one.weight_kg is None else None,
        amrap=one.is_amrap,
    )


def loads(messages: Messages, suggestion: Suggestion) -> str:
    """Write the loads alone, those that follow each other once: "82.5 kg", "90 / 105 / 120 kg"; empty without any."""
    weights = [from_kg(one.weight_kg, suggestion.unit) for one in suggestion.sets if one.weight_kg is not None]
    written = " / ".join(figures.number(load) for load, _ in groupby(weights))
    if not written:
        return ""
    typed = messages.label(f"weight-{suggestion.unit}", value=written)
    mode = _mode(suggestion.sets)
    return messages.label(f"load-{mode}", weight=typed) if mode in ("added", "assisted") else typed


def _mode(sets: Sequence[SetTarget]) -> str:
    return next((one.load_mode for one in sets if one.weight_kg is not None), "external")
