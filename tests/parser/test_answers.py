"""Short answers after a set, one a row."""

from __future__ import annotations

from decimal import Decimal

import pytest

from parser import Amendment, FollowUp, parse_amendment, parse_follow_up


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("same", FollowUp()),
        ("Same again!", FollowUp()),
        ("igual", FollowUp()),
        ("nochmal", FollowUp()),
        ("ещё раз", FollowUp()),
        ("pareil", FollowUp()),
        ("mesma coisa", FollowUp()),
        ("+1", FollowUp(reps_change=1)),
        ("-1", FollowUp(reps_change=-1)),
        ("+2.5", FollowUp(weight_change=Decimal("2.5"))),
        ("+5 kg", FollowUp(weight_change=Decimal(5), unit="kg")),
        ("8", FollowUp(reps=8)),
        ("8 @9", FollowUp(reps=8, rpe=Decimal(9))),
        ("8 reps", FollowUp(reps=8)),
        ("82.5", FollowUp(weight=Decimal("82.5"))),
        ("82,5", FollowUp(weight=Decimal("82.5"))),
        ("185 lbs", FollowUp(weight=Decimal(185), unit="lb")),
        ("85x7", FollowUp(weight=Decimal(85), reps=7)),
        ("same x3", FollowUp(times=3)),
    ],
)
def test_follow_ups(text: str, expected: FollowUp) -> None:
    assert parse_follow_up(text) == expected


@pytest.mark.parametrize(
    "text", ["", "hello", "bench 80x8", "no, 85", "8x3", "what now?", "same as yesterday but 5 more", "3:30 pm"]
)
def test_what_is_no_follow_up(text: str) -> None:
    assert parse_follow_up(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no, 85", Amendment(weight=Decimal(85), is_explicit=True)),
        ("that was 7 reps", Amendment(reps=7, is_explicit=True)),
        ("было 7 повторений", Amendment(reps=7, is_explicit=True)),
        ("nein, 85", Amendment(weight=Decimal(85), is_explicit=True)),
        ("no, eran 7 repeticiones", Amendment(reps=7, is_explicit=True)),
        ("non, 85 kg", Amendment(weight=Decimal(85), unit="kg", is_explicit=True)),
        ("não, 7 reps", Amendment(reps=7, is_explicit=True)),
        ("8 reps", Amendment(reps=8)),
        ("rpe 9", Amendment(rpe=Decimal(9))),
        ("82.5kg", Amendment(weight=Decimal("82.5"), unit="kg")),
        ("it was lbs", Amendment(unit="lb", is_explicit=True)),
        ("that was lbs not kg", Amendment(unit="lb", is_explicit=True)),
        ("it was incline bench", Amendment(name="incline bench", is_explicit=True)),
        ("last one was 5", Amendment(reps=5, is_last=True, is_explicit=True)),
        ("set 2 was 6", Amendment(reps=6, set_number=2, is_explicit=True)),
        ("meant 62.5 on the first one", Amendment(weight=Decimal("62.5"), set_number=1, is_explicit=True)),
        ("the second set was 6 reps", Amendment(reps=6, set_number=2, is_explicit=True)),
        ("der dritte Satz war 62,5", Amendment(weight=Decimal("62.5"), set_number=3, is_explicit=True)),
        ("первый подход был 62,5", Amendment(weight=Decimal("62.5"), set_number=1, is_explicit=True)),
        ("actually it was 3 on the last", Amendment(reps=3, is_last=True, is_explicit=True)),
        ("warmup", Amendment(kind="warmup")),
        ("1:30", Amendment(seconds=90)),
    ],
)
def test_amendments(text: str, expected: Amendment) -> None:
    assert parse_amendment(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "thanks",
        "no",
        "what about 85?",
        "same",
        "see you at 8:30 tomorrow then my friend",
        "first set 80x8",
        "first set was 80x8, second set was 85x6",
        "it was a 30 second set",
    ],
)
def test_what_is_no_amendment(text: str) -> None:
    assert parse_amendment(text) is None
