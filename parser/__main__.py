"""Read workout texts from the shell, offline: `python -m parser < text`, `--jsonl` for corpora, `--explain` for the
stages.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
from typing import Any

from parser.explain import explain
from parser.pipeline import read_shorthand
from parser.reading import Reading, ReadingContext, WeightUnit
from parser.reading_json import to_wire


def read_record(line: str) -> dict[str, Any] | None:
    """Read one line of a corpus; a line that cannot be understood gives an empty reading under its id, if it has
    one.
    """
    record_id: Any = None
    try:
        record = json.loads(line)
        if not isinstance(record, dict):
            return None
        record_id = record.get("id")
        unit: WeightUnit = "lb" if record.get("units") == "lb" else "kg"
        context = ReadingContext(unit=unit, language=str(record.get("lang") or "en"))
        reading = read_shorthand(str(record.get("text") or ""), context)
    except (ValueError, RecursionError):
        reading = Reading("other")
    return {"id": record_id, "reading": to_wire(reading)}


def main() -> int:
    """Run the command line."""
    arguments = argparse.ArgumentParser(prog="python -m parser", description="Read workout texts.")
    arguments.add_argument(
        "--jsonl", action="store_true", help='lines of {"id","text","units","lang"} in, readings out'
    )
    arguments.add_argument("--explain", action="store_true", help="show what every stage made of the text")
    arguments.add_argument("--units", choices=("kg", "lb"), default="kg", help="the unit where the text states none")
    options = arguments.parse_args()
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    if options.jsonl:
        for line in sys.stdin:
            if line.strip():
                print(json.dumps(read_record(line), ensure_ascii=False), flush=True)
        return 0
    context = ReadingContext(unit=options.units)
    text = sys.stdin.read()
    if options.explain:
        print(explain(text, context))
    else:
        print(json.dumps(to_wire(read_shorthand(text, context)), ensure_ascii=False, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
