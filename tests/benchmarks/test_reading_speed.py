"""How long reading takes. Not run with the other tests: `pytest tests/benchmarks --benchmark-only`."""

from __future__ import annotations

from pytest_benchmark.fixture import BenchmarkFixture

from parser import read_shorthand

ONE_LINE = "bench 80x8, 80x8, 80x7 @9"
DAY = "Day {}\nSquat 5x5 @ 75%, rest 3 min\nBench press 4x6-8\nBarbell row 3x8-10, rest 90s\nPlank 3x45s\n\n"
PROGRAM = "".join(DAY.format(day) for day in range(1, 8))
DOCUMENT = "".join(DAY.format(day) for day in range(1, 51))


def test_a_line(benchmark: BenchmarkFixture) -> None:
    reading = benchmark(read_shorthand, ONE_LINE)
    assert len(reading.exercises[0].sets) == 3


def test_a_program_of_40_lines(benchmark: BenchmarkFixture) -> None:
    reading = benchmark(read_shorthand, PROGRAM)
    assert len(reading.days) == 7


def test_a_document_of_300_lines(benchmark: BenchmarkFixture) -> None:
    reading = benchmark(read_shorthand, DOCUMENT)
    assert len(reading.days) == 50
