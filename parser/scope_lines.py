"""Lines that hold for others: rests below a block, rounds, circuits, EMOM, and schemes above a list."""

from __future__ import annotations

import re
from dataclasses import replace

from parser.atoms import Atom
from parser.block_heads import block_head_of
from parser.clauses import Clause, cut_clauses
from parser.document import Entry, Scope
from parser.exercise_lines import ExerciseLines
from parser.headings import is_body_part
from parser.lines import ScannedLine
from parser.name_spots import Spot
from parser.name_words import name_words
from parser.normalise import fold
from parser.outline_state import ALL_WORDS, of_first_sentence, rounds_of_minutes
from parser.vocabulary import translate


def _last_sentence(head: list[Atom]) -> list[Atom]:
    """`Full body, 3x/week. All lifts 3 sets of 8:` — only what stands behind the full stop heads the list."""
    stop = max((i for i, a in enumerate(head) if a.kind == "sep" and a.text == "."), default=-1)
    return head[stop + 1 :]


# Longer times beside rounds tell how long all of them may take.
LONGEST_TURN = 120


def _time_of_work(amounts: list[Atom], rest: list[Atom]) -> list[Atom]:
    """`4 rounds, 45 s work / 15 s rest` tells how long each exercise is done."""
    times = [a for a in amounts if a.unit in ("second", "pair")]
    is_turn = len(times) == 1 and bool(rest) and (times[0].low or 0) <= LONGEST_TURN
    return [replace(times[0], unit="second")] if is_turn else []


EACH_WORDS = ALL_WORDS | {"each", "every", "cada", "каждое", "каждого", "jeweils", "je", "chaque", "exercises"}
# `гиря 24:` tells the bell without its unit.
LIGHTEST_BELL = 8


