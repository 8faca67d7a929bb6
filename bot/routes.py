"""THE table of handlers: what happens with an update, from top to bottom. The first that fits takes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.handlers import (
    buttons,
    charts,
    coaching,
    dialogues,
    equipment,
    exporting,
    files,
    guide,
    help,
    history,
    kit_loads,
    levels,
    logs,
    mesocycles,
    picker,
    plan_editing,
    planning,
    plans,
    plates,
    preferences,
    privacy,
    programs,
    progression,
    roles,
    sessions,
    set_edits,
    start,
    statistics,
    swap,
    texts,
    today,
)
from bot.handling import Command, DialogueHandler, Handler, Routes, answering
from bot.worker import Periodic, SlowWork

COMMANDS: Final[tuple[Command, ...]] = (
    Command("start", start.start, "command-start"),
    Command("help", help.show, "command-help"),
    Command("plans", plans.show, "command-plans"),
    Command("today", today.show, "command-today"),
    Command("meso", mesocycles.show, "command-meso"),
    Command("done", sessions.done, "command-done"),
    Command("plan", planning.plan, "command-plan"),
    Command("skip", planning.skip, "command-skip"),
    Command("undo", logs.undo_newest, "command-undo"),
    Command("swap", swap.swap, "command-swap"),
    Command("equipment", equipment.show, "command-equipment"),
    Command("progression", progression.show, "command-progression"),
    Command("tm", progression.training_max, "command-tm"),
    Command("next", progression.next_time, "command-next"),
    Command("plates", plates.show, "command-plates"),
    Command("level", levels.show, "command-level"),
    Command("week", levels.show_week, "command-week"),
    Command("history", history.show_history, "command-history"),
    Command("records", history.show_records, "command-records"),
    Command("stats", statistics.show, "command-stats"),
    Command("chart", charts.show, "command-chart"),
    Command("units", preferences.units, "command-units"),
    Command("settings", preferences.settings, "command-settings"),
    Command("aliases", preferences.aliases, "command-aliases"),
    Command("coach", coaching.show_coaches, "command-coach"),
    Command("export", exporting.export, "command-export"),
    Command("privacy", privacy.show, "command-privacy"),
    Command("cancel", dialogues.cancel, "command-cancel"),
)

ACTIONS: Final[Mapping[str, Handler]] = {
    "start.unit": start.choose_unit,
    "start.language": start.choose_language,
    "log.right": logs.confirm,
    "log.name": logs.choose_name,
    "log.which": logs.choose_asked_name,
    "log.order": logs.choose_order,
    "log.save": logs.save_anyway,
    "log.leave": logs.leave_out,
    "log.type": logs.type_figures,
    "log.again": logs.again,
    "log.edit": set_edits.edit,
    "log.choose_set": set_edits.choose_set,
    "log.step": set_edits.change_set,
    "log.end_edit": set_edits.end_edit,
    "log.delete_set": set_edits.delete_set,
    "log.put_back": set_edits.put_back,
    "log.undo": logs.undo,
    "log.restore": logs.restore,
    "log.keep": logs.keep,
    "log.correct": texts.choose_corrected,
    "log.done": texts.done_after_all,
    "log.planned": texts.planned_after_all,
    "log.leave_text": texts.leave_unlogged,
    "limit.read": texts.read_kept,
    "session.reopen": sessions.reopen,
    "history.page": history.turn_page,
    "history.session": history.open_session,
    "history.exercise": history.turn_exercise_page,
    "history.name": history.open_exercise,
    "records.page": history.turn_records_page,
    "records.name": history.open_records,
    "stats.show": statistics.turn_page,
    "stats.feedback": statistics.show_feedback,
    "chart.name": charts.show_named,
    "chart.lift": charts.show_lift,
    "chart.volume": charts.show_volume,
    "chart.week": charts.show_week,
    "export.csv": exporting.export_table,
    "export.json": exporting.export_document,
    "settings.unit_alone": preferences.choose_unit_alone,
    "settings.units": preferences.choose_unit,
    "settings.languages": preferences.ask_language,
    "settings.language": preferences.choose_language,
    "settings.orders": preferences.ask_order,
    "settings.order": preferences.choose_order,
    "settings.timezone": preferences.ask_timezone,
    "settings.rest": preferences.switch_rests,
    "settings.planned": preferences.switch_planned,
    "aliases.page": preferences.turn_aliases_page,
    "aliases.forget": preferences.forget_alias,
    "aliases.forget_unit": preferences.forget_unit,
    "aliases.forget_order": preferences.forget_order,
    **programs.ACTIONS,
    **plans.ACTIONS,
    **plan_editing.ACTIONS,
    **today.ACTIONS,
    **guide.ACTIONS,
    **planning.ACTIONS,
    **mesocycles.ACTIONS,
    **picker.ACTIONS,
    **equipment.ACTIONS,
    **kit_loads.ACTIONS,
    **plates.ACTIONS,
    **progression.ACTIONS,
    **swap.ACTIONS,
    **levels.ACTIONS,
    **privacy.ACTIONS,
    **coaching.ACTIONS,
}
"""What buttons do. A name that was ever sent stays: buttons of old messages carry it."""

DIALOGUES: Final[Mapping[str, DialogueHandler]] = {
    "log_figures": logs.figures_told,
    "log_edit": texts.edit_told,
    "log_timezone": preferences.timezone_told,
    **programs.DIALOGUES,
    **plans.DIALOGUES,
    **guide.DIALOGUES,
    **plan_editing.DIALOGUES,
    **mesocycles.DIALOGUES,
    **picker.DIALOGUES,
    **kit_loads.DIALOGUES,
    **plates.DIALOGUES,
    **progression.DIALOGUES,
}
"""Who reads the next text while a question is open, by the dialogue's kind."""

PERIODIC: Final[tuple[Periodic, ...]] = (
    Periodic("idle sessions", 60, sessions.due_idle, sessions.close_idle),
    Periodic("reminders", 3, guide.due_reminders, guide.remind),
    Periodic("notices", 5, coaching.due, coaching.tell),
    Periodic("erasures", 5, privacy.due, privacy.erase_due),
)
"""What falls due by the clock, e.g. sessions that have been idle for three hours."""

SLOW_WORK: Final[tuple[SlowWork[Any], ...]] = (
    guide.following_work(files.beside_reading(programs.READING)),
    charts.DRAWING,
)
"""What takes too long for a turn, e.g. reading by a model."""


def handlers() -> Sequence[BaseHandler[Any, Any, Any]]:
    """Give the handlers of python-telegram-bot, in the order in which they are asked."""
    new, edited = filters.UpdateType.MESSAGE, filters.UpdateType.EDITED_MESSAGE
    return (
        CallbackQueryHandler(answering(guide.following(buttons.presses(ACTIONS)))),
        *(
            CommandHandler(command.name, answering(guide.following(command.handler)), filters=new)
            for command in (*COMMANDS, *(command for commands in roles.ROLE_COMMANDS.values() for command in commands))
        ),
        MessageHandler(new & filters.COMMAND, answering(help.unknown_command)),
        MessageHandler(new & filters.TEXT, answering(guide.following(texts.read))),
        MessageHandler(edited & filters.TEXT, answering(guide.following(texts.read_again))),
        MessageHandler(new & filters.Document.ALL, answering(guide.following(files.document))),
        MessageHandler(new & filters.CAPTION, answering(guide.following(files.captioned))),
        MessageHandler(new, answering(help.unread_content)),
    )


def routes() -> Routes:
    """Give the table."""
    return Routes(COMMANDS, DIALOGUES, handlers(), PERIODIC, SLOW_WORK)
