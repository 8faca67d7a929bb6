"""Corrections of what was just logged: `no, 85`, `that was 7 reps`, `rpe 9`, `it was incline bench`, `last one was
5`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from parser.answers import Answer, read_answer
from parser.atoms import Atom
from parser.ordinals import counted_out
from parser.plain_sets import is_plain_set
from parser.reading import SetKind, WeightUnit
from parser.vocabulary import Vocabulary

SMALLEST_LOAD = 31
SURE_NAME = 0.6
DENIALS = frozenset({"not", "не", "no", "nicht", "pas", "não"})
# Words that deny what stands behind them; `no, lbs` denies what was read, `not lbs` the pounds.
DENY_AHEAD = frozenset({"not", "не", "nicht", "pas", "não"})
IN_WORDS = frozenset({"in", "в", "en", "em"})


@dataclass(frozen=True, slots=True)
class Amendment:
    """Which fields of a set change to what; None stays. `is_explicit` tells that the words say it is a correction."""

    weight: Decimal | None = None
    unit: WeightUnit | None = None
    reps: int | None = None
    seconds: int | None = None
    distance_m: Decimal | None = None
    rpe: Decimal | None = None
    kind: SetKind | None = None
    name: str | None = None
    set_number: int | None = None
    is_last: bool = False
    is_explicit: bool = False

    @property
    def is_unit_alone(self) -> bool:
        """Tell whether nothing but the unit changes: `lbs`, `that was in kg`."""
        return self.unit is not None and self == Amendment(unit=self.unit, is_explicit=self.is_explicit)


def parse_amendment(text: str) -> Amendment | None:
    """Read a correction, or give None: `parse_amendment("no, 85") == Amendment(weight=Decimal(85),
    is_explicit=True)`.
    """
    if "?" in text or is_plain_set(text):
        return None
    rest, number = counted_out(text)
    if number is not None:
        # `first set 80x8` may be telling of a set that is new: only what says that it corrects does.
        found = _parse(rest)
        return None if found is None or found.name or not found.is_explicit else replace(found, set_number=number)
    return _parse(rest)


def _parse(text: str) -> Amendment | None:
    answer = read_answer(text)
    if answer is None or not answer.atoms or "again" in answer.meanings:
        return None
    is_explicit = "not" in answer.meanings or any(
        a.role in ("correct", "past", "missed", "last_set") for a in answer.atoms
    )
    named = _name(answer, is_explicit)
    if named is not None:
        return named
    found = _read(list(answer.atoms), Amendment(is_explicit=is_explicit))
    if found is None or _is_empty(found):
        return None
    return _with_other_unit(found) if found.is_unit_alone and _denies_ahead(answer) else found


def _denies_ahead(answer: Answer) -> bool:
    words = answer.plain.text.casefold().split()
    return len(words) > 1 and words[0] in DENY_AHEAD


def _with_other_unit(found: Amendment) -> Amendment:
    """`not kg` means pounds."""
    return replace(found, unit="kg" if found.unit == "lb" else "lb")


def _is_empty(found: Amendment) -> bool:
    return found == Amendment(is_explicit=found.is_explicit, is_last=found.is_last, set_number=found.set_number)


def _name(answer: Answer, is_explicit: bool) -> Amendment | None:
    """Read `it was incline bench`: only words, and they mean an exercise."""
    atoms = [a for a in answer.atoms if a.kind != "sep"]
    if any(a.role in ("kg", "lb") or (a.kind == "amount" and a.low is not None) for a in atoms) or not any(
        a.kind in ("name", "word") for a in atoms
    ):
        return None
    words = [
        a for a in atoms if a.kind in ("name", "word", "mark", "of", "amount") and a.role not in ("past", "correct")
    ]
    if not words:
        return None
    name = answer.plain.text[words[0].start : words[-1].end].strip(" .!,")
    resolution = Vocabulary.library().resolve(name)
    if not is_explicit and resolution.score < SURE_NAME:
        return None
    return Amendment(name=name, is_explicit=is_explicit) if len(name.split()) <= 6 else None


def _read(atoms: list[Atom], found: Amendment) -> Amendment | None:
    index = 0
    while index < len(atoms):
        atom = atoms[index]
        following = atoms[index + 1] if index + 1 < len(atoms) else None
        if atom.kind == "sep" or atom.kind == "of" or atom.role in ("past", "correct", "then", "and", "emphatic"):
            index += 1
        elif atom.kind == "word" and atom.text.casefold() in DENIALS and following is not None:
            found, index = replace(found, is_explicit=True), index + 2
        elif following is not None and following.role in ("kg", "lb") and atom.text.casefold() in IN_WORDS:
            index += 1
        elif (
            atom.role in ("set", "set_label")
            and following is not None
            and following.unit is None
            and following.low is not None
        ):
            found, index = replace(found, set_number=int(following.low)), index + 2
        elif atom.kind == "at" and following is not None and following.kind == "amount":
            changed = _with_effort(found, following)
            if changed is None:
                return None
            found, index = changed, index + 2
        elif (
            atom.kind == "times"
            and following is not None
            and following.kind == "amount"
            and following.unit in (None, "rep")
        ):
            found, index = replace(found, reps=int(following.low or 0)), index + 2
        else:
            changed = _with_atom(found, atom)
            if changed is None:
                return None
            found, index = changed, index + 1
    return found


def _with_effort(found: Amendment, atom: Atom) -> Amendment | None:
    value = atom.low or Decimal(0)
    if atom.unit in (None, "rpe") and Decimal(5) <= value <= 10:
        return replace(found, rpe=value)
    return _with_atom(found, atom)


def _with_atom(found: Amendment, atom: Atom) -> Amendment | None:
    kinds: dict[str, SetKind] = {"warmup": "warmup", "drop": "drop", "failure": "failure", "working": "working"}
    if atom.kind == "mark" and atom.role in kinds:
        return replace(found, kind=kinds[atom.role])
    if atom.role == "last_set":
        return replace(found, is_last=True)
    if atom.role in ("kg", "lb"):
        return replace(found, unit="lb" if atom.role == "lb" else "kg")
    if atom.kind != "amount" or atom.low is None or atom.high != atom.low:
        return None
    return _with_amount(found, atom)


def _with_amount(found: Amendment, atom: Atom) -> Amendment | None:
    value = atom.low
    assert value is not None
    if atom.unit in ("kg", "lb"):
        return replace(found, weight=value, unit="lb" if atom.unit == "lb" else "kg")
    if atom.unit == "rep":
        return replace(found, reps=int(value))
    if atom.unit == "second":
        return replace(found, seconds=int(value))
    if atom.unit == "metre":
        return replace(found, distance_m=value)
    if atom.unit == "rpe":
        return replace(found, rpe=value)
    if atom.unit == "rir":
        return replace(found, rpe=Decimal(10) - value)
    if atom.unit is not None or atom.sign or atom.is_plus:
        return None
    if atom.has_decimals or value >= SMALLEST_LOAD:
        return replace(found, weight=value) if found.weight is None else None
    return replace(found, reps=int(value)) if found.reps is None else None
