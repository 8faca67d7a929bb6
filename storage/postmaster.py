"""The server that runs on a data directory, as its lock file and the system tell."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

LOCK_FILE = "postmaster.pid"
SOCKET = ".s.PGSQL.5432"


@dataclass(frozen=True, slots=True)
class Postmaster:
    """A server: its process, the directory of its socket, and whether it takes connections yet."""

    pid: int
    socket_directory: Path
    is_ready: bool


def find_postmaster(data: Path) -> Postmaster | None:
    """Find the server that runs on a data directory. A lock file alone is no proof: a killed server leaves one."""
    postmaster = _read_lock_file(data / LOCK_FILE)
    if postmaster is None or not (is_server_on(data, postmaster.pid) or _answers(postmaster.socket_directory)):
        return None
    return postmaster


def is_server_on(data: Path, pid: int) -> bool:
    """Tell whether a process is a PostgreSQL on these data: after a crash its number may be anybody's."""
    if sys.platform == "linux":
        try:
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            return False
        return os.fsencode(data) in command.split(b"\0")
    listed = subprocess.run(  # noqa: S603 - a number is all that is put into it
        ["ps", "-o", "command=", "-p", str(pid)],  # noqa: S607 - each system has its own place for ps
        capture_output=True,
        text=True,
        check=False,
    )
    return str(data) in listed.stdout


def remove_left_over_locks(data: Path, socket_directory: Path) -> None:
    """Remove the lock files of a server that is gone.

    PostgreSQL itself does not dare to where the number in them is alive: it may be another program's by now, or that of
    a dead child which its parent has not looked after. We know that it is no server on these data.
    """
    if find_postmaster(data) is None:
        (data / LOCK_FILE).unlink(missing_ok=True)
        (socket_directory / f"{SOCKET}.lock").unlink(missing_ok=True)


def _read_lock_file(path: Path) -> Postmaster | None:
    try:
        lines = path.read_text().splitlines()
        return Postmaster(int(lines[0]), Path(lines[4]), len(lines) > 7 and lines[7].strip() == "ready")
    except (OSError, ValueError, IndexError):
        return None


def _answers(socket_directory: Path) -> bool:
    """Tell whether somebody listens on the socket: a server may run in another container on the same directory."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        try:
            probe.connect(str(socket_directory / SOCKET))
        except OSError:
            return False
    return True
