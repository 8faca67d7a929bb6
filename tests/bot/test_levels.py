"""/level and /week: skills mastered, levels reached and lost, the days of a week."""

from __future__ import annotations

from datetime import UTC, date, datetime

from storage.database import Database
from tests.bot.conftest import Chat
from tests.bot.stored import texts


async def do(chat: Chat, when: str, sets: str) -> list[str]:
    """Train at a time and say what closing the session answers."""
    await chat.at(when)
    await chat.say(sets)
    return texts(await chat.say("/done"))


def news(told: list[str]) -> str:
    """Give the message about what was mastered."""
    (found,) = [one for one in told if one.startswith("⭐")]
    return found


async def test_without_training_the_levels_begin_at_foundation(chat: Chat) -> None:
    (shown,) = await chat.say("/level")
    assert "Push: Foundation (level 0) · 0 of 48 mastered" in shown.text
    assert "Try Wall Push-up next." in shown.text
    (page,) = await chat.press("Pull")
    assert page.text.startswith("Pull · Foundation (level 0) 📍 you are here")
    assert "· Dead Hang: 3 × 30 s" in page.text
    assert "Master 2 more skills here to level up." in page.text


async def test_mastery_is_told_when_the_session_closes(chat: Chat) -> None:
    told = await do(chat, "2026-11-30T18:00", "knee push ups 12 12 12\npush ups 10 10 8")
    assert news(told) == "⭐ Mastered: Knee Push-up, 3 × 12"
    (shown,) = await chat.say("/level")
    assert "▸ Push-up: 3 × 10, best 3 × 8 → next 3 × 9, tempo 2-1-2-1" in shown.text


async def test_a_level_up_is_told_and_shown(chat: Chat) -> None:
    await do(chat, "2026-11-30T18:00", "knee push ups 12 12 12")
    told = await do(chat, "2026-12-02T18:00", "push ups 10 10 10")
    assert news(told) == "⭐ Mastered: Push-up, 3 × 10\n🎉 Level up! Push: Novice (level 2)"
    (shown,) = await chat.say("/level")
    assert "Push: Novice (level 2) · 2 of 48 mastered" in shown.text
    await chat.press("Push")
    (page,) = await chat.press("«")
    assert page.text.startswith("Push · Beginner (level 1) ✅")
    assert "✓ Push-up: 3 × 10" in page.text


async def test_what_is_missing_is_said(chat: Chat) -> None:
    await do(chat, "2026-11-30T18:00", "dips 8 8 8\ndiamond push ups 6 6 6")
    await chat.say("/level")
    await chat.press("Push")
    for _ in range(3):
        (page,) = await chat.press("»")
    assert "▸ Diamond Push-up: 3 × 8, best 3 × 6 → next 3 × 7, tempo 2-1-2-1" in page.text
    assert page.text.endswith("Missing: Diamond Push-up.")


async def test_holds_are_mastered_in_seconds(chat: Chat) -> None:
    told = await do(chat, "2026-11-30T18:00", "dead hang 30s 30s 30s")
    assert news(told) == "⭐ Mastered: Dead Hang, 3 × 30 s"


async def test_a_session_without_skills_says_nothing(chat: Chat) -> None:
    told = await do(chat, "2026-11-30T18:00", "bench 80x8")
    assert not any("Mastered" in one or "evel" in one for one in told)


async def test_mastery_is_told_once(chat: Chat) -> None:
    await do(chat, "2026-11-30T18:00", "push ups 10 10 10")
    told = await do(chat, "2026-12-02T18:00", "push ups 12 12 12")
    assert not any("Mastered" in one for one in told)


async def test_looking_in_between_takes_no_news_away(chat: Chat) -> None:
    await chat.at("2026-11-30T18:00")
    await chat.say("push ups 10 10 10")
    (shown,) = await chat.say("/level")
    assert "1 of 48 mastered" in shown.text
    assert news(texts(await chat.say("/done"))) == "⭐ Mastered: Push-up, 3 × 10"


