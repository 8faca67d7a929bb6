"""Lines that name exercises: which names, with which figures, tied together or not."""

from __future__ import annotations

from dataclasses import replace

from parser.atoms import Atom
from parser.clauses import Clause, without_brackets
from parser.document import Entry, Scope
from parser.headings import is_body_part
from parser.lines import ScannedLine
from parser.name_spots import Spot
from parser.name_words import name_words
from parser.nameless_lines import NamelessLines
from parser.normalise import fold
from parser.outline_state import (
    ATTACHED,
    REFUSALS,
    WORK_UNITS,
    asks,
    has_product,
    has_work,
    rounds_at_end,
    share_rest,
    stands_in_talk,
    talk_around,
    tells_maxima,
    without_calendar,
)
from parser.reading import UnreadLine
from parser.vocabulary import translate

# Nobody rows a bar for two minutes.
LONG_ROW = 120
CAUSES = frozenset({"from", "since", "after", "от", "после", "von", "vom", "nach", "apres", "despues", "depois", "por"})


def _opens_sentence(clause: Clause) -> bool:
    return bool(clause.atoms) and clause.atoms[0].kind == "sep" and clause.atoms[0].text in ".;!"


def _goes_on(before: Clause, clause: Clause) -> bool:
    """`3 rounds: 10 burpees, 15 squats. Then plank 2x60 s`: the next sentence is no part of the rounds."""
    ahead = [a for a in clause.atoms if clause.spot is None or a.end <= clause.spot.start]
    is_stopped = _opens_sentence(clause) or (bool(before.atoms) and before.atoms[-1].text in (".", ";", "!"))
    return is_stopped and any(a.role == "then" for a in ahead)


SURE = 0.9
EXCEPTIONS = frozenset({"except", "excepting", "кроме", "ausser", "salvo", "excepto", "sauf", "exceto", "menos"})


def _share_tied(named: list[Clause]) -> None:
    """`curls + pushdowns 3x12` and `clean + front squat + jerk 5x2`: figures behind names that a plus ties are of all.

    How they are to be divided is not said, which stays in doubt.
    """
    last = named[-1]
    is_tied = len(named) > 1 and all(clause.is_tied for clause in named[1:]) and has_product(last.atoms)
    if not is_tied or any(clause.has_amounts for clause in named[:-1]):
        return
    for clause in named:
        clause.is_shared = True
    for clause in named[:-1]:
        clause.atoms = [a for a in last.atoms if not (a.kind == "sep" and a.text in "+&")]


