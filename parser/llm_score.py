"""What a model adds: shorthand alone, the model alone, and both, on the same texts.

`python -m parser.llm_score CORPUS [--limit N]` takes the texts of a corpus for which a model is asked at all, and a
sample of the others, and prints one table: how many exercises are exact (name and every set), how many texts are exact
as a whole, how many exercises are wrong, how many there are of each confidence and how many of them are right, and
tokens and seconds a text. The endpoint is that of OPENAI_BASE_URL, OPENAI_API_KEY and OPENAI_MODEL. "Model" is the
model asked about every line, its answer grounded like always.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, TextIO

from parser.claims import Claim, claims_of, describe, joined, same_numbers
from parser.cross_check import cross_check
from parser.llm_reader import Extracted, LlmOutcome, LlmReader
from parser.needs_llm import exercises_of, needs_llm
from parser.normalise import fold, normalise
from parser.pipeline import read_shorthand
from parser.reading import (
    Confidence,
    LoggedExercise,
    PrescribedExercise,
    Reading,
    ReadingContext,
    UnreadLine,
    WeightUnit,
)
from parser.settings import LlmSettingsError, load_llm_settings

DEFAULT_CORPUS = "tests/corpus/unclear.jsonl"
Record = dict[str, Any]


@dataclass(slots=True)
class Tally:
    """Counts of one way of reading."""

    expected: int = 0
    exact: int = 0
    read: int = 0
    texts: int = 0
    texts_exact: int = 0
    by_level: dict[Confidence, list[bool]] = field(default_factory=lambda: {level: [] for level in Confidence})
    tokens: int = 0
    seconds: float = 0.0
    asked: int = 0
    failed: int = 0

    def add(self, record: Record, reading: Reading, context: ReadingContext) -> bool:
        """Count one reading; tell whether all of it is right."""
        wanted = expected_exercises(record["expect"])
        read = exercises_of(reading)
        right = _matches(wanted, read, context)
        self.expected += len(wanted)
        self.exact += sum(right)
        self.read += len(read)
        self.texts += 1
        for exercise, is_right in zip(read, right, strict=True):
            self.by_level[exercise.confidence].append(is_right)
        is_exact = sum(right) == len(wanted) == len(read) and reading.kind == record["expect"]["kind"]
        self.texts_exact += is_exact
        return is_exact

    def spend(self, outcome: LlmOutcome, seconds: float) -> None:
        self.asked += 1
        self.tokens += outcome.prompt_tokens + outcome.completion_tokens
        self.seconds += seconds
        self.failed += not isinstance(outcome, Extracted)

    def row(self, name: str) -> str:
        levels = [self.by_level[level] for level in Confidence]
        shares = "".join(f"{len(level):6d} {_percent(sum(level), len(level))}" for level in levels)
        each = f"{self.tokens / self.asked:9.0f}{self.seconds / self.asked:8.1f}" if self.asked else f"{0:9d}{0:8.1f}"
        return (
            f"{name:12}{_percent(self.exact, self.expected)} {_percent(self.texts_exact, self.texts)}"
            f"{self.read - self.exact:7d}{shares}{each}{self.asked:7d}{self.failed:7d}"
        )


def _say(text: object, stream: TextIO = sys.stdout) -> None:
    stream.write(f"{text}\n")
    stream.flush()


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:6.1f}%" if whole else "    n/a"


COLUMNS = (("exact", 7), ("texts", 8), ("wrong", 7), ("high right", 14), ("medium right", 14), ("low right", 14),
           ("tokens", 9), ("s", 8), ("asked", 7), ("failed", 7))  # fmt: skip
HEADER = " " * 12 + "".join(f"{name:>{width}}" for name, width in COLUMNS)


def expected_exercises(expect: Record) -> list[tuple[str, tuple[Claim, ...]]]:
    """Give name and sets of every exercise that a corpus record expects."""
    days = [entry for day in expect.get("days", []) for entry in day["exercises"]]
    return [(entry["name"], _expected_claims(entry)) for entry in (*days, *expect.get("exercises", []))]


def _expected_claims(entry: Record) -> tuple[Claim, ...]:
    if isinstance(entry.get("sets"), list):
        return joined(_claim(item) for item in entry["sets"])
    if entry.get("scheme"):
        return joined(_claim({**entry, **item}) for item in entry["scheme"])
    whole = _claim(entry)
    count = entry.get("sets") or 1
    if whole.is_amrap and whole.reps is not None and count > 1:
        return joined([*[_claim({**entry, "amrap": False})] * (count - 1), whole])
    return joined([whole] * count)


def _claim(item: Record) -> Claim:
    low = item.get("reps", item.get("reps_min"))
    high = item.get("reps", item.get("reps_max"))
    effort = item.get("rpe") if item.get("rir") is None else 10 - item["rir"]
    return Claim(
        reps=low,
        reps_max=high if high != low else None,
        seconds=item.get("seconds"),
        distance_m=_decimal(item.get("distance_m")),
        weight=_decimal(item.get("weight")),
        unit=item.get("unit"),
        percent=_decimal(item.get("percent")),
        rpe=_decimal(effort),
        is_amrap=bool(item.get("amrap")),
    )


def _decimal(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _matches(
    wanted: Sequence[tuple[str, tuple[Claim, ...]]],
    read: Sequence[LoggedExercise | PrescribedExercise],
    context: ReadingContext,
) -> list[bool]:
    """Tell of every exercise that was read whether it is one of the expected ones, in their order."""
    right: list[bool] = []
    position = 0
    for exercise in read:
        found = next((i for i in range(position, len(wanted)) if _is_exact(wanted[i], exercise, context)), None)
        right.append(found is not None)
        position = position if found is None else found + 1
    return right


def _is_exact(
    wanted: tuple[str, tuple[Claim, ...]], read: LoggedExercise | PrescribedExercise, context: ReadingContext
) -> bool:
    name, claims = wanted
    same_key = read.key is not None and context.vocabulary.resolve(name).best is not None
    is_named = fold(name) == fold(read.name or "")
    if same_key and not is_named:
        best = context.vocabulary.resolve(name).best
        is_named = best is not None and best.key == read.key
    return is_named and same_numbers(_plain(claims), _plain(claims_of(read)), context.unit)


def _plain(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Say nothing as one set of nothing, as the corpus does."""
    return tuple(claims) or (Claim(),)


