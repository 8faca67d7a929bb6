"""Every figure of a text, and all that it could be evidence for.

This is not a reader. A reader decides what a figure means; here each figure is given every meaning that its digits and
its nearest words allow, so that a claim of any reader can be held against the text. What no figure can mean is made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from parser.lexer import Token, tokenise
from parser.lexicon import Lexicon, load_lexicon
from parser.normalise import NormalText, normalise
from parser.number_words import HUNDREDS, ONE_AND_A_HALF, join_fractions, opens_hundreds
from parser.reading import Span, WeightUnit

SECONDS = {"second": Decimal(1), "minute": Decimal(60), "hour": Decimal(3600)}
METRES = {
    "metre": Decimal(1),
    "kilometre": Decimal(1000),
    "mile": Decimal("1609.344"),
    "yard": Decimal("0.9144"),
    "foot": Decimal("0.3048"),
}
# The empty bar and one plate a side, by the user's unit.
PLATES: dict[WeightUnit, tuple[Decimal, Decimal]] = {"kg": (Decimal(20), Decimal(20)), "lb": (Decimal(45), Decimal(45))}
FIELD_OF_UNIT = {
    "kg": "load",
    "lb": "load",
    "percent": "percent",
    "rpe": "rpe",
    "rep": "reps",
    "set": "count",
    "round": "count",
}
ANYTHING = ("count", "reps", "seconds", "metres", "load", "percent", "rpe", "rir")
WHOLE = ("count", "reps", "seconds")
# What stands beside training and needs no set to explain it: rests, days, heart rates, calories.
ASIDE = ("rest", "week", "day", "other_unit", "calorie", "tempo")
TIMES = ("second", "minute", "pair", "metre_or_minute", "quote")
LAST_WEEK = 52
LEAST_DIGITS, MOST_DIGITS = 3, 6
COUNTED_BEHIND = ("load_for", "times")
UNITS_BEHIND = (*SECONDS, *METRES, *FIELD_OF_UNIT, "rir", "plate", "week", "day", "other_unit", "calorie")
DATES = re.compile(r"\b\d{4}-\d{1,2}-\d{1,2}\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b|\b(?:19|20)\d\d\b")
NUMBERING = re.compile(r"^\W*(?:\d{1,2}[.)](?=\s)|[A-Fa-f]\d\b[.):]?|[Ww]\d{1,2}:|#\d{1,2}\b)")
TEMPO = re.compile(r"(?<![\d-])[\dXx]-[\dXx]-[\dXx](?:-[\dXx])?(?![\d-])")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. `meanings` are pairs of a field and the value it would give that field.

    Fields: count (of sets), reps, seconds, metres, load, percent, rpe, rir, rest; load_kg and load_lb are for plates
    and the empty bar, which weigh what the user's unit says. `unit` is a typed one. `is_aside`: no set must explain it.
    """

    span: Span
    meanings: frozenset[tuple[str, Decimal]]
    unit: WeightUnit | None = None
    sign: str = ""
    is_aside: bool = False

    def can_mean(self, field: str, value: Decimal) -> bool:
        return (field, value) in self.meanings


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of the text: its number from 1, its span in the text as given, its tokens, figures and word roles."""

    number: int
    span: Span
    text: str
    tokens: tuple[Token, ...]
    figures: tuple[Figure, ...]
    roles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Source:
    """A text as evidence."""

    text: str
    normal: NormalText
    lines: tuple[SourceLine, ...]

    def line(self, number: int) -> SourceLine | None:
        return self.lines[number - 1] if 1 <= number <= len(self.lines) else None


def read_source(text: str) -> Source:
    """Find all lines and figures of a text; never raises on any text."""
    normal = normalise(text)
    lexicon = load_lexicon()
    lines: list[SourceLine] = []
    offset = 0
    for number, line in enumerate(normal.text.split("\n"), start=1):
        tokens = join_fractions(tokenise(line, offset), lexicon)
        scan = _LineScan(tokens, lexicon, normal, line, offset)
        span = normal.span(offset, offset + len(line))
        lines.append(SourceLine(number, span, line, tuple(tokens), tuple(scan.figures()), scan.all_roles()))
        offset += len(line) + 1
    return Source(text, normal, tuple(lines))


class _LineScan:
    """Looks at the tokens of one line."""

    def __init__(self, tokens: list[Token], lexicon: Lexicon, normal: NormalText, line: str, offset: int) -> None:
        self.tokens = tokens
        self.normal = normal
        self.roles = [_roles_at(tokens, i, lexicon) for i in range(len(tokens))]
        stretches = [*DATES.finditer(line), *NUMBERING.finditer(line), *TEMPO.finditer(line)]
        self.asides = [(offset + match.start(), offset + match.end()) for match in stretches]

    def all_roles(self) -> frozenset[str]:
        return frozenset(role for _, roles in self.roles for role, _ in roles)

    def figures(self) -> Iterator[Figure]:
        index = 0
        while index < len(self.tokens):
            token = self.tokens[index]
            if token.kind in ("number", "clock") and token.value is not None:
                figure, digits = self._figure(index, index + 1, token.value), tuple(self._digits(index))
                yield replace(figure, is_aside=True) if digits else figure
                yield from digits
                index += 1
                continue
            if token.key in ONE_AND_A_HALF:
                yield self._figure(index, index + 1, Decimal("1.5"))
                index += 1
                continue
            size, value = self._number_words(index)
            if size:
                # One and two are articles and pairs as often as they count.
                if value > 2:
                    yield self._figure(index, index + size, value)
                elif self._counts_something(index, index + size):
                    yield replace(self._figure(index, index + size, value), is_aside=True)
            elif (bar := self._empty_bar(index)) is not None:
                yield bar
            elif (miss := self._missed(index)) is not None:
                yield miss
            index += max(size, 1)

    def _figure(self, start: int, end: int, value: Decimal) -> Figure:
        first = self.tokens[start]
        unit = "second" if first.kind == "clock" else self._unit_behind(end)
        label = self._label_before(start)
        if (label == "rest" and unit in (None, *TIMES)) or self._is_rest(end, unit):
            unit = "rest"
        meanings = set(_meanings(value, unit or label))
        meanings |= self._comma_meanings(first) | self._minutes_and_seconds(end, value, unit)
        span = self.normal.span(first.start, self.tokens[end - 1].end)
        load_unit: WeightUnit | None = "kg" if unit == "kg" else "lb" if unit == "lb" else None
        is_aside = unit in ASIDE or label in ASIDE or self._is_aside(start)
        return Figure(span, frozenset(meanings), load_unit, self._sign(start), is_aside)

    def _digits(self, index: int) -> Iterator[Figure]:
        """`185 (55543)`: behind a load each digit in the brackets may be the repetitions of a set."""
        token = self.tokens[index]
        around = [self.tokens[i].key for i in (index - 1, index + 1) if 0 <= i < len(self.tokens)]
        if around != ["(", ")"] or not token.text.isdigit() or not LEAST_DIGITS <= len(token.text) <= MOST_DIGITS:
            return
        for place, digit in enumerate(token.text, token.start):
            span = self.normal.span(place, place + 1)
            yield Figure(span, frozenset({("reps", Decimal(digit))}), is_aside=True)

    def _unit_behind(self, index: int) -> str | None:
        if index < len(self.tokens) and self.tokens[index].key == "-" and self.tokens[index].is_glued:
            index += 1
        if index + 1 < len(self.tokens) and self.tokens[index].key in (",", ";") and self.tokens[index].is_glued:
            # Exports have the unit of a distance in the next column.
            index += any(role in ("kilometre", "mile") for role, _ in self.roles[index + 1][1])
        if index >= len(self.tokens):
            return None
        token = self.tokens[index]
        if token.key == "%":
            return "percent"
        if token.key in ("'", '"') and token.is_glued:
            following = self.tokens[index + 1] if index + 1 < len(self.tokens) else None
            return "pair" if following is not None and following.key == "s" and following.is_glued else "quote"
        if token.key == "s" and token.is_glued:
            return "pair"
        size, roles = self.roles[index]
        for role, _ in roles:
            if role in ("rpe", "rir", "day", "week") and self._is_number(index + size):
                return None
            if role in UNITS_BEHIND:
                return "metre_or_minute" if token.key in ("m", "м") else role
        return None

    def _is_number(self, index: int) -> bool:
        """Tell whether a number stands here, or behind a colon here: then the word in front belongs to it."""
        if index < len(self.tokens) and self.tokens[index].key in (":", "="):
            index += 1
        return index < len(self.tokens) and self.tokens[index].kind in ("number", "clock")

    def _label_before(self, index: int) -> str | None:
        """Find a word in front that says what the figure is: RPE 8, RIR: 2, rest 90, week 3, set 1:."""
        for back in range(index - 1, max(index - 4, -1), -1):
            if self.tokens[back].kind in ("number", "clock"):
                return None
            roles = {role for role, _ in self.roles[back][1]}
            is_next = back == index - 1
            for role in ("rpe", "rir", "rest", "tempo"):
                # The pause of a paused squat is no rest, though the word may be the same.
                # A tempo squat has sets of its own: only what stands right behind the word is the tempo.
                is_far = role == "tempo" and not is_next and self.tokens[index - 1].kind != "sign"
                is_told = role == "rest" and self._has_time_in_front(back)
                if role in roles and not (role == "rest" and "pause" in roles) and not is_far and not is_told:
                    return role
            # A French day is a J, and so is the jerk of C&J.
            is_dated = bool(roles & {"week", "day"}) and (self.tokens[index].value or 0) <= LAST_WEEK
            if is_next and (is_dated or (roles & {"set", "set_label"} and self._is_label(index))):
                return "day"
        return None

    def _has_time_in_front(self, index: int) -> bool:
        """`2 min rest - 1:52`: the rest has its time, and the one behind it is another."""
        if index < 1:
            return False
        if self.tokens[index - 1].kind == "clock":
            return True
        is_unit = any(role in SECONDS for role, _ in self.roles[index - 1][1])
        return is_unit and index > 1 and self.tokens[index - 2].kind == "number"

    def _is_label(self, index: int) -> bool:
        return index + 1 < len(self.tokens) and self.tokens[index + 1].key in (":", ")")

    def _is_aside(self, start: int) -> bool:
        """Tell numbering, dates, tempos and upper ends of ranges, which no set has to explain."""
        place = self.tokens[start].start
        if any(low <= place < high for low, high in self.asides):
            return True
        if start < 2 or self.tokens[start - 2].kind != "number":
            return False
        # The 30 of `1 min 30` is told by the minute in front of it.
        ends_a_time = any(role in ("minute", "hour") for role, _ in self.roles[start - 1][1])
        return ends_a_time or self.tokens[start - 1].key == "-"

    def _is_rest(self, end: int, unit: str | None) -> bool:
        """Tell `90s rest` and `2 min between sets` from a hold."""
        if unit not in TIMES:
            return False
        for index in range(end, min(end + 4, len(self.tokens))):
            if self.tokens[index].kind in ("number", "clock"):
                return False
            if any(role in ("rest", "rest_tail") for role, _ in self.roles[index][1]):
                # `1:50 rest 2 min`: the word tells of the time behind it.
                after = index + self.roles[index][0]
                return not (self._is_number(after) and self._unit_behind(after + 1) in TIMES)
            if self.tokens[index].key in (",", ";", "("):
                return False
        return False

    def _sign(self, index: int) -> str:
        """Give the plus or minus of `+20` and `-20`; a hyphen inside a range is none."""
        token = self.tokens[index]
        if index == 0 or not token.is_glued or self.tokens[index - 1].key not in ("+", "-"):
            return ""
        before = self.tokens[index - 2] if index > 1 else None
        sign = self.tokens[index - 1]
        is_inside = before is not None and sign.is_glued and before.kind in ("number", "clock")
        return "" if is_inside else sign.key

    def _comma_meanings(self, token: Token) -> set[tuple[str, Decimal]]:
        """A decimal comma may have been a list after all: 8,5 is also 8 and 5."""
        if "," not in token.text or not token.has_decimals:
            return set()
        parts = (Decimal(part) for part in token.text.split(",") if part.isdigit())
        return {meaning for part in parts for meaning in _meanings(part, None)}

    def _minutes_and_seconds(self, end: int, value: Decimal, unit: str | None) -> set[tuple[str, Decimal]]:
        """Add up `1 min 30` and `1h 20min`: the figure of the larger unit also means the sum."""
        factor = SECONDS.get("minute" if unit == "metre_or_minute" else unit or "")
        if factor is None or factor == 1:
            return set()
        for index in range(end, min(end + 3, len(self.tokens))):
            token = self.tokens[index]
            if token.kind == "number" and token.value is not None:
                smaller = SECONDS.get(self._unit_behind(index + 1) or "", Decimal(1))
                scale = smaller if smaller < factor else Decimal(1)
                return {("seconds", value * factor + token.value * scale)}
        return set()

    def _number_words(self, index: int) -> tuple[int, Decimal]:
        """Compose `twenty five` and `one hundred and twenty`; give the size in tokens and the value, or zeros."""
        total, position, last = 0, index, 10_000
        while position < len(self.tokens):
            step = 1 if position > index and self.tokens[position].key in ("and", "und", "y", "e", "et", "-") else 0
            size, value = self._number_word(position + step)
            if position == index + 1 and self.tokens[position].key == "oh" and self.tokens[index].key in HUNDREDS:
                size, value = self._number_word(position + 1)
                return position + 1 + size - index, Decimal(total * 100 + value)
            if size and position > index and all(r != "number" for r, _ in self.roles[position + step][1]):
                # The single of `сто двадцать на раз` is no part of the load.
                break
            if size and value == 100 and 0 < total < 10:
                total, last = total * 100, 100
            elif size and total < 10 and position == index + 1 and opens_hundreds(self.tokens, index, value):
                total, last = total * 100 + value, value
            elif size and (total == 0 or (value < last and last >= 20)):
                total, last = total + value, value
            else:
                break
            position += step + size
        return self._with_fraction(index, position, Decimal(total))

    def _with_fraction(self, index: int, end: int, whole: Decimal) -> tuple[int, Decimal]:
        """Read on in `two and a half` and `twenty two point five`."""
        if end == index or end >= len(self.tokens):
            return end - index, whole
        size, roles = self.roles[end]
        names = {role for role, _ in roles}
        digit_size, digit = self._number_word(end + size) if "point" in names else (0, 0)
        if "half" in names:
            return end + size - index, whole + Decimal("0.5")
        if digit_size and digit < 10:
            return end + size + digit_size - index, whole + Decimal(digit) / 10
        return end - index, whole

    def _counts_something(self, start: int, end: int) -> bool:
        """Tell whether a word for one or two counts: `two sets`, `a single`, `for one`."""
        before = self.roles[start - 1][1] if start else ()
        is_noun = any(role == "rep_count" for role, _ in self.roles[start][1])
        return is_noun or self._unit_behind(end) is not None or any(role in COUNTED_BEHIND for role, _ in before)

    def _number_word(self, index: int) -> tuple[int, int]:
        if index >= len(self.tokens) or self.tokens[index].kind != "word":
            return 0, 0
        size, roles = self.roles[index]
        for role, value in roles:
            if role in ("number", "rep_count") and value:
                return size, value
        return 0, 0

    def _empty_bar(self, index: int) -> Figure | None:
        size, roles = self.roles[index]
        if not any(role in ("bar", "bar_word") for role, _ in roles):
            return None
        meanings = frozenset((f"load_{unit}", bar) for unit, (bar, _) in PLATES.items())
        span = self.normal.span(self.tokens[index].start, self.tokens[index + size - 1].end)
        return Figure(span, meanings, is_aside=True)

    def _missed(self, index: int) -> Figure | None:
        """A missed lift has no repetition."""
        size, roles = self.roles[index]
        if not any(role == "missed" for role, _ in roles):
            return None
        span = self.normal.span(self.tokens[index].start, self.tokens[index + size - 1].end)
        return Figure(span, frozenset({("reps", Decimal(0))}), is_aside=True)


def _roles_at(tokens: list[Token], index: int, lexicon: Lexicon) -> tuple[int, tuple[tuple[str, int], ...]]:
    size, entries = lexicon.at(tokens, index)
    return size, tuple((entry.role, entry.value) for entry in entries)


def _meanings(value: Decimal, unit: str | None) -> Iterator[tuple[str, Decimal]]:
    """Give every field that a figure of this unit can fill, with the value it gives it."""
    if unit in SECONDS:
        yield "seconds", value * SECONDS[unit]
        if unit == "minute":
            # Every minute on the minute, for ten minutes, is ten sets.
            yield "count", value
    elif unit in METRES:
        yield "metres", value * METRES[unit]
    elif unit == "metre_or_minute":
        yield from (("metres", value), ("seconds", value * 60))
    elif unit == "quote":
        yield from (("seconds", value), ("seconds", value * 60), ("reps", value))
    elif unit == "pair":
        yield from (("load", value), ("seconds", value))
    elif unit == "plate":
        yield from ((f"load_{kind}", bar + 2 * value * plate) for kind, (bar, plate) in PLATES.items())
    elif unit == "rest":
        yield from (("rest", value), ("rest", value * 60))
    elif unit == "rir":
        yield from (("rir", value), ("rpe", 10 - value))
    elif unit in FIELD_OF_UNIT:
        yield FIELD_OF_UNIT[unit], value
    elif unit is None:
        is_whole = value == value.to_integral_value()
        yield from ((field, value) for field in ANYTHING if is_whole or field not in WHOLE)


def with_shared_unit(figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """Let a unit that is typed once hold for the bare figures beside it: `80, 85, 90 kg`."""
    units = {figure.unit for figure in figures if figure.unit is not None}
    if len(units) != 1:
        return figures
    (unit,) = units
    return tuple(replace(f, unit=unit) if any(field == "load" for field, _ in f.meanings) else f for f in figures)
