"""What Telegram refuses: too long, too many, markup that cannot be read. The descriptions are its own."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from telegram.constants import ReactionEmoji

TEXT_LIMIT: Final = 4096
CAPTION_LIMIT: Final = 1024
TOAST_LIMIT: Final = 200
CALLBACK_DATA_LIMIT: Final = 64
COPY_TEXT_LIMIT: Final = 256
BUTTONS_LIMIT: Final = 100
ROW_LIMIT: Final = 8
PHOTO_LIMIT: Final = 10 * 1024 * 1024
DOCUMENT_LIMIT: Final = 50 * 1024 * 1024

TAG = re.compile(r"<(/?)([a-zA-Z0-9-]*)([^<>]*)(>?)")
KNOWN_TAGS: Final = frozenset(
    ("b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "a", "code", "pre", "blockquote", "tg-spoiler", "span")
)
STYLES: Final = frozenset(("primary", "success", "danger"))
EMOJI: Final = frozenset(str(emoji) for emoji in ReactionEmoji)


class ApiError(Exception):
    """A call that Telegram answers with ``ok: false``."""

    def __init__(self, status: int, description: str, parameters: Mapping[str, Any] | None = None) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = dict(parameters or {})


def bad_request(description: str) -> ApiError:
    return ApiError(400, f"Bad Request: {description}")


def read_text(text: Any, parse_mode: Any, limit: int, *, may_be_empty: bool = False) -> str:
    """Read a text with its markup; give what is seen of it, which has to be within the limit."""
    if text is not None and not isinstance(text, str):
        raise bad_request("message text must be a string")
    seen = _without_markup(text or "", parse_mode)
    if not seen.strip() and not may_be_empty:
        raise bad_request("message text is empty")
    if len(seen.encode("utf-16-le", "surrogatepass")) // 2 > limit:
        raise bad_request("message is too long" if limit == TEXT_LIMIT else "message caption is too long")
    return seen


def _without_markup(text: str, parse_mode: Any) -> str:
    if parse_mode is None:
        return text
    if parse_mode != "HTML":
        raise bad_request("unsupported parse_mode")
    open_tags: list[str] = []
    for match in TAG.finditer(text):
        closing, name, _, end = match.groups()
        if not end or name.lower() not in KNOWN_TAGS:
            raise bad_request(f'can\'t parse entities: Unsupported start tag "{name}"')
        if not closing:
            open_tags.append(name.lower())
        elif not open_tags or open_tags.pop() != name.lower():
            raise bad_request(f'can\'t parse entities: Unmatched end tag "{name}"')
    if open_tags:
        raise bad_request(f"can't parse entities: Can't find end tag corresponding to start tag \"{open_tags[-1]}\"")
    return html.unescape(TAG.sub("", text))


def check_keyboard(markup: Any) -> Sequence[Sequence[Mapping[str, Any]]]:
    """Check an inline keyboard; give its rows of buttons."""
    if markup is None:
        return ()
    rows = markup.get("inline_keyboard") if isinstance(markup, Mapping) else None
    if not isinstance(rows, Sequence):
        raise bad_request("object expected as reply markup")
    if sum(len(row) for row in rows) > BUTTONS_LIMIT:
        raise bad_request("reply markup is too long")
    for row in rows:
        if len(row) > ROW_LIMIT:
            raise bad_request("too many buttons in a row")
        for button in row:
            _check_button(button)
    return [row for row in rows if row]


def _check_button(button: Mapping[str, Any]) -> None:
    if not str(button.get("text", "")).strip():
        raise bad_request("inline keyboard button text must be non-empty")
    if button.get("style", "primary") not in STYLES:
        raise bad_request("unknown button style")
    if "copy_text" in button:
        if not 1 <= len(button["copy_text"].get("text", "")) <= COPY_TEXT_LIMIT:
            raise bad_request("BUTTON_COPY_TEXT_INVALID")
    elif "url" not in button and not 1 <= len(str(button.get("callback_data", "")).encode()) <= CALLBACK_DATA_LIMIT:
        raise bad_request("BUTTON_DATA_INVALID")


def check_reaction(reaction: Any) -> str:
    """Check a list of reactions; give the emoji, "" where the reaction is taken back."""
    if not isinstance(reaction, Sequence) or len(reaction) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if not reaction:
        return ""
    emoji = str(reaction[0].get("emoji", ""))
    if emoji not in EMOJI:
        raise bad_request("REACTION_INVALID")
    return emoji
