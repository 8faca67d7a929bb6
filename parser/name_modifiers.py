"""Words that make another exercise of a name: equipment, grip, angle, side, pause; and names put together of them."""

from __future__ import annotations

from parser.name_words import STOP_STEMS, name_words
from parser.vocabulary import Known, translate

EQUIPMENT = (
    "dumbbell", "barbell", "kettlebell", "cable", "machine", "smith machine", "band", "ez bar", "trap bar",
    "safety bar", "landmine", "ring", "trx", "medicine ball", "plate", "bodyweight", "swiss bar", "axle", "log",
    "straight bar",
)  # fmt: skip
SILENT = ("weighted", "standing", "flat", "strict", "bodyweight", "deep")
SIDES = {"single arm": "Single-Arm", "single leg": "Single-Leg"}
HYPHENATED = {"close grip", "wide grip", "neutral grip", "reverse grip", "chest supported", "bent over", "stiff leg"}
STYLE = ("paused", "tempo", "deficit", "assisted", "banded", "explosive", "speed", "alternating")
POSTURE = ("seated", "incline", "decline", "lying", "kneeling", "half kneeling", "chest supported", "standing", "prone")
# Modifiers that a name keeps where the library counts the variant to a plainer exercise.
KEPT = frozenset({
    "single arm", "single leg", "incline", "decline", "paused", "seated", "alternating", "ez bar", "kettlebell",
    "rope", "deficit", "chest supported", "v bar", "walking", "band", "trap bar", "landmine", "half kneeling",
    "tempo", "wide grip", "close grip", "neutral grip", "dumbbell", "cable", "smith machine",
})  # fmt: skip
# Of those, the ones that have to stand in a name, even where the exercise's equipment says as much.
MUST_BE_SAID = frozenset({
    "rope", "ez bar", "trap bar", "kettlebell", "band", "dumbbell", "cable", "landmine", "smith machine",
})  # fmt: skip
GRIPS = frozenset({"grip", "underhand", "overhand", "hammer", "neutral", "parallel", "close", "wide", "v"})


def modifiers_of(rest: tuple[str, ...]) -> tuple[str, ...] | None:
    """Give the English modifiers of some words, or None where one of them is not understood."""
    modifiers: list[str] = []
    for part, meaning in translate(rest):
        if meaning is None and part[0] not in STOP_STEMS:
            return None
        if meaning is not None and meaning not in modifiers and meaning != "weighted":
            modifiers.append(meaning)
    return tuple(modifiers)


def goes_without_saying(modifier: str, known: Known) -> bool:
    """Tell whether an exercise is so by itself: its equipment, a word of its name, `flat` of a bench press."""
    return (
        (modifier in known.equipment and modifier != "rope")
        or set(name_words(modifier)) <= known.words
        or (modifier in SILENT and not (modifier == "bodyweight" and not known.is_bodyweight))
    )


def is_said(modifier: str, known: Known) -> bool:
    """Tell whether a name holds a stated variant; equipment has to stand in it, even where it goes without saying."""
    words = set(name_words(modifier))
    if modifier in MUST_BE_SAID:
        return words <= known.words
    return goes_without_saying(modifier, known)


def is_idiom(modifier: str, known: Known) -> bool:
    """Words that describe a lift in one language and make another in the next: `remo inclinado` is a bent-over row."""
    if modifier == "incline":
        return bool({"row", "rear", "treadmill"} & known.words)
    return modifier.endswith("grip") and bool(GRIPS & known.words)


def keeps_all(modifiers: tuple[str, ...], known: Known) -> bool:
    """Make sure that no variant word is lost on the way to a known exercise."""
    for modifier in modifiers:
        words = set(name_words(modifier))
        if not words <= known.words and modifier not in known.equipment and modifier not in SILENT:
            return False
    return True


def compose_name(modifiers: list[str], base: str) -> str:
    """Put modifiers in front of a name in the usual order; stated equipment replaces the base's own."""
    equipment = [m for m in modifiers if m in EQUIPMENT]
    if equipment:
        for word in ("Barbell ", "Dumbbell ", "Cable ", "Machine ", "Kettlebell "):
            base = base.replace(word, "", 1) if base.startswith(word) else base
    order = [m for m in modifiers if m in STYLE]
    order += [m for m in modifiers if m in SIDES]
    order += [m for m in modifiers if m in POSTURE and m not in order]
    order += [m for m in modifiers if m not in order and m not in equipment]
    return " ".join([*map(_title, [*order, *equipment]), base])


def _title(modifier: str) -> str:
    if modifier in SIDES:
        return SIDES[modifier]
    words = [word.capitalize() for word in modifier.split()]
    return ("-" if modifier in HYPHENATED else " ").join(words).replace("Ez", "EZ").replace("Trx", "TRX")
