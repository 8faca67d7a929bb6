"""Numbers with their signs, ranges, pluses, clocks and rests; and tempos, which look like numbers."""

from __future__ import annotations

from decimal import Decimal

from parser.atoms import Atom, changed
from parser.lexer import Token
from parser.unit_scanner import UnitScanner

EARLIEST = 300
CLOCK_WORDS = frozenset(
    [
        "at",
        "um",
        "by",
        "gegen",
        "von",
        "ab",
        "seit",
        "since",
        "from",
        "until",
        "till",
        "bis",
        "в",
        "с",
        "со",
        "до",
        "к",
        "las",
        "às",
        "as",
        "das",
        "vers",
        "dès",
    ]
)
# A tempo has seldom more than six seconds; steps, metres and years are told by larger digits or by their units.
SMALL_DIGITS = frozenset("0123456")
UNITS_OF_THOUSANDS = frozenset({"metre", "kg", "lb", "calorie", "other_unit", "rep", "yard", "foot", "times"})
TEMPO_WORDS = frozenset({"tempo", "темп", "cadencia", "cadence", "kadenz"})
WAYS_TO_REST = frozenset(
    ["jog", "jogging", "walk", "walking", "easy", "light", "slow", "full", "complete", "passive", "active", "trab"]
)
TO_WORDS = frozenset({"-", "to", "bis", "until", "till", "до", "a", "à", "as", "às", "hasta", "ate"})


