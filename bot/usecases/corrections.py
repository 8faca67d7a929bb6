"""A correction in words: which sets it speaks of, and what they become."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from bot.usecases import amendments, corrected_sets, set_editing
from bot.usecases.amendments import Change
from bot.usecases.bare_numbers import as_meant
from bot.usecases.log_doubts import find_log, name_it, settle_names
from bot.usecases.logged_lines import LoggedLine
from bot.usecases.logging_sets import LogOutcome
from bot.usecases.performed import Performed, from_reading, from_row
from bot.usecases.reading_context import find_last_set, reading_context, unit_for, unit_of, vocabulary_of
from bot.usecases.repeating import followed
from bot.usecases.short_texts import SURE_NAME, read_text
from parser import Amendment, Candidate, Confidence, FollowUp, parse_amendment, parse_follow_up
from storage.models import ImportStatus
from storage.repositories.exercises import key_of

if TYPE_CHECKING:
    from bot.turn import Turn
    from storage.models import Exercise, ExerciseSet, WorkoutImportLog


UNIT_LAST: Final = re.compile(r"\s*(\d+(?:[.,]\d+)?)\s*[x×хX*]\s*(\d{1,2})\s*(kg|lbs?|кг)\s*", re.IGNORECASE)
"""Figures whose unit stands behind the repetitions: "85x7 lb"."""
SIGNED: Final = re.compile(r"\s*[-−–+]\s*\d+(?:[.,]\d+)?\s*(?:kg|lbs?|кг|reps?)?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Corrected:
    """Sets that were changed, and the logs whose answers show them."""

    lines: tuple[LoggedLine, ...]
    import_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class WhichSet:
    """The correction fits several sets: the user says which. Nothing is changed yet.

    `names` are the exercises of the sets, by their root ids; where there are several, the exercise is chosen first.
    """

    rows: tuple[ExerciseSet, ...]
    sets: tuple[Performed, ...]
    names: Mapping[UUID, str]


@dataclass(frozen=True, slots=True)
class UnknownName:
    """The correction names an exercise that is not known for sure. Nothing is changed yet.

    `candidates` are to choose from: for these sets, or for an exercise of a log whose name was asked about (`asked`).
    """

    words: str
    candidates: tuple[Candidate, ...] = ()
    set_ids: tuple[UUID, ...] = ()
    asked: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class UnclearNumber:
    """A number alone that may be several things of this set. Nothing is changed yet; the next text is waited for."""

    number: Decimal
    row: ExerciseSet


Correction = Corrected | WhichSet | UnknownName | UnclearNumber | LogOutcome


async def correct_by_reply(turn: Turn, import_row: WorkoutImportLog, about: Mapping[str, Any]) -> Correction | None:
    """Take a reply to a message about sets for a correction of them; None when it is none."""
    if "item" in about:
        return await _answer_by_reply(turn, import_row, about)
    rows = await set_editing.live(turn, [UUID(one) for one in about.get("set_ids", ())])
    if not rows:
        return None
    return await correct_named(turn, import_row, rows) or await correct(turn, import_row, rows, turn.text)


async def correct_named(
    turn: Turn, import_row: WorkoutImportLog, among: Sequence[ExerciseSet] | None = None
) -> Correction | None:
    """Take "deadlift was 155" and "the 185 was 6 reps" for a correction of those sets.

    They are looked for among the sets replied to, or in the session that is going on.
    """
    spoken_of = await corrected_sets.find(turn, among)
    return None if spoken_of is None else await apply_or_ask(turn, import_row, spoken_of.rows, spoken_of.amendment)


async def correct_last(turn: Turn, import_row: WorkoutImportLog) -> Correction | None:
    """Take a text such as "no, 85" for a correction of what was logged last; None when it does not say so."""
    named = await correct_named(turn, import_row)
    if named is not None:
        return named
    amendment = parse_amendment(turn.text)
    is_said = amendment is not None and (amendment.is_explicit or amendment.is_unit_alone)
    last = await find_last_set(turn) if is_said else None
    if amendment is None or last is None:
        return None
    rows = [last] if last.import_id is None else await turn.work.sets.of_import(last.import_id)
    return await correct(turn, import_row, rows, turn.text)


async def correct(
    turn: Turn, import_row: WorkoutImportLog, rows: Sequence[ExerciseSet], text: str
) -> Correction | None:
    """Apply a correction to sets, or ask which of them it means."""
    if (step := step_of(text, rows)) is not None:
        if len(rows) > 1:
            return await _which(turn, import_row, rows)
        return await apply(turn, import_row, rows, lambda one: stepped(one, step, unit_of(turn.user)))
    amendment = parse_amendment(text)
    if amendment is None:
        return await _correct_by_figures(turn, import_row, rows, text)
    exercise = None
    if amendment.name is not None:
        resolution = (await vocabulary_of(turn)).resolve(amendment.name)
        if resolution.best is None or resolution.score < SURE_NAME:
            near = resolution.candidates
            await _settle(turn, import_row, ImportStatus.PREVIEW if near else ImportStatus.DISCARDED)
            return UnknownName(amendment.name, near, tuple(row.id for row in rows))
        found = await turn.work.exercises.find_by_keys([resolution.best.key])
        exercise = found.get(resolution.best.key)
    if exercise is not None:
        return await apply(turn, import_row, rows, lambda one: amended(one, amendment, unit_of(turn.user)), exercise)
    return await apply_or_ask(turn, import_row, rows, amendment)


async def apply_or_ask(
    turn: Turn, import_row: WorkoutImportLog, rows: Sequence[ExerciseSet], amendment: Amendment
) -> Correction:
    """Apply a correction where it is clear which set it means; ask where it is not."""
    spoken_of = choose(rows, amendment)
    if len(spoken_of) > 1 and not _is_of_all(spoken_of, amendment):
        return await _which(turn, import_row, spoken_of)
    return await _apply_amendment(turn, import_row, spoken_of, amendment)


def _is_of_all(rows: Sequence[ExerciseSet], amendment: Amendment) -> bool:
    """A unit alone ("lbs") speaks of all sets of an exercise that have a load."""
    return amendment.is_unit_alone and len({row.exercise_root_id for row in rows}) == 1


async def _apply_amendment(
    turn: Turn, import_row: WorkoutImportLog, rows: Sequence[ExerciseSet], said: Amendment
) -> Corrected | UnclearNumber:
    """Apply a correction; a unit that it changes is learned for the exercise."""
    amendment = as_meant(import_row.raw_text, said, map(from_row, rows))
    if isinstance(amendment, Decimal):
        await _settle(turn, import_row, ImportStatus.DISCARDED)
        await set_editing.begin(turn, [row.id for row in rows])
        return UnclearNumber(amendment, rows[0])
    return await _apply_and_learn(
        turn,
        import_row,
        rows,
        lambda one: amended(one, amendment, unit_of(turn.user)),
        {row.exercise_root_id: amendment.unit for row in rows if row.typed_unit not in (None, amendment.unit)},
    )


async def _apply_and_learn(
    turn: Turn,
    import_row: WorkoutImportLog,
    rows: Sequence[ExerciseSet],
    change: Change,
    units: Mapping[UUID, str | None],
) -> Corrected:
    """Change sets and settle the units that exercises turn out to be in, which /undo takes back."""
    told = {root_id: unit for root_id, unit in units.items() if unit is not None}
    settled = await turn.work.exercises.units() if told else {}
    before = {root_id: settled.get(root_id) for root_id in told}
    corrected = await apply(turn, import_row, rows, change, learned=before)
    for root_id, unit in told.items():
        await turn.work.exercises.settle_unit(root_id, unit)
    return corrected


async def is_correction(turn: Turn, rows: Sequence[ExerciseSet]) -> bool:
    """Tell whether a text corrects these sets, or is something of its own."""
    is_said = parse_amendment(turn.text) is not None or step_of(turn.text, rows) is not None
    return is_said or bool(await _figures_of(turn, rows, turn.text))


def step_of(text: str, rows: Sequence[ExerciseSet]) -> FollowUp | None:
    """Read "-5" and "+1" as steps from the figures of these sets; of a bodyweight, -20 is help and no step."""
    step = parse_follow_up(text) if SIGNED.fullmatch(text) is not None else None
    if step is None or (step.weight_change, step.reps_change) == (None, None):
        return None
    is_loaded = all(one.weight is not None and one.load_mode == "external" for one in rows)
    is_counted = step.weight_change is None and all(one.reps is not None for one in rows)
    return step if is_loaded or is_counted or all(from_row(one).is_bare_hold for one in rows) else None


def stepped(performed: Performed, step: FollowUp, default_unit: str) -> Performed:
    """Give the set that is so much more or less; its effort, note and span stay."""
    changed = followed(performed, step, default_unit)
    return replace(changed, rpe=performed.rpe, as_rir=performed.as_rir, note=performed.note, span=performed.span)


def choose(rows: Sequence[ExerciseSet], amendment: Amendment) -> Sequence[ExerciseSet]:
    """Choose the sets a correction speaks of by its own words: "set 2", "the last one"; else all of them."""
    if amendment.set_number is not None and amendment.set_number <= len(rows):
        return rows[amendment.set_number - 1 : amendment.set_number]
    return rows[-1:] if amendment.is_last else rows


def amended(performed: Performed, amendment: Amendment, default_unit: str) -> Performed:
    """Give the set with those figures that the correction names; a load without a unit keeps the set's own."""
    changed = performed
    if amendment.weight is not None:
        unit = amendment.unit or (performed.unit if performed.weight is not None else default_unit)
        changed = changed.with_weight(amendment.weight, unit)
    elif amendment.unit is not None:
        changed = replace(changed, unit=amendment.unit)
    return replace(
        changed,
        reps=changed.reps if amendment.reps is None else amendment.reps,
        seconds=changed.seconds if amendment.seconds is None else amendment.seconds,
        distance_m=changed.distance_m if amendment.distance_m is None else amendment.distance_m,
        rpe=changed.rpe if amendment.rpe is None else amendment.rpe,
        kind=changed.kind if amendment.kind is None else amendment.kind,
    )


