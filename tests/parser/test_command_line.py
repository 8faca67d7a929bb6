"""The commands, as a shell runs them."""

from __future__ import annotations

import json
import subprocess
import sys

LINES = "\n".join(
    [
        json.dumps({"id": "a", "text": "bench 80x8", "units": "kg", "lang": "en"}),
        "not json",
        json.dumps({"id": "b", "text": None}),
        json.dumps(["no", "record"]),
        json.dumps({"id": "c", "text": "hi there"}),
    ]
)


def run(*arguments: str, text: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "parser", *arguments]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=True, encoding="utf-8")


def test_one_text() -> None:
    reading = json.loads(run(text="жим лежа 80х8х3").stdout)
    assert reading["kind"] == "log"
    assert len(reading["exercises"][0]["sets"]) == 3


def test_records_a_line_each() -> None:
    rows = {row["id"]: row["reading"] for row in map(json.loads, run("--jsonl", text=LINES).stdout.splitlines()) if row}
    assert rows["a"]["exercises"][0]["name"] == "Barbell Bench Press"
    assert rows["b"]["kind"] == "other"
    assert rows["c"] == {"kind": "other", "date": None, "unread": []}


def test_every_stage_is_explained() -> None:
    told = run("--explain", text="Day 1\nbench 3x8").stdout
    for stage in ("1. plain text", "2. atoms", "3. lines", "4. kind: program", "5. exercises"):
        assert stage in told
