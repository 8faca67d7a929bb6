"""Numbers that do not say what they count: their place, their size and the lift decide."""

from __future__ import annotations

from decimal import Decimal

from parser.atoms import Atom
from parser.chunks import Chunk, is_bare
from parser.figure_state import whole
from parser.groups import Load
from parser.product_figures import MOST_SETS, ProductReader

# Nobody writes a range of repetitions that ends higher.
MOST_OF_A_RANGE = 30


# A smaller number in brackets may be repetitions.
LIGHTEST_LOAD = 20
MOST_RANGED = 50


class BareReader(ProductReader):
    """Reads numbers without a unit."""

    def _read_bare(self, chunk: Chunk, index: int) -> int:
        atom = chunk.factors[0]
        size = self._read_detail(index)
        if size:
            return size
        if not atom.is_plus and atom.high != atom.low and self._is_load_range(atom):
            self.figures.doubt("numbers", "load range", 0.8)
            self._read_load(chunk)
            return 1
        if atom.is_plus or atom.high != atom.low:
            self._read_reps(chunk)
            return 1
        if self._counts_sets_in_brackets(chunk):
            self.groups[-1].count, self.groups[-1].is_counted = self._count(atom), True
            return 1
        if self._tells_a_repetition(chunk, index):
            self.figures.unused.append(atom)
            self.figures.doubt("unused", atom.text, 0.8)
            return 1
        if self._is_achieved(chunk, index):
            self._replace_last(atom)
            self.groups[-1].is_plus = self.groups[-1].is_amrap = False
            return 1
        if self.last_said and self.groups and not chunk.is_at and not self._load_follows(chunk):
            self._replace_last(atom)
        elif self.replace_from is not None and self.groups:
            self._correct(atom)
        elif chunk.is_at:
            size = self._spread_loads(index)
            if size:
                return size
            self._read_at(chunk)
        elif chunk.is_of and self.pending_sets is not None:
            self._read_reps(chunk)
        elif self._is_load_first(index) or self._is_load_of_last_time(index):
            self._read_load(chunk)
        elif self._is_load_list_behind(chunk, index):
            return self._spread_loads(index, told_once=True) or self._leave_one(chunk)
        elif self._ends_range(chunk, index):
            self.groups[-1].high = whole(atom.low)
        elif self._is_load_behind(chunk, index):
            return self._read_loads_behind(index)
        else:
            self._read_bare_reps(chunk)
        return 1

    def _read_detail(self, index: int) -> int:
        """`5x5 120lb (5/5/5/4/4)`: a list in brackets of as many repetitions as there were sets tells each of them."""
        last = self.groups[-1] if self.groups else None
        if last is None or not last.is_counted or last.count < 2 or not self.chunks[index].in_brackets:
            return 0
        run = self.chunks[index : index + last.count]
        is_list = len(run) == last.count and all(
            c.is_bare and c.in_brackets and (c.factors[0].low or 99) <= 30 for c in run
        )
        further = self.chunks[index + last.count] if index + last.count < len(self.chunks) else None
        if not is_list or last.low is None or (further is not None and further.in_brackets and bool(further.factors)):
            return 0
        self.groups.pop()
        for chunk in run:
            group = last.copy()
            group.count, group.low, group.high = 1, whole(chunk.factors[0].low), whole(chunk.factors[0].high)
            group.start, group.end = chunk.start, chunk.end
            self.groups.append(group)
        return len(run)

    def _counts_sets_in_brackets(self, chunk: Chunk) -> bool:
        """`24 kg x 10 (x3)`: a sign and a small number in brackets behind a set tell how often it was done."""
        last = self.groups[-1] if self.groups else None
        is_open = last is not None and not last.is_counted and last.low is not None
        return is_open and chunk.in_brackets and chunk.is_of and 1 < (chunk.factors[0].low or 0) <= MOST_SETS

    def _tells_a_repetition(self, chunk: Chunk, index: int) -> bool:
        """`3 x 275 (bailed on rep 4)`, `x8 (goal was 5)`: which repetition, or how many were meant, and no set."""
        before = self.chunks[index - 1] if index else None
        ahead = self.chunks[index - 2].mark if index > 1 else None
        if not self.groups or before is None or before.mark is None:
            return False
        if before.mark.role == "last_set" and ahead is not None and ahead.role == "missed":
            return True
        if not chunk.in_brackets:
            return False
        is_goal = before.mark.role == "past" and ahead is not None and ahead.role == "plan"
        return before.in_brackets and (is_goal or before.mark.role in ("skip", "rep", "set", "missed", "plan"))

    def _is_achieved(self, chunk: Chunk, index: int) -> bool:
        """`365x1+ (got 3)` and `405 x 1+, got 4`: how many the open set became."""
        before = self.chunks[index - 1] if index else None
        is_open = bool(self.groups) and (self.groups[-1].is_plus or self.groups[-1].is_amrap)
        is_told = before is not None and before.mark is not None and before.mark.role == "past"
        return is_open and is_told and not self.context.is_program and not chunk.is_at

    def _correct(self, atom: Atom) -> None:
        """`sorry 85` corrects the load if it is near it, else the repetitions."""
        last = self.groups[-1]
        weight = last.load.weight if last.load else None
        value = atom.low or Decimal(0)
        if weight and (atom.has_decimals or abs(value - weight) < abs(value - Decimal(last.low or 0))):
            last.load = Load(value, last.load.unit if last.load else None, last.load.mode if last.load else "external")
        else:
            last.low = last.high = whole(atom.low)
        self.figures.doubt("numbers", "correction", 0.8)
        self.replace_from = None

    def _read_at(self, chunk: Chunk) -> None:
        """Behind `@`: 5 to 10 after sets is an effort, anything else a load."""
        value = chunk.factors[0].low or Decimal(0)
        is_effort = bool(self.groups) and 5 <= value <= 10
        if is_effort and (self.groups[-1].rpe is None or self.last_said):
            self._read_rpe(chunk)
        elif not self.groups or self.groups[-1].load is None or self.groups[-1].has_lent_load:
            self._read_load(chunk)
        else:
            self.load, self.is_load_waiting = self._load_of(chunk.factors[0]), True

    def _is_load_range(self, atom: Atom) -> bool:
        """`squat 100-110 3x5`: nobody does so many repetitions of a lift."""
        return self.context.lift.is_loaded and self.context.lift.is_known and (atom.low or 0) > MOST_RANGED

    def _is_load_of_last_time(self, index: int) -> bool:
        """`same weight as last week (72.5) but got 9, 8, 8`: what stands elsewhere is said once more in brackets."""
        chunk, before = self.chunks[index], self.chunks[index - 1] if index else None
        is_referred = before is not None and before.mark is not None and before.mark.role in ("same", "other_day")
        is_load = chunk.factors[0].has_decimals or (chunk.factors[0].low or 0) >= LIGHTEST_LOAD
        return is_referred and chunk.in_brackets and is_load and not self.groups and self.context.lift.is_loaded

    def _is_load_first(self, index: int) -> bool:
        """Tell whether a first bare number is the load of what follows: `100 5 5 5`, `80 3x8`, `185 3 sets 8 8 6`."""
        chunk, lift = self.chunks[index], self.context.lift
        if self.pending_sets is not None or self._follows_top_set(index):
            return False
        if self.load is not None or self.groups:
            return self._opens_new_load(index)
        following = [c for c in self.chunks[index + 1 :] if c.factors]
        if not following or (
            lift.is_bodyweight and lift.is_known and not following[0].is_of and not is_set_product(following[0])
        ):
            return False
        value = chunk.factors[0].low or Decimal(0)
        behind = following[0]
        if not behind.is_single:
            return (
                is_set_product(behind)
                and behind.before in (" ", ":", "-", "word", ",")
                and (value > 5 or chunk.factors[0].has_decimals)
            )
        if behind.factors[0].unit in ("set", "rep"):
            return (value >= 5 and not behind.is_of and behind.factors[0].unit == "set") or value > 20
        if behind.is_of and behind.is_bare:
            return value > 12 and not (behind.in_brackets and lift.is_bodyweight)
        return self._stands_out(chunk, index)

    def _follows_top_set(self, index: int) -> bool:
        """`top set of 5, then 2 sets of 8`: the number behind the word tells repetitions."""
        before = self.chunks[index - 1].mark if index else None
        return self.chunks[index].is_of and before is not None and before.role == "top_set"

    def _opens_new_load(self, index: int) -> bool:
        """`140x3 ... 120 for 3x5`: a number too large for repetitions in front of sets without a load of their own."""
        chunk = self.chunks[index]
        value = chunk.factors[0].low or Decimal(0)
        following = next((c for c in self.chunks[index + 1 :] if c.factors), None)
        is_load = value > 30 or chunk.factors[0].has_decimals
        opens = following is not None and (
            is_set_product(following)
            or following.factors[0].unit == "set"
            or (following.factors[0].unit == "rep" and following.is_single and following.before in (" ", ""))
        )
        return is_load and self.context.lift.is_loaded and opens

    def _stands_out(self, chunk: Chunk, index: int) -> bool:
        """Tell whether a number is set off from the list behind it, by its size or by another separator."""
        rest: list[Chunk] = []
        for following in self.chunks[index + 1 :]:
            if not following.is_single or following.factors[0].unit not in (None, "rep"):
                break
            rest.append(following)
        if (
            not rest
            or not all(c.is_bare or c.factors[0].unit == "rep" for c in rest)
            or not self.context.lift.is_loaded
        ):
            return False
        value = chunk.factors[0].low or Decimal(0)
        most = max(c.factors[0].low or Decimal(0) for c in rest)
        separators = {c.before for c in rest[1:]}
        set_off = rest[0].before == " " and bool(separators) and not separators & {" ", "word"}
        if set_off or chunk.factors[0].has_decimals:
            return True
        if value >= 20 and value >= most * Decimal("1.5"):
            return rest[0].before in (" ", ":", "-", "word", ",")
        return False

    def _is_load_behind(self, chunk: Chunk, index: int) -> bool:
        """Tell whether a bare number behind sets without a load is their load: `5x5 100`, `3x8 60/70/80`."""
        if not self.groups or self.load is not None:
            return False
        last = self.groups[-1]
        if last.load is not None or last.percent is not None or not (last.is_counted or chunk.factors[0].has_decimals):
            return False
        value = chunk.factors[0].low or Decimal(0)
        if chunk.before not in (" ", ":", ",", "-", "(", "/") or (value < 5 and not chunk.factors[0].has_decimals):
            return False
        if value < 15:
            self.figures.doubt("numbers", "light load behind sets", 0.8)
        return last.is_counted and last.low is not None and (self.context.lift.is_loaded or value > 15)

    def _ends_range(self, chunk: Chunk, index: int) -> bool:
        """`3 x 12/15` of a program goes from twelve to fifteen repetitions; in a log the stroke may set a load off."""
        before = self.chunks[index - 1] if index else None
        further = self.chunks[index + 1] if index + 1 < len(self.chunks) else None
        if chunk.before != "/" or before is None or len(before.factors) != 2 or not self.groups:
            return False
        if further is not None and further.before == "/" and bool(further.factors):
            return False
        last, value = self.groups[-1], chunk.factors[0].low or 0
        if not is_bare(before.factors[1]):
            return False
        if last.load is not None and (before.factors[0].low or 0) <= MOST_SETS and value < (last.load.weight or 0):
            # `3 x 60/10` may be three sets of ten.
            self.figures.doubt("order", "sets or repetitions", 0.6)
        is_open = last.is_counted and last.low is not None and last.low == last.high and last.load is None
        if not is_open or not (last.low or 0) < value <= min(2 * (last.low or 0), MOST_OF_A_RANGE):
            return False
        if not self.context.is_program:
            self.figures.doubt("numbers", "range or load", 0.8)
        return self.context.is_program

    def _leave_one(self, chunk: Chunk) -> int:
        self._leave(chunk.factors)
        return 1

    def _is_load_list_behind(self, chunk: Chunk, index: int) -> bool:
        """`Sets of 10: 120, 140, 160kg`: numbers too large for repetitions, behind repetitions that were told once."""
        last = self.groups[-1] if self.groups else None
        following = self.chunks[index + 1] if index + 1 < len(self.chunks) else None
        if (
            last is None
            or last.load is not None
            or following is None
            or not following.is_single
            or len(self.groups) > 1
        ):
            return False
        value = chunk.factors[0].low or Decimal(0)
        is_list = following.before in (",", "/") and self._may_be_load(following.factors[0])
        return is_list and value > 30 and last.low is not None and last.low * 2 < value and self.context.lift.is_loaded

    def _read_loads_behind(self, index: int) -> int:
        size = self._spread_loads(index)
        if size:
            return size
        self._read_load(self.chunks[index])
        if not self.context.lift.is_known:
            self.figures.doubt("numbers", "load behind sets", 0.8)
        return 1

    def _spread_loads(self, index: int, told_once: bool = False) -> int:
        """`3 sets of 5 at 275, 295 and 315`: as many loads as sets, one each; give the chunks used."""
        last = self.groups[-1] if self.groups else None
        if last is None or (last.load is not None and not last.has_lent_load) or last.percent is not None:
            return 0
        run = [self.chunks[index]]
        for chunk in self.chunks[index + 1 :]:
            is_joint = chunk.mark is not None and chunk.mark.role == "and"
            if is_joint:
                run.append(chunk)
                continue
            if (
                not chunk.is_single
                or chunk.before not in (",", "/", "", " ")
                or not self._may_be_load(chunk.factors[0])
            ):
                break
            run.append(chunk)
        loads = [chunk.factors[0] for chunk in run if chunk.factors]
        is_reps_once = not last.is_counted and len(self.groups) == 1 and last.low is not None
        sizes = [atom.low or Decimal(0) for atom in loads]
        if len(loads) < 2 or max(sizes) > 3 * min(sizes):
            return 0
        if not ((last.is_counted and len(loads) == last.count) or (is_reps_once and told_once)):
            return 0
        self.groups.pop()
        for atom in loads:
            single = last.copy()
            single.count, single.load, single.is_counted = 1, self._load_of(atom), True
            self.groups.append(single)
        return len(run)

    def _goes_on(self, chunk: Chunk) -> bool:
        """`3 sets: 20 kg x 15, 15, 12`: the sets that were announced are told one by one, and so is a new load's."""
        taker = self.took_pending
        is_announced = taker is not None and self.groups[0] is taker and len(self.groups) < taker.count
        return (is_announced and chunk.before in (",", "/")) or self._is_load_ahead()

    def _is_load_ahead(self) -> bool:
        """`4x5 with 10 kg, then without 8 and 7`: a new load is stated, and its repetitions follow."""
        last = self.groups[-1]
        if self.load is None or last.load is None or self.load == last.load:
            return False
        return self.is_load_waiting or not last.is_counted

    def _read_bare_reps(self, chunk: Chunk) -> None:
        """Take a bare number as repetitions (or seconds of a hold) where nothing else fits."""
        atom = chunk.factors[0]
        lift = self.context.lift
        value = atom.low or Decimal(0)
        if (
            atom.has_decimals
            or value > 200
            or (self.groups and self.groups[-1].is_counted and self.pending_sets is None and not self._goes_on(chunk))
        ):
            self._leave([atom])
            return
        if lift.is_loaded and value > 30 and lift.is_known:
            self._leave([atom])
            return
        has_way = bool(self.groups) and (self.groups[-1].metres is not None or self.groups[-1].seconds is not None)
        if lift.measure == "distance" and (not self.groups or has_way):
            self._leave([atom])
            return
        self._absorb_count(chunk)
        if lift.measure == "duration":
            group = self._group(chunk)
            group.seconds = whole(atom.low)
            self._add(group)
            self.figures.doubt("unit", "seconds", 0.5)
            return
        if not self.is_load_waiting and self.load is None and lift.is_loaded and self.pending_sets is None:
            self.figures.doubt("numbers", "no load", 0.8)
        self._add_work(atom, None)


def is_set_product(chunk: Chunk) -> bool:
    """Tell whether a product is sets by repetitions, as `3x8` is."""
    if len(chunk.factors) != 2 or chunk.factors[0].unit not in (None, "set") or chunk.factors[0].sign:
        return False
    first, second = chunk.factors
    return (first.low or Decimal(99)) <= 12 and second.unit in (None, "rep", "amrap", "second", "metre")
