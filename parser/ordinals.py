"""The set that a correction counts out: `the first one was 62.5`, `meant 3 on the last`."""

from __future__ import annotations

import re
from typing import Final

STEMS: Final = (
    r"first|1st|erste[rnsm]?|primer[ao]?|premi[eè]re?|primeir[ao]|перв\w+",
    r"second|2nd|zweite[rnsm]?|segund[ao]|deuxi[eè]me|втор\w+",
    r"third|3rd|dritte[rnsm]?|tercer[ao]?|troisi[eè]me|terceir[ao]|трет\w+",
    r"fourth|4th|vierte[rnsm]?|cuart[ao]|quatri[eè]me|quart[ao]|четв[её]рт\w+",
    r"fifth|5th|fünfte[rnsm]?|quint[ao]|cinqui[eè]me|пят(?:ый|ом|ая|ой)",
)
"""Ordinals from the first on, in the six languages."""
NOUN: Final = r"(?:set|one|satz|serie|série|подход\w*)"
LEAD: Final = r"(?:on|in|for|auf|im|beim|en|na|no|dans|à|в|на)"
ARTICLE: Final = r"(?:the|my|der|dem|den|el|la|le|ma|mi|a|o)"
ORDINAL: Final = "|".join(f"({stem})" for stem in STEMS)

COUNTED: Final = re.compile(rf"(?<!\w)(?:{LEAD}\s+)?(?:{ARTICLE}\s+)?(?<!\d\s)(?:{ORDINAL})\s+{NOUN}\b", re.IGNORECASE)
LAST: Final = re.compile(rf"\b({LEAD}\s+{ARTICLE}\s+last)(?=\s*[.!]*\s*$)", re.IGNORECASE)


def counted_out(text: str) -> tuple[str, int | None]:
    """Take the one set that a text counts out from it: `counted_out("the first one was 62.5") == ("was 62.5", 1)`.

    Where it counts out none, or several, the text stays.
    """
    found = list(COUNTED.finditer(text))
    if len(found) != 1:
        return LAST.sub(r"\1 set", text), None
    number = next(place for place, stem in enumerate(found[0].groups(), start=1) if stem is not None)
    return f"{text[: found[0].start()]} {text[found[0].end() :]}".strip(), number
