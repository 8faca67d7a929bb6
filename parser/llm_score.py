"""What a model adds: shorthand alone, the model alone, and both, on the same texts.

`python -m parser.llm_score CORPUS... [--limit N]` takes short texts for which a model is asked at all, evenly spread
over the corpora and always the same, then others where the limit leaves room, and prints one table: how many exercises
are exact (name and every set), how many texts are exact as a whole, how many names are right, how many exercises are
wrong, how many there are of each confidence and how many of them are right, and tokens and seconds a text. The endpoint
is that of OPENAI_BASE_URL, OPENAI_API_KEY and OPENAI_MODEL. "Model" is the model asked about every line, its answer
grounded like always.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from parser.claims import claims_of, describe
from parser.cross_check import cross_check
from parser.llm_reader import Extracted, LlmOutcome, LlmReader
from parser.needs_llm import exercises_of, needs_llm
from parser.normalise import normalise
from parser.pipeline import read_shorthand
from parser.reading import Confidence, Reading, ReadingContext, UnreadLine, WeightUnit
from parser.reading_json import to_wire
from parser.scoring import Json, Score, load_corpus, score_reading
from parser.settings import LlmSettingsError, load_llm_settings

DEFAULT_CORPUS = "tests/corpus/unclear.jsonl"
DEFAULT_LIMIT = 40
MOST_LINES = 4
COLUMNS = (("exact", 8), ("texts", 9), ("names", 8), ("wrong", 7), ("high right", 15), ("medium right", 15),
           ("low right", 15), ("tokens", 9), ("s", 7), ("asked", 7), ("failed", 7))  # fmt: skip
HEADER = " " * 10 + "".join(f"{name:>{width}}" for name, width in COLUMNS)


@dataclass(slots=True)
class Tally:
    """The score of one way of reading, and what it cost."""

    score: Score = field(default_factory=Score)
    tokens: int = 0
    seconds: float = 0.0
    asked: int = 0
    failed: int = 0

    def add(self, record: Json, reading: Reading) -> bool:
        """Count one reading; tell whether all of it is right."""
        right_before = self.score.texts_right
        score_reading(record, to_wire(reading), self.score)
        return self.score.texts_right > right_before

    def spend(self, outcome: LlmOutcome, seconds: float) -> None:
        self.asked += 1
        self.tokens += outcome.prompt_tokens + outcome.completion_tokens
        self.seconds += seconds
        self.failed += not isinstance(outcome, Extracted)

    def row(self, name: str) -> str:
        score = self.score
        levels = [score.levels.get(level.value, [0, 0]) for level in Confidence]
        each = max(self.asked, 1)
        cells = [
            _percent(score.right, score.expected),
            _percent(score.texts_right, score.texts),
            _percent(score.names_right, score.expected),
            str(score.read - score.right),
            *(f"{right} of {read} {_percent(right, read)}" for read, right in levels),
            f"{self.tokens / each:.0f}",
            f"{self.seconds / each:.1f}",
            str(self.asked),
            str(self.failed),
        ]
        return f"{name:10}" + "".join(f"{cell:>{width}}" for cell, (_, width) in zip(cells, COLUMNS, strict=True))


def _say(text: object, stream: TextIO = sys.stdout) -> None:
    stream.write(f"{text}\n")
    stream.flush()


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%" if whole else "-"


# ------------------------------------------------------------------------------------------------ the run


def choose(records: Sequence[Json], limit: int | None) -> list[Json]:
    """Choose short texts for which a model is asked, then others for which it is not, both evenly spread.

    A small model takes seconds a line, so that long texts would be most of the time and little of the sample.
    """
    short = [record for record in records if record["text"].count("\n") < MOST_LINES] if limit else list(records)
    asked = [_is_asked(record) for record in short]
    unclear = [record for record, is_asked in zip(short, asked, strict=True) if is_asked]
    others = [record for record, is_asked in zip(short, asked, strict=True) if not is_asked]
    if not limit:
        return [*unclear, *others]
    return [*_spread(unclear, limit), *_spread(others, limit - len(unclear))]


def _spread(records: Sequence[Json], count: int) -> list[Json]:
    """Take so many records, as far from each other as they can be."""
    if count >= len(records):
        return list(records)
    return [records[index * len(records) // count] for index in range(max(count, 0))]


def _context(record: Json) -> ReadingContext:
    unit: WeightUnit = "lb" if record.get("units") == "lb" else "kg"
    return ReadingContext(unit=unit, language=record.get("lang") or "en")


def _shorthand(record: Json) -> Reading:
    return read_shorthand(record["text"], _context(record))


def _is_asked(record: Json) -> bool:
    return needs_llm(_shorthand(record), record["text"])


def _nothing_read(text: str) -> Reading:
    """Stand in for shorthand where the model is to read alone: every line is asked about."""
    lines = enumerate(normalise(text).text.split("\n"), start=1)
    return Reading("other", unread=tuple(UnreadLine(number, line) for number, line in lines if line.strip()))


async def measure(records: Sequence[Json], reader: LlmReader, shows: bool) -> dict[str, Tally]:
    """Read all records in the three ways."""
    tallies = {name: Tally() for name in ("shorthand", "model", "both")}
    for number, record in enumerate(records, start=1):
        text, context = record["text"], _context(record)
        shorthand = _shorthand(record)
        alone = await _extract(reader, text, context, _nothing_read(text), tallies["model"])
        both = shorthand
        if needs_llm(shorthand, text):
            second = await _extract(reader, text, context, shorthand, tallies["both"])
            both = cross_check(shorthand, second, text, context) if second is not None else shorthand
        readings = {"shorthand": shorthand, "model": alone or Reading("other"), "both": both}
        marks = {name: tallies[name].add(record, reading) for name, reading in readings.items()}
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


def _show(record: Json, readings: dict[str, Reading]) -> None:
    _say(f"    | {record['text']!r}", sys.stderr)
    _say(f"      expected   {json.dumps(record['expect'], ensure_ascii=False)}", sys.stderr)
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
    records = [record for corpus in options.corpora for record in load_corpus(Path(corpus))]
    chosen = choose(records, options.limit)
    asked = sum(_is_asked(record) for record in chosen)
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
    arguments.add_argument("corpora", nargs="*", default=[DEFAULT_CORPUS], metavar="CORPUS")
    arguments.add_argument(
        "--limit", type=int, default=DEFAULT_LIMIT, help="at most so many texts; 0 for all, long ones too"
    )
    arguments.add_argument("--show", action="store_true", help="show every text and what was made of it")
    try:
        return asyncio.run(_main(arguments.parse_args()))
    except (LlmSettingsError, OSError) as error:
        _say(error, sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
