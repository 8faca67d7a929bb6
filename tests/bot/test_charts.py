"""Charts: that they are PNGs a phone can show, that nothing is cut off, and that they are drawn beside the turns."""

from __future__ import annotations

import ast
import io
import subprocess
import sys
import threading
from datetime import date, timedelta
from pathlib import Path

import pytest
from PIL import Image, ImageChops

import bot.charts
from bot.bot_api import Shown
from bot.charts import LiftPicture, Picture, WeekPicture, draw
from bot.charts.canvas import INK, PAPER, SCALE, SMALL_PIXELS, WIDTH, drawable, fitted, width_of
from bot.charts.lift import MOST_TICKS, ticks
from bot.charts.pictures import LiftPoint, WeekBar
from bot.charts.volume import DARK_FROM, SHADES, written
from bot.handlers import charts
from storage.database import Database
from tests.bot.chart_samples import MONTHS, samples
from tests.bot.conftest import Chat, OpenChat

TODAY = date(2026, 11, 21)
PNG = b"\x89PNG\r\n\x1a\n"


def opened(picture: Picture) -> Image.Image:
    content = draw(picture)
    assert content.startswith(PNG)
    assert len(content) < 500_000
    return Image.open(io.BytesIO(content)).convert("RGB")


def lift(points: list[LiftPoint], title: str = "Bench", unit: str = "kg") -> LiftPicture:
    return LiftPicture(title, "Best 100 kg", unit, "Top set", "Estimated 1RM", MONTHS, points)


def margins(image: Image.Image) -> tuple[int, int, int, int]:
    """Give the empty pixels at the left, upper, right and lower edge."""
    box = ImageChops.difference(image, Image.new("RGB", image.size, PAPER)).getbbox()
    assert box is not None, "an empty chart"
    return box[0], box[1], image.width - box[2], image.height - box[3]


EDGES: dict[str, Picture] = {
    **samples(),
    "two days": lift([LiftPoint(TODAY - timedelta(days=1), 1225.0, 1245.5), LiftPoint(TODAY, 1230, 1240)]),
    "a long name in Cyrillic": lift(
        [LiftPoint(TODAY - timedelta(days=7 * number), 60.0) for number in range(9, -1, -1)],
        "Жим штанги лёжа на наклонной скамье 30° с паузой 🏋️ $x_1^2$ {",
    ),
    "assisted": lift([LiftPoint(TODAY - timedelta(days=30 * number), -5.0 - number) for number in range(40, -1, -1)]),
    "ten years": lift([LiftPoint(date(2016, 1, 5) + timedelta(days=20 * n), 60 + n, 70 + n) for n in range(190)]),
    "a full week": WeekPicture(
        "Week of 28 Dec 2026",
        "28 Dec 2026 – 3 Jan 2027 · 143 of 171 sets and some more words",
        "Sets",
        "Planned",
        "Done",
        [WeekBar("Wed", "Очень длинное название тренировки на весь верх", 45, 45, "skipped", "skipped")] * 7,
    ),
}


@pytest.mark.parametrize("name", EDGES)
def test_charts_fit_a_phone_and_nothing_is_cut_off(name: str) -> None:
    image = opened(EDGES[name])
    assert image.width == WIDTH * SCALE
    assert WIDTH * 0.5 <= image.height / SCALE <= WIDTH * 2
    assert min(margins(image)) >= 3
    assert image.getpixel((0, 0)) == tuple(bytes.fromhex(PAPER[1:])), "the background is the picture's own"


def luminance(colour: str) -> float:
    """Give the relative luminance of WCAG 2."""
    parts = [value / 255 for value in bytes.fromhex(colour.removeprefix("#"))]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_letters_stand_out_from_what_they_stand_on() -> None:
    from matplotlib.colors import to_hex

    from bot.charts import canvas

    for colour in (canvas.INK, canvas.QUIET, canvas.BLUE, canvas.GREEN):
        assert contrast(colour, PAPER) >= 4.5, colour
    assert contrast(canvas.ORANGE, PAPER) >= 3.5  # bold letters and marks only
    for step in range(1, 101):
        share = step / 100
        letters = "#FFFFFF" if share > DARK_FROM else INK
        assert contrast(letters, to_hex(SHADES(share))) >= 4.0, share


def test_letters_are_big_enough_for_a_phone() -> None:
    assert SMALL_PIXELS >= 14


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bench", "Bench"),
        ("Жим лёжа", "Жим лёжа"),
        ("Squat 🏋️ heavy\u200d", "Squat heavy"),
        ("Трои\u0306ка", "Тройка"),
        ("🏋", ""),
        ("½ über ñ", "½ über ñ"),
    ],
)
def test_signs_that_the_font_lacks_are_left_out(text: str, expected: str) -> None:
    assert drawable(text) == expected


def test_long_names_are_shortened_to_the_room_there_is() -> None:
    long = "Incline Dumbbell Bench Press with a Pause"
    short = fitted(long, 20, 200, "bold")
    assert short.endswith("…")
    assert 150 < width_of(short, 20, "bold") <= 200
    assert fitted("Bench", 20, 200) == "Bench"