async def apply(
    turn: Turn,
    import_row: WorkoutImportLog,
    rows: Sequence[ExerciseSet],
    change: Change,
    exercise: Exercise | None = None,
    learned: Mapping[UUID, str | None] | None = None,
) -> Corrected:
    """Change the sets and say which answers show them. `learned`: units of exercises as they were until now."""
    imports = tuple(dict.fromkeys(row.import_id for row in rows if row.import_id is not None))
    if exercise is not None:
        for import_id in imports:
            await settle_names(turn, import_id, {row.id for row in rows}, exercise)
    return Corrected(await amendments.amend(turn, import_row, rows, change, exercise, learned), imports)


async def _correct_by_figures(
    turn: Turn, import_row: WorkoutImportLog, rows: Sequence[ExerciseSet], text: str
) -> Correction | None:
    """Take whole figures ("85x7") for what the sets should have been, where there are as many of them.

    Figures in another unit ("85x7 lb") teach it for the exercise, as "lbs" alone does.
    """
    told = await _figures_of(turn, rows, text)
    if len(told) == 1 and len(rows) > 1:
        return await _which(turn, import_row, rows)
    if not told or len(told) != len(rows):
        return None
    given = iter(told)
    changes = {
        (row.exercise_root_id, one.unit) for row, one in zip(rows, told, strict=True) if _is_in_another(one, row)
    }
    units = dict(changes) if len(changes) == 1 else {}
    return await _apply_and_learn(turn, import_row, rows, lambda one: _kept_besides(next(given), one), units)


