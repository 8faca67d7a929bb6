"""One text read in three ways: by shorthand, by the model alone, and by both. Trials are kept as lines of JSON.

A model on a small machine takes a minute a text: a measurement that was ended goes on where it stopped.
"""

from __future__ import annotations

import hashlib
import json
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

from parser.cross_check import cross_check
from parser.llm_reader import Extracted, LlmReader
from parser.needs_llm import needs_llm
from parser.normalise import normalise
from parser.pipeline import read_shorthand
from parser.reading import Reading, ReadingContext, UnreadLine, WeightUnit
from parser.reading_json import to_wire
from parser.scoring import Json

WAYS = ("shorthand", "model", "both")


@dataclass(slots=True)
class Cost:
    """What reading a text in one way has cost; `failure` is why a model gave no answer."""

    seconds: float = 0.0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    is_asked: bool = False
    failure: str | None = None


@dataclass(slots=True)
class Trial:
    """The readings of one text as wire, and their costs, by way; `readings` only where they were just made."""

    key: str
    wires: dict[str, Json]
    costs: dict[str, Cost]
    readings: dict[str, Reading] = field(default_factory=dict)


def key_of(record: Json) -> str:
    """Tell a text from others, the same in every run; a text that was changed is another one."""
    stated = json.dumps([record["id"], record["text"], record.get("units"), record.get("lang")])
    return hashlib.sha256(stated.encode()).hexdigest()[:16]


def context_of(record: Json) -> ReadingContext:
    """Read a text as its writer would have it read."""
    unit: WeightUnit = "lb" if record.get("units") == "lb" else "kg"
    return ReadingContext(unit=unit, language=record.get("lang") or "en")


def is_asked(record: Json) -> bool:
    """Tell whether the bot would ask a model about this text."""
    return needs_llm(read_shorthand(record["text"], context_of(record)), record["text"])


async def try_record(record: Json, reader: LlmReader) -> Trial:
    """Read one text in the three ways."""
    text, context = record["text"], context_of(record)
    costs = {way: Cost() for way in WAYS}
    started = time.perf_counter()
    shorthand = read_shorthand(text, context)
    costs["shorthand"].seconds = costs["both"].seconds = time.perf_counter() - started
    alone = await _extract(reader, text, context, _nothing_read(text), costs["model"])
    both = shorthand
    if needs_llm(shorthand, text):
        second = await _extract(reader, text, context, shorthand, costs["both"])
        both = cross_check(shorthand, second, text, context) if second is not None else shorthand
    readings = {"shorthand": shorthand, "model": alone or Reading("other"), "both": both}
    return Trial(key_of(record), {way: to_wire(reading) for way, reading in readings.items()}, costs, readings)


def _nothing_read(text: str) -> Reading:
    """Stand in for shorthand where the model is to read alone: every line is asked about."""
    lines = enumerate(normalise(text).text.split("\n"), start=1)
    return Reading("other", unread=tuple(UnreadLine(number, line) for number, line in lines if line.strip()))


async def _extract(
    reader: LlmReader, text: str, context: ReadingContext, shorthand: Reading, cost: Cost
) -> Reading | None:
    started = time.perf_counter()
    outcome = await reader.extract(text, context, shorthand)
    cost.seconds += time.perf_counter() - started
    cost.is_asked = True
    cost.prompt_tokens, cost.completion_tokens = outcome.prompt_tokens, outcome.completion_tokens
    if isinstance(outcome, Extracted):
        return outcome.reading
    cost.failure = f"{outcome.reason} ({outcome.detail})"
    return None


# ------------------------------------------------------------------------------------------------ kept in a file


def load_trials(path: Path | None) -> dict[str, Trial]:
    """Read the trials of earlier runs; a last line that was cut off is left out."""
    if path is None or not path.exists():
        return {}
    trials = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            kept = json.loads(line)
        except ValueError:
            continue
        costs = {way: Cost(**cost) for way, cost in kept["costs"].items()}
        trials[kept["key"]] = Trial(kept["key"], kept["wires"], costs)
    return trials


def keep_trial(trial: Trial, path: Path | None) -> None:
    """Add one trial to a file, a line by itself even behind one that was cut off."""
    if path is None:
        return
    kept = {"key": trial.key, "wires": trial.wires, "costs": {way: asdict(cost) for way, cost in trial.costs.items()}}
    with path.open("a", encoding="utf-8") as lines:
        lines.write(f"{json.dumps(kept, ensure_ascii=False)}\n")
