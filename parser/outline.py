"""Builds the outline of a text, line by line: what is a heading, an exercise, a set of the one above, a rest, or talk."""

from __future__ import annotations

from parser.atoms import Atom
from parser.clauses import Clause, cut_clauses, without_brackets
from parser.document import DayDraft, Entry, Outline, Scope
from parser.headings import Heading, clean_name, is_body_part, read_heading
from parser.lexicon import Lexicon
from parser.lines import ScannedLine
from parser.name_spots import Spot, SpotFinder
from parser.name_words import name_words
from parser.normalise import fold
from parser.reading import Candidate, UnreadLine
from parser.table_reader import TableReader
from parser.vocabulary import Resolution, Vocabulary, translate

ALL_WORDS = frozenset({"all", "everything", "todo", "todos", "alle", "alles", "все", "tout", "tous", "tudo"})
ATTACHED = frozenset(
    {
        "dumbbell",
        "barbell",
        "kettlebell",
        "cable",
        "band",
        "machine",
        "smith machine",
        "single arm",
        "single leg",
        "plate",
        "rope",
        "ez bar",
        "trap bar",
    }
)
WORK_UNITS = (
    None,
    "kg",
    "lb",
    "plate",
    "rep",
    "set",
    "second",
    "metre",
    "percent",
    "amrap",
    "pair",
    "bar",
    "bodyweight",
    "round",
)
FIELD_UNITS = ("set", "rep", "rest", "rpe", "rir", "kg", "lb", "percent")