def _is_in_another(told: Performed, row: ExerciseSet) -> bool:
    return told.weight is not None and row.typed_unit is not None and told.unit != row.typed_unit


async def _figures_of(turn: Turn, rows: Sequence[ExerciseSet], text: str) -> list[Performed]:
    """Read a text as bare figures of the exercise of these sets; none where it is anything else.

    Loads without a unit are in that of the sets.
    """
    exercise = await turn.work.exercises.get(rows[-1].exercise_id)
    context = await reading_context(turn, exercise)
    reading = read_text(_with_unit_at_load(text, rows), context)
    if reading.kind != "log" or len(reading.exercises) != 1:
        return []
    read = reading.exercises[0]
    if read.key != key_of(exercise) or read.confidence is not Confidence.HIGH:
        return []
    own = {row.typed_unit for row in rows if row.typed_unit is not None}
    unit = await unit_for(turn, exercise) if len(own) != 1 else "lb" if own == {"lb"} else "kg"
    told = [replace(from_reading(one, unit), span=None) for one in read.sets]
    return told if all(one.says_something for one in told) else []


def _with_unit_at_load(text: str, rows: Sequence[ExerciseSet]) -> str:
    """Read "85x7 lb" about a set of 80x8 as 85 lb: the number that is like the set's load is the load."""
    match = UNIT_LAST.fullmatch(text)
    if match is None or len(rows) != 1 or rows[0].typed_weight is None:
        return text
    first, second = (abs(Decimal(one.replace(",", ".")) - rows[0].typed_weight) for one in (match[1], match[2]))
    return f"{match[1]} {match[3]} x {match[2]}" if first < second else text


