"""The calls of the Bot API that a row of the outbox stands for, and what to do when Telegram says no.

`perform` tries what the row says and, where that cannot be, what comes nearest: a message that is gone is sent anew,
one whose markup is refused goes out plain, a reaction becomes a word.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from telegram import InputFile, Message
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
    return await _with_plain_fallback(
        bot, "sendMessage", {"chat_id": chat_id, "link_preview_options": NO_PREVIEW, **payload}
    )


async def _edit(bot: ExtBot[None], chat_id: int, owed: Owed) -> int:
    """Edit the message, or send it anew where it was never sent or is gone; a picture's words are its caption."""
    payload, edits = owed.row.payload, owed.edits
    if edits is None or edits.message_id is None:
        return await _send_text(bot, chat_id, payload)
    target = {"chat_id": chat_id, "message_id": edits.message_id}
    try:
        await _with_plain_fallback(bot, "editMessageText", {**target, "link_preview_options": NO_PREVIEW, **payload})
    except BadRequest as refusal:
        reason = refusal.message.lower()
        if NO_TEXT in reason:
            await _edit_caption(bot, target, payload)
        elif any(words in reason for words in GONE):
            return await _send_text(bot, chat_id, payload)
        elif UNCHANGED not in reason:
            raise
    return edits.message_id


async def _edit_caption(bot: ExtBot[None], target: Mapping[str, Any], payload: Mapping[str, Any]) -> None:
    caption = {("caption" if name == "text" else name): value for name, value in payload.items()}
    try:
        await bot.do_api_request("editMessageCaption", api_kwargs={**target, **caption})
    except BadRequest as refusal:
        if UNCHANGED not in refusal.message.lower():
            raise


async def _send_file(bot: ExtBot[None], chat_id: int, owed: Owed) -> int:
    payload = dict(owed.row.payload)
    field = "photo" if owed.row.method == "sendPhoto" else "document"
    file = InputFile(owed.row.file or b"", filename=payload.pop("filename"))
    sent = await bot.do_api_request(
        owed.row.method, api_kwargs={"chat_id": chat_id, field: file, **payload}, return_type=Message
    )
    return _message_id(sent)


async def _react(bot: ExtBot[None], chat_id: int, payload: Mapping[str, Any]) -> int | None:
    reaction = {name: value for name, value in payload.items() if name != "instead"}
    try:
        await bot.do_api_request("setMessageReaction", api_kwargs={"chat_id": chat_id, **reaction})
    except BadRequest:
        return await _send_text(bot, chat_id, {"text": payload["instead"], "parse_mode": "HTML"})
    return None


async def _with_plain_fallback(bot: ExtBot[None], method: str, arguments: dict[str, Any]) -> int:
    try:
        sent = await bot.do_api_request(method, api_kwargs=arguments, return_type=Message)
    except BadRequest as refusal:
        if BAD_MARKUP not in refusal.message.lower():
            raise
        plain = {name: value for name, value in arguments.items() if name != "parse_mode"}
        plain["text"] = plain_text(plain["text"])
        sent = await bot.do_api_request(method, api_kwargs=plain, return_type=Message)
    return _message_id(sent)


def _message_id(sent: Any) -> int:
    if not isinstance(sent, Message):
        raise TypeError(f"Telegram answered with a {type(sent).__name__} where a message was due")
    return sent.message_id
