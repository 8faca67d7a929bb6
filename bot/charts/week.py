"""A week planned against done: a pale bar for the plan, a full one over it for what was done, words for the rest."""

from __future__ import annotations

from typing import Any, Final

from matplotlib.lines import Line2D

from bot.charts.canvas import BLUE, GREEN, INK, ORANGE, PALE, PAPER, QUIET, SMALL_PIXELS, WIDTH, Sheet, width_of
from bot.charts.pictures import WeekBar, WeekPicture

ROW: Final = 46.0
TOP: Final = 108.0
DAY: Final = 58.0
"""Where the bars begin, to the right of the days' names."""
TOLD: Final = 86.0
"""The room on the right for figures and words."""
DONE_COLOURS: Final = {"done": BLUE, "extra": GREEN}
TOLD_COLOURS: Final = {"missed": ORANGE, "skipped": ORANGE}


def draw_week(picture: WeekPicture) -> bytes:
    height = TOP + ROW * len(picture.bars) + 34
    sheet = Sheet(height)
    sheet.heading(picture.title, picture.subtitle)
    _legend(sheet, picture)
    bottom = TOP + ROW * len(picture.bars)
    axes = sheet.axes(DAY, TOP, WIDTH - TOLD, bottom)
    axes.set_xticks([])
    axes.set_yticks([])
    most = max(1, *(max(bar.planned, bar.done) for bar in picture.bars))
    axes.set_xlim(0, most)
    axes.set_ylim(len(picture.bars), 0)
    for number, bar in enumerate(picture.bars):
        _row(sheet, axes, number, bar)
    sheet.write(DAY, bottom + 16, picture.axis, SMALL_PIXELS, WIDTH - DAY - 16, color=QUIET)
    return sheet.png()


def _legend(sheet: Sheet, picture: WeekPicture) -> None:
    x = 16.0
    series = ((PALE, picture.planned_label), (BLUE, picture.done_label))
    for colour, label in (one for one in series if one[1]):
        mark = Line2D([x / WIDTH + 0.018], [1 - 78 / sheet.height], marker="s", color=colour, markersize=9)
        sheet.figure.add_artist(mark)
        sheet.write(x + 22, 78, label, SMALL_PIXELS, 150)
        x += 22 + width_of(label, SMALL_PIXELS) + 20


def _row(sheet: Sheet, axes: Any, number: int, bar: WeekBar) -> None:
    middle = TOP + ROW * (number + 0.5)
    is_rest = bar.kept == "rest"
    sheet.write(16, middle + (0 if is_rest else 8), bar.day, SMALL_PIXELS, DAY - 20, weight="bold",
                color=QUIET if is_rest else INK)  # fmt: skip
    if bar.name:
        sheet.write(DAY, middle - 12, bar.name, SMALL_PIXELS, WIDTH - DAY - 16, color=QUIET)
    below = number + 0.5 + 8 / ROW
    if bar.planned:
        axes.barh(below, bar.planned, height=0.40, color=PALE, zorder=1)
    if bar.done:
        axes.barh(below, bar.done, height=0.24, color=DONE_COLOURS.get(bar.kept, BLUE), edgecolor=PAPER, zorder=2)
    told = WIDTH - TOLD + 8 if not is_rest else DAY
    colour = TOLD_COLOURS.get(bar.kept, QUIET if is_rest or not bar.done else INK)
    weight = "bold" if bar.done or bar.kept in TOLD_COLOURS else "normal"
    sheet.write(told, middle + (0 if is_rest else 8), bar.told, SMALL_PIXELS, TOLD - 12, weight=weight, color=colour)
