"""The wire: what a model is asked to answer, as JSON.

Strict structured output knows neither defaults nor optional properties, so every property is required and what is
not stated is null. Bounds are left out on purpose: a server enforces some of them silently and others not at all, so
grounding looks at every value again. Short property names keep the answer short.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError, WithJsonSchema
from pydantic_core import from_json

Number = Annotated[Decimal, WithJsonSchema({"type": "number"})]
LoadUnit = Literal["kg", "lb", "percent"]
Mark = Literal["warmup", "drop", "failure", "amrap"]


class Wire(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class WireSets(Wire):
    """Sets that are alike: `sets` of them, each of `reps` (to `to`) or `seconds` or `metres`, at `load`."""

    sets: int
    reps: Number | None
    to: Number | None
    seconds: Number | None
    metres: Number | None
    load: Number | None
    unit: LoadUnit | None
    rpe: Number | None
    mark: Mark | None


class WireExercise(Wire):
    """One exercise on the lines `line` to `end`: its words, the candidate that they mean, and its work."""

    line: int
    end: int
    words: str
    pick: str | None
    english: str | None
    work: list[WireSets]


class WireAnswer(Wire):
    """All that a model says of a text. `days` are the numbers of the lines that are headings of a workout."""

    kind: Literal["log", "program", "other"]
    days: list[int]
    exercises: list[WireExercise]


class WireError(ValueError):
    """An answer that is not what was asked for; the message is meant for the model."""


def answer_schema() -> dict[str, Any]:
    """Return the JSON schema of an answer in the form that strict structured output wants."""
    schema: dict[str, Any] = _strict(WireAnswer.model_json_schema())
    return schema


def _strict(node: Any) -> Any:
    if isinstance(node, list):
        return [_strict(item) for item in node]
    if not isinstance(node, dict):
        return node
    # Titles and descriptions cost tokens and say nothing that the property names do not say.
    kept = {key: _strict(value) for key, value in node.items() if key not in ("title", "description")}
    if kept.get("type") == "object":
        kept["additionalProperties"] = False
    return kept


def parse_answer(content: str) -> WireAnswer:
    """Read a model's answer, also one wrapped in a code fence, in thoughts or in politeness.

    Raises:
        WireError: there is no JSON object in it, or the object is not an answer.
    """
    block = _json_object(content)
    if block is None:
        raise WireError("The answer holds no JSON object.")
    try:
        return WireAnswer.model_validate_json(block)
    except ValidationError as error:
        raise WireError(_described(error)) from error


def _json_object(content: str) -> str | None:
    # A model that thinks aloud may write braces while it thinks; what counts comes after.
    text = content.rpartition("</think>")[2]
    start = text.find("{")
    decoder = json.JSONDecoder()
    for _ in range(8):
        if start < 0:
            return None
        try:
            _, end = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            start = text.find("{", start + 1)
            continue
        return text[start:end]
    return None


def _described(error: ValidationError) -> str:
    faults = [
        f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}"
        for fault in error.errors(include_url=False, include_input=False)[:5]
    ]
    return "The answer does not fit the schema. " + "; ".join(faults)


def salvage_answer(content: str) -> WireAnswer | None:
    """Keep the exercises of an answer that are whole, when the rest is broken off or wrong."""
    text = content.rpartition("</think>")[2]
    start = text.find("{")
    if start < 0:
        return None
    try:
        document = from_json(text[start:].rstrip("` \n"), allow_partial=True)
    except (ValueError, RecursionError):
        return None
    if not isinstance(document, dict) or not isinstance(document.get("exercises"), list):
        return None
    whole = [entry for raw in document["exercises"] if (entry := _whole_exercise(raw)) is not None]
    try:
        return WireAnswer.model_validate({**document, "days": document.get("days", []), "exercises": whole})
    except ValidationError:
        return None


def _whole_exercise(raw: object) -> WireExercise | None:
    try:
        return WireExercise.model_validate(raw)
    except ValidationError:
        return None
