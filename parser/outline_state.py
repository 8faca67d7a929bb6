"""What the outline builder knows while it goes through the lines, and the small questions it asks of atoms."""

from __future__ import annotations

from parser.atoms import Atom
from parser.clauses import without_brackets
from parser.document import Entry, Outline, Scope
from parser.lexicon import Lexicon
from parser.lines import ScannedLine
from parser.name_spots import Spot, SpotFinder
from parser.normalise import fold
from parser.reading import Candidate
from parser.vocabulary import Resolution, Vocabulary

ALL_WORDS = frozenset({"all", "everything", "todo", "todos", "alle", "alles", "все", "tout", "tous", "tudo"})
ATTACHED = frozenset(
    {
        "dumbbell",
        "barbell",
        "kettlebell",
        "cable",
        "band",
        "machine",
        "smith machine",
        "single arm",
        "single leg",
        "plate",
        "rope",
        "ez bar",
        "trap bar",
    }
)
# `leg press... no`: said and not done.
REFUSALS = frozenset({"no", "nope", "нет", "nein", "non", "nao"})
WORK_UNITS = (
    None,
    "kg",
    "lb",
    "plate",
    "rep",
    "set",
    "second",
    "metre",
    "percent",
    "amrap",
    "pair",
    "bar",
    "bodyweight",
    "round",
    "calorie",
)
FIELD_UNITS = ("set", "rep", "rest", "rpe", "rir", "kg", "lb", "percent")


class OutlineState:
    """The day, week, block, scope and exercise that a line stands under."""

    def __init__(self, text: str, lexicon: Lexicon, vocabulary: Vocabulary, under_way: Candidate | None = None) -> None:
        self.text = text
        self.lexicon = lexicon
        self.vocabulary = vocabulary
        self.finder = SpotFinder(text, lexicon, vocabulary)
        self.outline = Outline()
        self.day = 0
        self.day_places: dict[str, int] = {}
        self.week: int | None = None
        self.week_name: str | None = None
        self.week_line = -9
        self.lone_day: str | None = None
        self.day_over_weeks: str | None = None
        self.has_day_lift = False
        self.scope: Scope | None = None
        self.scope_count = 0
        self.current: Entry | None = entry_under_way(under_way)
        self.title_spot: Spot | None = None
        self.is_after_blank = False
        self.block: list[Entry] = []
        self.supersets = 0
        self.in_warmup = False
        self.last_rest: tuple[list[Atom], int] = ([], 0)
        self.has_fields = False
        self.in_note = False
        self.title_candidate: Spot | None = None
        self.headed_lists: frozenset[int] = frozenset()
        self.numbered: frozenset[int] = frozenset()

    def stage(self, line: ScannedLine, what: str, detail: str = "") -> None:
        """Keep what a line was taken for, for --explain and for the rule that nothing vanishes."""
        self.outline.stages.append((line.number, what, detail))

    def _next_superset(self) -> str:
        self.supersets += 1
        return f"S{self.supersets}"


def entry_under_way(candidate: Candidate | None) -> Entry | None:
    """Make an entry of the exercise that is being logged; its line is 0 until the text adds to it."""
    if candidate is None:
        return None
    resolution = Resolution(candidate, (candidate,), 1.0, candidate.name, "under way")
    return Entry(Spot(0, 0, candidate.name, resolution, 0, True), 0, 0, 0)


def has_repetitions(entry: Entry) -> bool:
    amounts = [a for part in entry.parts for a in part if a.kind == "amount"]
    return any(a.unit in ("rep", "second", "metre", "amrap") for a in amounts) or any(
        a.kind == "times" for part in entry.parts for a in part
    )


