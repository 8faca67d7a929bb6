"""Builds the outline of a text, line by line: what is a heading, an exercise, a set of the one above, a rest, or
talk.
"""

from __future__ import annotations

import re

from parser.asides import is_page_mark
from parser.atoms import Atom
from parser.clauses import Clause, cut_clauses, without_brackets
from parser.day_openings import DayOpenings
from parser.document import Entry, Outline
from parser.headings import Heading, clean_name, is_body_part, read_heading
from parser.lexicon import Lexicon
from parser.lines import ScannedLine
from parser.normalise import fold
from parser.outline_state import FIELD_UNITS, WORK_UNITS, asks, has_product, has_work, without_calendar
from parser.reading import Candidate
from parser.table_reader import TableReader
from parser.vocabulary import Vocabulary

TITLE_WORDS = frozenset(
    ["work", "practice", "progression", "specialization", "specialisation", "drills", "prep", "skills"]
)
MOST_WORDS_OF_A_TITLE = 5
# Nobody trains more kinds of days than these.
MOST_DAYS = 12


def _is_numbered(atoms: list[Atom], lexicon: Lexicon) -> bool:
    """`Push 1`, `Legs 2`, `Upper 0`: words of headings and a small number behind them, and nothing else."""
    told = [a for a in atoms if a.kind != "sep"]
    if len(told) < 2 or not _counts_days(told[-1]):
        return False
    return all(a.kind in ("word", "name", "mark") and is_body_part(a.text, lexicon) for a in told[:-1])


def _counts_days(atom: Atom) -> bool:
    is_plain = atom.kind == "amount" and atom.unit is None and atom.low == atom.high and not atom.has_decimals
    return is_plain and atom.low is not None and atom.low <= MOST_DAYS


def _numbered_headings(lines: list[ScannedLine], lexicon: Lexicon) -> frozenset[int]:
    """Find where headings such as `Push 4` start: there are several, and under each of them stands something else."""
    told = [line for line in lines if not line.is_blank]
    found = [_is_numbered(line.atoms, lexicon) for line in told]
    starts = [line.start for i, line in enumerate(told[:-1]) if found[i] and not found[i + 1]]
    return frozenset(starts) if len(starts) > 1 else frozenset()


def _end_of_head(atoms: list[Atom], lexicon: Lexicon) -> int:
    """Find the colon behind a heading, or the dash behind `Push 1`, on the line of its exercises; 0 is none."""
    for index, atom in enumerate(atoms):
        if atom.kind == "sep" and atom.text == ":":
            return index
        if atom.kind == "sep" and atom.text == "-" and not atom.is_glued and _is_numbered(atoms[:index], lexicon):
            return index
    return 0


def _heads_a_list(line: ScannedLine, lexicon: Lexicon) -> bool:
    """Tell whether a few words that name no exercise stand before a colon and several exercises with figures behind.

    Behind `Upper 1:` one exercise is enough.
    """
    colon = _end_of_head(line.atoms, lexicon)
    if not colon:
        return False
    head, behind = [a for a in line.atoms[:colon] if a.kind != "sep"], line.atoms[colon + 1 :]
    if not 1 <= len(head) <= 4 or sum(a.kind == "amount" for a in behind) < 2:
        return False
    least = 1 if _is_numbered(head, lexicon) else 2
    if (
        sum(a.kind == "name" for a in behind) < least
        or line.dates
        or line.has_role("question", "weekday", "day", "week")
    ):
        return False
    return all(a.kind == "word" or len(a.text) == 1 or is_body_part(a.text, lexicon) for a in head)


