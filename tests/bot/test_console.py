"""The terminal and its scripts, from the outside: what docs/console.md promises."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from bot.bot_api import Shown
from bot.console import terminal
from bot.console.rendering import as_json, as_text, styled
from bot.console.script import parse_script, play
from storage.database import Database
from tests.bot.conftest import Chat, OpenChat
from tests.bot.test_delivery import counted, owed
from tests.server import Server

ROOT = Path(__file__).resolve().parents[2]


def test_a_script_is_cut_at_lines_of_three_dashes() -> None:
    script = "\ufeff/start\r\n---\n\n#1\n---   \nsquat 100x5\n\nbench 80x8 --- good\n----\n---\n---\n"
    assert parse_script(script) == ["/start", "#1", "squat 100x5\n\nbench 80x8 --- good\n----"]
    assert parse_script("") == []


async def test_a_script_goes_on_after_what_cannot_be_done(probe: Chat) -> None:
    complaints: list[str] = []
    await play(probe.conversation, "#1\n---\n/edit x\n---\nbench\n---\n#2", complaints.append)
    assert probe.texts == ["heard bench\ncounted 1"]
    assert complaints == [
        "there is no button #1",
        "there is no message of yours to edit",
        "there is no button #2",
    ]


async def test_a_script_played_again_takes_effect_again(
    open_probe: OpenChat, database: Database, telegram_id: int
) -> None:
    for _ in range(3):
        async with open_probe(telegram_id) as chat:
            await play(chat.conversation, "one\n---\nbuttons\n---\n#1\n---\n/edit two", pytest.fail)
    assert await counted(database, telegram_id) == 12
    sent = [row.message_id for row in await owed(database, telegram_id) if row.method == "sendMessage"]
    assert len(sent) == len(set(sent))


async def test_two_terminals_of_one_person_at_once_lose_nothing(
    open_probe: OpenChat, database: Database, telegram_id: int
) -> None:
    async with open_probe(telegram_id) as one, open_probe(telegram_id) as two:
        for number in range(10):
            await asyncio.gather(one.say(f"here {number}"), two.say(f"there {number}"))
        heard = [text.partition("\n")[0] for text in [*one.texts, *two.texts]]
    assert await counted(database, telegram_id) == 20
    assert sorted(heard) == sorted([f"heard {where} {n}" for where in ("here", "there") for n in range(10)])


# ------------------------------------------------------------------ how it looks

SHOWN = Shown("editMessageText", 7, "80 kg < 90\nnew", "<b>80</b> kg &lt; 90\nnew", [["A", "B"], ["C"]], None, 5, True)


def test_a_line_of_json_has_these_keys_and_no_others() -> None:
    assert json.loads(as_json(SHOWN)) == {
        "method": "editMessageText",
        "text": "80 kg < 90\nnew",
        "buttons": [["A", "B"], ["C"]],
        "file": None,
        "message_id": 5,
        "edited": True,
    }
    assert json.loads(as_json(Shown("sendPhoto", 7, "", path=Path("/tmp/a.png"), message_id=6)))["file"] == "/tmp/a.png"


def test_buttons_are_numbered_through_all_rows() -> None:
    assert as_text(SHOWN, is_styled=False) == "(edited) 80 kg < 90\nnew\n  #1 [A]  #2 [B]\n  #3 [C]"


def test_bold_is_bold_and_escape_codes_of_others_do_not_get_through() -> None:
    assert styled("<b>a <i>b</i> c</b> d &lt;") == "\x1b[1ma \x1b[3mb\x1b[0m\x1b[1m c\x1b[0m d <"
    assert styled("\x1b[31mred\x07") == "[31mred"


# ------------------------------------------------------------------ interactive


async def test_a_paste_of_many_lines_is_one_message_and_enter_sends(
    open_probe: OpenChat, monkeypatch: pytest.MonkeyPatch, telegram_id: int
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(terminal, "print_formatted_text", lambda text: shown.append(getattr(text, "value", text)))
    with create_pipe_input() as keyboard, create_app_session(input=keyboard, output=DummyOutput()):
        async with open_probe(telegram_id) as chat:
            keyboard.send_text("hello\r")
            keyboard.send_text("\x1b[200~Day 1\nsquat 5x5\n\nDay 2\nbench 5x5\n\x1b[201~\r")
            keyboard.send_text("buttons\r#3\r#77\r\r\x04")
            await terminal._converse(chat.conversation)
            await chat.conversation.app.worker.settle()
    assert chat.texts == [
        "heard hello\ncounted 1",
        "heard Day 1\nsquat 5x5\n\nDay 2\nbench 5x5\ncounted 2",
        "press",
        "page 1",
    ]
    assert shown == ["(there is no button #77)"]


# ------------------------------------------------------------------ the command


async def run_chat(
    server: Server, database_name: str, script: str, *arguments: str, home: Path, module: str = "bot"
) -> tuple[int, str, str]:
    """Run `python -m bot chat` with a script on its standard input."""
    environment = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")}
    settings = {"DATABASE_URL": server.bot_of(database_name), "REPSCRIBE_HOME": str(home)}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, "chat", *arguments, env=environment | settings, cwd=ROOT,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    async with asyncio.timeout(120):
        out, err = await process.communicate(script.encode())
    assert process.returncode is not None
    return process.returncode, out.decode(), err.decode()


def lines_of(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


async def test_a_new_user_sets_up_and_logs_a_set(
    server: Server, database_name: str, database: Database, telegram_id: int, tmp_path: Path
) -> None:
    script = "/start\n---\n#2\n---\n#1\n---\nbench press 225x5\n"
    arguments = ("--script", "-", "--user", str(telegram_id), "--json")
    code, out, err = await run_chat(server, database_name, script, *arguments, home=tmp_path)
    assert (code, err) == (0, "")
    welcome, language, done, logged = lines_of(out)
    assert welcome["buttons"] == [["Kilograms (kg)", "Pounds (lb)"]]
    assert (language["method"], language["edited"]) == ("editMessageText", True)
    assert language["message_id"] == welcome["message_id"]
    assert "pounds" in done["text"]
    assert "225 lb" in logged["text"]
    async with database.begin(telegram_id=telegram_id) as work:
        assert work.user.unit_system == "imperial"


async def test_two_users_in_a_file_and_what_cannot_be_done_is_no_failure(
    server: Server, database_name: str, telegram_id: int, other_telegram_id: int, tmp_path: Path
) -> None:
    script = tmp_path / "script"
    script.write_text(f"/start\n---\n@@user {other_telegram_id}\n---\n/start\n---\n#9\n", encoding="utf-8")
    arguments = ("--script", str(script), "--user", str(telegram_id))
    code, out, err = await run_chat(server, database_name, "", *arguments, home=tmp_path)
    assert (code, err) == (0, "there is no button #9\n")
    assert out.count("Hi, I am Repscribe.") == 2
    assert "#1 [Kilograms (kg)]  #2 [Pounds (lb)]" in out


async def test_a_script_that_is_not_there_is_one_sentence(server: Server, database_name: str, tmp_path: Path) -> None:
    code, out, err = await run_chat(server, database_name, "", "--script", "/none/such", home=tmp_path)
    assert (code, out, err) == (2, "", "The script /none/such cannot be read: No such file or directory.\n")


async def test_a_failure_of_the_bot_itself_is_exit_code_1(server: Server, database_name: str, tmp_path: Path) -> None:
    script, probe = "bench\n---\nfail\n---\nbench", "tests.bot.probe_process"
    code, out, err = await run_chat(server, database_name, script, "--json", home=tmp_path, module=probe)
    assert code == 1
    assert [line["text"].partition("\n")[0] for line in lines_of(out)][::2] == ["heard bench"] * 2
    assert "RuntimeError" in err
    code, out, err = await run_chat(server, database_name, "bench", "--json", home=tmp_path, module=probe)
    assert (code, err) == (0, "")
