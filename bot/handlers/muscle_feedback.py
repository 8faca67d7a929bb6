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
    """Note an answer; after the pump comes the challenge, and after a session that is over one after the other."""
    turn, args = context.turn, context.turn.pressed_args
    session_id, group, question = _asked(turn)
    outcome = await muscle_feedback.answer(turn, session_id, group, question, args["level"])
    if outcome is None:
        return _gone(turn)
    following = muscle_feedback.next_question(question, is_closed=outcome.is_closed)
    if following is not None:
        return Edit(*view.question(turn.messages, session_id, group, following))
    told = muscle_feedback.questions_with(question)
    answers: list[Answer] = [view.noted(turn.messages, group, outcome.feedback, told)]
    if outcome.following is not None:
        answers.extend(mesocycle_feedback_flow.told(turn, outcome.following))
    return answers


async def no_answer(update: Update, context: Context) -> Answers:
    """Leave a question open and go on as after an answer."""
    turn = context.turn
    session_id, group, question = _asked(turn)
    following = muscle_feedback.next_question(question, is_closed=False)
    if following is not None:
        return Edit(*view.question(turn.messages, session_id, group, following))
    feedback = await muscle_feedback.said(turn, session_id, group)
    return view.noted(turn.messages, group, feedback, muscle_feedback.questions_with(question))


async def ask_anew(update: Update, context: Context) -> Answers:
    """Ask about a muscle group in a message of its own, after the session; soreness only where it was told before."""
    turn = context.turn
    session_id, group = UUID(turn.pressed_args["session"]), turn.pressed_args["group"]
    feedback = await muscle_feedback.said(turn, session_id, group)
    return view.asked(turn.messages, session_id, group, "pump" if feedback.soreness is None else "soreness")


async def show_answers(update: Update, context: Context) -> Answers:
    """Show what was said in a session, to change it."""
    turn = context.turn
    session_id = UUID(turn.pressed_args["session"])
    told = await muscle_feedback.said_of_all(turn, session_id)
    return view.answers(turn.messages, session_id, told) if told else _gone(turn)


def _asked(turn: Turn) -> tuple[UUID, str, Question]:
    args = turn.pressed_args
    return UUID(args["session"]), args["group"], cast("Question", args["question"])


def _gone(turn: Turn) -> Toast:
    return Toast(turn.messages.label("meso-feedback-gone"))


ACTIONS: Mapping[str, Handler] = {
    "meso.answer": answer,
    "meso.no_answer": no_answer,
    "meso.ask_anew": ask_anew,
    "meso.answers": show_answers,
}