async def test_a_set_taken_back_later_takes_the_level_back(chat: Chat) -> None:
    await do(chat, "2026-11-30T18:00", "knee push ups 12 12 12")
    await do(chat, "2026-12-02T18:00", "push ups 10 10 10")
    told = texts(await chat.say("/undo"))
    (shown,) = await chat.say("/level")
    assert "Push: Foundation (level 0) · 1 of 48 mastered" in shown.text
    assert any("Push is Foundation again (level 0)." in one for one in told)
    assert any("Push-up is not mastered any more: no session has 3 × 10 now." in one for one in told)


async def test_the_week_shows_what_was_done_with_minutes_and_kinds(chat: Chat) -> None:
    await chat.at("2026-11-30T18:00")
    await chat.say("bench 80x8\npull ups 8")
    await chat.at("2026-11-30T18:45")
    await chat.say("/done")
    (week,) = await chat.say("/week")
    lines = week.text.splitlines()
    assert lines[0] == "🗓 Week of 30 Nov 2026"
    assert lines[1] == "Mon 30 ✅ 45 min · 2 sets · push, pull"
    assert lines[2] == "Tue 1 –"
    assert lines[-1] == "1 day · 45 min · 2 sets"
    (before,) = await chat.press("‹")
    assert before.text.splitlines()[0] == "🗓 Week of 23 Nov 2026"
    assert before.text.endswith("Nothing done in this week.")
    (again,) = await chat.press("›")
    assert again.text == week.text


async def test_the_week_shows_planned_missed_and_skipped_days(chat: Chat, database: Database) -> None:
    await chat.at("2026-12-02T18:00")
    await chat.say("/level")
    async with database.begin(telegram_id=chat.conversation.person.id) as work:
        plan = next(one.plan for one in await work.plans.library() if one.plan.slug == "push-pull-legs-3-days")
        workouts = await work.plans.workouts_of(plan.id)
        await work.sessions.plan_workout(workouts[0].id, session_date=date(2026, 11, 30))
        await work.sessions.skip(
            workouts[1].id, session_date=date(2026, 12, 1), at=datetime(2026, 12, 1, 18, tzinfo=UTC)
        )
        await work.sessions.plan_workout(workouts[2].id, session_date=date(2026, 12, 4))
        names = [one.name for one in workouts]
    (week,) = await chat.say("/week")
    lines = week.text.splitlines()
    assert lines[1] == f"Mon 30 ❌ {names[0]} missed"
    assert lines[2] == f"Tue 1 ⏭ {names[1]} left out"
    assert lines[5] == f"Fri 4 📅 {names[2]}"


async def test_days_to_come_show_what_the_plan_has_for_them(chat: Chat) -> None:
    await chat.at("2026-12-02T18:00")
    await chat.say("Monday\nBench 3x5\nThursday\nSquat 3x5\nFriday\nRow 3x8")
    await chat.press("✅ Save")
    (week,) = await chat.say("/week")
    lines = week.text.splitlines()
    assert lines[1] == "Mon 30 –"  # the plan was not there yet: nothing was missed
    assert lines[4] == "Thu 3 📅 Thursday"
    assert lines[5] == "Fri 4 📅 Friday"


async def test_levels_tell_what_the_kit_does_not_allow(chat: Chat) -> None:
    await chat.say("/level")
    assert "needs" not in chat.last.text, "no kit was told: all is allowed"
    assert "Try Dead Hang next." in chat.last.text
    await chat.say("/equipment")
    await chat.press("🤸 Bodyweight only")
    (shown,) = await chat.say("/level")
    pull = shown.text.partition("Pull")[2].partition("Squat")[0]
    assert "next." in pull
    assert "Try Dead Hang" not in pull or "⚠️ needs Pull-up Bar" in pull
    await chat.press("Pull")
    assert "Dead Hang: 3 × 30 s ⚠️ needs Pull-up Bar" in chat.last.text
