"""The methods of the Bot API that the bot calls, and what a person does on the other side."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.bot_api.chats import Chat, Message, Person
from bot.bot_api.validation import (
    CAPTION_LIMIT,
    DOCUMENT_LIMIT,
    PHOTO_LIMIT,
    TEXT_LIMIT,
    TOAST_LIMIT,
    ApiError,
    bad_request,
    check_keyboard,
    check_reaction,
    read_text,
)

Upload = tuple[str, bytes]


@dataclass(frozen=True, slots=True)
class Shown:
    """Something the bot sent, as it is seen. `message` is as it was then; `path` is where a sent file was put."""

    method: str
    chat_id: int
    text: str
    markup: str = ""
    buttons: Sequence[Sequence[str]] = ()
    path: Path | None = None
    message_id: int | None = None
    is_edit: bool = False


class Ids:
    """Numbers that no other process gives out: microseconds of the clock, each greater than the last."""

    def __init__(self) -> None:
        self._last = 0

    def next(self) -> int:
        self._last = max(self._last + 1, time.time_ns() // 1000)
        return self._last


class BotApi:
    """One bot's view of Telegram. `call` is the bot's side; `say`, `edit`, `press` and the like are the people's."""

    def __init__(
        self,
        token: str,
        username: str = "repscribe_bot",
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        files: Path | None = None,
    ) -> None:
        self.token = token
        self.me = {"id": int(token.partition(":")[0]), "is_bot": True, "first_name": "Repscribe", "username": username}
        self.commands: dict[str, list[Mapping[str, str]]] = {}
        self.webhook: dict[str, Any] = {}
        self.blocked: set[int] = set()
        self.listeners: list[Callable[[Shown], None]] = []
        self.calls: list[tuple[str, Mapping[str, Any]]] = []
        self._now = now
        self._files = files
        self._ids = Ids()
        self._chats: dict[int, Chat] = {}
        self._messages: dict[tuple[int, int], Message] = {}
        self._contents: dict[str, bytes] = {}
        self._queries: dict[str, int] = {}

    # ------------------------------------------------------------------ people

    def join(self, chat: Chat) -> None:
        """Let the bot write to a chat."""
        self._chats[chat.id] = chat

    @staticmethod
    def private_chat(person: Person) -> Chat:
        return Chat(person.id)

    def say(
        self, person: Person, text: str, *, chat: Chat | None = None, reply_to: int | None = None
    ) -> dict[str, Any]:
        """Have a person write; give the update that tells the bot."""
        chat = chat or Chat(person.id)
        self.join(chat)
        replied = self._messages.get((chat.id, reply_to)) if reply_to is not None else None
        message = Message(chat, self._ids.next(), person.to_json(), self._now(), text, text, reply_to=replied)
        return self._update("message", self._keep(message).to_json())

    def hand_over(self, person: Person, upload: Upload, caption: str = "") -> dict[str, Any]:
        """Have a person send a file; give the update."""
        chat = Chat(person.id)
        self.join(chat)
        message = Message(
            chat,
            self._ids.next(),
            person.to_json(),
            self._now(),
            caption,
            kind="document",
            file=self._keep_file(upload),
        )
        return self._update("message", self._keep(message).to_json())

    def edit(self, person: Person, message_id: int, text: str, *, chat: Chat | None = None) -> dict[str, Any]:
        """Have a person change a message of theirs; give the update."""
        message = self._messages[(chat or Chat(person.id)).id, message_id]
        message.text, message.markup, message.edited = text, text, self._now()
        return self._update("edited_message", message.to_json())

    def press(self, person: Person, message: Message, data: str) -> dict[str, Any]:
        """Have a person press a button; give the update."""
        query_id = str(self._ids.next())
        self._queries[query_id] = message.chat.id
        query = {
            "id": query_id,
            "from": person.to_json(),
            "chat_instance": "1",
            "data": data,
            "message": message.to_json(),
        }
        return self._update("callback_query", query)

    def change_membership(self, person: Person, status: str) -> dict[str, Any]:
        """Have a person block the bot ("kicked") or take it back ("member"); give the update."""
        self.blocked = self.blocked | {person.id} if status == "kicked" else self.blocked - {person.id}
        states = [{"user": self.me, "status": state, "until_date": 0} for state in ("member", status)]
        change = {"chat": Chat(person.id).to_json(), "from": person.to_json(), "date": int(self._now().timestamp())}
        return self._update("my_chat_member", change | {"old_chat_member": states[0], "new_chat_member": states[1]})

    def messages(self, chat_id: int) -> list[Message]:
        """Give the messages of a chat, oldest first."""
        return [message for (chat, _), message in self._messages.items() if chat == chat_id]

    def _update(self, kind: str, body: Mapping[str, Any]) -> dict[str, Any]:
        return {"update_id": self._ids.next(), kind: dict(body)}

    # ------------------------------------------------------------------ the bot

    def call(self, method: str, parameters: Mapping[str, Any], uploads: Mapping[str, Upload] | None = None) -> Any:
        """Do what a method says; give its result.

        Raises:
            ApiError: Telegram refuses.
        """
        self.calls.append((method, parameters))
        handle = getattr(self, f"_{_snake(method)}", None) if method in METHODS else None
        if handle is None:
            raise ApiError(404, "Not Found: method not found")
        return handle(parameters, uploads or {})

    def content(self, file_path: str) -> bytes:
        """Give the bytes of a file that somebody sent."""
        if file_path not in self._contents:
            raise ApiError(404, "Not Found")
        return self._contents[file_path]

    def _get_me(self, parameters: Mapping[str, Any], uploads: Mapping[str, Upload]) -> Any:
        return self.me | {
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
        }

    def _set_webhook(self, parameters: Mapping[str, Any], uploads: Mapping[str, Upload]) -> Any:
        self.webhook = dict(parameters)
        return True

    def _delete_webhook(self, parameters: Mapping[str, Any], uploads: Mapping[str, Upload]) -> Any:
        self.webhook = {}
        return True

    def _set_my_commands(self, parameters: Mapping[str, Any], uploads: Mapping[str, Upload]) -> Any:
        self.commands[parameters.get("language_code", "")] = parameters["commands"]
        return True

    def _send_message(self, parameters: Mapping[str, Any], uploads: Mapping[str, Upload]) -> Any:
        seen = read_text(parameters.get("text"), parameters.get("parse_mode"), TEXT_LIMIT)
        message = self._new_message(parameters, seen, str(parameters["text"]))
        self._show("sendMessage", message)
        return message.to_json()

    def _send_photo(self, parameters: Mapping[str, Any], uploads: Mapping[str, Upload]) -> Any:
        return self._send_upload("photo", PHOTO_LIMIT, parameters, uploads)

    def _send_document(self, parameters: Mapping[str, Any], uploads: Mapping[str, Upload]) -> Any:
        return self._send_upload("document", DOCUMENT_LIMIT, parameters, uploads)

    def _send_upload(
        self, kind: str, limit: int, parameters: Mapping[str, Any], uploads: Mapping[str, Upload]
    ) -> Mapping[str, Any]:
        if not uploads:
            raise bad_request("there is no file in the request")
        upload = next(iter(uploads.values()))
        if not 0 < len(upload[1]) <= limit:
            raise bad_request("file must be non-empty" if not upload[1] else "file is too big")
        seen = read_text(parameters.get("caption"), parameters.get("parse_mode"), CAPTION_LIMIT, may_be_empty=True)
        message = self._new_message(parameters, seen, str(parameters.get("caption", "")))
        message.kind, message.file = kind, self._keep_file(upload)
        self._show("sendPhoto" if kind == "photo" else "sendDocument", message, path=self._save(upload))
        return message.to_json()

    def _edit_message_text(self, parameters: Mapping[str, Any], uploads: Mapping[str, Upload]) -> Any:
        message = self._own_message(parameters)
        if message.kind != "text":
            raise bad_request("there is no text in the message to edit")
        return self._change(message, "text", TEXT_LIMIT, parameters)

    def _edit_message_caption(self, parameters: Mapping[str, Any], uploads: Mapping[str, Upload]) -> Any:
        return self._change(self._own_message(parameters), "caption", CAPTION_LIMIT, parameters)

    def _change(self, message: Message, field: str, limit: int, parameters: Mapping[str, Any]) -> Any:
        seen = read_text(parameters.get(field), parameters.get("parse_mode"), limit)
        markup, keyboard = str(parameters[field]), check_keyboard(parameters.get("reply_markup"))
        if (message.markup, list(message.keyboard)) == (markup, list(keyboard)):
            raise bad_request(
                "message is not modified: specified new message content and reply markup are exactly the same as a "
                "current content and reply markup of the message"
            )
        message.text, message.markup, message.keyboard, message.edited = seen, markup, keyboard, self._now()
        self._show("editMessageText" if field == "text" else "editMessageCaption", message, is_edit=True)
        return message.to_json()

    def _send_chat_action(self, parameters: Mapping[str, Any], uploads: Mapping[str, Upload]) -> Any:
        self._chat(parameters)
        return True

    def _set_message_reaction(self, parameters: Mapping[str, Any], uploads: Mapping[str, Upload]) -> Any:
        chat, emoji = self._chat(parameters), check_reaction(parameters.get("reaction"))
        if (chat.id, parameters.get("message_id")) not in self._messages:
            raise bad_request("message to react not found")
        self._tell(Shown("setMessageReaction", chat.id, emoji, emoji, message_id=parameters["message_id"]))
        return True

    def _answer_callback_query(self, parameters: Mapping[str, Any], uploads: Mapping[str, Upload]) -> Any:
        text = str(parameters.get("text", ""))
        if len(text) > TOAST_LIMIT:
            raise bad_request("MESSAGE_TOO_LONG")
        chat_id = self._queries.pop(str(parameters.get("callback_query_id")), None)
        if chat_id is None:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        if text:
            self._tell(Shown("answerCallbackQuery", chat_id, text, text))
        return True

    def _get_file(self, parameters: Mapping[str, Any], uploads: Mapping[str, Upload]) -> Any:
        file_id = str(parameters.get("file_id"))
        if file_id not in self._contents:
            raise bad_request("invalid file_id")
        size = len(self._contents[file_id])
        return {"file_id": file_id, "file_unique_id": file_id, "file_size": size, "file_path": file_id}

    # ------------------------------------------------------------------ inside

    def _chat(self, parameters: Mapping[str, Any]) -> Chat:
        chat = self._chats.get(int(parameters.get("chat_id", 0)))
        if chat is None:
            raise bad_request("chat not found")
        if chat.id in self.blocked:
            raise ApiError(403, "Forbidden: bot was blocked by the user")
        return chat

    def _new_message(self, parameters: Mapping[str, Any], seen: str, markup: str) -> Message:
        chat, keyboard = self._chat(parameters), check_keyboard(parameters.get("reply_markup"))
        reply = parameters.get("reply_parameters") or {}
        replied = self._messages.get((chat.id, reply.get("message_id", 0)))
        if reply and replied is None and not reply.get("allow_sending_without_reply"):
            raise bad_request("message to be replied not found")
        message = Message(
            chat, self._ids.next(), self.me, self._now(), seen, markup, keyboard=keyboard, reply_to=replied
        )
        return self._keep(message)

    def _own_message(self, parameters: Mapping[str, Any]) -> Message:
        message = self._messages.get((self._chat(parameters).id, int(parameters.get("message_id", 0))))
        if message is None:
            raise bad_request("message to edit not found")
        if message.sender["id"] != self.me["id"]:
            raise bad_request("message can't be edited")
        return message

    def _keep(self, message: Message) -> Message:
        self._messages[message.chat.id, message.message_id] = message
        return message

    def _keep_file(self, upload: Upload) -> Mapping[str, Any]:
        name, content = upload
        file_id = f"file-{self._ids.next()}"
        self._contents[file_id] = content
        size = {"width": 1, "height": 1}
        return {"file_id": file_id, "file_unique_id": file_id, "file_name": name, "file_size": len(content), **size}

    def _save(self, upload: Upload) -> Path | None:
        if self._files is None:
            return None
        name, content = upload
        self._files.mkdir(parents=True, exist_ok=True)
        path = self._files / f"{self._ids.next()}-{Path(name).name}"
        path.write_bytes(content)
        return path

    def _show(self, method: str, message: Message, *, path: Path | None = None, is_edit: bool = False) -> None:
        buttons = [[str(button["text"]) for button in row] for row in message.keyboard]
        self._tell(
            Shown(method, message.chat.id, message.text, message.markup, buttons, path, message.message_id, is_edit)
        )

    def _tell(self, shown: Shown) -> None:
        for listener in self.listeners:
            listener(shown)


METHODS = frozenset(
    ("getMe", "setWebhook", "deleteWebhook", "setMyCommands", "sendMessage", "sendPhoto", "sendDocument",
     "sendChatAction", "editMessageText", "editMessageCaption", "setMessageReaction", "answerCallbackQuery", "getFile")
)  # fmt: skip


def _snake(method: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in method)
