"""Read the library from the TOML files beside this module.

``library/equipment.toml`` holds the kit, ``library/plans/*.toml`` one plan each, every other ``library/*.toml``
exercises: one table an exercise, headed by its name. Lists are strings separated by commas or spaces, which keeps the
files short to read and quick to load. The keys of an exercise:

    like      take whatever is not said here (but level, words and description) from another exercise
    muscles   "chest + triceps shoulders": primary before the plus, secondary after it
    kind      type and category, and the measure where it is not the usual one: "bodyweight core duration"
    kit       equipment slugs
    dose      defaults: "3x8 rest 90 tempo 3-1-1-0", "3x30s rest 60", "1x20min", "1x5km"; "at 20" is kilograms
    level     0 to 5, for skills; the order within the category is the order in the files
    tags, description
    en ru es de pt fr    other words for it, separated by commas
    generic   words that mean a whole family, of which this is the most common member
    slug      only where the name was changed later, so that ids stay
"""

from __future__ import annotations

import hashlib
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from training.library_types import (
    LANGUAGES,
    Library,
    LibraryAlias,
    LibraryEquipment,
    LibraryExercise,
)
from training.plan_files import read_plan

LIBRARY = Path(__file__).parent / "library"

USUAL_MEASURE = {"bodyweight": "reps", "band": "reps"}
INHERITED = ("muscles", "kind", "kit", "dose", "tags")
EXERCISE_KEYS = frozenset(("like", "level", "description", "generic", "slug", *INHERITED, *LANGUAGES))


class LibraryFileError(ValueError):
    """A library file says something that cannot be read; the message names the place."""


@cache
def load_library() -> Library:
    """Read the library that comes with the package, once a process."""
    return read_library(LIBRARY)


def read_library(folder: Path) -> Library:
    """Read a library from a folder; raise LibraryFileError where a file cannot be understood."""
    paths = sorted(folder.rglob("*.toml"), key=lambda path: path.relative_to(folder).as_posix())
    contents = {path: path.read_bytes() for path in paths}
    tables = {path: _parse(path, content) for path, content in contents.items()}
    exercise_tables: dict[str, Mapping[str, Any]] = {}
    for path, table in tables.items():
        if path.parent == folder and path.stem != "equipment":
            _add_exercises(exercise_tables, path, table)
    return Library(
        version=_fingerprint(folder, contents),
        exercises=_read_exercises(exercise_tables),
        equipment=tuple(_read_equipment(tables.get(folder / "equipment.toml", {}))),
        plans=tuple(read_plan(path.stem, table) for path, table in tables.items() if path.parent.name == "plans"),
    )


