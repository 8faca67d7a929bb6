"""``python -m training check``: count the library and list what is wrong with it."""

from __future__ import annotations

import sys

from training.library_check import check_library
from training.library_files import load_library
from training.library_types import LEVEL_NAMES, Library

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


def main(arguments: list[str]) -> int:
    if arguments != ["check"]:
        print("usage: python -m training check", file=sys.stderr)
        return 2
    library = load_library()
    problems = check_library(library)
    print(describe(library))
    for problem in problems:
        print(f"problem: {problem}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
