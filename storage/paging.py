"""A page of a longer list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some items in order, and whether there are more after them."""

    items: tuple[T, ...]
    has_more: bool


def page_of(items: Sequence[T], limit: int) -> Page[T]:
    """Make a page out of one item more than fits on it, where there is one."""
    return Page(tuple(items[:limit]), len(items) > limit)