@pytest.mark.parametrize(("value", "expected"), [(0.5, "½"), (1.0, "1"), (12.5, "12½"), (20.0, "20"), (0.0, "0")])
def test_halves_are_written_short(value: float, expected: str) -> None:
    assert written(value) == expected


@pytest.mark.parametrize("days", [0, 1, 6, 40, 74, 75, 120, 200, 366, 800, 1500, 3000, 9000])
def test_there_are_few_ticks_and_all_within(days: int) -> None:
    first = TODAY - timedelta(days=days)
    found = ticks(first, TODAY)
    assert 1 <= len(found) <= MOST_TICKS
    assert first <= found[0] <= found[-1] <= TODAY
    assert days < 2 or len(found) >= 2


# ------------------------------------------------------------------ where it is drawn


def test_nothing_here_uses_pyplot() -> None:
    """Its figures live for ever and belong to the main thread."""
    folder = Path(bot.charts.__file__).parents[1]
    modules = {
        name
        for path in folder.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([alias.name for alias in node.names] + [getattr(node, "module", "") or ""])
    }
    assert "matplotlib.figure" in modules
    assert not any("pyplot" in name for name in modules)


def test_the_bot_starts_without_matplotlib() -> None:
    code = "import sys, bot.app, bot.routes; print('matplotlib' in sys.modules, 'numpy' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "False False"


def read(shown: Shown) -> bytes:
    assert shown.path is not None
    return shown.path.read_bytes()


async def train(chat: Chat, *days: str) -> None:
    for number, day in enumerate(days):
        await chat.at(f"{day}T18:00")
        await chat.say(f"bench {80 + number * 2.5}x8, 8")
        await chat.say("/done")


async def test_a_chart_is_drawn_by_the_worker_in_its_own_thread(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    threads: list[str] = []

    def noted(picture: Picture) -> bytes:
        threads.append(threading.current_thread().name)
        return draw(picture)

    monkeypatch.setattr(charts, "draw", noted)
    await train(chat, "2026-11-02", "2026-11-09", "2026-11-16")
    (shown,) = await chat.say("/chart bench")
    assert shown.method == "sendPhoto"
    assert read(shown).startswith(PNG)
    assert shown.buttons == [["3 months", "All of it"]]
    assert len(threads) == 1
    assert threads[0].startswith("charts")


async def test_each_kind_of_chart_and_their_menu(chat: Chat) -> None:
    await train(chat, "2026-11-09", "2026-11-16")
    (menu,) = await chat.say("/chart")
    assert menu.buttons == [["Sets by muscle", "Planned and done"], ["Barbell Bench Press"]]
    for button in (1, 2, 3):
        shown = await chat.press(button)
        assert [one.method for one in shown] == ["answerCallbackQuery", "sendPhoto"]
        await chat.say("/chart")
    for words in ("volume", "week"):
        assert [one.method for one in await chat.say(f"/chart {words}")] == ["sendPhoto"]
    await chat.press("‹ Earlier")
    assert chat.last.method == "sendPhoto"
    await chat.press("‹ Earlier")
    assert chat.last.text == "Nothing was planned or done in the week of 2 Nov 2026."


async def test_where_there_is_nothing_to_draw_it_says_so(chat: Chat) -> None:
    assert (await chat.say("/chart"))[-1].text.startswith("There is nothing to draw yet")
    assert (await chat.say("/chart volume"))[-1].text.startswith("No hard sets")
    assert (await chat.say("/chart bench"))[-1].text == "No sets of Barbell Bench Press yet."
    await train(chat, "2026-11-16")
    (once,) = await chat.say("/chart bench")
    assert "A line needs two" in once.text
    (unknown,) = await chat.say("/chart xyzzyq")
    assert "xyzzyq" in unknown.text


async def test_a_chart_of_an_unsure_word_is_one_press_away(chat: Chat) -> None:
    await train(chat, "2026-11-09", "2026-11-16")
    (asked,) = await chat.say("/chart press")
    assert asked.text.startswith("No sets of")
    await chat.press("Barbell Bench Press")
    assert chat.last.method == "sendPhoto"


async def test_what_a_process_left_undone_another_draws_once(
    chat: Chat, database: Database, telegram_id: int, open_probe: OpenChat
) -> None:
    await train(chat, "2026-11-09", "2026-11-16")
    async with database.begin(telegram_id=telegram_id) as work:
        job = await work.chart_jobs.ask("volume", {}, chat_id=telegram_id)
        await work.chart_jobs.claim(job.id, lease_seconds=-1)  # taken by a process that died
    shown = await chat.say("/help")
    assert [one.method for one in shown].count("sendPhoto") == 1
    assert [one.method for one in await chat.say("/help")].count("sendPhoto") == 0


async def test_a_chart_that_cannot_be_drawn_is_given_up_with_a_word(
    database: Database, telegram_id: int, open_probe: OpenChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.routes import routes

    def broken(picture: Picture) -> bytes:
        raise RuntimeError("no ink")

    monkeypatch.setattr(charts, "draw", broken)
    async with open_probe(telegram_id, routes()) as chat:
        await train(chat, "2026-11-09", "2026-11-16")
        (shown,) = await chat.say("/chart volume")
        assert shown.text.startswith("Sorry, I could not draw that")
        assert not any(one.method == "sendPhoto" for one in await chat.say("/help"))
