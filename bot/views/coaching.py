"""Athletes of a coach, coaches of an athlete, invitations, and the news of both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.answers import Action, Button, CopyButton, Edit, Text
from bot.coached import about_people, home, name_of
from bot.markup import Html, lines
from bot.messages import Messages
from bot.usecases.coaching import News, Opened
from bot.views.plans import Shown
from storage.repositories.coached import FOR
from storage.repositories.coaching import InvitationState, Partner


def athletes(messages: Messages, partners: Sequence[Partner]) -> Shown:
    """List whom a coach coaches, a button for each, and the way to invite more."""
    rows = [[Button(_name(messages, one), home(one.id))] for one in partners]
    invite = Button(messages.label("coach-invite"), Action("coach.invite", {}, once=False), "primary")
    return messages.text("coach-athletes", count=len(partners)), [*rows, [invite]]


def _name(messages: Messages, partner: Partner) -> str:
    return name_of(messages, partner.full_name, partner.username)


def invited(messages: Messages, link: str, days: int) -> Text:
    return Text(
        messages.text("coach-invited", link=link, days=days), [[CopyButton(messages.label("coach-copy-link"), link)]]
    )


def athlete(messages: Messages, partner: Partner, day: str) -> Shown:
    """Show the ways into an athlete's training."""
    acting = {FOR: str(partner.id)}
    plans = Button(
        messages.label("coach-plans"), Action("plan.list", {"shelf": "own", "page": 0, **acting}, once=False)
    )
    sessions = Button(messages.label("coach-sessions"), Action("history.page", {"offset": 0, **acting}, once=False))
    records = Button(messages.label("coach-records"), Action("records.page", {"offset": 0, **acting}, once=False))
    meso = Button(messages.label("coach-meso"), Action("coach.meso", acting, once=False))
    leave = Button(
        messages.label("coach-leave"), Action("coach.ask_leave", {"athlete": str(partner.id)}, once=False), "danger"
    )
    back = Button(messages.label("coach-to-athletes"), Action("coach.athletes", {}, once=False))
    text = messages.text("coach-athlete", name=_name(messages, partner), day=day)
    return text, [[plans, sessions], [records, meso], [leave, back]]


def ask_leave(messages: Messages, partner: Partner) -> Edit:
    """Ask a coach once whether a coaching shall end."""
    yes = Button(messages.label("coach-leave-yes"), Action("coach.leave", {"athlete": str(partner.id)}), "danger")
    no = Button(messages.label("coach-keep"), home(partner.id))
    told = messages.text("coach-ask-leave", name=_name(messages, partner))
    return Edit(told, [[yes, no]], about_people(partner.id))


def invitation(messages: Messages, opened: Opened) -> Text:
    """Say who invites, and what they will see and may do; or why nothing comes of the link."""
    state, coach = opened.invitation.state, opened.invitation.coach
    if state is not InvitationState.OPEN or coach is None:
        return Text(refused(messages, opened), about=_about(opened))
    args = {"hash": opened.token_hash}
    accept = Button(messages.label("coach-accept"), Action("coach.accept", args), "success")
    decline = Button(messages.label("coach-decline"), Action("coach.decline", args))
    told = messages.text("coach-invitation", name=_name(messages, coach))
    return Text(told, [[accept, decline]], about_people(coach.id))


def refused(messages: Messages, opened: Opened) -> Html:
    coach = opened.invitation.coach
    name = "" if coach is None else _name(messages, coach)
    return messages.text(f"coach-link-{opened.invitation.state}", name=name)


def accepted(messages: Messages, opened: Opened) -> Edit:
    return Edit(refused(messages, opened), about=_about(opened))


def _about(opened: Opened) -> dict[str, list[str]] | None:
    coach = opened.invitation.coach
    return None if coach is None else about_people(coach.id)


def coaches(messages: Messages, partners: Sequence[Partner], days: Mapping[object, str]) -> Shown:
    """List who coaches a user, each with the way to end it."""
    if not partners:
        return messages.text("coach-none"), []
    told = (messages.text("coach-one", name=_name(messages, one), day=days[one.id]) for one in partners)
    label = "coach-end"
    rows = [
        [Button(messages.label(label, name=_name(messages, one)), Action("coach.ask_end", _of(one), once=False))]
        for one in partners
    ]
    return lines(messages.text("coach-coaches"), Html(""), *told), rows


def _of(partner: Partner) -> dict[str, str]:
    return {"coach": str(partner.id)}


def ask_end(messages: Messages, partner: Partner) -> Edit:
    """Ask an athlete once whether a coaching shall end."""
    yes = Button(messages.label("coach-end-yes"), Action("coach.end", _of(partner)), "danger")
    no = Button(messages.label("coach-keep"), Action("coach.coaches", {}, once=False))
    return Edit(messages.text("coach-ask-end", name=_name(messages, partner)), [[yes, no]], about_people(partner.id))


def news(messages: Messages, told: News) -> Text:
    """Tell one of the two what the other has done."""
    text = messages.text(f"coach-news-{told.kind}", name=_name(messages, told.sender), plan=told.plan_name)
    about = about_people(told.sender.id)
    if told.kind == "accepted":
        return Text(text, [[Button(messages.label("coach-open-athlete"), home(told.sender.id))]], about)
    if told.plan_id is None:
        return Text(text, about=about)
    open_plan = Action("plan.open", {"plan": str(told.plan_id)}, once=False)
    return Text(text, [[Button(messages.label("plan-open"), open_plan)]], about)
