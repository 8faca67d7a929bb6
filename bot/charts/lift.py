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
    PAPER,
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
MOST_TICKS: Final = 5
MANY_POINTS: Final = 40
SHORT_DAYS: Final = 75
"""A span that is written in days of the month instead of months."""


def draw_lift(picture: LiftPicture) -> bytes:
    sheet = Sheet(HEIGHT)
    sheet.heading(picture.title, picture.subtitle)
    _legend(sheet, picture)
    axes = sheet.axes(54, 112, WIDTH - 20, HEIGHT - 40)
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
    axes.yaxis.set_major_locator(MaxNLocator(MOST_TICKS, steps=[1, 2, 2.5, 5, 10], integer=True))
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
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
    span = max(high - low, abs(high) * 0.1, 2.0)
    bottom = low - span * 0.12
    return (min(bottom, 0.0) if low < 0 else max(bottom, 0.0)), high + span * 0.16


def ticks(first: date, last: date) -> list[date]:
    """Choose at most five days to be named: first days of months, or days at equal distances in a short span."""
    days = (last - first).days
    if days < SHORT_DAYS:
        count = min(days, 3)
        return (
            [first + timedelta(days=round(days * number / count)) for number in range(count + 1)] if count else [first]
        )
    begins = []
    year, month = first.year, first.month
    while (begin := date(year, month, 1)) <= last:
        if begin >= first:
            begins.append(begin)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    step = next(
        (step for step in (1, 2, 3, 4, 6, 12) if len(begins[::step]) <= MOST_TICKS), len(begins) // MOST_TICKS + 1
    )
    aligned = [day for day in begins if (day.month - 1) % step == 0] if step <= 12 else []
    return aligned if 2 <= len(aligned) <= MOST_TICKS else begins[::step]


def _named(day: date, first: date, last: date, months: Sequence[str]) -> str:
    month = months[day.month - 1]
    if (last - first).days < SHORT_DAYS:
        return f"{day.day} {month}"
    is_january = day.month == 1
    return f"{month}\n{day.year}" if is_january and first.year != last.year else month


def _tell_newest(axes: Any, picture: LiftPicture) -> None:
    """Write the newest figure of each series beside its mark, and never one over the other."""
    newest = picture.points[-1]
    told = [(newest.top, ORANGE)]
    if newest.estimate is not None:
        told.append((newest.estimate, BLUE))
    apart = abs(told[0][0] - told[-1][0]) > (axes.get_ylim()[1] - axes.get_ylim()[0]) * 0.12
    for value, colour in told if apart else told[-1:]:
        axes.annotate(
            f"{value:,.1f}".rstrip("0").rstrip("."),
            (newest.day.toordinal(), value),
            xytext=(0, points(9)),
            textcoords="offset points",
            ha="right",
            va="bottom",
            color=colour,
            fontproperties=font(16.0, "bold"),
            bbox={"facecolor": PAPER, "edgecolor": "none", "pad": points(1.5), "alpha": 0.85},
            zorder=6,
        )
