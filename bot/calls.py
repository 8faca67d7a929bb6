"""The calls of the Bot API that a row of the outbox stands for, and what to do when Telegram says no.

`perform` tries what the row says and, where that cannot be, what comes nearest: a message that is gone is sent anew,
one whose markup is refused goes out plain, a reaction becomes a word.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from telegram import InputFile
from telegram.error import BadRequest, ChatMigrated
from telegram.ext import ExtBot

from bot.markup import plain_text
from bot.owed import Owed

NO_PREVIEW = {"is_disabled": True}

UNCHANGED = "message is not modified"
GONE = ("message to edit not found", "message can't be edited", "message_id_invalid", "message identifier is not")
NO_TEXT = "there is no text in the message to edit"
BAD_MARKUP = "can't parse entities"


async def perform(bot: ExtBot[None], owed: Owed) -> int | None:
    """Make the call that is owed; give the id of the message that now tells it, None where there is none.

    Raises:
        TelegramError: Telegram refused or could not be reached.
    """
    row = owed.row
    try:
        return await _perform(bot, owed, row.chat_id)
    except ChatMigrated as moved:
        return await _perform(bot, owed, moved.new_chat_id)


async def _perform(bot: ExtBot[None], owed: Owed, chat_id: int) -> int | None:
    row = owed.row
    match row.method:
        case "sendMessage":
            return await _send_text(bot, chat_id, row.payload)
        case "editMessageText":
            return await _edit(bot, chat_id, owed)
        case "sendPhoto" | "sendDocument":
            return await _send_file(bot, chat_id, owed)
        case "setMessageReaction":
            return await _react(bot, chat_id, row.payload)
    raise ValueError(f"the outbox knows no method {row.method}")


async def _send_text(bot: ExtBot[None], chat_id: int, payload: Mapping[str, Any]) -> int:
    text, rest = _apart(payload, "text")
    try:
        return (await bot.send_message(chat_id, text, api_kwargs=rest)).message_id
    except BadRequest as refusal:
        if BAD_MARKUP not in refusal.message.lower():
            raise
        return (await bot.send_message(chat_id, plain_text(text), api_kwargs=_plain(rest))).message_id


async def _edit(bot: ExtBot[None], chat_id: int, owed: Owed) -> int:
    """Edit the message, or send it anew where it was never sent or is gone; a picture's words are its caption."""
    edits = owed.edits
    if edits is None or edits.message_id is None:
        return await _send_text(bot, chat_id, owed.row.payload)
    try:
        await _edit_words(bot, chat_id, edits.message_id, owed.row.payload)
    except BadRequest as refusal:
        reason = refusal.message.lower()
        if any(words in reason for words in GONE):
            return await _send_text(bot, chat_id, owed.row.payload)
        if UNCHANGED not in reason:
            raise
    return edits.message_id


async def _edit_words(bot: ExtBot[None], chat_id: int, message_id: int, payload: Mapping[str, Any]) -> None:
    text, rest = _apart(payload, "text")
    try:
        await bot.edit_message_text(text, chat_id, message_id, api_kwargs=rest)
    except BadRequest as refusal:
        reason = refusal.message.lower()
        if NO_TEXT in reason:
            await bot.edit_message_caption(chat_id, message_id, caption=text, api_kwargs=rest)
        elif BAD_MARKUP in reason:
            await bot.edit_message_text(plain_text(text), chat_id, message_id, api_kwargs=_plain(rest))
        else:
            raise


async def _send_file(bot: ExtBot[None], chat_id: int, owed: Owed) -> int:
    filename, rest = _apart(owed.row.payload, "filename")
    file = InputFile(owed.row.file or b"", filename=filename)
    if owed.row.method == "sendPhoto":
        return (await bot.send_photo(chat_id, file, api_kwargs=rest)).message_id
    return (await bot.send_document(chat_id, file, api_kwargs=rest)).message_id


async def _react(bot: ExtBot[None], chat_id: int, payload: Mapping[str, Any]) -> int | None:
    try:
        await bot.set_message_reaction(chat_id, payload["message_id"], api_kwargs={"reaction": payload["reaction"]})
    except BadRequest:
        return await _send_text(bot, chat_id, {"text": payload["instead"], "parse_mode": "HTML"})
    return None


def _apart(payload: Mapping[str, Any], name: str) -> tuple[str, dict[str, Any]]:
    """Take one argument out of a payload; the others go along as they are, without previews of links."""
    rest = {key: value for key, value in payload.items() if key != name}
    if name == "text":
        rest["link_preview_options"] = NO_PREVIEW
    return payload[name], rest


def _plain(arguments: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in arguments.items() if name != "parse_mode"}
