"""Lines without a name: sets of the exercise above, figures for all, repetitions of rounds, titles, or unread."""

from __future__ import annotations

import re

from parser.atoms import Atom
from parser.chunks import ends_cut_off
from parser.clauses import Clause, without_brackets
from parser.document import Entry, Scope
from parser.headings import clean_name, is_body_part
from parser.lines import ScannedLine
from parser.name_spots import Spot
from parser.name_words import name_words
from parser.normalise import fold
from parser.outline_state import (
    ALL_WORDS,
    OutlineState,
    has_repetitions,
    has_work,
    is_told_elsewhere,
    looks_like_work,
    tells_marks,
    without_row_number,
)
from parser.reading import UnreadLine
from parser.talked_sets import is_talked_set
from parser.vocabulary import modifier_stems

LONGEST_HOLD = 600
EFFORT_FOR_ALL = ALL_WORDS | {
    "overall", "throughout", "everywhere", "each", "every", "uberall", "jeweils", "immer", "siempre", "sempre",
    "partout", "toujours", "todas", "todos", "toutes", "везде", "всех", "каждом", "каждый", "them", "series", "allen",
}  # fmt: skip
MOST_WORDS = 3
LEAST_FIGURES = 3
LEAST_LETTERS = 5
TALKING = ("greeting", "life", "question", "duration", "skip", "tomorrow", "note", "link", "other_day", "advice")


