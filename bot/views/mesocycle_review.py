"""The review of a mesocycle: what was done, what grew, how it felt."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from bot.answers import Action, Button
from bot.markup import Html, bold, escape, lines
from bot.messages import Messages
from bot.usecases.mesocycle_review import Review
from bot.views import dates, figures, logged
from bot.views.plans import Shown
from storage.models import MesocycleStatus
from storage.repositories.muscle_feedback import FeedbackMeans
from training.mesocycle import hard_weeks
from training.mesocycle_review import GroupSets, Growth
from training.units import from_kg

MOST_LIFTS: Final = 8
TENTH: Final = Decimal("0.1")


def review(messages: Messages, found: Review, unit: str) -> Shown:
    """Show what a mesocycle came to."""
    mesocycle = found.mesocycle
    args = {"mesocycle": str(mesocycle.id)}
    versioned = {**args, "version": mesocycle.version}
    manage = [
        Button(messages.label("meso-to-weeks"), Action("meso.grid", args, once=False)),
        Button(messages.label("meso-delete"), Action("meso.ask_delete", args, once=False), "danger"),
    ]
    if mesocycle.status is MesocycleStatus.COMPLETED:
        manage.insert(1, Button(messages.label("meso-archive"), Action("meso.archive", versioned)))
    rows = [
        [Button(messages.label("meso-repeat"), Action("meso.repeat", args, once=False), "primary")],
        manage,
        [Button(messages.label("meso-back"), Action("meso.show", {}, once=False))],
    ]
    return lines(*_head(messages, found), *_body(messages, found, unit)), rows


def _head(messages: Messages, found: Review) -> Iterator[Html]:
    mesocycle = found.mesocycle
    is_running = mesocycle.status is MesocycleStatus.ACTIVE
    yield messages.text("meso-review-running" if is_running else "meso-review-head", name=mesocycle.name)
    if mesocycle.start_date is not None and mesocycle.end_date is not None:
        yield messages.text(
            "meso-review-days",
            first=dates.short(messages, mesocycle.start_date),
            last=dates.short(messages, mesocycle.end_date),
        )
    if found.parent is not None:
        yield messages.text("meso-review-parent", week=mesocycle.copied_from_week or 1, name=found.parent.name)
    for child in found.children:
        yield messages.text("meso-review-child", week=child.copied_from_week or 1, name=child.name)
    yield messages.text(
        "meso-review-done",
        done=found.done,
        planned=found.planned,
        percent=found.adherence,
        skipped=found.skipped,
    )


def _body(messages: Messages, found: Review, unit: str) -> Iterator[Html]:
    if found.groups:
        last = hard_weeks(found.mesocycle.duration_weeks)
        yield Html("")
        yield messages.text("meso-review-sets", last=last)
        yield from (_group(messages, one) for one in found.groups)
    if found.growth:
        yield Html("")
        yield messages.text("meso-review-growth")
        yield from (_growth(messages, one, unit) for one in found.growth[:MOST_LIFTS])
    if found.records:
        yield Html("")
        yield messages.text("meso-review-records", count=sum(len(news) for _, news in found.records))
        for name, news in found.records[:MOST_LIFTS]:
            cups = " ".join(logged.record(messages, one, unit) for one in news)
            yield Html(f"• {escape(name)}: {cups}")
    if found.feedback:
        yield Html("")
        yield messages.text("meso-review-feedback")
        yield from (_feedback(messages, one) for one in found.feedback)


def _group(messages: Messages, one: GroupSets) -> Html:
    name = messages.label("muscle-name", muscle=one.muscle_group)
    return Html(f"• {escape(name)}: {one.first} → {one.last}")


def _growth(messages: Messages, one: Growth, unit: str) -> Html:
    first, best = (_load(kilograms, unit) for kilograms in (one.first_kg, one.best_kg))
    gained = best - first
    sign = "+" if gained > 0 else "−" if gained < 0 else "±"
    shown = figures.weight(messages, best, unit)
    return Html(
        f"• {escape(one.exercise)}: {figures.number(first)} → {shown} ({bold(sign + figures.number(abs(gained)))})"
    )


def _load(kilograms: Decimal, unit: str) -> Decimal:
    return (kilograms if unit == "kg" else from_kg(kilograms, unit)).quantize(TENTH)


def _feedback(messages: Messages, one: FeedbackMeans) -> Html:
    text = messages.text(
        "meso-review-means",
        muscle=messages.label("muscle-name", muscle=str(one.muscle_group)),
        soreness=_mean(one.soreness),
        pump=_mean(one.pump),
        challenge=_mean(one.challenge),
    )
    return Html(f"• {text}")


def _mean(value: Decimal | None) -> str:
    return "–" if value is None else figures.number(Decimal(value).quantize(TENTH))