def _fingerprint(folder: Path, contents: Mapping[Path, bytes]) -> str:
    """Hash names and contents, so that a renamed or emptied file is a new version as well."""
    digest = hashlib.sha256()
    for path, content in contents.items():
        digest.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _parse(path: Path, content: bytes) -> dict[str, Any]:
    try:
        return tomllib.loads(content.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LibraryFileError(f"{path.name}: {error}") from error


def _add_exercises(into: dict[str, Mapping[str, Any]], path: Path, table: Mapping[str, Any]) -> None:
    for name, entry in table.items():
        if name in into:
            raise LibraryFileError(f"{path.name}: {name} stands in two files")
        if not isinstance(entry, dict) or not entry.keys() <= EXERCISE_KEYS:
            raise LibraryFileError(f"{path.name}: {name} has keys that mean nothing here")
        into[name] = entry


def _read_equipment(table: Mapping[str, Any]) -> Iterable[LibraryEquipment]:
    for slug, entry in table.items():
        yield LibraryEquipment(slug=slug, name=entry["name"], description=entry["description"])


def _read_exercises(tables: Mapping[str, Mapping[str, Any]]) -> tuple[LibraryExercise, ...]:
    exercises: list[LibraryExercise] = []
    skills_so_far: dict[str, int] = {}
    for name in tables:
        exercise = _read_exercise(name, tables)
        if exercise.is_skill:
            order = skills_so_far[exercise.category] = skills_so_far.get(exercise.category, 0) + 1
            exercise = replace(exercise, progression_order=order)
        exercises.append(exercise)
    return tuple(exercises)


def _read_exercise(name: str, tables: Mapping[str, Mapping[str, Any]]) -> LibraryExercise:
    table = _inherit(name, tables)
    try:
        exercise_type, category, *measure = table["kind"].split()
        primary, _, secondary = table["muscles"].partition("+")
        slug = table.get("slug") or slug_of(name)
        return LibraryExercise(
            slug=slug,
            name=name,
            primary=tuple(primary.split()),
            secondary=tuple(secondary.split()),
            exercise_type=exercise_type,
            category=category,
            measure=measure[0] if measure else USUAL_MEASURE.get(exercise_type, "weight_reps"),
            equipment=tuple(table.get("kit", "").split()),
            level=table.get("level"),
            tags=tuple(table.get("tags", "").split()),
            description=table.get("description"),
            aliases=tuple(_aliases(slug, name, table)),
            **parse_dose(table.get("dose", "")),
        )
    except (KeyError, ValueError) as error:
        raise LibraryFileError(f"{name}: {error!r}") from error


def _inherit(name: str, tables: Mapping[str, Mapping[str, Any]], depth: int = 8) -> dict[str, Any]:
    """Fill what an exercise leaves out from the one it is like, a few generations up."""
    own = tables[name]
    if "like" not in own:
        return dict(own)
    if depth == 0 or own["like"] not in tables:
        raise LibraryFileError(f"{name}: like {own['like']!r} leads nowhere")
    parent = _inherit(own["like"], tables, depth - 1)
    return {key: parent[key] for key in INHERITED if key in parent} | dict(own)


def _aliases(slug: str, name: str, table: Mapping[str, Any]) -> Iterable[LibraryAlias]:
    """List the words of an exercise, each once however it is spelled, without its own name; generic ones come first."""
    seen = {fold(name)}
    for key in ("generic", *LANGUAGES):
        for word in table.get(key, "").split(","):
            folded = fold(word)
            if folded and folded not in seen:
                seen.add(folded)
                is_generic = key == "generic"
                yield LibraryAlias(slug, "" if is_generic else key, " ".join(word.split()), is_generic)


DOSE = re.compile(
    r"(?P<sets>\d+)x(?:(?P<seconds>\d+)s|(?P<minutes>\d+)min|(?P<reps>\d+))?"
    r"(?: at (?P<weight>[\d.]+))?(?: rest (?P<rest>\d+))?(?: tempo (?P<tempo>[\dX-]+|hold))?"
)


def parse_dose(text: str) -> dict[str, Any]:
    """Read an exercise's defaults: ``parse_dose("3x8 rest 90")`` is 3 sets of 8 with 90 seconds of rest."""
    if not text:
        return {}
    match = DOSE.fullmatch(text)
    if match is None:
        raise ValueError(f"dose {text!r}")
    number = {key: int(value) for key in ("sets", "reps", "seconds", "minutes", "rest") if (value := match[key])}
    seconds = number.get("seconds")
    return {
        "default_sets": number["sets"],
        "default_reps": number.get("reps"),
        "default_duration_seconds": number["minutes"] * 60 if "minutes" in number else seconds,
        "default_weight": Decimal(match["weight"]) if match["weight"] else None,
        "default_rest_time_seconds": number.get("rest"),
        "default_tempo": match["tempo"],
    }


def slug_of(name: str) -> str:
    """Make a slug of a name: ``slug_of("Farmer's Walk") == "farmers-walk"``."""
    return re.sub(r"[^a-z0-9]+", "-", fold(name).replace("'", "")).strip("-")


class _FoldedLetters(dict[int, str]):
    """What each character folds to, worked out once a character: folding twenty thousand aliases must not take long."""

    def __missing__(self, code: int) -> str:
        letters = "".join(char for char in unicodedata.normalize("NFKD", chr(code)) if not unicodedata.combining(char))
        folded = re.sub(r"[\W_]", " ", letters)
        self[code] = folded
        return folded


FOLDED_LETTERS = _FoldedLetters({ord("'"): "", ord("’"): ""})


def fold(text: str) -> str:
    """Fold case, accents, punctuation and spaces: two words that fold alike are the same word to a lifter."""
    return " ".join(text.casefold().translate(FOLDED_LETTERS).split())
