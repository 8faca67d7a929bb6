"""Number words become numbers where they count something: `three sets of twelve`, `восемьдесят на восемь`.

They stay words in names (`one arm row`) and in talk (`one of these days`): a number word counts only beside a unit, a
multiplication word or another number.
"""

from __future__ import annotations

from decimal import Decimal

from parser.lexer import Token
from parser.lexicon import Lexicon
from parser.name_words import name_words
from parser.vocabulary import Vocabulary, modifier_stems

NEIGHBOURS = frozenset(
    [
        "set",
        "rep",
        "round",
        "kg",
        "lb",
        "plate",
        "second",
        "minute",
        "hour",
        "metre",
        "kilometre",
        "mile",
        "times",
        "times_or_reps",
        "load_for",
        "of",
        "at",
        "rpe",
        "rir",
        "percent",
        "rep_count",
        "and",
        "to",
    ]
)
FRACTIONED = frozenset({"kg", "lb", "plate", "minute", "hour", "metre", "kilometre", "mile"})
JOINERS = ("and", "und", "et", "y", "e", "и")
HUNDREDS = frozenset({"one", "two", "three", "four", "five"})
WEAK = frozenset({1, 2})
ONE_AND_A_HALF = frozenset({"полтора", "полторы", "anderthalb", "eineinhalb"})


def spell_numbers(tokens: list[Token], lexicon: Lexicon, vocabulary: Vocabulary) -> list[Token]:
    """Replace number words that count something by number tokens."""
    starts = lexicon.number_starts
    if not [token for token in tokens if token.key in starts or token.key in ONE_AND_A_HALF]:
        return tokens
    result: list[Token] = []
    index = 0
    while index < len(tokens):
        size, value, has_point = _number_at(tokens, index, lexicon)
        if (
            size
            and value is not None
            and not _is_name(tokens, index, vocabulary)
            and _counts(tokens, index, size, value, lexicon, result)
        ):
            first, last = tokens[index], tokens[index + size - 1]
            result.append(
                Token("number", str(value), str(value), first.start, last.end, first.is_glued, value, has_point)
            )
            index += size
        else:
            result.append(tokens[index])
            index += 1
    return result


def join_fractions(tokens: list[Token], lexicon: Lexicon) -> list[Token]:
    """Make one number of `1 1/4` and `1/2` where a unit follows: `1 1/4 plates`, `1/2 mile`."""
    if not [token for token in tokens if token.key == "/"]:
        return tokens
    result: list[Token] = []
    index = 0
    while index < len(tokens):
        size = 1
        for start in (index + 1, index):
            value = _fraction_at(tokens, start, lexicon)
            whole = tokens[index].value if start > index else Decimal(0)
            if value is None or whole is None or (start > index and tokens[index].has_decimals):
                continue
            first, size = tokens[index], start + 3 - index
            text = str(whole + value)
            end = tokens[index + size - 1].end
            result.append(Token("number", text, text, first.start, end, first.is_glued, whole + value, True))
            break
        else:
            result.append(tokens[index])
        index += size
    return result


def _fraction_at(tokens: list[Token], index: int, lexicon: Lexicon) -> Decimal | None:
    above, stroke, below, unit = (tokens[i] if i < len(tokens) else None for i in range(index, index + 4))
    if above is None or stroke is None or below is None or unit is None or above.is_glued or above.value is None:
        return None
    if stroke.key != "/" or not stroke.is_glued or not below.is_glued or below.value not in (2, 4, 8):
        return None
    _, entries = lexicon.at(tokens, index + 3)
    has_unit = bool(entries) and entries[0].role in FRACTIONED
    return above.value / below.value if has_unit and above.value < below.value else None


def _value(tokens: list[Token], index: int, lexicon: Lexicon) -> tuple[int, int]:
    """Give the size and value of the number word at a token, or zeros."""
    if tokens[index].key not in lexicon.number_starts:
        return 0, 0
    for size in (3, 2, 1):
        if index + size <= len(tokens):
            for entry in lexicon.phrases.get(tuple(t.key for t in tokens[index : index + size]), ()):
                if entry.role == "number":
                    return size, entry.value
    return 0, 0


