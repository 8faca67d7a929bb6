"""What a model adds: shorthand alone, the model alone, and both, on the same texts.

`python -m parser.llm_score CORPUS... [--limit N] [--seconds S] [--keep FILE]` takes short texts, two of three such as a
model is asked about and the others such as it is not, evenly spread over the corpora and always the same. It prints one
table: how many exercises are exact (name and every set), how many texts are exact as a whole, how many names are right,
how many exercises are wrong, how many there are of each confidence and how many of them are right, and tokens and
seconds a text. It is printed as well when the time is over, for the texts that were read till then; trials kept in a
file are not made again. The endpoint is that of OPENAI_BASE_URL, OPENAI_API_KEY and OPENAI_MODEL. "Model" is the model
asked about every line, its answer grounded like always.
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
from parser.llm_reader import LlmReader
from parser.llm_trials import WAYS, Cost, Trial, is_asked, keep_trial, key_of, load_trials, try_record
from parser.needs_llm import exercises_of
from parser.reading import Confidence
from parser.scoring import Json, Score, load_corpus, score_reading
from parser.settings import LlmSettingsError, load_llm_settings

DEFAULT_CORPUS = "tests/corpus/unclear.jsonl"
DEFAULT_LIMIT = 30
MOST_LINES = 4
COLUMNS = (("exact", 8), ("texts", 9), ("names", 8), ("wrong", 7), ("high right", 16), ("medium right", 15),
           ("low right", 15), ("prompt", 8), ("answer", 8), ("s", 8), ("asked", 7), ("failed", 8))  # fmt: skip
HEADER = " " * 10 + "".join(f"{name:>{width}}" for name, width in COLUMNS)


@dataclass(slots=True)
class Tally:
    """The score of one way of reading, and what it cost."""

    score: Score = field(default_factory=Score)
    prompt_tokens: int = 0
    completion_tokens: int = 0
    seconds: float = 0.0
    asked: int = 0
    failed: int = 0

    def add(self, record: Json, wire: Json, cost: Cost) -> bool:
        """Count one reading; tell whether all of it is right."""
        right_before = self.score.texts_right
        score_reading(record, wire, self.score)
        self.asked += cost.is_asked
        self.failed += cost.failure is not None
        self.prompt_tokens += cost.prompt_tokens
        self.completion_tokens += cost.completion_tokens
        self.seconds += cost.seconds
        return self.score.texts_right > right_before

    def row(self, name: str) -> str:
        score = self.score
        levels = [score.levels.get(level.value, [0, 0]) for level in Confidence]
        each = max(score.texts, 1)
        cells = [
            _percent(score.right, score.expected),
            _percent(score.texts_right, score.texts),
            _percent(score.names_right, score.expected),
            str(score.read - score.right),
            *(f"{right} of {read} {_percent(right, read)}" for read, right in levels),
            f"{self.prompt_tokens / each:.0f}",
            f"{self.completion_tokens / each:.0f}",
            f"{self.seconds / each:.3f}" if self.seconds < each / 10 else f"{self.seconds / each:.1f}",
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
    """Choose short texts, two of three such as a model is asked about, in an order that mixes the corpora.

    A small model takes seconds a line, so that long texts would be most of the time and little of the sample. A run
    that is ended early has read some of everything.
    """
    if not limit:
        return sorted(records, key=key_of)
    short = [record for record in records if record["text"].count("\n") < MOST_LINES]
    asked = [is_asked(record) for record in short]
    unclear = [record for record, is_unclear in zip(short, asked, strict=True) if is_unclear]
    others = [record for record, is_unclear in zip(short, asked, strict=True) if not is_unclear]
    most = min(len(unclear), max(limit - limit // 3, limit - len(others)))
    return sorted([*_spread(unclear, most), *_spread(others, limit - most)], key=key_of)


def _spread(records: Sequence[Json], count: int) -> list[Json]:
    """Take so many records, as far from each other as they can be."""
    if count >= len(records):
        return list(records)
    return [records[index * len(records) // count] for index in range(max(count, 0))]


async def measure(
    records: Sequence[Json],
    reader: LlmReader,
    shows: bool = False,
    seconds: float | None = None,
    path: Path | None = None,
) -> dict[str, Tally]:
    """Read records in the three ways until they are done or the time is over; no text is begun after that."""
    tallies = {way: Tally() for way in WAYS}
    known = load_trials(path)
    started = time.monotonic()
    for number, record in enumerate(records, start=1):
        trial = known.get(key_of(record))
        if trial is None:
            if seconds is not None and time.monotonic() - started >= seconds:
                continue
            trial = await try_record(record, reader)
            keep_trial(trial, path)
        marks = {way: tallies[way].add(record, trial.wires[way], trial.costs[way]) for way in WAYS}
        _say(f"{number}/{len(records)} {record['id']} {_verdict(marks, trial)}", sys.stderr)
        if shows:
            _show(record, trial)
    return tallies


def _verdict(marks: dict[str, bool], trial: Trial) -> str:
    told = [f"{way} {'right' if marks[way] else 'wrong'} {trial.costs[way].seconds:.1f} s" for way in WAYS]
    failures = [f"{way}: {cost.failure}" for way, cost in trial.costs.items() if cost.failure is not None]
    return "; ".join([", ".join(told), *failures])


def _show(record: Json, trial: Trial) -> None:
    _say(f"    | {record['text']!r}", sys.stderr)
    _say(f"      expected   {json.dumps(record['expect'], ensure_ascii=False)}", sys.stderr)
    for way, reading in trial.readings.items():
        for e in exercises_of(reading):
            doubts = "; ".join(f"{doubt.kind}: {doubt.detail}" for doubt in e.doubts)
            _say(f"      {way:10} {e.name}: {describe(claims_of(e))} ({e.confidence}) {doubts}", sys.stderr)
        if reading.unread:
            _say(f"      {way:10} unread {[line.line for line in reading.unread]}", sys.stderr)


async def _main(options: argparse.Namespace) -> int:
    reader = LlmReader(load_llm_settings())
    if not reader.is_configured:
        _say("No model is configured: set OPENAI_MODEL, and OPENAI_BASE_URL or OPENAI_API_KEY.", sys.stderr)
        return 2
    records = [record for corpus in options.corpora for record in load_corpus(Path(corpus))]
    chosen = choose(records, options.limit)
    tallies = await measure(chosen, reader, options.show, options.seconds, options.keep)
    await reader.close()
    read = tallies["shorthand"].score.texts
    _say(f"{read} of {len(chosen)} texts chosen from {len(records)} were read")
    _say(HEADER)
    for way, tally in tallies.items():
        _say(tally.row(way))
    return 0


def main() -> int:
    """Run the command line."""
    arguments = argparse.ArgumentParser(prog="python -m parser.llm_score", description="Measure what a model adds.")
    arguments.add_argument("corpora", nargs="*", default=[DEFAULT_CORPUS], metavar="CORPUS")
    arguments.add_argument(
        "--limit", type=int, default=DEFAULT_LIMIT, help="at most so many texts; 0 for all, long ones too"
    )
    arguments.add_argument("--seconds", type=float, help="begin no text after this time; the table is printed")
    arguments.add_argument("--keep", type=Path, help="a file of trials: those in it are not made again")
    arguments.add_argument("--show", action="store_true", help="show every text and what was made of it")
    try:
        return asyncio.run(_main(arguments.parse_args()))
    except (LlmSettingsError, OSError) as error:
        _say(error, sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
