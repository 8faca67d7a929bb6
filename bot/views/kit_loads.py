"""The user's bars, plates and dumbbells, and the buttons that change them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TypeAlias

from bot.answers import Action, Button, Text
from bot.markup import Html, lines
from bot.messages import Messages
from bot.usecases.kit import DUMBBELL_STEPS, STACK_STEPS
from bot.views import figures
from training.loading import BAR_CHOICES, DEFAULT_KITS, Kit

Shown: TypeAlias = tuple[Html, list[list[Button]]]
TYPED_PARTS = ("plates", "dumbbells", "bar", "ez_bar", "trap_bar")
OTHER_UNIT = {"kg": "lb", "lb": "kg"}


def loads(messages: Messages, kit: Kit) -> Shown:
    """Show what the user loads with; a button for each part."""
    unit = kit.unit
    text = lines(
        messages.text("kit-loads-head"),
        messages.text(
            "kit-loads-bars",
            bar=figures.weight(messages, kit.bar, unit),
            ez=figures.weight(messages, kit.ez_bar, unit),
            trap=figures.weight(messages, kit.trap_bar, unit),
        ),
        messages.text("kit-loads-plates", plates=_plates(messages, kit)),
        _dumbbells(messages, kit),
        messages.text("kit-loads-stack", step=figures.weight(messages, kit.stack_step, unit)),
        messages.text("kit-loads-usual") if kit == DEFAULT_KITS[unit] else None,
    )
    return text, [
        [_to(messages, "bar", kit), _to(messages, "plates", kit)],
        [_to(messages, "dumbbells", kit), _to(messages, "stack_step", kit)],
        [
            Button(
                messages.label("kit-loads-other-unit", unit=OTHER_UNIT[unit]),
                Action("kit.loads", {"unit": OTHER_UNIT[unit]}, once=False),
            ),
            *([] if kit == DEFAULT_KITS[unit] else [_reset(messages, kit)]),
        ],
        [Button(messages.label("kit-loads-to-equipment"), Action("kit.show", {}, once=False))],
    ]


def _plates(messages: Messages, kit: Kit) -> str:
    written = [
        figures.number(plate.weight)
        if plate.pairs is None
        else messages.label("kit-loads-pairs", weight=figures.number(plate.weight), pairs=plate.pairs)
        for plate in sorted(kit.plates, reverse=True)
    ]
    return f"{', '.join(written)} {kit.unit}"


def _dumbbells(messages: Messages, kit: Kit) -> Html:
    if kit.dumbbells:
        sizes = ", ".join(figures.number(one) for one in kit.dumbbells)
        return messages.text("kit-loads-dumbbells", sizes=f"{sizes} {kit.unit}")
    return messages.text("kit-loads-dumbbell-step", step=figures.weight(messages, kit.dumbbell_step, kit.unit))


def _to(messages: Messages, part: str, kit: Kit) -> Button:
    return Button(
        messages.label("kit-loads-part", part=part), Action("kit.part", {"part": part, "unit": kit.unit}, once=False)
    )


def _reset(messages: Messages, kit: Kit) -> Button:
    return Button(messages.label("kit-loads-reset"), Action("kit.usual", {"unit": kit.unit}, once=False))


def part(messages: Messages, kit: Kit, name: str) -> Shown:
    """Ask for one part of the kit: by buttons where some values are usual, and by typing."""
    choices: Sequence[tuple[str, Decimal]] = ()
    field = name
    if name == "bar":
        choices = [
            (messages.label("kit-loads-bar", kind=kind, weight=figures.weight(messages, weight, kit.unit)), weight)
            for kind, weight in BAR_CHOICES[kit.unit].items()
        ]
    elif name == "dumbbells":
        field, choices = "dumbbell_step", _steps(messages, DUMBBELL_STEPS[kit.unit], kit.unit)
    elif name == "stack_step":
        choices = _steps(messages, STACK_STEPS[kit.unit], kit.unit)
    rows = [[_choice(label, kit, field, weight)] for label, weight in choices]
    if name == "bar":
        rows.append([_to(messages, "ez_bar", kit), _to(messages, "trap_bar", kit)])
    rows.append([Button(messages.label("picker-back"), Action("kit.loads", {"unit": kit.unit}, once=False))])
    return messages.text("kit-loads-ask", part=name, unit=kit.unit), rows


def _steps(messages: Messages, steps: Sequence[Decimal], unit: str) -> list[tuple[str, Decimal]]:
    return [(messages.label("kit-loads-every", step=figures.weight(messages, step, unit)), step) for step in steps]


def _choice(label: str, kit: Kit, field: str, weight: Decimal) -> Button:
    is_chosen = getattr(kit, field) == weight and not (field == "dumbbell_step" and kit.dumbbells)
    args = {"part": field, "unit": kit.unit, "value": figures.number(weight)}
    return Button(f"✅ {label}" if is_chosen else label, Action("kit.change", args, once=False))


def changed(messages: Messages, kit: Kit, part_changed: str) -> Text:
    """Say that typed weights were taken, and show the kit."""
    text, keyboard = loads(messages, kit)
    return Text(lines(messages.text("kit-loads-changed", part=part_changed), text), keyboard)
