"""Records as they are listed."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers import Text
from bot.markup import Html, lines
from bot.messages import Messages
from bot.usecases.records import PAGE, ExerciseRecords, Record, RecordsPage
from bot.views import dates, figures, history, logged
from parser import Candidate


def page(messages: Messages, shown: RecordsPage, unit: str) -> Text:
    """Write a page of records, an exercise a paragraph."""
    if not shown.exercises:
        return Text(messages.text("records-none"))
    text = lines(*(_short(messages, one, unit) for one in shown.exercises))
    return Text(text, history.turning(messages, "records.page", {}, shown.offset, PAGE, shown.has_more))


def _short(messages: Messages, shown: ExerciseRecords, unit: str) -> Html:
    told = [
        record for record in shown.records if record.record_type in ("1rm", "max_weight", "max_reps", "max_duration")
    ]
    if any(record.record_type == "max_weight" for record in told):
        told = [record for record in told if record.record_type != "max_reps"]
    return messages.text(
        "records-exercise", name=shown.name, records=Html(" · ".join(_record(messages, one, unit) for one in told))
    )


def _record(messages: Messages, record: Record, unit: str) -> Html:
    return messages.text("records-one", kind=_kind(record), value=_value(messages, record, unit))


def _kind(record: Record) -> str:
    if record.record_type == "max_weight" and record.performed is not None and record.performed.load_mode == "assisted":
        return "least_help"
    return record.record_type.replace("1rm", "e1rm")


def _value(messages: Messages, record: Record, unit: str) -> str:
    holder = record.performed
    if record.record_type == "max_weight" and holder is not None and holder.weight is not None:
        return figures.load(messages, holder)
    own_unit = holder.unit if holder is not None and holder.weight is not None else unit
    return logged.record_value(messages, record.record_type, record.value, own_unit)


def exercise(messages: Messages, shown: ExerciseRecords, unit: str, others: Sequence[Candidate]) -> Text:
    """Write every record of one exercise, with its day and its set."""
    buttons = history.names(others, "records.name")
    if not shown.records:
        return Text(messages.text("history-exercise-none", name=shown.name), buttons)
    heading = messages.text("history-exercise", name=shown.name)
    return Text(lines(heading, *(_full(messages, one, unit) for one in shown.records)), buttons)


def _full(messages: Messages, record: Record, unit: str) -> Html:
    text = _record(messages, record, unit)
    day = dates.short(messages, record.day)
    if record.performed is None or record.record_type == "total_volume":
        return messages.text("records-full", record=text, day=day)
    return messages.text("records-full-set", record=text, day=day, set=figures.one_set(messages, record.performed))


def unknown(messages: Messages, words: str, candidates: Sequence[Candidate]) -> Text:
    key = "history-which" if candidates else "history-unknown"
    return Text(messages.text(key, words=words), history.names(candidates, "records.name"))
