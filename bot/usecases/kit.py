"""The user's bars, plates and dumbbells: kept in the preferences, one kit a unit, told by buttons or typed.

Where nothing was told, an ordinary gym is meant.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from training.loading import DEFAULT_KITS, Kit, Plate
from training.units import plain

if TYPE_CHECKING:
    from bot.turn import Turn
    from storage.models import User

PREFERENCE: Final = "kit"
DIALOGUE: Final = "kit_typed"
STAYS_OPEN: Final = timedelta(minutes=30)
WEIGHTS: Final = ("bar", "ez_bar", "trap_bar", "dumbbell_step", "stack_step")
DUMBBELL_STEPS: Final[Mapping[str, tuple[Decimal, ...]]] = {
    "kg": tuple(Decimal(step) for step in ("1", "2", "2.5", "5")),
    "lb": tuple(Decimal(step) for step in ("2.5", "5", "10")),
}
STACK_STEPS: Final[Mapping[str, tuple[Decimal, ...]]] = {
    "kg": tuple(Decimal(step) for step in ("1.25", "2.5", "5")),
    "lb": tuple(Decimal(step) for step in ("2.5", "5", "10")),
}
PIECE: Final = re.compile(r"(?P<weight>\d+(?:[.,]\d+)?)(?:\s*[x×*х]\s*(?P<count>\d{1,2}))?(?!\d|[.,]\d)", re.IGNORECASE)
WORD: Final = re.compile(
    r"^\s*(?P<word>plates?|dumbbells?|dbs?|bar|ez(?:[ -]bar)?|trap(?:[ -]bar)?)\b[\s:=]*", re.IGNORECASE
)
UNIT: Final = re.compile(r"\b(?P<unit>kgs?|lbs?|pounds?|kilos?)\b", re.IGNORECASE)
BETWEEN: Final = re.compile(r"\band\b|[\s,;+/&-]", re.IGNORECASE)
HEAVIEST: Final[Mapping[str, int]] = {"kg": 60, "lb": 130}
"""No plate and no bar of anybody is heavier."""
HEAVIEST_DUMBBELL: Final[Mapping[str, int]] = {"kg": 100, "lb": 220}
MOST_KINDS: Final = 24


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed about their kit: which part of it, and its weights with how many pairs there are."""

    part: str
    weights: tuple[Plate, ...]
    unit: str


def kit_of(user: User, unit: str) -> Kit:
    """Give what the user loads with, in a unit."""
    told = user.preferences.get(PREFERENCE)
    own = told.get(unit) if isinstance(told, Mapping) else None
    return from_document(own, unit) if isinstance(own, Mapping) else DEFAULT_KITS[unit]


def from_document(document: Mapping[str, Any], unit: str) -> Kit:
    """Read a kit as it is stored; what was not told is as in an ordinary gym."""
    usual = DEFAULT_KITS[unit]
    weights: dict[str, Any] = {name: Decimal(document[name]) for name in WEIGHTS if name in document}
    kit = replace(usual, **weights)
    if "plates" in document:
        kit = replace(kit, plates=tuple(Plate(Decimal(weight), pairs) for weight, pairs in document["plates"]))
    if "dumbbells" in document:
        kit = replace(kit, dumbbells=tuple(Decimal(weight) for weight in document["dumbbells"]))
    return kit


def to_document(kit: Kit) -> dict[str, Any]:
    """Write a kit for the preferences: what is as usual is left out."""
    usual = DEFAULT_KITS[kit.unit]
    document: dict[str, Any] = {
        name: plain(getattr(kit, name)) for name in WEIGHTS if getattr(kit, name) != getattr(usual, name)
    }
    if kit.plates != usual.plates:
        document["plates"] = [[plain(plate.weight), plate.pairs] for plate in kit.plates]
    if kit.dumbbells:
        document["dumbbells"] = [plain(weight) for weight in kit.dumbbells]
    return document


async def keep(turn: Turn, kit: Kit) -> None:
    """Store a kit; the one in the other unit stays."""
    told = turn.user.preferences.get(PREFERENCE)
    kits = {unit: own for unit, own in (told if isinstance(told, Mapping) else {}).items() if unit != kit.unit}
    document = to_document(kit)
    if document:
        kits[kit.unit] = document
    await turn.work.users.set_preference(PREFERENCE, kits or None)


