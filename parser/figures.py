"""Fifth stage: the chunks behind a name become groups of sets.

The reader goes through the chunks once, from left to right, and keeps what is still waiting: a load that sets will
follow
(`80kg 8,8,7`), a number of sets whose repetitions come next (`3 sets: 9/8/6`), sets that wait for their load (`3x8
80kg`).
Every amount that no rule uses is kept as unused, which costs the exercise its confidence.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import ClassVar

from parser.chunks import Chunk
from parser.effort_lists import efforts_ahead, with_efforts
from parser.figure_state import FigureContext
from parser.groups import Figures, Group
from parser.mark_figures import MarkReader
from parser.percent_lists import percents_ahead, with_percents

MOST_SETS_OF_A_PAIR = 6
HIGHEST_PERCENT = 100
ATTEMPTS = 3
LEAST_ATTEMPT = 50
# Smaller bare numbers behind a lift may be repetitions.
LIGHTEST_SINGLE = 25


def _rise_evenly(loads: list[Decimal]) -> bool:
    """Percents rise by tens, or by fives."""
    steps = {b - a for a, b in itertools.pairwise(loads)}
    return len(loads) > 2 and max(loads) <= HIGHEST_PERCENT and len(steps) == 1 and steps <= {Decimal(5), Decimal(10)}


def read_figures(chunks: list[Chunk], context: FigureContext) -> Figures:
    """Read the sets that chunks tell of."""
    return FigureReader(chunks, context).read()


class FigureReader(MarkReader):
    """One pass over the chunks of a clause."""

    READERS: ClassVar[Mapping[str, Callable[[MarkReader, Chunk], None]]] = {
        "kg": MarkReader._read_load,
        "lb": MarkReader._read_load,
        "plate": MarkReader._read_load,
        "bar": MarkReader._read_load,
        "bodyweight": MarkReader._read_load,
        "rep": MarkReader._read_reps,
        "amrap": MarkReader._read_reps,
        "set": MarkReader._read_sets,
        "round": MarkReader._read_sets,
        "second": MarkReader._read_time,
        "metre": MarkReader._read_distance,
        "percent": MarkReader._read_percent,
        "times": MarkReader._read_times,
        "repmax": MarkReader._read_repmax,
        "rpe": MarkReader._read_rpe,
        "rir": MarkReader._read_rir,
        "rest": MarkReader._read_rest,
        "pair": MarkReader._read_pair,
    }

    def read(self) -> Figures:
        """Give what the chunks say."""
        index = 0
        while index < len(self.chunks):
            index += self._read_singles() if index == 0 else 0
            index += self._step(index) if index < len(self.chunks) else 0
        self._finish()
        return self.figures

    def _read_singles(self) -> int:
        """`clean & jerk 70 80 85 90(miss) 90`: bare loads, whose repetitions nobody told; a missed one has none."""
        told = [c for c in self.chunks if c.factors]
        loads = [c.factors[0] for c in told if c.is_single]
        marks = [c.mark.role for c in self.chunks if c.mark is not None]
        is_plain = len(loads) == len(told) and len(loads) > 1 and all(self._may_be_load(a) for a in loads)
        is_lift = self.context.lift.category == "olympic" or self._are_attempts(told)
        if not is_lift or self.context.is_program or not is_plain:
            return 0
        if min(a.low or 0 for a in loads) < LIGHTEST_SINGLE or any(
            role not in ("missed", "and", "past") for role in marks
        ):
            return 0
        for chunk in self.chunks:
            if chunk.factors:
                self.groups.append(Group(chunk.start, chunk.end, load=self._load_of(chunk.factors[0])))
            elif chunk.mark is not None and chunk.mark.role == "missed" and self.groups:
                self.groups[-1].low = self.groups[-1].high = 0
        self.figures.doubt("numbers", "singles", 0.8)
        return len(self.chunks)

    def _are_attempts(self, told: list[Chunk]) -> bool:
        """`Squat 402/424/441`: three rising loads with strokes between them are the attempts of a meet."""
        loads = [c.factors[0].low or 0 for c in told if c.is_bare]
        strokes = all(c.before == "/" for c in told[1:])
        rises = all(a < b for a, b in itertools.pairwise(loads))
        is_heavy = len(loads) == len(told) == ATTEMPTS and strokes and rises and loads[0] >= LEAST_ATTEMPT
        return is_heavy and self.context.lift.is_loaded and loads[-1] < 2 * loads[0]

    def _step(self, index: int) -> int:
        chunk = self.chunks[index]
        if chunk.mark is not None:
            size = self._read_repeated_failure(chunk, index)
            if not size:
                self._read_mark(chunk, index)
            return size or 1
        size = (
            self._read_load_list(index)
            or self._read_counted_list(index)
            or self._read_effort_list(index)
            or self._read_percent_list(index)
        )
        if size:
            return size
        if chunk.is_single:
            return self._read_single(chunk, index)
        self._read_product(chunk)
        return 1

    def _read_effort_list(self, index: int) -> int:
        """`4x8, rpe 7 8 8 9`: as many efforts as there are sets tell that of each."""
        efforts = efforts_ahead(self.chunks[index:], self.groups) if self.groups and not self.last_said else []
        if efforts:
            unit = self.chunks[index].factors[0].unit
            self.groups[:] = with_efforts(self.groups, efforts, are_reserves=unit == "rir")
        return len(efforts)

    def _read_percent_list(self, index: int) -> int:
        """`5/4/3 @ 75/80/85%`: as many percents as there are sets without one tell that of each."""
        waiting = list(
            itertools.takewhile(lambda g: g.percent is None and g.load is None, reversed(self.groups[self.barrier :]))
        )[::-1]
        percents = percents_ahead(self.chunks[index:], waiting) if waiting else []
        if percents:
            self.groups[-len(waiting) :] = with_percents(waiting, percents)
        return len(percents)

    def _read_single(self, chunk: Chunk, index: int) -> int:
        atom = chunk.factors[0]
        reader = self.READERS.get(atom.unit or "")
        if reader is not None:
            reader(self, chunk)
            return 1
        if atom.unit is not None:
            return 1
        if atom.sign:
            self._read_load(chunk)
            return 1
        said = self.chunks[index - 1].mark if index else None
        follows_word = chunk.before == "word" or (said is not None and said.role in ("past", "kg", "lb"))
        parted = bool(self.groups) and follows_word and not chunk.is_at and not chunk.is_of
        if chunk.is_bare and (chunk.follows_unknown or (parted and not self.last_said and self.replace_from is None)):
            # `80x8, seat 4`, `80 for 8 felt 9`: the word in front may say what the number counts.
            self.figures.doubt("numbers", "word before", 0.8)
        return self._read_bare(chunk, index)

    def _spread_announced_sets(self) -> None:
        """`3 sets. 80kg, 8 reps. 80kg, 7 reps. 75kg, 9 reps.` announces the sets that follow one by one."""
        taker = self.took_pending
        if (
            taker is None
            or len(self.groups) < 2
            or self.groups[0] is not taker
            or any(g.is_counted and g is not taker for g in self.groups)
        ):
            return
        if taker.count == len(self.groups):
            taker.count = 1

    def _turn_into_percents(self) -> None:
        """`70x3, 80x3, 90x3+` of a program are percents, said without their sign."""
        loads = [g.load.weight for g in self.groups if g.load is not None and g.load.unit is None and g.load.weight]
        is_told = any(c.mark is not None and c.mark.role in ("training_max", "percent") for c in self.chunks)
        if not self.context.is_program or len(loads) < 2 or len(loads) != len(self.groups) or max(loads) > 110:
            return
        rises = all(a < b for a, b in itertools.pairwise(loads)) and self.groups[-1].is_plus
        if not is_told and not rises:
            if _rise_evenly(loads) and not self.context.lift.is_bodyweight:
                # `deload 40x5 50x5 60x5`: the weeks beside it may be told in percents.
                self.figures.doubt("unit", "percent or load", 0.8, ("percent", "load"))
            return
        for group, percent in zip(self.groups, loads, strict=True):
            group.percent, group.load = percent, None
        if not is_told:
            self.figures.doubt("unit", "percent or load", 0.7, ("percent", "load"))

    def _finish(self) -> None:
        figures = self.figures
        self._spread_announced_sets()
        self._turn_into_percents()
        if self.pending_sets is not None:
            figures.sets = self.pending_sets
            if self.groups:
                figures.doubt("numbers", "sets", 0.5)
        if self.is_load_waiting and self.load is not None:
            figures.load = self.load
            if self.groups:
                figures.doubt("unused", "load", 0.4)
        if self.pending_sets is not None and self.pending_rpe is not None and self.context.is_program:
            # `4 sets, leave 2 in the tank`: the effort is all that is told of the sets.
            self._add(Group(self.chunks[0].start, self.chunks[-1].end))
        if self.pending_percent is not None and not self.groups:
            start = self.chunks[0].start
            self.groups.append(Group(start, self.chunks[-1].end, percent=self.pending_percent))
        if self.replace_from is not None:
            figures.doubt("numbers", "correction", 0.4)
        self._drop_sum()
        self._settle_late_loads()
        self._doubt_rising_pair()

    def _drop_sum(self) -> None:
        """`100 push-ups: 40, 30, 30` and `3 min of planks (3x1 min)`: the first figure sums up the others."""
        first, others = (self.groups[0], self.groups[1:]) if len(self.groups) > 1 else (None, [])
        if first is None or first.is_counted or first.load is not None or sum(g.count for g in others) < 2:
            return
        told = first.seconds if first.low is None else first.low
        parts = [(g.seconds if first.low is None else g.low, g.count) for g in others]
        if not told or any(value is None for value, _ in parts):
            return
        if sum((value or 0) * count for value, count in parts) == told and told > LIGHTEST_SINGLE:
            self.groups.pop(0)
            self.figures.doubt("numbers", "sum of the sets", 0.8)

    def _doubt_rising_pair(self) -> None:
        """`Dips 3/10` may be three sets of ten as well as sets of three and of ten."""
        told = [c for c in self.chunks if c.factors]
        pairs = [(a, b) for a, b in itertools.pairwise(told) if b.before == "/" and a.is_bare and b.is_bare]
        if len(pairs) != 1 or len(self.groups) != 2:
            return
        first, second = (c.factors[0].low or 0 for c in pairs[0])
        if first <= MOST_SETS_OF_A_PAIR and second >= 1.5 * float(first):
            self.figures.doubt("order", "sets or repetitions", 0.6)

    def _settle_late_loads(self) -> None:
        """`5,5,5 @ 185`: repetitions without a load are in doubt only as long as no load follows them."""
        figures = self.figures
        if self.groups and all(g.load is not None or g.percent is not None for g in self.groups):
            kept = [doubt for doubt in figures.doubts if doubt[1] != "no load"]
            if not kept and len(kept) < len(figures.doubts):
                figures.certainty = 1.0
            figures.doubts = kept
