"""How a workout goes on after each step of it: sets logged or taken back, an exercise skipped, chosen or added.

One message holds the card of the exercise under way. It begins with what was logged just now (its lead); when the next
message takes the card over, only the lead is left of it. What a message holds is in its row's `about`, under "card".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from bot.answers import Action, Answer, Button, CopyButton, Edit, Keyboard, Text, Toast
from bot.markup import Html, lines
from bot.usecases import rests, session_events
from bot.usecases.guide import Guide, Step, read_guide
from bot.usecases.guide_cards import card_of, overview_of
from bot.views import guide as view
from storage.models import SetKind

if TYPE_CHECKING:
    from bot.turn import Turn
    from storage.models import ExerciseSet, Outbox, WorkoutSession

CARD: Final = "card"
NOTHING: Final = Html("")


@dataclass(frozen=True, slots=True)
class Carrier:
    """The answer that is to carry the card, by its place among the answers; below it stands the rest, if one begins."""

    index: int
    rest_seconds: int | None = None


async def follow(turn: Turn, answers: Sequence[Answer]) -> list[Answer]:
    """Let a workout go on after a turn in which sets were logged or changed; anything else stays as it is."""
    logged, changed = turn.work.sets.logged, turn.work.sets.changed
    told = list(answers)
    if not logged and not changed:
        return told
    session = await turn.work.sessions.find_open()
    told += await _tell_of_older(turn, None if session is None else session.id, changed)
    if session is None or session.workout_id is None:
        return told
    own = [row for row in logged if row.workout_session_id == session.id and row.deleted_at is None]
    mended = [row for row in changed if row.workout_session_id == session.id]
    return await _go_on(turn, session, told, own, mended) if own or mended else told


async def _tell_of_older(turn: Turn, open_id: UUID | None, changed: Sequence[ExerciseSet]) -> list[Answer]:
    older = [row for row in changed if row.workout_session_id != open_id]
    if not older:
        return []
    session_ids = list(dict.fromkeys(row.workout_session_id for row in older))
    return await session_events.on_sets_changed(turn, session_ids, list({row.exercise_root_id for row in older}))


async def _go_on(
    turn: Turn, session: WorkoutSession, told: list[Answer], own: Sequence[ExerciseSet], mended: Sequence[ExerciseSet]
) -> list[Answer]:
    guide = await read_guide(turn, session.id)
    if await _turn_to(turn, guide, own, mended):
        guide = await read_guide(turn, session.id)
    events = []
    for step in guide.steps:
        if _was_finished_by(step, own):
            events += await session_events.after_exercise(turn, guide.session, step.entry)
    rest_seconds = await _rest(turn, guide, own)
    index = next((i for i in reversed(range(len(told))) if _tells_of_sets(told[i])), None) if own else None
    carrier = None if index is None else Carrier(index, rest_seconds)
    return await present(turn, guide, told, carrier, events, is_whole=_is_besides(guide, own))


async def _turn_to(turn: Turn, guide: Guide, own: Sequence[ExerciseSet], mended: Sequence[ExerciseSet]) -> bool:
    """Turn to the exercise that was logged to, or back to the one whose last set was taken back."""
    current, target = guide.current, None
    for row in own:
        step = guide.find(row.session_exercise_id)
        if step is not None and step.planned and len(step.done) < len(step.planned):
            target = step
    if not own and current is not None and not current.done:
        taken_back = {row.session_exercise_id for row in mended if row.deleted_at is not None}
        target = next((step for step in guide.waiting if step.id in taken_back), None)
    if target is None or (current is not None and target.id == current.id):
        return False
    await turn.work.sessions.amend_entry(target.id, selected_at=turn.said_at, skipped_at=None)
    return True


def _is_besides(guide: Guide, own: Sequence[ExerciseSet]) -> bool:
    """Tell whether something else than the exercise under way was logged: its card then has to name it."""
    current = guide.current
    return current is not None and any(row.session_exercise_id != current.id for row in own)


def _was_finished_by(step: Step, own: Sequence[ExerciseSet]) -> bool:
    added = sum(row.session_exercise_id == step.id and row.kind is not SetKind.WARMUP for row in own)
    before = len(step.done) - added
    return bool(step.planned) and added > 0 and not step.is_skipped and before < len(step.planned) <= len(step.done)


async def _rest(turn: Turn, guide: Guide, own: Sequence[ExerciseSet]) -> int | None:
    """Begin the rest after the set that was logged last; a warm-up has none."""
    working = [row for row in own if row.kind is not SetKind.WARMUP]
    if not working:
        return None
    step = guide.find(working[-1].session_exercise_id)
    seconds = None if step is None or guide.current is None else step.entry.row.planned_rest_time_seconds
    await rests.begin(turn, guide.session, seconds)
    return seconds or None


def _tells_of_sets(answer: Answer) -> bool:
    about = answer.about if isinstance(answer, Text) else None
    return bool(about and about.get("import_id") and about.get("set_ids"))


# ---------------------------------------------------------------------- the message that holds the card


async def present(
    turn: Turn,
    guide: Guide,
    told: list[Answer],
    carrier: Carrier | None = None,
    events: Sequence[Answer] = (),
    *,
    is_whole: bool = False,
) -> list[Answer]:
    """Show the card of the exercise under way: in the answer that carries it, else where it is shown already.

    What other features have to say at this moment comes between, and the card then below it; what they ask comes last.
    """
    said, asked = session_events.parted([*events, *await _come_to(turn, guide)])
    return [*await _presented(turn, guide, told, carrier, said, is_whole), *asked]


async def _presented(
    turn: Turn, guide: Guide, told: list[Answer], carrier: Carrier | None, said: Sequence[Answer], is_whole: bool
) -> list[Answer]:
    holder = await _find_holder(turn, guide.session.id)
    held: Mapping[str, Any] = {} if holder is None or holder.about is None else holder.about[CARD]
    current = guide.current
    entry = None if current is None else str(current.id)
    is_new = held.get("entry") != entry
    if carrier is None and not said:
        carrier = _carrier_of_edit(turn, told, holder)
    if carrier is not None:
        whole = is_whole or is_new or bool(said) or _stays_whole(told[carrier.index], held)
        return await _carried(turn, guide, told, carrier, holder, said, whole)
    if said or holder is None:
        left = [] if holder is None else [_without_card(holder)]
        return [*told, *left, *said, await _alone(turn, guide)]
    whole = is_whole or is_new or bool(held.get("whole"))
    return [*told, await _in_place(turn, guide, holder, whole)]


async def _come_to(turn: Turn, guide: Guide) -> list[Answer]:
    """Note that the user comes to an exercise, and let others follow it the first time."""
    step = guide.current
    if step is None or step.entry.row.selected_at is not None:
        return []
    await turn.work.sessions.amend_entry(step.id, selected_at=turn.said_at)
    return await session_events.before_exercise(turn, guide.session, step.entry)


async def _find_holder(turn: Turn, session_id: UUID) -> Outbox | None:
    row = await turn.work.outbox.find_newest_about(turn.chat_id, CARD)
    held = None if row is None or row.about is None else row.about.get(CARD)
    return row if held and held.get("session") == str(session_id) else None


def _carrier_of_edit(turn: Turn, told: Sequence[Answer], holder: Outbox | None) -> Carrier | None:
    """Find the edit, among the answers, of the message that holds the card."""
    pressed = None if turn.press is None else turn.press.message_row_id
    for index, answer in enumerate(told):
        if holder is not None and isinstance(answer, Edit) and (answer.of or pressed) == holder.id:
            return Carrier(index)
    return None


def _stays_whole(answer: Answer, held: Mapping[str, Any]) -> bool:
    return isinstance(answer, Edit) and bool(held.get("whole"))


async def _carried(
    turn: Turn,
    guide: Guide,
    told: list[Answer],
    carrier: Carrier,
    holder: Outbox | None,
    said: Sequence[Answer],
    is_whole: bool,
) -> list[Answer]:
    answer = told[carrier.index]
    assert isinstance(answer, Text | Edit)
    lead = answer.text
    if carrier.rest_seconds:
        lead = lines(lead, view.rest_said(turn.messages, carrier.rest_seconds))
    own_rows = _without_again(answer.keyboard)
    about = dict(answer.about or {})
    is_taken_over = isinstance(answer, Text) or (holder is not None and not _is_edit_of(turn, answer, holder))
    before = [_without_card(holder)] if holder is not None and is_taken_over else []
    if said:
        told[carrier.index] = replace(answer, text=lead, keyboard=own_rows)
        return [*before, *told, *said, await _alone(turn, guide)]
    shown, buttons, held = await _card(turn, guide, lead, own_rows, is_whole)
    told[carrier.index] = replace(
        answer, text=lines(lead, NOTHING, shown), keyboard=buttons, about={**about, CARD: held}
    )
    return [*before, *told]


def _is_edit_of(turn: Turn, answer: Edit, holder: Outbox) -> bool:
    pressed = None if turn.press is None else turn.press.message_row_id
    return (answer.of or pressed) == holder.id


async def _card(
    turn: Turn, guide: Guide, lead: Html, own_rows: Keyboard, is_whole: bool
) -> tuple[Html, Keyboard, dict[str, Any]]:
    """Give the card's text, its buttons above those of the lead, and what the message is to remember of it."""
    shown = await card_of(turn, guide, is_whole=is_whole)
    held = {
        "session": str(guide.session.id),
        "entry": None if shown is None else str(shown.entry_id),
        "lead": lead,
        "title": "" if shown is None else view.title(turn.messages, shown),
        "whole": is_whole,
        "rows": _to_json(own_rows),
    }
    # Doubts about what was logged come first; to edit and undo it comes last.
    buttons = [*own_rows[:-1], *view.card_buttons(turn.messages, shown), *own_rows[-1:]]
    return view.card(turn.messages, shown), buttons, held