class ScopeLines(ExerciseLines):
    """Reads rests and scopes."""

    def _read_block_head(self, line: ScannedLine, clauses: list[Clause]) -> bool:
        """`Pair 1 (rest 90s)` above exercises: the rest is that of the block below, not of the one above."""
        head = block_head_of(line.atoms) if not line.hashes else None
        if head is None or any(c.spot is not None and c.spot.is_known for c in clauses):
            return False
        superset = self._next_superset() if head.is_tied else None
        self.scope, self.scope_count, self.block = Scope(None, [], head.rests, superset, line=line.number), 0, []
        self.current = None
        self.stage(line, "scope", "block")
        return True

    def _read_rest_line(self, line: ScannedLine, clauses: list[Clause]) -> bool:
        """A line that only tells a rest holds for the block above it, or for all where it stands first or says so."""
        amounts = of_first_sentence([a for a in line.atoms if a.kind == "amount" or a.text in ".!"])
        rests = [a for a in amounts if a.unit == "rest"]
        others = [a for a in amounts if a.unit not in ("rest", "second", "other_unit")]
        if not rests or others or any(c.spot is not None and c.spot.is_known for c in clauses):
            return False
        targets = self._rest_targets(line)
        self.last_rest = (rests, line.number)
        if not targets:
            self.outline.whole_rest = rests
        for entry in targets:
            if not any(a.unit == "rest" for part in entry.parts for a in part) and not (
                entry.scope and entry.scope.rest_atoms
            ):
                entry.add(rests, is_shared=len(targets) > 1)
        self.block = []
        self.stage(line, "rest")
        return True

    def _rest_targets(self, line: ScannedLine) -> list[Entry]:
        if self.scope is not None and self.scope_count:
            return [e for e in self.outline.entries if e.scope is self.scope]
        labelled = [e for e in self.block if e.label]
        if labelled and labelled[-1] is self.block[-1]:
            return [e for e in self.block if e.label == labelled[-1].label]
        if self.block:
            return self.block
        return [e for e in self.outline.entries if e.day == self.day]

    def _read_scope_line(self, line: ScannedLine, clauses: list[Clause], atoms: list[Atom] | None = None) -> bool:
        """`3 rounds, 60s rest:`, `4 sets of 10-12:`, `EMOM 10 min:`, `AMRAP 12 min:`, `Circuit 3 rounds:`."""
        atoms = line.atoms if atoms is None else atoms
        scope = self._scope_of(atoms, clauses, line)
        if scope is None:
            return False
        self.scope, self.scope_count, self.block = scope, 0, []
        colon = next((i for i, a in enumerate(atoms) if a.kind == "sep" and a.text == ":"), None)
        rest = atoms[colon + 1 :] if colon is not None else []
        self.stage(line, "scope", "rounds" if scope.rounds else "scheme")
        if any(a.kind in ("name", "word", "amount") for a in rest):
            behind = cut_clauses(rest, self.finder)
            if any(c.spot is not None for c in behind):
                self._read_exercises(line, behind)
            else:
                scope.atoms.extend(rest)
        return True

    def _scope_of(self, atoms: list[Atom], clauses: list[Clause], line: ScannedLine) -> Scope | None:
        colon = next((i for i, a in enumerate(atoms) if a.kind == "sep" and a.text == ":"), len(atoms))
        head = _last_sentence(atoms[:colon]) if colon < len(atoms) else atoms
        if (
            any(a.role == "circuit" for a in head)
            and not any(a.unit == "round" for a in head)
            and not self.finder.find(atoms[colon:])
        ):
            head, colon = atoms, len(atoms)
        if self._tells_rounds_behind(head, atoms[colon + 1 :]):
            head, colon = atoms, len(atoms)
        load, equipment = self._equipment_of(head)
        if load is not None and colon < len(atoms):
            return Scope(None, [], [], None, line=line.number, load_atoms=[load], equipment=equipment)
        named = [s for s in self.finder.find(head) if s.is_known and not self._is_block_word(s)]
        if named or not head:
            return None
        amounts = [a for a in head if a.kind == "amount"]
        rounds = next((a for a in amounts if a.unit == "round"), None)
        roles = {a.role for a in head if a.kind == "mark"}
        rest = [a for a in amounts if a.unit == "rest"]
        if rounds is None and "circuit" in roles:
            rounds = next((a for a in amounts if a.unit in ("set", None) and (a.low or 0) <= 12), None)
        if rounds is None and "superset" in roles:
            rounds = self._times_of(head)
        if rounds is not None and rounds.low is not None:
            loads = [a for a in amounts if a.unit in ("kg", "lb")]
            return Scope(
                int(rounds.low),
                _time_of_work(amounts, rest),
                rest,
                self._next_superset(),
                line=line.number,
                load_atoms=loads[:1],
            )
        minutes = next((a for a in amounts if a.unit == "second"), None)
        bare = next((a for a in amounts if a.unit is None and a.low is not None and a.low <= 60), None)
        if minutes is None and bare is not None and "emom" in roles and len(amounts) == 1:
            return Scope(int(bare.low or 1), [], rest, None, line=line.number, is_emom=True)
        is_amrap = "amrap" in roles or any(a.unit == "amrap" for a in amounts)
        is_alone = bare is not None and sum(a.low is not None for a in amounts) == 1
        if minutes is None and is_amrap and is_alone and colon < len(atoms) - 1:
            return Scope(None, [], rest, self._next_superset(), is_open_ended=True, line=line.number)
        turns = next((a for a in amounts if a.unit == "set" and a.low is not None), None)
        if minutes is not None and turns is not None and ("emom" in roles or "every" in roles):
            return Scope(int(turns.low or 1), [], rest, None, line=line.number, is_emom=True)
        if minutes is not None and minutes.low is not None and ("emom" in roles or "every" in roles):
            return Scope(rounds_of_minutes(amounts), [], rest, None, line=line.number, is_emom=True)
        if minutes is not None and ("amrap" in roles or any(a.unit == "amrap" for a in amounts)):
            return Scope(None, [], rest, self._next_superset(), is_open_ended=True, line=line.number)
        sets = next((a for a in amounts if a.unit == "set" and a.low is not None), None)
        if "superset" in roles and sets is not None and colon < len(atoms) - 1:
            return Scope(int(sets.low or 1), [], rest, self._next_superset(), line=line.number)
        if "circuit" in roles or ("superset" in roles and not any(c.spot for c in clauses)):
            return Scope(None, [a for a in head if a.kind != "mark"], rest, self._next_superset(), line=line.number)
        return self._scheme_scope(atoms, head, colon, rest, line)

    def _tells_rounds_behind(self, head: list[Atom], behind: list[Atom]) -> bool:
        """`Hyrox prep: 4 rounds` heads a list as `4 rounds:` does."""
        told = [a for a in behind if a.kind == "amount"]
        if any(a.kind in ("amount", "name") for a in head) or not any(a.unit == "round" for a in told):
            return False
        return all(a.unit in ("round", "rest") for a in told) and not self.finder.find(behind)

    @staticmethod
    def _equipment_of(head: list[Atom]) -> tuple[Atom | None, str]:
        """`24 kg KB:` and `Гиря 24 кг:` tell what all that follows is done with."""
        told = [a for a in head if a.kind != "sep"]
        loads = [a for a in told if a.kind == "amount"]
        others = [a for a in told if a.kind in ("word", "name")]
        if len(loads) != 1 or loads[0].unit not in ("kg", "lb", None) or len(told) != len(others) + 1:
            return None, ""
        meanings = [meaning for a in others for _, meaning in translate(name_words(a.text))]
        is_bell = len(meanings) == 1 and meanings[0] in ("kettlebell", "dumbbell", "barbell")
        if loads[0].unit is None and (meanings != ["kettlebell"] or (loads[0].low or 0) < LIGHTEST_BELL):
            return None, ""
        return (loads[0], " ".join(a.text for a in others)) if is_bell else (None, "")

    @staticmethod
    def _times_of(head: list[Atom]) -> Atom | None:
        """`Giant set x3:` and `3x superset:` tell the rounds beside the sign of multiplication."""
        told = [a for a in head if a.kind not in ("sep", "mark") or a.role == "superset"]
        amounts = [a for a in told if a.kind == "amount"]
        is_plain = len(amounts) == 1 and any(a.kind == "times" for a in told) and len(told) == 3
        return amounts[0] if is_plain and amounts[0].unit in (None, "times") and (amounts[0].low or 0) <= 12 else None

    def _scheme_scope(
        self, atoms: list[Atom], head: list[Atom], colon: int, rest: list[Atom], line: ScannedLine
    ) -> Scope | None:
        """`4 sets of 10-12:` above a list, and a first line that ends with a rest for all."""
        work = [a for a in head if a.kind == "amount" and a.unit in (None, "set", "rep", "percent", "amrap")]
        has_colon = colon < len(atoms)
        is_scheme = any(a.unit == "set" for a in work) or any(a.kind == "times" for a in head)
        is_last = colon >= len(atoms) - 1
        if has_colon and is_last and [a.unit for a in work] == ["set"] and self._is_free_of_words(head) and work[0].low:
            return Scope(int(work[0].low), [], rest, None, line=line.number)
        if has_colon and is_last and is_scheme and work and self._is_free_of_words(head):
            return Scope(None, head, rest, None, line=line.number)
        if not has_colon and is_scheme and work and self._opens_list_of_names(line):
            figures = [a for a in head if a.unit != "rest" and a.role not in ("side", "rest_tail")]
            return Scope(None, figures, rest, None, line=line.number)
        is_title = any(a.kind == "word" or a.role == "plan" for a in head)
        if rest and not self.outline.entries and not work and is_title:
            self.outline.whole_rest = rest
            return Scope(None, [], rest, None, is_whole_text=True, line=line.number)
        return None

    def _opens_list_of_names(self, line: ScannedLine) -> bool:
        """`2 sets of 12-15 on each, 1 min rest` in front of all exercises of a day is what each is done for."""
        words = set(re.findall(r"[^\W\d_]+", fold(line.text)))
        names = [a for a in line.atoms if a.kind == "name" and not is_body_part(a.text, self.lexicon)]
        if names or line.has_role("past", "today") or any(e.day == self.day for e in self.outline.entries):
            return False
        return bool(words & EACH_WORDS)

    def _is_free_of_words(self, head: list[Atom]) -> bool:
        return sum(a.kind in ("word", "name") for a in head) <= 2

    def _is_block_word(self, spot: Spot) -> bool:
        return spot.resolution.method == "generic" and spot.text.lower() in self.lexicon.heading_words
