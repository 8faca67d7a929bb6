"""Scores readings against a corpus: `python -m parser.scoring CORPUS.jsonl ... [--show N] [--append
docs/accuracy.csv]`.

A corpus holds lines of {"id", "lang", "text", "units", "expect"}; what is expected has the wire format without
confidence. Exercises are compared as their lists of single sets: number of sets, repetitions, seconds, metres, weight
in kilograms, percent, effort, open end. A text is right when its kind, all exercises, the date of a log and the days
of a program are.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from subprocess import run
from typing import Any

from parser.name_keys import likeness
from parser.pipeline import read_shorthand
from parser.reading import ReadingContext
from parser.reading_json import to_wire
from training.units import KILOGRAMS_PER_POUND

TOLERANCE = 0.006
Json = dict[str, Any]
SingleSet = tuple[float | None, ...]


@dataclass(slots=True)
class Score:
    """Counts over texts and exercises; `levels` maps a confidence to how many were read and how many of them right."""

    texts: int = 0
    texts_right: int = 0
    kinds_right: int = 0
    expected: int = 0
    read: int = 0
    right: int = 0
    names_right: int = 0
    numbers_right: int = 0
    invented_high: int = 0
    missed_in_silence: int = 0
    levels: dict[str, list[int]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)


def load_corpus(path: Path) -> list[Json]:
    """Read the records of a corpus file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def own_corpora() -> list[Path]:
    """Give the corpora of this project, where it is checked out."""
    return sorted((Path(__file__).parents[1] / "tests" / "corpus").glob("*.jsonl"))


def read_record(record: Json) -> Json:
    """Read the text of a record as its writer would have it read."""
    unit = "lb" if record.get("units") == "lb" else "kg"
    context = ReadingContext(unit="lb" if unit == "lb" else "kg", language=record.get("lang") or "en")
    return to_wire(read_shorthand(record["text"], context))


def score_records(records: Iterable[Json]) -> Score:
    """Read and score all records."""
    score = Score()
    for record in records:
        score_reading(record, read_record(record), score)
    return score


def score_reading(record: Json, reading: Json, score: Score) -> None:
    """Score one reading, as wire, against what its record expects."""
    expect, units = record["expect"], record.get("units") or "kg"
    wanted, got = exercises_of(expect), exercises_of(reading)
    pairs = align(wanted, got, units)
    right = 0
    matched = {j: (i, is_right) for i, j, is_right in (_judge(wanted, got, pair, units, score) for pair in pairs)}
    for place, (exercise, _) in enumerate(got):
        is_right = place in matched and matched[place][1]
        level = score.levels.setdefault(exercise["confidence"], [0, 0])
        level[0] += 1
        level[1] += is_right
        right += is_right
        score.invented_high += place not in matched and exercise["confidence"] == "high"
    is_kind = reading["kind"] == expect["kind"]
    is_whole = is_kind and right == len(wanted) == len(got) and _frame_is_right(expect, reading)
    score.texts += 1
    score.kinds_right += is_kind
    score.texts_right += is_whole
    score.expected += len(wanted)
    score.read += len(got)
    score.right += right
    score.missed_in_silence += 0 if reading["unread"] else len(wanted) - len(pairs)
    if not is_whole:
        score.wrong.append(_describe(record, reading, wanted, got, units))


def _judge(
    wanted: list[tuple[Json, int]], got: list[tuple[Json, int]], pair: tuple[int, int], units: str, score: Score
) -> tuple[int, int, bool]:
    i, j = pair
    is_name = likeness(wanted[i][0].get("name"), got[j][0].get("name")) == 1.0
    is_number = same_sets(sets_of(wanted[i][0], units), sets_of(got[j][0], units))
    score.names_right += is_name
    score.numbers_right += is_number
    return i, j, is_name and is_number


def _frame_is_right(expect: Json, reading: Json) -> bool:
    if expect["kind"] == "log":
        return bool(expect.get("date") == reading.get("date"))
    sizes = [[len(day["exercises"]) for day in one.get("days", ()) if day["exercises"]] for one in (expect, reading)]
    return sizes[0] == sizes[1]


def exercises_of(reading: Json) -> list[tuple[Json, int]]:
    found = [(e, day) for day, one in enumerate(reading.get("days") or ()) for e in one["exercises"]]
    return found + [(e, -1) for e in reading.get("exercises") or ()]


def sets_of(exercise: Json, units: str) -> list[SingleSet]:
    """Give an exercise, logged or prescribed, as its single sets."""
    sets = exercise.get("sets")
    if isinstance(sets, list):
        return [_single(one, units) for one in sets] or [_single({}, units)]
    scheme = exercise.get("scheme") or []
    if scheme:
        own = {k: exercise.get(k) for k in ("unit", "weight", "percent", "rpe", "rir", "seconds", "distance_m")}
        unsaid = {k: v for k, v in own.items() if not any(one.get(k) is not None for one in scheme)}
        return [_single({**one, **{k: v for k, v in unsaid.items() if v is not None}}, units) for one in scheme]
    count = int(sets) if sets else 1
    made = [_single(exercise, units) for _ in range(count)]
    has_reps = exercise.get("reps_min") is not None
    if exercise.get("amrap") and has_reps:
        made[:-1] = [(*one[:-1], 0.0) for one in made[:-1]]
    return made


