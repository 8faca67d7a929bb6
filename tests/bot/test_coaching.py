"""Coaches in the chat: invited, accepted, at work on an athlete's plans, and ended. Admins and their figures."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest_asyncio

from bot.bot_api import Shown
from storage.database import Database
from storage.drafts import PlanDraft, PrescriptionDraft, WorkoutDraft
from tests.bot.conftest import Chat, open_chat
from tests.roles import appoint
from training.library_types import exercise_id

PUSH = WorkoutDraft(
    "Push",
    (
        PrescriptionDraft(exercise_id("barbell-bench-press"), sets=3, reps_min=8, reps_max=8),
        PrescriptionDraft(exercise_id("overhead-press"), sets=3, reps_min=10, reps_max=10),
    ),
)


class Two:
    """A coach and an athlete who take turns in one terminal."""

    def __init__(self, chat: Chat, database: Database, coach_id: int, athlete_id: int) -> None:
        self.chat = chat
        self.database = database
        self.coach_id = coach_id
        self.athlete_id = athlete_id

    async def coach(self) -> list[Shown]:
        return await self.chat.enter(f"@@user {self.coach_id}")

    async def athlete(self) -> list[Shown]:
        return await self.chat.enter(f"@@user {self.athlete_id}")

    async def invite(self) -> str:
        """Have the coach invite; give what the athlete sends by opening the link."""
        await self.coach()
        await self.chat.say("/athletes")
        (shown,) = await self.chat.press("➕ Invite an athlete")
        return f"/start {shown.text.rpartition('?start=')[2].split()[0]}"

    async def pair(self) -> None:
        """Have the athlete log, save a program and accept the coach."""
        await self.athlete()
        await self.chat.say("bench 80x8")
        await self.chat.say("/done")
        async with self.database.begin(telegram_id=self.athlete_id) as work:
            await work.plans.save(PlanDraft("Push Day", (PUSH,)))
        link = await self.invite()
        await self.athlete()
        await self.chat.say(link)
        await self.chat.press("Accept")
        await self.coach()

    async def open_athlete(self) -> Shown:
        await self.chat.say("/athletes")
        return (await self.chat.press(1))[0]


@pytest_asyncio.fixture
async def two(database: Database, telegram_id: int, other_telegram_id: int, tmp_path: Path) -> AsyncIterator[Two]:
    await appoint(database, telegram_id)
    async with open_chat(database, telegram_id, tmp_path) as chat:
        await chat.at("2026-11-21T12:00")
        yield Two(chat, database, telegram_id, other_telegram_id)
        assert chat.conversation.app.metrics.failures() == 0, "the bot failed; the log above says where"


def labels(shown: Shown) -> list[str]:
    return [label for row in shown.buttons for label in row]


async def test_an_athlete_sees_what_is_asked_and_both_are_told(two: Two) -> None:
    link = await two.invite()
    await two.athlete()
    (shown,) = await two.chat.say(link)
    assert "Lifter invites you to be coached." in shown.text
    assert "see and change your plans" in shown.text
    assert labels(shown) == ["Accept", "No, thanks"]
    told = await two.chat.press("Accept")
    assert "is your coach now" in told[0].text
    assert "what is it in?" in told[1].text  # who is new is asked what everybody is
    assert any("has accepted" in text for text in two.chat.texts)
    (shown,) = await two.chat.say("/coach")
    assert "• Lifter, since" in shown.text
    await two.coach()
    (shown,) = await two.chat.say("/athletes")
    assert shown.text == "Your athlete"
    assert "Lifter" in labels(shown)


async def test_an_invitation_declined_shares_nothing_and_one_used_is_used(two: Two) -> None:
    link = await two.invite()
    await two.athlete()
    await two.chat.say(link)
    await two.chat.press("No, thanks")
    assert two.chat.last.text == "All right. Nothing was shared."
    assert "Nobody coaches you" in (await two.chat.say("/coach"))[0].text
    await two.chat.say(link)
    await two.chat.press("Accept")
    assert "is your coach already" in (await two.chat.say(link))[0].text
    await two.chat.enter(f"@@user {two.athlete_id + 40_000_000}")
    assert "used already" in (await two.chat.say(link))[0].text
    assert "no such invitation" in (await two.chat.say("/start coach_nonsense"))[0].text
    await two.coach()
    assert "your own invitation" in (await two.chat.say(link))[0].text


async def test_an_invitation_ends_after_a_week(two: Two) -> None:
    link = await two.invite()
    await two.athlete()
    await two.chat.say(link)
    await two.chat.at("2026-11-28T13:00")
    await two.chat.press("Accept")
    assert "expired" in two.chat.last.text


async def test_a_coach_sees_sessions_records_and_plans(two: Two) -> None:
    await two.pair()
    shown = await two.open_athlete()
    assert "You coach them since" in shown.text
    await two.chat.press("🏋️ Sessions")
    assert two.chat.last.text.startswith("👤 Lifter")
    assert "Bench Press" in two.chat.last.text
    await two.chat.press("1")
    assert "80 kg × 8" in two.chat.last.text
    await two.chat.press("↩ Lifter")
    await two.chat.press("🏆 Records")
    assert "80 kg" in two.chat.last.text
    await two.chat.press("↩ Lifter")
    await two.chat.press("🗓 Mesocycle")
    assert "no mesocycle" in two.chat.last.text
    await two.chat.press("↩ Lifter")
    await two.chat.press("📖 Plans")
    opened = (await two.chat.press(1))[0]
    assert "Overhead Press" in opened.text
    assert not any("Delete" in label or "Train" in label for label in labels(opened))


async def edit_reps(two: Two) -> Shown:
    """Go to the first exercise of the athlete's plan as the coach."""
    await two.open_athlete()
    await two.chat.press("📖 Plans")
    await two.chat.press(1)
    await two.chat.press(next(label for label in labels(two.chat.last) if "Edit" in label))
    await two.chat.press(1)
    await two.chat.press(1)
    return two.chat.last


