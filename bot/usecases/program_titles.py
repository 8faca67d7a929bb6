"""What a program is called: by its own title, by the line above it, by its workouts, or by its day."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.usecases.program_draft import Draft
from bot.views import dates

if TYPE_CHECKING:
    from bot.turn import Turn

MOST_NAMES_IN_TITLE: Final = 4
LONGEST: Final = 60
MOST_WORDS: Final = 8
MARKS: Final = " \t#*_=~-–—•.!:📋💪🏋️"
NO_TITLE: Final = re.compile(
    r"[?,;@]|://|\b(?:rest|rpe|rir|sets?|reps?|rounds?|kg|lbs?|min|sec|отдых|pause|descanso|repos)\b|\d\s*[x×х]\s*\d+\s*$"
    r"|^(?:weeks?|days?|workouts?|sessions?|mon|tue|wed|thu|fri|sat|sun|woche|tag|semana|d[ií]a|неделя|день|semaine|jour)"
    r"\w{0,6}\b[\s\d.:-]*$",
    re.IGNORECASE,
)
"""What makes a line an instruction, a question or the heading of a day rather than a title."""


def titled(turn: Turn, draft: Draft, text: str) -> Draft:
    """Give a program without a title one to be told by: the line above it, "Push / Pull / Legs", or its day."""
    if draft.title is not None:
        return draft
    if above := line_above(text, draft):
        return replace(draft, title=above)
    names = [day.name for day in draft.days if day.name and day.week is None]
    if 1 <= len(names) == len(draft.days) <= MOST_NAMES_IN_TITLE:
        return replace(draft, title=" / ".join(names))
    day = dates.short(turn.messages, turn.today)
    return replace(draft, title=turn.messages.label("program-unnamed", day=day))


def line_above(text: str, draft: Draft) -> str | None:
    """Find a first line that stands apart and was read as nothing: "5/3/1 my way", "Upper and lower"."""
    head, _, rest = text.strip().partition("\n")
    title = head.strip(MARKS)
    stands_apart = rest.startswith(("\n", "\r\n", " \n"))
    if not stands_apart or not 0 < len(title) <= LONGEST or len(title.split()) > MOST_WORDS:
        return None
    if not any(character.isalpha() for character in title) or NO_TITLE.search(title):
        return None
    return None if _is_read(title, draft) else title


def _is_read(title: str, draft: Draft) -> bool:
    """Tell whether a line is a day's name, an exercise, or shown as unread."""
    folded = title.casefold()
    names = [(day.name or "").casefold() for day in draft.days]
    if any(name == folded or name.startswith(f"{folded} ") for name in names):
        return True
    if any(line.line == 1 for line in draft.unread):
        return True
    lines = [item.read.line for day in draft.days for item in day.items]
    return 1 in lines
