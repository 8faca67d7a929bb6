"""Single amounts with a unit: loads, repetitions, sets, times, distances, percents, efforts and rests."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from parser.atoms import Atom
from parser.chunks import Chunk
from parser.figure_state import FigureState, whole
from parser.groups import Group

# Ten minutes and more behind a lift tell how long the training took, or the sleep before it.
LONG_FOR_A_LIFT = 600
LONGEST_REST = 600
LONGEST_HOLD = 600
# More repetitions than this in each of several sets are rather their sum.
MOST_OF_A_SET = 30
LEAST_CORRECTED = 15
PLAN_SIGNS = (",", ";", "-", "/")


def is_rest_of_plan(before: Atom | None, atom: Atom) -> bool:
    """Tell whether the 90s behind a sign in a program are seconds between sets, and no pair of dumbbells."""
    return atom.unit == "pair" and before is not None and before.text in PLAN_SIGNS and _is_round(atom)


def _is_round(atom: Atom) -> bool:
    value = atom.low or 0
    return value >= 30 and value % 15 == 0


class SingleReader(FigureState):
    """Reads amounts that say themselves what they count."""

    def _read_load(self, chunk: Chunk) -> None:
        atom = chunk.factors[0]
        load = self._load_of(atom)
        if self.replace_from is not None and self.groups:
            for group in self.groups[self.replace_from :]:
                group.load = load
            self.replace_from = None
            return
        if atom.high != atom.low and not self.context.is_program:
            self.figures.doubt("numbers", "load range", 0.4)
        waiting = self._without_load()
        last = self.groups[-1] if self.groups else None
        if not waiting and last is not None and last.has_lent_load and (chunk.is_at or last.is_counted):
            waiting = [last]
        if waiting and not self._list_follows(chunk):
            for group in waiting:
                group.load = load
            self.load, self.is_load_waiting = None, False
            return
        self.load, self.is_load_waiting = load, True

    def _list_follows(self, chunk: Chunk) -> bool:
        """Tell whether a load opens a new list (`12 reps, then 20kg x 8` is a product and never comes here)."""
        # A load that was taken out of a product, as of `2x12 kg`, is a chunk of its own and stands where that ends.
        following = next((c for c in self.chunks if c.start >= chunk.end), None)
        if (
            following is None
            or not following.factors
            or following.before in (",", ";")
            or not following.factors[0].is_number
        ):
            return False
        is_work = following.is_bare or (not following.is_single and following.factors[0].unit is None)
        return is_work and chunk.before in (",", ";", "word") and not chunk.is_at

    def _read_reps(self, chunk: Chunk) -> None:
        atom = chunk.factors[0]
        if self.last_said and self.groups and not self._load_follows(chunk):
            self._replace_last(atom)
            return
        self.last_said = False
        if atom.unit == "amrap" and self.groups:
            self.figures.is_all_amrap = True
            return
        self._absorb_count(chunk)
        self._add_work(atom, None)

    def _load_follows(self, chunk: Chunk) -> bool:
        """`the last one 8 with 80` is a set of its own, with its own load."""
        place = self.chunks.index(chunk)
        following = self.chunks[place + 1] if place + 1 < len(self.chunks) else None
        return (
            following is not None
            and bool(following.factors)
            and (following.is_at or following.factors[0].unit in ("kg", "lb"))
        )

    def _replace_last(self, atom: Atom) -> None:
        """`last set 6`: the last set of the last group had other repetitions."""
        self.last_said = False
        self.replace_from = None
        self.has_corrected = True
        last = self._part_last()
        if self._is_like_load(last, atom):
            last.load = self._load_of(atom)
            self.figures.doubt("numbers", "correction", 0.8)
            return
        last.low, last.high = whole(atom.low), whole(atom.high)
        last.start, last.end = atom.start, atom.end

    @staticmethod
    def _is_like_load(last: Group, atom: Atom) -> bool:
        """`80 5x5, last one was 85` corrects the load, which it is near, and not the repetitions."""
        weight = last.load.weight if last.load is not None else None
        if not weight or atom.unit is not None or atom.low is None or last.low is None:
            return False
        return atom.low > LEAST_CORRECTED and abs(atom.low - weight) < abs(atom.low - last.low)

    def _part_last(self) -> Group:
        """Give the last set as a group of its own, which something may be said of alone."""
        last = self.groups[-1]
        if last.count > 1:
            last.count -= 1
            last = last.copy()
            last.count = 1
            self.groups.append(last)
        return last

    def _absorb_count(self, chunk: Chunk) -> None:
        """`5 sets of 3`: the number of sets is waiting and is taken by these repetitions alone."""
        if self.pending_sets is None:
            return
        place = self.chunks.index(chunk)
        run = self._reps_ahead(place)
        if run > 1:
            if run != self.pending_sets:
                self.figures.doubt("numbers", "sets and list differ", 0.4)
            self.pending_sets = None

    def _reps_ahead(self, place: int) -> int:
        """Count how many single repetitions follow each other from a chunk on; loads between them do not count."""
        count = 0
        for chunk in self.chunks[place:]:
            if not chunk.is_single:
                break
            if chunk.is_at and chunk.factors[0].unit in ("kg", "lb", None):
                continue
            if chunk.factors[0].unit not in (None, "rep") or chunk.factors[0].sign:
                break
            if self.context.lift.is_loaded and (chunk.factors[0].low or 0) > 30:
                break
            count += 1
        return count

    def _read_sets(self, chunk: Chunk) -> None:
        count = self._count(chunk.factors[0])
        last = self.groups[-1] if self.groups else None
        is_open = last is not None and not last.is_counted
        alike = [g for g in self.groups if not g.is_counted]
        place = self.chunks.index(chunk)
        following = self.chunks[place + 1] if place + 1 < len(self.chunks) else None
        has_work_ahead = following is not None and bool(following.factors) and self._is_work(following)
        belongs_ahead = following is not None and (following.is_of or following.before == ":")
        # `180x1, then 150 for 3 triples`: a new load waits for what it was lifted for.
        belongs_ahead = belongs_ahead or (self.is_load_waiting and last is not None and last.load is not None)
        if has_work_ahead and (belongs_ahead or last is None or chunk.before in (",", ";", "word")):
            self.pending_sets = count
        elif is_open and last is not None and len(alike) == 1:
            last.count, last.is_counted = count, True
            if chunk.before == "word" and last.load is None and (last.low or 0) > MOST_OF_A_SET:
                # `50 in 4 sets` may be the sum of them.
                self.figures.doubt("numbers", "sum or set", 0.6)
        elif is_open and len(alike) == count:
            pass
        elif (
            is_open
            and last is not None
            and last.load is not None
            and alike[-2].load != last.load
            and not has_work_ahead
        ):
            # `3 @ 100, 2 @ 110, then 8 @ 85 for 3 sets`: the sets are those of the newest load.
            last.count, last.is_counted = count, True
            self.figures.doubt(
                "numbers", "sets of the last load", 0.87 if self.barrier == len(self.groups) - 1 else 0.8
            )
        elif last is None or has_work_ahead:
            self.pending_sets = count
        else:
            self._leave(chunk.factors)

    @staticmethod
    def _is_work(chunk: Chunk) -> bool:
        atom = chunk.factors[0]
        return atom.unit in (None, "rep", "second", "metre", "amrap", "pair") and not atom.sign and not chunk.is_at

    def _read_time(self, chunk: Chunk) -> None:
        atom = chunk.factors[0]
        last = self.groups[-1] if self.groups else None
        if last is not None and last.metres is not None and last.seconds is None:
            last.seconds = whole(atom.low)
            if last.is_counted and last.count > 1:
                self.laps = [last]
            return
        if last is not None and self.laps and last is self.laps[-1] and chunk.before in (",", "/", ";"):
            self._add_lap(last, whole(atom.low))
            return
        lift = self.context.lift
        if lift.measure == "distance" and last is not None and last.metres is not None and chunk.before == ",":
            # `1500 m in 34:10, 10 min core after`: the way has its time already.
            self.figures.unused.append(atom)
            self.figures.doubt("unused", atom.text, 0.8)
            return
        if last is not None and last.seconds is None and (last.low is not None or last.is_amrap):
            self._read_time_beside_reps(chunk, last)
            return
        if lift.is_known and lift.is_loaded and (atom.low or 0) >= LONG_FOR_A_LIFT:
            self._leave([atom])
            return
        if (
            lift.measure == "duration"
            and lift.category not in ("cardio", "mobility")
            and (atom.low or 0) >= LONGEST_HOLD
        ):
            # Nobody holds a position for ten minutes; it was practised so long.
            self.figures.doubt("numbers", "long for a hold", 0.6)
        if self.context.is_program and chunk.in_brackets and last is not None:
            self.figures.rest = self.figures.rest or whole(atom.low)
            return
        if (
            not lift.is_timed
            and lift.is_known
            and not self.is_load_waiting
            and self.pending_sets is None
            and lift.is_loaded
        ):
            self.figures.doubt("numbers", "time of a lift", 0.5)
        group = self._group(chunk)
        group.seconds = whole(atom.low)
        self._add(group)

    def _add_lap(self, last: Group, seconds: int | None) -> None:
        """`4x500m: 1:52, 1:51, 1:50, 1:48`: each distance has a time of its own."""
        first = self.laps[0]
        if first.count > 1:
            first.count -= 1
        else:
            self.figures.doubt("numbers", "more times than distances", 0.4)
        lap = last.copy()
        lap.count, lap.seconds = 1, seconds
        self.groups.append(lap)
        self.laps.append(lap)

    def _read_time_beside_reps(self, chunk: Chunk, last: Group) -> None:
        """A time behind sets and repetitions is a rest in programs; in logs it is a hold only where that makes
        sense.
        """
        seconds = whole(chunk.factors[0].low)
        if self.context.is_program and seconds is not None and seconds >= LONGEST_REST:
            self._leave(chunk.factors)
        elif self.context.is_program and seconds is not None and seconds >= 15:
            self.figures.rest = self.figures.rest or seconds
            if not chunk.in_brackets:
                self.figures.doubt("numbers", "time or rest", 0.8)
        elif self.context.lift.is_timed:
            last.seconds = seconds
        else:
            self.figures.doubt("unused", chunk.factors[0].text, 0.8)

    def _read_distance(self, chunk: Chunk) -> None:
        atom = chunk.factors[0]
        last = self.groups[-1] if self.groups else None
        if (
            last is not None
            and last.seconds is not None
            and last.metres is None
            and last.low is None
            and not last.is_counted
        ):
            last.metres = atom.low
            return
        group = self._group(chunk)
        group.metres = atom.low
        self._add(group)

    def _read_percent(self, chunk: Chunk) -> None:
        if self.context.lift.is_known and self.context.lift.measure == "distance":
            # A slope or a share of the pulse: no run is done at a percent of the most one can lift.
            self.figures.doubt("unused", chunk.factors[0].text, 0.8)
            return
        if chunk.factors[0].sign:
            # `3x5 @ -10%` is so much less than the set before it, and no share of the most one can lift.
            self.figures.doubt("unused", chunk.factors[0].text, 0.6)
            return
        value = chunk.factors[0].low
        waiting: list[Group] = []
        for group in reversed(self.groups[self.barrier :]):
            if group.percent is not None or group.load is not None or (waiting and group.rpe is not None):
                break
            waiting.append(group)
        if waiting:
            for group in waiting:
                group.percent = value
        else:
            self.pending_percent = value

    def _read_times(self, chunk: Chunk) -> None:
        """`ten a side, did that three times` counts sets; `140 kg three times` counts repetitions."""
        last = self.groups[-1] if self.groups else None
        if last is not None and not last.is_counted and not self.is_load_waiting:
            last.count, last.is_counted = self._count(chunk.factors[0]), True
        else:
            self._add_work(replace(chunk.factors[0], unit="rep"), None)
        self.figures.doubt("numbers", "times", 0.8)

    def _read_repmax(self, chunk: Chunk) -> None:
        """`5RM: 205` in a log is a set of five; in a program it is a measure and no set."""
        has_sets = any(len(c.factors) > 1 for c in self.chunks)
        if not self.context.is_program and not self.groups and not has_sets:
            self._add_work(replace(chunk.factors[0], unit="rep"), None)
            self.groups[-1].is_counted = True
            self.figures.doubt("numbers", "repetition maximum", 0.8)

    def _read_rpe(self, chunk: Chunk) -> None:
        value = chunk.factors[0].low
        if not self.groups:
            self.pending_rpe = value
            return
        for group in self._effort_groups(chunk):
            group.rpe = value

    def _read_rir(self, chunk: Chunk) -> None:
        value = chunk.factors[0].low
        if value is None:
            return
        if not self.groups:
            self.pending_rpe = Decimal(10) - value
            return
        for group in self._effort_groups(chunk):
            group.rir = value

    def _effort_groups(self, chunk: Chunk) -> list[Group]:
        """An effort belongs to the set before it; in a program, to all sets that have none yet.

        Behind a list with one load, `12, 11, 10 (RIR 2)`, it may be meant for all of them; `last set @9` is of one.
        """
        if self.last_said:
            self.last_said = False
            return [self._part_last()]
        alike = [g for g in self.groups if g.load == self.groups[-1].load and not g.is_counted]
        told = [c.factors[0] for c in self.chunks if c.factors and c.is_single and c.factors[0].unit in ("rpe", "rir")]
        if not self.context.is_program and len(alike) == len(self.groups) > 1 and len(told) == 1:
            is_list = all(c.is_single for c in self.chunks if c.factors)
            if is_list:
                self.figures.doubt("numbers", "effort of one or all", 0.8)
            if is_list and chunk.in_brackets:
                return self.groups
        if self.context.is_program:
            return [g for g in self.groups if g.rpe is None and g.rir is None] or self.groups[-1:]
        return self.groups[-1:]

    def _read_rest(self, chunk: Chunk) -> None:
        self.figures.rest = self.figures.rest if self.figures.rest is not None else whole(chunk.factors[0].low)

    def _is_rest_of_plan(self, chunk: Chunk) -> bool:
        """`4x8-10, 90s` of a program: so many seconds behind sets and repetitions are a rest, not a pair of 90s."""
        is_behind = bool(self.groups) and self.groups[-1].is_counted and self.groups[-1].low is not None
        is_set_off = not chunk.is_at and chunk.before in PLAN_SIGNS
        return self.context.is_program and is_behind and is_set_off and _is_round(chunk.factors[0])

    def _read_pair(self, chunk: Chunk) -> None:
        """The s of `25s` is a pair of dumbbells beside repetitions, and seconds of a hold."""
        has_reps = bool(self.groups) or any(
            c.factors and c is not chunk and c.factors[0].unit in (None, "rep", "set") for c in self.chunks
        )
        lift = self.context.lift
        if self._is_rest_of_plan(chunk):
            self.figures.rest = self.figures.rest or whole(chunk.factors[0].low)
            self.figures.doubt("numbers", "time or rest", 0.8)
        elif lift.is_timed or (not lift.is_loaded and lift.is_known and not has_reps):
            self._read_time(chunk)
        elif has_reps and (lift.is_loaded or chunk.is_at) and not chunk.in_brackets:
            self._read_load(chunk)
        else:
            self._read_time(chunk)
