"""Weeks and blocks in figures, with bars made of letters; and a mesocycle's feedback against its sets."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from bot.answers import Action, Button, Keyboard, Text
from bot.markup import Html, escape, join, lines
from bot.messages import Messages
from bot.usecases.charts import MOST_WEEKS
from bot.usecases.statistics import ExerciseProgress, FeedbackReview, Overview, Totals
from bot.views import figures, summary
from training.feedback_review import FeedbackAverage, FeedbackOutcome, WeekPerformance
from training.statistics import MuscleVolume, monday_of
from training.units import from_kg

BAR = 8
EIGHTHS = ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")
STREAK_FROM = 2
DAYS_FROM = 3
MOST_OUTCOMES = 8
MOST_FEEDBACK = 24


def overview(messages: Messages, shown: Overview, unit: str) -> Text:
    """Write a week or a block."""
    if not shown.has_any:
        return Text(messages.text("stats-none"))
    parts = [_heading(messages, shown), _totals(messages, shown, unit)]
    if shown.before is not None:
        parts.append(_before(messages, shown, shown.before, unit))
    if shown.offset == 0 and shown.week_streak >= STREAK_FROM:
        parts.append(_streak(messages, shown))
    if shown.muscles:
        parts += [Html(""), *_muscles(messages, shown, unit)]
    if shown.lifts and shown.offset == 0:
        parts += [Html(""), messages.text("stats-lifts"), *_lifts(messages, shown, unit)]
    return Text(lines(*parts), _keyboard(messages, shown))


def span(messages: Messages, first: date, last: date) -> str:
    """Write a span of days, the year only where it is not one: "16 – 22 Nov", "28 Dec 2026 – 3 Jan 2027"."""
    if (first.year, first.month) == (last.year, last.month):
        return messages.label("stats-days", first=str(first.day), last=_day(messages, last))
    with_year = first.year != last.year
    return messages.label("stats-days", first=_day(messages, first, with_year), last=_day(messages, last, with_year))


def _day(messages: Messages, when: date, with_year: bool = False) -> str:
    words = f"{when.day} {messages.label(f'month-{when.month}')}"
    return f"{words} {when.year}" if with_year else words


def _heading(messages: Messages, shown: Overview) -> Html:
    days = span(messages, shown.first, shown.last)
    if shown.mesocycle is not None:
        name, week, weeks = shown.mesocycle
        return messages.text("stats-mesocycle", name=name, week=str(week), weeks=str(weeks), days=days)
    if shown.span == "week":
        return messages.text("stats-week" if shown.offset else "stats-week-now", days=days)
    return messages.text("stats-block", weeks=_weeks(shown), days=days)


def _weeks(shown: Overview) -> int:
    return ((shown.last - shown.first).days + 1) // 7


def _totals(messages: Messages, shown: Overview, unit: str) -> Html:
    if not shown.totals.sets:
        return messages.text("stats-nothing-done")
    text = _counted(messages, shown.totals, unit)
    if shown.span == "week":
        return text
    a_week = messages.text("stats-per-week", count=figures.number(shown.sessions_per_week))
    return Html(f"{text} · {a_week}")


def _counted(messages: Messages, totals: Totals, unit: str) -> Html:
    parts = [messages.text("stats-sessions", count=totals.sessions)]
    if totals.minutes:
        parts.append(messages.text("summary-minutes", duration=summary.minutes(messages, totals.minutes)))
    parts.append(messages.text("stats-hard-sets", count=totals.hard_sets))
    if totals.tonnage_kg:
        parts.append(escape(summary.volume(messages, totals.tonnage_kg, unit)))
    return join(" · ", parts)


def _before(messages: Messages, shown: Overview, before: Totals, unit: str) -> Html:
    totals = _counted(messages, before, unit)
    if shown.span == "week":
        return messages.text("stats-before-week", totals=totals)
    return messages.text("stats-before-block", totals=totals, weeks=_weeks(shown))


def _streak(messages: Messages, shown: Overview) -> Html:
    weeks = str(shown.week_streak)
    if shown.day_streak < DAYS_FROM:
        return messages.text("stats-streak", weeks=weeks)
    return messages.text("stats-streak-days", weeks=weeks, days=str(shown.day_streak))


def _muscles(messages: Messages, shown: Overview, unit: str) -> list[Html]:
    """Write a line a muscle group: its name, a bar, its sets, and what its own lifts came to."""
    names = {muscle: messages.label("muscle-name", muscle=muscle) for muscle in shown.muscles}
    width = max(len(name) for name in names.values())
    most = max((volume.sets for volume in shown.muscles.values()), default=Decimal(0))
    has_tonnage = any(volume.tonnage_kg for volume in shown.muscles.values())
    written = [_muscle(names[muscle].ljust(width), volume, most, unit) for muscle, volume in shown.muscles.items()]
    heading = (
        messages.text("stats-muscles-tonnage", unit=messages.label("chart-unit", measure=unit))
        if has_tonnage
        else messages.text("stats-muscles")
    )
    return [heading, Html(f"<pre>{lines(*written)}</pre>")]


def _muscle(name: str, volume: MuscleVolume, most: Decimal, unit: str) -> Html:
    text = f"{name} {bar(volume.sets, most)} {figures.number(volume.sets):>4}"
    if volume.tonnage_kg:
        text += f" {figures.whole(from_kg(volume.tonnage_kg, unit)):>7,}"
    return escape(text.rstrip())


def bar(value: Decimal, most: Decimal) -> str:
    """Draw a bar of eight letters, exact to an eighth of one; what is not nothing is seen."""
    eighths = round(value / most * BAR * 8) if most else 0
    eighths = max(eighths, 1) if value else 0
    return ("█" * (eighths // 8) + EIGHTHS[eighths % 8]).ljust(BAR)


def _lifts(messages: Messages, shown: Overview, unit: str) -> list[Html]:
    written = []
    for lift in shown.lifts:
        own = lift.unit or unit
        estimate = figures.weight(messages, _rounded(lift.estimate_kg, own), own)
        if lift.weight_kg is None or lift.reps is None or lift.reps == 1:
            written.append(messages.text("stats-lift", name=lift.name, estimate=estimate))
            continue
        weight = figures.weight(messages, from_kg(lift.weight_kg, own), own)
        written.append(
            messages.text("stats-lift-set", name=lift.name, estimate=estimate, weight=weight, reps=str(lift.reps))
        )
    return written


def _rounded(kilograms: Decimal, unit: str) -> Decimal:
    """Give a load in a unit to a tenth; an estimate is no more exact than that."""
    return round(from_kg(kilograms, unit), 1)


def _keyboard(messages: Messages, shown: Overview) -> Keyboard:
    turning = [_to(messages.label("button-stats-earlier"), shown.span, shown.offset + 1)]
    if shown.offset:
        turning.append(_to(messages.label("button-stats-later"), shown.span, shown.offset - 1))
    other = "block" if shown.span == "week" else "week"
    turning.append(_to(messages.label(f"button-stats-{other}"), other, 0))
    weeks = min(_weeks(shown), MOST_WEEKS) if shown.span == "block" else 6
    pictures = [
        Button(
            messages.label("button-stats-picture"),
            Action("chart.volume", {"last": shown.last.isoformat(), "weeks": weeks}, once=False),
        )
    ]
    if shown.span == "week":
        monday = monday_of(shown.first).isoformat()
        kept = Action("chart.week", {"monday": monday}, once=False)
        pictures.append(Button(messages.label("button-stats-kept"), kept))
    rows = [turning, pictures]
    if shown.mesocycle is not None and shown.mesocycle_id is not None:
        review = Action("stats.feedback", {"id": str(shown.mesocycle_id)}, once=False)
        rows.append([Button(messages.label("button-stats-feedback"), review)])
    return rows


def _to(label: str, span: str, offset: int) -> Button:
    return Button(label, Action("stats.show", {"span": span, "offset": offset}, once=False))


# ------------------------------------------------------------------ a mesocycle's feedback


def feedback(messages: Messages, review: FeedbackReview | None, unit: str) -> Text:
    """Write what was said of muscle groups against the sets that followed, and the lifts against theirs."""
    back = [[_to(messages.label("button-stats-back"), "block", 0)]]
    if review is None:
        return Text(messages.text("stats-nothing-done"), back)
    parts: list[Html] = []
    if review.averages:
        parts.append(messages.text("stats-feedback", name=review.name))
        parts += [_average(messages, one) for one in review.averages[-MOST_FEEDBACK:]]
        parts.append(messages.text("stats-feedback-scale"))
    else:
        parts.append(messages.text("stats-feedback-none", name=review.name))
    known = sorted((one for one in review.outcomes if one.next_sets is not None), key=lambda one: -one.occurrences)
    if known:
        parts += [Html(""), messages.text("stats-outcomes")]
        parts += [_outcome(messages, one) for one in known[:MOST_OUTCOMES]]
    if review.exercises:
        parts += [Html(""), messages.text("stats-performance")]
        parts += [_progress(messages, one, unit) for one in review.exercises]
    return Text(lines(*parts), back)


def _average(messages: Messages, one: FeedbackAverage) -> Html:
    change = (
        messages.text("stats-feedback-open", before=one.sets)
        if one.next_sets is None
        else messages.text("stats-feedback-change", before=str(one.sets), after=str(one.next_sets))
    )
    return messages.text(
        "stats-feedback-line",
        week=str(one.week_number),
        muscle=messages.label("muscle-name", muscle=one.muscle),
        said=_said(messages, one),
        change=change,
    )


def _said(messages: Messages, one: FeedbackAverage | FeedbackOutcome) -> str:
    said = []
    if one.soreness is not None:
        said.append(messages.label("stats-feedback-soreness", level=figures.number(one.soreness)))
    if one.pump is not None:
        said.append(messages.label("stats-feedback-pump", level=figures.number(one.pump)))
    if one.challenge is not None:
        said.append(messages.label("stats-feedback-challenge", level=figures.number(one.challenge)))
    return ", ".join(said) or messages.label("stats-feedback-nothing")


def _outcome(messages: Messages, one: FeedbackOutcome) -> Html:
    return messages.text(
        "stats-outcome",
        muscle=messages.label("muscle-name", muscle=one.muscle),
        said=_said(messages, one),
        sets=figures.number(one.next_sets or Decimal(0)),
        times=one.occurrences,
    )


def _progress(messages: Messages, one: ExerciseProgress, unit: str) -> Html:
    weeks = " → ".join(_performance(messages, week, unit) for week in one.weeks)
    return messages.text("stats-performance-line", name=one.name, weeks=weeks)


def _performance(messages: Messages, week: WeekPerformance, unit: str) -> str:
    if week.estimate_kg is None:
        return messages.label("stats-performance-sets", sets=week.hard_sets)
    estimate = figures.weight(messages, _rounded(week.estimate_kg, unit), unit)
    return messages.label("stats-performance-week", sets=week.hard_sets, estimate=estimate)
