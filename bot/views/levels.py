"""Levels and skills, page by page, and the news of what was mastered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from bot.answers import Action, Answer, Button, Text
from bot.markup import Html, lines
from bot.messages import Messages
from bot.usecases.levels import Category
from bot.views import figures
from bot.views.program_preview import page_buttons
from storage.repositories.mastery import LevelChange, MasteryChanges, SkillStanding
from training.calisthenics import HIGHEST, Dose

Shown: TypeAlias = tuple[Html, list[list[Button]]]
MOST_WORKING_ON = 3


def overview(messages: Messages, categories: Sequence[Category]) -> Shown:
    """Show all three levels and what is being worked on."""
    told = [messages.text("level-head")]
    for one in categories:
        told += [Html(""), *_category(messages, one)]
    buttons = [
        Button(category_name(messages, one.name), _open(one.name, min(one.level, HIGHEST))) for one in categories
    ]
    return lines(*told), [buttons]


def _category(messages: Messages, one: Category) -> Iterator[Html]:
    mastered, all_of = sum(skill.standing.is_mastered for skill in one.skills), len(one.skills)
    yield messages.text(
        "level-line",
        category=category_name(messages, one.name),
        name=level_name(messages, one.level),
        level=one.level,
        mastered=mastered,
        all=all_of,
    )
    for skill in one.working_on[:MOST_WORKING_ON]:
        yield Html(f"    {_learning(messages, skill)}")
    following = one.to_try
    if not one.working_on and one.level < HIGHEST and following is not None:
        told = messages.text("level-try", name=following.exercise.name)
        yield Html(f"    {told}{_needs(messages, one, following)}")


def category_name(messages: Messages, category: str) -> str:
    return messages.label("level-category", category=category)


def level_name(messages: Messages, level: int) -> str:
    return messages.label("level-name", level=level)


def _open(category: str, page: int) -> Action:
    return Action("level.open", {"category": category, "page": page}, once=False)


def level(messages: Messages, shown: Category, number: int) -> Shown:
    """Show the skills of one level, and what is missing there."""
    number = max(0, min(number, HIGHEST))
    head = messages.text(
        "level-page",
        category=category_name(messages, shown.name),
        name=level_name(messages, number),
        level=number,
        state="passed" if shown.is_passed(number) else "here" if number == shown.level else "ahead",
    )
    told = [Html(f"{_skill(messages, skill)}{_needs(messages, shown, skill)}") for skill in shown.at(number)]
    args = {"category": shown.name}
    rows = [
        page_buttons(messages, "level.open", args, number, HIGHEST + 1),
        [Button(messages.label("picker-back"), Action("level.show", {}, once=False))],
    ]
    return lines(head, Html(""), *told, *_missing(messages, shown, number)), rows


def _needs(messages: Messages, shown: Category, skill: SkillStanding) -> Html:
    """Tell what a skill needs that is not there."""
    kit = shown.needs(skill)
    return messages.text("level-needs", kit=", ".join(kit)) if kit else Html("")


def _skill(messages: Messages, skill: SkillStanding) -> Html:
    if skill.standing.is_mastered:
        return messages.text("level-mastered", name=skill.exercise.name, dose=dose(messages, skill.dose))
    if skill.standing.sessions:
        return _learning(messages, skill)
    return messages.text(
        "level-untried",
        name=skill.exercise.name,
        dose=dose(messages, skill.dose),
        tempo=_tempo(messages, skill),
    )


def _learning(messages: Messages, skill: SkillStanding) -> Html:
    best = skill.standing.best
    return messages.text(
        "level-learning",
        name=skill.exercise.name,
        dose=dose(messages, skill.dose),
        best="" if best is None else dose(messages, best),
        working=dose(messages, skill.standing.working),
        tempo=_tempo(messages, skill),
    )


def _tempo(messages: Messages, skill: SkillStanding) -> str:
    """Write the tempo that is asked for, where it is one to count; a hold has none."""
    tempo = skill.exercise.default_tempo
    if not tempo or not tempo[0].isdigit():
        return ""
    return f", {messages.label('prescription-tempo', tempo=tempo)}"


def dose(messages: Messages, one: Dose) -> str:
    """Write sets and repetitions or seconds: "3 × 8", "4 × 30 s"."""
    amount = str(one.reps) if one.reps is not None else figures.duration(messages, one.seconds or 0)
    return messages.label("level-dose", sets=str(one.sets), amount=amount)


def _missing(messages: Messages, shown: Category, number: int) -> Iterator[Html]:
    if shown.is_passed(number):
        return
    yield Html("")
    missing, more = shown.missing(number), shown.still_to_master(number)
    if missing:
        yield messages.text("level-missing", names=", ".join(one.exercise.name for one in missing))
    if more:
        yield messages.text("level-more", count=more)


def news(messages: Messages, changes: MasteryChanges) -> list[Answer]:
    """Tell what was mastered or lost and which level it makes, a line each; nothing where nothing is new."""
    told = [
        *(
            messages.text("level-news-mastered", name=one.exercise.name, dose=dose(messages, one.dose))
            for one in changes.mastered
        ),
        *(
            messages.text("level-news-lost", name=one.exercise.name, dose=dose(messages, one.dose))
            for one in changes.lost
        ),
        *(_level_news(messages, one) for one in changes.levels),
    ]
    if not told:
        return []
    return [
        Text(lines(*told), [[Button(messages.label("level-show"), Action("level.show", {"new": True}, once=False))]])
    ]


def _level_news(messages: Messages, one: LevelChange) -> Html:
    return messages.text(
        "level-news-up" if one.after > one.before else "level-news-down",
        category=category_name(messages, one.category),
        name=level_name(messages, one.after),
        level=one.after,
    )
