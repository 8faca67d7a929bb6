"""Every word the bot says is in the catalogue, every message there is said by somebody, and every file can be read."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as fluent_ast

from bot.bot_api.validation import read_text
from bot.markup import Html, escape
from bot.messages import FALLBACK, LOCALES, languages, messages_in

BOT = LOCALES.parent
CONVERSATION = ("handlers", "usecases", "views")
SENTENCE = re.compile(r"[^\W\d_]{2,}[,.:;!?]?\s+[^\W\d_]{2,}")
SPEAKING = ("text", "label")
SILENT_CALLS = ("log", "logger", "logging", "re", "warnings")

# Two words in a row that nobody is told: text that is read, a tag of an exercise, names for the log and the metrics.
NOT_SAID = {"reading by a model", "muscles guessed", "each side", "Program\nDay 1\n", "bench press", "no load"}


def sources(*folders: str) -> list[Path]:
    roots = [BOT / folder for folder in folders] or [BOT]
    return sorted(path for root in roots for path in root.rglob("*.py"))


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def docstrings(tree: ast.Module) -> set[int]:
    """Find the strings that stand alone, as statements: docstrings and comments of that kind."""
    return {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def unsaid(tree: ast.Module) -> set[int]:
    """Find the strings inside exceptions and calls of the log, which no user reads."""
    silent: set[int] = set()
    for node in ast.walk(tree):
        is_silent_call = isinstance(node, ast.Call) and _owner(node.func) in SILENT_CALLS
        if isinstance(node, ast.Raise) or is_silent_call:
            silent |= {id(inner) for inner in ast.walk(node)}
    return silent


def _owner(function: ast.expr) -> str | None:
    is_method = isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name)
    return function.value.id if is_method else None  # type: ignore[attr-defined]


def strings(tree: ast.Module) -> Iterator[ast.Constant]:
    quiet = docstrings(tree) | unsaid(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in quiet:
            yield node


def keys_of(path: Path) -> list[str]:
    resource = FluentParser().parse(path.read_text(encoding="utf-8"))
    return [entry.id.name for entry in resource.body if isinstance(entry, fluent_ast.Message)]


def catalogue(language: str) -> list[str]:
    paths = sorted(path for path in LOCALES.glob("*.ftl") if path.stem.partition("_")[0] == language)
    return [key for path in paths for key in keys_of(path)]


def test_the_conversation_says_nothing_that_is_not_in_the_catalogue() -> None:
    sentences = [
        (node.value, f"{path.relative_to(BOT)}:{node.lineno}")
        for path in sources(*CONVERSATION)
        for node in strings(parsed(path))
        if SENTENCE.search(str(node.value))
    ]
    assert [(sentence, place) for sentence, place in sentences if sentence not in NOT_SAID] == []
    assert {sentence for sentence, _ in sentences} == NOT_SAID, "take what is gone out of the list"


def test_the_check_for_sentences_finds_one() -> None:
    tree = ast.parse(
        '"""A docstring that is fine."""\nraise ValueError("not said to anybody")\nsay("Hello, dear lifter")'
    )
    assert [node.value for node in strings(tree) if SENTENCE.search(str(node.value))] == ["Hello, dear lifter"]


def test_every_message_that_is_asked_for_exists() -> None:
    known = set(catalogue(FALLBACK))
    asked = {
        f"{path.relative_to(BOT)}:{node.lineno}": node.args[0].value
        for path in sources()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in SPEAKING
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }
    assert {place: key for place, key in asked.items() if key not in known} == {}
    assert len(asked) > 10


def test_every_message_is_used() -> None:
    """A key is used where it stands as a string, or where an f-string begins like it."""
    said = {node.value for path in sources() for node in strings(parsed(path))}
    beginnings = tuple(
        first.value
        for path in sources()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.JoinedStr)
        and node.values
        and isinstance(first := node.values[0], ast.Constant)
        and isinstance(first.value, str)
        and re.fullmatch(r"[a-z][a-z0-9-]*-", first.value)
    )
    unused = [key for key in catalogue(FALLBACK) if key not in said and not key.startswith(beginnings or ("\0",))]
    assert unused == []


@pytest.mark.parametrize("language", languages())
def test_no_message_is_there_twice_and_none_is_unknown_in_english(language: str) -> None:
    keys = catalogue(language)
    assert len(keys) == len(set(keys)), sorted(key for key in keys if keys.count(key) > 1)
    assert set(keys) <= set(catalogue(FALLBACK))


@pytest.mark.parametrize("path", sorted(LOCALES.glob("*.ftl")), ids=lambda path: path.name)
def test_a_file_of_messages_can_be_read_to_its_end(path: Path) -> None:
    resource = FluentParser().parse(path.read_text(encoding="utf-8"))
    junk = [entry.content for entry in resource.body if isinstance(entry, fluent_ast.Junk)]
    assert junk == []


def variables(language: str) -> set[str]:
    """Name everything that any message of a language is given."""
    paths = [path for path in LOCALES.glob("*.ftl") if path.stem.partition("_")[0] == language]
    return {name for path in paths for name in re.findall(r"\$([a-zA-Z][\w-]*)", path.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("language", languages())
def test_every_message_is_html_that_telegram_takes(language: str) -> None:
    messages, arguments = messages_in(language), {name: Html("1") for name in variables(language)}
    for key in catalogue(language):
        text = messages.text(key, **arguments)
        assert read_text(text, "HTML", 4096).strip(), key
        assert "\u2068" not in text


def test_words_of_a_user_are_escaped_and_ours_are_not() -> None:
    messages = messages_in("en")
    text = messages.text("help-command", name="<b>&", description=Html("<i>ours</i>"))
    assert text == "/&lt;b&gt;&amp;: <i>ours</i>"
    assert messages.label("help-command", name="<b>&", description="x") == "/<b>&: x"


def test_an_argument_of_any_length_is_said_whole(caplog: pytest.LogCaptureFixture) -> None:
    long = "bench & row, " * 400
    messages = messages_in(FALLBACK)
    assert messages.label("edit-set-label", name=long, set="80 kg × 8") == f"{long}: 80 kg × 8"
    assert messages.text("button-forget-unit", unit="kg", exercise=long) == f"Forget kg for {escape(long)}"
    assert not caplog.records


def test_a_language_without_a_file_is_spoken_in_english() -> None:
    assert messages_in("xx").text("cancel-done") == messages_in("en").text("cancel-done")
    assert messages_in("en-GB").language == "en"


def test_a_message_that_there_is_not_is_a_mistake_of_ours() -> None:
    with pytest.raises(LookupError):
        messages_in("en").text("no-such-message")


def test_what_was_typed_is_quoted_by_its_beginning_and_turns_no_direction() -> None:
    messages = messages_in("en")
    long = messages.text("history-unknown", words="ab " * 1300)
    assert len(long) < 200
    assert "ab…" in long
    assert "\u202e" not in messages.text("history-unknown", words="\u202epress")
    assert "\u202e" not in messages.label("edit-set-label", name="\u202epress", set="80 kg × 8")
    whole = "n" * 500
    assert whole in messages.text("guide-noted", note=whole), "what is no quotation is whole"


def test_what_was_written_before_is_written_alike_and_nothing_else_is() -> None:
    messages = messages_in("en")
    for _ in range(2):
        assert messages.label("reps-alone", reps="1", count=1) == "1 rep"
        assert messages.label("reps-alone", reps="1", count=2) == "1 reps"
        assert messages.text("history-exercise", name="<b>") != messages.label("history-exercise", name="<b>")
        assert messages.label("weight-kg", value="80") == "80 kg"
        assert messages.label("weight-lb", value="80") == "80 lb"
    assert len({messages.label("weight-kg", value=str(number)) for number in range(10_000)}) == 10_000
