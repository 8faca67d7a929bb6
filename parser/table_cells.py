"""What the cells of a table say: the figures of a column with its unit, as the reader of figures takes them."""

from __future__ import annotations

from parser.atoms import Atom
from parser.document import Entry
from parser.tables import label_atoms


def without_sets(roles: list[str]) -> list[str]:
    return ["note" if role == "sets" else role for role in roles]


def first_is_one(entry: Entry) -> bool:
    """Tell whether the entry's first row counted one set, as the first of numbered sets does."""
    return bool(entry.parts) and any(a.unit == "set" and a.low == 1 for a in entry.parts[0])


def unit_of_column(text: str) -> str:
    """Give the unit that stands in a column of its own, as `kgs` and `km` do."""
    return {"kgs": "kg", "lbs": "lb", "кг": "kg", "kilometers": "km", "mile": "mi", "miles": "mi"}.get(text, text)


def holds_products(atoms: list[Atom]) -> bool:
    """`205x5, 205x4` in the column of sets tells the sets whole."""
    return any(a.kind == "times" for a in atoms) and sum(a.kind == "amount" for a in atoms) > 1


def role_of_load(role: str, roles: list[str]) -> str:
    """In front of the columns of single sets a load opens their list."""
    return "load of each" if role == "weight" and "each" in roles else role


def cell_atoms(atoms: list[Atom], role: str, unit: str) -> list[Atom]:
    if role == "load of each":
        return label_atoms(atoms, "weight", unit)
    if role == "each" and atoms:
        return [Atom("sep", atoms[0].start, atoms[0].start, ","), *atoms]
    labelled = label_atoms(atoms, role, unit)
    if role in ("weight",) and labelled:
        return [Atom("at", labelled[0].start, labelled[0].start), *labelled]
    if role == "reps" and labelled:
        return [Atom("of", labelled[0].start, labelled[0].start), *labelled]
    if role == "tempo" and labelled and not any(a.role == "tempo_value" for a in labelled):
        digits = "".join(c for a in atoms for c in a.text.upper() if c.isdigit() or c == "X")
        if 3 <= len(digits) <= 4:
            return [Atom("mark", atoms[0].start, atoms[-1].end, digits.ljust(4, "0"), "tempo_value")]
    return labelled


def number_in(text: str) -> int | None:
    digits = "".join(char for char in text if char.isdigit())
    return int(digits[:4]) if digits else None


def with_schemes(roles: list[str], cells: list[list[Atom]]) -> list[str]:
    """`5x5` below a word that heads no known column tells sets all the same, where no other column does."""
    if {"sets", "reps", "scheme", "each"} & set(roles):
        return roles
    return [
        "scheme" if not role and index < len(cells) and holds_products(cells[index]) else role
        for index, role in enumerate(roles)
    ]
