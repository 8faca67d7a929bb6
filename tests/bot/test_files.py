"""Files: text files are read whatever their encoding, archives are never unpacked, everything is answered and kept."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from bot.usecases.file_text import kind_of, read_bytes
from storage.database import Database
from tests.bot.conftest import Chat, open_chat
from tests.bot.stored import exported, stored

RUSSIAN = "жим лежа 80х8\nприсед 100х5"
FRENCH = "développé couché 80x8 à l'échec"


def zip_bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("log.txt", b"0" * 50_000_000)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"bench 80x8\r\nsquat 100x5\r\n", "bench 80x8\nsquat 100x5"),
        (RUSSIAN.encode(), RUSSIAN),
        (b"\xef\xbb\xbf" + RUSSIAN.encode(), RUSSIAN),
        (RUSSIAN.encode("utf-16"), RUSSIAN),
        (RUSSIAN.encode("cp1251"), RUSSIAN),
        ("bench 80x8".encode("utf-16-le"), "bench 80x8"),
        ("bench 80x8".encode("utf-16-be"), "bench 80x8"),
        (FRENCH.encode("cp1252"), FRENCH),
        (b"", ""),
        (b"\0\0\0\0", None),
        (bytes(range(256)) * 8, None),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 99, None),
        (b"\xff\xfe\x00\xd8", None),  # half a character
        (zip_bomb(), None),
        (gzip.compress(b"0" * 1_000_000), None),
    ],
)
def test_text_is_found_in_bytes(content: bytes, text: str | None) -> None:
    assert read_bytes(content) == text


@pytest.mark.parametrize(
    ("name", "mime", "kind"),
    [
        ("log.TXT", "", "text"),
        ("a.b.csv", "application/vnd.ms-excel", "text"),
        ("notes", "text/plain", "text"),
        ("log.xlsx", "text/plain", "sheet"),
        ("plan.pdf", "application/pdf", "document"),
        ("log.txt.zip", "text/plain", "other"),
        ("", "", "other"),
    ],
)
def test_a_file_is_told_by_its_name(name: str, mime: str, kind: str) -> None:
    assert kind_of(name, mime) == kind


async def send(chat: Chat, name: str, content: bytes, caption: str = "") -> list[str]:
    """Send a file; give what is said to it."""
    before = len(chat.seen)
    conversation: Any = chat.conversation
    await conversation._deliver(conversation.api.hand_over(conversation.person, (name, content), caption))
    return [shown.text for shown in chat.seen[before:]]


async def test_a_text_file_is_read_like_a_paste(chat: Chat) -> None:
    waiting, read, logged = await send(chat, "log.txt", RUSSIAN.encode("cp1251"))
    assert (waiting, read) == ("📄 Reading log.txt…", "📄 I have read log.txt.")
    assert "Barbell Bench Press · set 1: 80 kg × 8" in logged
    (kept,) = (await exported(chat))["imports"]
    assert (kept["source"], kept["status"], kept["raw_text"]) == ("file", "saved", RUSSIAN)
    await chat.press("↩️ Undo")
    assert await stored(chat) == []


async def test_a_long_table_is_read_in_pieces_day_by_day_and_nothing_is_missing(
    database: Database, telegram_id: int, tmp_path: Path
) -> None:
    days = [f"2026-{month:02d}-{day:02d}" for month in (1, 2, 3) for day in range(1, 29)]
    rows = [f"{day},Bench Press,80,{reps}" for day in days for reps in (8, 7, 6)]
    async with open_chat(database, telegram_id, tmp_path, text_characters=4096) as chat:
        _, read, *told = await send(chat, "year.csv", "\n".join(["Date,Exercise,Weight,Reps", *rows]).encode())
        assert "2 pieces" in read
        assert sum(int(one.split()[1]) for one in told) == len(days)
        sessions = (await exported(chat))["sessions"]
        assert sorted(one["session_date"] for one in sessions) == days
        assert all(len(one["exercises"][0]["sets"]) == 3 for one in sessions)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("log.txt", zip_bomb(), "no text, whatever its name says"),
        ("log.txt", b" \n\t\n", "empty"),
        ("log.csv", b"x" * 1_000_001, "up to 1,000 kB"),
        ("log.xlsx", zip_bomb(), "Save it as CSV"),
        ("plan.pdf", b"%PDF-1.7", "Copy the text"),
        ("set.mp4", b"\0" * 99, "text files only"),
        ("‮txt.exe" * 99, b"MZ", "text files only"),
    ],
)
async def test_what_is_no_text_is_answered_and_kept(chat: Chat, name: str, content: bytes, said: str) -> None:
    *_, told = await send(chat, name, content)
    assert said in told
    (kept,) = (await exported(chat))["imports"]
    assert (kept["source"], kept["kind"]) == ("file", "file")
    assert kept["status"] in ("failed", "discarded")


async def test_what_is_written_under_a_file_is_read(chat: Chat) -> None:
    _, logged = await send(chat, "set.mp4", b"\0" * 99, "bench 80x8")
    assert "Barbell Bench Press · set 1: 80 kg × 8" in logged


async def test_a_file_that_telegram_does_not_give_is_asked_for_again(chat: Chat) -> None:
    conversation: Any = chat.conversation
    update = conversation.api.hand_over(conversation.person, ("log.txt", b"bench 80x8"))
    update["message"]["document"]["file_id"] = "gone"
    await conversation._deliver(update)
    assert "Please send it again" in chat.last.text
