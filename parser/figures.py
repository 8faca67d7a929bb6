"""Fifth stage: the chunks behind a name become groups of sets.

The reader goes through the chunks once, from left to right, and keeps what is still waiting: a load that sets will follow
(`80kg 8,8,7`), a number of sets whose repetitions come next (`3 sets: 9/8/6`), sets that wait for their load (`3x8 80kg`).
Every amount that no rule uses is kept as unused, which costs the exercise its confidence.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from parser.atoms import Atom
from parser.chunks import Chunk, is_bare
from parser.groups import Figures, Group, Load, make_load
from parser.products import DISTANCE, LOAD, PERCENT, REPS, SETS, TIME, Lift, Roles, find_roles
from parser.reading import Habits, WeightUnit

BARE_EACH = ("each", "cada", "jeweils", "ea", "ea.")
MOST_SETS = 50
MOST_REPS = 500


@dataclass(frozen=True, slots=True)
class FigureContext:
    """What decides between readings of figures: the lift, the kind of text, the user's unit and habits."""

    lift: Lift
    is_program: bool
    unit: WeightUnit
    habits: Habits
    sets_of_scope: int | None = None
    assists: bool = False


def read_figures(chunks: list[Chunk], context: FigureContext) -> Figures:
    """Read the sets that chunks tell of."""
    return FigureReader(chunks, context).read()


