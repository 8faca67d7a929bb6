"""Weekly hard sets by muscle group: a row a group, a column a week, the darker the more, with the figure in it."""

from __future__ import annotations

from typing import Any, Final

from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import Rectangle

from bot.charts.canvas import GRID, INK, PAPER, QUIET, SMALL_PIXELS, WIDTH, Sheet, font, width_of
from bot.charts.pictures import VolumePicture

ROW: Final = 32.0
TOP: Final = 108.0
RIGHT: Final = 12.0
MOST_NAME: Final = 110.0
SHADES: Final = LinearSegmentedColormap.from_list(
    "sets", [(0.0, "#E3F0F8"), (0.56, "#62A8D6"), (0.6, "#1E78B5"), (1.0, "#08324F")]
)
"""From pale to dark in one hue: the order is seen without telling colours apart."""
FULL_SETS: Final = 20.0
"""What is darkest at least; more than that in a week is rare, and few sets shall not look like many."""
DARK_FROM: Final = 0.58


def draw_volume(picture: VolumePicture) -> bytes:
    height = TOP + ROW * len(picture.rows) + 34
    sheet = Sheet(height)
    sheet.heading(picture.title, picture.subtitle)
    names = max(width_of(name, SMALL_PIXELS) for name, _ in picture.rows)
    left = min(names, MOST_NAME) + 26
    bottom = TOP + ROW * len(picture.rows)
    axes = sheet.axes(left, TOP, WIDTH - RIGHT, bottom)
    axes.set_xlim(0, len(picture.columns))
    axes.set_ylim(len(picture.rows), 0)
    axes.set_xticks([])
    axes.set_yticks([])
    most = max(FULL_SETS, *(value for _, values in picture.rows for value in values))
    column = (WIDTH - RIGHT - left) / len(picture.columns)
    for number, (name, values) in enumerate(picture.rows):
        sheet.write(16, TOP + ROW * (number + 0.5), name, SMALL_PIXELS, left - 22)
        for place, value in enumerate(values):
            _cell(axes, place, number, value, most)
    _columns(sheet, picture, left, column)
    sheet.write(16, bottom + 17, picture.axis, SMALL_PIXELS, WIDTH - 32, color=QUIET)
    return sheet.png()


def _columns(sheet: Sheet, picture: VolumePicture, left: float, column: float) -> None:
    """Name the weeks by their Mondays: the day, and above it the month where it is another than before."""
    last = len(picture.columns) - 1
    for place, (day, month) in enumerate(picture.columns):
        x = left + column * (place + 0.5)
        sheet.write(x, TOP - 13, day, color=QUIET, ha="center", weight="bold" if place == last else "normal")
        if month:
            edge = min(x, WIDTH - RIGHT - width_of(month, SMALL_PIXELS) / 2)
            sheet.write(edge, TOP - 31, month, SMALL_PIXELS, color=QUIET, ha="center")


def _cell(axes: Any, place: int, number: int, value: float, most: float) -> None:
    share = min(value / most, 1.0)
    colour = SHADES(share) if value else PAPER
    inset = 0.0 if value else 0.06
    axes.add_patch(
        Rectangle(
            (place + inset, number + inset),
            1 - 2 * inset,
            1 - 2 * inset,
            facecolor=colour,
            edgecolor=PAPER if value else GRID,
            linewidth=1.6,
        )
    )
    if value:
        axes.text(
            place + 0.5, number + 0.5, written(value), ha="center", va="center_baseline",
            fontproperties=font(SMALL_PIXELS, "bold"), color="#FFFFFF" if share > DARK_FROM else INK, parse_math=False,
        )  # fmt: skip


def written(value: float) -> str:
    """Write a number of sets; a half is a sign of its own, so that it fits a narrow column."""
    whole = int(value)
    half = "½" if value - whole >= 0.5 else ""
    return f"{whole or ''}{half}" or "0"
