"""Units behind numbers: weights, times such as `1 min 30`, distances, sets, repetitions, percents."""

from __future__ import annotations

from decimal import Decimal

from parser.atoms import Atom, changed
from parser.lexer import Token
from parser.token_cursor import TokenCursor

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
SET_ORDINALS = frozenset({"a", "o", "ere", "re", "eme", "e"})
GLUED_ONLY = ("r", "d", "st", "k", "с", "п.", "g", "n")
# Clock times from five o'clock on behind these words, or from one to another, are times of day.
SEPARATORS = frozenset(",/;|>()[]:+-&=•\"'.!?\\{}<~^_$€")
PACE_WORDS = frozenset({"pace", "race", "effort", "tempo", "темп", "темпе", "темпом", "ritmo", "allure", "renntempo"})
# More sets than this are not told as so many singles.
MOST_COUNTED = 20
# So many times the repetitions is what the bar weighs.
LEAST_TIMES = 5
# Nobody adds more at once without saying of what.
LARGEST_STEP = 10
# Treadmills go no steeper, in percent.
STEEPEST = 20


class UnitScanner(TokenCursor):
    """Attaches the unit that follows a number."""

    def _with_unit(self, amount: Atom) -> Atom:
        """Attach the unit that follows a number, if one does."""
        index = self.index
        if index < len(self.tokens) and self.tokens[index].key == "-" and self.tokens[index].is_glued:
            index += 1
        if index >= len(self.tokens):
            return amount
        token = self.tokens[index]
        if token.key == '"' and self._closes_quotation(index):
            return amount
        if token.key in ("'", '"') and token.is_glued:
            if token.key == "'" and self._ends_with_s(index + 1):
                return self._taken(amount, 2, "pair")
            return self._with_quotes(amount)
        closes = index + 1 < len(self.tokens) and self.tokens[index + 1].key == ")"
        if token.key == "in" and (token.is_glued or closes):
            # `box jumps 24in`: inches tell how high.
            return self._taken(amount, 1, "other_unit")
        if token.key == "er" and token.is_glued:
            return self._with_er(amount, index)
        if token.key in SET_ORDINALS and token.is_glued and index == self.index and self._names_set(index + 1):
            return self._taken(amount, 2, "other_unit")
        if token.key in ORDINALS and token.is_glued and index == self.index:
            return self._taken(amount, 1, "other_unit")
        if token.key == "s" and index == self.index:
            return self._taken(amount, 1, "pair" if token.is_glued else "second")
        size, entries = self.lexicon.at(self.tokens, index)
        roles = [e.role for e in entries]
        if roles[:1] == ["difference"] and index == self.index and self._is_small_step(amount):
            return self._taken(amount, size, "other_unit")
        if not roles or (token.key in GLUED_ONLY and not token.is_glued) or (token.key == "#" and not token.is_glued):
            return amount
        if index != self.index and roles[0] not in (*SECONDS, *METRES, "rep", "set", "kg", "lb", "round"):
            return amount
        self.index = index
        return self._with_role(amount, size, roles)

    def _closes_quotation(self, index: int) -> bool:
        """`"135x10,155x8"`: where a quotation was opened in front of the figures, the sign behind them closes it."""
        signs = [i for i, token in enumerate(self.tokens[:index]) if token.key == '"']
        opened = [i for i in signs if not (i and self.tokens[i].is_glued and self.tokens[i - 1].kind == "number")]
        return len(opened) % 2 == 1 and len(signs) == len(opened)

    def _names_set(self, index: int) -> bool:
        """`1ª serie`, `2ème série`: the word for a set behind an ordinal."""
        entries = self.lexicon.phrases.get((self.tokens[index].key,), ()) if index < len(self.tokens) else ()
        return any(entry.role in ("set", "set_label") for entry in entries)

    def _with_role(self, amount: Atom, size: int, roles: list[str]) -> Atom:
        role = roles[0]
        if role == "other_unit" and len(roles) > 1 and roles[1] in PLAIN_UNITS:
            role = roles[1]
        if role in SECONDS:
            return self._with_seconds(amount, size, role)
        if role in METRES and self._tells_pace(self.index + size):
            return self._taken(amount, size + 1, "other_unit")
        if role in METRES:
            return self._with_metres(amount, size, role)
        if role == "rep_count" and (amount.low or 0) > MOST_COUNTED:
            # `up to 180 single`: a load, and the repetition behind it.
            return amount
        if role == "rep_count":
            return self._with_rep_count(amount, size)
        if role == "percent" and self._is_slope(self.index + size, amount):
            return self._taken(amount, size + 1, "other_unit")
        if role in ("drop", "back_off", "top_set", "working") and self._ends_with_sets(size):
            return self._taken(amount, size, "set")
        if role in PLAIN_UNITS and not self._belongs_ahead(role, size, amount):
            return self._taken(amount, size, "other_unit" if self._is_difference(role, self.index + size) else role)
        if role in ("times", "times_or_reps") and self._is_frequency(self.index + size):
            return self._taken(amount, size, "other_unit")
        if role == "times_or_reps" and self._opens_repetitions(self.index + size):
            return self._taken(amount, size, "set")
        if role == "times_or_reps" and not self._is_number(self.index + size):
            return self._taken(amount, size, "times")
        if role == "set_label":
            return self._taken(amount, size, "set")
        return amount

    def _ends_with_sets(self, size: int) -> bool:
        """`2 back-off sets of 8` counts sets, as `3 drop sets` does; in `100x5 back off sets 80x8` 5 is a factor."""
        if self.atoms and self.atoms[-1].kind == "times":
            return False
        last = self.tokens[self.index + size - 1].key
        entries = self.lexicon.phrases.get((last,), ())
        return last.endswith("sets") or any(entry.role == "set" for entry in entries)

    def _is_slope(self, index: int, amount: Atom) -> bool:
        """`6% incline` is how steep it was."""
        if index >= len(self.tokens) or amount.low is None or amount.low > STEEPEST:
            return False
        return self.lexicon.modifiers.get((self.tokens[index].key,)) == "incline"

    def _tells_pace(self, index: int) -> bool:
        """`6x800m @ 5k pace`: how fast, not how far."""
        return index < len(self.tokens) and self.tokens[index].key in PACE_WORDS

    def _is_difference(self, role: str, index: int) -> bool:
        """`2.5kg more than last week` and `5 lb heavier` tell how loads differ, and no load."""
        if role not in ("kg", "lb") or index >= len(self.tokens):
            return False
        _, entries = self.lexicon.at(self.tokens, index)
        return any(entry.role == "difference" for entry in entries)

    def _opens_repetitions(self, index: int) -> bool:
        """`3 раза по 5`: what is done so many times has its repetitions behind it."""
        return index < len(self.tokens) and self.tokens[index].key in ("по", "a") and self._is_number(index + 1)

    def _is_small_step(self, amount: Atom) -> bool:
        """`2.5 more on the bench`: so small a number, which no sign multiplies, tells by how much."""
        is_factor = bool(self.atoms) and self.atoms[-1].kind == "times"
        return not is_factor and not amount.sign and (amount.low or LARGEST_STEP + 1) <= LARGEST_STEP

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
        return changed(amount, unit=unit, end=end, text=self.text[amount.start : end], is_short=is_short)

    def _with_rep_count(self, amount: Atom, size: int) -> Atom:
        """Read `5 singles` as five sets of one."""
        self.atoms.append(changed(amount, unit="set"))
        value = Decimal(self.lexicon.at(self.tokens, self.index)[1][0].value)
        return changed(self._taken(amount, size, "rep"), low=value, high=value)

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

    def _with_er(self, amount: Atom, index: int) -> Atom:
        """The `5er` of `3 5er Sätze` tells repetitions, the number in front the sets; `14er` alone are dumbbells."""
        size, entries = self.lexicon.at(self.tokens, index + 1) if index + 1 < len(self.tokens) else (0, ())
        if not any(entry.role in ("set", "round", "set_label") for entry in entries):
            return self._taken(amount, 1, "rep" if self._follows_load(amount) else "pair")
        before = self.atoms[-1] if self.atoms else None
        if before is not None and before.is_number and before.unit is None:
            self.atoms[-1] = changed(before, unit="set")
        return self._taken(amount, 1 + size, "rep")

    def _follows_load(self, amount: Atom) -> bool:
        """`140 3er` is a load and its repetitions."""
        before = self.atoms[-1] if self.atoms else None
        is_load = before is not None and before.is_number and before.unit in (None, "kg")
        return is_load and before is not None and (before.low or 0) >= LEAST_TIMES * (amount.low or 0) > 0

    def _ends_with_s(self, index: int) -> bool:
        """`70's` are dumbbells of 70, not minutes."""
        return index < len(self.tokens) and self.tokens[index].key == "s" and self.tokens[index].is_glued

    @staticmethod
    def _scaled(amount: Atom, factor: int | Decimal) -> Atom:
        low = amount.low * factor if amount.low is not None else None
        high = amount.high * factor if amount.high is not None else None
        return changed(amount, low=low, high=high)

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
        return changed(timed, low=total, high=total, end=end, text=self.text[timed.start : end])

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