class OutlineBuilder:
    """Goes through the scanned lines once."""

    def __init__(self, text: str, lexicon: Lexicon, vocabulary: Vocabulary, under_way: Candidate | None = None) -> None:
        self.text = text
        self.lexicon = lexicon
        self.vocabulary = vocabulary
        self.finder = SpotFinder(text, lexicon, vocabulary)
        self.outline = Outline()
        self.day = 0
        self.day_places: dict[str, int] = {}
        self.week: int | None = None
        self.week_name: str | None = None
        self.week_line = -9
        self.scope: Scope | None = None
        self.scope_count = 0
        self.current: Entry | None = _entry_under_way(under_way)
        self.title_spot: Spot | None = None
        self.is_after_blank = False
        self.block: list[Entry] = []
        self.supersets = 0
        self.in_warmup = False
        self.last_rest: tuple[list[Atom], int] = ([], 0)
        self.has_fields = False
        self.tables = TableReader(self)

    def build(self, lines: list[ScannedLine]) -> Outline:
        """Give the outline of all lines."""
        for index, line in enumerate(lines):
            self._read_line(line, lines[index + 1] if index + 1 < len(lines) else None)
        self.tables.flush()
        self._spread_last_rest()
        return self.outline

    def _spread_last_rest(self) -> None:
        """The only rest of a text of several days, told below the last of them, holds for all of them."""
        rests, line = self.last_rest
        entries = self.outline.entries
        if not rests or len({e.day for e in entries}) < 2 or any(e.line > line for e in entries):
            return
        others = [a for e in entries for part in e.parts for a in part if a.unit == "rest" and a not in rests]
        if not others and not any(e.label or (e.scope and e.scope.rest_atoms) for e in entries):
            self.outline.whole_rest = rests

    def stage(self, line: ScannedLine, what: str, detail: str = "") -> None:
        """Keep what a line was taken for, for --explain and for the rule that nothing vanishes."""
        self.outline.stages.append((line.number, what, detail))

    # -- one line ------------------------------------------------------------------------------------------------------

    def _read_line(self, line: ScannedLine, following: ScannedLine | None) -> None:
        if self.tables.takes(line, following):
            self.stage(line, "table row")
            return
        if line.is_blank and not line.atoms:
            self._read_blank(line)
            return
        if self._is_talk(line):
            self.stage(line, "talk")
            return
        clauses = cut_clauses(line.atoms, self.finder)
        for read in (
            self._read_set_line,
            self._read_heading_line,
            self._read_field,
            self._read_rest_line,
            self._read_scope_line,
        ):
            if read(line, clauses):
                self.is_after_blank = False
                return
        self._read_exercises(line, clauses)
        self.is_after_blank = False

    def _read_blank(self, line: ScannedLine) -> None:
        self.is_after_blank = True
        if self.scope is not None and self.scope_count and not self.scope.is_whole_text:
            self.scope = None
        if self.block:
            self.block = []
        self.stage(line, "blank")

    def _is_talk(self, line: ScannedLine) -> bool:
        """Questions, links and quoted notes carry nothing to read, whatever numbers are in them."""
        first = line.first_role()
        if line.is_quote and self.current is not None and line.text.strip().endswith('"'):
            self.current.note = line.text.strip().strip('"')
            return True
        if first == "link" or (first == "duration" and not any(a.kind == "name" for a in line.atoms)):
            return True
        if first == "note":
            self._keep_note(line)
            return True
        if line.has_role("question") and not line.has_role("past", "today") and _asks(line):
            return True
        return line.has_role("life") and not any(a.kind in ("times", "name") for a in line.atoms)

    def _keep_note(self, line: ScannedLine) -> None:
        text = line.text.strip()
        if self.current is not None and not self.is_after_blank:
            self.current.note = text
        else:
            self.outline.notes.append(text)

    # -- sets of the exercise above ------------------------------------------------------------------------------------

    def _read_set_line(self, line: ScannedLine, clauses: list[Clause]) -> bool:
        if line.set_label is None or self.current is None:
            return False
        named = [c for c in clauses if c.spot is not None and c.spot.is_known]
        if named:
            return False
        self.outline.set_labels += 1
        self._enter_current(line)
        self.current.add(line.atoms, line.set_label)
        self.stage(line, "set", line.set_label)
        return True

    def _read_field(self, line: ScannedLine, clauses: list[Clause]) -> bool:
        """`Sets: 4`, `Reps: 8-10`, `Rest: 2 min`, `Weight: 80kg` under an exercise."""
        amounts = [a for a in line.atoms if a.kind == "amount"]
        if self.current is None or not amounts or any(c.spot is not None for c in clauses):
            return False
        first = next(a for a in line.atoms if a.kind != "sep")
        told_inline = any(a.kind == "amount" for part in self.current.parts[:1] for a in part)
        if first.unit == "rest" and not line.indent and told_inline and not self.has_fields:
            return False
        starts_field = (
            first.kind == "amount" and ":" in self.text[first.start : first.end + 2] and first.unit in FIELD_UNITS
        )
        if not (starts_field and first.text and self.text[first.start].isalpha()):
            return first.kind == "at" and ":" in first.text and self._add_to_current(line)
        return self._add_to_current(line)

    def _add_to_current(self, line: ScannedLine) -> bool:
        assert self.current is not None
        self.has_fields = True
        if self.current.parts:
            self.current.parts[-1] = [*self.current.parts[-1], *line.atoms]
            self.current.end = max(self.current.end, line.end)
        else:
            self.current.add(line.atoms)
        self.stage(line, "field")
        return True

    # -- headings ------------------------------------------------------------------------------------------------------

    def _read_heading_line(self, line: ScannedLine, clauses: list[Clause]) -> bool:
        has_names = any(
            c.spot is not None and c.spot.is_known and not is_body_part(c.spot.text, self.lexicon) for c in clauses
        )
        shown = line.atoms if has_names else self._without_ordinals(without_brackets(line.atoms))
        has_figures = any(a.kind == "amount" and a.unit in WORK_UNITS for a in shown)
        names_day = has_names and not has_figures and line.has_role("day") and len(line.atoms) <= 8
        if names_day:
            self.title_spot = next(c.spot for c in clauses if c.spot is not None and c.spot.is_known)
            has_names = False
        heading = read_heading(line, self.text, self.lexicon, has_names, has_figures)
        if heading is None:
            return False
        self.outline.headings.append(heading)
        self._open(heading, line)
        if heading.rest:
            self._read_rest_of_heading(line, heading)
        return True

    def _without_ordinals(self, atoms: list[Atom]) -> list[Atom]:
        """`Upper 1`: a small number behind words of headings counts days."""
        words = [a for a in atoms if a.kind in ("word", "name", "mark")]
        if not words or not all(is_body_part(a.text, self.lexicon) or a.role in ("day", "week") for a in words):
            return atoms
        return [a for a in atoms if not (a.kind == "amount" and a.unit is None and (a.low or 99) <= 12)]

    def _open(self, heading: Heading, line: ScannedLine) -> None:
        self.stage(line, f"heading {heading.kind}", heading.name)
        if heading.kind == "section":
            self.in_warmup = line.has_role("warmup") or "warm" in heading.name.lower()
            self.block = []
            return
        self.in_warmup = False
        if self.scope is not None and not self.scope.is_whole_text:
            self.scope = None
        self.block = []
        rests = [a for a in line.atoms if a.unit == "rest"]
        if rests and not heading.rest and not self.outline.entries:
            self.outline.whole_rest = rests
        if heading.kind == "week":
            self.week, self.week_name, self.week_line = heading.week, heading.name, line.number
        self._open_day(heading)
        is_under_exercise = heading.kind == "week" and bool(heading.rest)
        if not is_under_exercise:
            self.current = None

    def _open_day(self, heading: Heading) -> None:
        name = heading.name
        if heading.kind == "day" and heading.week is None and self.week_name is not None and self.week_name not in name:
            name = f"{self.week_name} {name}"
        days = self.outline.days
        known = self.day_places.get(name)
        if known is not None and heading.week is not None:
            self.day = known
            return
        if heading.kind == "day" and heading.week is not None:
            self.week = heading.week
        days.append(DayDraft(name, heading.week if heading.week is not None else self.week, heading.weekday))
        self.day = self.day_places[name] = len(days) - 1

    def _read_rest_of_heading(self, line: ScannedLine, heading: Heading) -> None:
        """Read exercises, or figures of the exercise named above, that stand on the heading's own line."""
        clauses = cut_clauses(heading.rest, self.finder)
        named = [c for c in clauses if c.spot is not None]
        spot = self.current.spot if self.current is not None else self.title_spot
        if not named and spot is not None:
            entry = Entry(spot, line.number, line.start, line.end, day=self.day, is_inherited=True)
            entry.add(heading.rest)
            self.outline.entries.append(entry)
            if self.current is not None and not self.current.has_amounts:
                self.title_spot = spot
                self.outline.entries = [e for e in self.outline.entries if e is not self.current]
            return
        if self._read_scope_line(line, clauses, heading.rest):
            return
        self._read_exercises(line, clauses)

    # -- rests and scopes ----------------------------------------------------------------------------------------------

    def _read_rest_line(self, line: ScannedLine, clauses: list[Clause]) -> bool:
        """A line that only tells a rest holds for the block above it, or for all where it stands first or says so."""
        amounts = _of_first_sentence([a for a in line.atoms if a.kind == "amount" or a.text in ".!"])
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
                entry.add(rests)
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
        head = atoms[:colon]
        if (
            any(a.role == "circuit" for a in head)
            and not any(a.unit == "round" for a in head)
            and not self.finder.find(atoms[colon:])
        ):
            head, colon = atoms, len(atoms)
        named = [s for s in self.finder.find(head) if s.is_known and not self._is_block_word(s)]
        if named or not head:
            return None
        amounts = [a for a in head if a.kind == "amount"]
        rounds = next((a for a in amounts if a.unit == "round"), None)
        roles = {a.role for a in head if a.kind == "mark"}
        rest = [a for a in amounts if a.unit == "rest"]
        if rounds is None and "circuit" in roles:
            rounds = next((a for a in amounts if a.unit in ("set", None) and (a.low or 0) <= 12), None)
        if rounds is not None and rounds.low is not None:
            return Scope(int(rounds.low), [], rest, self._next_superset(), line=line.number)
        minutes = next((a for a in amounts if a.unit == "second"), None)
        bare = next((a for a in amounts if a.unit is None and a.low is not None and a.low <= 60), None)
        if minutes is None and bare is not None and "emom" in roles and len(amounts) == 1:
            return Scope(int(bare.low or 1), [], rest, None, line=line.number, is_emom=True)
        if minutes is None and bare is not None and colon < len(atoms) - 1 and len([a for a in amounts if a.low]) == 1:
            if "amrap" in roles or any(a.unit == "amrap" for a in amounts):
                return Scope(None, [], rest, self._next_superset(), is_open_ended=True, line=line.number)
        if minutes is not None and minutes.low is not None and ("emom" in roles or "every" in roles):
            return Scope(_rounds_of_minutes(amounts), [], rest, None, line=line.number, is_emom=True)
        if minutes is not None and ("amrap" in roles or any(a.unit == "amrap" for a in amounts)):
            return Scope(None, [], rest, self._next_superset(), is_open_ended=True, line=line.number)
        if "circuit" in roles or ("superset" in roles and not any(c.spot for c in clauses)):
            return Scope(None, [a for a in head if a.kind != "mark"], rest, self._next_superset(), line=line.number)
        return self._scheme_scope(atoms, head, colon, rest, line)

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
        if rest and not self.outline.entries and not work and any(a.kind == "word" for a in head):
            self.outline.whole_rest = rest
            return Scope(None, [], rest, None, is_whole_text=True, line=line.number)
        return None

    def _is_free_of_words(self, head: list[Atom]) -> bool:
        return sum(a.kind in ("word", "name") for a in head) <= 2

    def _is_block_word(self, spot: Spot) -> bool:
        return spot.resolution.method == "generic" and spot.text.lower() in self.lexicon.heading_words

    def _next_superset(self) -> str:
        self.supersets += 1
        return f"S{self.supersets}"

    # -- exercises -----------------------------------------------------------------------------------------------------

    def _read_exercises(self, line: ScannedLine, clauses: list[Clause]) -> None:
        named = [c for c in clauses if c.spot is not None]
        if not named:
            self._read_nameless(line, clauses)
            return
        superset = self._superset_of_line(line, named)
        rounds = self._rounds_of_line(line, named)
        taken = False
        if self.scope is not None and self.scope_count and self._leaves_scope(line):
            self.scope = None
        outer = self.scope
        self.scope = rounds or self.scope
        first = len(self.outline.entries)
        for clause in named:
            taken = self._read_clause(line, clause, superset, len(named)) or taken
        self.scope = outer
        _share_rest(self.outline.entries[first:])
        if not taken:
            self._read_nameless(line, clauses)

    def _leaves_scope(self, line: ScannedLine) -> bool:
        """`Then row 2k` comes after the rounds above it; so does what follows `EMOM 8 min: 10 push-ups` on one line."""
        scope = self.scope
        is_told_on_line = scope is not None and scope.is_emom and any(e.line == scope.line for e in self.block)
        return line.first_role() == "then" or (is_told_on_line and scope is not None and line.number > scope.line)

    def _rounds_of_line(self, line: ScannedLine, named: list[Clause]) -> Scope | None:
        """`4 rounds of 10 swings and 8 goblet squats`: the rounds hold for all exercises of the line."""
        rounds = next((a for a in named[0].atoms if a.unit == "round" and a.low is not None), None)
        if rounds is None or len(named) < 2:
            return None
        named[0].atoms.remove(rounds)
        return Scope(int(rounds.low or 1), [], [], self._next_superset(), line=line.number)

    def _superset_of_line(self, line: ScannedLine, named: list[Clause]) -> str | None:
        is_tied = line.has_role("superset") or (len(named) == 2 and named[1].is_tied and named[1].atoms[0].text == "+")
        return self._next_superset() if is_tied and len(named) > 1 else None

    def _read_clause(self, line: ScannedLine, clause: Clause, superset: str | None, siblings: int) -> bool:
        spot = clause.spot
        assert spot is not None
        if clause.is_alternative and self.current is not None:
            self.current.extra_words += 1
            return True
        if any(a.role == "skip" for a in clause.atoms) and not _has_work(clause.atoms):
            self.stage(line, "skipped", spot.text)
            return True
        if is_body_part(spot.text, self.lexicon) and not _has_work(clause.atoms):
            return False
        talk = _talk_around(line, spot, self.lexicon)
        if talk >= 4 and not _has_product(clause.atoms):
            return False
        if not _has_work(clause.atoms) and not self._is_bare_name(line, clause, siblings):
            return False
        if self._repeats_name(line, clause):
            return True
        entry = Entry(spot, line.number, clause.start, clause.end, day=self.day, label=line.label)
        entry.extra_words = spot.extra
        if line.slot is not None and self.scope is not None:
            self.scope.slots = max(self.scope.slots, line.slot)
        entry.is_warmup = self.in_warmup or self._is_warmup_prefix(clause)
        entry.scope = self.scope
        entry.is_question = line.has_role("question") and _asks(line)
        entry.has_chatter = talk >= 6
        if superset:
            entry.scope = Scope(None, [], [], superset, line=line.number)
        elif self.scope is not None:
            self.scope_count += 1
        if clause.atoms:
            entry.add(clause.atoms)
        self._attach_modifiers(entry, clause)
        self.outline.entries.append(entry)
        self.current = entry
        self.block.append(entry)
        self.stage(line, "exercise", spot.text)
        return True

    def _repeats_name(self, line: ScannedLine, clause: Clause) -> bool:
        """`Rowed 2000m on the erg` names one exercise twice."""
        assert clause.spot is not None
        best, current = clause.spot.resolution.best, self.current
        if current is None or current.line != line.number or best is None or _has_work(clause.atoms):
            return False
        other = current.spot.resolution.best
        return other is not None and other.key == best.key

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
        for other in clause.others:
            text = f"{entry.spot.text} {other.text}"
            resolution = self.vocabulary.resolve(text)
            if self._is_only_pause(other):
                continue
            if not any(meaning in ATTACHED for _, meaning in translate(name_words(other.text))):
                continue
            is_variant = resolution.name is not None and self.vocabulary.resolve(other.text).name is None
            if is_variant and not resolution.method.startswith("typo"):
                entry.spot = Spot(entry.spot.start, entry.spot.end, entry.spot.text, resolution, entry.spot.extra, True)

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
        words = sum(a.kind == "word" for a in line.atoms if not (spot.start <= a.start < spot.end))
        if siblings > 1:
            return words <= 3
        said = [a for a in line.atoms if a.kind != "sep"]
        covered = len(spot.text) / max(1, said[-1].end - said[0].start)
        return covered > 0.5 or line.has_bullet or line.list_number is not None or line.label is not None

    def _read_nameless(self, line: ScannedLine, clauses: list[Clause]) -> None:
        """Figures without a name are sets of the exercise above; without one, and with figures of sets, they are unread."""
        atoms = line.atoms
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
        if self.current is not None and self._continues(line, atoms):
            self._enter_current(line)
            self.current.add(atoms, line.set_label or "")
            self.stage(line, "set")
            return
        if self.title_spot is None and not self.outline.entries:
            self._keep_title(line, clauses)
        if _looks_like_work(atoms):
            self.outline.unread.append(UnreadLine(line.number, line.text.strip()))
            self.stage(line, "unread")
        else:
            self.stage(line, "talk")

    def _reads_for_all(self, line: ScannedLine, atoms: list[Atom]) -> bool:
        """`All 8-12 reps, 2 min rest` below exercises that have no repetitions of their own."""
        words = [fold(a.text) for a in atoms if a.kind in ("word", "mark", "name")]
        if not words or words[0].split()[0] not in ALL_WORDS or not any(a.kind == "amount" for a in atoms):
            return False
        targets = [e for e in self.outline.entries if e.day == self.day and not _has_repetitions(e)]
        figures = [a for a in atoms if a.kind in ("amount", "times", "of", "at", "sep")]
        for entry in targets:
            entry.parts = [[b for part in entry.parts for b in part] + [Atom("sep", line.start, line.start, ","), *figures]]
            entry.part_kinds = [""]
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

    def _continues(self, line: ScannedLine, atoms: list[Atom]) -> bool:
        marks = {a.role for a in atoms if a.kind == "mark"}
        if marks & {"side", "tempo_value"} and not _has_work(atoms):
            return True
        if not _has_work(atoms):
            return bool(marks & {"amrap", "correct", "same"})
        units = {a.unit for a in atoms if a.kind == "amount"}
        if "past" in marks and units <= {"second", "other_unit"}:
            return False
        words = sum(a.kind == "word" for a in atoms)
        return words <= 3 and not marks & {"greeting", "life", "question", "duration"}

    def _keep_title(self, line: ScannedLine, clauses: list[Clause]) -> None:
        if self.outline.title is None and line.number <= 3:
            self.outline.title = clean_name(line.text)
        for clause in clauses:
            if clause.spot is not None and clause.spot.is_known and line.has_role("plan"):
                self.title_spot = clause.spot


