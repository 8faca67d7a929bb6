"""Short answers right after a set: `same`, `+1`, `8`, `8 @9`, `82.5`, `same x3`. They say how the next set differs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from parser.answers import Answer, read_answer
from parser.atoms import Atom
from parser.plain_sets import is_plain_set
from parser.reading import WeightUnit

SMALLEST_LOAD = 31
MOST_TIMES = 10
REP_STEPS = (Decimal(1), Decimal(2), Decimal(3))


@dataclass(frozen=True, slots=True)
class FollowUp:
    """How the next set differs from the last one; what is None stays as it was. Changes are signed; `times` sets are
    meant; `is_count` where their number stands alone ("5 sets"), which may count those that are done.
    """

    weight: Decimal | None = None
    unit: WeightUnit | None = None
    weight_change: Decimal | None = None
    reps: int | None = None
    reps_change: int | None = None
    rpe: Decimal | None = None
    times: int = 1
    is_count: bool = False


def parse_follow_up(text: str) -> FollowUp | None:
    """Read a short answer, or give None where it is anything else: `parse_follow_up("+1") ==
    FollowUp(reps_change=1)`.
    """
    answer = None if is_plain_set(text) else read_answer(_signed_apart(text))
    if answer is None or "not" in answer.meanings or answer.has_letters_left:
        return None
    atoms = [atom for atom in answer.atoms if not (atom.kind == "sep" and atom.text in ",.!;()")]
    says_again = "again" in answer.meanings
    if not atoms:
        return FollowUp() if says_again else None
    found = _read(atoms, answer, says_again)
    return found if found is not None and 1 <= found.times <= MOST_TIMES else None


def _signed_apart(text: str) -> str:
    """A sign in front of a number is glued to it: `+ 2.5` is `+2.5`."""
    stripped = text.strip()
    return stripped[0] + stripped[1:].lstrip() if stripped and stripped[0] in "+-−" else stripped


def _read(atoms: list[Atom], answer: Answer, says_again: bool) -> FollowUp | None:
    result = FollowUp()
    index = 0
    while index < len(atoms):
        atom = atoms[index]
        following = atoms[index + 1] if index + 1 < len(atoms) else None
        if atom.kind == "sep" and atom.text in "+-" and following is not None and following.kind == "amount":
            result, index = _changed(result, replace(following, sign=atom.text)), index + 2
        elif atom.kind == "times" and following is not None and (says_again or following.unit == "set"):
            result, index = replace(result, times=int(following.low or 0)), index + 2
        elif atom.kind == "times" and result.weight is not None and following is not None and _is_plain(following):
            result, index = _with_plain(result, replace(following, unit="rep")), index + 2
        elif atom.kind == "at" and following is not None and following.kind == "amount":
            result, index = _with_effort(result, following), index + 2
        elif atom.kind == "amount":
            result, index = _with_amount(result, atom, answer), index + 1
        else:
            return None
        if result is _NOTHING:
            return None
    return result


def _is_plain(atom: Atom) -> bool:
    """Tell whether an atom is one number that does not say what it counts."""
    return atom.is_number and atom.unit is None and atom.high == atom.low


_NOTHING = FollowUp(times=0)


def _changed(result: FollowUp, atom: Atom) -> FollowUp:
    if atom.low is None or atom.high != atom.low:
        return _NOTHING
    change = -atom.low if atom.sign == "-" else atom.low
    if atom.unit in ("kg", "lb"):
        return replace(result, weight_change=change, unit=_unit(atom))
    if atom.unit == "rep" or (atom.unit is None and atom.low in REP_STEPS and not atom.has_decimals):
        return replace(result, reps_change=int(change))
    return replace(result, weight_change=change) if atom.unit is None else _NOTHING


def _unit(atom: Atom) -> WeightUnit:
    return "lb" if atom.unit == "lb" else "kg"


def _with_effort(result: FollowUp, atom: Atom) -> FollowUp:
    value = atom.low or Decimal(0)
    if atom.unit in (None, "rpe") and Decimal(5) <= value <= 10:
        return replace(result, rpe=value)
    if atom.unit in (None, "kg", "lb"):
        return replace(result, weight=atom.low, unit=_unit(atom) if atom.unit else None)
    return _NOTHING


def _with_amount(result: FollowUp, atom: Atom, answer: Answer) -> FollowUp:
    if atom.low is None or atom.high != atom.low:
        return _NOTHING
    sign = atom.sign or ("+" if "more" in answer.meanings else "-" if "less" in answer.meanings else "")
    if sign:
        return _changed(result, replace(atom, sign=sign))
    if atom.unit == "rpe":
        return replace(result, rpe=atom.low)
    if atom.unit == "rir":
        return replace(result, rpe=Decimal(10) - atom.low)
    if atom.unit == "set":
        return replace(result, times=int(atom.low), is_count=not _says_more(atom, answer))
    return _with_plain(result, atom)


def _says_more(atom: Atom, answer: Answer) -> bool:
    """Tell whether sets are to come on top: `5 more sets`, `another 3 sets`, `ещё 2 подхода`."""
    inside = (read_answer(word) for word in atom.text.split()[1:-1])
    return any({"again", "more"} & set(said.meanings) for said in (answer, *inside) if said is not None)


def _with_plain(result: FollowUp, atom: Atom) -> FollowUp:
    """A load where it has a unit, decimals or a load's size; else repetitions."""
    assert atom.low is not None
    if atom.unit in ("kg", "lb"):
        return _NOTHING if result.weight is not None else replace(result, weight=atom.low, unit=_unit(atom))
    if atom.unit == "rep":
        return replace(result, reps=int(atom.low))
    if atom.unit is not None or atom.is_plus:
        return _NOTHING
    is_load = atom.has_decimals or atom.low >= SMALLEST_LOAD
    if is_load:
        return _NOTHING if result.weight is not None else replace(result, weight=atom.low)
    return _NOTHING if result.reps is not None else replace(result, reps=int(atom.low))
