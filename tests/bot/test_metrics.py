"""What operators see: /metrics with levels, queues and the model's costs; a dashboard that asks for nothing else."""

from __future__ import annotations

import json
import re
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.bot_api import Person
from bot.metrics import Metrics
from bot.web import APP, make_signs_of_life, metrics
from storage.database import Database
from tests.bot.conftest import open_chat
from tests.bot.telegram_server import telegram_server
from tests.bot.test_log_model import UNCLEAR, heard
from tests.bot.test_programs_model import model_chat
from tests.bot.test_run import free_port, running, start
from tests.fake_openai import fails, says
from tests.server import Server

DASHBOARD = Path(__file__).resolve().parents[2] / "docs" / "grafana" / "repscribe.json"
NAME = re.compile(r"\b(?:repscribe|process)_\w+")


def exported_names(registry_of: Metrics) -> set[str]:
    """Name the series as Prometheus stores them: counters with _total, histograms with their parts."""
    names = set()
    for metric in registry_of.registry.collect():
        match metric.type:
            case "counter":
                names.add(f"{metric.name}_total")
            case "histogram":
                names |= {f"{metric.name}_{part}" for part in ("bucket", "sum", "count")}
            case _:
                names.add(metric.name)
    return names


def queries(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        yield from (value for key, value in node.items() if key in ("expr", "query") and isinstance(value, str))
        for value in node.values():
            yield from queries(value)
    elif isinstance(node, list):
        for value in node:
            yield from queries(value)


def test_the_dashboard_asks_for_what_is_exported_and_leaves_nothing_out() -> None:
    dashboard = json.loads(DASHBOARD.read_text(encoding="utf-8"))
    asked = {name for query in queries(dashboard) for name in NAME.findall(query)}
    exported = exported_names(Metrics())
    assert asked <= exported
    ours = {name for name in exported if name.startswith("repscribe_") and not name.endswith(("_sum", "_count"))}
    assert ours <= asked
    assert len({panel["id"] for panel in dashboard["panels"]}) == len(dashboard["panels"])


def test_the_labels_that_the_dashboard_goes_by_exist() -> None:
    text = DASHBOARD.read_text(encoding="utf-8")
    known = {"job", "instance", "le"} | {
        label for metric in vars(Metrics()).values() if hasattr(metric, "_labelnames") for label in metric._labelnames
    }
    used = {label.strip() for group in re.findall(r"by \(([^)]*)\)", text) for label in group.split(",")}
    assert used <= known


async def rendered(app: Any) -> dict[str, float]:
    """Ask for /metrics as Prometheus does; give the samples by name and labels."""

    class Request:
        def __init__(self) -> None:
            self.app = {APP: app}

    answer: Any = await metrics(Request())  # type: ignore[arg-type]
    lines = [line for line in answer.body.decode().splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


async def test_queues_pool_and_memory_are_looked_up_when_asked(
    database: Database, telegram_id: int, tmp_path: Path
) -> None:
    async with open_chat(database, telegram_id, tmp_path) as chat:
        before = await rendered(chat.conversation.app)
        async with database.begin(telegram_id=telegram_id) as work:
            row = await work.imports.receive("bench 80x8", chat_id=telegram_id)
            seen = await rendered(chat.conversation.app)
            assert seen['repscribe_database_connections{state="in_use"}'] >= 1
        waiting = 'repscribe_queue_length{queue="imports"}'
        after = await rendered(chat.conversation.app)
        assert after[waiting] == before[waiting] + 1
        assert after['repscribe_queue_oldest_seconds{queue="imports"}'] >= 0
        assert after["process_resident_memory_bytes"] > 1_000_000
        assert after["repscribe_database_up"] == 1
        assert after["repscribe_turns_in_flight"] == 0
        assert str(row.id) not in str(after)


async def test_what_a_model_costs_is_counted(
    database: Database, telegram_id: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = says(heard(2, "squatting", "Back Squat", 5, 120))
    async with model_chat(database, telegram_id, tmp_path, monkeypatch, said, fails(500)) as (chat, _):
        await chat.say(UNCLEAR)
        await chat.say(UNCLEAR)
        seen = await rendered(chat.conversation.app)
        assert seen['repscribe_model_calls_total{result="answered"}'] == 1
        assert seen['repscribe_model_calls_total{result="server_error"}'] == 1
        assert seen['repscribe_model_tokens_total{kind="prompt"}'] == 100
        assert seen['repscribe_model_tokens_total{kind="completion"}'] == 25
        assert seen["repscribe_model_seconds_count"] == 2


async def test_they_are_there_when_the_bot_fetches_its_updates_too(
    server: Server, database_name: str, telegram_id: int
) -> None:
    port = free_port()
    async with telegram_server() as telegram:
        settings = {"METRICS_PORT": str(port), "HOST": "127.0.0.1", "LOG_FORMAT": "json", "LOG_LEVEL": "INFO"}
        async with running(telegram, server.bot_of(database_name), **settings) as process:
            await telegram.say(Person(telegram_id), "fail my knee hurts")
            await telegram.until(lambda: telegram.shown)
            async with ClientSession() as session:
                async with session.get(f"http://127.0.0.1:{port}/metrics") as answer:
                    text = await answer.text()
                async with session.post(f"http://127.0.0.1:{port}/telegram", json={}) as answer:
                    assert answer.status == 404, "updates come by the webhook's port alone"
            assert 'repscribe_updates_total{kind="message",outcome="failed"} 1.0' in text
            health = await start("bot", "health", METRICS_PORT=str(port))
            assert await health.end(signal.SIGCONT) == (0, "")
            _, log = await process.end()
    lines = [json.loads(line) for line in log.splitlines()]
    (failure,) = [line for line in lines if line["level"] == "ERROR"]
    assert {"time", "logger", "message", "update_id", "error_id"} <= set(failure)
    assert "knee" not in log


def test_the_port_of_signs_of_life_takes_no_updates() -> None:
    paths = {route.resource.canonical for route in make_signs_of_life(None).router.routes()}  # type: ignore[arg-type, union-attr]
    assert paths == {"/healthz", "/metrics"}
