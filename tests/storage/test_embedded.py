"""The embedded server: started again and again, shared, killed, and closed to others."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from storage import embedded_account
from storage.connecting import open_connection
from storage.database import Database
from storage.embedded import BOT_ROLE, DATABASE, OWNER, EmbeddedPostgres
from storage.errors import ConfigurationError
from storage.migrating import migrate
from storage.postmaster import Postmaster
from tests.server import FAST

# A process that uses the server until its standard input is closed, or it is killed.
USER_OF_THE_SERVER = """
import os, sys
from pathlib import Path
from storage.embedded import EmbeddedPostgres
if len(sys.argv) > 2:
    os.setgroups([]), os.setgid(int(sys.argv[3])), os.setuid(int(sys.argv[2]))
server = EmbeddedPostgres(Path(sys.argv[1]), ("fsync=off",))
server.start()
print("started", flush=True)
sys.stdin.read()
server.release()
"""


@pytest.fixture
def new_home() -> Iterator[Path]:
    """A directory of our own with a short name: pytest's are too long for a socket."""
    directory = Path(tempfile.mkdtemp(prefix="rs-"))
    yield directory / "home"
    EmbeddedPostgres(directory / "home").stop()
    shutil.rmtree(directory, ignore_errors=True)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Path]:
    """A server's data after its first start, to be copied: that is quicker than another first start."""
    directory = Path(tempfile.mkdtemp(prefix="rs-"))
    server = EmbeddedPostgres(directory, FAST)
    server.start()
    server.release()
    yield server.data
    shutil.rmtree(directory, ignore_errors=True)


@pytest.fixture
def home(new_home: Path, cluster: Path) -> Path:
    new_home.mkdir(mode=0o700)
    subprocess.run(["cp", "-a", str(cluster), str(new_home)], check=True)
    return new_home


@pytest.fixture
def started(home: Path) -> Iterator[EmbeddedPostgres]:
    server = EmbeddedPostgres(home, FAST)
    server.start()
    yield server
    server.release()


def running(server: EmbeddedPostgres) -> Postmaster | None:
    return server._running()


def pid_of(server: EmbeddedPostgres) -> int:
    postmaster = running(server)
    assert postmaster is not None
    return postmaster.pid


