"""Programs and exports in shapes that were once misread: days over weeks, copied tables, lists of sets, tempos."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from parser import ReadingContext, read_shorthand
from parser.reading_json import to_wire


def days_of(text: str) -> list[tuple[str | None, list[str]]]:
    """Give the days with their exercises, each as its name and its figures."""
    wire = to_wire(read_shorthand(text, ReadingContext(unit="kg")))
    assert wire["kind"] == "program", wire["kind"]
    return [(day.get("name"), [_shown(one) for one in day["exercises"]]) for day in wire["days"]]


def exercises_of(text: str) -> list[str]:
    return [shown for _, exercises in days_of(text) for shown in exercises]


def _shown(one: dict[str, Any]) -> str:
    if one.get("scheme"):
        figures = " ".join(_work(item) for item in one["scheme"])
    else:
        figures = f"{one.get('sets') or ''}x{_work(one)}"
    told = [f"{key} {one[key]}" for key in ("rest_s", "tempo") if one.get(key)]
    return ", ".join([one["name"], figures, *told])


def _work(one: dict[str, Any]) -> str:
    if one.get("seconds"):
        return f"{one['seconds']}s"
    if one.get("reps_min") is None:
        return "max" if one.get("amrap") else ""
    reps = f"{one['reps_min']}" if one["reps_min"] == one["reps_max"] else f"{one['reps_min']}-{one['reps_max']}"
    percent = f"@{one['percent']:g}%" if one.get("percent") else ""
    weight = f"@{one['weight']:g}" if one.get("weight") else ""
    return f"{reps}{'+' if one.get('amrap') else ''}{percent}{weight}"


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (
            "Day 1 - Squat\nWeek 1: 4x8 @ 65%\nWeek 2: 4x6 @ 70%\n\nDay 2 - Bench\nWeek 1: 5x8 @ 65%",
            [
                ("Day 1 - Squat Week 1", ["Barbell Back Squat, 4x8@65%"]),
                ("Day 1 - Squat Week 2", ["Barbell Back Squat, 4x6@70%"]),
                ("Day 2 - Bench Week 1", ["Barbell Bench Press, 5x8@65%"]),
            ],
        ),
        (
            "День 1 — Присед\nНеделя 1: 4х8 65%\nДень 2 — Жим лёжа\nНеделя 1: 5х8 65%",
            [
                ("День 1 - Присед Неделя 1", ["Barbell Back Squat, 4x8@65%"]),
                ("День 2 - Жим лёжа Неделя 1", ["Barbell Bench Press, 5x8@65%"]),
            ],
        ),
        (
            "Monday: Squat\nW1: 5x5 @ 70%\nW2: 5x3 @ 80%",
            [
                ("Monday: Squat W1", ["Barbell Back Squat, 5x5@70%"]),
                ("Monday: Squat W2", ["Barbell Back Squat, 5x3@80%"]),
            ],
        ),
        ("Day 1 (Squat)\n5x5 @ 75%", [("Day 1 (Squat)", ["Barbell Back Squat, 5x5@75%"])]),
        (
            "Неделя 1. День 1\nПрисед 3х5\nНеделя 1. День 2\nСтановая 4х3",
            [
                ("Неделя 1. День 1", ["Barbell Back Squat, 3x5"]),
                ("Неделя 1. День 2", ["Barbell Deadlift, 4x3"]),
            ],
        ),
        (
            "Week 1 | Day 1\nSquat 3x5\nWeek 1 | Day 2\nBench 3x5",
            [("Week 1 | Day 1", ["Barbell Back Squat, 3x5"]), ("Week 1 | Day 2", ["Barbell Bench Press, 3x5"])],
        ),
    ],
)
def test_days_that_name_the_exercise_and_weeks_under_days(text: str, days: list[tuple[str, list[str]]]) -> None:
    assert days_of(text) == days


def test_a_day_that_names_an_exercise_and_lists_others_adds_none() -> None:
    assert days_of("Day 1: squat\nLeg press 3x10\nLeg curl 3x12") == [
        ("Day 1: squat", ["Leg Press, 3x10", "Leg Curl, 3x12"])
    ]


def test_warm_up_sets_of_an_app_are_no_weeks() -> None:
    text = "Bench Press (Barbell)\nW1: 40 kg x 10\nSet 1: 80 kg x 8"
    sets = read_shorthand(text).exercises[0].sets
    assert [(one.kind, one.reps) for one in sets] == [("warmup", 10), ("working", 8)]


@pytest.mark.parametrize(
    ("text", "exercises"),
    [
        (
            "Exercise Sets Reps Rest\nGoblet Squat 3 10 90 sec\nSide Plank 2 30 sec 45 sec\nDip 3 AMRAP",
            ["Goblet Squat, 3x10, rest_s 90", "Side Plank, 2x30s, rest_s 45", "Dip, 3xmax"],
        ),
        (
            "Übung Sätze Wdh Pause\nKniebeuge 4 6-8 120 s\nLatzug eng 3 10-12 60 s",
            ["Barbell Back Squat, 4x6-8, rest_s 120", "Close-Grip Lat Pulldown, 3x10-12, rest_s 60"],
        ),
        (
            "Ejercicio Series Reps Tempo Descanso\nSentadilla 4 6 3010 2 min\nPlancha 3 40 s 60 s",
            ["Barbell Back Squat, 4x6, rest_s 120, tempo 3010", "Plank, 3x40s, rest_s 60"],
        ),
    ],
)
def test_tables_whose_columns_only_spaces_keep_apart(text: str, exercises: list[str]) -> None:
    assert exercises_of(text) == exercises


def test_a_row_with_another_number_of_figures_is_left_unread() -> None:
    reading = read_shorthand("Exercise Sets Reps Weight RPE\nSquat 3 5 140 8\nBench 3 5 100")
    assert [one.name for one in reading.exercises] == ["Barbell Back Squat"]
    assert [line.text for line in reading.unread] == ["Bench 3 5 100"]


@pytest.mark.parametrize("mark", ["Page 4 of 12", "Seite 3/8", "стр. 4 из 12", "Página 2 de 5", "- 7 -"])
def test_where_a_page_turned_is_no_set(mark: str) -> None:
    assert exercises_of(f"Squat 3x5\n{mark}\nBench 3x5") == ["Barbell Back Squat, 3x5", "Barbell Bench Press, 3x5"]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (
            "Squat cycle (1RM 405)\nWeek\tSets\tReps\t%\n1\t5\t5\t70\n2\t5\t4\t75",
            [("Week 1", ["Barbell Back Squat, 5x5@70%"]), ("Week 2", ["Barbell Back Squat, 5x4@75%"])],
        ),
        (
            "Semana\tDía\tEjercicio\tSeries\tReps\tIntensidad\n1\tA\tSentadilla\t4\t6\t75%\n1\tB\tRemo\t4\t8\t70%",
            [("Semana 1 A", ["Barbell Back Squat, 4x6@75%"]), ("Semana 1 B", ["Barbell Row, 4x8@70%"])],
        ),
        (
            "Woche;Tag;Übung;Sätze;Wdh\n1;A;Kniebeuge;4;6\n;;Bankdrücken;4;6\n;B;Kreuzheben;3;5",
            [
                ("Woche 1 A", ["Barbell Back Squat, 4x6", "Barbell Bench Press, 4x6"]),
                ("Woche 1 B", ["Barbell Deadlift, 3x5"]),
            ],
        ),
        (
            "Day,Exercise,Week 1,Deload\nA,Deadlift,3x6 @70%,2x5 @60%\nB,Front squat,3x8,2x6",
            [
                ("Week 1 A", ["Barbell Deadlift, 3x6@70%"]),
                ("Week 1 B", ["Front Squat, 3x8"]),
                ("Deload A", ["Barbell Deadlift, 2x5@60%"]),
                ("Deload B", ["Front Squat, 2x6"]),
            ],
        ),
        (
            "| Упр. | П х П | % | Отдых |\n|---|---|---|---|\n| Присед | 5х3 | 80 | 3 мин |",
            [(None, ["Barbell Back Squat, 5x3@80%, rest_s 180"])],
        ),
        (
            "| Week | Squat | Bench |\n|---|---|---|\n| 1 | 5x5 @ 70% | 4x6 |\n| 2 | 5x4 @ 75% | |",
            [
                ("Week 1", ["Barbell Back Squat, 5x5@70%", "Barbell Bench Press, 4x6"]),
                ("Week 2", ["Barbell Back Squat, 5x4@75%"]),
            ],
        ),
        (
            "| Cosa | Quanto |\n|---|---|\n| Squat | 5x5 |\n| Bench | 4x8 |",
            [(None, ["Barbell Back Squat, 5x5", "Barbell Bench Press, 4x8"])],
        ),
    ],
)
def test_tables_with_weeks_and_days_in_columns(text: str, days: list[tuple[str | None, list[str]]]) -> None:
    assert days_of(text) == days


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("Leg press 4x10/12", "Leg Press, 4x10-12"),
        ("Leg press 4x10/8/6/4", "Leg Press, 10 8 6 4"),
        ("Leg press 4 x 12-10-8-8", "Leg Press, 12 10 8 8"),
        ("Leg press 5x10-8-6-4-2", "Leg Press, 10 8 6 4 2"),
        ("Squat 65/75/85% x 5/5/5+", "Barbell Back Squat, 5@65% 5@75% 5+@85%"),
        ("Squat 4 x 6, 3010, rest 2:00", "Barbell Back Squat, 4x6, rest_s 120, tempo 3010"),
        ("Squat 3x15 - 60s", "Barbell Back Squat, 3x15, rest_s 60"),
        ("Plank 3 x 30 - 45s", "Plank, 3x30s"),
        ("Squat 3x8 4010", "Barbell Back Squat, 3x8, tempo 4010"),
        ("Squat 4x8 / 3010 / 90s", "Barbell Back Squat, 4x8, rest_s 90, tempo 3010"),
        ("Squat: top set of 5, then 2 back-off sets of 8", "Barbell Back Squat, 5 8 8"),
        ("Pull-ups or lat pulldown 3x10", "Pull-up, 3x10"),
        ("Klimmzüge oder Latzug 3x8", "Pull-up, 3x8"),
        ("Curls + pushdowns 3x12", "Barbell Curl, 3x12; Triceps Pushdown, 3x12"),
        ("Rosca direta + tríceps corda (bi-set) 3x12", "Barbell Curl, 3x12; Rope Triceps Pushdown, 3x12"),
        ("Clean + front squat + jerk 5x2", "Clean, 5x2; Front Squat, 5x2; Jerk, 5x2"),
        ("Подтягивания или тяга верхнего блока 3х10", "Pull-up, 3x10"),
    ],
)
def test_notations_of_programs(line: str, shown: str) -> None:
    assert exercises_of(f"Day 1\n{line}") == shown.split("; ")


def test_a_share_less_than_the_set_before_is_no_share_of_the_maximum() -> None:
    exercise = read_shorthand("Squat 1x3 @8, then 3x5 @ -10%").days[0].exercises[0]
    assert [item.percent for item in exercise.scheme] == [None] * 4
    assert exercise.confidence != "high"


@pytest.mark.parametrize("text", ["squat 3x5 100kg in 2024", "row 2x2000"])
def test_years_and_ways_are_no_tempo(text: str) -> None:
    wire = to_wire(read_shorthand(text))
    assert "tempo_value" not in str(wire)
    assert wire["kind"] == "log"


@pytest.mark.parametrize(
    ("text", "loads"),
    [
        ("curls w/ ez bar 30 12 12 10", [30, 30, 30]),
        ('bench "60x10,65x8,70x6"', [60, 65, 70]),
        ("Satz 1: Kniebeugen 80kg 10 Wdh\nSatz 2: Kniebeugen 90kg 8 Wdh", [80, 90]),
        ("Push Up\n1  18 reps\n2  15 reps\nGoblet Squat\n1  24 kg x 12", [None, None, 24]),
        ("RDL 24 kg x 10 (x3)", [24, 24, 24]),
        ("squat 100 (55543)", [100] * 5),
        ("squat 100 (8,8,7)", [100] * 3),
        ("press banca: 1ª serie 60kg x 10, 2ª serie 70kg x 8", [60, 70]),
        ("développé couché : 1ère série 60kg x 10, 2ème série 70kg x 8", [60, 70]),
        ("жим лёжа: 1 подход 60 кг 12 раз, 2 подход 70 кг 10 раз", [60, 70]),
        ("presse cuisses\n  3 x 12 @ 140 kg\nmollets\n  2 x 15 @ 60 kg", [140, 140, 140, 60, 60]),
        ("bench 80 (8)", [80]),
        ("Bench - worked to a heavy triple\n60 x 10\n80 x 5\n100 x 3", [60, 80, 100]),
        ("Set 1: Squat 100 x 5\nSet 2: Squat 105 x 5", [100, 105]),
    ],
)
def test_sets_of_one_exercise(text: str, loads: list[int]) -> None:
    reading = read_shorthand(text)
    assert [one.weight for exercise in reading.exercises for one in exercise.sets] == loads


def test_one_set_of_ten_and_two_of_eight_are_no_numbered_sets() -> None:
    assert exercises_of("Day 1\nbench 1 set of 10, 2 sets of 8") == ["Barbell Bench Press, 10 8 8"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("10/2/24 wed\nsquat 100 3x5", date(2024, 10, 2)),
        ("Sat 11/08/2025\nsquat 100 3x5", date(2025, 11, 8)),
        ("3/4/2025 Tuesday legs\nsquat 100 3x5", date(2025, 3, 4)),
        ("Wed 8/14/24 -- Lower B @ 24hr\nsquat 100 3x5", date(2024, 8, 14)),
        ("10/2/24\nsquat 100 3x5", date(2024, 2, 10)),
    ],
)
def test_the_weekday_decides_between_two_dates(text: str, day: date) -> None:
    assert read_shorthand(text).date == day


@pytest.mark.parametrize(
    "text",
    [
        "4 vueltas - 45'' trabajo / 15'' descanso\nBurpees\nPlancha",
        "4 rounds, 45s on / 15s off:\nBurpees\nPlank",
        "Zirkel 4 Runden, 45 Sek. Belastung, 15 Sek. Pause\nBurpees\nPlank",
    ],
)
def test_rounds_of_so_many_seconds(text: str) -> None:
    assert exercises_of(text) == ["Burpee, 4x45s, rest_s 15", "Plank, 4x45s, rest_s 15"]


def test_a_part_of_a_day_with_a_letter_opens_no_day() -> None:
    assert [name for name, _ in days_of("A. Back Squat\n4 x 5 @ 31X1\nC. Conditioning\n3 rounds:\n10 burpees")] == [
        None
    ]


def test_what_was_done_of_a_part_of_the_body_is_shown() -> None:
    reading = read_shorthand("abs 10\nchest 10\npush ups 20")
    assert [line.text for line in reading.unread] == ["abs 10", "chest 10"]


def test_figures_behind_a_part_of_the_body_are_not_surely_of_the_exercise_before() -> None:
    assert read_shorthand("dips 3x10 and core 3x20").exercises[0].confidence != "high"


def test_the_sum_of_a_training_is_no_set() -> None:
    assert len(read_shorthand("молотки 14 кг 3х10\nитого час двадцать").exercises[0].sets) == 3


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ("oggi panca piana: 80 chili per otto ripetizioni, tre serie", None),
        ("squat 100 kg, cinque serie da cinque", None),
        ("squat 100 kg 5x5\npodciąganie 10, 8, 6", "podciąganie 10, 8, 6"),
        (
            "Coach says: every Monday you do pull-ups, as many as you can, 4 times through. Then dips, 3 sets of 10.",
            "pull-ups",
        ),
    ],
)
def test_what_is_not_read_is_shown(text: str, unread: str | None) -> None:
    shown = [line.text for line in read_shorthand(text).unread]
    assert len(shown) == 1
    assert (unread or text) in shown[0]


@pytest.mark.parametrize("words", ["dips to failure x3", "dips amrap x3", "dips max x 3"])
def test_so_many_sets_to_failure_are_no_repetitions(words: str) -> None:
    read = read_shorthand(f"Upper\nbarbell row 4x6\n{words}").days[0].exercises[1]
    assert (read.sets, read.reps_min, read.amrap, read.scheme) == (3, None, True, ())
    assert read.confidence == "medium"
    assert read_shorthand("dips to failure x3").exercises[0].confidence == "low"


def test_a_letter_before_a_weekday_is_the_days_and_a_rest_for_all_is_nobodys_own_line() -> None:
    text = (
        "my split\nA - monday: squat 3x5 120kg, leg ext 2x15\nB) Weds: bench 4x8 80kg, row 3x10 60kg\n"
        "C/ fri: chins 5x5 +10, dips 3x8\nrest 2-3 min"
    )
    reading = read_shorthand(text)
    assert [(day.name, day.day_of_week) for day in reading.days] == [("A - monday", 0), ("B) Weds", 2), ("C/ fri", 4)]
    told = [one for day in reading.days for one in day.exercises]
    assert [one.rest_s for one in told] == [120] * 6
    assert all("\n" not in one.raw for one in told), "what stands for all is shown for none"
    russian = read_shorthand("А - пн: присед 3х5 100 кг\nБ - ср: жим лежа 3х5 80 кг")
    assert [day.name for day in russian.days] == ["А - пн", "Б - ср"]
