"""Headings with a number behind them open days; the number is neither a set nor a repetition of what stands above."""

from __future__ import annotations

import pytest

from parser import read_shorthand

PROGRAMS = [
    ("Push 1\nbench press 3x5 80kg\noverhead press 3x8 50kg\nPull 1\nbarbell row 3x8 60kg", {"Push 1": 2, "Pull 1": 1}),
    ("Push 0\nbench press 3x5 80kg\nPull 0\nbarbell row 3x8 60kg", {"Push 0": 1, "Pull 0": 1}),
    ("Upper 1\nbench 3x5\nrow 3x8\n\nLower 1\nsquat 3x5", {"Upper 1": 2, "Lower 1": 1}),
    ("Push 4\nbench 3x8\nPull 4\nrow 3x8\nLegs 5\nsquat 3x8", {"Push 4": 1, "Pull 4": 1, "Legs 5": 1}),
    ("Day A\nbench press 3x5\nDay B\nrow 3x8", {"Day A": 1, "Day B": 1}),
    ("Chest 1\nbench 3x5\nLegs 2\nsquat 3x5\nleg curl 3x12", {"Chest 1": 1, "Legs 2": 2}),
    ("Torso 1\npress banca 3x8\nPierna 1\nsentadilla 3x8", {"Torso 1": 1, "Pierna 1": 1}),
    ("Upper 1: bench 3x5, row 3x8\nLower 1: squat 3x5", {"Upper 1": 2, "Lower 1": 1}),
    ("Push 1 - bench 3x5\nPull 1 - row 3x5", {"Push 1": 1, "Pull 1": 1}),
]


@pytest.mark.parametrize(("text", "days"), PROGRAMS)
def test_a_number_behind_the_words_of_a_heading_counts_days(text: str, days: dict[str, int]) -> None:
    reading = read_shorthand(text)
    assert reading.kind == "program"
    assert {day.name: len(day.exercises) for day in reading.days} == days
    told = [(e.sets, e.scheme, e.reps_min) for e in reading.prescribed]
    assert all(sets == 3 and not scheme and reps in (5, 8, 12) for sets, scheme, reps in told)


def test_a_number_behind_an_exercise_stays_its_repetitions() -> None:
    reading = read_shorthand("pull ups 8\npush ups 12")
    assert [(e.name, e.sets[0].reps) for e in reading.exercises] == [("Pull-up", 8), ("Push-up", 12)]


def test_words_and_numbers_in_a_row_head_nothing() -> None:
    reading = read_shorthand("bench 80kg 8,8,8\nback 12\narms 10")
    assert [e.name for e in reading.exercises] == ["Barbell Bench Press"]
    assert reading.exercises[0].confidence != "high"