class ExerciseLines(NamelessLines):
    """Reads lines with names."""

    def _read_exercises(self, line: ScannedLine, clauses: list[Clause]) -> None:
        named = [c for c in clauses if c.spot is not None]
        if not named:
            self._read_nameless(line, clauses)
            return
        if tells_maxima(line.atoms):
            spots = [c.spot for c in named if c.spot is not None and c.spot.is_known]
            if len(spots) == 1 and not self.outline.entries:
                self.title_spot = spots[0]
            self._leave_unread(line)
            return
        _share_tied(named)
        superset = self._superset_of_line(line, named)
        rounds = self._rounds_of_line(line, named)
        taken, refused = False, list[Clause]()
        if self.scope is not None and self.scope_count and self._leaves_scope(line):
            self.scope = None
        outer = self.scope
        first = len(self.outline.entries)
        for place, clause in enumerate(named):
            if _opens_sentence(clause):
                self.scope = outer
            if place and self.scope is not None and _goes_on(named[place - 1], clause):
                self.scope = self.scope if self.scope.line != line.number else None
            self.scope = rounds.get(place, self.scope)
            if self._read_clause(line, clause, superset, len(named)):
                taken = True
            else:
                refused.append(clause)
        self.scope = outer
        if taken:
            self._show_refused(line, refused)
        share_rest(self.outline.entries[first:])
        if not taken:
            self._keep_announced(line, named)
            self._read_nameless(line, clauses)

    def _show_refused(self, line: ScannedLine, refused: list[Clause]) -> None:
        """`do pull-ups, as many as you can, 4 times through. Dips 3x10`: what is not read beside others is shown."""
        for clause in refused:
            known = clause.spot is not None and clause.spot.is_known and clause.spot.resolution.score >= SURE
            counts = any(a.kind == "amount" and a.unit in WORK_UNITS and a.unit != "second" for a in clause.atoms)
            if known and counts and not line.has_role("question", "tomorrow"):
                told = self.text[clause.start : clause.end].strip(" .,;:-")
                self.outline.unread.append(UnreadLine(line.number, told))

    def _keep_announced(self, line: ScannedLine, named: list[Clause]) -> None:
        """`Bench today went like this` announces the exercise of the figures below."""
        spots = [c.spot for c in named if c.spot is not None and c.spot.resolution.score >= 0.9]
        if len(spots) == 1 and line.has_role("past", "today") and not line.has_role("question"):
            self.title_spot, self.current = spots[0], None

    def _rounds_of_line(self, line: ScannedLine, named: list[Clause]) -> dict[int, Scope]:
        """`4 rounds of 10 swings and 8 goblet squats`: the rounds hold for the exercises behind them in the sentence.

        The scopes are given by the place of the first clause that they hold for.
        """
        found: dict[int, Scope] = {}
        closing = rounds_at_end([clause.atoms for clause in named])
        if closing is not None:
            return {0: Scope(int(closing.low or 1), [], [], self._next_superset(), line=line.number)}
        for place, clause in enumerate(named):
            rounds = next((a for a in clause.atoms if a.unit == "round" and a.low is not None), None)
            behind = named[place + 1] if place + 1 < len(named) else None
            is_behind_name = clause.spot is not None and rounds is not None and rounds.start > clause.spot.start
            if rounds is None or behind is None or is_behind_name or _opens_sentence(behind):
                continue
            if any(a.kind == "times" for a in behind.atoms):
                # `3 rounds of shadow boxing, heavy bag 4x3 min`: what has sets of its own is no part of the rounds.
                continue
            clause.atoms.remove(rounds)
            found[place] = Scope(int(rounds.low or 1), [], [], self._next_superset(), line=line.number)
        return found

    def _superset_of_line(self, line: ScannedLine, named: list[Clause]) -> str | None:
        is_tied = line.has_role("superset") or (len(named) == 2 and named[1].is_tied and named[1].atoms[0].text == "+")
        return self._next_superset() if is_tied and len(named) > 1 else None

    def _read_clause(self, line: ScannedLine, clause: Clause, superset: str | None, siblings: int) -> bool:
        spot = clause.spot
        assert spot is not None
        clause.atoms = without_calendar(clause.atoms)
        if clause.is_alternative and self.current is not None:
            self._take_of_alternative(line, clause)
            return True
        if any(a.role == "skip" for a in clause.atoms) and not has_work(clause.atoms):
            self.stage(line, "skipped", spot.text)
            return True
        if is_body_part(spot.text, self.lexicon) and not has_product(clause.atoms):
            return False
        if self._takes_exception(line, clause):
            return True
        talk = talk_around(line, spot, self.lexicon)
        if talk >= 4 and not has_product(clause.atoms):
            return False
        if not has_work(clause.atoms) and (
            self._heads_another(line, clause, siblings) or not self._is_bare_name(line, clause, siblings)
        ):
            return False
        if self._repeats_name(line, clause) or self._goes_on_with_set(line, clause):
            return True
        entry = Entry(spot, line.number, clause.start, clause.end, day=self.day, label=line.label)
        entry.extra_words = spot.extra + clause.is_shared
        # `zercher thing`: it was like the exercise, and may have been another.
        entry.extra_words += any(a.role == "vague" and 0 <= a.start - spot.end <= 1 for a in line.atoms)
        if line.slot is not None and self.scope is not None:
            self.scope.slots = max(self.scope.slots, line.slot)
        entry.is_warmup = self.in_warmup or self._is_warmup_prefix(clause)
        entry.scope = self.scope
        entry.is_question = line.has_role("question") and asks(line)
        entry.has_chatter = talk >= 6
        # `20 min emom 5 pullups 10 pushups`: how often each was done is not told by figures of its own.
        entry.is_loose = line.has_role("emom", "tabata") and not (self.scope is not None and self.scope.is_emom)
        if superset and not (self.scope is not None and self.scope.line == line.number and self.scope.superset):
            entry.scope = Scope(None, [], [], superset, line=line.number)
        elif self.scope is not None:
            self.scope_count += 1
        if clause.atoms:
            entry.add(clause.atoms)
        self._attach_modifiers(entry, clause)
        self._attach_equipment(entry)
        self._settle_by_figures(entry)
        self.outline.entries.append(entry)
        self.current = entry
        self.block.append(entry)
        self.stage(line, "exercise", spot.text)
        return True

    @staticmethod
    def _is_cause(line: ScannedLine, spot: Spot) -> bool:
        """`legs felt heavy from squats`: what something comes from was done another time."""
        before = [a for a in line.atoms if a.end <= spot.start]
        return bool(before) and before[-1].kind in ("word", "mark", "of", "at") and fold(before[-1].text) in CAUSES

    @staticmethod
    def _heads_another(line: ScannedLine, clause: Clause, siblings: int) -> bool:
        """`Carry: farmer's walk 3x30 m`: a first word before a colon tells what sort of exercise follows."""
        assert clause.spot is not None
        told = [a for a in line.atoms if a.kind != "sep"]
        behind = next((a for a in line.atoms if a.start >= clause.spot.end), None)
        is_first = bool(told) and told[0].start >= clause.spot.start
        return siblings > 1 and is_first and behind is not None and behind.text == ":"

    def _takes_exception(self, line: ScannedLine, clause: Clause) -> bool:
        """`rest 2 min, except deadlift 3 min` gives one of the exercises above a rest of its own."""
        assert clause.spot is not None
        words = clause.spot.text.split()
        said = [a.text for a in clause.atoms if a.kind == "word"]
        first = next((word for word in (*said[:1], *words[:1]) if fold(word) in EXCEPTIONS), None)
        rests = [a for a in clause.atoms if a.kind == "amount" and a.end <= clause.spot.start]
        amounts = [a for a in clause.atoms if a.kind == "amount" and a not in rests]
        if first is None or len(amounts) != 1 or amounts[0].unit not in ("second", "rest"):
            return False
        if len(rests) > 1 or any(a.unit != "rest" for a in rests):
            return False
        for entry in self.outline.entries if rests else ():
            if entry.line == line.number and entry.parts and not any(a.unit == "rest" for a in entry.parts[-1]):
                entry.parts[-1] = [*entry.parts[-1], *rests]
        resolution = self.vocabulary.resolve(" ".join(w for w in words if fold(w) not in EXCEPTIONS))
        key = resolution.best.key if resolution.best is not None else None
        for entry in self.outline.entries:
            best = entry.spot.resolution.best
            if key is not None and best is not None and best.key == key and entry.parts:
                own = [a for a in entry.parts[-1] if a.unit != "rest"]
                entry.parts[-1] = [*own, replace(amounts[0], unit="rest")]
        return key is not None

    def _repeats_name(self, line: ScannedLine, clause: Clause) -> bool:
        """`Rowed 2000m on the erg` names one exercise twice."""
        assert clause.spot is not None
        best, current = clause.spot.resolution.best, self.current
        if current is None or current.line != line.number or best is None or has_work(clause.atoms):
            return False
        other = current.spot.resolution.best
        return other is not None and other.key == best.key

    def _take_of_alternative(self, line: ScannedLine, clause: Clause) -> None:
        """`Pull-ups or lat pulldown 3x10`: the figures behind the second name are those of the first as well."""
        current = self.current
        assert current is not None
        current.extra_words += 1
        if current.line == line.number and not current.has_amounts and has_work(clause.atoms):
            current.add([a for a in clause.atoms if a.role != "alternate"])

    def _goes_on_with_set(self, line: ScannedLine, clause: Clause) -> bool:
        """`Set 2: Squat 90 kg x 8` below `Set 1: Squat 80 kg x 10` is another set of the same exercise."""
        current = self.current
        if line.set_label is None or current is None or current.day != self.day or current.scope is not self.scope:
            return False
        assert clause.spot is not None
        is_same = fold(current.spot.text) == fold(clause.spot.text) and current.line < line.number
        if not is_same or not has_work(clause.atoms):
            return False
        current.add(clause.atoms, line.set_label)
        self.stage(line, "set", line.set_label)
        return True

    @staticmethod
    def _is_warmup_prefix(clause: Clause) -> bool:
        spot = clause.spot
        first = next((a for a in clause.atoms if a.kind != "sep"), None)
        if first is None or first.role not in ("warmup", "section") or spot is None or first.end > spot.start:
            return False
        if first.role == "section" and "warm" not in first.text.lower():
            return False
        return not any(a.kind == "amount" and first.end <= a.start < spot.start for a in clause.atoms)

    def _attach_modifiers(self, entry: Entry, clause: Clause) -> None:
        """Words behind the figures that make another exercise of it: `lunges 2x20 with 12kg DBs`."""
        for other in [*clause.others, *self._equipment_in_brackets(clause)]:
            text = f"{entry.spot.text} {other.text}"
            resolution = self.vocabulary.resolve(text)
            if self._is_only_pause(other):
                # `squat 3x5 100 kg, paused 2x3 90 kg`: sets behind it may be those of another exercise.
                signs = [a.start for a in clause.atoms if a.kind == "times"]
                is_between = bool(signs) and min(signs) < other.start < max(signs)
                # `bench 100x3 with pause` is said of the lift, and not of a second or two of it.
                is_with = any(a.kind == "at" and 0 <= other.start - a.end <= 2 for a in clause.atoms)
                entry.extra_words += is_between or is_with
                continue
            if not any(meaning in ATTACHED for _, meaning in translate(name_words(other.text))):
                continue
            is_variant = resolution.name is not None and self.vocabulary.resolve(other.text).name is None
            if is_variant and not resolution.method.startswith("typo"):
                resolution = replace(resolution, score=min(resolution.score, 0.85))
                entry.spot = Spot(entry.spot.start, entry.spot.end, entry.spot.text, resolution, entry.spot.extra, True)

    def _equipment_in_brackets(self, clause: Clause) -> list[Spot]:
        """`lateral raises 3x12 20 kg (cable)`: what it was done with stands in brackets behind the figures."""
        found: list[Spot] = []
        inside: list[Atom] | None = None
        for atom in clause.atoms:
            if atom.kind == "sep" and atom.text in "([":
                inside = []
            elif atom.kind == "sep" and atom.text in ")]" and inside is not None:
                told = translate(tuple(word for a in inside for word in name_words(a.text)))
                if told and all(a.kind in ("word", "name") for a in inside) and all(meaning for _, meaning in told):
                    text = " ".join(a.text for a in inside)
                    found.append(Spot(inside[0].start, inside[-1].end, text, self.vocabulary.resolve(text)))
                inside = None
            elif inside is not None:
                inside.append(atom)
        return found

    def _attach_equipment(self, entry: Entry) -> None:
        """`Гиря 24 кг: махи 5x20`: what the line is headed by belongs to the names of what follows."""
        equipment = entry.scope.equipment if entry.scope is not None else ""
        best = entry.spot.resolution.best
        known = self.vocabulary.get_exercise(best.key) if best is not None else None
        if not equipment or any(a.unit in ("kg", "lb") for part in entry.parts for a in part):
            return
        if known is not None and (known.is_bodyweight or known.measure != "weight_reps"):
            return
        whole = self.vocabulary.resolve(f"{entry.spot.text} {equipment}")
        is_own = whole.method in ("exact", "words") or (whole.method == "variant" and whole.best is not None)
        if whole.name is not None and is_own:
            # The variant is said in another place than usual, which only the equipment's own names make sure.
            score = whole.score if whole.method != "variant" else min(whole.score, 0.85)
            entry.spot = replace(entry.spot, resolution=replace(whole, score=score), has_name=True)
        elif entry.spot.resolution.method not in ("exact", "words"):
            capped = replace(entry.spot.resolution, score=min(entry.spot.resolution.score, 0.8))
            entry.spot = replace(entry.spot, resolution=capped)

    def _settle_by_figures(self, entry: Entry) -> None:
        """`row 2k` is rowed on the machine: a distance alone tells which of two exercises a bare word means."""
        amounts = [a for part in entry.parts for a in part if a.kind == "amount" and a.unit in WORK_UNITS]
        best = entry.spot.resolution.best
        if best is not None and best.key == "hiit" and any(a.unit == "metre" for a in amounts):
            # `intervals 6x800m` are run, as long as nothing else is said.
            running = self.vocabulary.resolve("running")
            entry.spot = replace(entry.spot, resolution=replace(running, score=min(running.score, 0.85)))
            return
        if best is None or best.key != "barbell-row" or entry.spot.resolution.method not in ("exact", "generic"):
            return
        if entry.spot.resolution.method == "generic" and any(a.unit in ("kg", "lb") for a in amounts):
            # `Rudern 50 kg 4x10`: with a load it is no machine that counts metres.
            entry.spot = replace(entry.spot, resolution=replace(entry.spot.resolution, score=0.9))
            return
        counts = any((a.unit == "metre" and (a.low or 0) >= 100) or a.unit == "calorie" for a in amounts)
        counts = counts or (len(amounts) == 1 and amounts[0].unit == "second" and (amounts[0].low or 0) >= LONG_ROW)
        if len(name_words(entry.spot.text)) > 1 or not counts:
            return
        if all(a.unit in ("metre", "second", "set", "calorie", None) for a in amounts):
            resolution = replace(self.vocabulary.resolve("rowing machine"), score=0.9)
            entry.spot = replace(entry.spot, resolution=resolution)

    def _is_only_pause(self, spot: Spot) -> bool:
        """`2s pause at bottom` tells how a repetition is done, it does not make a paused lift."""
        entries = self.lexicon.phrases.get((fold(spot.text),), ())
        return any(entry.role in ("pause", "hold", "tempo", "assisted", "rest") for entry in entries)

    def _is_bare_name(self, line: ScannedLine, clause: Clause, siblings: int) -> bool:
        """Tell whether a name without figures is an exercise here: alone on its line or in a list, not in talk."""
        spot = clause.spot
        assert spot is not None
        if (
            not spot.is_known
            or spot.resolution.score < 0.65
            or line.has_role("question", "tomorrow", "skip", "greeting")
        ):
            return False
        if any(a.kind == "word" and fold(a.text) in REFUSALS for a in line.atoms):
            return False
        own = [a for a in clause.atoms if a.kind == "word" and fold(a.text) not in self.lexicon.fillers]
        if siblings > 1 and (own or self._is_cause(line, spot)):
            return False
        words = sum(a.kind == "word" for a in line.atoms if not (spot.start <= a.start < spot.end))
        if siblings > 1 and (spot.resolution.method.startswith("typo") or stands_in_talk(line, spot)):
            return False
        if siblings > 1:
            return words <= 3
        said = [a for a in line.atoms if a.kind != "sep"]
        told = [a for a in without_brackets(line.atoms) if a.kind != "sep"] or said
        covered = (min(spot.end, told[-1].end) - spot.start) / max(1, told[-1].end - told[0].start)
        return covered > 0.5 or line.has_bullet or line.list_number is not None or line.label is not None