async def _alone(turn: Turn, guide: Guide) -> Text:
    shown, buttons, held = await _card(turn, guide, NOTHING, (), True)
    return Text(shown, buttons, about={CARD: held})


async def _in_place(turn: Turn, guide: Guide, holder: Outbox, is_whole: bool) -> Edit:
    """Show the card as it is now in the message that holds it, below what that message begins with."""
    held = _held(holder)
    lead, rows = Html(held["lead"]), _from_json(held["rows"])
    shown, buttons, now_held = await _card(turn, guide, lead, rows, is_whole)
    text = lines(lead, NOTHING, shown) if lead else shown
    return Edit(text, buttons, about={**(holder.about or {}), CARD: now_held}, of=holder.id)


def _without_card(holder: Outbox) -> Edit:
    """Leave of a message only what it begins with, now that another one holds the card."""
    held = _held(holder)
    text = Html(held["lead"] or held["title"] or "✓")
    return Edit(text, _from_json(held["rows"]), of=holder.id)


def _held(holder: Outbox) -> Mapping[str, Any]:
    held: Mapping[str, Any] = (holder.about or {})[CARD]
    return held


def _without_again(keyboard: Keyboard) -> list[list[Button]]:
    """Leave out "same again": the card's own button logs what comes next."""
    rows = [[one for one in row if isinstance(one, Button) and one.action.name != "log.again"] for row in keyboard]
    return [row for row in rows if row]