def begin(home: Path) -> subprocess.Popen[str]:
    """Start another process that uses the server."""
    command = [sys.executable, "-c", USER_OF_THE_SERVER, str(home)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def join(home: Path) -> subprocess.Popen[str]:
    """Start another process that uses the server, and wait until it does."""
    process = begin(home)
    assert process.stdout is not None
    assert process.stdout.readline() == "started\n"
    return process


def leave(process: subprocess.Popen[str]) -> None:
    process.communicate("")
    assert process.returncode == 0


async def answer(server: EmbeddedPostgres, question: str = "SELECT 1") -> object:
    connection = await open_connection(server.address(DATABASE, OWNER))
    try:
        return await connection.fetchval(question)
    finally:
        await connection.close()


async def test_it_starts_stops_and_starts_again_with_its_data(home: Path) -> None:
    for expected in (None, 1, 2):
        server = EmbeddedPostgres(home, FAST)
        server.start()
        if expected is None:
            await answer(server, "CREATE TABLE kept (n int)")
        await answer(server, "INSERT INTO kept VALUES (1)")
        assert await answer(server, "SELECT count(*) FROM kept") == (expected or 0) + 1
        server.release()
        server.release()
        assert running(server) is None


async def test_it_has_an_owner_and_a_bot_that_are_no_superusers(started: EmbeddedPostgres) -> None:
    connection = await open_connection(started.address(DATABASE))
    roles = await connection.fetch(
        "SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb AS mighty FROM pg_roles"
        " WHERE rolname = ANY($1)",
        [OWNER, BOT_ROLE],
    )
    await connection.close()
    assert [role["mighty"] for role in roles] == [False, False]


async def test_two_processes_share_one_server_and_the_last_stops_it(home: Path) -> None:
    first = join(home)
    second = EmbeddedPostgres(home)
    second.start()
    pid = pid_of(second)
    leave(first)
    assert pid_of(second) == pid
    assert await answer(second) == 1
    second.release()
    assert running(second) is None


async def test_two_processes_that_start_at_once_start_one_server(home: Path) -> None:
    processes = [begin(home), begin(home)]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "started\n"
    server = EmbeddedPostgres(home)
    server.start()
    assert await answer(server) == 1
    for process in processes:
        leave(process)
    assert await answer(server) == 1
    server.release()


async def test_a_killed_user_is_not_counted(home: Path) -> None:
    process = join(home)
    process.kill()
    process.communicate()
    server = EmbeddedPostgres(home)
    server.start()
    assert await answer(server) == 1
    server.release()
    assert running(server) is None


async def test_a_killed_server_comes_back_with_what_was_committed(home: Path) -> None:
    server = EmbeddedPostgres(home)
    server.start()
    await answer(server, "CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n")
    os.kill(pid_of(server), signal.SIGKILL)
    again = EmbeddedPostgres(home)
    again.start()
    assert await answer(again, "SELECT count(*) FROM kept") == 1000
    again.release()
    server.release()


async def test_a_server_that_dies_under_the_bot_is_brought_back(home: Path) -> None:
    started = EmbeddedPostgres(home)
    started.start()
    await migrate(started.address(DATABASE, OWNER), BOT_ROLE)
    database = Database(started.address(DATABASE, BOT_ROLE), pool_size=1, revive=started.ensure_running)
    async with database.begin(telegram_id=7) as work:
        user_id = work.user_id
        backend = await work.session.scalar(text("SELECT pg_backend_pid()"))
    os.kill(pid_of(started), signal.SIGKILL)
    # It notices on its own, but when is up to it.
    os.kill(backend, signal.SIGKILL)
    async with database.begin(telegram_id=7) as work:
        assert work.user_id == user_id
    await database.close()
    started.release()


async def test_a_left_over_lock_with_somebody_elses_number_is_no_obstacle(home: Path) -> None:
    server = EmbeddedPostgres(home, FAST)
    server.start()
    lines = (server.data / "postmaster.pid").read_text().splitlines()
    server.release()
    (server.data / "postmaster.pid").write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    server.start()
    assert await answer(server) == 1
    server.release()


def test_an_interrupted_first_start_is_begun_anew(new_home: Path) -> None:
    (new_home / "postgres.new").mkdir(parents=True)
    (new_home / "postgres.new" / "PG_VERSION").write_text("18\n")
    server = EmbeddedPostgres(new_home, FAST)
    server.start()
    assert running(server) is not None
    server.release()


async def test_somebody_connected_keeps_it_running(started: EmbeddedPostgres) -> None:
    connection = await open_connection(started.address())
    started.release()
    assert await connection.fetchval("SELECT 1") == 1
    await connection.close()
    started.start()


async def test_it_stays_when_asked_to_until_it_is_stopped(started: EmbeddedPostgres) -> None:
    started.stay()
    started.release()
    assert running(started) is not None
    assert started.stop() is True
    assert started.stop() is False
    started.start()


async def test_a_long_path_takes_a_private_socket_directory(tmp_path: Path) -> None:
    home = Path(tempfile.mkdtemp(prefix="rs-")) / ("long" * 25)
    server = EmbeddedPostgres(home, FAST)
    try:
        server.start()
        assert await answer(server) == 1
        postmaster = running(server)
        assert postmaster is not None
        assert postmaster.socket_directory != server.data
        assert stat.S_IMODE(postmaster.socket_directory.stat().st_mode) == 0o700
        server.release()
        postmaster.socket_directory.rmdir()
        postmaster.socket_directory.mkdir(mode=0o777)
        postmaster.socket_directory.chmod(0o777)
        with pytest.raises(ConfigurationError, match="open to others"):
            server.start()
        postmaster.socket_directory.rmdir()
    finally:
        server.stop()
        shutil.rmtree(home.parent)


def test_nothing_of_it_is_open_to_others(started: EmbeddedPostgres) -> None:
    assert stat.S_IMODE(started.data.stat().st_mode) == 0o700
    assert stat.S_IMODE(started.home.stat().st_mode) & 0o007 == 0
    for path in started.home.iterdir():
        if path.name != "postgres":
            assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path
    socket = started.data / ".s.PGSQL.5432"
    assert stat.S_IMODE(socket.stat().st_mode) == 0o700


def test_a_home_that_cannot_be_made_is_one_sentence() -> None:
    with pytest.raises(ConfigurationError, match="cannot be used"):
        EmbeddedPostgres(Path("/proc/nowhere")).start()


def test_a_server_that_refuses_to_start_says_why(home: Path) -> None:
    server = EmbeddedPostgres(home, ("shared_buffers=much",))
    with pytest.raises(ConfigurationError, match="shared_buffers"):
        server.start()


# ------------------------------------------------------------------ root and its account


@pytest.fixture
def somebody() -> pwd.struct_passwd:
    return pwd.getpwnam("nobody")


def test_passage_is_for_one_account_and_only_that(tmp_path: Path, somebody: pwd.struct_passwd) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    embedded_account._add_entry(closed, somebody.pw_uid)
    assert stat.S_IMODE(closed.stat().st_mode) & 0o006 == 0
    if stat.S_IMODE(closed.stat().st_mode) & 0o001:
        return  # a file system without access-control lists: the search bit for all is what is left
    assert embedded_account._has_entry(closed, somebody.pw_uid)
    assert not embedded_account._has_entry(closed, somebody.pw_uid + 1)
    before = os.getxattr(closed, embedded_account.ACL_ATTRIBUTE)
    embedded_account._add_entry(closed, somebody.pw_uid)
    assert os.getxattr(closed, embedded_account.ACL_ATTRIBUTE) == before


def test_an_ordinary_user_needs_no_account(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert embedded_account.account_for(Path("/nowhere")) is None


def test_it_works_for_the_other_kind_of_user_too(new_home: Path) -> None:
    """As root, run it as an ordinary user; an ordinary user cannot become another one."""
    if os.geteuid() != 0:
        return
    nobody = pwd.getpwnam("nobody")
    new_home.mkdir()
    os.chown(new_home, nobody.pw_uid, nobody.pw_gid)
    new_home.parent.chmod(0o755)
    command = [sys.executable, "-c", USER_OF_THE_SERVER, str(new_home), str(nobody.pw_uid), str(nobody.pw_gid)]
    done = subprocess.run(command, input="", capture_output=True, text=True, check=False)
    assert done.stdout == "started\n", done.stderr
    assert (new_home / "postgres").stat().st_uid == nobody.pw_uid
    # Root serves those data as their owner, and leaves nothing behind that would shut the owner out.
    server = EmbeddedPostgres(new_home, FAST)
    server.start()
    server.release()
    done = subprocess.run(command, input="", capture_output=True, text=True, check=False)
    assert done.stdout == "started\n", done.stderr


async def test_another_name_for_the_same_directory_finds_the_same_server(started: EmbeddedPostgres) -> None:
    link = started.home.parent / "link"
    link.symlink_to(started.home)
    again = EmbeddedPostgres(link)
    again.start()
    assert pid_of(again) == pid_of(started)
    again.release()
    assert await answer(started) == 1


def test_the_bots_secrets_are_not_handed_on(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123456:secret")
    monkeypatch.setenv("PGPORT", "1")
    server = EmbeddedPostgres(home, FAST)
    server.start()
    assert b"secret" not in Path(f"/proc/{pid_of(server)}/environ").read_bytes()
    server.release()
