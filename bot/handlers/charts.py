"""/chart and its buttons, and the slow work behind them: a row that waits, a thread that draws."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from telegram import Update

from bot.answers import EMPTY, Answers, File, Text, Toast
from bot.charts import Picture, draw
from bot.context import Context
from bot.handlers.history import words_after_command
from bot.services import Services
from bot.turn import Turn
from bot.usecases import charts, history
from bot.usecases.charts import LIFT, VOLUME, WEEK_KEPT, History
from bot.views import history as history_view
from bot.views import pictures as view
from bot.worker import SlowWork
from parser import Candidate

if TYPE_CHECKING:
    from storage.database import Database

GENERAL: Final = {"volume": VOLUME, "muscles": VOLUME, "week": WEEK_KEPT, "plan": WEEK_KEPT}
"""What may be written after /chart besides an exercise."""
LEASE_SECONDS: Final = 60.0
DRAWERS: Final = ThreadPoolExecutor(max_workers=1, thread_name_prefix="charts")
"""One thread: matplotlib's fonts and settings are not made for two at a time."""


@dataclass(frozen=True, slots=True)
class ChartTask:
    """A chart to be drawn, with the right to send it. Without a picture there was too little to draw."""

    chat_id: int
    attempts: int
    job_id: UUID
    lease_token: UUID
    kind: str
    history: History
    picture: Picture | None


async def show(update: Update, context: Context) -> Answers:
    turn = context.turn
    words = words_after_command(turn)
    if not words:
        return view.menu(turn.messages, await charts.favourites(turn))
    if words.casefold() in GENERAL:
        return await _ask(turn, GENERAL[words.casefold()], {})
    exercise, others = await history.find_exercise(turn, words)
    if exercise is None:
        found = history_view.unknown(turn.messages, words, others)
        return Text(found.text, history_view.names(others, "chart.name"))
    return await _ask(turn, LIFT, {"exercise_id": str(exercise.id)}, others)


async def show_named(update: Update, context: Context) -> Answers:
    """Draw the exercise that was meant by a word, once its button was pressed."""
    turn = context.turn
    key = turn.pressed_args["key"]
    exercise = (await turn.work.exercises.find_by_keys([key])).get(key)
    if exercise is None:
        return history_view.unknown(turn.messages, key, ())
    return await _ask(turn, LIFT, {"exercise_id": str(exercise.id)})


async def show_lift(update: Update, context: Context) -> Answers:
    args = context.turn.pressed_args
    months = args.get("months", charts.USUAL_MONTHS)
    return await _ask(context.turn, LIFT, {"exercise_id": args["id"], "months": months})


async def show_volume(update: Update, context: Context) -> Answers:
    return await _ask(context.turn, VOLUME, context.turn.pressed_args)


async def show_week(update: Update, context: Context) -> Answers:
    return await _ask(context.turn, WEEK_KEPT, context.turn.pressed_args)


async def _ask(turn: Turn, kind: str, args: Mapping[str, Any], others: Sequence[Candidate] = ()) -> Answers:
    """Have it drawn, where there is enough to draw; else say so, and offer the `others` that a word may have meant."""
    found = await charts.gather(turn, kind, dict(args))
    if not found.is_enough:
        return replace(view.too_little(turn.messages, found), keyboard=history_view.names(others, "chart.name"))
    await charts.ask(turn, kind, dict(args))
    return Toast(turn.messages.label("chart-drawing")) if turn.press is not None else None


# ------------------------------------------------------------------ the slow work


async def due(database: Database, limit: int) -> Sequence[tuple[UUID, UUID]]:
    return await database.due_charts(limit)


async def claim(turn: Turn, job_id: UUID) -> ChartTask | None:
    """Take a job, with all that is to be drawn: the thread knows no database."""
    job = await turn.work.chart_jobs.claim(job_id, LEASE_SECONDS)
    if job is None or job.lease_token is None:
        return None
    found = await charts.gather(turn, job.kind, job.args)
    picture = view.picture(turn.messages, found) if found.is_enough else None
    return ChartTask(job.chat_id, job.attempts, job.id, job.lease_token, job.kind, found, picture)


async def run(services: Services, task: ChartTask) -> bytes | None:
    if task.picture is None:
        return None
    return await asyncio.get_running_loop().run_in_executor(DRAWERS, draw, task.picture)


async def finish(turn: Turn, task: ChartTask, content: bytes | None) -> Answers:
    if not await turn.work.chart_jobs.finish(task.job_id, task.lease_token):
        return None
    if content is None:
        return view.too_little(turn.messages, task.history)
    name = turn.messages.label("chart-filename", kind=task.kind, day=turn.today.isoformat())
    return File(content, name, EMPTY, view.keyboard(turn.messages, task.history), photo=True)


async def give_up(turn: Turn, task: ChartTask, error_id: str) -> Answers:
    if not await turn.work.chart_jobs.finish(task.job_id, task.lease_token, error=f"error {error_id}"):
        return None
    return Text(turn.messages.text("chart-failed", error_id=error_id))


DRAWING: Final[SlowWork[ChartTask]] = SlowWork("drawing a chart", due, claim, run, finish, give_up)
