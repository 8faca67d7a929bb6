"""A loaded bar, drawn in text."""

from __future__ import annotations

from decimal import Decimal

from bot.answers import Action, Button, Text
from bot.markup import Html, code, lines
from bot.messages import Messages
from bot.usecases.plates import OnTheBar
from bot.views import figures


def shown(messages: Messages, loaded: OnTheBar) -> Text:
    """Draw one side of the bar, say what is on it, and offer the loads next to it."""
    return Text(lines(*_told(messages, loaded)), [_steps(messages, loaded), [kit_button(messages)]])


def kit_button(messages: Messages) -> Button:
    return Button(messages.label("plates-to-kit"), Action("kit.loads", {}, once=False))


def _told(messages: Messages, loaded: OnTheBar) -> list[Html]:
    stacked, unit = loaded.stacked, loaded.wanted.unit

    def weight(value: Decimal) -> str:
        return figures.weight(messages, value, unit)

    head = messages.text("plates-head", load=weight(stacked.total), bar=weight(stacked.bar))
    side = " + ".join(figures.number(plate) for plate in stacked.per_side)
    below = messages.text("plates-each-side", plates=side) if side else messages.text("plates-bar-alone")
    told = [head, code(drawn(stacked.per_side)), below]
    if stacked.wanted < stacked.bar:
        told.insert(0, messages.text("plates-below-bar", load=weight(stacked.wanted), bar=weight(stacked.bar)))
    elif not stacked.is_exact:
        told.insert(0, _inexact(messages, loaded))
    return told


def _inexact(messages: Messages, loaded: OnTheBar) -> Html:
    unit = loaded.wanted.unit
    load = figures.weight(messages, loaded.stacked.wanted, unit)
    if loaded.heavier is None or loaded.heavier < loaded.stacked.wanted:
        return messages.text("plates-all-there-is", load=load)
    return messages.text(
        "plates-not-exact",
        load=load,
        lighter=figures.weight(messages, loaded.stacked.total, unit),
        heavier=figures.weight(messages, loaded.heavier, unit),
    )


def drawn(per_side: tuple[Decimal, ...]) -> str:
    """Draw a side from the inside out: "──[25][15][1.25]▏"."""
    return "──" + "".join(f"[{figures.number(plate)}]" for plate in per_side) + ("▏" if per_side else "──")


def _steps(messages: Messages, loaded: OnTheBar) -> list[Button]:
    row = []
    for mark, load in (("◀ {}", loaded.lighter), ("{} ▶", loaded.heavier)):
        if load is not None:
            args = {
                "weight": figures.number(load),
                "unit": loaded.wanted.unit,
                "bar": figures.number(loaded.stacked.bar),
            }
            written = figures.weight(messages, load, loaded.wanted.unit)
            row.append(Button(mark.format(written), Action("plates.show", args, once=False)))
    return row
