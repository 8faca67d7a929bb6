"""The rules and the library at the command line.

``python -m training check`` counts the library and lists what is wrong with it; ``python -m training simulate
--athletes 10000 --seed 1`` sends random athletes through mesocycles. Both end with 1 where something is wrong.
"""

from __future__ import annotations

import argparse
import sys

from training.library_check import check_library
from training.library_files import load_library
from training.library_types import LEVEL_NAMES, Library
from training.simulation import simulate, table

FEW = 4


def describe(library: Library) -> str:
    """Count what a library holds, skills by category and level too."""
    aliases = sum(len(exercise.aliases) for exercise in library.exercises)
    well_known = sum(len(exercise.aliases) >= FEW for exercise in library.exercises)
    lines = [
        f"version    {library.version[:12]}",
        f"exercises  {len(library.exercises)}, {well_known} of them with {FEW} aliases or more",
        f"aliases    {aliases}",
        f"equipment  {len(library.equipment)}",
        f"plans      {len(library.plans)}",
        f"skills     {len(library.skills)}",
    ]
    for category in ("push", "pull", "squat"):
        levels = [skill.level for skill in library.skills if skill.category == category]
        counts = ", ".join(f"{name} {levels.count(level)}" for level, name in enumerate(LEVEL_NAMES))
        lines.append(f"  {category:8} {len(levels)}: {counts}")
    return "\n".join(lines)


def check() -> int:
    library = load_library()
    problems = check_library(library)
    print(describe(library))
    for problem in problems:
        print(f"problem: {problem}")
    return 1 if problems else 0


def simulated(athletes: int, seed: int) -> int:
    result = simulate(athletes, seed)
    print(table(result))
    return 1 if result.broken else 0


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m training", description="The rules and the library.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("check", help="count the library and list what is wrong with it")
    simulation = commands.add_parser("simulate", help="send random athletes through mesocycles")
    simulation.add_argument("--athletes", type=int, default=10_000)
    simulation.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(arguments)
    return check() if chosen.command == "check" else simulated(chosen.athletes, chosen.seed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