def _single(one: Json, units: str) -> SingleSet:
    low = one.get("reps_min", one.get("reps"))
    high = one.get("reps_max", one.get("reps"))
    weight = one.get("weight")
    if weight is not None and (one.get("unit") or units) == "lb":
        weight = weight * float(KILOGRAMS_PER_POUND)
    effort = one.get("rpe")
    if effort is None and one.get("rir") is not None:
        effort = 10 - one["rir"]
    values = (low, high, one.get("seconds"), one.get("distance_m"), weight, one.get("percent"), effort)
    return (*(None if value is None else float(value) for value in values), float(bool(one.get("amrap"))))


def same_sets(first: list[SingleSet], second: list[SingleSet]) -> bool:
    """Tell whether two lists of sets are the same, weights and distances within rounding."""
    return len(first) == len(second) and all(
        all(_near(a, b) for a, b in zip(x, y, strict=True)) for x, y in zip(first, second, strict=True)
    )


def _near(a: float | None, b: float | None) -> bool:
    if a is None or b is None:
        return a is b
    return abs(a - b) <= TOLERANCE * max(abs(a), abs(b)) + 1e-9


def align(wanted: list[tuple[Json, int]], got: list[tuple[Json, int]], units: str) -> list[tuple[int, int]]:
    """Pair what is expected with what was read, in order, so that as much as possible fits."""
    worth = [[_worth(w, g, units) for g, _ in got] for w, _ in wanted]
    best = [[0.0] * (len(got) + 1) for _ in range(len(wanted) + 1)]
    for i in range(len(wanted) - 1, -1, -1):
        for j in range(len(got) - 1, -1, -1):
            pair = worth[i][j] + best[i + 1][j + 1] if worth[i][j] else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], pair)
    pairs, i, j = [], 0, 0
    while i < len(wanted) and j < len(got):
        if worth[i][j] and best[i][j] == worth[i][j] + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _worth(wanted: Json, got: Json, units: str) -> float:
    alike = likeness(wanted.get("name"), got.get("name"))
    first = sets_of(wanted, units)
    same = same_sets(first, sets_of(got, units))
    tells = len(first) > 1 or any(first[0])
    return 0.01 + alike + same if alike >= 0.5 or (same and tells) else 0.0


def _describe(
    record: Json, reading: Json, wanted: list[tuple[Json, int]], got: list[tuple[Json, int]], units: str
) -> str:
    lines = [f"--- {record['id']} {record['expect']['kind']} read as {reading['kind']}", record["text"]]
    lines += [f"  expected {e.get('name')}: {sets_of(e, units)}" for e, _ in wanted]
    lines += [f"  read     {e.get('name')}: {sets_of(e, units)} {e['confidence']}" for e, _ in got]
    return "\n".join(lines)


def figures_of(score: Score) -> dict[str, float]:
    """Give the shares that count, from 0 to 1."""
    high = score.levels.get("high", [0, 0])
    return {
        "texts": score.texts,
        "exercises": score.expected,
        "kind": round(score.kinds_right / max(1, score.texts), 4),
        "exact": round(score.right / max(1, score.expected), 4),
        "texts_exact": round(score.texts_right / max(1, score.texts), 4),
        "names": round(score.names_right / max(1, score.expected), 4),
        "numbers": round(score.numbers_right / max(1, score.expected), 4),
        "high_share": round(high[0] / max(1, score.read), 4),
        "high_exact": round(high[1] / max(1, high[0]), 4),
        "invented_high": score.invented_high,
        "missed_in_silence": score.missed_in_silence,
    }


def append_series(path: Path, corpus: str, figures: dict[str, float]) -> None:
    """Add a line to the accuracy series: date, commit, corpus and figures."""
    told = run(
        ["git", "rev-parse", "--short", "HEAD"],  # noqa: S607 - whichever git the developer has
        capture_output=True,
        text=True,
        check=False,
    )
    row = {"date": datetime.now(UTC).date().isoformat(), "commit": told.stdout.strip(), "corpus": corpus, **figures}
    is_new = not path.exists()
    with path.open("a", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(row), lineterminator="\n")
        if is_new:
            writer.writeheader()
        writer.writerow(row)


def main() -> int:
    """Run the command line."""
    arguments = argparse.ArgumentParser(prog="python -m parser.scoring", description="Score readings.")
    arguments.add_argument("corpora", nargs="*", type=Path, help="corpus files; without, those of tests/corpus")
    arguments.add_argument("--show", type=int, default=0, metavar="N", help="print the first N wrong texts")
    arguments.add_argument("--append", type=Path, help="add the figures to this series")
    options = arguments.parse_args()
    for path in options.corpora or own_corpora():
        score = score_records(load_corpus(path))
        figures = figures_of(score)
        for text in score.wrong[: options.show]:
            sys.stdout.write(f"{text}\n")
        sys.stdout.write(f"{path.name} {' '.join(f'{name} {value:g}' for name, value in figures.items())}\n")
        if options.append:
            append_series(options.append, path.name, figures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
