"""The sheet that charts are drawn on: size, colours, letters. The only place that knows what a phone shows.

Sizes are in the pixels of a phone's screen that is `WIDTH` wide; the PNG has `SCALE` times as many. The background is
the picture's own and opaque, so it looks the same in Telegram's light and dark themes. The colours are Okabe and Ito's,
which people with any kind of colour blindness tell apart; shapes say the same again.
"""

from __future__ import annotations

import io
import unicodedata
from functools import cache
from typing import Any, Final

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.font_manager import findfont as path_of_font

WIDTH: Final = 400
SCALE: Final = 2.5
PIXELS_PER_INCH: Final = 100
POINTS_PER_PIXEL: Final = 72 / PIXELS_PER_INCH

PAPER: Final = "#FAFBFC"
INK: Final = "#15202B"
QUIET: Final = "#4A5763"
GRID: Final = "#DDE3E9"
BLUE: Final = "#0072B2"
ORANGE: Final = "#D55E00"
GREEN: Final = "#00795A"
PALE: Final = "#D3DCE6"

TITLE_PIXELS: Final = 20.0
TEXT_PIXELS: Final = 15.0
SMALL_PIXELS: Final = 14.0
"""The smallest letters there are on a chart."""
ELLIPSIS: Final = "…"
FAMILY: Final = "DejaVu Sans"
"""Comes with matplotlib and knows Latin, Cyrillic and Greek."""


class Sheet:
    """A figure of a width that fits a phone. Positions are pixels from its left and upper edge."""

    def __init__(self, height: float) -> None:
        self.height = height
        size = (WIDTH / PIXELS_PER_INCH, height / PIXELS_PER_INCH)
        self.figure = Figure(figsize=size, dpi=PIXELS_PER_INCH, facecolor=PAPER)
        self.canvas = FigureCanvasAgg(self.figure)

    def write(
        self, x: float, y: float, text: str, pixels: float = TEXT_PIXELS, width: float = WIDTH, **style: Any
    ) -> None:
        """Write a line of text whose middle is at `y`, shortened to `width`."""
        weight = style.pop("weight", "normal")
        style = {"color": INK, "ha": "left", "va": "center_baseline", **style}
        self.figure.text(
            x / WIDTH, 1 - y / self.height, fitted(text, pixels, width, weight), fontproperties=font(pixels, weight),
            parse_math=False, **style,
        )  # fmt: skip

    def heading(self, title: str, subtitle: str) -> None:
        self.write(16, 26, title, TITLE_PIXELS, WIDTH - 32, weight="bold")
        self.write(16, 50, subtitle, TEXT_PIXELS, WIDTH - 32, color=QUIET)

    def axes(self, left: float, top: float, right: float, bottom: float) -> Any:
        """Give axes without a frame between these edges."""
        place = (left / WIDTH, 1 - bottom / self.height, (right - left) / WIDTH, (bottom - top) / self.height)
        axes = self.figure.add_axes(place, facecolor=PAPER)
        for spine in axes.spines.values():
            spine.set_visible(False)
        axes.tick_params(length=0, labelsize=points(SMALL_PIXELS), labelcolor=QUIET, labelfontfamily=FAMILY)
        return axes

    def png(self) -> bytes:
        content = io.BytesIO()
        self.figure.savefig(content, format="png", dpi=PIXELS_PER_INCH * SCALE, facecolor=PAPER)
        return content.getvalue()


def points(pixels: float) -> float:
    """Turn a size in pixels into points, the measure of fonts."""
    return pixels * POINTS_PER_PIXEL


@cache
def font(pixels: float, weight: str = "normal") -> FontProperties:
    return FontProperties(family=FAMILY, weight=weight, size=points(pixels))


@cache
def _face(weight: str) -> Any:
    return get_font(path_of_font(FontProperties(family=FAMILY, weight=weight)))


def drawable(text: str) -> str:
    """Leave out what the font has no sign for, e.g. emoji, and what has no shape; single spaces are left."""
    kept = (sign if _has_sign(sign) else " " for sign in unicodedata.normalize("NFC", text))
    return " ".join("".join(kept).split())


def _has_sign(sign: str) -> bool:
    is_shapeless = unicodedata.category(sign).startswith("C") or 0xFE00 <= ord(sign) <= 0xFE0F
    return not is_shapeless and bool(_face("normal").get_char_index(ord(sign)))


def width_of(text: str, pixels: float, weight: str = "normal") -> float:
    """Measure a line of text in pixels."""
    face = _face(weight)
    face.set_size(points(pixels), PIXELS_PER_INCH)
    face.set_text(text, 0.0)
    return float(face.get_width_height()[0]) / 64


def fitted(text: str, pixels: float, width: float, weight: str = "normal") -> str:
    """Shorten a text to a width, with an ellipsis where something is missing."""
    text = drawable(text)
    if width_of(text, pixels, weight) <= width:
        return text
    while text and width_of(text + ELLIPSIS, pixels, weight) > width:
        text = text[:-1].rstrip()
    return text + ELLIPSIS
