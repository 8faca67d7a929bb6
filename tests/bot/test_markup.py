"""Html: what is escaped, what is seen, and where long texts are cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bot_api.validation import read_text
from bot.markup import Html, bold, code, escape, join, lines, plain_text, split, utf16_length, visible_length


def test_text_is_escaped_once_and_html_not_at_all() -> None:
    assert escape('<b> & "') == '&lt;b&gt; &amp; "'
    assert escape(escape("<b>")) == "&lt;b&gt;"
    assert bold("<Max>") == "<b>&lt;Max&gt;</b>"
    assert code(bold("x")) == "<code><b>x</b></code>"
    assert lines(Html("a"), None, Html("b")) == "a\nb"
    assert isinstance(join(", ", [Html("a"), Html("b")]), Html)


@pytest.mark.parametrize(
    ("text", "length"),
    [("abc", 3), ("жим", 3), ("💪", 2), ("👨‍👩‍👧", 8), ("é", 1), ("\ud83d", 1)],
)
def test_length_is_counted_in_utf16_units(text: str, length: int) -> None:
    assert utf16_length(text) == length


def test_markup_and_entities_count_as_what_is_seen() -> None:
    assert visible_length("<b>a</b> &amp; &lt;b&gt;") == len("a & <b>")


def test_a_short_text_is_left_alone() -> None:
    assert split(Html("<b>a</b>\nb"), 10) == ["<b>a</b>\nb"]


def test_a_text_of_exactly_the_limit_is_one_message_and_one_more_are_two() -> None:
    assert len(split(Html("x" * 4096), 4096)) == 1
    assert len(split(Html("x" * 4097), 4096)) == 2
    assert len(split(Html("💪" * 2048), 4096)) == 1
    assert len(split(Html("💪" * 2048 + "x"), 4096)) == 2


def test_long_texts_are_cut_at_line_ends() -> None:
    assert split(Html("one two\nthree\nfour"), 10) == ["one two", "three\nfour"]


def test_a_long_line_is_cut_at_a_space_and_a_long_word_anywhere() -> None:
    assert split(Html("one two three four"), 10) == ["one two ", "three four"]
    assert split(Html("abcdefghijkl"), 5) == ["abcde", "fghij", "kl"]


def test_neither_entities_nor_characters_are_cut_in_two() -> None:
    assert split(Html("&amp;&lt;&gt;&#39;"), 3) == ["&amp;&lt;&gt;", "&#39;"]
    assert split(Html("💪💪💪"), 3) == ["💪", "💪", "💪"]


def test_what_is_bold_at_a_cut_is_bold_after_it() -> None:
    assert split(Html("<b>one\n<i>two\nthree</i></b>"), 8) == ["<b>one\n<i>two</i></b>", "<b><i>three</i></b>"]


MARKUP = st.lists(
    st.one_of(
        st.text(alphabet="ab é💪<&>\n ", max_size=30).map(escape),
        st.text(alphabet="xyz \n", min_size=1, max_size=20).map(bold),
        st.text(alphabet="123 ", min_size=1, max_size=20).map(lambda text: code(bold(text))),
    ),
    max_size=30,
).map(lambda parts: join("", parts))


@given(MARKUP, st.integers(min_value=2, max_value=60))
def test_parts_are_within_the_limit_well_formed_and_lack_nothing_but_white_space(text: Html, limit: int) -> None:
    parts = split(text, limit)
    if len(parts) > 1:
        for part in parts:
            assert read_text(part, "HTML", limit).strip()
    squeezed = "".join(plain_text(part) for part in parts)
    assert "".join(squeezed.split()) == "".join(plain_text(text).split())
