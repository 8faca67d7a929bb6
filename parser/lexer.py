"""Second stage: a line as tokens with their places. A token is a number, a clock time, a word or a single sign."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from parser.normalise import fold

TOKEN = re.compile(
    r"(?P<clock>\d{1,3}:\d{2}(?::\d{2})?(?!\d)|(?<=[\sx]):\d{2}(?![\d:]))"
    r"|(?P<illegible>\d+(?:[.,]\d+)?[eE][+-]?\d+|\d{10,})"
    r"|(?P<number>\d+(?:[.,]\d+)*)"
    r"|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*'?)"
    r"|(?P<space>[ \t]+)"
    r"|(?P<sign>.)"
)
# `1.125,5` and `1,125.5`: groups of thousands behind one sign and decimals behind the other.
GROUPED = re.compile(r"\d{1,3}(?:(?:\.\d{3})+,|(?:,\d{3})+\.)\d{1,2}")
CYRILLIC_X = "хХ"
# `BWx10`: words for loads without a number, which a sign may be glued to.
BODY_WORDS = frozenset({"bw", "bar", "bodyweight"})
SPELLED_UNITS = ("kg", "kgs", "lb", "lbs", "кг", "km", "min", "sec", "сек", "s", "m", "reps", "sets", "bw", "k", "c")
MAX_DIGITS = 9


@dataclass(slots=True, unsafe_hash=True)
class Token:
    """A token. `key` is the folded word or the sign; `is_glued` tells that nothing separates it from the one before.

    Nobody changes one; it is not frozen because a large text has tens of thousands, and making frozen ones takes
    thrice as long.
    """

    kind: str
    text: str
    key: str
    start: int
    end: int
    is_glued: bool = False
    value: Decimal | None = None
    has_decimals: bool = False


def tokenise(line: str, offset: int) -> list[Token]:
    """Cut a line into tokens; `offset` is where the line starts in the plain text."""
    tokens: list[Token] = []
    glued = False
    for match in TOKEN.finditer(line):
        kind, text = match.lastgroup, match.group()
        if kind == "space":
            glued = False
            continue
        start = offset + match.start()
        if kind == "sign":
            tokens.append(Token("sign", text, text, start, start + 1, glued))
        elif kind == "number" and text.isdigit() and len(text) <= MAX_DIGITS:
            tokens.append(Token("number", text, text, start, start + len(text), glued, _whole(text)))
        elif kind == "number":
            tokens.extend(_numbers(text, start, glued, _is_in_product(line, match)))
        elif kind == "word":
            tokens.extend(_words(text, start, glued, tokens[-1] if tokens else None))
        elif kind == "illegible":
            # `1e9` and numbers of ten and more digits tell of no training; they are seen, and nothing is made of them.
            tokens.append(Token("illegible", text, text.lower(), start, start + len(text), glued))
        else:
            tokens.append(_clock(text, start, glued))
        glued = True
    return tokens


@lru_cache(maxsize=4096)
def _whole(digits: str) -> Decimal:
    return Decimal(digits)


def _clock(text: str, start: int, glued: bool) -> Token:
    parts = [int(part or 0) for part in text.split(":")]
    seconds = 0
    for part in parts:
        seconds = seconds * 60 + part
    return Token("clock", text, text, start, start + len(text), glued, Decimal(seconds))


def _is_in_product(line: str, match: re.Match[str]) -> bool:
    """Tell whether a number stands right beside a multiplication sign, as both of `5,205` in `185x5,205x5` do."""
    before = line[match.start() - 1 : match.start()]
    behind = line[match.end() : match.end() + 1]
    return (before in "xXхХ*" and before != "") or (behind in "xXхХ*" and behind != "")


def _numbers(text: str, start: int, glued: bool, in_product: bool) -> list[Token]:
    """Read digits with points and commas: one number where they are decimals or thousands, else a list."""
    separators = [char for char in text if char in ".,"]
    if len(separators) == 1:
        whole, fraction = re.split(r"[.,]", text)
        if _is_thousands(whole, fraction, separators[0]) and (not in_product or fraction == "000"):
            return [_number(text, whole + fraction, start, glued, has_decimals=False)]
        if separators[0] == "." or not _looks_like_list(whole, fraction):
            return [_number(text, f"{whole}.{fraction}", start, glued, has_decimals=True)]
    if GROUPED.fullmatch(text):
        whole, _, fraction = text.rpartition(separators[-1])
        digits = f"{re.sub('[.,]', '', whole)}.{fraction}"
        return [_number(text, digits, start, glued, has_decimals=True)]
    if len(separators) > 1 and _is_large(text, separators, in_product):
        return [_number(text, re.sub(r"[.,]", "", text), start, glued, has_decimals=False)]
    if not separators:
        return [_number(text, text, start, glued, has_decimals=False)]
    return _number_list(text, start, glued)


def _is_thousands(whole: str, fraction: str, separator: str) -> bool:
    if len(fraction) != 3 or not 1 <= len(whole) <= 3 or whole == "0":
        return False
    return separator == "," or fraction == "000" or fraction.endswith("00")


def _is_large(text: str, separators: list[str], in_product: bool) -> bool:
    """Tell `1,000,000` from a list of loads such as `100,105,110`."""
    whole, *groups = re.split(r"[.,]", text)
    if len(set(separators)) > 1 or len(whole) > 3 or any(len(group) != 3 for group in groups):
        return False
    return set(groups) == {"000"} or (len(whole) == 1 and whole != "0" and not in_product)


def _looks_like_list(whole: str, fraction: str) -> bool:
    """Tell `8,8` (two sets) from `62,5` (a decimal comma); what stands around may still overrule it."""
    if len(fraction) > 2 or fraction.startswith("0"):
        return len(fraction) > 2
    if fraction in ("5", "25", "75"):
        return int(whole[:6]) < 10 and fraction == "5" and whole == "5"
    return not (int(whole[:6]) >= 20 and len(fraction) == 1)


def _number_list(text: str, start: int, glued: bool) -> list[Token]:
    tokens: list[Token] = []
    for match in re.finditer(r"\d+(?:\.\d+)?|[.,]", text):
        place = start + match.start()
        if match.group() in ".,":
            tokens.append(Token("sign", match.group(), match.group(), place, place + 1, True))
        else:
            tokens.append(_number(match.group(), match.group(), place, glued or bool(tokens), "." in match.group()))
    return tokens


def _number(text: str, digits: str, start: int, glued: bool, has_decimals: bool) -> Token:
    value = Decimal(digits) if len(digits) <= MAX_DIGITS else None
    kind = "number" if value is not None else "word"
    return Token(kind, text, text, start, start + len(text), glued, value, has_decimals)


def _words(text: str, start: int, glued: bool, before: Token | None) -> list[Token]:
    """Give a word, cut where a multiplication sign is glued to it: `80kgx5`, `3хмакс`, `xAMRAP`."""
    if text[0] not in "xXхХ" and text[-1] not in "xXхХ":
        return [_word(text, start, glued)]
    after_number = glued and before is not None and before.kind in ("number", "clock")
    after_sign = glued and before is not None and before.key in ("+", "%", ")", '"', "#")
    lead, tail = text[0], text[-1]
    if len(text) > 1 and after_number and tail in "xXхХ" and fold(text[:-1]) in SPELLED_UNITS:
        return [_word(text[:-1], start, glued), _word("x", start + len(text) - 1, True)]
    if len(text) > 1 and (after_number or after_sign) and lead in "xXхХ":
        return [_word("x", start, True), _word(text[1:], start + 1, True)]
    if len(text) > 2 and tail in "xXхХ" and fold(text[:-1]) in BODY_WORDS:
        return [_word(text[:-1], start, glued), _word("x", start + len(text) - 1, True)]
    if text in ("х", "Х"):
        return [_word("x", start, glued)]
    return [_word(text, start, glued)]


def _word(text: str, start: int, glued: bool) -> Token:
    return Token("word", text, _key(text), start, start + len(text), glued)


@lru_cache(maxsize=16384)
def _key(word: str) -> str:
    return fold(word).rstrip("'")
