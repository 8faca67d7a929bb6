"""What is said in a workout: "8 8 7", "✓", "skip", "note: …", "bench 8 8". None leaves a text to the reader.


Figures without a name belong to the exercise under way. Where they may mean two things, the user is asked which.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from bot.answers import Answers, Edit, Text, as_sequence
from bot.usecases import guide_actions, log_answers, repeating
from bot.usecases.guide import Guide, Step, all_as_prescribed, as_prescribed, find_guide, logged_besides, needs_load
from bot.usecases.guide_figures import Figures, as_sets, meanings, parse_figures
from bot.usecases.performed import Performed, from_row
from bot.usecases.reading_context import find_last_set, unit_of, vocabulary_of
from bot.usecases.short_texts import SURE_NAME
from bot.views import guide as view
from bot.views import logged as logged_view
from parser import FollowUp, Reading, parse_follow_up
from storage.models import ImportStatus

if TYPE_CHECKING:
    from bot.turn import Turn
    from storage.models import Exercise, ExerciseSet, WorkoutImportLog

CHECK_WORDS: Final = frozenset(
    (
        "✓", "✔", "✔️", "✅", "☑️", "👍", "👌", "💪", "ok", "okay", "done", "yes", "yep", "check",
        "hecho", "listo", "fertig", "erledigt", "gemacht", "готово", "сделал", "сделала", "ок", "feito", "pronto",
        "fait", "oui", "sí", "si", "ja", "да", "sim",
    )
)  # fmt: skip
"""What says that the next set was done as it is prescribed."""
ALL_WORDS: Final = frozenset(
    ("all", "both", "everything", "alle", "beide", "todo", "todos", "todas", "tudo", "tout", "tous", "все", "всё")
)
"""What says, alone or beside a word above, that all sets left were done so: "✓ all", "all done", "✓ all 3"."""
MARKS: Final = frozenset(("✓", "✔", "✔️", "✅", "☑️"))
SKIP_WORDS: Final = frozenset(
    (
        "skip", "next", "saltar", "siguiente", "weiter", "überspringen",
        "пропустить", "дальше", "pular", "próximo", "passer", "suivant",
    )
)  # fmt: skip
BESIDES: Final = frozenset(("it", "one", "this", "exercise", "please"))
"""What may stand beside a word that skips."""
NOTE: Final = re.compile(r"(?:note|nota|notiz|заметка)\s*[:：]\s*(?P<note>\S.*)", re.IGNORECASE | re.DOTALL)
NAMED: Final = re.compile(r"(?P<name>[^\d@:]*[^\W\d_][^\d@:]*?)\s*:?\s+(?P<figures>\d.*)", re.DOTALL)
KIND: Final = "session"


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing that figures may mean: sets of an exercise."""

    exercise: Exercise
    sets: tuple[Performed, ...]


def says_done(text: str) -> bool:
    """Tell whether a text says that the set was done as prescribed."""
    return _word(text) in CHECK_WORDS


def says_all(text: str) -> bool:
    """Tell whether a text says that all sets that are left were done as prescribed."""
    words = _word(text).split()
    if words and words[-1].isdecimal():
        words = words[:-1]
    return bool(ALL_WORDS.intersection(words)) and CHECK_WORDS.union(ALL_WORDS).issuperset(words)


def says_skip(text: str) -> bool:
    words = set(_word(text).split()) - BESIDES
    return len(words) == 1 and words <= SKIP_WORDS


def _word(text: str) -> str:
    return text.strip().strip(".!").casefold()


async def answer(turn: Turn, import_row: WorkoutImportLog) -> Answers:
    """Take a text for what is going on in a workout."""
    guide = await find_guide(turn)
    text = import_row.raw_text
    if guide is None:
        return await _without_workout(turn, import_row)
    if note := NOTE.fullmatch(text.strip()):
        await _settle(turn, import_row)
        return await guide_actions.note(turn, guide, None if guide.current is None else guide.current.id, note["note"])
    step = guide.current
    if step is None:
        return await _after_the_last(turn, import_row)
    if says_done(text) or says_all(text):
        return await _as_prescribed(turn, import_row, step, is_all=says_all(text))
    if says_skip(text):
        await _settle(turn, import_row)
        return await guide_actions.skip(turn, guide, step)
    return await _figures(turn, import_row, guide, step)


async def _settle(turn: Turn, import_row: WorkoutImportLog) -> None:
    """Keep a text that steered the workout as just that."""
    await turn.work.imports.update(import_row.id, kind=KIND, status=ImportStatus.SAVED)


