"""Products: `80x8x3`, `3x8`, lists of loads before one sign, and pairs of weights that only look like products."""

from __future__ import annotations

import itertools
from decimal import Decimal

from parser.atoms import Atom
from parser.chunks import Chunk, is_bare
from parser.figure_state import whole
from parser.groups import Group, Load
from parser.products import DISTANCE, LOAD, PERCENT, REPS, SETS, TIME, Roles, find_roles
from parser.single_figures import SingleReader

# Nobody does more sets than this of one exercise and writes so.
MOST_REPS_OF_A_SET = 30
MOST_SETS = 10
MOST_REPS = 50
LEAST_OF_A_LIST = 3


def _stand_apart(factors: list[Atom]) -> bool:
    """`12.5 x15 x15`: each sign is glued to what stands behind it only, so that the sets may be told one by one."""
    return all(a.end + 2 == b.start and a.is_number for a, b in itertools.pairwise(factors))


class ProductReader(SingleReader):
    """Reads chunks of several factors."""

    def _read_load_list(self, index: int) -> int:
        """Read `40,45,50 x 10` and `120/140/160 x 12/10/8`: several loads before one sign; give the chunks used."""
        size = self._load_list_size(index)
        if not size:
            return 0
        loads = [chunk.factors[0] for chunk in self.chunks[index : index + size]]
        product = self.chunks[index + size - 1]
        reps = [product.factors[1]]
        if reps[0].unit in ("kg", "lb") and not self._is_load_behind_list(loads, reps[0]):
            return 0
        if self._is_load_behind_list(loads, reps[0]):
            for atom in loads:
                self._add_work(atom, self._load_of(reps[0]), start=atom.start)
            return size
        used = size
        while len(reps) < len(loads) and self._is_list_item(index + used, self.chunks[index + 1].before):
            reps.append(self.chunks[index + used].factors[0])
            used += 1
        if len(reps) not in (1, len(loads)):
            return 0
        if self.pending_sets == len(loads):
            self.pending_sets = None
        unit = next((atom.unit for atom in reversed(loads) if atom.unit), None)
        if unit == "percent":
            self._add_percents(loads, reps)
            return used
        for place, atom in enumerate(loads):
            load = self._load_of(atom)
            if unit in ("kg", "lb") and atom.unit is None:
                load = Load(load.weight, "kg" if unit == "kg" else "lb", load.mode)
            self._add_work(reps[place if len(reps) > 1 else 0], load, start=atom.start)
        return used

    def _read_counted_list(self, index: int) -> int:
        """`4x12-10-8-8` and `3x10/8/6`: as many repetitions as sets tell each of them; give the chunks used."""
        factors = self.chunks[index].factors
        if len(factors) != 2 or not all(is_bare(a) and not a.has_decimals and a.low == a.high for a in factors):
            return 0
        count = whole(factors[0].low) or 0
        run = self.chunks[index + 1 : index + count]
        separators = {chunk.before for chunk in run}
        further = self.chunks[index + count] if index + count < len(self.chunks) else None
        if (
            not LEAST_OF_A_LIST <= count <= MOST_SETS
            or len(run) + 1 != count
            or separators not in ({"/"}, {"-"}, {","})
        ):
            return 0
        if not all(chunk.is_bare for chunk in run) or (further is not None and further.before in separators):
            return 0
        counts = [factors[1], *(chunk.factors[0] for chunk in run)]
        sizes = [atom.low or Decimal(0) for atom in counts]
        if max(sizes) > 6 * min(sizes) or max(sizes) > MOST_REPS:
            return 0
        for atom in counts:
            self._add_work(atom, None)
        return count

    def _add_percents(self, loads: list[Atom], reps: list[Atom]) -> None:
        """`65/75/85% x 5/5/5+`: the sign of the last one holds for all of them."""
        for place, atom in enumerate(loads):
            self._add_work(reps[place if len(reps) > 1 else 0], None, start=atom.start)
            self.groups[-1].percent, self.groups[-1].load = atom.low, None

    def _load_list_size(self, index: int) -> int:
        first = self.chunks[index]
        if not first.is_single or not first.factors[0].is_number or index + 1 >= len(self.chunks):
            return 0
        separator = self.chunks[index + 1].before
        is_glued = self.chunks[index + 1].start == first.end + 1
        if (
            separator not in (",", "/", "-" if is_glued else ",")
            or (self.load is not None and self.is_load_waiting)
            or self.groups
        ):
            return 0
        position = index
        while position < len(self.chunks) and (position == index or self.chunks[position].before == separator):
            chunk = self.chunks[position]
            if chunk.mark is not None or not self._may_be_load(chunk.factors[0]):
                return 0
            if len(chunk.factors) == 2 and position > index:
                is_work = chunk.factors[1].unit in (None, "rep", "kg", "lb")
                return position - index + 1 if is_work else 0
            if not chunk.is_single:
                return 0
            position += 1
        return 0

    def _is_load_behind_list(self, counts: list[Atom], load: Atom) -> bool:
        """`5,5,5,4 x 50` and `12/10/8 x 60`: what stands behind the sign is far larger than all in front of it."""
        most = max(atom.low or Decimal(0) for atom in counts)
        is_plain = all(is_bare(atom) and not atom.has_decimals for atom in counts)
        return is_plain and self.context.lift.is_loaded and (load.low or 0) >= 20 and (load.low or 0) >= 2 * most

    @staticmethod
    def _may_be_load(atom: Atom) -> bool:
        return atom.is_number and atom.unit in (None, "kg", "lb", "pair", "percent") and atom.high == atom.low

    def _is_list_item(self, index: int, separator: str) -> bool:
        return index < len(self.chunks) and self.chunks[index].is_bare and self.chunks[index].before == separator

    def _read_product(self, chunk: Chunk) -> None:
        if self._is_pair_of_weights(chunk):
            self._read_load(Chunk([chunk.factors[1]], None, chunk.before, is_at=True))
            return
        if self._reads_spaced_list(chunk):
            return
        if self._tells_load_and_sets(chunk):
            return
        roles = find_roles(chunk.factors, self.context.lift, self.context.habits)
        if roles is None:
            self._leave(chunk.factors)
            return
        roles = self._settle_by_stated_load(chunk, self._settle_by_waiting_load(chunk, roles))
        if roles.roles == (LOAD, REPS, SETS) and _stand_apart(chunk.factors) and (chunk.factors[2].low or 0) > 5:
            self.figures.doubt("order", "sets or repetitions", 0.8)
        if roles.certainty < 1:
            self.figures.doubt("order", "x".join(roles.roles), roles.certainty, roles.options)
        found = dict(zip(roles.roles, chunk.factors, strict=True))
        group = self._group(chunk)
        self._fill(group, found)
        self._add(group)
        self.list_start = len(self.groups) - 1

    def _tells_load_and_sets(self, chunk: Chunk) -> bool:
        """`10 @ 70 x 3`: behind repetitions the product is their load and how many sets of them."""
        last = self.groups[-1] if self.groups else None
        if not chunk.is_at or last is None or len(chunk.factors) != 2 or last.is_counted or last.load is not None:
            return False
        load, count = chunk.factors
        is_load = load.unit in ("kg", "lb") or (is_bare(load) and (load.low or 0) > 20)
        if last.low is None or not is_load or not is_bare(count) or (count.low or 99) > MOST_SETS:
            return False
        last.load, last.count, last.is_counted = self._load_of(load), self._count(count), True
        self.figures.doubt("order", "sets or repetitions", 0.87)
        return True

    def _settle_by_stated_load(self, chunk: Chunk, roles: Roles) -> Roles:
        """`9x3 @ 55%` and `12x2 60kg` state the load beside the product, which then holds sets and repetitions."""
        if roles.roles != (LOAD, REPS) or not all(is_bare(atom) and not atom.has_decimals for atom in chunk.factors):
            return roles
        place = self.chunks.index(chunk)
        following = self.chunks[place + 1] if place + 1 < len(self.chunks) else None
        states_load = (
            following is not None and following.is_single and following.factors[0].unit in ("percent", "kg", "lb")
        )
        small = (chunk.factors[0].low or 0) <= 15 and (chunk.factors[1].low or 0) <= 12
        return Roles((SETS, REPS), 0.9) if states_load and small else roles

    def _reads_spaced_list(self, chunk: Chunk) -> bool:
        """`50kg x12 x12 x10`: one load and the repetitions of each set."""
        first, *others = chunk.factors
        if not all(is_bare(atom) for atom in others):
            return False
        if chunk.is_of and is_bare(first) and self.context.lift.is_bodyweight and _stand_apart(chunk.factors):
            # `pull ups x10 x8 x6`: each sign stands in front of the repetitions of a set.
            for atom in chunk.factors:
                self._add_work(atom, None)
            return True
        is_apart = len(others) == 2 and _stand_apart(chunk.factors) and (others[-1].low or 0) > MOST_SETS
        if len(others) < 3 and not is_apart:
            return False
        is_load = is_bare(first) and ((first.low or 0) > 20 or first.has_decimals or is_apart)
        if first.unit not in ("kg", "lb", "bodyweight") and not is_load:
            return False
        load = self._load_of(first)
        sizes = [atom.low or Decimal(0) for atom in others]
        if max(sizes) > 2 * min(sizes):
            # `80x8x3x4`: repetitions of sets at one load are near each other.
            self.figures.doubt("order", "many factors", 0.6)
        for atom in others:
            self._add_work(atom, load)
        return True

    def _is_pair_of_weights(self, chunk: Chunk) -> bool:
        """`2 x 14 kg 3 x 10` holds a weight in each hand: the first product is a load where another tells the sets."""
        if len(chunk.factors) != 2 or not is_bare(chunk.factors[0]) or chunk.factors[0].low != 2:
            return False
        is_carry = self.context.lift.measure == "distance"
        if chunk.factors[1].unit not in ("kg", "lb") or not (self.context.lift.is_loaded or is_carry):
            return False
        if self._list_stands_behind(chunk):
            return True
        others = [c for c in self.chunks if c is not chunk and len(c.factors) == 2]
        return len(others) == 1 and all(a.unit not in ("kg", "lb") for a in others[0].factors)

    def _list_stands_behind(self, chunk: Chunk) -> bool:
        """`2x30kg 10,9,8`: a weight in each hand, and the repetitions of each set behind it."""
        behind = [c for c in self.chunks if c.factors and c.start >= chunk.end]
        is_first = self.chunks[0] is chunk
        return is_first and len(behind) > 1 and all(c.is_bare and (c.factors[0].low or 99) <= 30 for c in behind)

    def _settle_by_waiting_load(self, chunk: Chunk, roles: Roles) -> Roles:
        """A load that is already stated makes `3x8` behind it sets and repetitions, whatever the sizes."""
        is_two_bare = len(chunk.factors) == 2 and all(is_bare(atom) for atom in chunk.factors)
        if self.is_load_waiting and is_two_bare:
            a, b = (atom.low or Decimal(0) for atom in chunk.factors)
            if roles.roles[0] in (SETS, REPS):
                return Roles((REPS, SETS), 0.8) if a > 8 and b <= 6 else Roles((SETS, REPS))
            if roles.roles == (LOAD, REPS) and not chunk.factors[0].has_decimals and a <= MOST_REPS_OF_A_SET and b <= 6:
                # `5 kg 15 each arm x3`: the load is told, so that these are repetitions and sets.
                return Roles((REPS, SETS), 0.8)
        return roles

    def _fill(self, group: Group, found: dict[str, Atom]) -> None:
        if SETS in found:
            group.count, group.is_counted = self._count(found[SETS]), True
        if REPS in found:
            self._fill_reps(group, found[REPS])
        if TIME in found:
            group.seconds = whole(found[TIME].low)
        if DISTANCE in found:
            group.metres = found[DISTANCE].low
        if PERCENT in found:
            group.percent = found[PERCENT].low
        if LOAD in found:
            group.load = self._load_of(found[LOAD])
            self.load, self.is_load_waiting = group.load, False
