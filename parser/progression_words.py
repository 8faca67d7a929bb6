"""How an exercise is to go up, told in words behind its sets: "double progression", "add 2.5 kg each session", "of TM".

Such words carry figures that are neither sets nor loads. They are taken out before a line is read; the text keeps them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from parser.normalise import NormalText

# Few blanks at a time: a line of thousands of them would be gone through from each of them to the end.
BEFORE: Final = r"(?:[ \t]{0,3}[,;(|–-]{1,3}[ \t]{0,3}|[ \t]{1,3}|^)"
AFTER: Final = r"[ \t]*\)?"
RAISES: Final = r"(?:then[ ]+)?(?:add|adding|increase(?:[ ]+by)?|go[ ]+up(?:[ ]+by)?|progress(?:[ ]+by)?|plus)[ ]+"
AMOUNT: Final = r"(?P<step>\d{1,2}(?:[.,]\d{1,2})?)[ ]*-?(?P<unit>kg|kgs|lbs?|pounds?|кг)\b"
TIMES: Final = (
    r"(?:(?:each|every|per|a)[ ]+(?:session|workout|time|training|week|day)"
    r"|(?:pro|jede[sn]?)[ ]+(?:einheit|woche|training|mal)"
    r"|(?:por|cada)[ ]+(?:sesi[oó]n|semana|vez|entrenamiento|sess[aã]o|treino)"
    r"|(?:par|chaque|à[ ]+chaque)[ ]+(?:s[eé]ance|semaine|fois)"
    r"|(?:каждую|каждый)[ ]+(?:тренировку|неделю|раз))"
)
STEP: Final = re.compile(
    rf"{BEFORE}(?:{RAISES})?\+?[ ]{{0,3}}{AMOUNT}[ ]*(?:(?:to|on)[ ]+the[ ]+bar[ ]+)?{TIMES}{AFTER}", re.IGNORECASE
)
DOUBLE_WORDS: Final = (
    r"double[ ]+progress(?:ion|ive)|doppelte[ ]+progression|doble[ ]+progresi[oó]n|progresi[oó]n[ ]+doble"
    r"|dupla[ ]+progress[aã]o|progress[aã]o[ ]+dupla|двойная[ ]+прогрессия"
)
DOUBLE: Final = re.compile(rf"{BEFORE}(?:{DOUBLE_WORDS}){AFTER}", re.IGNORECASE)
LINEAR_WORDS: Final = (
    r"linear(?:[ ]+progression)?|lineare[ ]+progression|progresi[oó]n[ ]+lineal|progress[aã]o[ ]+linear"
    r"|progression[ ]+lin[eé]aire|линейная[ ]+прогрессия"
)
LINEAR: Final = re.compile(rf"{BEFORE}(?:{LINEAR_WORDS}){AFTER}[ ]*\.?$", re.IGNORECASE)
WAVE: Final = re.compile(rf"{BEFORE}5[ ]*/[ ]*3[ ]*/[ ]*1(?![\d/]){AFTER}")
GZCLP: Final = re.compile(r"\bgzclp\b", re.IGNORECASE)
TRAINING_MAX: Final = re.compile(r"(?:\bof[ ]+|%[ ]*(?:of[ ]+)?)(?:(?:your|the)[ ]+)?(?:tm|training[ ]+max)\b", re.I)
# A text in which any of these can be found has one of these; most short ones have not.
HINTS: Final = ("kg", "lb", "pound", "кг", "progr", "прогр", "%")
PERCENT: Final = re.compile(r"\d[ \t]*%")
FIGURE: Final = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Progression:
    """A scheme by the library's word for it; ``step`` in ``unit`` where a line tells by how much the load goes up."""

    scheme: str
    step: Decimal | None = None
    unit: str | None = None


def find_progression(line: str) -> Progression | None:
    """Find how the exercise of a line is to go up: "Bench 3x5, add 2.5 kg each session" is linear, by 2.5 kg."""
    if step := STEP.search(line):
        unit = "kg" if step["unit"][0].casefold() in "kк" else "lb"
        amount = Decimal(step["step"].replace(",", "."))
        scheme = "double" if DOUBLE.search(line) else "linear"
        return Progression(scheme, amount, unit) if amount else None
    if DOUBLE.search(line):
        return Progression("double")
    if GZCLP.search(line):
        return Progression("gzclp")
    if TRAINING_MAX.search(line) or _wave(line) is not None:
        return Progression("percent_tm")
    return Progression("linear") if LINEAR.search(line) else None


def without_progressions(plain: NormalText) -> NormalText:
    """Put blanks in the place of such words, so that their figures are not taken for sets."""
    folded = plain.text.casefold()
    if not [hint for hint in HINTS if hint in folded]:
        return plain
    lines = plain.text.split("\n")
    blanked = "\n".join(_without(line) for line in lines)
    return plain if blanked == plain.text else replace(plain, text=blanked)


def _without(line: str) -> str:
    """Blank such words out of a line that has figures besides; a line of nothing else is left to be shown."""
    if not FIGURE.search(line):
        return line
    blanked = line
    for pattern in (STEP, DOUBLE):
        blanked = pattern.sub(_blank, blanked)
    wave = _wave(blanked)
    if wave is not None and PERCENT.search(blanked):
        blanked = blanked[: wave.start()] + _blank(wave) + blanked[wave.end() :]
    return blanked if FIGURE.search(blanked) else line


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _wave(line: str) -> re.Match[str] | None:
    """Find 5/3/1 as the name of the method: beside percents, or as the only figures of a line."""
    wave = WAVE.search(line)
    if wave is None:
        return None
    rest = line[: wave.start()] + line[wave.end() :]
    return wave if PERCENT.search(rest) or not FIGURE.search(rest) else None
