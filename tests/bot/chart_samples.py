"""Three charts of a lifter's year, for the README and for tests. `make pictures` draws them.

Usage: python -m tests.bot.chart_samples DIRECTORY
"""

from __future__ import annotations

import math
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from bot.charts import LiftPicture, Picture, VolumePicture, WeekPicture, draw
from bot.charts.pictures import LiftPoint, WeekBar

MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
FIRST: Final = date(2025, 11, 24)
SETS: Final = {
    "Chest": (10, 11, 12, 13, 14, 6),
    "Back": (12, 12, 13.5, 14, 15.5, 7),
    "Shoulders": (8.5, 9, 10.5, 11, 12, 5.5),
    "Quads": (9, 10, 10, 11, 12, 5),
    "Hamstrings": (6, 7, 7, 8, 8.5, 4),
    "Glutes": (6.5, 7, 7.5, 8, 9, 4),
    "Triceps": (8, 8.5, 9, 10, 11, 5),
    "Biceps": (6, 6, 7.5, 8, 9, 4),
    "Lats": (5, 5, 6, 6, 7, 3),
    "Core": (3, 3, 4, 0, 4, 2),
    "Calves": (3, 4, 4, 5, 5, 2),
}


def bench() -> LiftPicture:
    """Two sessions a week: five weeks up, one light, and a plateau in summer."""
    points = []
    for number in range(104):
        week, heavy = number // 2, number % 2 == 0
        if week in (5, 17, 29, 34, 35, 47):
            continue
        wave = 1.6 * math.sin(number * 1.7) + (week % 6) * 0.9
        estimate = 92.0 + 21.5 * (1 - math.exp(-week / 26)) + wave
        top = round(estimate / (1.12 if heavy else 1.24) / 2.5) * 2.5
        points.append(LiftPoint(FIRST + timedelta(days=7 * week + (0 if heavy else 3)), top, round(estimate, 2)))
    best = max(point.estimate or 0.0 for point in points)
    return LiftPicture(
        "Barbell Bench Press",
        f"Best {best:.1f} kg · 24 Nov 2025 – 19 Nov 2026",
        "kg",
        "Top set",
        "Estimated 1RM",
        MONTHS,
        points,
    )


def volume() -> VolumePicture:
    """Six weeks of a mesocycle with its deload."""
    columns = [("12", "Oct"), ("19", ""), ("26", ""), ("2", "Nov"), ("9", ""), ("16", "")]
    return VolumePicture(
        "Weekly sets by muscle",
        "12 Oct – 22 Nov",
        columns,
        list(SETS.items()),
        "Hard sets; a helping muscle counts half",
    )


def week() -> WeekPicture:
    """A week of six planned days, on its Saturday."""
    bars = [
        WeekBar("Mon", "Push", 15, 15, "done", "15/15"),
        WeekBar("Tue", "Pull", 16, 17, "done", "17/16"),
        WeekBar("Wed", "", 0, 0, "rest", "rest"),
        WeekBar("Thu", "Legs", 14, 11, "done", "11/14"),
        WeekBar("Fri", "Push, second day", 14, 0, "missed", "missed"),
        WeekBar("Sat", "Pull, second day", 12, 0, "planned", "to do"),
        WeekBar("Sun", "", 0, 0, "rest", "rest"),
    ]
    return WeekPicture("This week", "16 – 22 Nov · 43 of 71 sets", "Sets, without warm-ups", "Planned", "Done", bars)


def samples() -> dict[str, Picture]:
    return {"chart_bench": bench(), "chart_volume": volume(), "chart_week": week()}


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, picture in samples().items():
        (folder / f"{name}.png").write_bytes(draw(picture))