class AmountScanner(UnitScanner):
    """Reads one amount."""

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
            "amount", start, last.end, text, low=low, high=high if high is not None else low, is_plus=is_plus,
            sign=sign,
            has_decimals=decimals, is_glued=first.is_glued,
        )  # fmt: skip
        if self._belongs_to_word(first):
            self.atoms.append(changed(amount, unit="other_unit"))
            return
        told_by = self._follows_by()
        amount = self._with_unit(amount)
        self.atoms.append(changed(amount, unit="other_unit") if told_by else amount)
        self._take_rest_behind()

    def _follows_by(self) -> bool:
        """`PR by 1 rep`, `up by 5 kg`: how much more, and no set."""
        before = self.atoms[-1] if self.atoms else None
        ahead = self.atoms[-2] if len(self.atoms) > 1 else None
        is_by = before is not None and before.kind == "times" and before.text.casefold() == "by"
        return is_by and ahead is not None and ahead.kind != "amount"

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
        if self._is_between() and self._joins(sign):
            self.index += 2
            return upper.value
        most = 4 if sign.key != "a" else 2
        if self._is_to(sign) and upper.value <= most * low:
            self.index += 2
            return upper.value
        return None

    def _is_spaced_range(self, upper: Token) -> bool:
        """`3 - 4 sets` and `x 8 - 12` are ranges; `Week 1 - 3x5` is not."""
        after_times = len(self.atoms) > 0 and self.atoms[-1].kind in ("times", "of")
        _, entries = self.lexicon.at(self.tokens, self.index + 2) if self.index + 2 < len(self.tokens) else (0, ())
        has_unit = any(e.role in ("set", "rep", "second", "minute") for e in entries)
        # `3x5 - 140kg`: behind repetitions the dash sets the load off.
        has_load = any(e.role in ("kg", "lb") for e in entries)
        lower = self.tokens[self.index - 1].value or 0
        is_glued_second = self._is_key(self.index + 2, "s")
        if after_times and (is_glued_second or any(e.role in ("second", "minute") for e in entries)):
            # `3x15 - 60s` are repetitions and a rest, `3 x 30 - 45s` a range.
            return (upper.value or 0) < 2 * lower
        return (after_times and not has_load and (upper.value or 0) <= 4 * lower) or has_unit

    def _is_key(self, index: int, key: str) -> bool:
        return index < len(self.tokens) and self.tokens[index].key == key

    def _is_between(self) -> bool:
        """`between six and eight`: the word in front makes a range of two numbers."""
        return bool(self.atoms) and self.atoms[-1].role == "between"

    def _joins(self, token: Token) -> bool:
        return any(entry.role in ("and", "to") for entry in self.lexicon.phrases.get((token.key,), ()))

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

    def _take_rest_behind(self) -> None:
        """Read `60s rest`, `2 min pause`, `90s de descanso`: a time that a word for rest follows."""
        amount = self.atoms[-1] if self.atoms else None
        if amount is None or amount.kind != "amount" or not (amount.unit in ("second", "pair") or amount.is_short):
            return
        index = self.index
        for _ in range(3):
            size, entries = self.lexicon.at(self.tokens, index) if index < len(self.tokens) else (0, ())
            role = entries[0].role if entries else ""
            if role == "restday" and self.tokens[index].key == "off":
                role = "rest"
            if role == "rest" and self._time_stands_at(index + size):
                return
            if role in ("rest", "rest_tail") or (role == "pause" and any(e.role == "rest" for e in entries)):
                if self._is_short_pause(amount, role):
                    self.atoms[-1] = changed(amount, unit="other_unit")
                else:
                    self.index = index + size
                    self._take_tail()
                    end = self.tokens[self.index - 1].end
                    self.atoms[-1] = changed(as_rest(amount), end=end, text=self.text[amount.start : end])
                return
            if role not in ("of", "emphatic") and not self._tells_how_to_rest(index):
                return
            index += max(size, 1)

    def _tells_how_to_rest(self, index: int) -> bool:
        """`2 min jog rest`, `90 s easy walk recovery`."""
        return index < len(self.tokens) and self.tokens[index].key in WAYS_TO_REST

    def _time_stands_at(self, index: int) -> bool:
        """`1:50 rest 2 min`: the word tells of the time behind it, not of the one in front."""
        if index < len(self.tokens) and self.tokens[index].key == ":":
            index += 1
        if index >= len(self.tokens) or self.tokens[index].kind not in ("number", "clock"):
            return False
        _, entries = self.lexicon.at(self.tokens, index + 1) if index + 1 < len(self.tokens) else (0, ())
        has_unit = any(entry.role in ("second", "minute") for entry in entries)
        is_short = (
            index + 1 < len(self.tokens) and self.tokens[index + 1].key == "s" and self.tokens[index + 1].is_glued
        )
        return self.tokens[index].kind == "clock" or has_unit or is_short

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
        if self._goes_on_a_list():
            return False
        if self._takes_plain_tempo(token):
            return True
        following = self.tokens[self.index + 1] if self.index + 1 < len(self.tokens) else None
        if following is None or not (following.is_glued or following.key in TEMPO_WORDS):
            return False
        end, digits = self.index, ""
        while end < len(self.tokens) and (end == self.index or self.tokens[end].is_glued) and len(digits) < 5:
            key = self.tokens[end].key
            if self.tokens[end].kind == "number" or key == "x":
                digits += key
            elif key not in "-/":
                break
            end += 1
        said = end < len(self.tokens) and self.tokens[end].key in TEMPO_WORDS
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
        is_short = (
            len(digits) == 3
            and signs == ["-", "-"]
            and not self._is_glued_on(end)
            and all(len(t.text) == 1 for t in self.tokens[self.index : end])
            and ("0" in digits or "x" in digits or any(t.key in TEMPO_WORDS for t in self.tokens))
            and any(t.key in ("x", "*") for t in [*self.tokens[: self.index], *self.tokens[end:]])
        )
        looks_so = (
            is_short
            or (is_dashed and ("0" in digits or "x" in digits or self._has_product()))
            or (is_exploding and self._has_product())
        )
        if not (looks_so or (said and 3 <= len(digits) <= 4)):
            return False
        text = digits.upper().ljust(4, "0")
        self.atoms.append(Atom("mark", token.start, self.tokens[end - 1].end, text, "tempo_value"))
        self.index = end + (1 if said else 0)
        return True

    def _goes_on_a_list(self) -> bool:
        """`5x10-8-6-4-2`: the sets of a list are no digits of a tempo."""
        last = self.atoms[-2:]
        return len(last) == 2 and last[0].kind == "amount" and last[1].text == "-" and last[1].is_glued

    def _takes_plain_tempo(self, token: Token) -> bool:
        """`4 x 6, 3010` and `3x8 4010`: four small digits behind sets and repetitions, which no load is as large as."""
        following = self.tokens[self.index + 1] if self.index + 1 < len(self.tokens) else None
        is_alone = following is None or (not following.is_glued and self._names_no_unit(self.index + 1))
        is_set_off = following is not None and following.key in (",", ";", ")", ".")
        if len(token.text) != 4 or not set(token.text) <= SMALL_DIGITS or token.text[0] == "0":
            return False
        before = self.atoms[-1].kind if self.atoms else ""
        if not (is_alone or is_set_off) or not self._has_product() or before not in ("amount", "sep"):
            return False
        self.atoms.append(Atom("mark", token.start, token.end, token.text, "tempo_value"))
        self.index += 1
        return True

    def _names_no_unit(self, index: int) -> bool:
        _, entries = self.lexicon.at(self.tokens, index)
        return not any(entry.role in UNITS_OF_THOUSANDS for entry in entries)

    def _is_glued_on(self, index: int) -> bool:
        """Tell whether a token goes on what stands in front of it without a space: the x of `3-1-0x5`."""
        return index < len(self.tokens) and self.tokens[index].is_glued and self.tokens[index].key not in ",.;:)"

    def _takes_wave(self) -> bool:
        """`5/3/1` in front of everything, or with a name and no other number, is the name of a program."""
        if self.tokens[self.index].key != "5":
            return False
        keys = [token.key for token in self.tokens[self.index : self.index + 5]]
        if keys != ["5", "/", "3", "/", "1"] or any(a.kind == "amount" for a in self.atoms):
            return False
        is_alone = not any(token.kind == "number" for token in self.tokens[self.index + 5 :])
        if any(a.kind == "name" for a in self.atoms) and not is_alone:
            return False
        self._push("mark", 5, "plan")
        return True


def as_rest(amount: Atom) -> Atom:
    """Make a rest of a time; without a unit, small numbers are minutes; `2m` is minutes here."""
    factor = 1
    if amount.unit is None and amount.high is not None and amount.high <= 10:
        factor = 60
    if amount.unit == "metre":
        factor = 60
    low = amount.low * factor if amount.low is not None else None
    high = amount.high * factor if amount.high is not None else None
    return changed(amount, unit="rest", low=low, high=high)
