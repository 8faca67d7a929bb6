"""Calisthenics: when a skill is mastered, what to work toward next, and the level in push, pull and squat.

A skill asks for sets of repetitions or of seconds. It is mastered when one session meets them all: so many sets, each
with so many repetitions or held so long. Warm-ups and assisted sets do not count; a load hung on the body does. The
tempo is asked for and not measured.

Levels go from 0 to 5. Who has mastered every skill they train at a level, at least two of them, is past it, and past
those below it: nobody has to hang from a bar to show that they can pull themselves up. A skill counts as trained once
it was done in two sessions, or is mastered, so that trying a hard one out costs nothing. All of this follows from the
sets as they stand: when sets are corrected or deleted, mastery and levels are what the rest of them say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from training.performed import PerformedSet

CATEGORIES: Final = ("push", "pull", "squat")
HIGHEST: Final = 5
LEAST_MASTERED: Final = 2
SESSIONS_TRAINED: Final = 2
STEPS: Final[Mapping[str, int]] = {"reps": 1, "seconds": 5}


@dataclass(frozen=True, slots=True)
class Dose:
    """So many sets of so many repetitions, or of so many seconds: one of the two is None."""

    sets: int
    reps: int | None = None
    seconds: int | None = None

    @property
    def unit(self) -> str:
        return "reps" if self.reps is not None else "seconds"

    @property
    def amount(self) -> int:
        """Give the repetitions or seconds of a set."""
        return (self.reps if self.reps is not None else self.seconds) or 0

    def of(self, sets: int, amount: int) -> Dose:
        """Give another dose in the same unit."""
        return Dose(sets, amount) if self.reps is not None else Dose(sets, None, amount)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody is with a skill.

    ``best`` is the best session, ``latest`` the newest one; ``working`` is what to do next time. ``mastered_in`` is the
    first set with which a session met the skill's dose.
    """

    sessions: int
    best: Dose | None
    latest: Dose | None
    working: Dose
    mastered_in: PerformedSet | None = None

    @property
    def is_mastered(self) -> bool:
        return self.mastered_in is not None

    @property
    def is_trained(self) -> bool:
        return self.is_mastered or self.sessions >= SESSIONS_TRAINED


def counts(performed: PerformedSet) -> bool:
    """Tell whether a set counts toward mastery."""
    is_assisted = performed.load_mode == "assisted" and performed.weight_kg != 0
    return not performed.is_warmup and not is_assisted and performed.was_done


def amount_of(performed: PerformedSet, dose: Dose) -> int:
    """Give what a set comes to in the unit of the dose: repetitions or seconds."""
    return (performed.reps if dose.unit == "reps" else performed.seconds) or 0


def achieved(sets: Iterable[PerformedSet], dose: Dose) -> Dose | None:
    """Sum one session up as equal sets: of its best sets, as many as are asked for, and the weakest of those."""
    amounts = sorted((amount_of(one, dose) for one in sets if counts(one)), reverse=True)
    done = [amount for amount in amounts if amount > 0][: dose.sets]
    return dose.of(len(done), done[-1]) if done else None


def meets(done: Dose | None, dose: Dose) -> bool:
    return done is not None and done.sets >= dose.sets and done.amount >= dose.amount


def next_dose(latest: Dose | None, dose: Dose) -> Dose:
    """Say what to do next time, from what was done last.

    First come the sets, then the amount: one set more at what the weakest had, and with all sets there one repetition
    or five seconds more on the weakest. Nothing goes past the skill's own dose. Who begins takes half of it.
    """
    if latest is None:
        return dose.of(dose.sets, max(1, -(-dose.amount // 2)))
    amount = min(latest.amount, dose.amount)
    if latest.sets < dose.sets:
        return dose.of(latest.sets + 1, amount)
    return dose.of(dose.sets, min(dose.amount, amount + STEPS[dose.unit]))


def standing(history: Iterable[PerformedSet], dose: Dose) -> Standing:
    """Find out where somebody is with a skill, from its sets in the order of time; they carry their session's id."""
    by_session: dict[UUID | None, list[PerformedSet]] = {}
    mastered_in = None
    for performed in history:
        if not counts(performed) or amount_of(performed, dose) == 0:
            continue
        sets = by_session.setdefault(performed.session_id, [])
        sets.append(performed)
        if mastered_in is None and meets(achieved(sets, dose), dose):
            mastered_in = performed
    sessions = [done for sets in by_session.values() if (done := achieved(sets, dose)) is not None]
    best = max(sessions, key=lambda done: (meets(done, dose), min(done.sets, dose.sets) * done.amount), default=None)
    latest = sessions[-1] if sessions else None
    return Standing(len(sessions), best, latest, next_dose(latest, dose), mastered_in)


def is_passed(trained: Sequence[Standing]) -> bool:
    """Tell whether the skills trained at a level are all mastered, at least two."""
    those = [one for one in trained if one.is_trained]
    return len(those) >= LEAST_MASTERED and all(one.is_mastered for one in those)


def level_of(by_level: Mapping[int, Sequence[Standing]]) -> int:
    """Give the level of a category: the one after the highest that is passed, and no higher than the highest."""
    passed = [level for level, trained in by_level.items() if is_passed(trained)]
    return min(HIGHEST, max(passed) + 1) if passed else 0