def _kept_besides(told: Performed, before: Performed) -> Performed:
    """Keep what new figures do not speak of: the note, and that they are those of each side."""
    return replace(told, note=before.note, per_side=told.per_side or before.per_side)


async def _which(turn: Turn, import_row: WorkoutImportLog, rows: Sequence[ExerciseSet]) -> WhichSet:
    await _settle(turn, import_row, ImportStatus.PREVIEW)
    exercises = await turn.work.exercises.get_many({row.exercise_id for row in rows})
    names = {row.exercise_root_id: exercises[row.exercise_id].name for row in rows}
    return WhichSet(tuple(rows), tuple(from_row(row) for row in rows), names)


async def _settle(turn: Turn, import_row: WorkoutImportLog, status: ImportStatus) -> None:
    """Note that the text is a correction, though nothing is corrected yet."""
    await turn.work.imports.update(import_row.id, kind=amendments.KIND, status=status)


async def _answer_by_reply(turn: Turn, import_row: WorkoutImportLog, about: Mapping[str, Any]) -> Correction | None:
    """Take a reply to a question about a name for that name; where it may mean several, they are to choose from."""
    log = await find_log(turn, UUID(about["import_id"]))
    if log is None:
        return None
    resolution = (await vocabulary_of(turn)).resolve(turn.text)
    if resolution.best is None:
        return None
    if resolution.score < SURE_NAME:
        await _settle(turn, import_row, ImportStatus.DISCARDED)
        asked = {"import": str(log.row.id), "path": ["exercises", int(about["item"])], "version": log.row.version}
        return UnknownName(turn.text.strip(), resolution.candidates, asked=asked)
    found = await turn.work.exercises.find_by_keys([resolution.best.key])
    exercise = found.get(resolution.best.key)
    if exercise is None:
        return None
    await _settle(turn, import_row, ImportStatus.SAVED)
    return await name_it(turn, log.row, int(about["item"]), exercise)


async def correct_chosen(
    turn: Turn,
    import_row: WorkoutImportLog,
    set_ids: Sequence[UUID],
    is_narrowing: bool = False,
    exercise: Exercise | None = None,
) -> Correction | None:
    """Apply the correction of an import's text to the sets that the user has pointed at.

    `is_narrowing`: an exercise was pointed at; of several sets of it one is still to be chosen. `exercise` is the one
    that the sets are of, where that was asked.
    """
    rows = await set_editing.live(turn, set_ids)
    if not rows:
        return None
    renamed = None if exercise is None else parse_amendment(import_row.raw_text)
    if renamed is not None:
        return await apply(turn, import_row, rows, lambda one: amended(one, renamed, unit_of(turn.user)), exercise)
    if is_narrowing and len(rows) > 1:
        return await _which(turn, import_row, rows)
    if (step := step_of(import_row.raw_text, rows)) is not None:
        return await apply(turn, import_row, rows, lambda one: stepped(one, step, unit_of(turn.user)))
    amendment = corrected_sets.amendment_of(import_row.raw_text)
    if amendment is not None:
        return await _apply_amendment(turn, import_row, rows, amendment)
    told = await _figures_of(turn, rows, import_row.raw_text)
    if len(told) != 1:
        return None
    return await apply(turn, import_row, rows, lambda one: _kept_besides(told[0], one))
