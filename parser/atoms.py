"""Third stage: tokens become atoms, the smallest things that mean something to a lifter.

An amount is a number (or a range) with what it counts; a mark is a word of the grammar; a name is a phrase of the
vocabulary; a word is anything else. Amounts already carry units, signs, rests, efforts and tempos, so that the stages
after this one never look at characters.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from parser.name_words import STOP_STEMS, name_words


@dataclass(slots=True, unsafe_hash=True)
class Atom:
    """A piece of meaning: kind is amount, mark, name, word, times, at, of, sep or clock; see the fields for the rest.

    An amount runs from `low` to `high` of `unit`; `is_plus` is the plus of `5+`, `sign` the sign in front. Units:
    None, kg, lb, plate, pair (the s of `25s`), bar, bodyweight, second, metre, rep, set, round, percent, rpe, rir,
    rest, amrap, times (of doing it), calorie, other_unit. A mark's `role` is its grammar category, `text` what stands
    in the text.

    Nobody changes an atom, `changed` gives another one; it is not frozen because making frozen ones takes thrice as
    long.
    """

    kind: str
    start: int
    end: int
    text: str = ""
    role: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str | None = None
    is_plus: bool = False
    sign: str = ""
    has_decimals: bool = False
    is_glued: bool = False
    is_short: bool = False
    value: int = 0

    @property
    def is_number(self) -> bool:
        return self.kind == "amount" and self.low is not None


def changed(atom: Atom, **fields: Any) -> Atom:
    """Give an atom with other values in some fields; `dataclasses.replace` does the same, several times slower."""
    other = Atom(
        atom.kind, atom.start, atom.end, atom.text, atom.role, atom.low, atom.high, atom.unit, atom.is_plus, atom.sign,
        atom.has_decimals, atom.is_glued, atom.is_short, atom.value,
    )  # fmt: skip
    for name, value in fields.items():
        setattr(other, name, value)
    return other


@lru_cache(maxsize=16384)
def is_stop(text: str) -> bool:
    """Tell whether a word only joins others in a name."""
    words = name_words(text)
    return bool(words) and all(word in STOP_STEMS for word in words)
