"""Words among figures: warm-up, drop set, each side, last set, corrections, to failure, same again."""

from __future__ import annotations

from parser.bare_figures import BareReader
from parser.chunks import Chunk
from parser.groups import Group

# One and two are articles and pairs as often as they count.
SMALLEST_TELLING = 2
MOST_OPEN_SETS = 6
SIDE_WORDS = ("side", "lado", "seite", "côté", "сторону", "стороны")
BARE_EACH = ("each", "cada", "jeweils", "ea", "ea.")


class MarkReader(BareReader):
    """Reads marks."""

    def _read_mark(self, chunk: Chunk, index: int) -> None:
        mark = chunk.mark
        assert mark is not None
        role = mark.role
        if role in ("kg", "lb"):
            self.stated_unit = "lb" if role == "lb" else "kg"
        if role == "number" and mark.value > SMALLEST_TELLING:
            # `3 sets of five at forty odd`: a number in words that was not understood.
            self.figures.doubt("unused", mark.text, 0.8)
        if role == "then":
            self.barrier = len(self.groups)
        if role == "correct" and not self.groups:
            self.figures.is_correction = True
        if role == "section" and self.groups and self._work_follows(index):
            # `dips 3x10 and core 3x20`: the figures behind the word may be of something else.
            self.figures.doubt("numbers", "section", 0.6)
        if role == "total":
            self._read_total(index)
        if role == "earlier" and len(self.groups) > 1:
            self._move_ahead(index)
        if role in ("set", "back_off", "top_set", "drop") and self._opens_one_set(index):
            self.pending_sets = 1
        if role == "tempo_value":
            self.figures.tempo = self.figures.tempo or mark.text
        elif role in ("side", "hand"):
            self._read_side(role, chunk, index)
        elif role in ("warmup", "drop", "failure"):
            self._read_set_kind(chunk, index)
        elif role in ("working", "top_set", "back_off", "then") and self.kind_ahead == "warmup":
            self.kind_ahead = "working"
        elif role == "last_set":
            self._read_last_set(index)
        elif role == "amrap":
            self._read_amrap(index)
        elif role == "correct" and not (self.has_corrected and not self._work_follows(index)):
            self.replace_from = self.list_start if self.groups else None
        elif role == "same" and not self.groups:
            self.figures.doubt("figures", "same as elsewhere", 0.6)
        elif role == "same" and chunk.in_brackets:
            self.figures.doubt("figures", "same as before", 0.8)
        elif role == "same" and index + 1 <= len(self.chunks):
            self._repeat()
        elif role == "cut_off":
            self.figures.is_refused = True
        elif role == "other_day":
            self.figures.is_elsewhere = True
        elif role == "best" and self.pending_sets is not None:
            # `3 sets, best 85 kg x 6` tells one of them.
            self.figures.doubt("figures", "only the best set", 0.4)
        elif role == "unclear":
            self.figures.doubt("figures", "unclear", 0.5)
        elif role == "missed" and self.groups and self.groups[-1].low != 0:
            self.figures.doubt("numbers", "missed", 0.8)
        elif role in ("rest_pause", "ladder") and not self.context.is_program:
            self.figures.doubt("numbers", role, 0.6)

    def _opens_one_set(self, index: int) -> bool:
        """`3x5 at 90, then a set of 12 at 70`: one more set, whose repetitions come next."""
        mark = self.chunks[index].mark
        following = self.chunks[index + 1] if index + 1 < len(self.chunks) else None
        if mark is None or not mark.text.casefold().endswith("set") or following is None or not following.is_of:
            return False
        is_plain = following.is_single and following.factors[0].unit in (None, "rep")
        return is_plain and bool(self.groups) and self.pending_sets is None and not self.last_said

    def _read_total(self, index: int) -> None:
        """`150 total, 5 sets of 30` sums up the sets, which stand beside it: the sum itself is no set."""
        following = self.chunks[index + 1] if index + 1 < len(self.chunks) else None
        done = sum((group.low or 0) * group.count for group in self.groups)
        if following is not None and following.is_bare and done and following.factors[0].low == done:
            # `50, 45, 40 (total 135)`: the sum stands behind its word.
            self.chunks.pop(index + 1)
            return
        before = self.chunks[index - 1] if index else None
        others = any(c.factors and c is not before for c in self.chunks)
        if before is None or not before.is_single or not self.groups or not others:
            return
        last = self.groups[-1]
        if not last.is_counted and last.start == before.start and last.low == before.factors[0].low:
            self.groups.pop()

    def _move_ahead(self, index: int) -> None:
        """`140 for a triple, did 100x5 and 120x5 before that`: what was done earlier comes first."""
        later = [g for g in self.groups if g.end <= self.chunks[index].start]
        cut = self.barrier if 0 < self.barrier < len(later) else 1
        self.groups[: len(later)] = [*later[cut:], *later[:cut]]
        self.figures.doubt("order", "told backwards", 0.8)

    def _read_last_set(self, index: int) -> None:
        """`last set 3` and `only got 3 on the last set` both tell the repetitions of the last set."""
        before = self.chunks[index - 1] if index else None
        if before is not None and before.mark is not None and before.mark.role == "missed":
            # `405x3 (missed last 2)`: what was missed, and not how many were done.
            self.figures.doubt("numbers", "missed", 0.6)
            return
        if (
            self.groups
            and before is not None
            and before.factors
            and self.figures.unused
            and before.factors[0] is self.figures.unused[-1]
        ):
            atom = self.figures.unused.pop()
            self.figures.doubts = [d for d in self.figures.doubts if d[0] != "unused"]
            self.figures.certainty = 0.9 if not self.figures.doubts else self.figures.certainty
            self._replace_last(atom)
            return
        self.last_said = True

    def _read_side(self, role: str, chunk: Chunk, index: int) -> None:
        assert chunk.mark is not None
        if chunk.mark.text.casefold() in BARE_EACH and not self._is_each_side(index):
            return
        if role == "hand" or (self.is_load_waiting and not self.groups and self.load is not None):
            return
        if self._is_load_of_a_side(role, chunk, index):
            # `3x10 30 kg each side`: so much on each side of the bar, or the repetitions of each side.
            self.figures.doubt("unit", "load of each side", 0.8)
        self.figures.is_side = True
        for group in self.groups:
            group.is_side = True

    def _is_load_of_a_side(self, role: str, chunk: Chunk, index: int) -> bool:
        before = self.chunks[index - 1] if index else None
        words = (chunk.mark.text if chunk.mark is not None else "").casefold()
        if role != "side" or before is None or not before.is_single or not words.endswith(SIDE_WORDS):
            return False
        return before.factors[0].unit in ("kg", "lb") and self.context.lift.is_loaded

    def _is_each_side(self, index: int) -> bool:
        """A bare `each` means each side behind repetitions or a hold, not in `3 sets each` or `each set`."""
        before = self.chunks[index - 1] if index else None
        following = self.chunks[index + 1] if index + 1 < len(self.chunks) else None
        if before is None or not before.factors or before.factors[-1].unit in ("set", "round", "kg", "lb", "pair"):
            return False
        return (
            following is None
            or following.mark is None
            or following.mark.role not in ("set", "round", "set_label", "rep", "rep_count")
        )

    def _read_set_kind(self, chunk: Chunk, index: int) -> None:
        mark = chunk.mark
        assert mark is not None
        if mark.role == "failure":
            self._read_failure(index)
        elif mark.role == "drop":
            self.kind_ahead = "drop"
        elif self.groups and chunk.in_brackets and chunk.before != "word":
            self.groups[-1].kind = "warmup"
        elif (self.groups and not self._work_follows(index)) or self.groups:
            for group in self.groups:
                group.kind = "warmup"
        else:
            self.kind_ahead = "warmup"

    def _work_follows(self, index: int) -> bool:
        return any(c.factors for c in self.chunks[index + 1 :])

    def _read_failure(self, index: int) -> None:
        if self._counts_open_sets(index):
            self._open_sets()
        elif self.last_said:
            self.figures.is_last_amrap, self.last_said = self.context.is_program, False
            if self.groups and not self.context.is_program:
                self.groups[-1].kind = "failure"
        elif self.groups and not self.context.is_program:
            self.groups[-1].kind = "failure"
        elif self.groups and self.groups[-1].low is None:
            self.groups[-1].is_amrap = True
        elif self.pending_sets is not None:
            self._add(Group(0, 0, is_amrap=True))
            self.groups[-1].start = self.groups[-1].end = self.chunks[0].start

    def _read_repeated_failure(self, chunk: Chunk, index: int) -> int:
        """`dips to failure x3`, `push-ups amrap x 3`: so many sets, each as far as it goes; said as done, who knows."""
        following = self.chunks[index + 1] if index + 1 < len(self.chunks) else None
        if chunk.mark is None or chunk.mark.role not in ("failure", "amrap") or self.groups:
            return 0
        if following is None or not following.is_of or not following.is_bare or self.pending_sets is not None:
            return 0
        count = following.factors[0].low or 0
        if not 1 < count <= MOST_OPEN_SETS or count % 1:
            return 0
        if not self.context.is_program:
            self.figures.doubt("numbers", "sets or repetitions", 0.4)
            return 0
        self._add(Group(chunk.start, following.end, count=int(count), is_counted=True, is_amrap=True))
        self.figures.doubt("numbers", "sets or repetitions", 0.8)
        return 2

    def _read_amrap(self, index: int) -> None:
        if not self.groups and not self.context.is_program and self._work_follows(index):
            # `amrap bench 60 x 22`: the set that follows was the one done to the end.
            return
        if self._counts_open_sets(index):
            self._open_sets()
        elif self.last_said:
            self.figures.is_last_amrap, self.last_said = True, False
        elif self.groups and self.groups[-1].low is not None:
            self.figures.is_last_amrap = self.context.is_program
        elif self.pending_sets is not None or not self.groups:
            start = self.chunks[0].start
            self._add(Group(start, start, is_amrap=True))
        else:
            self.groups[-1].is_amrap = True

    def _open_sets(self) -> None:
        """`pull-ups 3 max`: so many sets, each as far as it goes."""
        last = self.groups[-1]
        last.count, last.is_counted, last.is_amrap = int(last.low or 1), True, True
        last.low = last.high = None
        self.figures.doubt("numbers", "sets or repetitions", 0.8)

    def _counts_open_sets(self, index: int) -> bool:
        before = self.chunks[index - 1] if index else None
        last = self.groups[-1] if self.groups else None
        if before is None or last is None or not before.is_bare or last.is_counted or last.is_plus:
            return False
        return self.context.is_program and last.load is None and 1 < (last.low or 0) <= MOST_OPEN_SETS

    def _repeat(self) -> None:
        self.groups.append(self.groups[-1].copy())