async def _without_workout(turn: Turn, import_row: WorkoutImportLog) -> Answers:
    """Say that there is nothing to check off or to skip; it is no exercise either ("skip" is no jump rope)."""
    text = import_row.raw_text
    session = await turn.work.sessions.find_open()
    if session is not None and (note := NOTE.fullmatch(text.strip())):
        await _settle(turn, import_row)
        return await guide_actions.note_free(turn, session, note["note"])
    if _word(text) not in MARKS and not says_skip(text):
        return None
    await _settle(turn, import_row)
    return Text(turn.messages.text("guide-nothing-going"))


async def _after_the_last(turn: Turn, import_row: WorkoutImportLog) -> Answers:
    text = import_row.raw_text
    if _word(text) not in MARKS and not says_skip(text):
        return None
    await _settle(turn, import_row)
    return Text(turn.messages.text("guide-all-done"))


async def _as_prescribed(turn: Turn, import_row: WorkoutImportLog, step: Step, *, is_all: bool) -> Answers:
    sets = _prescribed(turn, step, is_all=is_all)
    if not sets:
        await _settle(turn, import_row)
        return [guide_actions.ask_figures(turn, step)]
    return await _log(turn, import_row, Meaning(step.exercise, tuple(sets)))


def _prescribed(turn: Turn, step: Step, *, is_all: bool) -> Sequence[Performed]:
    """Give the next set as it is prescribed, or all that are left; none where a figure is open."""
    unit = unit_of(turn.user)
    if is_all:
        return all_as_prescribed(step, unit)
    one = as_prescribed(step, len(step.done), unit)
    return [one] if one is not None else []


async def press_check(turn: Turn, guide: Guide, step: Step, *, is_all: bool) -> Answers:
    """Log the next set, or all that are left, by the button; its words stand for the text."""
    sets = _prescribed(turn, step, is_all=is_all)
    if not sets:
        return [guide_actions.ask_figures(turn, step)]
    words = view.check_words(turn.messages, sets)
    import_row = await turn.work.imports.receive(words, chat_id=turn.chat_id)
    return await _log(turn, import_row, Meaning(step.exercise, tuple(sets)))


async def _figures(turn: Turn, import_row: WorkoutImportLog, guide: Guide, step: Step) -> Answers:
    options = await _named(turn, import_row.raw_text, guide) or await _bare(turn, import_row.raw_text, guide, step)
    if options is None:
        return await _followed(turn, import_row, guide, step)
    if len(options) == 1:
        return await _log(turn, import_row, options[0])
    return await _ask(turn, import_row, options) if options else None


async def _named(turn: Turn, text: str, guide: Guide) -> list[Meaning] | None:
    """Take "bench 8 8 7" for sets of that exercise at its planned load, where it is one of this workout."""
    match = NAMED.fullmatch(text.strip())
    figures = None if match is None else parse_figures(match["figures"])
    if match is None or figures is None:
        return None
    root_id = await _root_named(turn, match["name"])
    steps = [one for one in guide.waiting if one.planned and one.exercise.root_id == root_id]
    if not steps:
        return None
    step = next((one for one in steps if guide.current is not None and one.id == guide.current.id), steps[0])
    return [Meaning(step.exercise, tuple(sets)) for sets in meanings(figures, step, unit_of(turn.user))] or None


async def _figures_of(turn: Turn, text: str, root_id: UUID) -> Figures | None:
    """Give the figures behind the name of an exercise; None where another one is named, or none."""
    match = NAMED.fullmatch(text.strip())
    figures = None if match is None else parse_figures(match["figures"])
    if match is None or figures is None:
        return None
    return figures if await _root_named(turn, match["name"]) == root_id else None


async def _root_named(turn: Turn, words: str) -> UUID | None:
    """Find the exercise that a name means for sure, by root."""
    found = (await vocabulary_of(turn)).resolve(words)
    if found.best is None or found.score < SURE_NAME:
        return None
    named = (await turn.work.exercises.find_by_keys([found.best.key])).get(found.best.key)
    return None if named is None else named.root_id


async def _bare(turn: Turn, text: str, guide: Guide, step: Step) -> list[Meaning] | None:
    figures = parse_figures(text) or as_sets(text, step)
    if figures is None:
        return None
    options = [Meaning(step.exercise, tuple(sets)) for sets in meanings(figures, step, unit_of(turn.user))]
    besides = await logged_besides(turn, guide) if options else None
    if besides is not None:
        options += [Meaning(besides.exercise, tuple(sets)) for sets in meanings(figures, besides, unit_of(turn.user))]
    return options or None


