"""What the factors of a product count: `80x8x3`, `3x8`, `5x140`, `3x12x25`, `45s x 3`.

A unit settles its factor, and by elimination the others; decimals and sizes settle most of the rest. Where an order
stays
open, a user's habit or last load may decide; else the likely reading is given and marked as doubtful.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from parser.atoms import Atom
from parser.reading import Habits

LOAD, REPS, SETS, TIME, DISTANCE, PERCENT = "load", "reps", "sets", "time", "distance", "percent"
UNIT_ROLES = {
    "kg": LOAD, "lb": LOAD, "plate": LOAD, "bar": LOAD, "bodyweight": LOAD, "rep": REPS, "amrap": REPS, "set": SETS,
    "round": SETS, "second": TIME, "metre": DISTANCE, "percent": PERCENT, "times": REPS, "calorie": "calories",
}  # fmt: skip
SURE, LIKELY, OPEN = 1.0, 0.8, 0.45
MOST_SETS = 10
LEAST_SECONDS = 15
MOST_LOADED_REPS = 50


@dataclass(frozen=True, slots=True)
class Lift:
    """What is known of the exercise that a figure belongs to."""

    measure: str = "weight_reps"
    is_bodyweight: bool = False
    is_known: bool = False
    last_kg: Decimal | None = None
    category: str = ""
    is_machine: bool = False

    @property
    def is_loaded(self) -> bool:
        return self.measure == "weight_reps" and not self.is_bodyweight

    @property
    def is_timed(self) -> bool:
        return self.measure in ("duration", "distance")


@dataclass(frozen=True, slots=True)
class Roles:
    """The role of each factor and how sure that is; `options` are the orders that would also do."""

    roles: tuple[str, ...]
    certainty: float = SURE
    options: tuple[str, ...] = ()


def find_roles(factors: list[Atom], lift: Lift, habits: Habits) -> Roles | None:
    """Tell what the factors of a product count, or None where no reading makes sense."""
    known = [_unit_role(atom, lift) for atom in factors]
    if len(factors) == 2:
        return _two(factors, known, lift)
    if len(factors) == 3:
        return _three(factors, known, lift, habits)
    return None


def _unit_role(atom: Atom, lift: Lift) -> str:
    if atom.unit == "pair":
        return TIME if lift.is_timed or not lift.is_known else "pair"
    if atom.sign:
        return LOAD
    if atom.unit is None:
        return REPS if atom.is_plus or atom.high != atom.low else ""
    return UNIT_ROLES.get(atom.unit, "other")


def _value(atom: Atom) -> Decimal:
    return atom.low if atom.low is not None else Decimal(0)


def _two(factors: list[Atom], known: list[str], lift: Lift) -> Roles | None:
    first, second = factors
    if "other" in known or "calories" in known:
        return None
    known = [_pair_role(role, known, lift) for role in known]
    if known == ["", ""]:
        return _two_bare(first, second, lift)
    if known[0] and known[1]:
        return _two_known(known, first)
    if known[0]:
        return Roles((known[0], _partner_behind(known[0])), SURE if known[0] != REPS else LIKELY)
    return Roles(*_partner_before(known[1], first, lift))


def _pair_role(role: str, known: list[str], lift: Lift) -> str:
    """The s of `26s x 10` is a pair of dumbbells, that of `3 x 30s` seconds."""
    if role != "pair":
        return role
    return LOAD if known[0] == "pair" and lift.is_loaded else TIME


def _two_known(known: list[str], first: Atom) -> Roles | None:
    pair = tuple(known)
    if known[0] == REPS and known[1] == REPS and (first.high == first.low or known[1] == REPS):
        return Roles((SETS, REPS))
    if pair[0] == pair[1]:
        return None
    return Roles(pair)


def _partner_behind(role: str) -> str:
    return {LOAD: REPS, PERCENT: REPS, SETS: REPS, REPS: SETS, TIME: SETS, DISTANCE: SETS}[role]


def _partner_before(role: str, first: Atom, lift: Lift) -> tuple[tuple[str, str], float]:
    """Tell what a bare number in front of a known factor counts."""
    value = _value(first)
    if role == REPS:
        if first.has_decimals or value > 12 or (value > MOST_SETS and lift.is_loaded):
            return (LOAD, REPS), SURE if first.has_decimals or value > 15 else LIKELY
        return (SETS, REPS), SURE if value <= 8 else LIKELY
    if role in (LOAD, PERCENT):
        # `85x7 lb` says the unit last: hardly anybody does that many repetitions, and the order is asked about.
        return (REPS, role), SURE if value <= MOST_LOADED_REPS or not lift.is_loaded else OPEN
    if role == SETS:
        return (REPS, SETS), SURE
    return (SETS, role), SURE if value <= 12 else OPEN


def _two_bare(first: Atom, second: Atom, lift: Lift) -> Roles:
    a, b = _value(first), _value(second)
    if lift.measure == "duration" and lift.is_known and a <= MOST_SETS and b >= LEAST_SECONDS:
        return Roles((SETS, TIME), LIKELY, ("sets_reps",))
    if first.has_decimals:
        return Roles((LOAD, REPS))
    if second.has_decimals:
        return Roles((REPS, LOAD))
    if a > 20:
        return _large_first(a, b, lift)
    if b > a and ((b >= 40 and lift.is_loaded) or b > 100):
        return Roles((REPS, LOAD), SURE if b >= 50 else LIKELY, ("sets_reps",))
    if a <= 8:
        return Roles((SETS, REPS), SURE if b <= 30 or not lift.is_loaded else OPEN)
    return _middle_first(a, b, lift)


def _large_first(a: Decimal, b: Decimal, lift: Lift) -> Roles:
    if lift.is_bodyweight and lift.is_known and b <= 10:
        return Roles((REPS, SETS), OPEN, ("load_reps",))
    return Roles((LOAD, REPS), SURE if b <= 30 and lift.is_known else LIKELY)


def _middle_first(a: Decimal, b: Decimal, lift: Lift) -> Roles:
    """Read a first number from 9 to 20: few sets are that many, few loads that light."""
    if lift.is_bodyweight or lift.is_timed:
        return Roles((SETS, REPS), OPEN if a > 10 else LIKELY, ("reps_sets",))
    if a == 10 and (b <= 5 or b == 10):
        return Roles((SETS, REPS), OPEN, ("load_reps",))
    certainty = LIKELY if a <= 12 or not lift.is_known else SURE
    if lift.last_kg is not None and abs(lift.last_kg - a) <= lift.last_kg / 4:
        certainty = SURE
    return Roles((LOAD, REPS), certainty, ("sets_reps",))


def _three(factors: list[Atom], known: list[str], lift: Lift, habits: Habits) -> Roles | None:
    if "other" in known or "calories" in known:
        return None
    known = [LOAD if role == "pair" else role for role in known]
    missing = [i for i, role in enumerate(known) if not role]
    if not missing:
        return Roles(tuple(known)) if len(set(known)) == 3 else None
    if len(missing) == 1:
        return _one_missing(known, missing[0])
    if len(missing) == 2:
        return _two_missing(factors, known, missing)
    return _three_bare(factors, lift, habits)


def _one_missing(known: list[str], index: int) -> Roles | None:
    taken = set(known) - {""}
    if len(taken) != 2:
        return None
    effort = taken & {LOAD, PERCENT}
    work = taken & {REPS, TIME, DISTANCE}
    role = SETS if effort and work else LOAD if SETS in taken and work else REPS if SETS in taken else SETS
    roles = list(known)
    roles[index] = role
    return Roles(tuple(roles))


def _two_missing(factors: list[Atom], known: list[str], missing: list[int]) -> Roles:
    """Read the two bare numbers beside a known one: `80kg x 8 x 3`, `3 x 8 x 80kg`, `3x80kgx8`."""
    place = next(i for i, role in enumerate(known) if role)
    role = known[place]
    first, second = (_value(factors[i]) for i in missing)
    if role in (TIME, DISTANCE, REPS, SETS):
        return _beside_work(factors, known, missing, role)
    if place == 0:
        is_odd = first <= 5 and second >= 8
        pair, certainty = ((SETS, REPS), OPEN) if is_odd else ((REPS, SETS), SURE if second <= MOST_SETS else LIKELY)
    elif place == 2:
        pair, certainty = (SETS, REPS), SURE if first <= MOST_SETS else OPEN
    else:
        pair, certainty = ((SETS, REPS) if first <= second else (REPS, SETS)), LIKELY
    roles = list(known)
    roles[missing[0]], roles[missing[1]] = pair
    return Roles(tuple(roles), certainty)


def _beside_work(factors: list[Atom], known: list[str], missing: list[int], role: str) -> Roles:
    first, second = (factors[i] for i in missing)
    if role == SETS:
        pair = (REPS, LOAD) if _value(second) > _value(first) else (LOAD, REPS)
    else:
        pair = (LOAD, SETS) if _value(first) > 12 or first.has_decimals else (SETS, LOAD)
    roles = list(known)
    roles[missing[0]], roles[missing[1]] = pair
    return Roles(tuple(roles), LIKELY)


WEIGHT_FIRST = (LOAD, REPS, SETS)
WEIGHT_LAST = (SETS, REPS, LOAD)
WEIGHT_SETS_REPS = (LOAD, SETS, REPS)
ORDERS = {"weight_reps_sets": WEIGHT_FIRST, "sets_reps_weight": WEIGHT_LAST, "weight_sets_reps": WEIGHT_SETS_REPS}
ORDER_NAMES = tuple(ORDERS)


def _three_bare(factors: list[Atom], lift: Lift, habits: Habits) -> Roles:
    a, b, c = (_value(atom) for atom in factors)
    habit = habits.three_number_order
    if factors[0].has_decimals or a > 20:
        return _weight_first(b, c, habit)
    if factors[2].has_decimals or c > 20:
        # `8x3x80` may be eight sets of three as well as three sets of eight.
        return Roles(WEIGHT_LAST, SURE if a <= MOST_SETS and not (a >= 8 and b <= 4) else LIKELY)
    by_load = _by_last_load(a, c, lift)
    if by_load is not None:
        return Roles(by_load, SURE)
    if habit is not None:
        return Roles(ORDERS[habit], SURE)
    if c > 10 >= a:
        return Roles(WEIGHT_LAST, LIKELY if c >= 15 and a <= 6 else OPEN, ORDER_NAMES)
    if a > c:
        return Roles(WEIGHT_FIRST, LIKELY if a >= 15 and c <= 6 and b > 5 else OPEN, ORDER_NAMES)
    return Roles(WEIGHT_LAST, OPEN, ORDER_NAMES)


def _weight_first(b: Decimal, c: Decimal, habit: str | None) -> Roles:
    if habit == "weight_sets_reps":
        return Roles(WEIGHT_SETS_REPS, SURE)
    if b <= 5 and c >= 8 and habit is None:
        return Roles(WEIGHT_SETS_REPS, OPEN, ORDER_NAMES)
    return Roles(WEIGHT_FIRST, SURE if c <= MOST_SETS or habit else LIKELY)


def _by_last_load(a: Decimal, c: Decimal, lift: Lift) -> tuple[str, ...] | None:
    """Let the load this user had on this lift last time tell the weight: near one end and far from the other."""
    last = lift.last_kg
    if last is None:
        return None
    near_first, near_last = abs(last - a) <= last / 5, abs(last - c) <= last / 5
    if near_first == near_last:
        return None
    return WEIGHT_FIRST if near_first else WEIGHT_LAST
