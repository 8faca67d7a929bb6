"""The LLM reader against a server that answers well, badly, and not at all."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from parser.claims import claims_of, describe
from parser.cross_check import cross_check
from parser.llm_client import FailureReason
from parser.llm_prompt import MOST_CHARACTERS, MOST_LINES, PROMPT_VERSION, SYSTEM
from parser.llm_reader import Extracted, ExtractionFailed, LlmOutcome, LlmReader
from parser.reading import Confidence, Habits, Kind, Reading, ReadingContext, UnreadLine
from tests import fake_openai as fake
from tests.fake_openai import Answer, FakeOpenAI, answer, exercise
from tests.fake_openai import group as sets

MEDIUM, LOW = Confidence.MEDIUM, Confidence.LOW
CONTEXT = ReadingContext()


def unread(text: str, kind: Kind = "log") -> Reading:
    """What shorthand would say if it could read nothing of a text."""
    lines = tuple(UnreadLine(number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip())
    return Reading(kind, unread=lines)


async def extract(
    server: FakeOpenAI, text: str, shorthand: Reading | None = None, context: ReadingContext = CONTEXT, **changes: Any
) -> LlmOutcome:
    reader = LlmReader(server.settings(**changes))
    try:
        return await reader.extract(text, context, unread(text) if shorthand is None else shorthand)
    finally:
        await reader.close()


async def read(text: str, says: dict[str, Any], shorthand: Reading | None = None, **changes: Any) -> Reading:
    async with FakeOpenAI(fake.says(says)) as server:
        outcome = await extract(server, text, shorthand, **changes)
    assert isinstance(outcome, Extracted)
    return outcome.reading


BENCH = "did the bench today, 3 rounds of 8 with 80 on the bar"
BENCH_ANSWER = answer(exercise(1, "bench", sets(3, 8, 80), english="Bench Press"))


async def test_what_was_read_is_grounded_and_no_more_than_medium() -> None:
    async with FakeOpenAI(fake.says(BENCH_ANSWER)) as server:
        outcome = await extract(server, BENCH)
    assert isinstance(outcome, Extracted)
    (bench,) = outcome.reading.exercises
    assert (bench.name, bench.key, describe(claims_of(bench))) == (
        "Barbell Bench Press",
        "barbell-bench-press",
        "3x8 80",
    )
    assert (bench.raw, bench.line, bench.reader) == (BENCH, 1, "llm")
    assert bench.confidence in (MEDIUM, LOW)
    spent = (outcome.prompt_tokens, outcome.completion_tokens, outcome.cached_tokens, outcome.requests)
    assert spent == (100, 25, 64, 1)
    assert (outcome.model, outcome.incomplete, outcome.prompt_version) == ("fake", None, PROMPT_VERSION)


@pytest.mark.parametrize("wrap", [fake.says, fake.says_fenced, fake.says_after_thinking, fake.says_in_parts])
async def test_an_answer_is_found_in_whatever_it_is_wrapped(wrap: Any) -> None:
    async with FakeOpenAI(wrap(BENCH_ANSWER)) as server:
        outcome = await extract(server, BENCH)
    assert isinstance(outcome, Extracted)
    assert len(outcome.reading.exercises) == 1


# Answers that are no answer: asked for again once, with what was wrong.
NO_ANSWERS = [
    "I'd rather talk about the weather.",
    "{}",
    '{"kind": "log", "days": [], "exercises": "none"}',
    '{"kind": "poem", "days": [], "exercises": []}',
    '{"kind": "log", "days": [], "exercises": [{"line": 1}]}',
    str(BENCH_ANSWER),  # Single quotes are no JSON.
    '{"kind": "log", "days": [], "exercises": [',
    "[]",
    "{" * 5000,
    '{"kind": "log", "days": [1e999], "exercises": []}',
]


@pytest.mark.parametrize("content", NO_ANSWERS)
async def test_an_answer_of_the_wrong_shape_is_asked_for_once_more(content: str) -> None:
    async with FakeOpenAI(fake.says_text(content), fake.says(BENCH_ANSWER)) as server:
        outcome = await extract(server, BENCH)
        assert isinstance(outcome, Extracted)
        assert (len(outcome.reading.exercises), outcome.requests, outcome.prompt_tokens) == (1, 2, 200)
        last = server.requests[1]["messages"]
        assert [message["role"] for message in last] == ["system", "user", "assistant", "user"]
        assert "Answer again" in last[-1]["content"]


@pytest.mark.parametrize("content", NO_ANSWERS)
async def test_an_answer_that_is_wrong_twice_is_given_up(content: str) -> None:
    async with FakeOpenAI(fake.says_text(content)) as server:
        outcome = await extract(server, BENCH)
        assert isinstance(outcome, ExtractionFailed)
        assert (outcome.reason, outcome.completion_tokens, len(server.requests)) == ("bad_answer", 50, 2)


FAILURES: list[tuple[Answer, FailureReason]] = [
    (fake.refuses(), "refused"),
    (fake.says_nothing(), "empty"),
    (fake.is_filtered(), "filtered"),
    (fake.has_null_choices(), "bad_answer"),
    (fake.is_html(), "bad_answer"),
    (fake.is_event_stream(), "bad_answer"),
    (fake.is_huge(), "bad_answer"),
    (fake.is_cut_off("{"), "truncated"),
    (fake.is_limited(), "rate_limited"),
    (fake.fails(), "server_error"),
    (fake.cuts_connection(), "unreachable"),
    (fake.objects("no such key", status=401), "auth"),
]


@pytest.mark.parametrize(("trouble", "reason"), FAILURES)
async def test_trouble_with_the_endpoint_is_a_reason(trouble: Answer, reason: FailureReason) -> None:
    async with FakeOpenAI(trouble) as server:
        outcome = await extract(server, BENCH)
    assert isinstance(outcome, ExtractionFailed)
    assert outcome.reason == reason


@pytest.mark.parametrize("trouble", [fake.hangs(), fake.drips(), fake.fails()])
async def test_the_deadline_ends_everything(trouble: Answer) -> None:
    async with FakeOpenAI(trouble) as server:
        outcome = await extract(server, BENCH, timeout_seconds=0.2, deadline_seconds=0.2, max_retries=5)
    assert isinstance(outcome, ExtractionFailed)
    assert outcome.reason in ("timeout", "server_error")


async def test_without_an_endpoint_the_reason_says_so() -> None:
    async with FakeOpenAI(fake.says(BENCH_ANSWER)) as server:
        outcome = await extract(server, BENCH, model=None)
        assert isinstance(outcome, ExtractionFailed)
        assert (outcome.reason, server.requests) == ("not_configured", [])


async def test_exercises_that_are_whole_survive_a_cut() -> None:
    text = "bench went 80 for 8\nthen rows 60 for 10"
    whole = str(answer(exercise(1, "bench", sets(1, 8, 80)))).replace("'", '"').replace("None", "null")
    async with FakeOpenAI(fake.is_cut_off(whole[:-2] + ', {"line": 2, "end": 2, "wor')) as server:
        outcome = await extract(server, text)
    assert isinstance(outcome, Extracted)
    assert (outcome.incomplete, [e.line for e in outcome.reading.exercises]) == ("truncated", [1])
    assert [line.line for line in outcome.reading.unread] == [2]


# ------------------------------------------------------------------------------------------------ what is asked


async def test_the_rules_come_first_and_never_change_and_the_text_comes_last() -> None:
    async with FakeOpenAI(fake.says(answer())) as server:
        await extract(server, "bench something")
        await extract(server, "жим как-то", context=ReadingContext(unit="lb", language="ru"))
        assert [request["messages"][0]["content"] for request in server.requests] == [SYSTEM, SYSTEM]
        assert server.requests[0]["messages"][1]["content"].endswith("> 1: bench something")
        assert "tools" not in server.requests[0]


async def test_only_the_unclear_lines_are_asked_about_with_their_surroundings() -> None:
    text = "Day 1:\nBench 3x8\nSquat 3x5\n\nrow it like crazy 3 by 10\nCurl 3x12\nDip 3x8\nFly 3x12"
    shorthand = Reading("program", unread=(UnreadLine(5, "row it like crazy 3 by 10"),))
    async with FakeOpenAI(fake.says(answer())) as server:
        await extract(server, text, shorthand)
        question = server.requests[0]["messages"][1]["content"]
    assert question.startswith("Kind: program\n")
    lines = question.partition("Lines:\n")[2].split("\n")
    assert lines == ["  1: Day 1:", "> 5: row it like crazy 3 by 10", "  6: Curl 3x12"]


async def test_candidates_come_as_ids_and_go_back_as_keys() -> None:
    seen: list[str] = []

    def pick_front_squat(body: fake.Body) -> object:
        question = body["messages"][1]["content"]
        seen.extend(line for line in question.split("\n") if line[:2] in ("E1", "E2", "E3"))
        chosen = next(line.split(" ")[0] for line in seen if line.endswith(" Front Squat"))
        return answer(exercise(1, "front squats", sets(3, 5, 100), pick=chosen))

    async with FakeOpenAI(fake.answers_with(pick_front_squat)) as server:
        outcome = await extract(server, "those front squats were 100 for 3 sets of 5")
    assert isinstance(outcome, Extracted)
    (squat,) = outcome.reading.exercises
    assert (squat.key, squat.confidence, squat.doubts) == ("front-squat", MEDIUM, ())
    assert seen[0].startswith("E1 ")


@pytest.mark.parametrize("pick", ["E99", "E0", "E-1", "barbell-bench-press", "", "E1; DROP TABLE", "E\u0661"])
async def test_an_id_that_was_not_offered_is_none(pick: str) -> None:
    reading = await read(BENCH, answer(exercise(1, "bench", sets(3, 8, 80), pick=pick)))
    assert [e.key for e in reading.exercises] == ["barbell-bench-press"]


async def test_a_long_text_goes_out_in_parts_up_to_a_limit() -> None:
    text = "\n".join(f"mystery move number {number}" for number in range(1, 101))
    async with FakeOpenAI(fake.says(answer())) as server:
        outcome = await extract(server, text, max_requests=3)
        assert isinstance(outcome, Extracted)
        assert (len(server.requests), outcome.incomplete) == (3, "too_long")
        marked = [prompt.count("\n> ") - SYSTEM.count("\n> ") for prompt in map(server.prompt, range(3))]
        assert marked == [MOST_LINES] * 3


async def test_a_line_of_twenty_thousand_characters_is_shown_in_part_and_asked_about() -> None:
    text = "bench 80x8 " + "and so on " * 2000
    async with FakeOpenAI(fake.says(answer(exercise(1, "bench", sets(1, 8, 80))))) as server:
        outcome = await extract(server, text)
        assert len(server.requests[0]["messages"][1]["content"]) < MOST_CHARACTERS
    assert isinstance(outcome, Extracted)
    assert [(e.confidence, e.doubts[-1].detail) for e in outcome.reading.exercises] == [(LOW, "line_shown_in_part")]


async def test_nothing_is_asked_where_nothing_is_unclear() -> None:
    async with FakeOpenAI(fake.says(BENCH_ANSWER)) as server:
        outcome = await extract(server, BENCH, Reading("log"))
        assert (isinstance(outcome, Extracted), server.requests) == (True, [])


# ------------------------------------------------------------------------------------------------ what is kept

# A text, an answer, and what is left of it: name, sets, confidence, kinds of doubt.
KEPT: list[tuple[str, dict[str, Any], list[tuple[str, str, Confidence, list[str]]]]] = [
    # A number of the model's own is dropped, and the exercise is asked about.
    ("lat pulldown 60 for 8", exercise(1, "lat pulldown", sets(3, 8, 60), english="Lat Pulldown"),
     [("Lat Pulldown", "1x8 60", LOW, ["numbers"])]),
    # A figure that the model left out makes it unsure.
    ("lat pulldown 60 for 8 and 70 for 6", exercise(1, "lat pulldown", sets(1, 8, 60), english="Lat Pulldown"),
     [("Lat Pulldown", "1x8 60", LOW, ["unused"])]),
    # An exercise that is not named in the text is refused.
    ("lat pulldown 60 for 8", exercise(1, "deadlift", sets(1, 8, 60)), []),
    ("lat pulldown 60 for 8", exercise(1, "60", sets(1, 8, 60)), []),
    # So is one on a line that was not asked about, or that is not there.
    ("lat pulldown 60 for 8", exercise(2, "lat pulldown", sets(1, 8, 60)), []),
    ("lat pulldown 60 for 8", exercise(-1, "lat pulldown", sets(1, 8, 60)), []),
    ("lat pulldown 60 for 8", exercise(10**9, "lat pulldown", sets(1, 8, 60), end=10**12), []),
    # The vocabulary knows the word; a model that says something else makes the user be asked.
    ("lat pulldown 60 for 8", exercise(1, "lat pulldown", sets(1, 8, 60), english="Front Squat"),
     [("Lat Pulldown", "1x8 60", LOW, ["name"])]),
    # A name that nobody knows stays the user's own words, whatever the model takes it for.
    ("zorkfloop 60 for 8", exercise(1, "zorkfloop", sets(1, 8, 60), english="Front Squat"),
     [("zorkfloop", "1x8 60", LOW, ["name"])]),
    # Halves of repetitions, percents and ranges have no place in a log.
    ("lat pulldown 60 for 8.5", exercise(1, "lat pulldown", sets(1, 8.5, 60), english="Lat Pulldown"),
     [("Lat Pulldown", "1x? 60", LOW, ["numbers", "unused", "figures"])]),
    ("lat pulldown 8-12", exercise(1, "lat pulldown", sets(1, 8, to=12), english="Lat Pulldown"),
     [("Lat Pulldown", "1x8", LOW, ["numbers"])]),
    # A load alone is no set.
    ("lat pulldown 60 for", exercise(1, "lat pulldown", sets(1, None, 60), english="Lat Pulldown"),
     [("Lat Pulldown", "1x? 60", LOW, ["figures"])]),
    # A name alone is kept, empty, and asked about.
    ("lat pulldown as always", exercise(1, "lat pulldown", sets(3, 10, 60), english="Lat Pulldown"),
     [("Lat Pulldown", "", LOW, ["numbers", "figures"])]),
    # Ten thousand sets, and numbers beyond all numbers.
    ("lat pulldown 60 for 8", exercise(1, "lat pulldown", *[sets(1, 8, 60)] * 10_000, english="Lat Pulldown"),
     [("Lat Pulldown", "1x8 60", LOW, ["numbers"])]),
    ("lat pulldown 60 for 8 and 7", exercise(1, "lat pulldown", *[sets(1, 8, 60), sets(1, 7, 60)] * 9, pick="E1"),
     [("Lat Pulldown", "1x8 60, 1x7 60", LOW, ["numbers", "numbers"])]),
    ("lat pulldown 60 for 8", exercise(1, "lat pulldown", sets(10**30, 8, -60), english="Lat Pulldown"),
     [("Lat Pulldown", "1x8 60", LOW, ["numbers"])]),
    # A proper name for what the text calls otherwise, and a load in percents, are manners of models.
    ("deads 180 for 3", exercise(1, "Barbell Deadlift", sets(1, 3, 180, unit="percent"), pick="E1"),
     [("Barbell Deadlift", "1x3 180", MEDIUM, [])]),
    # What a model writes twice counts once; as seconds alone it would be made up.
    ("deads 180 for 3", exercise(1, "deads", sets(1, 3, 180, seconds=180, metres=3), pick="E1"),
     [("Barbell Deadlift", "1x3 180", MEDIUM, [])]),
    ("deads 180 for 3", exercise(1, "deads", sets(1, 3, 180, seconds=60), pick="E1"),
     [("Barbell Deadlift", "1x3 180", LOW, ["numbers"])]),
    # A mark that no word of the text gives is dropped.
    ("deads 180 for 3", exercise(1, "deads", sets(1, 3, 180, mark="warmup"), pick="E1"),
     [("Barbell Deadlift", "1x3 180", MEDIUM, [])]),
    # What it should do.
    ("plank for 1 min 30", exercise(1, "plank", sets(1, None, seconds=90), english="Plank"),
     [("Plank", "1x90s", MEDIUM, [])]),
    ("ended with 12 10 8 pull ups", exercise(1, "pull ups", sets(1, 12), sets(1, 10), sets(1, 8), english="Pull-up"),
     [("Pull-up", "1x12, 1x10, 1x8", MEDIUM, [])]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said", "kept"), KEPT)
async def test_only_what_the_text_bears_out_is_kept(
    text: str, said: dict[str, Any], kept: list[tuple[str, str, Confidence, list[str]]]
) -> None:
    reading = await read(text, answer(said))
    got = [
        (e.name, describe(claims_of(e)), e.confidence, [doubt.kind for doubt in e.doubts]) for e in reading.exercises
    ]
    assert got == kept
    assert [line.line for line in reading.unread] == ([] if kept else [1])


async def test_marks_need_words() -> None:
    for text, kind in (("deads 180 for 3 to warm up", "warmup"), ("deads 180 for 3, to failure", "working")):
        reading = await read(text, answer(exercise(1, "deads", sets(1, 3, 180, mark="warmup"))))
        assert [done.kind for e in reading.exercises for done in e.sets] == [kind]
    for text, is_open in (("deads 5x5+", True), ("deads 5x5", False)):
        said = answer(exercise(1, "deads", sets(5, 5, mark="amrap")), kind="program")
        reading = await read(text, said, unread(text, "program"))
        assert [planned.amrap for planned in reading.prescribed] == [is_open]


async def test_numbers_are_not_shared_between_the_exercises_of_a_line() -> None:
    text = "pull ups and dips, the latter 3 x 10"
    said = [exercise(1, words, sets(3, 10), english=name) for words, name in (("pull ups", "Pull-up"), ("dips", "Dip"))]
    reading = await read(text, answer(*said))
    got = [(describe(claims_of(e)), e.confidence) for e in reading.exercises]
    assert got == [("", LOW), ("3x10", MEDIUM)]
    text = "three sets of pull ups and 3 of dips, all of 10"
    said = [exercise(1, words, sets(3, 10), english=name) for words, name in (("pull ups", "Pull-up"), ("dips", "Dip"))]
    reading = await read(text, answer(*said))
    assert {e.confidence for e in reading.exercises} == {LOW}


async def test_the_figures_between_two_names_belong_to_one_of_them() -> None:
    text = "squat 100: 5 5 5, bench 80: 5 5"
    wrong = [exercise(1, "squat", sets(2, 5, 100)), exercise(1, "bench", sets(3, 5, 80))]
    right = [exercise(1, "squat", sets(3, 5, 100), pick="E1"), exercise(1, "bench", sets(2, 5, 80))]
    for said, kinds in ((wrong, ["numbers", "unused"]), (right, [])):
        reading = await read(text, answer(*said))
        assert [d.kind for e in reading.exercises for d in e.doubts if d.kind != "name"] == kinds


async def test_swapped_exercises_of_a_line_are_asked_about() -> None:
    text = "5x5 squats at 225, 3x8 bench at 185"
    right = [exercise(1, "squats", sets(5, 5, 225)), exercise(1, "bench", sets(3, 8, 185))]
    swapped = [exercise(1, "squats", sets(3, 8, 185)), exercise(1, "bench", sets(5, 5, 225))]
    for said, doubt in ((right, False), (swapped, True)):
        reading = await read(text, answer(*said))
        details = [doubt.detail for e in reading.exercises for doubt in e.doubts]
        assert ("out_of_order" in details) is doubt


async def test_a_load_far_from_last_time_is_asked_about() -> None:
    context = ReadingContext(habits=Habits(last_loads_kg={"lat-pulldown": Decimal(60)}))
    for text, load, is_far in (("lat pulldown 65 for 8", 65, False), ("lat pulldown 6500 for 8", 6500, True)):
        reading = await read(text, answer(exercise(1, "lat pulldown", sets(1, 8, load))), context=context)
        assert any(d.kind == "numbers" for e in reading.exercises for d in e.doubts) is is_far
    for load, details in ((290, ["far_from_last_time"]), (310, ["heavy", "far_from_last_time"])):
        text = f"lat pulldown {load} for 8"
        reading = await read(text, answer(exercise(1, "lat pulldown", sets(1, 8, load))), context=context)
        assert [d.detail for d in reading.exercises[0].doubts if d.kind == "numbers"] == details


async def test_a_program_gets_its_days_from_headings_only() -> None:
    text = "Giorno 1 petto\npanca piana 4x8\nGiorno 2 gambe\nleg press 3x12 75%"
    said = answer(
        exercise(2, "panca piana", sets(4, 8), english="Barbell Bench Press"),
        exercise(4, "leg press", sets(3, 12, 75, unit="percent"), english="Leg Press"),
        kind="program",
        days=[1, 3, 4, 99],
    )
    reading = await read(text, said, unread(text, "other"))
    assert [(day.name, len(day.exercises)) for day in reading.days] == [("Giorno 1 petto", 1), ("Giorno 2 gambe", 1)]
    assert [describe(claims_of(e)) for e in reading.prescribed] == ["4x8", "3x12 75%"]


async def test_shorthand_says_what_kind_of_text_it_is() -> None:
    text = "lat pulldown three rounds of 8"
    said = answer(exercise(1, "lat pulldown", sets(3, 8)), kind="program")
    assert (await read(text, said)).kind == "log"
    assert (await read(text, said, unread(text, "other"))).kind == "program"


async def test_sets_on_the_line_below_belong_to_the_name_above() -> None:
    text = "Lat pulldown\n60 for 8 and again 60 for 7"
    shorthand = Reading("log", unread=(UnreadLine(2, ""),))
    reading = await read(text, answer(exercise(2, "Lat pulldown", sets(1, 8, 60), sets(1, 7, 60))), shorthand)
    assert [(e.name, e.line, describe(claims_of(e))) for e in reading.exercises] == [
        ("Lat Pulldown", 2, "1x8 60, 1x7 60")
    ]


async def test_the_outcome_fits_the_cross_check() -> None:
    text = f"{BENCH}\nand some nonsense 17"
    reading = await read(text, BENCH_ANSWER)
    checked = cross_check(unread(text), reading, text, CONTEXT)
    assert ([e.name for e in checked.exercises], checked.reader) == (["Barbell Bench Press"], "both")
    assert [line.line for line in checked.unread] == [2]


async def test_two_texts_at_once_do_not_mix() -> None:
    import asyncio

    def echo(body: fake.Body) -> object:
        line = body["messages"][1]["content"].rpartition("> 1: ")[2]
        return answer(exercise(1, "dips", sets(1, int(line.rpartition(" ")[2]))))

    async with FakeOpenAI(fake.answers_with(echo)) as server:
        reader = LlmReader(server.settings())
        texts = [f"dips for {reps}" for reps in range(5, 25)]
        outcomes = await asyncio.gather(*(reader.extract(text, CONTEXT, unread(text)) for text in texts))
        await reader.close()
    got = [o.reading.exercises[0].sets[0].reps for o in outcomes if isinstance(o, Extracted)]
    assert got == list(range(5, 25))
