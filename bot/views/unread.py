"""What is said to a text without a set in it: a line that helps, by what the text seems to want."""

from __future__ import annotations

from bot.answers import Text
from bot.markup import lines
from bot.messages import Messages
from parser import Reading

MOST_LINES = 5


def answer(messages: Messages, reading: Reading) -> Text:
    """Answer a question, a greeting or chatter; lines that look like training are shown as not read."""
    if reading.unread:
        shown = [messages.text("log-unread", line=line.text.strip()) for line in reading.unread[:MOST_LINES]]
        return Text(lines(*shown, messages.text("unread-hint")))
    return Text(messages.text(f"other-{reading.intent or 'chatter'}"))