def rounds_of_minutes(amounts: list[Atom]) -> int:
    """`EMOM 10 min` has ten rounds, `every 2 minutes for 10 minutes` five."""
    times = sorted(int(a.low) for a in amounts if a.unit == "second" and a.low)
    if not times:
        return 1
    each = times[0] if len(times) > 1 else 60
    return max(1, times[-1] // max(1, each))


def of_first_sentence(atoms: list[Atom]) -> list[Atom]:
    """Give the amounts up to the first full stop behind one of them: `Rest 2 min. Call me at 555-0142.`"""
    kept: list[Atom] = []
    for atom in atoms:
        if atom.kind == "amount":
            kept.append(atom)
        if kept and atom.text.endswith((".", "!")):
            break
    return kept


def has_work(atoms: list[Atom]) -> bool:
    """Tell whether atoms hold a figure that a set can have."""
    return any(a.kind == "amount" and a.unit in WORK_UNITS for a in atoms)


def share_rest(entries: list[Entry]) -> None:
    """`bench 5x5, row 3x12. Rest 2 min`: a rest in a sentence of its own holds for all exercises of the line."""
    if len(entries) < 2 or not entries[-1].parts:
        return
    last = entries[-1].parts[-1]
    stop = next((i for i, a in enumerate(last) if a.kind == "sep" and a.text == "."), len(last))
    rests = [a for a in last[stop:] if a.unit == "rest"]
    others = [a for a in last[stop:] if a.kind == "amount" and a.unit != "rest"]
    if rests and not others and not any(a.unit == "rest" for e in entries[:-1] for part in e.parts for a in part):
        for entry in entries[:-1]:
            if not entry.parts:
                entry.add([])
            entry.parts[-1] = [*entry.parts[-1], *rests]


def rounds_at_end(parts: list[list[Atom]]) -> Atom | None:
    """`10 pull ups, 20 dips, 30 push ups x 3 rounds`: take the rounds that hold for all off the last exercise."""
    last = parts[-1]
    rounds = [a for a in last if a.unit == "round" and a.low is not None]
    figures = [[a for a in part if a.kind == "amount" and a not in rounds] for part in parts]
    is_plain = all(len(one) == 1 and one[0].unit in (None, "rep", "second", "metre", "calorie") for one in figures)
    if len(parts) < 2 or len(rounds) != 1 or not is_plain or rounds[0].start < figures[-1][0].start:
        return None
    last[:] = [a for a in last if a.start < rounds[0].start and a.kind != "times"]
    return rounds[0]


def stands_in_talk(line: ScannedLine, spot: Spot) -> bool:
    """`45 lb hanging off the belt`: a load in front and words behind; `couch-to-pullup`: a part of another word."""
    before = [a for a in line.atoms if a.end <= spot.start]
    behind = [a for a in line.atoms if a.start >= spot.end]
    is_part = len(before) > 1 and before[-1].text == "-" and before[-1].end == spot.start and before[-1].is_glued
    follows_load = bool(before) and before[-1].kind == "amount" and before[-1].unit in ("kg", "lb")
    return is_part or (follows_load and bool(behind) and behind[0].kind != "sep")


def is_told_elsewhere(line: ScannedLine) -> bool:
    """`the usual but heavier`: what to do or what was done stands somewhere else, so the line is asked about."""
    return line.has_role("other_day", "same") and not line.has_role("greeting", "life", "question")


def tells_maxima(atoms: list[Atom]) -> bool:
    """`Training max: squat 315, bench 225` tells what percents are of, not what is done."""
    amounts = [a for a in atoms if a.kind == "amount"]
    behind = next((a for a in atoms if a.role == "training_max"), None)
    if behind is None or any(a.kind == "times" for a in atoms):
        return False
    loads = [a for a in amounts if a.start > behind.start]
    return bool(loads) and all(a.unit in (None, "kg", "lb") and (a.low or 0) >= 20 for a in loads)


def without_calendar(atoms: list[Atom]) -> list[Atom]:
    """Leave out the numbers of weeks and days: `Week 1 from your 1RM` holds no set."""
    kept: list[Atom] = []
    for index, atom in enumerate(atoms):
        is_dated = index > 0 and atoms[index - 1].role in ("week", "day") and atom.kind == "amount"
        if not (is_dated and atom.unit is None and not atom.is_glued):
            kept.append(atom)
    return kept


def looks_like_work(atoms: list[Atom]) -> bool:
    """Tell whether a line without a name carries figures of sets all the same."""
    amounts = [a for a in atoms if a.kind == "amount"]
    has_product = any(a.kind == "times" for a in atoms) and len(amounts) > 1
    units = {a.unit for a in amounts}
    if has_product or bool(units & {"rep", "set", "amrap"}) or (bool(units & {"kg", "lb"}) and len(amounts) > 1):
        return True
    return _has_list(atoms) and sum(a.kind == "word" for a in atoms) <= 4


def asks(line: ScannedLine) -> bool:
    """A question has its sign or starts with a question word."""
    told = without_brackets(line.atoms)
    said = told if any(a.kind == "amount" for a in told) else line.atoms
    has_sign = any((a.role == "question" and "?" in a.text) or a.text == "?" for a in said)
    return has_sign or line.first_role() in ("question", "greeting")


def talk_around(line: ScannedLine, spot: Spot, lexicon: Lexicon) -> int:
    """Count the words of the name's sentence that mean nothing to a lifter."""
    count = 0
    for atom in line.atoms:
        if atom.kind == "sep" and atom.text in ".!?;":
            if atom.start >= spot.end:
                break
            if not atom.is_glued or atom.end < spot.start:
                count = 0
        is_outside = not spot.start <= atom.start < spot.end
        if atom.kind == "word" and is_outside and len(atom.text) > 1 and fold(atom.text) not in lexicon.fillers:
            count += 1
    return count


def has_product(atoms: list[Atom]) -> bool:
    """Tell whether sets, repetitions and loads stand together as figures, not just as a number in a sentence."""
    amounts = [a for a in atoms if a.kind == "amount" and a.unit in WORK_UNITS]
    if any(a.unit in ("set", "rep", "amrap") for a in amounts) or _has_list(atoms):
        return True
    return len(amounts) > 1 and any(a.kind == "times" for a in atoms)


def _has_list(atoms: list[Atom]) -> bool:
    """`10 9 8 7` and `12/10/8`: three small numbers in a row are the repetitions of sets."""
    run = 0
    for atom in atoms:
        if atom.kind == "amount" and atom.unit is None and 0 < (atom.low or 0) <= 50:
            run += 1
        elif atom.kind != "sep" or atom.text not in "/,-":
            run = 0
        if run >= 3:
            return True
    return False


def tells_marks(atoms: list[Atom]) -> bool:
    """`Energy: 8/10`, `Ощущения 7/10`: words and so many points of ten tell how it felt."""
    told = [a for a in atoms if a.kind != "sep"]
    if len(told) < 3 or any(a.kind != "word" for a in told[:-2]):
        return False
    first, most = told[-2:]
    between = [a for a in atoms if a.kind == "sep" and first.end <= a.start < most.start]
    is_plain = all(a.kind == "amount" and a.unit is None and a.low is not None for a in (first, most))
    return is_plain and [a.text for a in between] == ["/"] and most.low == 10 and (first.low or 0) <= 10


def without_row_number(atoms: list[Atom], rows: int) -> list[Atom]:
    """`1 / 50 kg / 12`, `2 / 60 kg / 10` below a name: the first of three figures counts the sets."""
    told = [a for a in atoms if a.kind != "sep"]
    signs = {a.text for a in atoms if a.kind == "sep"}
    if (
        len(told) != 3
        or len(signs) != 1
        or not signs & {"/", "|", "-", ";", "•"}
        or any(a.kind != "amount" for a in told)
    ):
        return atoms
    number, load, count = told
    is_row = number.unit is None and number.low == number.high == rows + 1 and not number.sign
    if not is_row or load.unit not in ("kg", "lb") or count.unit not in (None, "rep"):
        return atoms
    return [a for a in atoms if a.start > number.end and a.text not in signs] if is_row else atoms
