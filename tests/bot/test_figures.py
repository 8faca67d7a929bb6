"""Figures as they are written in the chat."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from bot.messages import messages_in
from bot.usecases.performed import Performed
from bot.views import figures

ENGLISH = messages_in("en")


def kg(weight: str, reps: int | None, **more: Any) -> Performed:
    return Performed(weight=Decimal(weight), reps=reps, **more)


@pytest.mark.parametrize(
    ("sets", "written"),
    [
        ([kg("80", 8)], "80 kg × 8"),
        ([kg("82.50", 8)], "82.5 kg × 8"),
        ([kg("225", 5, unit="lb")], "225 lb × 5"),
        ([kg("80", 8), kg("80", 8), kg("80", 7)], "80 kg × 8, 8, 7"),
        ([kg("60", 5), kg("80", 5)], "60 kg × 5, 80 kg × 5"),  # one set a load: commas do
        ([kg("80", 8), kg("80", 7), kg("85", 5)], "80 kg × 8, 7; 85 kg × 5"),
        ([kg("100", 5)] * 10, "100 kg × 5 (10 sets)"),
        ([kg("20", 5, load_mode="added")], "BW+20 kg × 5"),
        ([kg("20", 8, load_mode="assisted")], "assisted −20 kg × 8"),
        ([Performed(reps=12, load_mode="bodyweight")], "BW × 12"),
        ([Performed(reps=12)], "12 reps"),
        ([Performed(reps=1)], "1 rep"),
        ([Performed(reps=10)] * 7, "10 reps (7 sets)"),
        ([Performed(reps=20, seconds=60), Performed(reps=1, seconds=45)], "20 reps in 1:00, 1 rep in 45 s"),
        ([kg("90", 0)], "90 kg × 0"),  # a missed lift is a set of none
        ([Performed(seconds=45)], "45 s"),
        ([Performed(seconds=90)], "1:30"),
        ([Performed(seconds=3900)], "1:05:00"),
        ([kg("10", None, seconds=60, load_mode="added")], "BW+10 kg for 1:00"),
        ([Performed(distance_m=Decimal(5000), seconds=1600)], "5 km in 26:40"),
        ([kg("32", None, distance_m=Decimal(40))], "32 kg for 40 m"),
        ([Performed(distance_m=Decimal("3218.69"))], "3.22 km"),
        ([Performed(distance_m=Decimal("804.67"))], "804.7 m"),
        ([Performed(seconds=8), Performed(seconds=8), Performed(seconds=7)], "8 s, 8 s, 7 s"),
        (
            [Performed(distance_m=Decimal(400), seconds=90), Performed(distance_m=Decimal(400), seconds=95)],
            "400 m in 1:30, 400 m in 1:35",
        ),
        ([kg("24", 10, per_side=True), kg("24", 9, per_side=True)], "24 kg × 10, 9 each side"),
        ([kg("24", 10, per_side=True), kg("24", 9)], "24 kg × 10 each side, 24 kg × 9"),
        ([kg("3085", 2, unit="lb")], "3,085 lb × 2"),
        ([kg("1250.50", 2)], "1,250.5 kg × 2"),
        ([kg("80", 8, rpe=Decimal("8.5"))], "80 kg × 8 @8.5"),
        ([kg("80", 8, rpe=Decimal(8), as_rir=True)], "80 kg × 8 (2 RIR)"),  # as the user wrote it
        ([kg("80", 8, rpe=Decimal(10), as_rir=True)], "80 kg × 8 (0 RIR)"),  # none in reserve is not unknown
        ([kg("60", 5, kind="warmup"), kg("80", 5)], "60 kg × 5 (warm-up), 80 kg × 5"),
        ([kg("12", 12, kind="drop")], "12 kg × 12 (drop)"),
    ],
)
def test_sets_are_written_as_a_lifter_would(sets: list[Performed], written: str) -> None:
    assert figures.sets(ENGLISH, sets) == written
