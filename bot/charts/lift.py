"""An exercise through time: the estimated one-rep maximum as a line, the top sets as marks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from bot.charts.canvas import (
    BLUE,
    GRID,
    ORANGE,
    QUIET,
    SMALL_PIXELS,
    WIDTH,
    Sheet,
    fitted,
    font,
    points,
    width_of,
)
from bot.charts.pictures import LiftPicture, LiftPoint

HEIGHT: Final = 400
ROOM_FOR_NEWEST: Final = 66
MOST_TICKS: Final = 5
MANY_POINTS: Final = 40
FEWEST_UNITS: Final = 4.0
"""The least that the axis covers, so that its figures differ."""
SHORT_DAYS: Final = 75
"""A span that is written in days of the month instead of months."""
YEARS_DAYS: Final = 365 * 5
"""A span that is written in years."""
MONTH_STEPS: Final = (1, 2, 3, 4, 6, 12, 24, 60, 120, 1200)


def draw_lift(picture: LiftPicture) -> bytes:
    sheet = Sheet(HEIGHT)
    sheet.heading(picture.title, picture.subtitle)
    _legend(sheet, picture)
    axes = sheet.axes(54, 112, WIDTH - ROOM_FOR_NEWEST, HEIGHT - 40)
    sheet.write(16, 97, picture.unit, SMALL_PIXELS, 200, color=QUIET)
    _lines(axes, picture.points)
    _frame(axes, picture)
    _tell_newest(axes, picture)
    return sheet.png()


def has_estimates(picture: LiftPicture) -> bool:
    return any(point.estimate is not None for point in picture.points)


def _legend(sheet: Sheet, picture: LiftPicture) -> None:
    """Name the two series above the field, each behind its mark."""
    x = 16.0
    entries = [("o", BLUE, picture.estimate_label)] if has_estimates(picture) else []
    for marker, colour, label in [*entries, ("s", ORANGE, picture.top_label)]:
        label = fitted(label, SMALL_PIXELS, 220, "bold")
        sheet.figure.add_artist(_mark(sheet, x + 6, 75, marker, colour))
        sheet.write(x + 18, 75, label, SMALL_PIXELS, 220, color=colour, weight="bold")
        x += 18 + width_of(label, SMALL_PIXELS, "bold") + 18


def _mark(sheet: Sheet, x: float, y: float, marker: str, colour: str) -> Line2D:
    return Line2D([x / WIDTH], [1 - y / sheet.height], marker=marker, color=colour, markersize=points(10))


def _lines(axes: Any, found: Sequence[LiftPoint]) -> None:
    is_dense = len(found) > MANY_POINTS
    size = points(4.5 if is_dense else 8)
    estimated = [(point.day, point.estimate) for point in found if point.estimate is not None]
    axes.plot(
        [point.day.toordinal() for point in found],
        [point.top for point in found],
        color=ORANGE,
        marker="s",
        markersize=size,
        markeredgewidth=0,
        linewidth=0 if estimated else points(2),
        zorder=3,
    )
    if estimated:
        axes.plot(
            [day.toordinal() for day, _ in estimated],
            [value for _, value in estimated],
            color=BLUE,
            marker="o",
            markersize=size,
            markeredgewidth=0,
            linewidth=points(2.5),
            zorder=4,
        )


def _frame(axes: Any, picture: LiftPicture) -> None:
    axes.grid(axis="y", color=GRID, linewidth=points(1.2), zorder=0)
    axes.set_axisbelow(True)
    axes.yaxis.set_major_locator(MaxNLocator(MOST_TICKS + 1, steps=[1, 2, 2.5, 5, 10], integer=True))
    axes.yaxis.set_major_formatter(lambda value, _: _figure(value))
    first, last = picture.points[0].day, picture.points[-1].day
    room = max((last - first) * 0.04, timedelta(days=2))
    axes.set_xlim((first - room).toordinal(), (last + room).toordinal())
    days = ticks(first, last)
    axes.set_xticks([day.toordinal() for day in days], [_named(day, first, last, picture.months) for day in days])
    low, high = _bounds(picture.points)
    axes.set_ylim(low, high)


def _bounds(found: Sequence[LiftPoint]) -> tuple[float, float]:
    """Leave room above for the figure at the newest point. A flat history gets a field around it."""
    values = [point.top for point in found] + [point.estimate for point in found if point.estimate is not None]
    low, high = min(values), max(values)
    missing = max(abs(high) * 0.1, FEWEST_UNITS) - (high - low)
    if missing > 0:
        low, high = low - missing / 2, high + missing / 2
    span = high - low
    bottom = low - span * 0.12
    return (bottom if min(values) < 0 else max(bottom, 0.0)), high + span * 0.16


def ticks(first: date, last: date) -> list[date]:
    """Choose at most five days to be named: first days of months, or days at equal distances in a short span.

    Of months those are taken that divide the year alike: January, April, July and October, not February and May.
    """
    days = (last - first).days
    if days < SHORT_DAYS:
        count = min(days, 3)
        return (
            [first + timedelta(days=round(days * number / count)) for number in range(count + 1)] if count else [first]
        )
    begins = []
    month = first.year * 12 + first.month - 1
    while (begin := date(month // 12, month % 12 + 1, 1)) <= last:
        if begin >= first:
            begins.append((month, begin))
        month += 1
    fitting = ([day for number, day in begins if number % step == 0] for step in MONTH_STEPS)
    return next(days for days in fitting if len(days) <= MOST_TICKS)


def _named(day: date, first: date, last: date, months: Sequence[str]) -> str:
    month, days = months[day.month - 1], (last - first).days
    if days < SHORT_DAYS:
        return f"{day.day} {month}"
    if days > YEARS_DAYS:
        return str(day.year)
    return f"{month}\n{day.year}" if day.month == 1 and first.year != last.year else month


def _figure(value: float) -> str:
    """Write a figure to a tenth, with its thousands apart and a real minus."""
    return f"{value:,.1f}".removesuffix(".0").replace("-", "−")


def _tell_newest(axes: Any, picture: LiftPicture) -> None:
    """Write the newest figure of each series to the right of its mark; of two that would touch, the estimate."""
    newest = picture.points[-1]
    told = [(newest.top, ORANGE)]
    if newest.estimate is not None:
        told.append((newest.estimate, BLUE))
    apart = abs(told[0][0] - told[-1][0]) > (axes.get_ylim()[1] - axes.get_ylim()[0]) * 0.12
    for value, colour in told if apart else told[-1:]:
        axes.annotate(
            _figure(value),
            (newest.day.toordinal(), value),
            xytext=(points(10), 0),
            textcoords="offset points",
            ha="left",
            va="center",
            color=colour,
            fontproperties=font(16.0, "bold"),
            annotation_clip=False,
            zorder=6,
        )
