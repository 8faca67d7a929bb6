"""Settings, units and learned words, each with its buttons."""

from __future__ import annotations

from bot.answers import Action, Button, Text
from bot.markup import lines
from bot.messages import Messages
from bot.usecases.onboarding import WRITTEN_LANGUAGES
from bot.usecases.preferences import PAGE, LearnedUnit, Settings, WordsPage, zone_said
from bot.usecases.reading_context import NUMBER_ORDERS
from bot.views import history
from storage.models import UnitSystem


def settings(messages: Messages, current: Settings) -> Text:
    """Show what is set; each button changes one thing."""
    text = messages.text(
        "settings",
        unit=str(current.unit_system),
        language=messages.label("start-language-name", language=current.language),
        timezone=zone_said(current.timezone),
        time=f"{current.local_time:%H:%M}",
        order=current.order or "ask",
    )
    keyboard = [
        _unit_buttons(messages, "settings.units"),
        [
            Button(messages.label("button-language"), Action("settings.languages", once=False)),
            Button(messages.label("button-timezone"), Action("settings.timezone", once=False)),
        ],
        [
            Button(messages.label("button-order"), Action("settings.orders", once=False)),
            Button(messages.label("button-words"), Action("aliases.page", {"offset": 0}, once=False)),
        ],
        [
            _switch(messages, "settings-rest", "settings.rest", is_on=current.rest_timer),
            _switch(messages, "settings-planned", "settings.planned", is_on=current.planned_reminders),
        ],
    ]
    return Text(text, keyboard)


def _switch(messages: Messages, key: str, action: str, *, is_on: bool) -> Button:
    """Give the button that turns something on or off, and shows which it is."""
    return Button(messages.label(key, on="yes" if is_on else "no"), Action(action, {"on": not is_on}, once=False))


def _unit_buttons(messages: Messages, action: str) -> list[Button]:
    return [
        Button(messages.label("start-unit-kg"), Action(action, {"unit": UnitSystem.METRIC}, once=False)),
        Button(messages.label("start-unit-lb"), Action(action, {"unit": UnitSystem.IMPERIAL}, once=False)),
    ]


def units(messages: Messages, unit_system: UnitSystem) -> Text:
    """Show the unit, and offer the other one."""
    return Text(messages.text("units", unit=str(unit_system)), [_unit_buttons(messages, "settings.unit_alone")])


def languages(messages: Messages) -> Text:
    buttons = [
        Button(
            messages.label("start-language-name", language=code),
            Action("settings.language", {"language": code}, once=False),
        )
        for code in WRITTEN_LANGUAGES
    ]
    return Text(messages.text("start-ask-language"), [buttons[:3], buttons[3:]])


def orders(messages: Messages) -> Text:
    """Offer the ways to read three numbers, or to be asked each time."""
    rows = [
        [Button(messages.label("order-name", order=order), Action("settings.order", {"order": order}, once=False))]
        for order in (*NUMBER_ORDERS, "ask")
    ]
    return Text(messages.text("settings-ask-order"), rows)


def _forget_unit(learned: LearnedUnit) -> Action:
    return Action("aliases.forget_unit", {"id": str(learned.root_id)})


def words(messages: Messages, page: WordsPage) -> Text:
    """List the learned words, units and habits; a button forgets one."""
    if not page.words and not page.units and page.order is None:
        return Text(messages.text("aliases-none"))
    listed = [messages.text("aliases-one", words=one.words, exercise=one.exercise) for one in page.words]
    listed += [messages.text("aliases-unit", exercise=one.exercise, unit=one.unit) for one in page.units]
    listed += [messages.text("aliases-order", order=page.order)] if page.order is not None else []
    forget = [
        [
            Button(
                messages.label("button-forget", words=one.words),
                Action("aliases.forget", {"id": str(one.alias_id), "offset": page.offset}),
            )
        ]
        for one in page.words
    ]
    forget += [
        [Button(messages.label("button-forget-unit", exercise=one.exercise, unit=one.unit), _forget_unit(one))]
        for one in page.units
    ]
    if page.order is not None:
        forget.append([Button(messages.label("button-forget-order"), Action("aliases.forget_order"))])
    turning = history.turning(messages, "aliases.page", {}, page.offset, PAGE, page.has_more)
    return Text(lines(messages.text("aliases-heading"), *listed), [*forget, *turning])
