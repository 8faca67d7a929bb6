"""Prints how right a confidence is: `python -m parser.calibration CORPUS.jsonl ...`.

The confidence of an exercise is the lesser of its two scores. For each bin of it the table tells how many exercises
were
read and which share of them was entirely right; a well calibrated reader is right about as often as it says.
"""

from __future__ import annotations

import argparse
import sys
from itertools import pairwise
from pathlib import Path

from parser.confidence import HIGH_NAME, HIGH_NUMBERS
from parser.name_keys import likeness
from parser.scoring import Json, align, exercises_of, load_corpus, own_corpora, read_record, same_sets, sets_of

BINS = (0.0, 0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.86, 0.9, 0.95, 1.0)


def observations(records: list[Json]) -> list[tuple[float, bool, str]]:
    """Give the confidence of every exercise that was read, whether it was right, and its level."""
    found: list[tuple[float, bool, str]] = []
    for record in records:
        reading, units = read_record(record), record.get("units") or "kg"
        wanted, got = exercises_of(record["expect"]), exercises_of(reading)
        partner = {j: i for i, j in align(wanted, got, units)}
        for place, (exercise, _) in enumerate(got):
            other = wanted[partner[place]][0] if place in partner else None
            is_right = other is not None and (
                likeness(other.get("name"), exercise.get("name")) == 1.0
                and same_sets(sets_of(other, units), sets_of(exercise, units))
            )
            sure = min(exercise["scores"]["name"], exercise["scores"]["numbers"])
            found.append((sure, is_right, exercise["confidence"]))
    return found


def reliability_table(found: list[tuple[float, bool, str]]) -> list[tuple[float, float, int, int]]:
    """Give bins as (from, to, read, right); a bin holds its upper end."""
    table = []
    for low, high in pairwise(BINS):
        inside = [right for sure, right, _ in found if low < sure <= high or (low == 0.0 and sure == 0.0)]
        table.append((low, high, len(inside), sum(inside)))
    return table


def main() -> int:
    """Run the command line."""
    arguments = argparse.ArgumentParser(prog="python -m parser.calibration", description="Show the calibration.")
    arguments.add_argument("corpora", nargs="*", type=Path, help="corpus files; without, those of tests/corpus")
    options = arguments.parse_args()
    found = [one for path in options.corpora or own_corpora() for one in observations(load_corpus(path))]
    write = sys.stdout.write
    write(f"high is name >= {HIGH_NAME} and numbers >= {HIGH_NUMBERS}\n   confidence     read  right\n")
    for low, high, read, right in reliability_table(found):
        share = f"{100 * right / read:5.1f}%" if read else "   n/a"
        write(f"{low:5.2f} to {high:4.2f}  {read:7d}  {share}\n")
    for level in ("high", "medium", "low"):
        inside = [right for _, right, name in found if name == level]
        share = f"{100 * sum(inside) / len(inside):5.1f}%" if inside else "   n/a"
        write(f"{level:13}  {len(inside):7d}  {share}  of which right\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
