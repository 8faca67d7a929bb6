"""Shapes of figures that tell what was done from what is to be done: lists, loads by repetitions, times of ways."""

from __future__ import annotations

import itertools

from parser.atoms import Atom


def tells_time_of_way(part: list[Atom]) -> bool:
    """`5k in 26:40`: how long a distance took."""
    told = [a for a in part if a.kind in ("amount", "times")]
    is_once = not told[1:] or told[1].kind != "times"
    pairs = itertools.pairwise(told[:2]) if is_once else ()
    return any(a.unit == "metre" and b.unit == "second" and "clock" in b.role for a, b in pairs)


def has_three_factors(part: list[Atom]) -> bool:
    """`3x5x60`: sets, repetitions and the load that was used."""
    signs = [i for i, a in enumerate(part) if a.kind == "times"]
    pairs = [(a, b) for a, b in itertools.pairwise(signs) if b == a + 2]
    return any(
        all(
            x.is_number and x.low == x.high and x.unit in (None, "kg", "lb", "rep", "set")
            for x in part[a - 1 : b + 2 : 2]
        )
        for a, b in pairs
        if a
    )


def is_open_set_done(part: list[Atom]) -> bool:
    """`365x1+, got 4`: what an open set became is known when it is done."""
    for index, atom in enumerate(part):
        if atom.is_plus and any(a.role == "past" for a in part[index + 1 :]):
            return any(a.is_number for a in part[index + 1 :])
    return False


def is_achieved_list(part: list[Atom]) -> bool:
    """`80 6/6/5` and `100kg x 2, 2, 1`: a load and then the repetitions of each set, which no plan writes so."""
    for index, load in enumerate(part):
        is_load = load.unit in ("kg", "lb") or (load.unit is None and (load.low or 0) >= 20)
        if load.kind == "amount" and is_load and load.high == load.low and _run_of_repetitions(part[index + 1 :]) >= 3:
            return True
    return False


def is_uneven_list(part: list[Atom]) -> bool:
    """`20 20 15`: the same again and then less is what was done; a plan falls or rises step by step."""
    told = [a for a in part if a.kind == "amount" and a.unit in (None, "rep")]
    run = [a.low for a in told if a.low is not None and a.low == a.high and not a.is_plus]
    if len(run) < 3 or len(run) < len(told) or any(a.kind == "times" for a in part):
        return False
    return len(set(run)) > 1 and (len(set(run)) < len(run) or run not in (sorted(run), sorted(run)[::-1]))


def tells_laps(part: list[Atom]) -> bool:
    """`4x500m: 1:52, 1:51, 1:53, 1:50`: how long each of several ways took."""
    clocks = {a.low for a in part if a.kind == "amount" and a.unit == "second" and "clock" in a.role}
    return any(a.unit == "metre" for a in part) and len(clocks) > 2


def is_list_of_holds(part: list[Atom]) -> bool:
    """`45s 40s 30s`: how long each hold lasted, less and less."""
    told = [a for a in part if a.kind == "amount"]
    times = [a.low or 0 for a in told if a.unit in ("second", "pair") and a.low == a.high]
    is_plain = len(times) == len(told) and not any(a.kind == "times" for a in part)
    return is_plain and len(times) > 2 and times == sorted(times)[::-1] and times[0] > times[-1]


def is_uneven_at_load(part: list[Atom]) -> bool:
    """`185x5 185x5 185x4`: what was left of the repetitions at one load."""
    pairs = [(part[i], part[i + 2]) for i in range(len(part)) if is_load_by_reps(part, i)]
    return len(pairs) >= 3 and len({load.low for load, _ in pairs}) == 1 and is_uneven_list([r for _, r in pairs])


def details_sets(part: list[Atom]) -> bool:
    """`3 sets of push-ups (20, 18, 15)`: brackets that hold the repetitions of as many sets."""
    opening = next((i for i, a in enumerate(part) if a.text == "("), len(part))
    inside = list(itertools.takewhile(lambda a: a.text != ")", part[opening + 1 :]))
    told = [a for a in inside if a.kind != "sep"]
    counts = [a.low for a in part[:opening] if a.kind == "amount" and a.unit == "set"]
    is_plain = all(a.is_number and a.unit in (None, "rep") and a.low == a.high for a in told)
    return is_plain and len(told) > 1 and [len(told)] == counts


def _run_of_repetitions(atoms: list[Atom]) -> int:
    """Count the repetitions that follow each other; only the first may stand behind a multiplication sign."""
    run = 0
    for atom in atoms:
        if atom.kind == "amount":
            if atom.unit not in (None, "rep") or atom.high != atom.low or atom.is_plus or (atom.low or 0) >= 20:
                return run
            run += 1
        elif atom.kind == "times" and run:
            return run - 1
        elif atom.kind not in ("sep", "times"):
            return run
    return run


def is_load_by_reps(part: list[Atom], index: int) -> bool:
    """`80x11` and `82.5kg x 6` tell what was lifted."""
    if index + 2 >= len(part) or part[index + 1].kind != "times" or (index and part[index - 1].kind == "times"):
        return False
    first, second = part[index], part[index + 2]
    if second.unit not in (None, "rep") or second.is_plus or second.high != second.low or (second.low or 99) > 30:
        return False
    return first.unit in ("kg", "lb") or (first.unit is None and ((first.low or 0) > 20 or first.has_decimals))