def _number_at(tokens: list[Token], index: int, lexicon: Lexicon) -> tuple[int, Decimal | None, bool]:
    """Compose `one hundred and twenty two point five`; give its size in tokens, its value, and whether it has a
    point.
    """
    if tokens[index].key in ONE_AND_A_HALF:
        return 1, Decimal("1.5"), True
    total, position, last = 0, index, 10_000
    while position < len(tokens):
        joined = 1 if position > index and tokens[position].key in (*JOINERS, "-") else 0
        if position == index + 1 and total < 10 and tokens[position].key == "oh" and position + 1 < len(tokens):
            size, value = _value(tokens, position + 1, lexicon)
            if size and 0 < value < 10 and tokens[index].key in HUNDREDS:
                return _with_fraction(tokens, index, position + 1 + size, Decimal(total * 100 + value), lexicon)
        size, value = _value(tokens, position + joined, lexicon) if position + joined < len(tokens) else (0, 0)
        if not size:
            break
        if position == index + 1 and not joined and opens_hundreds(tokens, index, value):
            # `two twenty five`: lifters leave the word hundred out.
            total, last = total * 100 + value, value
        elif value == 100 and 0 < total < 10 and not joined:
            total, last = total * 100, 100
        elif total == 0 or (value < last and (last >= 100 or (last >= 20 and value < 10 and last % 10 == 0))):
            if joined and last < 20:
                break
            total, last = total + value, value
        else:
            break
        position += joined + size
    if position == index:
        return 0, None, False
    return _with_fraction(tokens, index, position, Decimal(total), lexicon)


def opens_hundreds(tokens: list[Token], index: int, value: int) -> bool:
    """Tell whether a small number is so many hundreds: `one thirty five`, `three fifteen`, but not `eight ten`."""
    return tokens[index].key in HUNDREDS and (20 <= value <= 90 or value in (10, 15))


def _with_fraction(
    tokens: list[Token], index: int, position: int, total: Decimal, lexicon: Lexicon
) -> tuple[int, Decimal, bool]:
    size, entries = lexicon.at(tokens, position) if position < len(tokens) else (0, ())
    role = entries[0].role if entries else ""
    if role == "half":
        return position + size - index, total + Decimal("0.5"), True
    if role == "point":
        step, digit = _value(tokens, position + size, lexicon) if position + size < len(tokens) else (0, 0)
        if step and digit < 10:
            return position + size + step - index, total + Decimal(digit) / 10, True
    return position - index, total, False


def _is_name(tokens: list[Token], index: int, vocabulary: Vocabulary) -> bool:
    """Tell whether the word starts a name or a modifier of names, such as `one arm`."""
    words: list[str] = []
    for token in tokens[index : index + 4]:
        if token.kind == "word":
            words.extend(name_words(token.text))
        elif token.key != "-":
            break
        if len(words) > 1 and (tuple(words) in modifier_stems() or vocabulary.meaning_of(tuple(words))):
            return True
    return False


def _counts(tokens: list[Token], index: int, size: int, value: Decimal, lexicon: Lexicon, before: list[Token]) -> bool:
    after = index + size
    _, entries = lexicon.at(tokens, after) if after < len(tokens) else (0, ())
    follows = {entry.role for entry in entries}
    is_article = size == 1 and value in WEAK
    if follows & {
        "set",
        "rep",
        "round",
        "kg",
        "lb",
        "plate",
        "second",
        "minute",
        "hour",
        "metre",
        "kilometre",
        "rep_count",
        "rir",
    }:
        return True
    if is_article:
        return bool(before) and before[-1].key in ("x", "for", "по", "на")
    if after < len(tokens) and (tokens[after].kind == "number" or _value(tokens, after, lexicon)[0]):
        return True
    if follows & NEIGHBOURS or (after < len(tokens) and tokens[after].key in ("x", ",", "/")):
        return True
    if not before:
        return False
    _, entries = lexicon.at(before, len(before) - 1)
    return (
        before[-1].kind == "number"
        or bool({e.role for e in entries} & NEIGHBOURS)
        or before[-1].key in ("x", "@", ",", "/")
    )
