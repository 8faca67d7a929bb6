"""How exercises progress, and what the user can settle about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, TypeAlias

from bot.answers import Action, Button, Text
from bot.markup import Html, bold, code, lines
from bot.messages import Messages
from bot.usecases.progression import SCHEMES, STEPS, Card, Overview, TypedLoad, Unsure, shown_training_max
from bot.usecases.training_maxima import Announced
from bot.views import figures, suggestions
from bot.views.program_preview import page_buttons
from storage.models import Exercise, ExerciseSetting
from training.lift import Lift
from training.training_max import rise_of_cycle
from training.units import from_kg

Shown: TypeAlias = tuple[Html, list[list[Button]]]
PERCENTS = (95, 90, 85, 80, 75, 70, 65, 60, 50, 40)
MOST_NAMES = 4


def overview(messages: Messages, shown: Overview) -> Shown:
    """List the exercises of the plan, each with its scheme and what comes next."""
    if shown.plan is None:
        return messages.text("progression-no-plan"), []
    told = [line for card in shown.cards for line in _listed(messages, card)]
    rows = [[_open(messages, card)] for card in shown.cards]
    if shown.pages > 1:
        rows.append(page_buttons(messages, "progression.list", {}, shown.page, shown.pages))
    return lines(messages.text("progression-head", plan=shown.plan.name), Html(""), *told), rows


def _listed(messages: Messages, card: Card) -> Iterator[Html]:
    if card.suggestion is None:
        yield messages.text("progression-listed-alone", name=card.exercise.name)
        return
    yield messages.text("progression-listed", name=card.exercise.name, scheme=scheme_name(messages, card.lift.scheme))
    if next_time := suggestions.line(messages, card.suggestion):
        yield Html(f"    {next_time}")


def _open(messages: Messages, card: Card) -> Button:
    return Button(card.exercise.name, Action("progression.open", {"id": str(card.exercise.id)}, once=False))


def scheme_name(messages: Messages, scheme: str) -> str:
    return messages.label("progression-scheme", scheme=scheme)


def card(messages: Messages, shown: Card) -> Shown:
    """Show one exercise: its scheme and who says so, what it does, what comes next, and the buttons to change it."""
    lift = shown.lift
    text = lines(
        bold(shown.exercise.name),
        messages.text("progression-card-scheme", scheme=scheme_name(messages, lift.scheme), source=shown.source),
        messages.text("progression-explained", scheme=lift.scheme),
        Html(""),
        *_figures(messages, shown),
        *_next_time(messages, shown),
    )
    return text, _buttons(messages, shown)


def _figures(messages: Messages, shown: Card) -> Iterator[Html]:
    lift, setting = shown.lift, shown.setting
    goes_by_cycle = lift.scheme == "percent_tm"
    usual = rise_of_cycle(lift.unit, is_lower=lift.is_lower) if goes_by_cycle else lift.own_step
    step = figures.weight(messages, lift.step or usual, lift.unit)
    own = "no" if lift.step is None else "yes"
    yield messages.text("progression-card-step", step=step, own=own, when="cycle" if goes_by_cycle else "made")
    if setting is not None and setting.training_max is not None:
        weight = figures.weight(messages, *shown_training_max(setting))
        yield messages.text("progression-card-training-max", weight=weight, cycle=setting.cycle)
    elif lift.scheme == "percent_tm" and shown.maximum is not None:
        weight = figures.weight(messages, shown.maximum.quantize(Decimal("0.1")), lift.unit)
        yield messages.text("progression-card-derived-max", weight=weight)


def _next_time(messages: Messages, shown: Card) -> Iterator[Html]:
    if shown.suggestion is None:
        if shown.lift.next_kg is not None:
            load = figures.weight(messages, from_kg(abs(shown.lift.next_kg), shown.lift.unit), shown.lift.unit)
            yield messages.text("progression-card-next-alone", load=load)
        if shown.workout is None:
            yield messages.text("progression-card-no-plan")
        return
    amounts = suggestions.amounts(messages, shown.suggestion)
    yield messages.text("progression-card-next", workout=shown.workout or "", amounts=amounts)
    if shown.suggestion.reason is not None:
        yield messages.text("progression-why", why=suggestions.reason(messages, shown.suggestion.reason))


def _buttons(messages: Messages, shown: Card) -> list[list[Button]]:
    args = {"id": str(shown.exercise.id)}

    def button(label: str, action: str, **more: Any) -> Button:
        return Button(messages.label(label), Action(action, {**args, **more}, once=False))

    forgets = []
    if shown.lift.next_kg is not None:
        forgets.append(button("progression-forget-next", "progression.forget", what="next"))
    if shown.setting is not None and shown.setting.training_max is not None:
        forgets.append(button("progression-forget-tm", "progression.forget", what="tm"))
    return [
        [
            button("progression-to-schemes", "progression.schemes"),
            button("progression-to-steps", "progression.steps", unit=shown.lift.unit),
        ],
        [
            button("progression-ask-next", "progression.ask", what="next"),
            button("progression-ask-tm", "progression.ask", what="tm"),
        ],
        *([forgets] if forgets else []),
        [Button(messages.label("progression-to-list"), Action("progression.list", {"page": 0}, once=False))],
    ]


def schemes(messages: Messages, shown: Card) -> Shown:
    """Offer the schemes; the one in force is marked."""
    args = {"id": str(shown.exercise.id)}
    rows = []
    for scheme in SCHEMES:
        name = scheme_name(messages, scheme)
        label = f"✅ {name}" if scheme == shown.lift.scheme else name
        rows.append([Button(label, Action("progression.scheme", {**args, "scheme": scheme}, once=False))])
    if shown.source == "own":
        plain = Action("progression.scheme", {**args, "scheme": None}, once=False)
        rows.append([Button(messages.label("progression-by-plan"), plain)])
    rows.append([_back(messages, shown)])
    told = [messages.text("progression-choice", scheme=scheme) for scheme in SCHEMES]
    return lines(messages.text("progression-ask-scheme", name=shown.exercise.name), Html(""), *told), rows


def steps(messages: Messages, shown: Card) -> Shown:
    """Offer steps for the load."""
    unit = shown.lift.unit
    args = {"id": str(shown.exercise.id), "unit": unit}
    chosen = shown.lift.step
    buttons = []
    for step in STEPS[unit]:
        label = figures.weight(messages, step, unit)
        action = Action("progression.step", {**args, "step": figures.number(step)}, once=False)
        buttons.append(Button(f"✅ {label}" if step == chosen else label, action))
    usual = Button(
        messages.label("progression-usual-step"), Action("progression.step", {**args, "step": None}, once=False)
    )
    return messages.text("progression-ask-step", name=shown.exercise.name), [buttons, [usual], [_back(messages, shown)]]


def _back(messages: Messages, shown: Card) -> Button:
    args = {"id": str(shown.exercise.id)}
    return Button(messages.label("picker-back"), Action("progression.open", args, once=False))


def ask_load(messages: Messages, exercise: Exercise, what: str) -> Text:
    """Ask for the load of next time, or for the training max."""
    return Text(messages.text("progression-ask-load", name=exercise.name, what=what))


def settled(messages: Messages, exercise: Exercise, typed: TypedLoad, made: tuple[Decimal, Decimal, str]) -> Text:
    """Say that a load is settled for next time, and whether it can be made."""
    weight, nearest, unit = made
    load = figures.weight(messages, weight, unit)
    text = messages.text(
        "progression-settled", name=exercise.name, load=load, help="yes" if typed.sign == "-" else "no"
    )
    if nearest != weight:
        near = messages.text("progression-settled-nearest", nearest=figures.weight(messages, nearest, unit))
        text = lines(text, near)
    args = {"id": str(exercise.id), "what": "next"}
    return Text(text, [[Button(messages.label("progression-forget-next"), Action("progression.forget", args))]])


def training_max(messages: Messages, shown: Card) -> Text:
    """Show a training max with the loads that its percents come to."""
    lift, setting = shown.lift, shown.setting
    args = {"id": str(shown.exercise.id)}
    open_card = Button(messages.label("progression-open"), Action("progression.open", args, once=False))
    if shown.maximum is None:
        return Text(messages.text("tm-none", name=shown.exercise.name), [[open_card]])
    if setting is not None and setting.training_max is not None:
        weight = figures.weight(messages, *shown_training_max(setting))
        head = messages.text("tm-set", name=shown.exercise.name, weight=weight, cycle=setting.cycle)
    else:
        weight = figures.weight(messages, shown.maximum.quantize(Decimal("0.1")), lift.unit)
        head = messages.text("tm-derived", name=shown.exercise.name, weight=weight)
    return Text(lines(head, code(_table(lift, shown.maximum))), [[open_card]])


def _table(lift: Lift, maximum: Decimal) -> str:
    """Write percents and loads in two columns, as they stand in a monospaced font."""
    rows = [(percent, lift.nearest(maximum * percent / 100)) for percent in PERCENTS]
    return "\n".join(f"{percent:>3} %  {figures.number(load):>6} {lift.unit}" for percent, load in rows)


def training_maxima(messages: Messages, known: Sequence[tuple[Exercise, ExerciseSetting]]) -> Text:
    """List the training maxima that are set, and how one is set."""
    told = [
        messages.text("tm-listed", name=exercise.name, weight=figures.weight(messages, *shown_training_max(setting)))
        for exercise, setting in known
    ]
    return Text(lines(messages.text("tm-head" if told else "tm-head-none"), *told, messages.text("tm-how")))


def unsure(messages: Messages, asked: Unsure, what: str) -> Text:
    """Ask which exercise is meant; the load that was typed goes with the answer."""
    typed = asked.typed
    load = None if typed is None else {"weight": figures.number(typed.weight), "unit": typed.unit, "sign": typed.sign}
    rows = [
        [Button(one.name, Action("progression.name", {"key": one.key, "what": what, "load": load}))]
        for one in asked.candidates[:MOST_NAMES]
    ]
    return Text(messages.text("history-which" if rows else "history-unknown", words=asked.words), rows)


def announced(messages: Messages, changes: Sequence[Announced]) -> Text:
    """Tell which training maxima a session has changed, and why."""
    told = []
    for one in changes:
        change = one.change
        told.append(
            messages.text(
                "tm-lowered" if change.is_less else "tm-raised",
                name=one.name,
                before=figures.weight(messages, change.before, change.unit),
                after=figures.weight(messages, change.after, change.unit),
                cycle=one.cycle,
            )
        )
    return Text(lines(*told))
