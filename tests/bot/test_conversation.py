"""The person's side and the bot's, without a network: what is said takes effect, is answered, and is seen."""

from __future__ import annotations

import pytest

from bot.console.conversation import NotPossibleError
from tests.bot.conftest import Chat


async def test_what_is_said_is_answered_once(probe: Chat) -> None:
    (answer,) = await probe.say("bench 80x8")
    assert answer.text == "heard bench 80x8\ncounted 1"
    (second,) = await probe.say("again")
    assert second.text == "heard again\ncounted 2"
    assert second.message_id is not None
    assert answer.message_id is not None
    assert second.message_id > answer.message_id


async def test_answers_come_in_the_order_they_were_given(probe: Chat) -> None:
    assert [shown.text for shown in await probe.say("two")] == ["first", "second"]


async def test_a_command_and_an_unknown_update(probe: Chat) -> None:
    assert [shown.text for shown in await probe.say("/hello")] == ["hello"]


async def test_an_edit_of_ones_message_comes_as_an_edit(probe: Chat) -> None:
    await probe.say("bench 80x8")
    (answer,) = await probe.edit("bench 85x8")
    assert answer.text == "edited to bench 85x8"


async def test_a_message_can_be_edited_by_the_id_chosen_for_it(probe: Chat) -> None:
    before, after = await probe.say("edited")
    assert (before.method, after.method) == ("sendMessage", "editMessageText")
    assert after.is_edit
    assert after.message_id == before.message_id
    assert after.text == "after 1"


async def test_a_button_edits_its_message_again_and_again(probe: Chat) -> None:
    (shown,) = await probe.say("buttons")
    pages = [(await probe.press("Next"))[-1] for _ in range(3)]
    assert [page.text for page in pages] == ["page 1", "page 2", "page 3"]
    assert {page.message_id for page in pages} == {shown.message_id}


async def test_a_button_that_acts_once_says_so_the_second_time(probe: Chat) -> None:
    await probe.say("buttons")
    (toast,) = await probe.press("Count")
    assert (toast.method, toast.text) == ("answerCallbackQuery", "counted 2")
    (second,) = await probe.press("Count")
    assert second.text == "That is done already."
    (other,) = await probe.press("Count on")
    assert other.text == "counted 3"
    (again,) = await probe.press("Count on")
    assert again.text == "counted 4"


async def test_a_button_whose_action_is_gone_is_answered_politely(probe: Chat) -> None:
    await probe.say("buttons")
    (toast,) = await probe.press("Gone")
    assert toast.text == "This button is too old for me. Please ask again."


@pytest.mark.parametrize("data", ["", "x", ":", "no-such-token:0", "no-such-token:x", "::1", "a:9999999999999999999"])
async def test_a_button_with_strange_data_is_answered_politely(probe: Chat, data: str) -> None:
    await probe.say("buttons")
    conversation = probe.conversation
    (*_, message) = conversation.api.messages(conversation.person.id)
    await conversation._deliver(conversation.api.press(conversation.person, message, data))
    assert probe.last.text == "This button is too old for me. Please ask again."


async def test_a_number_behind_the_last_button_is_none(probe: Chat) -> None:
    await probe.say("buttons")
    conversation = probe.conversation
    (*_, message) = conversation.api.messages(conversation.person.id)
    token = message.buttons[0]["callback_data"].rpartition(":")[0]
    for number in (5, 7, 10**6):  # the copy button has no action; the others are not there
        await conversation._deliver(conversation.api.press(conversation.person, message, f"{token}:{number}"))
        assert probe.last.text == "This button is too old for me. Please ask again."


async def test_an_edit_into_the_same_is_no_failure(probe: Chat) -> None:
    await probe.say("buttons")
    shown = await probe.press("Same")
    assert [s.text for s in shown if s.method == "editMessageText"] == ["done"]
    assert probe.conversation.app.metrics.failures() == 0


async def test_a_reply_finds_what_the_message_was_about(probe: Chat) -> None:
    await probe.say("bench 80x8")
    (answer,) = await probe.reply("about it")
    assert answer.text == "{'heard': 'bench 80x8'}"


async def test_a_file_is_saved_and_its_path_shown(probe: Chat) -> None:
    (shown,) = await probe.say("file ../../etc/export.json")
    assert shown.method == "sendDocument"
    assert shown.path is not None
    assert shown.path.read_bytes() == b"content"
    assert shown.path.name.endswith("-export.json")
    assert shown.text == "a file"


async def test_the_words_under_a_picture_can_be_edited(probe: Chat) -> None:
    (picture,) = await probe.say("picture")
    (edited,) = await probe.press("More")
    assert (picture.method, edited.method) == ("sendPhoto", "editMessageCaption")
    assert edited.text == "page 1"


async def test_a_reaction_is_quiet_and_has_a_word_for_where_there_is_none(probe: Chat) -> None:
    (reaction,) = await probe.say("react 👍")
    assert (reaction.method, reaction.text) == ("setMessageReaction", "👍")
    (word,) = await probe.say("react 🦖")
    assert (word.method, word.text) == ("sendMessage", "saved")


async def test_a_long_answer_comes_in_parts_that_lack_nothing(probe: Chat) -> None:
    parts = await probe.say("long 200")
    assert len(parts) > 1
    assert "\n".join(part.text for part in parts).split("\n") == [f"line {n} {'x' * 90}" for n in range(200)]


async def test_markup_of_ours_that_telegram_refuses_goes_out_plain(probe: Chat) -> None:
    (shown,) = await probe.say("raw <b>unclosed &amp; more")
    assert shown.text == "unclosed & more"


async def test_what_a_user_writes_is_never_markup(probe: Chat) -> None:
    (answer,) = await probe.say("<b>80</b> & <script>")
    assert answer.text == "heard <b>80</b> & <script>\ncounted 1"


async def test_nul_and_halves_of_characters_do_no_harm(probe: Chat) -> None:
    (answer,) = await probe.say("ben\0ch \ud83d 80x8")
    assert answer.text == "heard bench \ufffd 80x8\ncounted 1"


@pytest.mark.parametrize(
    "typed", ["#1", "/edit new", "/reply yes", "@@at tomorrow", "@@user me", "/edit", "/file /none"]
)
async def test_what_cannot_be_done_is_said(probe: Chat, typed: str) -> None:
    with pytest.raises(NotPossibleError):
        await probe.enter(typed)
    assert probe.seen == []


async def test_another_person_takes_over_with_counts_of_their_own(probe: Chat, other_telegram_id: int) -> None:
    await probe.say("one")
    await probe.enter(f"@@user {other_telegram_id}")
    (answer,) = await probe.say("two!")
    assert answer.text == "heard two!\ncounted 1"
    assert answer.chat_id == other_telegram_id


async def test_the_buttons_of_another_user_are_not_found(probe: Chat, other_telegram_id: int) -> None:
    await probe.say("buttons")
    conversation = probe.conversation
    (*_, message) = conversation.api.messages(conversation.person.id)
    data = message.buttons[0]["callback_data"]
    await probe.enter(f"@@user {other_telegram_id}")
    await conversation._deliver(conversation.api.press(conversation.person, message, data))
    assert probe.last.text == "This button is too old for me. Please ask again."