def _entry_under_way(candidate: Candidate | None) -> Entry | None:
    """Make an entry of the exercise that is being logged; its line is 0 until the text adds to it."""
    if candidate is None:
        return None
    resolution = Resolution(candidate, (candidate,), 1.0, candidate.name, "under way")
    return Entry(Spot(0, 0, candidate.name, resolution, 0, True), 0, 0, 0)


def _has_repetitions(entry: Entry) -> bool:
    amounts = [a for part in entry.parts for a in part if a.kind == "amount"]
    return any(a.unit in ("rep", "second", "metre", "amrap") for a in amounts) or any(
        a.kind == "times" for part in entry.parts for a in part
    )


def _rounds_of_minutes(amounts: list[Atom]) -> int:
    """`EMOM 10 min` has ten rounds, `every 2 minutes for 10 minutes` five."""
    times = sorted(int(a.low) for a in amounts if a.unit == "second" and a.low)
    if not times:
        return 1
    each = times[0] if len(times) > 1 else 60
    return max(1, times[-1] // max(1, each))


def _of_first_sentence(atoms: list[Atom]) -> list[Atom]:
    """Give the amounts up to the first full stop behind one of them: `Rest 2 min. Call me at 555-0142.`"""
    kept: list[Atom] = []
    for atom in atoms:
        if atom.kind == "amount":
            kept.append(atom)
        if kept and atom.text.endswith((".", "!")):
            break
    return kept


def _has_work(atoms: list[Atom]) -> bool:
    """Tell whether atoms hold a figure that a set can have."""
    return any(a.kind == "amount" and a.unit in WORK_UNITS for a in atoms)


def _share_rest(entries: list[Entry]) -> None:
    """`bench 5x5, row 3x12. Rest 2 min`: a rest in a sentence of its own holds for all exercises of the line."""
    if len(entries) < 2 or not entries[-1].parts:
        return
    last = entries[-1].parts[-1]
    stop = next((i for i, a in enumerate(last) if a.kind == "sep" and a.text == "."), len(last))
    rests = [a for a in last[stop:] if a.unit == "rest"]
    others = [a for a in last[stop:] if a.kind == "amount" and a.unit != "rest"]
    if rests and not others and not any(a.unit == "rest" for e in entries[:-1] for part in e.parts for a in part):
        for entry in entries[:-1]:
            entry.parts[-1:] = [[*(entry.parts[-1] if entry.parts else []), *rests]]


def _looks_like_work(atoms: list[Atom]) -> bool:
    """Tell whether a line without a name carries figures of sets all the same."""
    amounts = [a for a in atoms if a.kind == "amount"]
    has_product = any(a.kind == "times" for a in atoms) and len(amounts) > 1
    units = {a.unit for a in amounts}
    return has_product or bool(units & {"rep", "set", "amrap"}) or (bool(units & {"kg", "lb"}) and len(amounts) > 1)


def _asks(line: ScannedLine) -> bool:
    """A question has its sign or starts with a question word."""
    has_sign = any(a.role == "question" and "?" in a.text or a.text == "?" for a in line.atoms)
    return has_sign or line.first_role() in ("question", "greeting")


def _talk_around(line: ScannedLine, spot: Spot, lexicon: Lexicon) -> int:
    """Count the words of the name's sentence that mean nothing to a lifter."""
    count = 0
    for atom in line.atoms:
        if atom.kind == "sep" and atom.text in ".!?;":
            if atom.start >= spot.end:
                break
            if not atom.is_glued or atom.end < spot.start:
                count = 0
        is_outside = not spot.start <= atom.start < spot.end
        if atom.kind == "word" and is_outside and len(atom.text) > 1 and fold(atom.text) not in lexicon.fillers:
            count += 1
    return count


def _has_product(atoms: list[Atom]) -> bool:
    """Tell whether sets, repetitions and loads stand together as figures, not just as a number in a sentence."""
    amounts = [a for a in atoms if a.kind == "amount" and a.unit in WORK_UNITS]
    if any(a.unit in ("set", "rep", "amrap") for a in amounts):
        return True
    return len(amounts) > 1 and any(a.kind == "times" for a in atoms)
