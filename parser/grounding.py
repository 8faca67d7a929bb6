"""Holding what a reader claims against the text: a number that is not in the text does not get through.

Every number of a claim takes a figure of the text that can mean it; a figure serves one exercise only, except in a
heading, which holds for all below it. A claim without a figure is dropped, a figure without a claim is reported, and
both make the reading less sure. The name must be words of the text too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from rapidfuzz import fuzz

from parser.claims import Claim, claims_of, is_last_open, joined
from parser.evidence import Figure, Source, SourceLine, with_shared_unit
from parser.lexer import Token
from parser.normalise import fold, normalise
from parser.reading import LoggedExercise, PrescribedExercise, Span, WeightUnit

NAME_LIKENESS = 80.0
MOST_SETS = 60
# The most that anybody could mean: what lies beyond is a misreading, however clearly it stands in the text.
BOUNDS: dict[str, tuple[Decimal, Decimal]] = {
    "reps": (Decimal(0), Decimal(1000)),
    "reps_max": (Decimal(1), Decimal(1000)),
    "seconds": (Decimal(1), Decimal(86_400)),
    "distance_m": (Decimal(1), Decimal(300_000)),
    "weight": (Decimal(0), Decimal(1500)),
    "percent": (Decimal(1), Decimal(150)),
    "rpe": (Decimal(1), Decimal(10)),
    "rir": (Decimal(0), Decimal(10)),
}
MEANING = {
    "reps": "reps",
    "reps_max": "reps",
    "seconds": "seconds",
    "distance_m": "metres",
    "weight": "load",
    "percent": "percent",
    "rpe": "rpe",
    "rir": "rir",
}


@dataclass(frozen=True, slots=True)
class Grounding:
    """What is left of claims: only numbers of the text. `missing` names what was dropped, such as `reps 12`.

    `unused` are figures of the exercise's own lines that no claim explains; `is_out_of_order` tells that numbers are
    claimed in another order than they are written, as when two sets swap their loads.
    """

    claims: tuple[Claim, ...]
    missing: tuple[str, ...] = ()
    unused: tuple[Figure, ...] = ()
    is_out_of_order: bool = False

    @property
    def is_whole(self) -> bool:
        return bool(self.claims) and not (self.missing or self.unused or self.is_out_of_order)

    @property
    def score(self) -> float:
        """The evidence for the numbers from 0 to 1."""
        if not self.claims:
            return 0.0
        faults = len(self.missing) + len(self.unused) + self.is_out_of_order
        return round(1.0 / (1 + faults), 3)


def _says_only(figure: Figure, field: str) -> bool:
    return {meaning for meaning, _ in figure.meanings} == {field}


class Ledger:
    """The figures of some lines, and which exercise each of them serves."""

    def __init__(self, own: Sequence[Figure], shared: Sequence[Figure] = (), unit: WeightUnit = "kg") -> None:
        self._own = with_shared_unit(tuple(own))
        self._shared = tuple(shared)
        self._unit = unit
        self._owners: dict[int, int] = {}
        self._lent: set[tuple[int, int]] = set()

    def take(self, owner: int, field: str, value: Decimal, after: int, is_new: bool = False) -> Figure | None:
        """Find the figure that gives a field this value, best one that serves nobody yet, and mark it as used.

        `after` is the offset behind which it should stand; `is_new` refuses a figure that serves this exercise already.
        """
        fitting = [i for i, figure in enumerate(self._own) if self._fits(figure, field, value)]
        free = [i for i in fitting if i not in self._owners]
        behind = [i for i in free if self._own[i].span.start >= after]
        mine = [] if is_new else [i for i in fitting if self._owners.get(i) == owner]
        if field in ("rpe", "rir") and not any(_says_only(self._own[i], field) for i in (*free, *mine)):
            # `10/9/8` with `RPE 8` of another line: the effort is not that of the repetitions.
            shared = self._lend(owner, [i for i, f in enumerate(self._shared) if _says_only(f, field)], field, value)
            if shared is not None:
                return shared
        for index in (*behind, *free, *mine):
            self._owners[index] = owner
            return self._own[index]
        return self._lend(owner, range(len(self._shared)), field, value)

    def _lend(self, owner: int, places: Iterable[int], field: str, value: Decimal) -> Figure | None:
        for index in places:
            if self._fits(self._shared[index], field, value):
                self._lent.add((owner, index))
                return self._shared[index]
        return None

    def take_more(self, owner: int, field: str, value: Decimal, most: int) -> int:
        """Mark up to `most` further figures of this value as used; return how many there were."""
        free = [i for i, f in enumerate(self._own) if i not in self._owners and self._fits(f, field, value)]
        for index in free[:most]:
            self._owners[index] = owner
        return min(len(free), most)

    def count_free(self, field: str, value: Decimal) -> int:
        return sum(1 for i, f in enumerate(self._own) if i not in self._owners and self._fits(f, field, value))

    def count_used(self, owner: int) -> int:
        lent = sum(1 for other, _ in self._lent if other == owner)
        return lent + sum(1 for other in self._owners.values() if other == owner)

    def stretch_of(self, owner: int) -> Span | None:
        """Give the stretch of the text from which an exercise took its figures."""
        spans = [self._own[index].span for index, other in self._owners.items() if other == owner]
        return Span(min(s.start for s in spans), max(s.end for s in spans)) if spans else None

    def unused(self, lines: Span, names: Sequence[Span] = ()) -> tuple[Figure, ...]:
        """Give the figures within some lines that serve nobody and are neither beside the point nor part of a name."""
        return tuple(
            figure
            for index, figure in enumerate(self._own)
            if index not in self._owners and not figure.is_aside and lines.start <= figure.span.start < lines.end
        )

    def _fits(self, figure: Figure, field: str, value: Decimal) -> bool:
        if figure.can_mean(field, value):
            return True
        return field == "load" and figure.can_mean(f"load_{self._unit}", value)


class _ExerciseGrounding:
    """Grounds the claims of one exercise, in their order."""

    def __init__(self, ledger: Ledger, owner: int, start: int) -> None:
        self._ledger = ledger
        self._owner = owner
        self._cursors = dict.fromkeys(MEANING.values(), start)
        self._has_moved: set[str] = set()
        self._grounded_before = False
        self._grounded: list[Claim] = []
        self._total = 0
        self.missing: list[str] = []
        self.is_out_of_order = False

    def ground(self, claims: Sequence[Claim]) -> tuple[Claim, ...]:
        alike = joined(claims)[:MOST_SETS]
        is_plus = is_last_open(alike)
        if is_plus:
            # Where only the last of three sets is as many as possible, the text says three and not two.
            alike = (replace(alike[1], count=alike[0].count + 1),)
        self._total = sum(claim.count for claim in alike)
        self._grounded = grounded = [self._ground_fresh(claim) for claim in alike]
        if is_plus and grounded[0].count > 1:
            whole = grounded[0]
            grounded = [replace(whole, count=whole.count - 1, is_amrap=False), replace(whole, count=1)]
        return joined(claim for claim in grounded if not claim.states_nothing)

    def use_spares(self) -> None:
        """Use figures that say once more what is claimed: `3 sets: 8, 8, 6`, `80x8, 80x8`, and the one of `1x5`."""
        for claim in self._grounded:
            for field in ("reps", "seconds", "distance_m", "weight", "rpe") if claim.count > 1 else ():
                value = getattr(claim, field)
                if value is not None:
                    self._ledger.take_more(self._owner, MEANING[field], Decimal(value), claim.count - 1)
        total = sum(claim.count for claim in self._grounded)
        if total > 1:
            self._ledger.take_more(self._owner, "count", Decimal(total), 1)
        singles = sum(1 for claim in self._grounded if claim.count == 1)
        self._ledger.take_more(self._owner, "count", Decimal(1), singles)

    def _ground_fresh(self, claim: Claim) -> Claim:
        """Ground a claim that takes at least one figure of its own: else it only says again what another one said."""
        used = self._ledger.count_used(self._owner)
        kept = self._ground_claim(claim)
        is_repeat = self._ledger.count_used(self._owner) == used and not kept.states_nothing
        if is_repeat and self._grounded_before:
            self.missing.append(f"sets {claim.count}")
            return Claim()
        self._grounded_before = True
        return kept

    def _ground_claim(self, claim: Claim) -> Claim:
        amount = "reps" if claim.reps is not None else "seconds" if claim.seconds is not None else "distance_m"
        repeats = self._repeats(claim, amount)
        kept = claim
        for field in MEANING:
            value = getattr(claim, field)
            if value is not None:
                kept = self._ground_field(kept, field, Decimal(value))
        # A total explains sets only where something else of them stands in the text.
        is_empty = replace(kept, count=1).states_nothing
        counts = (claim.count,) if is_empty else (claim.count, self._total)
        return replace(kept, count=self._ground_count(claim, amount, repeats, counts))

    def _ground_field(self, claim: Claim, field: str, value: Decimal) -> Claim:
        low, high = BOUNDS[field]
        meaning = MEANING[field]
        figure = None
        if low <= value <= high:
            figure = self._ledger.take(self._owner, meaning, value, self._cursors[meaning])
        if figure is None:
            self.missing.append(f"{field} {value.normalize():f}")
            return _without(claim, field)
        self._follow(meaning, figure)
        return self._with_load_of(claim, figure) if field == "weight" else claim

    def _follow(self, meaning: str, figure: Figure) -> None:
        if figure.span.start < self._cursors[meaning] and meaning in self._has_moved:
            self.is_out_of_order = True
        self._cursors[meaning] = figure.span.start
        self._has_moved.add(meaning)

    @staticmethod
    def _with_load_of(claim: Claim, figure: Figure) -> Claim:
        """Take unit and sign from the text: they are typed there, nobody needs to be believed."""
        mode = claim.load_mode
        if figure.sign == "+":
            mode = "added"
        elif figure.sign == "-":
            mode = "assisted"
        return replace(claim, unit=figure.unit, load_mode=mode)

    def _repeats(self, claim: Claim, amount: str) -> int:
        value = getattr(claim, amount)
        return 0 if value is None else self._ledger.count_free(MEANING[amount], Decimal(value))

    def _ground_count(self, claim: Claim, amount: str, repeats: int, counts: tuple[int, ...]) -> int:
        """A number of sets stands in the text, or as many like figures do: `8, 8, 8`."""
        if claim.count == 1:
            return 1
        if 1 < claim.count <= MOST_SETS:
            after = min(self._cursors.values())
            if repeats >= claim.count:
                value = Decimal(getattr(claim, amount))
                self._ledger.take_more(self._owner, MEANING[amount], value, claim.count - 1)
                return claim.count
            for count in counts:
                # `5x5, only 3 on the last` says five where four and one are meant.
                if self._ledger.take(self._owner, "count", Decimal(count), after, is_new=True) is not None:
                    return claim.count
        self.missing.append(f"sets {claim.count}")
        return 1


def _without(claim: Claim, field: str) -> Claim:
    changes: dict[str, Any] = {field: None}
    return replace(claim, **changes)


def ground_all(
    claimed: Sequence[Sequence[Claim]], ledger: Ledger, own_lines: Span, names: Sequence[Span]
) -> list[Grounding]:
    """Ground the claims of exercises that share lines; `own_lines` are where unused figures count, `names` stand there.

    What nobody has used in the end is held against each of them.
    """
    works = [_ExerciseGrounding(ledger, owner, own_lines.start) for owner in range(len(claimed))]
    kept = [work.ground(claims) for work, claims in zip(works, claimed, strict=True)]
    for work in works:
        work.use_spares()
    unused = ledger.unused(own_lines, names)
    return [
        Grounding(claims, tuple(work.missing), unused, work.is_out_of_order)
        for work, claims in zip(works, kept, strict=True)
    ]


def ground_exercise(
    exercise: LoggedExercise | PrescribedExercise, source: Source, unit: WeightUnit, shared: Sequence[Span] = ()
) -> Grounding:
    """Ground what any reader made of an exercise against its span; `shared` are headings that hold for it too."""
    own = _figures_within(source, exercise.span)
    headings = [figure for span in shared for figure in _figures_within(source, span)]
    return ground_all([claims_of(exercise)], Ledger(own, headings, unit), exercise.span, [])[0]


def _figures_within(source: Source, span: Span) -> list[Figure]:
    return [f for line in source.lines for f in line.figures if span.start <= f.span.start and f.span.end <= span.end]


def find_name(words: str, source: Source, lines: Sequence[SourceLine]) -> Span | None:
    """Find where the words of a name stand, misspelled or not; None when they are not in these lines."""
    wanted = [token for token in fold(normalise(words).text).split() if any(char.isalnum() for char in token)]
    if not any(char.isalpha() for char in "".join(wanted)) or len(wanted) > 15:
        return None
    best: tuple[float, Span] | None = None
    for line in lines:
        found = _find_in_tokens(" ".join(wanted), len(wanted), line.tokens, source)
        if found is not None and (best is None or found[0] > best[0]):
            best = found
    return best[1] if best is not None else None


def _find_in_tokens(wanted: str, size: int, tokens: Sequence[Token], source: Source) -> tuple[float, Span] | None:
    words = [token for token in tokens if token.kind in ("word", "number")]
    best: tuple[float, Span] | None = None
    for length in (size, size + 1, size - 1, size + 2):
        for start in range(max(len(words) - length + 1, 0)) if length > 0 else ():
            window = words[start : start + length]
            likeness = fuzz.ratio(wanted, " ".join(token.key for token in window), score_cutoff=NAME_LIKENESS)
            if likeness and (best is None or likeness > best[0]):
                best = likeness, source.normal.span(window[0].start, window[-1].end)
    return best
