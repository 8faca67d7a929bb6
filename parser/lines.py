"""A text as scanned lines: tokens, atoms, dates, and what stands in front (bullets, numbers, set and superset
labels).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from parser.asides import find_calendar_figures, without_ratings
from parser.atom_scanner import AtomScanner
from parser.atoms import Atom
from parser.dates import FoundDate, find_dates
from parser.lexer import Token, tokenise
from parser.lexicon import Lexicon, load_lexicon
from parser.normalise import NormalText, normalise
from parser.number_words import join_fractions, spell_numbers
from parser.running_numbers import take_running_numbers
from parser.set_numbers import number_sets
from parser.told_efforts import with_told_efforts
from parser.vocabulary import Vocabulary

LONGEST_LINE = 800
# Four whole messages: nobody writes that much training on one line, and noise without line breaks costs the most.
MOST_OF_A_LINE = 16_384
# Years of training; 64 KB of more lines than these are lines of a few signs. A diary is cut by its days before it is
# read, so that these are the lines of one day.
MOST_LINES = 4000
# 64 KB of training are some 15 000 atoms; noise has one for almost every sign.
MOST_ATOMS = 20_000
# A larger number in front of a sign of multiplication is a load.
MOST_SETS = 10
BULLETS = frozenset("-*•>+·–")


@dataclass(slots=True)
class ScannedLine:
    """One line. `number` counts from 1; `label` is a superset label such as A; `set_label` tells of `Set 1:` or
    `W1:`.
    """

    number: int
    start: int
    text: str
    atoms: list[Atom] = field(default_factory=list)
    dates: list[FoundDate] = field(default_factory=list)
    label: str | None = None
    set_label: str | None = None
    list_number: int | None = None
    hashes: int = 0
    has_bullet: bool = False
    is_quote: bool = False
    is_unticked: bool = False
    is_ticked: bool = False
    slot: int | None = None
    indent: int = 0
    is_dated: bool = False

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def is_blank(self) -> bool:
        return not self.text.strip(" \t•-_=*#|~>+.")

    def has_role(self, *roles: str) -> bool:
        """Tell whether one of these marks is in the line."""
        return bool([atom for atom in self.atoms if atom.kind == "mark" and atom.role in roles])

    def first_role(self) -> str:
        """The role of the first mark, amount or name, as a word."""
        return next((a.role or a.kind for a in self.atoms if a.kind != "sep"), "")


def scan_lines(plain: NormalText, lexicon: Lexicon, vocabulary: Vocabulary) -> list[ScannedLine]:
    """Scan all lines of a text; very long lines are cut at spaces, so that the work stays in proportion."""
    lines: list[ScannedLine] = []
    opening: ScannedLine | None = None
    start = told = pieces = 0
    for number, text in enumerate(plain.text.split("\n"), 1):
        if not text.strip():
            lines.append(ScannedLine(number, start, text))
            start += len(text) + 1
            continue
        told += 1
        if told > MOST_LINES or pieces > MOST_ATOMS:
            break
        for part_start, part in _parts(text[:MOST_OF_A_LINE]):
            is_first = opening is None or _is_under_lone_day(opening, lines[-1])
            line = _scan(number, start + part_start, part, plain.text, lexicon, vocabulary, is_first)
            opening = opening or line
            pieces += len(line.atoms)
            lines.append(line)
        start += len(text) + 1
    take_running_numbers(lines)
    number_sets(lines)
    return lines


def dated_lines(text: str) -> list[tuple[int, date]]:
    """Find the lines that tell a day, with their numbers, in a text of any length: its lines are not read otherwise."""
    lexicon = load_lexicon()
    lines = enumerate(normalise(text).text.split("\n"), 1)
    return [(number, found[0].value) for number, line in lines if (found := find_dates(line, 0, lexicon))]


def beyond_bounds(plain: NormalText, lines: list[ScannedLine]) -> list[tuple[int, str]]:
    """Give what `scan_lines` left out, with line numbers: the ends of very long lines, and lines past the last."""
    last = lines[-1].number if lines else 0
    found: list[tuple[int, str]] = []
    for number, text in enumerate(plain.text.split("\n"), 1):
        left = text if number > last else text[MOST_OF_A_LINE:]
        if left and (left := left.strip()):
            found.append((number, left))
    return found


def _is_under_lone_day(first: ScannedLine, last: ScannedLine) -> bool:
    """Where a text opens with a day on a line of its own, the days of its other parts stand alone as well."""
    return first.is_dated and not first.atoms and not last.text.strip()


def _parts(text: str) -> list[tuple[int, str]]:
    if len(text) <= LONGEST_LINE:
        return [(0, text)]
    parts, start = [], 0
    while start < len(text):
        end = min(len(text), start + LONGEST_LINE)
        cut = _cut_before(text, start, end) if end < len(text) else end
        end = cut if cut > start else end
        parts.append((start, text[start:end]))
        start = end
    return parts


def _cut_before(text: str, start: int, end: int) -> int:
    """Find the best place to cut a very long line: behind a sentence, else behind a comma, else at a space."""
    half = start + (end - start) // 2
    for sign in (". ", "; ", ", ", " "):
        cut = text.rfind(sign, half, end)
        if cut > start:
            return cut + len(sign)
    return end


def _scan(
    number: int, start: int, text: str, whole: str, lexicon: Lexicon, vocabulary: Vocabulary, is_first: bool
) -> ScannedLine:
    line = ScannedLine(number, start, text)
    line.indent = len(text) - len(text.lstrip(" \t"))
    line.dates = find_dates(text, start, lexicon)
    asides = [(found.start, found.end) for found in line.dates]
    if not asides and (day := find_calendar_figures(text, start, lexicon, is_first)) is not None:
        asides, line.is_dated = [day], True
    tokens = [t for t in tokenise(text, start) if not any(low <= t.start < high for low, high in asides)]
    tokens = _take_prefix(line, tokens)
    tokens = spell_numbers(join_fractions(tokens, lexicon), lexicon, vocabulary)
    atoms = without_ratings(AtomScanner(tokens, lexicon, vocabulary, whole).scan())
    line.atoms = with_told_efforts(atoms)
    return line


def _take_prefix(line: ScannedLine, tokens: list[Token]) -> list[Token]:
    """Take hashes, bullets, list numbers, set labels and superset labels off the front."""
    tokens = _take_hashes(line, tokens)
    if tokens and tokens[0].key in ('"',):
        line.is_quote = True
    while tokens and tokens[0].key in BULLETS and not _is_signed_number(tokens):
        line.has_bullet = True
        tokens = tokens[1:]
    for take in (
        _take_field_word,
        _take_slot,
        _take_set_label,
        _take_checkbox,
        _take_label,
        _take_list_number,
        _take_label,
    ):
        tokens = take(line, tokens)
    return tokens


def _is_signed_number(tokens: list[Token]) -> bool:
    return len(tokens) > 1 and tokens[0].key in "+-" and tokens[1].kind == "number" and tokens[1].is_glued


def _take_hashes(line: ScannedLine, tokens: list[Token]) -> list[Token]:
    count = 0
    while count < len(tokens) and tokens[count].key == "#":
        count += 1
    if count and (len(tokens) == count or not tokens[count].is_glued or count > 1):
        line.hashes = count
        return tokens[count:]
    return tokens


def _take_checkbox(line: ScannedLine, tokens: list[Token]) -> list[Token]:
    keys = [token.key for token in tokens[:3]]
    if keys[:1] == ["["] and "]" in keys:
        line.is_unticked, line.is_ticked = keys[:2] == ["[", "]"], keys[:2] != ["[", "]"]
        return tokens[keys.index("]") + 1 :]
    return tokens


FIELD_WORDS = frozenset({"exercise", "lift", "movement", "ejercicio", "ubung", "exercicio", "exercice", "упражнение"})
TURN_WORDS = (
    frozenset({"odd", "odds", "нечетные", "нечетная", "impar", "impares", "ungerade", "impaires", "impair"}),
    frozenset({"even", "evens", "четные", "четная", "par", "pares", "gerade", "paires", "pair"}),
)
SLOT_WORDS = frozenset({"min", "minute", "minuto", "мин", "минута"})


def _take_field_word(line: ScannedLine, tokens: list[Token]) -> list[Token]:
    """`Exercise: Squat` names a squat."""
    if len(tokens) > 2 and tokens[0].key in FIELD_WORDS and tokens[1].key == ":":
        return tokens[2:]
    return tokens


def _take_slot(line: ScannedLine, tokens: list[Token]) -> list[Token]:
    """`min 1 - 10 swings`, `odd: 12 swings`: the minute of a round in which an exercise has its turn."""
    turn = next((place for place, words in enumerate(TURN_WORDS, 1) if tokens and tokens[0].key in words), 0)
    after = 2 if len(tokens) > 2 and tokens[1].key in (*SLOT_WORDS, "minutes", "mins", "minutos", "minuten") else 1
    if turn and len(tokens) > after + 1 and tokens[after].key in ":-":
        line.slot = turn
        return tokens[after + 1 :]
    if len(tokens) < 4 or tokens[0].key not in SLOT_WORDS or tokens[1].kind != "number" or tokens[2].key not in ":-.)":
        return tokens
    line.slot = int(tokens[1].value or 1)
    return tokens[3:]


SET_WORDS = frozenset({"set", "serie", "satz", "подход", "сет", "s"})
LETTERS = frozenset({"w", "d", "f"})


def _take_set_label(line: ScannedLine, tokens: list[Token]) -> list[Token]:
    """`Set 1:`, `Set 2 (Warm-up):`, `W1:`, `Série 3 -`."""
    if len(tokens) < 3 or tokens[0].kind != "word" or tokens[1].kind != "number" or (tokens[1].value or 0) > 30:
        return tokens
    is_letter = tokens[0].key in LETTERS and tokens[1].is_glued
    if tokens[0].key == "w" and is_letter and _tells_week(tokens[2:]):
        return [replace(tokens[0], key="week"), *tokens[1:]]
    if tokens[0].key not in SET_WORDS and not is_letter:
        return tokens
    after = 2
    inside: list[Token] = []
    if tokens[after].key == "(":
        while after < len(tokens) and tokens[after].key != ")":
            inside.append(tokens[after])
            after += 1
        after += 1
    if after >= len(tokens):
        return tokens
    is_open = tokens[after].key not in (":", ")", "-", ".", "=")
    if is_open and (
        tokens[after].is_glued
        or tokens[after].key in ("x", "*", "of", "de", "à", ",", "/")
        or tokens[after].kind == "sign"
        or is_letter
    ):
        return tokens
    line.set_label = (
        {"w": "warmup", "d": "drop", "f": "failure"}.get(tokens[0].key, "working") if is_letter else "working"
    )
    return [*inside, *([_closing(tokens[after - 1])] if inside else []), *tokens[after + (0 if is_open else 1) :]]


def _tells_week(tokens: list[Token]) -> bool:
    """`W1: 5x5 @ 70%` and `W2 4x6` tell weeks: warm-up sets have a load, and no percent or sets by repetitions."""
    told = tokens[1:] if tokens[:1] and tokens[0].key in (":", "-") else tokens
    if any(token.key == "%" for token in told):
        return True
    is_product = len(told) > 2 and told[0].kind == told[2].kind == "number" and told[1].key in ("x", "*")
    has_load = any(token.key in ("kg", "lb", "lbs", "кг") for token in told)
    return is_product and not has_load and (told[0].value or 99) <= MOST_SETS


def _closing(token: Token) -> Token:
    return token


def _take_list_number(line: ScannedLine, tokens: list[Token]) -> list[Token]:
    """`1.`, `2)`, `(3)`: a number that only counts lines."""
    if len(tokens) > 3 and tokens[0].key == "(" and tokens[1].kind == "number" and tokens[2].key == ")":
        line.list_number = int(tokens[1].value or 0)
        return tokens[3:]
    if len(tokens) < 2 or tokens[0].kind != "number" or tokens[0].has_decimals or (tokens[0].value or 0) > 99:
        return tokens
    if (
        tokens[1].key in (".", ")")
        and tokens[1].is_glued
        and (len(tokens) == 2 or tokens[1].key == ")" or not tokens[2].is_glued or tokens[2].kind == "word")
    ):
        line.list_number = int(tokens[0].value or 0)
        return tokens[2:]
    return tokens


def _take_label(line: ScannedLine, tokens: list[Token]) -> list[Token]:
    """`A1)`, `B2.`, `A1 Bench`, `1a)`: a superset label; a single letter with a bracket is one too."""
    if line.label or len(tokens) < 2:
        return tokens
    first, second = tokens[0], tokens[1]
    if first.key == "t" and second.kind == "number" and second.is_glued and second.text in "123":
        return tokens[3:] if len(tokens) > 2 and tokens[2].key in (":", ")", ".", "-") else tokens[2:]
    if (
        first.kind == "word"
        and len(first.key) == 1
        and second.kind == "number"
        and second.is_glued
        and len(second.text) == 1
    ):
        return _with_label(line, tokens, first.key.upper(), 2)
    if (
        (
            first.kind == "number"
            and len(first.text) == 1
            and second.kind == "word"
            and second.is_glued
            and second.key in "abcd"
        )
        and len(tokens) > 2
        and tokens[2].key in (")", ".", ":")
    ):
        return _with_label(line, tokens, first.text, 2)
    return tokens


def _with_label(line: ScannedLine, tokens: list[Token], label: str, after: int) -> list[Token]:
    if after >= len(tokens):
        return tokens
    sign = tokens[after]
    has_sign = sign.key in (")", ".", ":", "-")
    if sign.key in ("x", "*", "/") or (not has_sign and (sign.is_glued or sign.kind != "word")):
        return tokens
    if label not in "ABCDEFGHabc123456789":
        return tokens
    line.label = label
    return tokens[after + (1 if has_sign else 0) :]