def _to_json(rows: Keyboard) -> list[list[dict[str, Any]]]:
    return [
        [
            {"label": one.label, "name": one.action.name, "args": dict(one.action.args), "once": one.action.once}
            for one in row
            if not isinstance(one, CopyButton)
        ]
        for row in rows
    ]


def _from_json(rows: Sequence[Sequence[Mapping[str, Any]]]) -> list[list[Button]]:
    return [[Button(one["label"], Action(one["name"], one["args"], once=one["once"])) for one in row] for row in rows]


# ---------------------------------------------------------------------- shown on purpose


async def show(turn: Turn, guide: Guide) -> list[Answer]:
    """Show the whole workout and the card below it, in a message of its own."""
    plan_id = guide.session.workout_plan_id
    plan = None if plan_id is None else await turn.work.plans.find(plan_id)
    text = view.overview(turn.messages, overview_of(guide, None if plan is None else plan.name))
    return await present(turn, guide, [Text(text)], Carrier(0), is_whole=True)


async def begin(
    turn: Turn, guide: Guide, said: Sequence[Answer], *, is_new: bool = True, below: bool = False
) -> list[Answer]:
    """Show a workout that has begun: in the place of the pressed message, or below it."""
    plan_id = guide.session.workout_plan_id
    plan = None if plan_id is None else await turn.work.plans.find(plan_id)
    text = view.overview(turn.messages, overview_of(guide, None if plan is None else plan.name))
    if is_new:
        text = lines(text, turn.messages.text("guide-started"))
    told: Answer = Text(text) if below else Edit(text)
    return await present(turn, guide, [told], Carrier(0), said, is_whole=True)


