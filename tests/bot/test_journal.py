"""The log keeps secrets."""

from __future__ import annotations

import logging

import pytest

from bot.journal import Redaction, describe


@pytest.mark.parametrize(
    "said",
    [
        "GET https://api.telegram.org/bot123456789:AAExample-Token_of-35-characters-xy/getMe",
        "file at https://api.telegram.org/file/bot123456789:AAExample-Token_of-35-characters-xy/photos/1.jpg",
        "connecting to postgresql://repscribe:AAExample-Token_of-35-characters-xy@localhost/repscribe",
        "the secret is AAExample-Token_of-35-characters-xy",
    ],
)
def test_tokens_and_passwords_are_taken_out(said: str) -> None:
    record = logging.LogRecord("x", logging.INFO, "x.py", 1, said, (), None)
    line = Redaction(("AAExample-Token_of-35-characters-xy",)).format(record)
    assert "AAExample" not in line
    assert "…" in line


def test_what_looks_like_a_token_is_taken_out_unasked() -> None:
    said = "bot123456789:AAExample-Token_of-35-characters-xy and postgresql://me:word@host/db"
    line = Redaction().format(logging.LogRecord("x", logging.INFO, "x.py", 1, said, (), None))
    assert "AAExample" not in line
    assert "word" not in line


def test_an_error_is_described_without_what_it_says() -> None:
    try:
        raise ValueError("bench 80x8, and my knee hurts")
    except ValueError as error:
        described = describe(error)
    assert described.startswith("ValueError at test_journal.py:")
    assert "bench" not in described
