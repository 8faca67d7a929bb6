"""Goes through the tokens of a line and makes atoms of them: names, phrases of the grammar, amounts, signs."""

from __future__ import annotations

from decimal import Decimal

from parser.amount_scanner import AmountScanner, as_rest
from parser.atoms import Atom, changed

OPENS_A_LINK = frozenset({"http", "https", "www", "@", "#"})

MOVEMENTS = frozenset({"jump", "jumps"})
# `RPE was 8`, `RPE überall so 8`: what may stand between the word for an effort and its number.
BETWEEN_EFFORT = frozenset(
    ["was", "were", "is", "so", "all", "around", "overall", "uberall", "jeweils", "immer", "war", "era", "fue", "etait",
     "partout", "везде", "всегда", "был", "siempre", "sempre", "toujours"]
)  # fmt: skip

# Nobody who lifts weighs less, in kilograms or pounds.
LIGHTEST_LIFTER = 35


class AtomScanner(AmountScanner):
    """Reads the tokens of one line from left to right."""

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
        if token.key == "/" and phrase_size and self._opens_a_name(phrase_size):
            phrase_size, entries = 0, ()
        is_planning = (
            bool(name_size) and name_size == phrase_size and self._is_grammar([e.role for e in entries], phrase_size)
        )
        if (
            name_size
            and name_size >= phrase_size
            and not is_planning
            and not (token.kind == "number" and name_size == 1)
        ):
            self._take_name(name_size, [e.role for e in entries] if name_size == phrase_size else [])
        elif token.kind in ("number", "clock"):
            self._take_amount()
        elif token.kind == "illegible":
            self._push("mark", 1, "cut_off")
        elif entries and self._takes_phrase(phrase_size, [e.role for e in entries], entries[0].value):
            return
        elif token.kind == "word":
            self._push("word", 1)

    def _opens_a_name(self, size: int) -> bool:
        """`4x10 / DB row` and `3x8 / leg press`: behind a sign with spaces, the word starts the next name."""
        after = self.index + size
        is_apart = size > 1 and not self.tokens[self.index + 1].is_glued
        return is_apart and after < len(self.tokens) and self.tokens[after].kind == "word"

    def _is_grammar(self, roles: list[str], size: int) -> bool:
        """A word of plans is no name, nor is `Intervalo: 45 s`, nor a word that heads a section without figures."""
        if "plan" in roles or "tabata" in roles:
            return True
        after = self.index + size
        if "rest" in roles and after < len(self.tokens):
            return self.tokens[after].key == ":" or self.tokens[after].kind in ("number", "clock")
        return "section" in roles and not any(t.kind in ("number", "clock") for t in self.tokens)

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
        """A number glued to what follows belongs to a figure, not to a name; so does the `bw` of `chins bw+25`."""
        following = self.tokens[index + 1] if index + 1 < len(self.tokens) else None
        if following is not None and following.key in ("+", "-") and self._is_number(index + 2):
            _, entries = self.lexicon.at(self.tokens, index)
            if any(entry.role == "bodyweight" for entry in entries):
                return True
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

    def _take_sign(self) -> None:
        token = self.tokens[self.index]
        kind = {"@": "at", "*": "times"}.get(token.key, "sep")
        if token.key == "*" and not (self.index and self.atoms and self.atoms[-1].kind == "amount"):
            kind = "sep"
        self._push(kind, 1)

    def _skip_link(self) -> bool:
        token = self.tokens[self.index]
        if token.key not in OPENS_A_LINK:
            return False
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

    def _takes_phrase(self, size: int, roles: list[str], value: int) -> bool:
        role = roles[0]
        token = self.tokens[self.index]
        if role == "training_max" and token.key == "of" and self.atoms and self.atoms[-1].unit == "set":
            # `5 sets of max reps` go as far as they can.
            role = "amrap"
        if role == "difference" and token.key in MOVEMENTS and self._stands_behind_name():
            # `dumbbell lunge jumps`: another movement, not how much the load jumps by.
            self._push("word", size)
            return True
        if "weekday" in roles and role != "weekday" and self._heads_a_day(size):
            values = self.lexicon.at(self.tokens, self.index)[1]
            role, value = "weekday", next(entry.value for entry in values if entry.role == "weekday")
        if token.key in ("x", "*") or role == "times":
            self._push("times", size)
        elif role == "bar_word" and self._is_times(self.index + size):
            self._take_load_word(size, "bar")
        elif role == "bar_word" or (role == "bar" and self._tells_kind_of_bar(size)):
            self._push("word", size)
        elif role in ("bodyweight", "bar"):
            self._take_load_word(size, role)
        elif role in ("amrap", "failure") and self.atoms and self.atoms[-1].kind == "times":
            self._push("mark", size, role)
            self.atoms[-1] = changed(self.atoms[-1], kind="amount", unit="amrap")
        elif role in ("rpe", "rir", "rest", "tempo", "rep", "set", "metric") and self._takes_labelled(role, size):
            return True
        elif role == "rep_count" or "rep_count" in roles:
            self._push("mark", size, "rep_count", value)
            count = Decimal(value)
            self.atoms[-1] = changed(self.atoms[-1], kind="amount", unit="rep", low=count, high=count)
        elif role == "pause" and "rest" in roles and self._is_long_pause(size) and self._takes_labelled("rest", size):
            return True
        elif token.key == "a" and self._is_article():
            self._push("word", size)
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

    def _stands_behind_name(self) -> bool:
        return bool(self.atoms) and self.atoms[-1].kind == "name"

    def _heads_a_day(self, size: int) -> bool:
        """`Mi: Latzug 4x10`, `Do - Beine`: at the start of a line before a sign, a short word is a weekday."""
        following = self.tokens[self.index + size] if self.index + size < len(self.tokens) else None
        is_first = not any(atom.kind != "sep" for atom in self.atoms)
        return is_first and following is not None and following.key in (":", "-", "(") and self.tokens[0].kind == "word"

    def _is_times(self, index: int) -> bool:
        """`barra x10` is the empty bar ten times; in `remo con barra` the word belongs to the name."""
        if index + 1 >= len(self.tokens) or self.tokens[index + 1].kind != "number":
            return False
        return self.tokens[index].key in ("x", "*")

    def _tells_kind_of_bar(self, size: int) -> bool:
        """The bar of `curls w/ ez bar 30 12 12` and `trap bar` is no empty bar: its load stands behind it."""
        if size != 1 or not self.index:
            return False
        keys = (self.tokens[self.index - 1].key, self.tokens[self.index].key)
        return keys in self.lexicon.modifiers

    def _is_article(self) -> bool:
        """`work up to a 3 @8`: a sign for a load or an effort stands behind the number, so the letter is none."""
        after = self.tokens[self.index + 1 : self.index + 3]
        return len(after) == 2 and after[0].kind == "number" and after[1].key == "@"

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
        if self.tokens[after].has_decimals or self._is_times(after + 1):
            # `bench w/ pause - 107.5 x 3`: sets, and no rest.
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
        if role == "bodyweight" and self._takes_weigh_in(size):
            return
        self._push("amount", size)
        self.atoms[-1] = changed(self.atoms[-1], unit=role)
        if role != "bodyweight" or self.index + 1 >= len(self.tokens):
            return
        sign, number = self.tokens[self.index], self.tokens[self.index + 1]
        if sign.key in "+-" and number.kind == "number" and (number.is_glued or sign.key == "+"):
            self.index += 1
            self._take_amount()
            start = self.atoms[-2].start
            self.atoms[-2:] = [changed(self.atoms[-1], sign=sign.key, start=start)]

    def _takes_weigh_in(self, size: int) -> bool:
        """`Bodyweight 79.8` in front of all names says what the lifter weighs."""
        after = self.index + size
        if after < len(self.tokens) and self.tokens[after].key in (":", "=", "-"):
            after += 1
        if not self._is_number(after) or any(atom.kind == "name" for atom in self.atoms):
            return False
        size_of_unit, entries = self.lexicon.at(self.tokens, after + 1) if after + 1 < len(self.tokens) else (0, ())
        has_unit = bool(entries) and entries[0].role in ("kg", "lb")
        end = after + 1 + (size_of_unit if has_unit else 0)
        is_last = end >= len(self.tokens) or self.tokens[end].key in (".", ",", ";", ")", "/", "|")
        if (self.tokens[after].value or 0) < LIGHTEST_LIFTER or not is_last:
            return False
        self._push("mark", end - self.index, "life")
        return True

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
        if role == "rpe" and [t.key for t in self.tokens[self.index : self.index + 2]] == ["/", "10"]:
            self.index += 2
        amount = self.atoms[-1]
        if role == "metric":
            self.atoms[-1] = changed(amount, unit="other_unit", start=start)
            return True
        if role == "set" and amount.unit is not None and amount.unit != "set":
            return True
        self.atoms[-1] = changed(self._labelled(amount, role), start=start)
        return True

    def _of_size(self, index: int, role: str) -> int:
        """Words between a rest and its time: `rest of about`, `отдых между кругами`; give their tokens."""
        if role in ("rpe", "rir"):
            size, entries = self.lexicon.at(self.tokens, index)
            is_between = self.tokens[index].key in BETWEEN_EFFORT
            return size if entries and entries[0].role in ("emphatic", "of") else int(is_between)
        if role != "rest":
            return 0
        size, entries = self.lexicon.at(self.tokens, index)
        return size if entries and entries[0].role in ("of", "emphatic", "rest_tail", "at", "load_for") else 0

    @staticmethod
    def _labelled(amount: Atom, role: str) -> Atom:
        if role == "rest":
            return as_rest(amount)
        return changed(amount, unit=role) if amount.unit in (None, role) or role in ("rpe", "rir") else amount

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