async def show_card(turn: Turn, guide: Guide) -> list[Answer]:
    """Show the card again in the message whose button was pressed, whatever was there instead of it."""
    holder = await _find_holder(turn, guide.session.id)
    said, asked = session_events.parted(await _come_to(turn, guide))
    if holder is None or said:
        return [*said, await _alone(turn, guide), *asked]
    return [await _in_place(turn, guide, holder, True), *asked]


async def instead(turn: Turn, guide: Guide, text: Html, rows: Sequence[Sequence[Button]]) -> Answer:
    """Show something in the place of the card for a while; what the message holds stays remembered."""
    holder = await _find_holder(turn, guide.session.id)
    if holder is None or turn.press is None:
        return Text(text, rows)
    lead = Html(_held(holder)["lead"])
    return Edit(lines(lead, NOTHING, text) if lead else text, rows, of=holder.id)


async def with_rows(turn: Turn, guide: Guide, rows: Sequence[Sequence[Button]]) -> Answer:
    """Show other buttons below the card for a while."""
    holder = await _find_holder(turn, guide.session.id)
    if holder is None:
        return await _alone(turn, guide)
    shown = view.card(turn.messages, await card_of(turn, guide))
    lead = Html(_held(holder)["lead"])
    return Edit(lines(lead, NOTHING, shown) if lead else shown, rows, of=holder.id)


async def lead_on(turn: Turn, guide: Guide, said: Html, events: Sequence[Answer]) -> list[Answer]:
    """Show the next card in the message that holds one, below a further line of what it begins with."""
    holder = await _find_holder(turn, guide.session.id)
    if holder is None:
        return await present(turn, guide, [Text(said)], Carrier(0), events)
    held = _held(holder)
    lead = lines(Html(held["lead"]), said) if held["lead"] else said
    edit = Edit(lead, _from_json(held["rows"]), about=_kept(holder), of=holder.id)
    return await present(turn, guide, [edit], Carrier(0), events)


def _kept(holder: Outbox) -> dict[str, Any]:
    return {name: value for name, value in (holder.about or {}).items() if name != CARD}


async def without_card(turn: Turn, session_id: UUID) -> list[Answer]:
    """Take the card away, of a workout that ends."""
    holder = await _find_holder(turn, session_id)
    return [] if holder is None else [_without_card(holder)]


def nothing_going(turn: Turn) -> Toast:
    return Toast(turn.messages.label("guide-nothing-going"))
