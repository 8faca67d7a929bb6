"""The language tables are whole: every language has every section, and its phrases can be found."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from parser.lexicon import LANGUAGES, load_lexicon

SECTIONS = {"grammar", "numbers", "weekdays", "months", "columns", "headings", "fillers", "modifiers", "answers"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_sections(language: str) -> None:
    table = tomllib.loads((files("parser") / "languages" / f"{language}.toml").read_text(encoding="utf-8"))
    assert table.keys() >= SECTIONS
    assert set(table["weekdays"]) == {str(day) for day in range(7)}
    assert set(table["months"]) == {str(month) for month in range(1, 13)}


def test_roles_of_one_language_are_known_to_english() -> None:
    tables = {
        language: tomllib.loads((files("parser") / "languages" / f"{language}.toml").read_text(encoding="utf-8"))
        for language in LANGUAGES
    }
    english = set(tables["en"]["grammar"])
    for language, table in tables.items():
        assert set(table["grammar"]) <= english, language


def test_no_phrase_is_empty() -> None:
    lexicon = load_lexicon()
    assert all(phrase and all(phrase) for phrase in lexicon.phrases)