async def _followed(turn: Turn, import_row: WorkoutImportLog, guide: Guide, step: Step) -> Answers:
    """Keep "same" and "+2.5" from the exercise before, once the next one is under way.

    Of the first set they say how it differs from what is prescribed.
    """
    follow_up = parse_follow_up(import_row.raw_text)
    last = None if follow_up is None or step.done else await find_last_set(turn)
    before = None if last is None else guide.find(last.session_exercise_id)
    if follow_up is None or last is None or before is None or before.is_extra:
        return None
    asked = as_prescribed(step, len(step.done), unit_of(turn.user))
    if follow_up == FollowUp(times=follow_up.times):
        same = Meaning(before.exercise, (replace(from_row(last), note=None, span=None),) * follow_up.times)
        options = [same] if asked is None else [Meaning(step.exercise, (asked,) * follow_up.times), same]
        return await _ask(turn, import_row, options)
    told = repeating.followed(_open_set(step, asked), follow_up, unit_of(turn.user))
    if not told.says_something or (told.weight is None and needs_load(step.exercise)):
        await _settle(turn, import_row)
        return [guide_actions.ask_figures(turn, step)]
    return await _log(turn, import_row, Meaning(step.exercise, (told,) * follow_up.times))


def _open_set(step: Step, asked: Performed | None) -> Performed:
    """Give the next set as it is prescribed, its repetitions only where they are one number."""
    planned = step.next_planned
    is_one = planned is not None and planned.reps_min == planned.reps_max and not planned.is_amrap
    return replace(asked or Performed(), reps=planned.reps_max if planned is not None and is_one else None)


async def _log(turn: Turn, import_row: WorkoutImportLog, meaning: Meaning) -> Answers:
    outcome = await repeating.log_like(turn, import_row, meaning.exercise, list(meaning.sets))
    return await log_answers.answers_of(turn, outcome)


async def read_edited(turn: Turn, old: Sequence[ExerciseSet]) -> Reading | None:
    """Read an edited text as it would have been read in its place; None where it is no longer one of a workout."""
    guide = await find_guide(turn)
    step = None if guide is None or not old else guide.find(old[0].session_exercise_id)
    if step is None or not step.planned:
        return None
    ids = {row.id for row in old}
    then = replace(step, done=tuple(row for row in step.done if row.id not in ids))
    unit = unit_of(turn.user)
    if says_done(turn.text):
        told = as_prescribed(then, len(then.done), unit)
        return None if told is None else repeating.reading_like(turn.text, step.exercise, [told])
    figures = parse_figures(turn.text) or await _figures_of(turn, turn.text, step.exercise.root_id)
    options = [] if figures is None else meanings(figures, then, unit)
    return repeating.reading_like(turn.text, step.exercise, options[0]) if len(options) == 1 else None


# ---------------------------------------------------------------------- asked which is meant


async def offer(turn: Turn, import_row: WorkoutImportLog, options: Sequence[Meaning]) -> None:
    """Keep what a text may mean until the user says which."""
    document = [{"exercise": str(one.exercise.id), "sets": [_to_json(each) for each in one.sets]} for one in options]
    await turn.work.imports.update(
        import_row.id, kind=KIND, status=ImportStatus.PREVIEW, draft={**(import_row.draft or {}), "options": document}
    )


async def _ask(turn: Turn, import_row: WorkoutImportLog, options: Sequence[Meaning]) -> Answers:
    await offer(turn, import_row, options)
    shown = [(one.exercise.name, one.sets) for one in options]
    return Text(turn.messages.text("guide-which"), view.meanings(turn.messages, str(import_row.id), shown))


async def take(turn: Turn) -> Answers:
    """Log what the user says that the figures meant."""
    import_row = await turn.work.imports.find(UUID(turn.pressed_args["import"]))
    options = [] if import_row is None else (import_row.draft or {}).get("options", [])
    index = int(turn.pressed_args["option"])
    if import_row is None or import_row.status is not ImportStatus.PREVIEW or index >= len(options):
        return logged_view.moved_on(turn.messages)
    exercise = await turn.work.exercises.get(UUID(options[index]["exercise"]))
    sets = tuple(_from_json(one) for one in options[index]["sets"])
    chosen = Edit(view.taken(turn.messages, exercise.name, sets))
    answers = await _log(turn, import_row, Meaning(exercise, sets))
    return [chosen, *as_sequence(answers)]


def _to_json(one: Performed) -> dict[str, Any]:
    document = {name: value for name, value in asdict(one).items() if name not in ("span", "note")}
    return {name: str(value) if isinstance(value, Decimal) else value for name, value in document.items()}


def _from_json(document: dict[str, Any]) -> Performed:
    decimals = {
        name: None if document[name] is None else Decimal(document[name]) for name in ("weight", "distance_m", "rpe")
    }
    return Performed(**{**document, **decimals})
