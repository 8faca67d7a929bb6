"""What came of the attacks of one area."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass
class Tally:
    """Attempts are refused, or come back empty: with nothing of the victim's. Anything else is a leak, and told."""

    area: str
    attempts: int = 0
    refused: int = 0
    empty: int = 0
    leaks: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)

    def note(self, attempt: str, seen: Iterable[str], *, was_refused: bool) -> None:
        """Count an attempt; `seen` is what it showed or changed of the victim's."""
        self.attempts += 1
        found = sorted(seen)
        if found:
            self.leaks.append(f"{', '.join(found[:5])}: {attempt[:300]}")
        elif was_refused:
            self.refused += 1
            self.refusals.append(attempt[:80])
        else:
            self.empty += 1


def as_table(tallies: Iterable[Tally]) -> str:
    """Write tallies as the table of docs/isolation.md, with their sum."""
    rows = [(one.area, one.attempts, one.refused, one.empty, len(one.leaks)) for one in tallies]
    rows.append(("all", *(sum(int(row[column]) for row in rows) for column in range(1, 5))))  # type: ignore[arg-type]
    head = ("area", "attempts", "refused", "empty", "leaks")
    lines = [head, *(tuple(f"{cell:,}" if isinstance(cell, int) else cell for cell in row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(5)]
    written = [
        " | ".join(
            cell.ljust(width) if not column else cell.rjust(width) for column, (cell, width) in pairs(line, widths)
        )
        for line in lines
    ]
    rule = "-|-".join("-" * width for width in widths)
    return "\n".join(f"| {line} |" for line in (written[0], rule, *written[1:]))


def pairs(line: tuple[str, ...], widths: list[int]) -> Iterable[tuple[int, tuple[str, int]]]:
    return enumerate(zip(line, widths, strict=True))
