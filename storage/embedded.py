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
import logging
import os
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from storage.addresses import socket_address
from storage.embedded_account import account_for, grant_passage
from storage.errors import ConfigurationError, DatabaseUnavailableError
from storage.postgres_programs import binaries, fatal_line, last_line, read_log, run_program, start_server
from storage.postmaster import SOCKET, Postmaster, find_postmaster, is_server_on, remove_left_over_locks

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

STRANGERS = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"


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
        self.home = home.resolve()  # one directory has one name: the server is recognised by it
        self.data = self.home / "postgres"
        self.log = self.data / "server.log"
        self._stays = self.home / "postgres.stays"
        self._options = tuple(options)
        self._use: int | None = None
        self._socket_directory: Path | None = None
        self._child: subprocess.Popen[bytes] | None = None
        self._account = account_for(self.data)

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
                self._use = self._open_lock("postgres.in-use")
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
        handle = self._open_lock("postgres.lock")
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def _open_lock(self, name: str) -> int:
        """Open a lock file; made by root, it belongs to whom the home belongs to."""
        handle = os.open(self.home / name, os.O_RDWR | os.O_CREAT, 0o600)
        if os.geteuid() == 0:
            owner = self.home.stat()
            os.fchown(handle, owner.st_uid, owner.st_gid)
        return handle

    def _is_alone(self) -> bool:
        """Tell whether no other process uses the server. Called within a transition, so nobody can join meanwhile."""
        assert self._use is not None
        try:
            fcntl.flock(self._use, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _has_strangers(self) -> bool:
        try:
            return self._psql(STRANGERS, DATABASE).strip() != "0"
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
        if not os.access(self.home, os.W_OK | os.X_OK):
            raise ConfigurationError(f"The directory {self.home} belongs to another user: set REPSCRIBE_HOME.")
        if self.data.exists() and self.data.stat().st_uid != self._owner():
            raise ConfigurationError(f"The directory {self.data} belongs to another user: set REPSCRIBE_HOME.")

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
                    raise ConfigurationError(f"PostgreSQL does not answer: {last_line(error.stderr)}") from error
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
            run_program("initdb", "-D", str(unfinished), *options, *locale, account=self._account)
        except subprocess.CalledProcessError as error:
            message = f"PostgreSQL could not make its data directory: {last_line(error.stderr)}"
            raise ConfigurationError(message) from error
        unfinished.rename(self.data)

    def _launch_until_ready(self) -> Postmaster:
        """Launch the server; again for a while where children of a killed predecessor have not gone yet."""
        deadline = time.monotonic() + ORPHANS_SECONDS
        while True:
            remove_left_over_locks(self.data, self._choose_socket_directory())
            begin = self.log.stat().st_size if self.log.exists() else 0
            self._child = start_server(self.data, self._settings(), self.log, self._account)
            running = self._wait_until_ready()
            if running is not None:
                return running
            said = read_log(self.log, begin)
            if not any(message in said for message in ORPHAN_MESSAGES) or time.monotonic() > deadline:
                raise ConfigurationError(f"PostgreSQL did not start: {fatal_line(said)} (log: {self.log})")
            time.sleep(0.5)

    def _settings(self) -> list[str]:
        return [
            "listen_addresses=",
            f'unix_socket_directories="{self._choose_socket_directory()}"',
            "unix_socket_permissions=0700",
            "log_destination=stderr",
            "logging_collector=off",
            *self._options,
        ]

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
        if len(os.fsencode(self.data / SOCKET)) <= LONGEST_SOCKET_PATH:
            return self.data
        name = hashlib.sha256(os.fsencode(self.data)).hexdigest()[:12]
        base = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir())
        directory = base / f"repscribe-{name}"
        self._make_directory(directory)
        if self._account is not None:
            grant_passage(self._account, directory / SOCKET)
        return directory

    def _make_directory(self, path: Path) -> None:
        """Make a directory that only the server's account may enter; refuse one that is not so already."""
        with contextlib.suppress(FileExistsError):
            path.mkdir(mode=0o700)
            if self._account is not None:
                os.chown(path, self._account.pw_uid, self._account.pw_gid)
        status = path.lstat()
        if not stat.S_ISDIR(status.st_mode) or status.st_uid != self._owner() or status.st_mode & 0o077:
            raise ConfigurationError(f"The directory {path} belongs to somebody else or is open to others.")

    def _owner(self) -> int:
        return os.geteuid() if self._account is None else self._account.pw_uid

    # ------------------------------------------------------------------ looking and stopping

    def _running(self) -> Postmaster | None:
        if self._child is not None:
            self._child.poll()  # a dead child stays in the list of processes until it is looked after
        return find_postmaster(self.data)

    def _stop(self) -> None:
        running = self._running()
        if running is None or not is_server_on(self.data, running.pid):
            return
        os.kill(running.pid, signal.SIGINT)  # a fast shutdown: sessions end, data is written
        deadline = time.monotonic() + STOP_SECONDS
        while self._running() is not None and time.monotonic() < deadline:
            time.sleep(0.03)

    def _psql(self, script: str, database: str) -> str:
        options = ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-f", "-"]
        server = ["-h", str(self._socket_directory), "-U", SUPERUSER, database]
        return run_program("psql", *options, *server, account=self._account, script=script)
