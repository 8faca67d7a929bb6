"""The log at INFO: neither secrets nor what users wrote, whatever fails."""

from __future__ import annotations

import asyncio
import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest
from pydantic import SecretStr
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.journal import IDS, JsonLines, Redaction, note, noting, start_log
from bot.secrets_kept import secrets_of
from bot.settings import BotSettings
from parser.llm_client import LlmClient
from parser.settings import LlmSettings
from storage.database import Database
from storage.settings import StorageSettings
from tests.bot.conftest import OpenChat
from tests.bot.test_programs_model import model_chat
from tests.fake_openai import fails, is_html

TOKEN = "123456789:AAExample-Token_of-35-characters-xy"
KEY = "a-key-without-a-shape-0123"
PASSWORD = "p%40ss-w0rd"
MARK = "zanzibar"


@pytest.fixture
def journal(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """The log as it would be on standard error, at INFO, with the secrets of these settings."""
    written = io.StringIO()
    monkeypatch.setattr("sys.stderr", written)
    root, hook = logging.getLogger(), __import__("sys").excepthook
    before, level = list(root.handlers), root.level
    start_log("INFO", secrets())
    yield written
    logging.captureWarnings(False)
    __import__("sys").excepthook = hook
    root.handlers[:], root.level = before, level


def secrets() -> tuple[str, ...]:
    return secrets_of(
        BotSettings.model_construct(
            telegram_bot_token=SecretStr(TOKEN), webhook_secret=SecretStr("the_webhook-secret")
        ),
        StorageSettings.model_construct(
            database_url=SecretStr(f"postgresql://bot:{PASSWORD}@db/x"), migration_database_url=None
        ),
        LlmSettings.model_construct(api_key=SecretStr(KEY)),
    )


@pytest.mark.parametrize(
    "said",
    [
        f"https://api.telegram.org/bot{TOKEN}/getMe",
        f"https://api.telegram.org/bot{TOKEN.replace(':', '%3A')}/getMe",
        f"only the second half {TOKEN.partition(':')[2]}",
        "X-Telegram-Bot-Api-Secret-Token: the_webhook-secret",
        f"Authorization: Bearer {KEY}",
        f"connection to postgresql://bot:{PASSWORD}@db/x failed",
        "password authentication with p@ss-w0rd failed",
    ],
)
@pytest.mark.parametrize("formatter", [Redaction, JsonLines])
def test_no_secret_gets_through_in_a_message_or_an_exception(said: str, formatter: type[Redaction]) -> None:
    try:
        raise ValueError(said)
    except ValueError as error:
        record = logging.LogRecord("x", logging.ERROR, "x.py", 1, "%s", (said,), (type(error), error, None))
    for is_open in (False, True):
        line = formatter(secrets(), is_open=is_open).format(record)
        for secret in (TOKEN.partition(":")[2], KEY, "the_webhook-secret", PASSWORD, "p@ss-w0rd"):
            assert secret not in line


@pytest.mark.parametrize("said", ["sk-proj-abcdef0123456789", "password=hunter2hunter", "api_key: 'abcdefghij'"])
def test_what_looks_like_a_secret_is_taken_out_unasked(said: str) -> None:
    line = Redaction().format(logging.LogRecord("x", logging.INFO, "x.py", 1, said, (), None))
    assert "…" in line
    assert said.split("=")[-1].split("'")[-2 if "'" in said else -1] not in line


def test_a_line_carries_the_ids_of_what_is_being_done() -> None:
    record = logging.LogRecord("x", logging.INFO, "x.py", 1, "done", (), None)
    with noting(update_id=7):
        note(user="018f")
        assert Redaction().format(record).endswith("done [update_id=7 user=018f]")
        line = json.loads(JsonLines().format(record))
        assert (line["update_id"], line["user"], line["message"], line["level"]) == ("7", "018f", "done", "INFO")
    assert IDS.get() == {}


async def test_handlers_that_fail_do_not_quote_the_user(
    open_probe: OpenChat, telegram_id: int, journal: io.StringIO
) -> None:
    async with open_probe(telegram_id) as chat:
        await chat.say(f"fail {MARK}")
        await chat.say(f"raw <b>{MARK}")
        await chat.say("buttons")
        await chat.press("Fail")
    log = journal.getvalue()
    assert "RuntimeError" in log
    assert "update_id=" in log
    assert "user=" in log
    assert MARK not in log


async def test_what_a_statement_was_given_is_not_in_its_error(
    database: Database, telegram_id: int, journal: io.StringIO
) -> None:
    with pytest.raises(DBAPIError) as caught:
        async with database.begin(telegram_id=telegram_id) as work:
            await work.session.execute(text("SELECT CAST(:said AS text) || 1/0"), {"said": MARK})
    assert MARK not in str(caught.value)
    logging.getLogger("bot").error("failed", exc_info=caught.value)
    with pytest.raises(asyncpg.PostgresError) as bare:
        raise asyncpg.UniqueViolationError(f"Key (name)=({MARK}) already exists.")
    logging.getLogger("bot").error("failed", exc_info=bare.value)
    assert "UniqueViolationError" in journal.getvalue()
    assert MARK not in journal.getvalue()


async def test_a_model_that_fails_leaves_no_text_and_no_key_in_the_log(
    database: Database, telegram_id: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, journal: io.StringIO
) -> None:
    async with model_chat(database, telegram_id, tmp_path, monkeypatch, fails(500), is_html()) as (chat, server):
        for _ in range(2):
            await chat.say(f"bench 80x8\nmanaged 5 heavy ones with a hundred twenty squatting {MARK}")
        assert server.requests
    client = LlmClient(
        LlmSettings.model_construct(
            base_url="http://127.0.0.1:9/v1", api_key=SecretStr(KEY), model="m", timeout_seconds=1, max_retries=0,
            max_tokens=99, reasoning_effort=None,
        )
    )  # fmt: skip
    await client.ask([{"role": "user", "content": MARK}], {})
    await client.close()
    assert MARK not in journal.getvalue()
    assert KEY not in journal.getvalue()


async def test_an_exception_that_nobody_waited_for_is_told_without_its_words(journal: io.StringIO) -> None:
    async def fail() -> None:
        raise ValueError(MARK)

    task = asyncio.create_task(fail())
    await asyncio.wait([task])
    loop = asyncio.get_running_loop()
    loop.call_exception_handler({"message": "nobody waited", "exception": task.exception()})
    assert "ValueError" in journal.getvalue()
    assert MARK not in journal.getvalue()