async def change(turn: Turn, unit: str, part: str, value: str | None) -> Kit:
    """Set one thing by a button: a bar, or a step. No value brings the usual one back."""
    kit = kit_of(turn.user, unit)
    usual = DEFAULT_KITS[unit]
    changed: dict[str, Any] = {part: getattr(usual, part) if value is None else Decimal(value)}
    if part == "dumbbell_step":
        changed["dumbbells"] = ()
    kit = replace(kit, **changed)
    await keep(turn, kit)
    return kit


async def set_all_as_usual(turn: Turn, unit: str) -> Kit:
    """Forget what was told: an ordinary gym is meant again."""
    await keep(turn, DEFAULT_KITS[unit])
    return DEFAULT_KITS[unit]


async def take(turn: Turn, typed: Typed) -> Kit:
    """Take what was typed for that part of the kit."""
    kit = kit_of(turn.user, typed.unit)
    if typed.part == "plates":
        kit = replace(kit, plates=tuple(sorted(typed.weights, reverse=True)))
    elif typed.part == "dumbbells":
        kit = replace(kit, dumbbells=tuple(sorted({one.weight for one in typed.weights})))
    else:
        weight: dict[str, Any] = {typed.part: typed.weights[0].weight}
        kit = replace(kit, **weight)
    await keep(turn, kit)
    return kit


async def ask(turn: Turn, unit: str, part: str) -> None:
    """Take the next text for a part of the kit."""
    await turn.work.dialogues.ask(
        turn.chat_id, DIALOGUE, {"unit": unit, "part": part}, expires_at=turn.now + STAYS_OPEN, asked_at=turn.now
    )


async def take_told(turn: Turn) -> Kit | None:
    """Take a text for what was asked about; None where it is about something else."""
    if turn.dialogue is None:
        return None
    part, unit = turn.dialogue.data["part"], turn.dialogue.data["unit"]
    typed = parse_kit(turn.text, unit, part)
    if typed is None:
        return None
    await turn.work.dialogues.close(turn.chat_id)
    return await take(turn, typed)


def parse_kit(text: str, unit: str, part: str | None = None) -> Typed | None:
    """Understand weights of a kit: "plates 25x2 20x4 5 1.25", "bar 15", "dumbbells 5 7.5 10"; pairs after the sign.

    None where anything else is written, or a weight that nothing of the kind has.
    """
    words = text.strip()
    if named := WORD.match(words):
        part, words = _part_of(named["word"]), words[named.end() :]
    if unit_said := UNIT.search(words):
        unit = "kg" if unit_said["unit"][0].casefold() == "k" else "lb"
        words = UNIT.sub(" ", words)
    pieces = list(PIECE.finditer(words))
    if part is None or not pieces or BETWEEN.sub("", PIECE.sub(" ", words)):
        return None
    weights = tuple(dict.fromkeys(_plate(piece) for piece in pieces))
    return Typed(part, weights, unit) if _is_sane(part, weights, unit) else None


def _part_of(word: str) -> str:
    first = word.casefold()
    if first.startswith("plate"):
        return "plates"
    if first.startswith("d"):
        return "dumbbells"
    return "ez_bar" if first.startswith("ez") else "trap_bar" if first.startswith("trap") else "bar"


def _plate(piece: re.Match[str]) -> Plate:
    count = piece["count"]
    return Plate(Decimal(piece["weight"].replace(",", ".")), None if count is None else int(count))


def _is_sane(part: str, weights: tuple[Plate, ...], unit: str) -> bool:
    most = HEAVIEST_DUMBBELL[unit] if part == "dumbbells" else HEAVIEST[unit]
    hundredths = all(int(plate.weight.normalize().as_tuple().exponent) >= -2 for plate in weights)
    each_once = len({plate.weight for plate in weights}) == len(weights)
    is_one = len(weights) == 1 and weights[0].pairs is None
    return (
        hundredths
        and each_once
        and len(weights) <= MOST_KINDS
        and all(0 < plate.weight <= most and plate.pairs != 0 for plate in weights)
        and (part in ("plates", "dumbbells") or is_one)
    )
