"""Telegram's side of the Bot API, played in this process: for the terminal, and behind HTTP for tests.

It keeps chats, messages and files in memory, checks the limits that Telegram checks, and lets a person write, edit,
reply and press. It knows nothing of the bot.
"""

from bot.bot_api.chats import Chat, Message, Person
from bot.bot_api.request import InProcessRequest
from bot.bot_api.server import BotApi, Shown, Upload
from bot.bot_api.validation import ApiError

__all__ = ["ApiError", "BotApi", "Chat", "InProcessRequest", "Message", "Person", "Shown", "Upload"]
