"""A mesocycle and the calendar: one that is still to begin, and the days of its weeks."""

from __future__ import annotations

from tests.bot.conftest import Chat
from tests.bot.test_mesocycles import TWO_DAYS, save, train

WEEKDAYS = "Days\nMonday: Push\nBench press 3x8 80kg\n\nThursday: Pull\nBarbell row 3x8 70kg"
WEEKS = (
    "Waves\n\nWeek 1\nMonday: Heavy\nBench press 3x5 80kg\n\nWeek 2\nTuesday: Heavier\nBench press 3x3 85kg"
    "\n\nWeek 3\nWednesday: Light\nBench press 3x5 60kg"
)


async def begin_on_monday(chat: Chat, text: str, *choices: str) -> str:
    """Set a mesocycle up for the Monday after: it is Wednesday, 4 November."""
    await save(chat, text)
    await chat.at("2026-11-04T18:00")
    await chat.say("/meso")
    await chat.press(1)
    for choice in choices or ("3 weeks", "2 days ✓"):
        await chat.press(choice)
    return (await chat.press("Next Monday, 9 Nov 2026"))[0].text


async def test_what_is_done_before_the_first_day_is_none_of_week_one(chat: Chat) -> None:
    said = await begin_on_monday(chat, TWO_DAYS)
    assert "Until its first day /today goes by the plan alone." in said
    assert "Begins on Mon 9 Nov 2026" in said
    assert "RIR" not in (await chat.say("/today"))[0].text
    await train(chat, "80 8 8 8")
    await chat.say("/skip")
    assert "➤ Week 1: A· B·" in (await chat.say("/meso"))[0].text
    await chat.at("2026-11-09T18:00")
    (shown,) = await chat.say("/today")
    assert "Push" in shown.text, "week 1 begins with its first workout, whatever came before"
    assert "RIR" in shown.text
    await train(chat, "80 8 8 8")
    (shown,) = await chat.say("/meso")
    assert "From Mon 9 Nov 2026" in shown.text
    assert "➤ Week 1: A✓ B·" in shown.text


def planned(text: str) -> list[str]:
    return [line for line in text.splitlines() if "📅" in line]


async def test_a_week_shows_what_the_mesocycle_has_for_its_days(chat: Chat) -> None:
    await begin_on_monday(chat, WEEKDAYS)
    assert planned((await chat.say("/week"))[0].text) == ["Thu 5 📅 Thursday: Pull"]
    await chat.at("2026-11-09T18:00")
    await train(chat, "80 8 8 8")
    assert planned((await chat.say("/week"))[0].text) == ["Thu 12 📅 Thursday: Pull"]
    await chat.press("›")
    assert planned(chat.last.text) == ["Mon 16 📅 Monday: Push", "Thu 19 📅 Thursday: Pull"]
    for _ in range(2):
        await chat.press("›")
    assert planned(chat.last.text) == [], "it has ended by then"


async def test_weeks_that_differ_are_shown_each_with_its_own_days(chat: Chat) -> None:
    await begin_on_monday(chat, WEEKS, "3 weeks ✓")
    assert planned((await chat.say("/week"))[0].text) == []
    for day in ("Mon 9", "Tue 17", "Wed 25"):
        await chat.press("›")
        (line,) = planned(chat.last.text)
        assert line.startswith(day)