async def test_a_coach_edits_a_plan_and_the_athlete_is_told_once(
    two: Two, admin_connection: asyncpg.Connection[Any]
) -> None:
    await two.pair()
    shown = await edit_reps(two)
    assert "Bench Press" in shown.text
    plus = [index for index, label in enumerate(labels(shown), start=1) if label == "+"]
    await two.chat.press(plus[0])
    await two.chat.press(plus[0])
    assert "5×8" in two.chat.last.text
    assert not any("has worked on your plan" in text for text in two.chat.texts)
    told = await two.chat.at("2026-11-21T12:03")
    assert [one.text for one in told if "has worked on your plan" in one.text] == [
        "Lifter, your coach, has worked on your plan Push Day."
    ]
    assert await two.chat.at("2026-11-21T12:10") == []
    await two.athlete()
    assert "5" in (await two.chat.press("📖 Open"))[0].text
    acted = await admin_connection.fetch(
        "SELECT DISTINCT a.actor_id = c.id AS by_coach, a.user_id = o.id AS of_athlete FROM audit_log a "
        'JOIN "user" c ON c.telegram_id = $1 JOIN "user" o ON o.telegram_id = $2 '
        "WHERE a.table_name = 'workout_exercise' AND a.action = 'update' AND a.user_id = o.id",
        two.coach_id,
        two.athlete_id,
    )
    assert [tuple(row) for row in acted] == [(True, True)]


