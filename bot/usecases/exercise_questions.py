"""The question which exercise a name means: whom it may mean, and where in a draft the answer belongs.

Logs and programs ask in the same way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from bot.usecases.program_doubts import typed_words
from bot.usecases.program_draft import Place, draft_from_json
from bot.usecases.reading_context import vocabulary_of
from bot.usecases.spoken_names import spoken_name
from parser import Candidate, reading_from_json

if TYPE_CHECKING:
    from bot.turn import Turn
    from storage.models import WorkoutImportLog

MOST_CANDIDATES: Final = 5
# A name that is less like the words than this shares some letters with them: no suggestion beats a silly one.
LIKELY: Final = 0.7

Path = Sequence[int | str]


@dataclass(frozen=True, slots=True)
class Choice:
    """What the user chose: an exercise; `own_name` one that is still to be made; neither means to leave it out."""

    exercise_id: UUID | None = None
    name: str | None = None
    learned_alias: bool = False
    key: str | None = None
    own_name: str | None = None
    own_muscle: str | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """What is asked about: the words the user wrote, all of the text it came from, and who it may be."""

    words: str
    raw: str
    candidates: tuple[Candidate, ...]


async def find_subject(turn: Turn, import_row: WorkoutImportLog, item_path: Path) -> Subject:
    """Look up what the question is about in the draft of the import."""
    words, raw, known = words_of(import_row, item_path)
    vocabulary = await vocabulary_of(turn)
    best_first = sorted(known, key=lambda candidate: -candidate.score)
    found = {candidate.key: candidate for candidate in best_first}
    if words:
        near = [one for one in vocabulary.search(words, MOST_CANDIDATES) if one.score >= LIKELY]
        for candidate in (*vocabulary.resolve(words).candidates, *near):
            found.setdefault(candidate.key, candidate)
    return Subject(words or raw, raw, tuple(found.values())[:MOST_CANDIDATES])


async def find_open(turn: Turn, args: Mapping[str, Any]) -> WorkoutImportLog | None:
    """Find the import that a button speaks of; None where it was answered or changed meanwhile."""
    import_row = await turn.work.imports.find(UUID(args["import"]))
    if import_row is None or "reading" not in (import_row.draft or {}):
        return None
    if import_row.kind != "program":
        return import_row
    is_open = str(import_row.status) in ("preview", "reading") and import_row.version == args["version"]
    return import_row if is_open else None


def words_of(import_row: WorkoutImportLog, path: Path) -> tuple[str, str, tuple[Candidate, ...]]:
    """Give the words of the name, all of the text they stand in, and who was found for them."""
    document = import_row.draft or {}
    if path[0] == "exercises":
        logged = reading_from_json(document["reading"]).exercises[int(path[1])]
        return spoken_name(logged), logged.raw.strip(), logged.candidates
    read = draft_from_json(document).item(place_of(path)).read
    return typed_words(read), read.raw.strip(), read.candidates


def place_of(path: Path) -> Place:
    """Read the path of a program's item: ["days", 0, "exercises", 2]."""
    return Place(int(path[1]), int(path[3]))


def path_of(place: Place) -> list[int | str]:
    return ["days", place.day, "exercises", place.item]


def args_of(import_row: WorkoutImportLog, path: Path) -> dict[str, Any]:
    """Give what every button of the question carries."""
    return {"import": str(import_row.id), "path": list(path), "version": import_row.version}
