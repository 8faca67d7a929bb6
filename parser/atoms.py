"""Third stage: tokens become atoms, the smallest things that mean something to a lifter.

An amount is a number (or a range) with what it counts; a mark is a word of the grammar; a name is a phrase of the
vocabulary; a word is anything else. Amounts already carry units, signs, rests, efforts and tempos, so that the stages
after this one never look at characters.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from parser.lexer import Token
from parser.lexicon import Lexicon
from parser.name_words import STOP_STEMS, name_words, stem
from parser.vocabulary import Vocabulary

SECONDS = {"second": 1, "minute": 60, "hour": 3600}
METRES = {
    "metre": Decimal(1),
    "kilometre": Decimal(1000),
    "mile": Decimal("1609.344"),
    "yard": Decimal("0.9144"),
    "foot": Decimal("0.3048"),
}
PLAIN_UNITS = (
    "kg",
    "lb",
    "plate",
    "rep",
    "set",
    "round",
    "rir",
    "rpe",
    "calorie",
    "other_unit",
    "percent",
    "repmax",
    "week",
    "day",
)
ORDINALS = frozenset({"st", "nd", "rd", "th", "й", "я", "го"})
GLUED_ONLY = ("r", "d", "st", "k", "с", "п.", "g", "n")
# Clock times from five o'clock on behind these words, or from one to another, are times of day.
EARLIEST = 300
CLOCK_WORDS = frozenset("at um by gegen von ab seit since from until till bis в с со до к las às as das vers dès".split())
TO_WORDS = frozenset({"-", "to", "bis", "until", "till", "до", "a", "à", "as", "às", "hasta", "ate"})
SEPARATORS = frozenset(",/;|>()[]:+-&=•\"'.!?\\{}<~^_$€")


@dataclass(frozen=True, slots=True)
class Atom:
    """A piece of meaning: kind is amount, mark, name, word, times, at, of, sep or clock; see the fields for the rest.

    An amount runs from `low` to `high` of `unit`; `is_plus` is the plus of `5+`, `sign` the sign in front. Units:
    None, kg, lb, plate, pair (the s of `25s`), bar, bodyweight, second, metre, rep, set, round, percent, rpe, rir, rest,
    amrap, calorie, other_unit. A mark's `role` is its grammar category, `text` what stands in the text.
    """

    kind: str
    start: int
    end: int
    text: str = ""
    role: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str | None = None
    is_plus: bool = False
    sign: str = ""
    has_decimals: bool = False
    is_glued: bool = False
    is_short: bool = False
    value: int = 0

    @property
    def is_number(self) -> bool:
        return self.kind == "amount" and self.low is not None


class AtomScanner:
    """Reads the tokens of one line from left to right."""

    def __init__(self, tokens: list[Token], lexicon: Lexicon, vocabulary: Vocabulary, text: str) -> None:
        self.tokens = tokens
        self.lexicon = lexicon
        self.vocabulary = vocabulary
        self.text = text
        self.atoms: list[Atom] = []
        self.index = 0
        self.words = [self._stem_at(i) for i in range(len(tokens))]

    def scan(self) -> list[Atom]:
        """Give the atoms of the line."""
        while self.index < len(self.tokens):
            before = self.index
            self._step()
            if self.index == before:
                self._take_sign()
        return self.atoms

    def _step(self) -> None:
        token = self.tokens[self.index]
        if self._skip_link():
            return
        name_size = self._name_size()
        phrase_size, entries = self.lexicon.at(self.tokens, self.index)
        is_planning = name_size == phrase_size and any(e.role in ("plan", "tabata") for e in entries)
        if (
            name_size
            and name_size >= phrase_size
            and not is_planning
            and not (token.kind == "number" and name_size == 1)
        ):
            self._take_name(name_size, [e.role for e in entries] if name_size == phrase_size else [])
        elif token.kind in ("number", "clock"):
            self._take_amount()
        elif entries and self._takes_phrase(phrase_size, [e.role for e in entries], entries[0].value):
            return
        elif token.kind == "word":
            self._push("word", 1)

    # -- names and words -----------------------------------------------------------------------------------------

    def _stem_at(self, index: int) -> str:
        token = self.tokens[index]
        if token.kind == "word":
            return " ".join(name_words(token.text)) or stem(token.key)
        if token.kind == "number":
            return token.text if token.text.isdigit() else ""
        return "and" if token.key == "&" else ""

    def _name_size(self) -> int:
        """Find the longest phrase of the vocabulary that starts here, in tokens; hyphens inside do not count."""
        first = self.words[self.index]
        most = self.vocabulary.longest_from(first.split(" ")[0]) if first else 0
        if not most:
            return 0
        words: list[str] = []
        best, index = 0, self.index
        while index < len(self.tokens) and len(words) < most:
            if self.words[index]:
                words.extend(self.words[index].split(" "))
                if self.vocabulary.meaning_of(tuple(words)) and not self._cuts_a_figure(index):
                    best = index - self.index + 1
            elif not self._joins_words(index):
                break
            index += 1
        return best

    def _cuts_a_figure(self, index: int) -> bool:
        """A number glued to what follows belongs to a figure, not to a name."""
        following = self.tokens[index + 1] if index + 1 < len(self.tokens) else None
        return (
            self.tokens[index].kind == "number"
            and following is not None
            and following.is_glued
            and following.key not in ",.:)"
        )

    def _joins_words(self, index: int) -> bool:
        token = self.tokens[index]
        if token.key not in ("-", "'", ".", "/") or index + 1 >= len(self.tokens):
            return False
        following = self.tokens[index + 1]
        return following.kind == "word" and (token.is_glued and (following.is_glued or token.key == "."))

    def _take_name(self, size: int, roles: list[str]) -> None:
        if "past" in roles:
            token = self.tokens[self.index]
            self.atoms.append(Atom("mark", token.start, token.start, "", "past"))
        self._push("name", size)

    def _push(self, kind: str, size: int, role: str = "", value: int = 0) -> None:
        first, last = self.tokens[self.index], self.tokens[self.index + size - 1]
        text = self.text[first.start : last.end]
        self.atoms.append(Atom(kind, first.start, last.end, text, role, is_glued=first.is_glued, value=value))
        self.index += size

    def _take_sign(self) -> None:
        token = self.tokens[self.index]
        kind = {"@": "at", "*": "times"}.get(token.key, "sep")
        if token.key == "*" and not (self.index and self.atoms and self.atoms[-1].kind == "amount"):
            kind = "sep"
        self._push(kind, 1)

    def _skip_link(self) -> bool:
        token = self.tokens[self.index]
        is_link = (
            token.key in ("http", "https", "www")
            and self.index + 1 < len(self.tokens)
            and self.tokens[self.index + 1].is_glued
        )
        following = self.tokens[self.index + 1] if self.index + 1 < len(self.tokens) else None
        is_mention = (
            token.key in ("@", "#")
            and not token.is_glued
            and following is not None
            and following.is_glued
            and following.kind == "word"
            and following.key not in ("rpe", "rir", "bw")
        )
        if not (is_link or is_mention):
            return False
        size = 1
        while self.index + size < len(self.tokens) and self.tokens[self.index + size].is_glued:
            size += 1
        self._push("mark", size, "link")
        return True

    # -- phrases of the grammar ----------------------------------------------------------------------------------

    def _takes_phrase(self, size: int, roles: list[str], value: int) -> bool:
        role = roles[0]
        token = self.tokens[self.index]
        if token.key in ("x", "*") or role == "times":
            self._push("times", size)
        elif role in ("bodyweight", "bar"):
            self._take_load_word(size, role)
        elif role in ("amrap", "failure") and self.atoms and self.atoms[-1].kind == "times":
            self._push("mark", size, role)
            self.atoms[-1] = replace(self.atoms[-1], kind="amount", unit="amrap")
        elif role in ("rpe", "rir", "rest", "tempo", "rep", "set", "metric") and self._takes_labelled(role, size):
            return True
        elif role == "rep_count" or "rep_count" in roles:
            self._push("mark", size, "rep_count", value)
            count = Decimal(value)
            self.atoms[-1] = replace(self.atoms[-1], kind="amount", unit="rep", low=count, high=count)
        elif role == "pause" and "rest" in roles and self._is_long_pause(size) and self._takes_labelled("rest", size):
            return True
        elif role in ("at", "of") or (role == "second" and "at" in roles):
            behind_sets = bool(self.atoms) and self.atoms[-1].unit == "set"
            self._push("of" if role == "of" or (behind_sets and "of" in roles) else "at", size)
        elif role == "load_for":
            self._push("times" if self._between_numbers(size) else "of", size, "for")
        elif role == "times_or_reps":
            self._push("times" if self._between_numbers(size) else "mark", size, "rep")
        elif token.key == "с" and not token.is_glued:
            self._push("at", size)
        else:
            self._push("mark", size, role, value)
        return True

    def _is_long_pause(self, size: int) -> bool:
        """Tell a rest (`Pause 2 Min`) from a stop within a repetition (`pause 2s`)."""
        after = self.index + size
        while after < len(self.tokens):
            step = 1 if self.tokens[after].key in (":", "=", "-", "~") else self._of_size(after, "rest")
            if not step:
                break
            after += step
        if after >= len(self.tokens) or self.tokens[after].kind not in ("number", "clock"):
            return False
        if after + 2 < len(self.tokens) and self._is_number(after + 2) and self.tokens[after + 1].key == "-":
            after += 2
        _, entries = self.lexicon.at(self.tokens, after + 1) if after + 1 < len(self.tokens) else (0, ())
        roles = {entry.role for entry in entries}
        return "minute" in roles or (self.tokens[after].value or 0) > 6

    def _between_numbers(self, size: int) -> bool:
        following = self.index + size
        return (
            bool(self.atoms)
            and self.atoms[-1].kind == "amount"
            and following < len(self.tokens)
            and self.tokens[following].kind == "number"
        )

    def _take_load_word(self, size: int, role: str) -> None:
        """Read `BW`, `bar`, `bw+10` and `bw - 20kg` as loads."""
        self._push("amount", size)
        self.atoms[-1] = replace(self.atoms[-1], unit=role)
        if role != "bodyweight" or self.index + 1 >= len(self.tokens):
            return
        sign, number = self.tokens[self.index], self.tokens[self.index + 1]
        if sign.key in "+-" and number.kind == "number" and (number.is_glued or sign.key == "+"):
            self.index += 1
            self._take_amount()
            start = self.atoms[-2].start
            self.atoms[-2:] = [replace(self.atoms[-1], sign=sign.key, start=start)]

    def _takes_labelled(self, role: str, size: int) -> bool:
        """Read `RPE 8`, `RIR: 2`, `rest 2-3 min`, `tempo 3-1-1-0`, `Reps: 8-10`, `Sets 4`."""
        after = self.index + size
        while after < len(self.tokens):
            step = 1 if self.tokens[after].key in (":", "=", "-", "~", "(", "@") else self._of_size(after, role)
            if not step:
                break
            after += step
        if after >= len(self.tokens):
            return False
        if role == "tempo":
            return self._takes_tempo(self.index, after)
        has_colon = any(self.tokens[i].key in ":=" for i in range(self.index + size, after))
        if self.tokens[after].kind not in ("number", "clock") or (
            role in ("rep", "set") and not (has_colon and not self.atoms)
        ):
            return False
        start = self.tokens[self.index].start
        self.index = after
        self._take_amount()
        amount = self.atoms[-1]
        if role == "metric":
            self.atoms[-1] = replace(amount, unit="other_unit", start=start)
            return True
        if role == "set" and amount.unit is not None and amount.unit != "set":
            return True
        self.atoms[-1] = replace(self._labelled(amount, role), start=start)
        return True

    def _of_size(self, index: int, role: str) -> int:
        """Words between a rest and its time: `rest of about`, `отдых между кругами`; give their tokens."""
        if role != "rest":
            return 0
        size, entries = self.lexicon.at(self.tokens, index)
        return size if entries and entries[0].role in ("of", "emphatic", "rest_tail", "at", "load_for") else 0

    @staticmethod
    def _labelled(amount: Atom, role: str) -> Atom:
        if role == "rest":
            return _as_rest(amount)
        return replace(amount, unit=role) if amount.unit in (None, role) or role in ("rpe", "rir") else amount

    def _takes_tempo(self, start_index: int, first: int) -> bool:
        """Read the digits of a tempo, however separated, up to four of them."""
        digits, index = "", first
        while index < len(self.tokens) and len(digits) < 4:
            token = self.tokens[index]
            if token.kind in ("number", "clock"):
                digits += "".join(c for c in token.text if c.isdigit())
            elif token.key in ("x", "х", "а"):
                digits += "X"
            elif token.key not in ("-", "/", ".", ":", ",") or not digits:
                break
            index += 1
        while index > first and self.tokens[index - 1].key in ("-", "/", ".", ":", ","):
            index -= 1
        if not 3 <= len(digits) <= 4:
            return False
        self.atoms.append(
            Atom(
                "mark", self.tokens[start_index].start, self.tokens[index - 1].end, digits.ljust(4, "0"), "tempo_value"
            )
        )
        self.index = index
        return True

    # -- amounts -------------------------------------------------------------------------------------------------

    def _take_amount(self) -> None:
        first = self.tokens[self.index]
        if self._takes_bare_tempo() or self._takes_wave():
            return
        sign = self._take_sign_before()
        start = first.start if not sign else first.start - 1
        if first.kind == "clock":
            self._take_clock(start)
            return
        self.index += 1
        low = first.value
        high = self._take_range(low)
        is_plus = self._take_plus()
        last = self.tokens[self.index - 1]
        decimals = first.has_decimals
        text = self.text[start : last.end]
        amount = Atom(
            "amount", start, last.end, text, low=low, high=high if high is not None else low, is_plus=is_plus, sign=sign,
            has_decimals=decimals, is_glued=first.is_glued,
        )  # fmt: skip
        if self._belongs_to_word(first):
            self.atoms.append(replace(amount, unit="other_unit"))
            return
        self.atoms.append(self._with_unit(amount))
        self._take_rest_behind()

    def _belongs_to_word(self, token: Token) -> bool:
        """The number of `Z2` or `V3` belongs to the letters in front of it."""
        before = self.atoms[-1] if self.atoms else None
        return token.is_glued and before is not None and before.kind == "word" and before.end == token.start

    def _take_sign_before(self) -> str:
        """Take a plus or minus that is glued to this number but not to what stands before it."""
        token = self.tokens[self.index]
        if not token.is_glued or not self.atoms or self.atoms[-1].kind != "sep" or self.atoms[-1].text not in "+-":
            return ""
        sign = self.atoms[-1]
        before = self.atoms[-2] if len(self.atoms) > 1 else None
        if sign.is_glued and before is not None and before.text not in ("(", ":", "@", ",", "/"):
            return ""
        if sign.text == "-" and before is None:
            return ""
        self.atoms.pop()
        return sign.text

    def _take_range(self, low: Decimal | None) -> Decimal | None:
        """Read the upper end of `8-12`, `8 to 12` or `3 - 4`; a falling pair is a list, not a range."""
        if low is None or self.index + 1 >= len(self.tokens):
            return None
        sign, upper = self.tokens[self.index], self.tokens[self.index + 1]
        if upper.kind != "number" or upper.value is None or upper.value <= low:
            return None
        further = self.tokens[self.index + 2] if self.index + 2 < len(self.tokens) else None
        is_chain = further is not None and further.key == "-" and further.is_glued and self._is_number(self.index + 3)
        behind_chain = (
            len(self.atoms) > 1
            and self.atoms[-1].text == "-"
            and self.atoms[-1].is_glued
            and self.atoms[-2].kind == "amount"
        )
        if sign.key == "-" and not is_chain and not behind_chain and (sign.is_glued == upper.is_glued):
            if not sign.is_glued and not self._is_spaced_range(upper):
                return None
            self.index += 2
            return upper.value
        if self._is_to(sign) and upper.value <= 4 * low:
            self.index += 2
            return upper.value
        return None

    def _is_number(self, index: int) -> bool:
        return index < len(self.tokens) and self.tokens[index].kind == "number"

    def _is_spaced_range(self, upper: Token) -> bool:
        """`3 - 4 sets` and `x 8 - 12` are ranges; `Week 1 - 3x5` is not."""
        after_times = len(self.atoms) > 0 and self.atoms[-1].kind in ("times", "of")
        _, entries = self.lexicon.at(self.tokens, self.index + 2) if self.index + 2 < len(self.tokens) else (0, ())
        has_unit = any(e.role in ("set", "rep", "second", "minute") for e in entries)
        return after_times or has_unit

    def _is_to(self, token: Token) -> bool:
        if token.key in ("to", "bis", "до", "ate", "hasta"):
            return True
        if token.key != "a" or not self.atoms or self.atoms[-1].kind not in ("of", "times"):
            return False
        # `3x15 à 45 kg` tells the load of the sets, `3x8 a 12` a range.
        _, entries = self.lexicon.at(self.tokens, self.index + 2) if self.index + 2 < len(self.tokens) else (0, ())
        return not any(entry.role in ("kg", "lb", "percent") for entry in entries)

    def _take_plus(self) -> bool:
        if self.index >= len(self.tokens):
            return False
        sign = self.tokens[self.index]
        following = self.tokens[self.index + 1] if self.index + 1 < len(self.tokens) else None
        if (
            sign.key != "+"
            or not sign.is_glued
            or (following is not None and following.kind == "number" and following.is_glued)
        ):
            return False
        self.index += 1
        return True

    def _take_clock(self, start: int) -> None:
        token = self.tokens[self.index]
        self.index += 1
        size, entries = self.lexicon.at(self.tokens, self.index) if self.index < len(self.tokens) else (0, ())
        roles = [e.role for e in entries]
        unit = "second"
        if roles and roles[0] in ("minute", "hour", "second", "other_unit"):
            self.index += size
            unit = "second" if roles[0] != "other_unit" else "other_unit"
        if unit == "second" and self._is_time_of_day(token, self.index - 1):
            unit = "other_unit"
        end = self.tokens[self.index - 1].end
        self.atoms.append(
            Atom(
                "amount",
                start,
                end,
                token.text,
                "clock",
                low=token.value,
                high=token.value,
                unit=unit,
                is_glued=token.is_glued,
            )
        )
        self._take_rest_behind()

    def _is_time_of_day(self, clock: Token, place: int) -> bool:
        """`by 7:15`, `18:15 bis 19:30`: when it was, not how long it took."""
        if clock.value is None or clock.value < EARLIEST:
            return False
        before = self.tokens[place - 1] if place else None
        if before is not None and before.key in CLOCK_WORDS:
            return True
        following = self.tokens[place + 1 : place + 3]
        if len(following) == 2 and following[0].key in TO_WORDS and following[1].kind == "clock":
            return (following[1].value or 0) >= EARLIEST
        last = self.atoms[-2:]
        return len(last) == 2 and last[0].unit == "other_unit" and last[0].role == "clock"

    def _with_unit(self, amount: Atom) -> Atom:
        """Attach the unit that follows a number, if one does."""
        index = self.index
        if index < len(self.tokens) and self.tokens[index].key == "-" and self.tokens[index].is_glued:
            index += 1
        if index >= len(self.tokens):
            return amount
        token = self.tokens[index]
        if token.key in ("'", '"') and token.is_glued:
            return self._with_quotes(amount)
        if token.key in ORDINALS and token.is_glued and index == self.index:
            return self._taken(amount, 1, "other_unit")
        if token.key == "s" and index == self.index:
            return self._taken(amount, 1, "pair" if token.is_glued else "second")
        size, entries = self.lexicon.at(self.tokens, index)
        roles = [e.role for e in entries]
        if not roles or (token.key in GLUED_ONLY and not token.is_glued) or (token.key == "#" and not token.is_glued):
            return amount
        if index != self.index and roles[0] not in (*SECONDS, *METRES, "rep", "set", "kg", "lb", "round"):
            return amount
        self.index = index
        return self._with_role(amount, size, roles)

    def _with_role(self, amount: Atom, size: int, roles: list[str]) -> Atom:
        role = roles[0]
        if role == "other_unit" and len(roles) > 1 and roles[1] in PLAIN_UNITS:
            role = roles[1]
        if role in SECONDS:
            return self._with_seconds(amount, size, role)
        if role in METRES:
            return self._with_metres(amount, size, role)
        if role == "rep_count":
            return self._with_rep_count(amount, size)
        if role in PLAIN_UNITS and not self._belongs_ahead(role, size, amount):
            return self._taken(amount, size, role)
        if role in ("times", "times_or_reps") and self._is_frequency(self.index + size):
            return self._taken(amount, size, "other_unit")
        if role == "times_or_reps" and not self._is_number(self.index + size):
            return self._taken(amount, size, "rep")
        if role == "set_label":
            return self._taken(amount, size, "set")
        return amount

    def _is_frequency(self, index: int) -> bool:
        """`3x/week`, `3 times a week`: how often, not how much."""
        for token in self.tokens[index : index + 2]:
            entries = self.lexicon.phrases.get((token.key,), ())
            if any(entry.role in ("week", "day") and token.key != "d" for entry in entries):
                return index < len(self.tokens) and self.tokens[index].kind != "number"
        return False

    def _belongs_ahead(self, role: str, size: int, amount: Atom) -> bool:
        """The word opens what follows: `3x3 rpe 8` is an effort of 8, `Week 1 Day 2` has a day 2."""
        after = self.index + size
        while after < len(self.tokens) and self.tokens[after].key in (":", "="):
            after += 1
        number_follows = self._is_number(after)
        if role in ("rpe", "rir"):
            return number_follows
        if role in ("week", "day"):
            return amount.is_glued or number_follows or (bool(self.atoms) and self.atoms[-1].role in ("week", "day"))
        return False

    def _taken(self, amount: Atom, size: int, unit: str) -> Atom:
        self.index += size
        end = self.tokens[self.index - 1].end
        is_short = self.tokens[self.index - 1].key in ("m", "s", "r", "с", "м")
        return replace(amount, unit=unit, end=end, text=self.text[amount.start : end], is_short=is_short)

    def _with_rep_count(self, amount: Atom, size: int) -> Atom:
        """Read `5 singles` as five sets of one."""
        self.atoms.append(replace(amount, unit="set"))
        value = Decimal(self.lexicon.at(self.tokens, self.index)[1][0].value)
        return replace(self._taken(amount, size, "rep"), low=value, high=value)

    def _with_quotes(self, amount: Atom) -> Atom:
        """Read `45"`, `45''` and `1'30"` as times."""
        token = self.tokens[self.index]
        if token.key == '"':
            return self._taken(amount, 1, "second")
        if (
            self.index + 1 < len(self.tokens)
            and self.tokens[self.index + 1].key == "'"
            and self.tokens[self.index + 1].is_glued
        ):
            return self._taken(amount, 2, "second")
        minutes = self._scaled(self._taken(amount, 1, "second"), 60)
        return self._with_more_seconds(minutes, "minute")

    @staticmethod
    def _scaled(amount: Atom, factor: int | Decimal) -> Atom:
        low = amount.low * factor if amount.low is not None else None
        high = amount.high * factor if amount.high is not None else None
        return replace(amount, low=low, high=high)

    def _with_seconds(self, amount: Atom, size: int, role: str) -> Atom:
        timed = self._scaled(self._taken(amount, size, "second"), SECONDS[role])
        return self._with_more_seconds(timed, role)

    def _with_more_seconds(self, timed: Atom, role: str) -> Atom:
        """Read the rest of `1 min 30`, `1h 20min` or `1min 20s`."""
        if role == "second" or self.index >= len(self.tokens) or self.tokens[self.index].kind != "number":
            return timed
        token = self.tokens[self.index]
        size, entries = self.lexicon.at(self.tokens, self.index + 1) if self.index + 1 < len(self.tokens) else (0, ())
        smaller = next((entry.role for entry in entries if entry.role in SECONDS), "")
        if self.index + 1 < len(self.tokens) and self.tokens[self.index + 1].key == "s":
            smaller, size = "second", 1
        factor = SECONDS.get(smaller, 0) or self._last_factor(token, role)
        if not factor or factor >= SECONDS[role] or token.value is None or timed.low is None:
            return timed
        self.index += 1 + (size if smaller in SECONDS else 0)
        if self.index < len(self.tokens) and self.tokens[self.index].key in ('"',) and self.tokens[self.index].is_glued:
            self.index += 1
        total = timed.low + token.value * factor
        end = self.tokens[self.index - 1].end
        return replace(timed, low=total, high=total, end=end, text=self.text[timed.start : end])

    def _last_factor(self, token: Token, role: str) -> int:
        """What a number without a unit counts behind a time: the 10 of `1h10` minutes, the 30 of `1 min 30` seconds."""
        if role == "hour" and token.is_glued and len(token.text) == 2 and (token.value or 0) < 60:
            return 60
        return 1 if self._ends_minutes(token, role) else 0

    def _ends_minutes(self, token: Token, role: str) -> bool:
        following = self.tokens[self.index + 1] if self.index + 1 < len(self.tokens) else None
        is_last = following is None or following.kind == "sign" or self._tells_rest(self.index + 1)
        return (
            role == "minute" and token.value is not None and 5 <= token.value < 60 and len(token.text) == 2 and is_last
        )

    def _tells_rest(self, index: int) -> bool:
        _, entries = self.lexicon.at(self.tokens, index)
        return any(entry.role in ("rest", "rest_tail") for entry in entries)

    def _with_metres(self, amount: Atom, size: int, role: str) -> Atom:
        """Read a distance; `2m30s` and `2m rest` are minutes."""
        short = self.tokens[self.index].key in ("m", "м")
        if role == "metre" and short and self._seconds_follow(self.index + size):
            return self._with_seconds(amount, size, "minute")
        if role == "kilometre" and self.tokens[self.index].key == "k" and amount.low is not None and amount.low > 45:
            return self._taken(amount, size, "kg")
        return self._scaled(self._taken(amount, size, "metre"), METRES[role])

    def _seconds_follow(self, index: int) -> bool:
        if index + 1 >= len(self.tokens) or self.tokens[index].kind != "number" or not self.tokens[index].is_glued:
            return False
        return self.tokens[index + 1].key in ("s", "sec", "с", "сек")

    def _take_rest_behind(self) -> None:
        """Read `60s rest`, `2 min pause`, `90s de descanso`: a time that a word for rest follows."""
        amount = self.atoms[-1] if self.atoms else None
        if amount is None or amount.kind != "amount" or not (amount.unit in ("second", "pair") or amount.is_short):
            return
        index = self.index
        for _ in range(3):
            size, entries = self.lexicon.at(self.tokens, index) if index < len(self.tokens) else (0, ())
            role = entries[0].role if entries else ""
            if role in ("rest", "rest_tail") or (role == "pause" and any(e.role == "rest" for e in entries)):
                if self._is_short_pause(amount, role):
                    self.atoms[-1] = replace(amount, unit="other_unit")
                else:
                    self.index = index + size
                    self._take_tail()
                    end = self.tokens[self.index - 1].end
                    self.atoms[-1] = replace(_as_rest(amount), end=end, text=self.text[amount.start : end])
                return
            if role not in ("of", "emphatic"):
                return
            index += size

    @staticmethod
    def _is_short_pause(amount: Atom, role: str) -> bool:
        """A pause of a few seconds is part of the repetition, and one word for pause means both."""
        return (
            role != "rest_tail" and amount.unit in ("second", "pair") and amount.high is not None and amount.high <= 6
        )

    def _take_tail(self) -> None:
        while self.index < len(self.tokens):
            size, entries = self.lexicon.at(self.tokens, self.index)
            if not entries or entries[0].role not in ("rest_tail",):
                return
            self.index += size

    def _takes_bare_tempo(self) -> bool:
        """Read `3-1-1-0` or `3110 tempo` and `30X1` without the word in front."""
        token = self.tokens[self.index]
        if token.kind != "number" or len(token.text) > 4 or not token.text.isdigit():
            return False
        end, digits = self.index, ""
        while end < len(self.tokens) and (end == self.index or self.tokens[end].is_glued) and len(digits) < 5:
            key = self.tokens[end].key
            if self.tokens[end].kind == "number" or key == "x":
                digits += key
            elif key not in "-/":
                break
            end += 1
        said = end < len(self.tokens) and self.tokens[end].key in ("tempo", "темп", "cadencia", "cadence", "kadenz")
        signs = [t.key for t in self.tokens[self.index : end] if t.kind == "sign"]
        is_dashed = (
            len(digits) == 4
            and len(signs) == 3
            and set(signs) == {"-"}
            and all(len(t.text) == 1 for t in self.tokens[self.index : end])
        )
        is_exploding = (
            len(digits) == 4
            and "X" in self.text[token.start : self.tokens[end - 1].end]
            and not signs
            and digits[2] == "x"
        )
        said = said and (
            is_exploding
            or (bool(digits) and digits.isdigit() and all(len(t.text) in (1, 4) for t in self.tokens[self.index : end]))
        )
        looks_so = (is_dashed and ("0" in digits or "x" in digits or self._has_product())) or (
            is_exploding and self._has_product()
        )
        if not (looks_so or (said and 3 <= len(digits) <= 4)):
            return False
        text = digits.upper().ljust(4, "0")
        self.atoms.append(Atom("mark", token.start, self.tokens[end - 1].end, text, "tempo_value"))
        self.index = end + (1 if said else 0)
        return True

    def _takes_wave(self) -> bool:
        """`5/3/1` in front of everything is the name of a program, not a list of repetitions."""
        keys = [token.key for token in self.tokens[self.index : self.index + 5]]
        if keys != ["5", "/", "3", "/", "1"] or any(a.kind in ("amount", "name") for a in self.atoms):
            return False
        self._push("mark", 5, "plan")
        return True

    def _has_product(self) -> bool:
        return any(atom.kind == "times" for atom in self.atoms)


def _as_rest(amount: Atom) -> Atom:
    """Make a rest of a time; without a unit, small numbers are minutes; `2m` is minutes here."""
    factor = 1
    if amount.unit is None and amount.high is not None and amount.high <= 10:
        factor = 60
    if amount.unit == "metre":
        factor = 60
    low = amount.low * factor if amount.low is not None else None
    high = amount.high * factor if amount.high is not None else None
    return replace(amount, unit="rest", low=low, high=high)


def is_stop(text: str) -> bool:
    """Tell whether a word only joins others in a name."""
    words = name_words(text)
    return bool(words) and all(word in STOP_STEMS for word in words)
