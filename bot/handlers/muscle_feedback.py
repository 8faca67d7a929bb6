"""The answers about muscle groups, during a session and after it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast
from uuid import UUID

from telegram import Update

from bot.answers import Answer, Answers, Edit, Toast
from bot.context import Context
from bot.handling import Handler
from bot.turn import Turn
from bot.usecases import mesocycle_feedback_flow, muscle_feedback
from bot.views import muscle_feedback as view
from storage.repositories.muscle_feedback import Question


async def answer(update: Update, context: Context) -> Answers:
    """Note an answer; after the pump comes the challenge."""
    turn, args = context.turn, context.turn.pressed_args
    session_id, group, question = _asked(turn)
    outcome = await muscle_feedback.answer(turn, session_id, group, question, args["level"])
    if outcome is None:
        return Toast(turn.messages.label("meso-feedback-gone"))
    if question == "pump":
        return Edit(*view.question(turn.messages, session_id, group, "challenge"))
    said = muscle_feedback.questions_with(question)
    answers: list[Answer] = [view.noted(turn.messages, session_id, group, outcome.feedback, said)]
    if outcome.following is not None:
        answers.extend(mesocycle_feedback_flow.told(turn, outcome.following))
    return answers


async def no_answer(update: Update, context: Context) -> Answers:
    turn = context.turn
    session_id, group, question = _asked(turn)
    if question == "pump":
        return Edit(*view.question(turn.messages, session_id, group, "challenge"))
    feedback = await muscle_feedback.said(turn, session_id, group)
    return view.noted(turn.messages, session_id, group, feedback, muscle_feedback.questions_with(question))


async def ask(update: Update, context: Context) -> Answers:
    """Ask again in the message itself, to change an answer."""
    turn = context.turn
    return Edit(*view.question(turn.messages, *_asked(turn)))


async def ask_anew(update: Update, context: Context) -> Answers:
    """Ask about a muscle group in a message of its own, after the session."""
    turn = context.turn
    session_id, group = UUID(turn.pressed_args["session"]), turn.pressed_args["group"]
    return view.asked(turn.messages, session_id, group, "pump")


def _asked(turn: Turn) -> tuple[UUID, str, Question]:
    args = turn.pressed_args
    return UUID(args["session"]), args["group"], cast("Question", args["question"])


ACTIONS: Mapping[str, Handler] = {
    "meso.answer": answer,
    "meso.no_answer": no_answer,
    "meso.ask": ask,
    "meso.ask_anew": ask_anew,
}
