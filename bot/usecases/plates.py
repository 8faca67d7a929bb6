"""Which plates go on a bar for a load."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from bot.usecases.kit import kit_of
from bot.usecases.performed import from_row
from bot.usecases.reading_context import find_last_set, unit_of
from training.loading import Implement, Stacked, next_down, next_up, plates_for

if TYPE_CHECKING:
    from bot.turn import Turn

DIALOGUE: Final = "plates_load"
STAYS_OPEN: Final = timedelta(minutes=15)
NUMBER: Final = r"\d{1,4}(?:[.,]\d{1,2})?"
UNIT: Final = r"kgs?|lbs?|pounds?|кг"
WANTED: Final = re.compile(
    rf"^(?P<weight>{NUMBER})\s*(?P<unit>{UNIT})?"
    rf"(?:[\s,]*(?:on|with|@)?\s*(?:an?\s+)?(?P<word>ez|trap)?[\s-]*bar\s*(?P<bar>{NUMBER})?\s*(?:{UNIT})?)?$",
    re.IGNORECASE,
)
BARS: Final = {"ez": Implement.EZ_BAR, "trap": Implement.TRAP_BAR}
HEAVIEST: Final = {"kg": 1000, "lb": 2200}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A load to be put on a bar; `bar` is its weight where it was named."""

    weight: Decimal
    unit: str
    bar: Decimal | None = None
    implement: Implement = Implement.BAR


@dataclass(frozen=True, slots=True)
class OnTheBar:
    """What goes on the bar, and the loads next to it that can be made; None where there are none."""

    wanted: Wanted
    stacked: Stacked
    lighter: Decimal | None
    heavier: Decimal | None


def parse_wanted(text: str, unit: str) -> Wanted | None:
    """Understand "102.5", "225 lb", "102.5 bar 15", "40 ez bar"; None where it is no load for a bar."""
    match = WANTED.match(" ".join(text.split()))
    if match is None:
        return None
    said = (match["unit"] or unit)[0].casefold()
    unit = "lb" if said in "lp" else "kg"
    weight, bar = _number(match["weight"]), match["bar"]
    implement = BARS.get((match["word"] or "").casefold(), Implement.BAR)
    if not 0 < weight <= HEAVIEST[unit]:
        return None
    return Wanted(weight, unit, None if bar is None else _number(bar), implement)


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def on_the_bar(turn: Turn, wanted: Wanted) -> OnTheBar:
    """Work out the plates with the user's own kit."""
    kit = kit_of(turn.user, wanted.unit)
    bar = kit.bar_of(wanted.implement) if wanted.bar is None else wanted.bar
    stacked = plates_for(wanted.weight, bar, kit.plates)
    as_bar = replace(kit, bar=bar)
    lighter = next_down(stacked.total, as_bar, Implement.BAR)
    heavier = next_up(max(stacked.total, bar), as_bar, Implement.BAR)
    return OnTheBar(
        wanted,
        stacked,
        lighter if lighter < stacked.total else None,
        heavier if heavier > stacked.total else None,
    )


async def last_load(turn: Turn) -> Wanted | None:
    """Take the load of the set that was logged last, where it may have been on a bar."""
    last = await find_last_set(turn)
    if last is None:
        return None
    performed = from_row(last)
    if performed.weight is None or performed.load_mode != "external":
        return None
    return Wanted(performed.weight, performed.unit)


async def ask(turn: Turn) -> None:
    """Take the next text for a load."""
    await turn.work.dialogues.ask(turn.chat_id, DIALOGUE, {}, expires_at=turn.now + STAYS_OPEN, asked_at=turn.now)


async def take_told(turn: Turn) -> Wanted | None:
    """Take a text for the load that was asked for; None where it is something else."""
    wanted = parse_wanted(turn.text, unit_of(turn.user))
    if wanted is not None:
        await turn.work.dialogues.close(turn.chat_id)
    return wanted