# ------------------------------------------------------------------------------------------------ the run


def choose(records: Sequence[Record], limit: int | None) -> list[Record]:
    """Choose the texts for which a model is asked, then as many others, evenly spread, as the limit leaves room for."""
    unclear = [record for record in records if needs_llm(_shorthand(record))]
    ids = {record["id"] for record in unclear}
    others = [record for record in records if record["id"] not in ids]
    if limit is None:
        return [*unclear, *others]
    room = max(limit - len(unclear), 0)
    step = max(len(others) // room, 1) if room else 1
    return [*unclear[:limit], *others[::step][:room]]


def _context(record: Record) -> ReadingContext:
    unit: WeightUnit = "lb" if record.get("units") == "lb" else "kg"
    return ReadingContext(unit=unit, language=record.get("lang") or "en")


def _shorthand(record: Record) -> Reading:
    return read_shorthand(record["text"], _context(record))


def _nothing_read(text: str) -> Reading:
    """Stand in for shorthand where the model is to read alone: every line is asked about."""
    lines = enumerate(normalise(text).text.split("\n"), start=1)
    return Reading("other", unread=tuple(UnreadLine(number, line) for number, line in lines if line.strip()))


async def measure(records: Sequence[Record], reader: LlmReader, shows: bool) -> dict[str, Tally]:
    """Read all records in the three ways."""
    tallies = {name: Tally() for name in ("shorthand", "model", "both")}
    for number, record in enumerate(records, start=1):
        text, context = record["text"], _context(record)
        shorthand = _shorthand(record)
        alone = await _extract(reader, text, context, _nothing_read(text), tallies["model"])
        both = shorthand
        if needs_llm(shorthand):
            second = await _extract(reader, text, context, shorthand, tallies["both"])
            both = cross_check(shorthand, second, text, context) if second is not None else shorthand
        readings = {"shorthand": shorthand, "model": alone or Reading("other"), "both": both}
        marks = {name: tallies[name].add(record, reading, context) for name, reading in readings.items()}
        _say(f"{number}/{len(records)} {record['id']} {_verdict(marks)}", sys.stderr)
        if shows:
            _show(record, readings)
    return tallies


async def _extract(
    reader: LlmReader, text: str, context: ReadingContext, shorthand: Reading, tally: Tally
) -> Reading | None:
    started = time.monotonic()
    outcome = await reader.extract(text, context, shorthand)
    tally.spend(outcome, time.monotonic() - started)
    if isinstance(outcome, Extracted):
        return outcome.reading
    _say(f"  no reading: {outcome.reason} ({outcome.detail})", sys.stderr)
    return None


def _verdict(marks: dict[str, bool]) -> str:
    return ", ".join(f"{name} {'right' if is_right else 'wrong'}" for name, is_right in marks.items())


def _show(record: Record, readings: dict[str, Reading]) -> None:
    _say(f"    | {record['text']!r}", sys.stderr)
    for name, claims in expected_exercises(record["expect"]):
        _say(f"      expected   {name}: {describe(claims)}", sys.stderr)
    for reader, reading in readings.items():
        for e in exercises_of(reading):
            doubts = "; ".join(f"{doubt.kind}: {doubt.detail}" for doubt in e.doubts)
            _say(f"      {reader:10} {e.name}: {describe(claims_of(e))} ({e.confidence}) {doubts}", sys.stderr)
        if reading.unread:
            _say(f"      {reader:10} unread {[line.line for line in reading.unread]}", sys.stderr)


async def _main(options: argparse.Namespace) -> int:
    reader = LlmReader(load_llm_settings())
    if not reader.is_configured:
        _say("No model is configured: set OPENAI_MODEL, and OPENAI_BASE_URL or OPENAI_API_KEY.", sys.stderr)
        return 2
    with Path(options.corpus).open(encoding="utf-8") as corpus:  # noqa: ASYNC230 (nothing else runs yet)
        records = [json.loads(line) for line in corpus if line.strip()]
    chosen = choose(records, options.limit)
    asked = sum(needs_llm(_shorthand(record)) for record in chosen)
    tallies = await measure(chosen, reader, options.show)
    await reader.close()
    _say(f"{len(chosen)} of {len(records)} texts; for {asked} of them a model is asked")
    _say(HEADER)
    for name, tally in tallies.items():
        _say(tally.row(name))
    return 0


def main() -> int:
    """Run the command line."""
    arguments = argparse.ArgumentParser(prog="python -m parser.llm_score", description="Measure what a model adds.")
    arguments.add_argument("corpus", nargs="?", default=DEFAULT_CORPUS)
    arguments.add_argument("--limit", type=int, help="at most so many texts, those that need a model first")
    arguments.add_argument("--show", action="store_true", help="show every text and what was made of it")
    try:
        return asyncio.run(_main(arguments.parse_args()))
    except (LlmSettingsError, OSError) as error:
        _say(error, sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
