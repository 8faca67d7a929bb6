"""Text as PostgreSQL takes it: without NUL and without halves of characters, which nobody types but programs send."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Text
from sqlalchemy.types import TypeDecorator

REPLACEMENT = "\ufffd"
WRITER = json.JSONEncoder(ensure_ascii=False)


def storable(text: str) -> str:
    """Put U+FFFD in the place of what cannot be stored; all other text comes back as it is.

    >>> storable("80\\0 x 8") == "80\\ufffd x 8"
    True
    """
    if "\0" in text:
        text = text.replace("\0", REPLACEMENT)
    try:
        text.encode()
    except UnicodeEncodeError:
        # Two halves that belong together become the character that they are; one alone is replaced.
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def to_storable_json(value: Any) -> str:
    """Write a value as the JSON that a ``jsonb`` column takes."""
    written = WRITER.encode(value)
    # A NUL is written as an escape, an escaped backslash before "u0000" is the user's own.
    if "\\u0000" in written:
        written = WRITER.encode(_storable_parts(value))
    return storable(written)


def _storable_parts(value: Any) -> Any:
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {storable(key): _storable_parts(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_storable_parts(item) for item in value]
    return value


class StorableText(TypeDecorator[str]):
    """``TEXT`` that is made storable on its way in."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Any) -> str | None:
        return None if value is None else storable(value)
