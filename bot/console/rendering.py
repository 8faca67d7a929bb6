"""How what the bot sends looks in a terminal, and as a line of JSON."""

from __future__ import annotations

import json
import re

from bot.bot_api import Shown
from bot.markup import plain_text

ANSI = {"b": "1", "strong": "1", "i": "3", "em": "3", "u": "4", "s": "9", "code": "36", "pre": "36"}
TAG = re.compile(r"<(/?)([a-z-]+)[^<>]*>")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def as_json(shown: Shown) -> str:
    """Give one line of JSON; docs/console.md describes it."""
    line = {
        "method": shown.method,
        "text": shown.text,
        "buttons": [list(row) for row in shown.buttons],
        "file": None if shown.path is None else str(shown.path),
        "message_id": shown.message_id,
        "edited": shown.is_edit,
    }
    return json.dumps(line, ensure_ascii=False)


def as_text(shown: Shown, *, is_styled: bool) -> str:
    """Give the message for reading, its buttons numbered row by row."""
    signs = {"answerCallbackQuery": "(!) ", "setMessageReaction": "(reaction) "}
    text = styled(shown.markup) if is_styled else CONTROL.sub("", shown.text)
    parts = [signs.get(shown.method, "(edited) " if shown.is_edit else "") + text]
    if shown.path is not None:
        parts.append(f"[file] {shown.path}")
    number = 0
    for row in shown.buttons:
        labels = []
        for label in row:
            number += 1
            labels.append(f"#{number} [{CONTROL.sub('', label)}]")
        parts.append("  " + "  ".join(labels))
    return "\n".join(part for part in parts if part)


def styled(markup: str) -> str:
    """Turn Telegram's HTML into text with ANSI styles. Escape codes that somebody typed do not get through."""
    pieces, at = [], 0
    open_codes: list[str] = []
    for tag in TAG.finditer(markup):
        pieces.append(CONTROL.sub("", plain_text(markup[at : tag.start()])))
        at = tag.end()
        code = ANSI.get(tag.group(2), "0")
        if not tag.group(1):
            open_codes.append(code)
            pieces.append(f"\x1b[{code}m")
        elif open_codes:
            open_codes.pop()
            pieces.append("\x1b[0m" + "".join(f"\x1b[{still}m" for still in open_codes))
    pieces.append(CONTROL.sub("", plain_text(markup[at:])))
    return "".join(pieces)