async def test_what_a_coach_types_goes_into_the_athletes_plan_and_stays_the_coachs_text(
    two: Two, database: Database
) -> None:
    await two.pair()
    await two.open_athlete()
    await two.chat.press("📖 Plans")
    await two.chat.press(1)
    await two.chat.press(next(label for label in labels(two.chat.last) if "Edit" in label))
    await two.chat.press(1)
    await two.chat.press(next(label for label in labels(two.chat.last) if "Exercise" in label))
    (shown,) = await two.chat.say("barbell squat 3x5 100kg")
    assert shown.text.startswith("👤 Lifter")
    assert "Squat" in shown.text
    async with database.begin(telegram_id=two.coach_id) as work:
        assert [one.raw_text for one in await work.imports.recent()] == ["barbell squat 3x5 100kg"]
        assert await work.plans.own() == []
    await two.chat.press(next(label for label in labels(two.chat.last) if "Type it" in label))
    await two.chat.press("↩ Lifter")
    (shown,) = await two.chat.say("bench 70x5")  # the question is dropped: this is the coach's own
    assert shown.text == "Barbell Bench Press · set 1: 70 kg × 5"
    async with database.begin(telegram_id=two.athlete_id) as work:
        assert "barbell squat 3x5 100kg" not in [one.raw_text for one in await work.imports.recent()]
        (plan,) = await work.plans.own()
        assert plan.prescriptions == 3


async def test_the_later_of_two_edits_is_told_and_shown_the_new_state(two: Two, database: Database) -> None:
    await two.pair()
    shown = await edit_reps(two)
    plus = labels(shown).index("+") + 1
    async with database.begin(telegram_id=two.athlete_id) as work:
        (plan,) = await work.plans.own()
        row = (await work.plans.read(plan.plan.id)).workouts[0].prescriptions[0].row
        await work.plan_editing.amend(row.id, row.version, notes="mine")
    answers = await two.chat.press(plus)
    assert any("mine" in one.text for one in answers)
    assert any("changed" in one.text.casefold() for one in answers if one.method == "answerCallbackQuery")


async def test_a_coach_copies_a_library_plan_for_an_athlete(two: Two, database: Database) -> None:
    await two.pair()
    await two.open_athlete()
    await two.chat.press("📖 Plans")
    await two.chat.press(next(label for label in labels(two.chat.last) if "library" in label.casefold()))
    await two.chat.press(1)
    await two.chat.press("📥 Copy into their plans")
    assert "worked on your plan" in (await two.chat.at("2026-11-21T12:05"))[-1].text
    async with database.begin(telegram_id=two.athlete_id) as work:
        assert len(await work.plans.own()) == 2
        assert work.user.current_plan_id is None


async def test_after_it_is_ended_old_buttons_open_nothing(two: Two) -> None:
    await two.pair()
    await edit_reps(two)
    await two.athlete()
    await two.chat.say("/coach")
    await two.chat.press("End it with Lifter")
    await two.chat.press("Yes, end it")
    assert any("has ended the coaching" in text for text in two.chat.texts)
    assert "Nobody coaches you" in (await two.chat.say("/coach"))[0].text
    await two.coach()
    seen = len(two.chat.seen)
    await two.chat.press("↩ Lifter")
    await two.chat.press("+")
    assert not any("Bench Press" in one.text for one in two.chat.seen[seen:])
    assert "no athletes yet" in (await two.chat.say("/athletes"))[0].text


async def test_a_coach_may_leave(two: Two) -> None:
    await two.pair()
    await two.open_athlete()
    await two.chat.press("Stop coaching")
    await two.chat.press("Yes, stop")
    assert any("coaches you no more" in text for text in two.chat.texts)
    await two.athlete()
    assert "Nobody coaches you" in (await two.chat.say("/coach"))[0].text


async def test_commands_of_a_role_are_unknown_to_others(chat: Chat, database: Database) -> None:
    for command in ("/athletes", "/admin"):
        assert (await chat.say(command))[0].text == (await chat.say("/frobnicate"))[0].text
    assert "/admin" not in (await chat.say("/help"))[0].text
    await appoint(database, chat.conversation.person.id, "admin")
    assert "/admin: " in (await chat.say("/help"))[0].text
    await chat.say("bench 80x8")
    (shown,) = await chat.say("/admin")
    assert "Users: " in shown.text
    assert "Sets: " in shown.text
    assert "Bench" not in shown.text
    assert (await chat.say("/athletes"))[0].text == (await chat.say("/frobnicate"))[0].text
