"""The Bot API that is played in the process refuses what Telegram refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.bot_api import ApiError, BotApi, Chat, Person

LIFTER = Person(7)


@pytest.fixture
def api() -> BotApi:
    api = BotApi("1:test")
    api.join(Chat(7))
    return api


def keyboard(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


def button(data: str = "d", text: str = "B", **more: Any) -> dict[str, Any]:
    return {"text": text, "callback_data": data, **more}


@pytest.mark.parametrize(
    ("parameters", "description"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": " \n"}, "message text is empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "message text is empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "💪" * 2049}, "message is too long"),
        ({"text": "<b>x", "parse_mode": "HTML"}, "can't parse entities"),
        ({"text": "x</b>", "parse_mode": "HTML"}, "can't parse entities"),
        ({"text": "<b><i>x</b></i>", "parse_mode": "HTML"}, "can't parse entities"),
        ({"text": "<script>x</script>", "parse_mode": "HTML"}, "can't parse entities"),
        ({"text": "80 < 90", "parse_mode": "HTML"}, "can't parse entities"),
        ({"text": "x", "parse_mode": "Markdown"}, "unsupported parse_mode"),
        ({"text": "x", "chat_id": 8}, "chat not found"),
        ({"text": "x", "reply_parameters": {"message_id": 1}}, "message to be replied not found"),
        ({"text": "x", "reply_markup": keyboard([button("d" * 65)])}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": keyboard([button("ж" * 33)])}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": keyboard([button("")])}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": keyboard([button(text=" ")])}, "button text must be non-empty"),
        ({"text": "x", "reply_markup": keyboard([button(style="loud")])}, "unknown button style"),
        ({"text": "x", "reply_markup": keyboard([button()] * 9)}, "too many buttons in a row"),
        ({"text": "x", "reply_markup": keyboard(*[[button()] * 8] * 13)}, "reply markup is too long"),
        (
            {"text": "x", "reply_markup": keyboard([{"text": "C", "copy_text": {"text": ""}}])},
            "BUTTON_COPY_TEXT_INVALID",
        ),
        ({"text": "x", "reply_markup": {}}, "object expected as reply markup"),
    ],
)
def test_messages_that_telegram_refuses(api: BotApi, parameters: dict[str, Any], description: str) -> None:
    with pytest.raises(ApiError, match=description) as refusal:
        api.call("sendMessage", {"chat_id": 7} | parameters)
    assert refusal.value.status == 400
    assert api.messages(7) == []


def test_what_is_just_within_the_limits_is_taken(api: BotApi) -> None:
    markup = keyboard(*[[button("d" * 64)] * 8] * 12)
    sent = api.call(
        "sendMessage", {"chat_id": 7, "text": f"<b>{'x' * 4096}</b>", "parse_mode": "HTML", "reply_markup": markup}
    )
    assert sent["text"] == "x" * 4096
    assert api.call("sendMessage", {"chat_id": 7, "text": "&lt;b&gt;", "parse_mode": "HTML"})["text"] == "<b>"


EDITS: list[tuple[Callable[[BotApi], dict[str, Any]], str]] = [
    (lambda api: {"message_id": 999, "text": "x"}, "message to edit not found"),
    (lambda api: {"message_id": _said(api), "text": "x"}, "message can't be edited"),
    (lambda api: {"message_id": _sent(api, "x"), "text": "x"}, "message is not modified"),
    (lambda api: {"message_id": _sent(api, "x"), "text": ""}, "message text is empty"),
    (lambda api: {"message_id": _pictured(api), "text": "x"}, "there is no text in the message to edit"),
]


def _said(api: BotApi) -> int:
    return int(api.say(LIFTER, "bench")["message"]["message_id"])


def _sent(api: BotApi, text: str) -> int:
    return int(api.call("sendMessage", {"chat_id": 7, "text": text})["message_id"])


def _pictured(api: BotApi) -> int:
    return int(api.call("sendPhoto", {"chat_id": 7}, {"photo": ("a.png", b"PNG")})["message_id"])


@pytest.mark.parametrize(("edit", "description"), EDITS)
def test_edits_that_telegram_refuses(api: BotApi, edit: Callable[[BotApi], dict[str, Any]], description: str) -> None:
    with pytest.raises(ApiError, match=description):
        api.call("editMessageText", {"chat_id": 7} | edit(api))


@pytest.mark.parametrize(
    ("method", "size", "description"),
    [
        ("sendPhoto", 10 * 1024 * 1024 + 1, "file is too big"),
        ("sendDocument", 50 * 1024 * 1024 + 1, "file is too big"),
        ("sendDocument", 0, "file must be non-empty"),
    ],
)
def test_files_that_telegram_refuses(api: BotApi, method: str, size: int, description: str) -> None:
    with pytest.raises(ApiError, match=description):
        api.call(method, {"chat_id": 7}, {"file": ("f", bytes(size))})


def test_a_caption_is_shorter_than_a_text(api: BotApi) -> None:
    with pytest.raises(ApiError, match="caption is too long"):
        api.call("sendDocument", {"chat_id": 7, "caption": "x" * 1025}, {"document": ("f", b"x")})


def test_a_method_that_there_is_not(api: BotApi) -> None:
    for method in ("sendPigeon", "say", "_send_message", "join"):
        with pytest.raises(ApiError) as refusal:
            api.call(method, {})
        assert refusal.value.status == 404


def test_one_who_blocked_the_bot(api: BotApi) -> None:
    api.change_membership(LIFTER, "kicked")
    with pytest.raises(ApiError, match="blocked by the user") as refusal:
        api.call("sendMessage", {"chat_id": 7, "text": "x"})
    assert refusal.value.status == 403


def test_a_press_is_acknowledged_once(api: BotApi) -> None:
    _sent(api, "x")
    query = api.press(LIFTER, api.messages(7)[0], "data")["callback_query"]
    assert api.call("answerCallbackQuery", {"callback_query_id": query["id"]}) is True
    with pytest.raises(ApiError, match="query is too old"):
        api.call("answerCallbackQuery", {"callback_query_id": query["id"]})


def test_a_reaction_that_there_is_not(api: BotApi) -> None:
    target = {"chat_id": 7, "message_id": _said(api)}
    assert api.call("setMessageReaction", target | {"reaction": [{"type": "emoji", "emoji": "👍"}]}) is True
    with pytest.raises(ApiError, match="REACTION_INVALID"):
        api.call("setMessageReaction", target | {"reaction": [{"type": "emoji", "emoji": "🦖"}]})


def test_numbers_grow_and_two_processes_do_not_share_any(api: BotApi) -> None:
    numbers = [api.say(LIFTER, "x")["update_id"] for _ in range(1000)]
    assert numbers == sorted(set(numbers))
    assert BotApi("1:test").say(LIFTER, "x")["update_id"] > numbers[0]
