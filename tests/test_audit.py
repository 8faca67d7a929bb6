"""The audit calls nothing clean that it could not look up; the lint of SQL has no silent holes; the image is nobody."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.audit import UNKNOWN, verdict

ROOT = Path(__file__).resolve().parents[1]
CLEAN = {"name": "a", "version": "1", "vulns": []}
SKIPPED = {"name": "b", "skip_reason": "not found"}
BAD = {"name": "c", "version": "2", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2.1"]}]}


@pytest.mark.parametrize(
    ("packages", "code"),
    [([CLEAN], 0), ([CLEAN, SKIPPED], UNKNOWN), ([CLEAN, SKIPPED, BAD], 1), ([SKIPPED], UNKNOWN), ([], UNKNOWN)],
)
def test_only_what_was_looked_up_is_clean(packages: list[dict[str, Any]], code: int) -> None:
    assert verdict({"dependencies": packages})[0] == code


def test_what_is_found_is_named_with_its_remedy() -> None:
    assert "c 2: PYSEC-1, mended in 2.1" in verdict({"dependencies": [BAD]})[1]


def test_an_exception_from_the_lint_says_why() -> None:
    """Of SQL that is put together (S608), it names the words of our own that it is made of."""
    excused = [
        line
        for package in ("bot", "parser", "storage", "training", "migrations")
        for path in (ROOT / package).rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if "# noqa" in line or "type: ignore" in line
    ]
    assert any("S608" in line for line in excused)
    assert [
        line for line in excused if not re.search(r"# (noqa: [A-Z0-9, ]+|type: ignore\[[a-z-]+\]) - \w+", line)
    ] == []


def test_the_image_runs_as_nobody_special() -> None:
    instructions = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    last_stage = instructions[max(n for n, line in enumerate(instructions) if line.startswith("FROM ")) :]
    users = [line.split()[1] for line in last_stage if line.startswith("USER ")]
    assert users
    assert users[-1] not in ("root", "0")
    assert any(line.startswith("RUN useradd") and f" {users[-1]}" in line for line in last_stage)
    started = next(n for n, line in enumerate(last_stage) if line.startswith("CMD "))
    assert last_stage.index(f"USER {users[-1]}") < started
