"""The language tables are whole: every language has every section, and its phrases can be found."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

import parser
from parser.lexicon import LANGUAGES, load_lexicon

SECTIONS = {"grammar", "numbers", "weekdays", "months", "columns", "headings", "fillers", "modifiers", "answers"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_sections(language: str) -> None:
    table = tomllib.loads((files("parser") / "languages" / f"{language}.toml").read_text(encoding="utf-8"))
    assert table.keys() >= SECTIONS
    assert set(table["weekdays"]) == {str(day) for day in range(7)}
    assert set(table["months"]) == {str(month) for month in range(1, 13)}


def test_no_role_is_unknown_to_the_reader() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in Path(parser.__file__).parent.glob("*.py"))
    for language in LANGUAGES:
        table = tomllib.loads((files("parser") / "languages" / f"{language}.toml").read_text(encoding="utf-8"))
        unknown = {role for role in table["grammar"] if not re.search(rf"\b{role}\b", sources)}
        assert not unknown, language


def test_no_phrase_is_empty() -> None:
    lexicon = load_lexicon()
    assert all(phrase and all(phrase) for phrase in lexicon.phrases)