class OutlineBuilder(DayOpenings):
    """Goes through the scanned lines once."""

    def __init__(self, text: str, lexicon: Lexicon, vocabulary: Vocabulary, under_way: Candidate | None = None) -> None:
        super().__init__(text, lexicon, vocabulary, under_way)
        self.tables = TableReader(self)

    def build(self, lines: list[ScannedLine]) -> Outline:
        """Give the outline of all lines."""
        has_ticks = any(line.is_ticked for line in lines)
        heads = frozenset(line.start for line in lines if _heads_a_list(line, self.lexicon))
        self.headed_lists = heads if len(heads) > 1 else frozenset()
        self.numbered = _numbered_headings(lines, self.lexicon)
        for index, line in enumerate(lines):
            if line.is_unticked and has_ticks:
                self.stage(line, "skipped")
                continue
            self._read_line(line, lines[index + 1] if index + 1 < len(lines) else None)
        self.tables.flush()
        self._spread_last_rest()
        self._show_open_scope(lines)
        return self.outline

    def _show_open_scope(self, lines: list[ScannedLine]) -> None:
        """`20 minutes of 5 rounds` below everything holds for nothing: it is shown as unread."""
        scope = self.scope
        if scope is None or scope.is_whole_text or any(entry.scope is scope for entry in self.outline.entries):
            return
        for line in lines:
            if line.number == scope.line and has_work(line.atoms):
                self._leave_unread(line)

    def _spread_last_rest(self) -> None:
        """The only rest of a text of several days, told below the last of them, holds for all of them."""
        rests, line = self.last_rest
        entries = self.outline.entries
        if not rests or len({e.day for e in entries}) < 2 or any(e.line > line for e in entries):
            return
        others = [a for e in entries for part in e.parts for a in part if a.unit == "rest" and a not in rests]
        if not others and not any(e.label or (e.scope and e.scope.rest_atoms) for e in entries):
            self.outline.whole_rest = rests

    def _read_line(self, line: ScannedLine, following: ScannedLine | None) -> None:
        if is_page_mark(line.text):
            self.stage(line, "talk")
            return
        if self.tables.takes(line, following):
            self.stage(line, "table row")
            return
        if line.is_blank and not line.atoms:
            self._read_blank(line)
            return
        if self._is_talk(line):
            self.stage(line, "talk")
            return
        if line.start in self.headed_lists:
            self._read_headed_list(line)
            return
        clauses = cut_clauses(line.atoms, self.finder)
        for read in (
            self._read_set_line,
            self._read_block_head,
            self._read_heading_line,
            self._read_field,
            self._read_rest_line,
            self._read_scope_line,
            self._read_talked_set,
        ):
            if read(line, clauses):
                self.is_after_blank = False
                return
        self._read_exercises(line, clauses)
        self.is_after_blank = False

    def _read_headed_list(self, line: ScannedLine) -> None:
        """`ME Lower: box squat 1x3, RDL 4x8` above `ME Upper: ...`: each line is a day with its exercises."""
        colon = _end_of_head(line.atoms, self.lexicon)
        name = clean_name(self.text[line.start : line.atoms[colon].start])
        self.scope, self.block, self.current, self.in_warmup = None, [], None, False
        self._open_day(Heading("day", name))
        self.stage(line, "heading day", name)
        self._read_exercises(line, cut_clauses(line.atoms[colon + 1 :], self.finder))
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
        has_sets = any(a.kind == "times" or (a.kind == "amount" and a.unit in ("set", "rep")) for a in line.atoms)
        if first == "note" or (first == "advice" and not has_sets):
            self.in_note = first == "note" and line.text.strip(" *_#").endswith(":")
            self._keep_note(line)
            return True
        if self.in_note and line.has_bullet and not has_sets:
            self._keep_note(line)
            return True
        self.in_note = False
        says_nothing = all(a.kind in ("amount", "times", "sep") or a.text.strip("?") == "" for a in line.atoms)
        if line.has_role("question") and not line.has_role("past", "today") and asks(line) and not says_nothing:
            return not self._answers(line)
        has_work = any(a.kind == "times" or a.unit in ("rep", "set") for a in line.atoms)
        has_work = has_work or (any(a.kind == "name" for a in line.atoms) and has_product(line.atoms))
        return line.has_role("life") and not has_work

    @staticmethod
    def _answers(line: ScannedLine) -> bool:
        """`SSB? nope, rack taken. Front squats 50x8`: sets behind the question are read, the question is not."""
        last = max((i for i, a in enumerate(line.atoms) if a.text == "?" and a.kind in ("mark", "sep")), default=-1)
        behind = line.atoms[last + 1 :]
        if last < 0 or not any(a.kind == "name" for a in behind) or not any(a.kind == "times" for a in behind):
            return False
        line.atoms = behind
        return True

    def _keep_note(self, line: ScannedLine) -> None:
        text = line.text.strip()
        if self.current is not None and not self.is_after_blank:
            self.current.note = text
        else:
            self.outline.notes.append(text)

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

    def _read_heading_line(self, line: ScannedLine, clauses: list[Clause]) -> bool:
        has_names = any(
            c.spot is not None and c.spot.is_known and not is_body_part(c.spot.text, self.lexicon) for c in clauses
        )
        shown = line.atoms if has_names else self._without_ordinals(without_brackets(line.atoms))
        has_figures = any(a.kind == "amount" and a.unit in WORK_UNITS for a in shown)
        lift = self._lift_of_day(line, clauses)
        names_week = has_names and lift is None and self._names_week(line, clauses)
        if lift is not None:
            has_names = False
            has_figures = has_figures and has_work(without_calendar(line.atoms))
        if has_names and (self._is_title_of_weeks(line, clauses) or self._is_title_of_work(line, clauses, has_figures)):
            return True
        is_numbered = line.start in self.numbered
        heading = read_heading(line, self.text, self.lexicon, has_names and not names_week, has_figures, is_numbered)
        if heading is None or self._only_ties(line):
            return False
        if names_week:
            self.title_spot = next(c.spot for c in clauses if c.spot is not None and c.spot.is_known)
        if heading.kind == "day":
            self.title_spot = lift if lift is not None or self.has_day_lift else self.title_spot
            self.has_day_lift = lift is not None
        self.outline.headings.append(heading)
        self._open(heading, line)
        if heading.rest:
            self._read_rest_of_heading(line, heading)
        return True

    def _is_title_of_weeks(self, line: ScannedLine, clauses: list[Clause]) -> bool:
        """`5/3/1 Woche 1-3 Kniebeuge` names the exercise of the weeks below it."""
        spots = [c.spot for c in clauses if c.spot is not None and c.spot.is_known]
        amounts = [a for a in line.atoms if a.kind == "amount"]
        is_range = len(amounts) == 1 and amounts[0].low != amounts[0].high
        is_of_weeks = line.has_role("week") or any(a.unit == "week" for a in amounts)
        if len(spots) != 1 or not is_range or not is_of_weeks or amounts[0].unit not in (None, "week"):
            return False
        if self.outline.entries or any(a.kind == "times" for a in line.atoms):
            return False
        self.title_spot = spots[0]
        self.outline.title = self.outline.title or clean_name(line.text)
        self.stage(line, "title", spots[0].text)
        return True

    def _is_title_of_work(self, line: ScannedLine, clauses: list[Clause], has_figures: bool) -> bool:
        """`Front lever work` and `Bench specialization` on the first line tell what the text is about."""
        words = re.findall(r"[^\W\d_]+", fold(line.text))
        if has_figures or self.outline.entries or self.outline.headings or line.number > 1 or not words:
            return False
        if words[-1] not in TITLE_WORDS or len(words) > MOST_WORDS_OF_A_TITLE:
            return False
        spots = [c.spot for c in clauses if c.spot is not None and c.spot.is_known]
        self.title_spot = spots[0] if len(spots) == 1 else None
        self.outline.title = self.outline.title or clean_name(line.text)
        self.stage(line, "title")
        return True

    @staticmethod
    def _only_ties(line: ScannedLine) -> bool:
        """`Superset:` on a line of its own ties the exercises below it and opens no day."""
        told = [a for a in line.atoms if a.kind != "sep"]
        return bool(told) and not line.hashes and all(a.role in ("superset", "circuit") for a in told)

    def _without_ordinals(self, atoms: list[Atom]) -> list[Atom]:
        """`Upper 1`: a small number behind words of headings counts days."""
        words = [a for a in atoms if a.kind in ("word", "name", "mark")]
        if not words or not all(is_body_part(a.text, self.lexicon) or a.role in ("day", "week") for a in words):
            return atoms
        return [a for a in atoms if not _counts_days(a)]

    def _read_rest_of_heading(self, line: ScannedLine, heading: Heading) -> None:
        """Read exercises, or figures of the exercise named above, that stand on the heading's own line."""
        clauses = cut_clauses(heading.rest, self.finder)
        named = [c for c in clauses if c.spot is not None]
        spot = self.current.spot if self.current is not None else self.title_spot or self.title_candidate
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
        first = len(self.outline.entries)
        self._read_exercises(line, clauses)
        self._share_percent(line, self.outline.entries[first:])

    def _share_percent(self, line: ScannedLine, entries: list[Entry]) -> None:
        """`Week 1 (70%): squat 5x5, bench 5x5`: the percent of the heading holds for each exercise of its line."""
        colon = next((a.start for a in line.atoms if a.kind == "sep" and a.text == ":"), 0)
        percents = [a for a in line.atoms if a.unit == "percent" and a.start < colon]
        for entry in entries if percents else ():
            if entry.parts and not any(a.unit in ("percent", "kg", "lb") for part in entry.parts for a in part):
                entry.parts[-1] = [*entry.parts[-1], *percents[:1]]
