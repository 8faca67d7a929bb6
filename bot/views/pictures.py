"""Charts in words: the titles, labels and figures on a picture, the buttons under it, and what is said instead."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from bot.answers import Action, Button, Keyboard, Text
from bot.charts import LiftPicture, Picture, VolumePicture, WeekPicture
from bot.charts.pictures import LiftPoint, WeekBar
from bot.messages import Messages
from bot.usecases.charts import SPANS, History, LiftHistory, VolumeHistory, WeekHistory, amount
from bot.views import dates, figures
from bot.views.statistics import span
from storage.repositories.statistics import NamedRoot
from training.statistics import WEEK, DayKept
from training.units import from_kg


def picture(messages: Messages, history: History) -> Picture:
    """Put the words to a history that has enough in it."""
    match history:
        case LiftHistory():
            return _lift(messages, history)
        case VolumeHistory():
            return _volume(messages, history)
        case WeekHistory():
            return _week(messages, history)


def months(messages: Messages) -> tuple[str, ...]:
    return tuple(messages.label(f"month-{number}") for number in range(1, 13))


def _lift(messages: Messages, history: LiftHistory) -> LiftPicture:
    is_load = history.measure == "load"
    points = [
        LiftPoint(best.day, _shown(amount(best, history.measure), history) or 0.0, _shown(best.estimate_kg, history))
        for best in history.bests
    ]
    unit = messages.label("chart-unit", measure=history.unit if is_load else history.measure)
    top = max(point.estimate if point.estimate is not None else point.top for point in points)
    best = messages.label("chart-best", value=figures.number(round(Decimal(top), 1)), unit=unit)
    return LiftPicture(
        title=history.name,
        subtitle=messages.label(
            "chart-lift-subtitle", best=best, days=span(messages, history.bests[0].day, history.bests[-1].day)
        ),
        unit=unit,
        top_label=messages.label("chart-top-set"),
        estimate_label=messages.label("chart-estimate"),
        months=months(messages),
        points=points,
    )


def _shown(value: Decimal | None, history: LiftHistory) -> float | None:
    if value is None:
        return None
    if history.measure != "load" or history.unit == "kg":
        return float(value)
    return float(from_kg(value, history.unit)) if value >= 0 else -float(from_kg(-value, history.unit))


def _volume(messages: Messages, history: VolumeHistory) -> VolumePicture:
    columns = [
        (str(week.day), messages.label(f"month-{week.month}") if _is_new_month(history.weeks, number) else "")
        for number, week in enumerate(history.weeks)
    ]
    rows = [
        (messages.label("muscle-name", muscle=muscle), [float(value) for value in values])
        for muscle, values in history.muscles.items()
    ]
    days = span(messages, history.weeks[0], history.weeks[-1] + timedelta(days=6))
    return VolumePicture(messages.label("chart-volume-title"), days, columns, rows, messages.label("chart-volume-axis"))


def _is_new_month(weeks: tuple[date, ...], number: int) -> bool:
    return number == 0 or weeks[number].month != weeks[number - 1].month


def _week(messages: Messages, history: WeekHistory) -> WeekPicture:
    planned = sum(day.planned for day in history.days)
    done = sum(day.done for day in history.days)
    days = span(messages, history.monday, history.monday + timedelta(days=6))
    of_week = messages.label("chart-week-of", day=dates.short(messages, history.monday))
    return WeekPicture(
        title=messages.label("chart-week-now") if history.is_now else of_week,
        subtitle=messages.label("chart-week-subtitle", days=days, done=done, planned=planned)
        if planned
        else messages.label("chart-week-subtitle-free", days=days, done=done),
        axis=messages.label("chart-week-axis"),
        planned_label=messages.label("chart-planned") if planned else "",
        done_label=messages.label("chart-done"),
        bars=[_bar(messages, day) for day in history.days],
    )


def _bar(messages: Messages, day: DayKept) -> WeekBar:
    return WeekBar(
        day=messages.label(f"weekday-{day.day.weekday()}"),
        name=" + ".join(day.names),
        planned=day.planned,
        done=day.done,
        kept=str(day.kept),
        told=messages.label("chart-kept", kept=str(day.kept), done=str(day.done), planned=str(day.planned)),
    )


def keyboard(messages: Messages, history: History) -> Keyboard:
    """Give what else could be drawn of it."""
    match history:
        case LiftHistory():
            return [[_months(messages, history, count) for count in SPANS if count != history.months]]
        case VolumeHistory():
            earlier = {"last": (history.weeks[0] - WEEK).isoformat(), "weeks": len(history.weeks)}
            return [[_browse(messages.label("button-stats-earlier"), "chart.volume", **earlier)]]
        case WeekHistory():
            before, after = ((history.monday + WEEK * step).isoformat() for step in (-1, 1))
            return [
                [
                    _browse(messages.label("button-stats-earlier"), "chart.week", monday=before),
                    _browse(messages.label("button-stats-later"), "chart.week", monday=after),
                ]
            ]


def _months(messages: Messages, history: LiftHistory, count: int) -> Button:
    label = messages.label("button-chart-months", months=str(count)) if count else messages.label("button-chart-all")
    return _browse(label, "chart.lift", id=str(history.exercise_id), months=count)


def _browse(label: str, name: str, **args: object) -> Button:
    return Button(label, Action(name, args, once=False))


def too_little(messages: Messages, history: History) -> Text:
    """Say why there is nothing to draw."""
    match history:
        case LiftHistory(bests=()):
            return Text(messages.text("chart-no-sets", name=history.name))
        case LiftHistory():
            return Text(messages.text("chart-too-little", name=history.name))
        case VolumeHistory():
            return Text(messages.text("chart-no-volume"))
        case WeekHistory():
            return Text(messages.text("chart-no-week", day=dates.short(messages, history.monday)))


def menu(messages: Messages, favourites: list[NamedRoot]) -> Text:
    """Offer what can be drawn."""
    if not favourites:
        return Text(messages.text("chart-menu-none"))
    general = [
        _browse(messages.label("button-chart-volume"), "chart.volume"),
        _browse(messages.label("button-chart-week"), "chart.week"),
    ]
    lifts = [[_browse(one.name, "chart.lift", id=str(one.root_id))] for one in favourites]
    return Text(messages.text("chart-menu"), [general, *lifts])
