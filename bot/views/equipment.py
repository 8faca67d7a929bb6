"""The user's kit: what there is by group, and the buttons by which it is told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from bot.answers import Action, Button
from bot.markup import Html, lines
from bot.messages import Messages
from bot.usecases.equipment import KitShown
from bot.views import pages
from bot.views.program_preview import page_buttons
from training.equipment_groups import GROUPS, PRESETS

Shown: TypeAlias = tuple[Html, list[list[Button]]]
ON_A_PAGE = 10
IN_A_ROW = 2


def kit(messages: Messages, shown: KitShown) -> Shown:
    """Show the whole kit, a button for each group and for each kit to start from."""
    head = messages.text("equipment-own", count=len(shown.own)) if shown.is_told else messages.text("equipment-none")
    return lines(head, *_groups(messages, shown)), [
        *_in_rows([_group_button(messages, shown, group) for group in GROUPS]),
        *_in_rows([_preset_button(messages, preset) for preset in PRESETS]),
        *_last_rows(messages, shown),
    ]


def _groups(messages: Messages, shown: KitShown) -> Iterator[Html]:
    for group in GROUPS:
        if own := shown.own_in(group):
            yield messages.text("equipment-line", group=_group_name(messages, group), names=", ".join(own))


def _group_name(messages: Messages, group: str) -> str:
    return messages.label("equipment-group", group=group)


def _group_button(messages: Messages, shown: KitShown, group: str) -> Button:
    label = messages.label(
        "equipment-group-count",
        group=_group_name(messages, group),
        own=len(shown.own_in(group)),
        all=len(GROUPS[group]),
    )
    return Button(label, Action("kit.group", {"group": group, "page": 0}, once=False))


def _preset_button(messages: Messages, preset: str) -> Button:
    return Button(
        messages.label("equipment-preset", preset=preset), Action("kit.preset", {"preset": preset}, once=False)
    )


def _last_rows(messages: Messages, shown: KitShown) -> Iterator[list[Button]]:
    yield [Button(messages.label("plates-to-kit"), Action("kit.loads", {}, once=False))]
    if shown.before:
        args = {"slugs": list(shown.before)}
        yield [Button(messages.label("equipment-put-back"), Action("kit.replace", args))]
    if shown.is_told:
        yield [Button(messages.label("equipment-forget"), Action("kit.replace", {"slugs": []}, once=False))]


def group(messages: Messages, shown: KitShown, name: str, page: int) -> Shown:
    """Show a group, each piece a button that adds it or takes it out."""
    slugs = [slug for slug in GROUPS[name] if slug in shown.names]
    count = max(1, -(-len(slugs) // ON_A_PAGE))
    page = pages.within(page, count)
    args = {"group": name, "page": page}
    toggles = [_toggle(shown, slug, args) for slug in slugs[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]]
    rows = _in_rows(toggles)
    if count > 1:
        rows.append(page_buttons(messages, "kit.group", args, page, count))
    rows.append([Button(messages.label("picker-back"), Action("kit.show", {}, once=False))])
    head = messages.text("equipment-ask", group=_group_name(messages, name))
    return lines(head, None if shown.is_told else messages.text("equipment-none-yet")), rows


def _toggle(shown: KitShown, slug: str, args: dict[str, object]) -> Button:
    has = slug in shown.own
    mark = "✅" if has else "▫️"
    return Button(f"{mark} {shown.names[slug]}", Action("kit.set", {**args, "slug": slug, "has": not has}, once=False))


def _in_rows(buttons: list[Button]) -> list[list[Button]]:
    return [buttons[at : at + IN_A_ROW] for at in range(0, len(buttons), IN_A_ROW)]
