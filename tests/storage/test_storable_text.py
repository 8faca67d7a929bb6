"""Text that PostgreSQL takes, as a table of cases."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.storable_text import storable, to_storable_json


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("bench 80×8 жим 🏋️", "bench 80×8 жим 🏋️"),
        ("80\0x8", "80\ufffdx8"),
        ("half \ud83c", "half \ufffd"),
        ("two halves \ud83c\udfcb", "two halves 🏋"),
        ("spelled out \\u0000 and \\ud83c", "spelled out \\u0000 and \\ud83c"),
    ],
)
def test_what_is_stored(text: str, stored: str) -> None:
    assert storable(text) == stored
    assert json.loads(to_storable_json({text: [text, 1, None]})) == {stored: [stored, 1, None]}


@given(st.text(st.characters(codec=None)))
def test_whatever_comes_can_be_stored(text: str) -> None:
    assert "\0" not in storable(text)
    storable(text).encode()
    assert storable(storable(text)) == storable(text)
    assert "\\u0000" not in to_storable_json([text]).replace("\\\\", "")


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0")))
def test_what_can_be_stored_is_left_alone(text: str) -> None:
    assert storable(text) == text
    assert json.loads(to_storable_json(text)) == text
