"""Random athletes: no bound breaks, and a bound that breaks is seen."""

from __future__ import annotations

import pytest

from training import mesocycle
from training.__main__ import main
from training.simulation import TEMPERS, simulate, table


def test_no_bound_breaks_and_sore_athletes_fall_back() -> None:
    result = simulate(200, seed=11)
    assert result.broken == []
    assert [result.tallies[temper].athletes for temper in TEMPERS] == [40] * 5
    sore, fresh = result.tallies["still sore"], result.tallies["always fresh"]
    assert all((sore.change(week) or 0) < 0 < (fresh.change(week) or 0) for week in range(2, 7))
    assert "bounds broken: 0" in table(result)


def test_a_seed_gives_the_same_athletes() -> None:
    assert table(simulate(50, seed=3)) == table(simulate(50, seed=3))
    assert table(simulate(50, seed=3)) != table(simulate(50, seed=4))


def test_a_broken_rule_is_seen(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(mesocycle, "CHANGES", ((2, 1, 1, 0), (1, 1, 0, 0), (1, 0, 0, -1), (1, 1, 1, 1)))
    assert main(["simulate", "--athletes", "50", "--seed", "1"]) == 1
    assert "while still sore" in capsys.readouterr().out


def test_the_simulation_ends_well_at_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", "--athletes", "100", "--seed", "2"]) == 0
    assert "still sore" in capsys.readouterr().out
