"""Opens days, weeks and sections: what a heading makes of the state, and what the day below it is called."""

from __future__ import annotations

from parser.clauses import Clause
from parser.document import DayDraft
from parser.headings import Heading, is_body_part
from parser.lines import ScannedLine
from parser.name_spots import Spot
from parser.normalise import fold
from parser.outline_state import has_work, without_calendar
from parser.scope_lines import ScopeLines

SURE = 0.9
LONGEST_HEAD = 8
OTHER_WORK = frozenset(
    ["abs", "core", "cardio", "mobility", "stretching", "cooldown", "cool down", "conditioning", "finisher", "metcon",
     "bauch", "dehnen", "пресс", "кор", "кардио", "растяжка", "заминка", "abdomen", "abdominales", "estiramientos",
     "abdominais", "alongamento", "abdos", "abdominaux", "etirements"]
)  # fmt: skip


class DayOpenings(ScopeLines):
    """Opens what headings head."""

    def _lift_of_day(self, line: ScannedLine, clauses: list[Clause]) -> Spot | None:
        """`Day 1 - Squat` and `Mon: Press` may head the figures of one exercise; `Day 2: squat, bench` does not."""
        told = [a for a in line.atoms if a.kind != "sep"]
        if len(told) == 1 and len(clauses) == 1 and is_body_part(told[0].text, self.lexicon):
            # `Calves` heads a day of them as well as the sets right below.
            spot = clauses[0].spot
            return spot if spot is not None and spot.is_known else None
        if not line.has_role("day", "weekday") or len(line.atoms) > LONGEST_HEAD:
            return None
        known = [c.spot for c in clauses if c.spot is not None and c.spot.is_known]
        if not known:
            shown = [a for a in line.atoms if a.text not in ("(", ")", "[", "]")]
            known = [spot for spot in self.finder.find(shown) if spot.is_known and spot.resolution.score >= SURE]
        lifts = [spot for spot in known if not is_body_part(spot.text, self.lexicon)]
        return lifts[0] if len(lifts) == 1 and not has_work(without_calendar(line.atoms)) else None

    @staticmethod
    def _names_week(line: ScannedLine, clauses: list[Clause]) -> bool:
        """`5/3/1 Week 3, Deadlift` heads the figures of one exercise."""
        known = [c for c in clauses if c.spot is not None and c.spot.is_known and c.spot.resolution.score >= SURE]
        return line.has_role("week") and len(known) == 1 and not has_work(without_calendar(line.atoms))

    def _open(self, heading: Heading, line: ScannedLine) -> None:
        self.stage(line, f"heading {heading.kind}", heading.name)
        if heading.kind == "section":
            self.in_warmup = line.has_role("warmup") or "warm" in heading.name.lower()
            self.block = []
            if fold(heading.name) in OTHER_WORK:
                # `Core` below squats: what follows is of no squat.
                self.current = self.title_spot = None
            return
        self.in_warmup = False
        if self.scope is not None and not self.scope.is_whole_text:
            self.scope = None
        self.block = []
        rests = [a for a in line.atoms if a.unit == "rest"]
        if rests and not heading.rest and not self.outline.entries:
            self.outline.whole_rest = rests
        if heading.kind == "week":
            self.week, self.week_name, self.week_line = heading.week, heading.name, line.number
        self._open_day(heading)
        is_under_exercise = heading.kind == "week" and bool(heading.rest)
        entries = self.outline.entries
        if len(entries) == 1 and not any(has_work(part) for part in entries[0].parts) and entries[0].spot.is_known:
            self.title_spot = entries.pop().spot
        if not is_under_exercise:
            self.current = None

    def _open_day(self, heading: Heading) -> None:
        name = self._name_of_day(heading)
        days = self.outline.days
        known = self.day_places.get(name)
        if known is not None and heading.week is not None:
            self.day = known
            return
        if heading.kind == "day" and heading.week is not None:
            self.week = heading.week
        days.append(DayDraft(name, heading.week if heading.week is not None else self.week, heading.weekday))
        self.day = self.day_places[name] = len(days) - 1

    def _name_of_day(self, heading: Heading) -> str:
        """Days under a week, and weeks under a day that holds nothing else, are called by both."""
        name = heading.name
        if heading.kind == "day" and heading.week is None:
            if self.day_over_weeks is not None:
                self.week, self.week_name, self.day_over_weeks = None, None, None
            if self.week_name is not None and self.week_name not in name:
                return f"{self.week_name} {name}"
            self.lone_day = name if self.week_name is None else None
        elif heading.kind == "day":
            self.lone_day = self.day_over_weeks = None
        elif heading.kind == "week":
            if self.lone_day is not None and not any(e.day == self.day for e in self.outline.entries):
                self.day_over_weeks = self.lone_day
            self.lone_day = None
            if self.day_over_weeks is not None:
                return f"{self.day_over_weeks} {name}"
        return name