class NamelessLines(OutlineState):
    """Reads lines that name no exercise."""

    def _read_nameless(self, line: ScannedLine, clauses: list[Clause]) -> None:
        """Figures without a name are sets of the exercise above; without one, and with figures of sets, they are
        unread.
        """
        atoms = line.atoms
        if tells_marks(atoms):
            self.stage(line, "talk")
            return
        if self._reads_effort_for_all(line, atoms):
            self.stage(line, "effort for all")
            return
        if self._reads_for_all(line, atoms):
            self.stage(line, "figures for all")
            return
        if self._reads_wave(atoms):
            self.stage(line, "scope", "repetitions")
            return
        if self.current is None and self.title_spot is not None and self._continues(line, atoms):
            spot = self.title_spot
            self.current = Entry(spot, line.number, line.start, line.end, day=self.day, is_inherited=True)
            self.outline.entries.append(self.current)
        if self.current is not None and self._opens_with_a_name(line, atoms):
            self._leave_unread(line)
            self.current = None
            return
        if self.current is not None and self._continues(line, atoms):
            atoms = without_row_number(atoms, sum(has_work(part) for part in self.current.parts))
            self._enter_current(line)
            self._drop_announcement(line, atoms)
            self.current.add(atoms, line.set_label or "")
            self.stage(line, "set")
            return
        if self.title_spot is None and not self.outline.entries:
            self._keep_title(line, clauses)
        is_open = looks_like_work(atoms) or is_told_elsewhere(line) or self._counts_body_part(atoms)
        if is_open or ends_cut_off(atoms) or self._stays_open(line, clauses):
            self._leave_unread(line)
        else:
            self.stage(line, "talk")

    def _read_talked_set(self, line: ScannedLine, clauses: list[Clause]) -> bool:
        """`80x6 spotter helped on the last one` right below other sets is one of them; the talk keeps it in doubt."""
        if self.current is None or self.is_after_blank or not is_talked_set(line.atoms, clauses, self.current):
            return False
        self._enter_current(line)
        self.current.add(line.atoms, line.set_label or "")
        self.stage(line, "set", "with talk")
        return True

    def _stays_open(self, line: ScannedLine, clauses: list[Clause]) -> bool:
        """Among exercises, words with several bare numbers, or with a name and sets without a number, tell of one
        that cannot be read: `blorbed the sled 40 back and forth 3`, `leg press quattro serie da otto`.
        """
        if not self.outline.entries or line.has_role(*TALKING) or any(atom.text in "?!" for atom in line.atoms):
            return False
        bare = [a for a in line.atoms if a.is_number and a.unit is None]
        if len(bare) > 1:
            return True
        said = [a for a in line.atoms if a.kind != "sep"]
        words = [a for a in said if a.kind == "word" and fold(a.text) not in self.lexicon.fillers]
        counts = any(a.kind == "mark" and a.role in ("set", "rep", "round") for a in said)
        return bool(words) and counts and said[0].kind == "name" and not any(a.is_number for a in said)

    def _opens_with_a_name(self, line: ScannedLine, atoms: list[Atom]) -> bool:
        """`podciąganie 10, 8, 6` below squats: an unknown word and several figures are another exercise's."""
        told = [a for a in atoms if a.kind != "sep"]
        if self.current is None or self.current.line == line.number or line.set_label is not None or line.indent:
            return False
        words = [a for a in told if a.kind == "word"]
        figures = told[len(words) :]
        if not 1 <= len(words) < MOST_WORDS or told[: len(words)] != words or len(figures) < LEAST_FIGURES:
            return False
        unknown = [a for a in words if fold(a.text) not in self.lexicon.fillers and len(a.text) >= LEAST_LETTERS]
        is_said = any(is_body_part(a.text, self.lexicon) or name_words(a.text) in modifier_stems() for a in words)
        return bool(unknown) and not is_said and all(a.is_number and a.unit is None for a in figures)

    def _counts_body_part(self, atoms: list[Atom]) -> bool:
        """`chest 10` names no exercise, but ten of something were done."""
        told = [a for a in atoms if a.kind != "sep"]
        if not 2 <= len(told) <= MOST_WORDS or not told[-1].is_number or told[-1].unit not in (None, "rep", "second"):
            return False
        return all(a.kind in ("word", "name") and is_body_part(a.text, self.lexicon) for a in told[:-1])

    def _leave_unread(self, line: ScannedLine) -> None:
        self.outline.unread.append(UnreadLine(line.number, line.text.strip()))
        self.stage(line, "unread")

    def _reads_for_all(self, line: ScannedLine, atoms: list[Atom]) -> bool:
        """`All 8-12 reps, 2 min rest` below exercises that have no repetitions of their own."""
        words = " ".join(fold(a.text) for a in atoms if a.kind in ("word", "mark", "name")).split()
        if not words or words[0] not in ALL_WORDS or not any(a.kind == "amount" for a in atoms):
            return False
        targets = [e for e in self.outline.entries if e.day == self.day and not has_repetitions(e)]
        figures = [a for a in atoms if a.kind in ("amount", "times", "of", "at", "sep")]
        for entry in targets:
            entry.parts = [
                [b for part in entry.parts for b in part] + [Atom("sep", line.start, line.start, ","), *figures]
            ]
            entry.part_kinds = [""]
        return bool(targets)

    def _reads_effort_for_all(self, line: ScannedLine, atoms: list[Atom]) -> bool:
        """`All sets RIR 1-2`, `RPE überall so 8` on a line of its own: the effort of what has none, everywhere."""
        amounts = [a for a in atoms if a.kind == "amount"]
        words = set(re.findall(r"[^\W\d_]+", fold(line.text)))
        is_effort = bool(amounts) and all(a.unit in ("rpe", "rir") for a in amounts)
        if not is_effort or not words & EFFORT_FOR_ALL or line.has_role("last_set"):
            return False
        targets = [e for e in self.outline.entries if e.parts and not _tells_effort(e)]
        for entry in targets:
            # In brackets, what follows several sets is meant for all of them.
            opening, closing = (Atom("sep", line.start, line.start, sign) for sign in "()")
            entry.parts[-1] = [*entry.parts[-1], opening, *amounts, closing]
        return bool(targets)

    def _reads_wave(self, atoms: list[Atom]) -> bool:
        """`21-15-9` above exercises: repetitions of each round, for all of them."""
        amounts = [a for a in atoms if a.kind == "amount"]
        is_plain = all(a.kind in ("amount", "sep") for a in atoms) and all(a.unit in (None, "rep") for a in amounts)
        is_open = self.current is None or (self.scope is not None and not self.scope_count)
        if not is_plain or len(amounts) < 3 or not is_open:
            return False
        superset = self.scope.superset if self.scope is not None else self._next_superset()
        self.scope, self.scope_count = Scope(None, atoms, [], superset, line=0), 0
        return True

    def _enter_current(self, line: ScannedLine) -> None:
        """The exercise under way before this text becomes part of it with its first figures."""
        current = self.current
        if current is not None and current.line == 0:
            current.line, current.start, current.end = line.number, line.start, line.end
            self.outline.entries.append(current)

    def _drop_announcement(self, line: ScannedLine, atoms: list[Atom]) -> None:
        """`Bench - worked to a heavy triple` above `45 x 10`, `135 x 5`: the triple is one of the sets below."""
        current = self.current
        if current is None or len(current.parts) != 1 or current.line == line.number or current.is_table:
            return
        told = [a for a in current.parts[0] if a.kind == "amount"]
        is_announced = len(told) == 1 and told[0].role == "rep_count"
        if is_announced and any(a.kind == "times" or a.unit in ("kg", "lb") for a in atoms):
            current.parts, current.part_kinds = [], []
            current.extra_words += 1

    def _continues(self, line: ScannedLine, atoms: list[Atom]) -> bool:
        marks = {a.role for a in atoms if a.kind == "mark"}
        if marks & {"side", "tempo_value"} and not has_work(atoms):
            return True
        if not has_work(atoms):
            return bool(marks & {"amrap", "correct", "same"})
        units = {a.unit for a in atoms if a.kind == "amount"}
        if _sums_up(atoms) and not self._is_timed():
            return False
        if "past" in marks and units <= {"second", "other_unit"}:
            return False
        words = sum(a.kind == "word" for a in atoms)
        return words <= 3 and not marks & {"greeting", "life", "question", "duration"}

    def _is_timed(self) -> bool:
        best = self.current.spot.resolution.best if self.current is not None else None
        known = self.vocabulary.get_exercise(best.key) if best is not None else None
        return known is not None and known.measure in ("duration", "distance")

    def _named_in_title(self, line: ScannedLine, spot: Spot) -> Spot | None:
        """`Bench peaking`: the title of a text names the exercise, whatever the words beside it."""
        if spot.is_known:
            return spot
        name = next((a for a in line.atoms if a.kind == "name" and spot.start <= a.start < spot.end), None)
        resolution = self.vocabulary.resolve(name.text) if name is not None else None
        if name is None or resolution is None or resolution.name is None:
            return None
        return Spot(name.start, name.end, name.text, resolution, 0, True)

    def _keep_title(self, line: ScannedLine, clauses: list[Clause]) -> None:
        if self.outline.title is None and line.number <= 3:
            self.outline.title = clean_name(line.text)
        for clause in clauses:
            if self.title_candidate is None and clause.spot is not None:
                self.title_candidate = self._named_in_title(line, clause.spot)
            is_head = line.has_role("plan", "week") or any(a.unit == "week" for a in line.atoms)
            if clause.spot is not None and clause.spot.is_known and is_head:
                self.title_spot = clause.spot

    def take_title(self) -> Spot | None:
        """Give the exercise that the line above a table names, where the table has no column for names."""
        entries = self.outline.entries
        last = entries[-1] if entries else None
        is_bare = last is not None and not any(has_work(without_brackets(part)) for part in last.parts)
        if last is not None and is_bare and last.spot.is_known:
            entries.pop()
            return last.spot
        return self.title_spot or (self.title_candidate if not entries else None)

    def _leaves_scope(self, line: ScannedLine) -> bool:
        """`Then row 2k` comes after the rounds above it; so does what follows `EMOM 8 min: 10 push-ups` on one line."""
        scope = self.scope
        is_told_on_line = (
            scope is not None
            and bool(scope.is_emom or scope.equipment)
            and any(e.line == scope.line for e in self.block)
        )
        return line.first_role() == "then" or (is_told_on_line and scope is not None and line.number > scope.line)


def _tells_effort(entry: Entry) -> bool:
    return any(a.unit in ("rpe", "rir") for part in entry.parts for a in part)


def _sums_up(atoms: list[Atom]) -> bool:
    """`48 min | 312 cal | avg HR 118` and `1RM: 245` sum a workout or a lift up; they are no sets of it."""
    told = [a for a in atoms if a.kind == "amount"]
    units = {a.unit for a in told}
    is_long = any(a.unit == "second" and (a.low or 0) >= LONGEST_HOLD for a in told)
    if units <= {"second", "calorie", "other_unit"} and (is_long or "calorie" in units):
        return True
    said = [a for a in atoms if a.kind != "sep"]
    if bool(said) and said[0].role == "total" and not any(a.kind == "times" or a.unit in ("kg", "lb") for a in atoms):
        return True
    return bool(said) and (said[0].unit == "repmax" or said[0].role == "training_max") and len(told) <= 2