class FigureReader:
    """One pass over the chunks of a clause."""

    def __init__(self, chunks: list[Chunk], context: FigureContext) -> None:
        self.chunks = chunks
        self.context = context
        self.figures = Figures()
        self.load: Load | None = None
        self.is_load_waiting = False
        self.pending_sets: int | None = None
        self.pending_percent: Decimal | None = None
        self.pending_rpe: Decimal | None = None
        self.kind_ahead: str = "working"
        self.list_start = 0
        self.replace_from: int | None = None
        self.last_said = False
        self.barrier = 0
        self.stated_unit: WeightUnit | None = None
        self.took_pending: Group | None = None

    def read(self) -> Figures:
        """Give what the chunks say."""
        index = 0
        while index < len(self.chunks):
            index += self._step(index)
        self._finish()
        return self.figures

    @property
    def groups(self) -> list[Group]:
        return self.figures.groups

    def _step(self, index: int) -> int:
        chunk = self.chunks[index]
        if chunk.mark is not None:
            self._read_mark(chunk, index)
            return 1
        size = self._read_load_list(index)
        if size:
            return size
        if chunk.is_single:
            return self._read_single(chunk, index)
        self._read_product(chunk)
        return 1

    # -- lists of loads --------------------------------------------------------------------------------------------

    def _read_load_list(self, index: int) -> int:
        """Read `40,45,50 x 10` and `120/140/160 x 12/10/8`: several loads before one sign; give the chunks used."""
        size = self._load_list_size(index)
        if not size:
            return 0
        loads = [chunk.factors[0] for chunk in self.chunks[index : index + size]]
        product = self.chunks[index + size - 1]
        reps = [product.factors[1]]
        used = size
        while len(reps) < len(loads) and self._is_list_item(index + used, self.chunks[index + 1].before):
            reps.append(self.chunks[index + used].factors[0])
            used += 1
        if len(reps) not in (1, len(loads)):
            return 0
        if self.pending_sets == len(loads):
            self.pending_sets = None
        unit = next((atom.unit for atom in reversed(loads) if atom.unit), None)
        for place, atom in enumerate(loads):
            load = self._load_of(atom)
            if unit in ("kg", "lb") and atom.unit is None:
                load = Load(load.weight, "kg" if unit == "kg" else "lb", load.mode)
            self._add_work(reps[place if len(reps) > 1 else 0], load, start=atom.start)
        return used

    def _load_list_size(self, index: int) -> int:
        first = self.chunks[index]
        if not first.is_single or not first.factors[0].is_number or index + 1 >= len(self.chunks):
            return 0
        separator = self.chunks[index + 1].before
        if separator not in (",", "/") or self.load is not None and self.is_load_waiting or self.groups:
            return 0
        position = index
        while position < len(self.chunks) and (position == index or self.chunks[position].before == separator):
            chunk = self.chunks[position]
            if chunk.mark is not None or not self._may_be_load(chunk.factors[0]):
                return 0
            if len(chunk.factors) == 2 and position > index:
                return position - index + 1 if chunk.factors[1].unit in (None, "rep") else 0
            if not chunk.is_single:
                return 0
            position += 1
        return 0

    @staticmethod
    def _may_be_load(atom: Atom) -> bool:
        return atom.is_number and atom.unit in (None, "kg", "lb", "pair") and atom.high == atom.low

    def _is_list_item(self, index: int, separator: str) -> bool:
        return index < len(self.chunks) and self.chunks[index].is_bare and self.chunks[index].before == separator

    # -- products --------------------------------------------------------------------------------------------------

    def _read_product(self, chunk: Chunk) -> None:
        if self._is_pair_of_weights(chunk):
            self._read_load(Chunk([chunk.factors[1]], None, chunk.before, is_at=True))
            return
        if self._reads_spaced_list(chunk):
            return
        roles = find_roles(chunk.factors, self.context.lift, self.context.habits)
        if roles is None:
            self._leave(chunk.factors)
            return
        roles = self._settle_by_waiting_load(chunk, roles)
        if roles.certainty < 1:
            self.figures.doubt("order", "x".join(roles.roles), roles.certainty, roles.options)
        found = dict(zip(roles.roles, chunk.factors, strict=True))
        group = self._group(chunk)
        self._fill(group, found)
        self._add(group)
        self.list_start = len(self.groups) - 1

    def _reads_spaced_list(self, chunk: Chunk) -> bool:
        """`50kg x12 x12 x10`: one load and the repetitions of each set."""
        first, *others = chunk.factors
        if len(others) < 3 or not all(is_bare(atom) for atom in others):
            return False
        if first.unit not in ("kg", "lb", "bodyweight") and not (is_bare(first) and (first.low or 0) > 20):
            return False
        load = self._load_of(first)
        for atom in others:
            self._add_work(atom, load)
        return True

    def _is_pair_of_weights(self, chunk: Chunk) -> bool:
        """`2 x 14 kg 3 x 10` holds a weight in each hand: the first product is a load where another tells the sets."""
        if len(chunk.factors) != 2 or not is_bare(chunk.factors[0]) or chunk.factors[0].low != 2:
            return False
        if chunk.factors[1].unit not in ("kg", "lb") or not self.context.lift.is_loaded:
            return False
        others = [c for c in self.chunks if c is not chunk and len(c.factors) == 2]
        return len(others) == 1 and all(a.unit not in ("kg", "lb") for a in others[0].factors)

    def _settle_by_waiting_load(self, chunk: Chunk, roles: Roles) -> Roles:
        """A load that is already stated makes `3x8` behind it sets and repetitions, whatever the sizes."""
        is_two_bare = len(chunk.factors) == 2 and all(is_bare(atom) for atom in chunk.factors)
        if self.is_load_waiting and is_two_bare:
            a, b = (atom.low or Decimal(0) for atom in chunk.factors)
            if roles.roles[0] in (SETS, REPS):
                return Roles((REPS, SETS), 0.8) if a > 8 and b <= 6 else Roles((SETS, REPS))
        return roles

    def _fill(self, group: Group, found: dict[str, Atom]) -> None:
        if SETS in found:
            group.count, group.is_counted = self._count(found[SETS]), True
        if REPS in found:
            self._fill_reps(group, found[REPS])
        if TIME in found:
            group.seconds = _whole(found[TIME].low)
        if DISTANCE in found:
            group.metres = found[DISTANCE].low
        if PERCENT in found:
            group.percent = found[PERCENT].low
        if LOAD in found:
            group.load = self._load_of(found[LOAD])
            self.load, self.is_load_waiting = group.load, False

    def _count(self, atom: Atom) -> int:
        count = _whole(atom.low) or 0
        if not 1 <= count <= MOST_SETS:
            self.figures.doubt("numbers", "sets", 0.2)
        return min(max(count, 1), MOST_SETS)

    def _fill_reps(self, group: Group, atom: Atom) -> None:
        if atom.unit == "amrap":
            group.is_amrap = True
            return
        group.low, group.high = _whole(atom.low), _whole(atom.high)
        group.is_plus = atom.is_plus
        if atom.has_decimals or (group.high or 0) > MOST_REPS:
            self.figures.doubt("numbers", "reps", 0.2)

    def _group(self, chunk: Chunk) -> Group:
        group = Group(chunk.start, chunk.end)
        group.kind = "drop" if self.kind_ahead == "drop" else "warmup" if self.kind_ahead == "warmup" else "working"
        return group

    def _add(self, group: Group) -> None:
        """Add a group with what was waiting for it."""
        if self.replace_from is not None:
            del self.groups[self.replace_from :]
            self.replace_from = None
        if group.load is None and self.load is not None and group.percent is None:
            group.load = self.load
            group.has_lent_load = not self.is_load_waiting
            self.is_load_waiting = False
        if self.pending_sets is not None and not group.is_counted:
            group.count, group.is_counted, self.pending_sets = self.pending_sets, True, None
            self.took_pending = group
        if group.percent is None and self.pending_percent is not None:
            group.percent = self.pending_percent
        if self.pending_rpe is not None and group.rpe is None:
            group.rpe, self.pending_rpe = self.pending_rpe, None
        self.groups.append(group)

    def _add_work(self, reps: Atom, load: Load | None, start: int | None = None) -> None:
        group = Group(reps.start if start is None else start, reps.end)
        group.kind = "warmup" if self.kind_ahead == "warmup" else "drop" if self.kind_ahead == "drop" else "working"
        self._fill_reps(group, reps)
        group.load = load
        if load is not None:
            self.load, self.is_load_waiting = load, False
        self._add(group)

    def _load_of(self, atom: Atom) -> Load:
        lift = self.context.lift
        load = make_load(atom, self.context.unit, lift.is_bodyweight, self.context.assists)
        if self.stated_unit is not None and load.unit is None and load.weight is not None:
            return replace(load, unit=self.stated_unit)
        return load

    # -- single amounts ----------------------------------------------------------------------------------------------

    def _read_single(self, chunk: Chunk, index: int) -> int:
        atom = chunk.factors[0]
        readers: dict[str | None, Callable[[Chunk], None]] = {
            "kg": self._read_load, "lb": self._read_load, "plate": self._read_load, "bar": self._read_load,
            "bodyweight": self._read_load, "rep": self._read_reps, "amrap": self._read_reps, "set": self._read_sets,
            "round": self._read_sets, "second": self._read_time, "metre": self._read_distance, "percent": self._read_percent,
            "repmax": self._read_repmax, "rpe": self._read_rpe, "rir": self._read_rir, "rest": self._read_rest, "pair": self._read_pair,
        }  # fmt: skip
        if atom.unit in readers:
            readers[atom.unit](chunk)
            return 1
        if atom.unit is not None:
            return 1
        if atom.sign:
            self._read_load(chunk)
            return 1
        return self._read_bare(chunk, index)

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

    def _without_load(self) -> list[Group]:
        """The newest groups that still wait for a load."""
        waiting: list[Group] = []
        for group in reversed(self.groups[self.barrier :]):
            if group.load is not None or group.percent is not None:
                break
            waiting.append(group)
        return waiting

    def _list_follows(self, chunk: Chunk) -> bool:
        """Tell whether a load opens a new list (`12 reps, then 20kg x 8` is a product and never comes here)."""
        place = self.chunks.index(chunk)
        following = self.chunks[place + 1] if place + 1 < len(self.chunks) else None
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
        if self.last_said and self.groups:
            self._replace_last(atom)
            return
        if atom.unit == "amrap" and self.groups:
            self.figures.is_all_amrap = True
            return
        self._absorb_count(chunk)
        self._add_work(atom, None)

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
        if has_work_ahead and (
            following.is_of or following.before == ":" or last is None or chunk.before in (",", ";", "word")
        ):  # type: ignore[union-attr]
            self.pending_sets = count
        elif is_open and last is not None and len(alike) == 1:
            last.count, last.is_counted = count, True
        elif is_open and len(alike) == count:
            pass
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
            last.seconds = _whole(atom.low)
            return
        lift = self.context.lift
        if last is not None and last.seconds is None and (last.low is not None or last.is_amrap):
            self._read_time_beside_reps(chunk, last)
            return
        if self.context.is_program and chunk.in_brackets and last is not None:
            self.figures.rest = self.figures.rest or _whole(atom.low)
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
        group.seconds = _whole(atom.low)
        self._add(group)

    def _read_time_beside_reps(self, chunk: Chunk, last: Group) -> None:
        """A time behind sets and repetitions is a rest in programs; in logs it is a hold only where that makes sense."""
        seconds = _whole(chunk.factors[0].low)
        if self.context.is_program and seconds is not None and seconds >= 15:
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
        value = chunk.factors[0].low
        waiting = []
        for group in reversed(self.groups[self.barrier :]):
            if group.percent is not None or group.load is not None or (waiting and group.rpe is not None):
                break
            waiting.append(group)
        if waiting:
            for group in waiting:
                group.percent = value
        else:
            self.pending_percent = value

    def _read_rpe(self, chunk: Chunk) -> None:
        value = chunk.factors[0].low
        if not self.groups:
            self.pending_rpe = value
            return
        for group in self._effort_groups():
            group.rpe = value

    def _read_repmax(self, chunk: Chunk) -> None:
        """`5RM: 205` in a log is a set of five; in a program it is a measure and no set."""
        if not self.context.is_program and not self.groups:
            self._add_work(replace(chunk.factors[0], unit="rep"), None)
            self.groups[-1].is_counted = True
            self.figures.doubt("numbers", "repetition maximum", 0.8)

    def _read_rir(self, chunk: Chunk) -> None:
        value = chunk.factors[0].low
        if value is None:
            return
        if not self.groups:
            self.pending_rpe = Decimal(10) - value
            return
        for group in self._effort_groups():
            group.rir = value

    def _effort_groups(self) -> list[Group]:
        """An effort belongs to the set before it; in a program, to all sets that have none yet."""
        if self.context.is_program:
            return [g for g in self.groups if g.rpe is None and g.rir is None] or self.groups[-1:]
        return self.groups[-1:]

    def _read_rest(self, chunk: Chunk) -> None:
        self.figures.rest = self.figures.rest if self.figures.rest is not None else _whole(chunk.factors[0].low)

    def _read_pair(self, chunk: Chunk) -> None:
        """The s of `25s` is a pair of dumbbells beside repetitions, and seconds of a hold."""
        has_reps = bool(self.groups) or any(
            c.factors and c is not chunk and c.factors[0].unit in (None, "rep", "set") for c in self.chunks
        )
        lift = self.context.lift
        if lift.is_timed or (not lift.is_loaded and lift.is_known and not has_reps):
            self._read_time(chunk)
        elif has_reps and (lift.is_loaded or chunk.is_at) and not chunk.in_brackets:
            self._read_load(chunk)
        else:
            self._read_time(chunk)

    # -- bare numbers ------------------------------------------------------------------------------------------------

    def _read_bare(self, chunk: Chunk, index: int) -> int:
        atom = chunk.factors[0]
        if atom.is_plus or atom.high != atom.low:
            self._read_reps(chunk)
            return 1
        if self.last_said and self.groups:
            self._replace_last(atom)
        elif self.replace_from is not None and self.groups:
            self._correct(atom)
        elif chunk.is_at:
            self._read_at(chunk)
        elif chunk.is_of and self.pending_sets is not None:
            self._read_reps(chunk)
        elif self._is_load_first(index):
            self._read_load(chunk)
        elif self._is_load_behind(chunk, index):
            return self._read_loads_behind(index)
        else:
            self._read_bare_reps(chunk)
        return 1

    def _replace_last(self, atom: Atom) -> None:
        """`last set 6`: the last set of the last group had other repetitions."""
        self.last_said = False
        self.replace_from = None
        last = self.groups[-1]
        if last.count > 1:
            last.count -= 1
            last = last.copy()
            last.count = 1
            self.groups.append(last)
        last.low, last.high = _whole(atom.low), _whole(atom.high)
        last.start, last.end = atom.start, atom.end

    def _correct(self, atom: Atom) -> None:
        """`sorry 85` corrects the load if it is near it, else the repetitions."""
        last = self.groups[-1]
        weight = last.load.weight if last.load else None
        value = atom.low or Decimal(0)
        if weight and (atom.has_decimals or abs(value - weight) < abs(value - Decimal(last.low or 0))):
            last.load = Load(value, last.load.unit if last.load else None, last.load.mode if last.load else "external")
        else:
            last.low = last.high = _whole(atom.low)
        self.figures.doubt("numbers", "correction", 0.8)
        self.replace_from = None

    def _read_at(self, chunk: Chunk) -> None:
        """Behind `@`: 5 to 10 after sets is an effort, anything else a load."""
        value = chunk.factors[0].low or Decimal(0)
        is_effort = bool(self.groups) and 5 <= value <= 10
        if is_effort and self.groups[-1].rpe is None:
            self._read_rpe(chunk)
        elif not self.groups or self.groups[-1].load is None or self.groups[-1].has_lent_load:
            self._read_load(chunk)
        else:
            self.load, self.is_load_waiting = self._load_of(chunk.factors[0]), True

    def _is_load_first(self, index: int) -> bool:
        """Tell whether a first bare number is the load of what follows: `100 5 5 5`, `80 3x8`, `185 3 sets 8 8 6`."""
        chunk, lift = self.chunks[index], self.context.lift
        if self.pending_sets is not None:
            return False
        if self.load is not None or self.groups:
            return self._opens_new_load(index)
        following = [c for c in self.chunks[index + 1 :] if c.factors]
        if not following or (
            lift.is_bodyweight and lift.is_known and not following[0].is_of and not _is_set_product(following[0])
        ):
            return False
        value = chunk.factors[0].low or Decimal(0)
        behind = following[0]
        if not behind.is_single:
            return (
                _is_set_product(behind)
                and behind.before in (" ", ":", "-", "word", ",")
                and (value > 5 or chunk.factors[0].has_decimals)
            )
        if behind.factors[0].unit in ("set", "rep"):
            return value >= 5 and not behind.is_of and behind.factors[0].unit == "set" or value > 20
        if behind.is_of and behind.is_bare:
            return value > 12
        return self._stands_out(chunk, index)

    def _opens_new_load(self, index: int) -> bool:
        """`140x3 ... 120 for 3x5`: a number too large for repetitions in front of sets without a load of their own."""
        chunk = self.chunks[index]
        value = chunk.factors[0].low or Decimal(0)
        following = next((c for c in self.chunks[index + 1 :] if c.factors), None)
        is_load = value > 30 or chunk.factors[0].has_decimals
        return is_load and self.context.lift.is_loaded and following is not None and _is_set_product(following)

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
        set_off = rest[0].before == " " and bool(separators) and " " not in separators
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

    def _read_loads_behind(self, index: int) -> int:
        last = self.groups[-1]
        run = [self.chunks[index]]
        for chunk in self.chunks[index + 1 :]:
            if not chunk.is_single or chunk.before not in (",", "/") or not self._may_be_load(chunk.factors[0]):
                break
            run.append(chunk)
        if len(run) == last.count and len(run) > 1:
            self.groups.pop()
            for chunk in run:
                single = last.copy()
                single.count, single.load = 1, self._load_of(chunk.factors[0])
                self.groups.append(single)
            return len(run)
        self._read_load(self.chunks[index])
        if not self.context.lift.is_known:
            self.figures.doubt("numbers", "load behind sets", 0.8)
        return 1

    def _read_bare_reps(self, chunk: Chunk) -> None:
        """Take a bare number as repetitions (or seconds of a hold) where nothing else fits."""
        atom = chunk.factors[0]
        lift = self.context.lift
        value = atom.low or Decimal(0)
        if (
            atom.has_decimals
            or value > 200
            or (self.groups and self.groups[-1].is_counted and self.pending_sets is None)
        ):
            self._leave([atom])
            return
        if lift.is_loaded and value > 30 and lift.is_known:
            self._leave([atom])
            return
        if lift.measure == "distance" and not self.groups:
            self._leave([atom])
            return
        self._absorb_count(chunk)
        if lift.measure == "duration":
            group = self._group(chunk)
            group.seconds = _whole(atom.low)
            self._add(group)
            self.figures.doubt("unit", "seconds", 0.5)
            return
        if not self.is_load_waiting and self.load is None and lift.is_loaded and self.pending_sets is None:
            self.figures.doubt("numbers", "no load", 0.8)
        self._add_work(atom, None)

    # -- marks ---------------------------------------------------------------------------------------------------------

    def _read_mark(self, chunk: Chunk, index: int) -> None:
        mark = chunk.mark
        assert mark is not None
        role = mark.role
        if role in ("kg", "lb"):
            self.stated_unit = "lb" if role == "lb" else "kg"
        if role == "then":
            self.barrier = len(self.groups)
        if role == "correct" and not self.groups:
            self.figures.is_correction = True
        if role == "tempo_value":
            self.figures.tempo = self.figures.tempo or mark.text
        elif role in ("side", "hand"):
            self._read_side(role, chunk, index)
        elif role in ("warmup", "drop", "failure"):
            self._read_set_kind(chunk, index)
        elif role in ("working", "top_set", "back_off", "then") and self.kind_ahead == "warmup":
            self.kind_ahead = "working"
        elif role == "last_set":
            self.last_said = True
        elif role == "amrap":
            self._read_amrap()
        elif role == "correct":
            self.replace_from = self.list_start if self.groups else None
        elif role == "same" and not self.groups:
            self.figures.doubt("figures", "same as elsewhere", 0.6)
        elif role == "same" and index + 1 <= len(self.chunks):
            self._repeat()
        elif role == "cut_off":
            self.figures.is_refused = True
        elif role == "other_day":
            self.figures.is_elsewhere = True
        elif role == "unclear":
            self.figures.doubt("figures", "unclear", 0.5)
        elif role == "missed" and self.groups and self.groups[-1].low != 0:
            self.figures.doubt("numbers", "missed", 0.8)
        elif role in ("rest_pause", "ladder") and not self.context.is_program:
            self.figures.doubt("numbers", role, 0.6)

    def _read_side(self, role: str, chunk: Chunk, index: int) -> None:
        assert chunk.mark is not None
        if chunk.mark.text.casefold() in BARE_EACH and not self._is_each_side(index):
            return
        if role == "hand" or (self.is_load_waiting and not self.groups and self.load is not None):
            return
        self.figures.is_side = True
        for group in self.groups:
            group.is_side = True

    def _is_each_side(self, index: int) -> bool:
        """A bare `each` means each side behind repetitions or a hold, not in `3 sets each` or `each set`."""
        before = self.chunks[index - 1] if index else None
        following = self.chunks[index + 1] if index + 1 < len(self.chunks) else None
        if before is None or not before.factors or before.factors[-1].unit in ("set", "round", "kg", "lb", "pair"):
            return False
        return following is None or following.mark is None or following.mark.role not in ("set", "round", "set_label")

    def _read_set_kind(self, chunk: Chunk, index: int) -> None:
        mark = chunk.mark
        assert mark is not None
        if mark.role == "failure":
            self._read_failure()
        elif mark.role == "drop":
            self.kind_ahead = "drop"
        elif self.groups and chunk.in_brackets and chunk.before != "word":
            self.groups[-1].kind = "warmup"
        elif self.groups and not self._work_follows(index):
            for group in self.groups:
                group.kind = "warmup"
        elif self.groups:
            for group in self.groups:
                group.kind = "warmup"
        else:
            self.kind_ahead = "warmup"

    def _work_follows(self, index: int) -> bool:
        return any(c.factors for c in self.chunks[index + 1 :])

    def _read_failure(self) -> None:
        if self.last_said:
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

    def _read_amrap(self) -> None:
        if self.last_said:
            self.figures.is_last_amrap, self.last_said = True, False
        elif self.groups and self.groups[-1].low is not None:
            self.figures.is_last_amrap = self.context.is_program
        elif self.pending_sets is not None or not self.groups:
            start = self.chunks[0].start
            self._add(Group(start, start, is_amrap=True))
        else:
            self.groups[-1].is_amrap = True

    def _repeat(self) -> None:
        self.groups.append(self.groups[-1].copy())

    # -- the end -------------------------------------------------------------------------------------------------------

    def _leave(self, atoms: list[Atom]) -> None:
        self.figures.unused.extend(atoms)
        self.figures.doubt("unused", " ".join(atom.text for atom in atoms)[:40], 0.4)

    def _spread_announced_sets(self) -> None:
        """`3 sets. 80kg, 8 reps. 80kg, 7 reps. 75kg, 9 reps.` announces the sets that follow one by one."""
        taker = self.took_pending
        if taker is None or len(self.groups) < 2 or self.groups[0] is not taker or any(g.is_counted and g is not taker for g in self.groups):
            return
        if taker.count == len(self.groups):
            taker.count = 1

    def _turn_into_percents(self) -> None:
        """`70x3, 80x3, 90x3+` of a program are percents, said without their sign."""
        loads = [g.load.weight for g in self.groups if g.load is not None and g.load.unit is None and g.load.weight]
        is_told = any(c.mark is not None and c.mark.role in ("training_max", "percent") for c in self.chunks)
        if not self.context.is_program or len(loads) < 2 or len(loads) != len(self.groups) or max(loads) > 110:
            return
        rises = all(a < b for a, b in zip(loads, loads[1:], strict=False)) and self.groups[-1].is_plus
        if not is_told and not rises:
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
        if self.pending_percent is not None and not self.groups:
            start = self.chunks[0].start
            self.groups.append(Group(start, self.chunks[-1].end, percent=self.pending_percent))
        if self.replace_from is not None:
            figures.doubt("numbers", "correction", 0.4)


def _is_set_product(chunk: Chunk) -> bool:
    """Tell whether a product is sets by repetitions, as `3x8` is."""
    if len(chunk.factors) != 2 or chunk.factors[0].unit not in (None, "set") or chunk.factors[0].sign:
        return False
    first, second = chunk.factors
    return (first.low or Decimal(99)) <= 12 and second.unit in (None, "rep", "amrap", "second", "metre")


def _whole(value: Decimal | None) -> int | None:
    return None if value is None else int(value)
