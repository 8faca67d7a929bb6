"""The system account that runs the embedded PostgreSQL when the bot runs as root, as which PostgreSQL refuses to run.

The account has to pass through the directories above the data and above the program files. It gets exactly that: an
access-control entry for this one account where the file system knows them, the search bit alone where it does not.
Nothing is made readable for others.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import stat
import struct
import subprocess
from pathlib import Path

from storage.errors import ConfigurationError

ACCOUNT = "repscribe-postgres"

ACL_ATTRIBUTE = "system.posix_acl_access"
ACL_VERSION = 2
USER_OWNER, USER, GROUP_OWNER, GROUP, MASK, OTHER = 0x01, 0x02, 0x04, 0x08, 0x10, 0x20
NO_ID = 0xFFFFFFFF
SEARCH = 0o1


def account_for(data: Path) -> pwd.struct_passwd | None:
    """Look up the account to run PostgreSQL as; None where we are an ordinary user and run it ourselves.

    Data that an ordinary user has made are served as that user, by root too.
    """
    if os.geteuid() != 0:
        return None
    if data.exists() and data.stat().st_uid != 0:
        with contextlib.suppress(KeyError):
            return pwd.getpwuid(data.stat().st_uid)
    return _account_named(ACCOUNT) or _make_account() or _require_account("postgres")


def grant_passage(account: pwd.struct_passwd, path: Path) -> None:
    """Let the account pass through every directory above ``path``."""
    for directory in reversed(path.resolve().parents):
        if not _may_pass(account, directory.stat()) and not _has_entry(directory, account.pw_uid):
            _add_entry(directory, account.pw_uid)


def _account_named(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def _require_account(name: str) -> pwd.struct_passwd:
    account = _account_named(name)
    if account is None:
        raise ConfigurationError(
            f"PostgreSQL refuses to run as root and no account could be made for it: create one named {ACCOUNT}, "
            "run the bot as an ordinary user, or set DATABASE_URL."
        )
    return account


def _make_account() -> pwd.struct_passwd | None:
    no_home = ["--no-create-home", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin"]
    commands = (["useradd", "--system", "--user-group", *no_home, ACCOUNT], ["adduser", "-S", "-D", "-H", ACCOUNT])
    for command in commands:
        if shutil.which(command[0]):
            subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - a fixed command
            if account := _account_named(ACCOUNT):
                return account
    return None


def _may_pass(account: pwd.struct_passwd, status: os.stat_result) -> bool:
    mode = status.st_mode
    if status.st_uid == account.pw_uid:
        return bool(mode & stat.S_IXUSR)
    if status.st_gid == account.pw_gid:
        return bool(mode & stat.S_IXGRP)
    return bool(mode & stat.S_IXOTH)


def _read_entries(directory: Path) -> list[tuple[int, int, int]]:
    """Read the access-control entries (tag, permissions, id); without any, the three that the mode bits stand for."""
    try:
        raw = os.getxattr(directory, ACL_ATTRIBUTE)
    except OSError:
        mode = directory.stat().st_mode
        return [(USER_OWNER, mode >> 6 & 7, NO_ID), (GROUP_OWNER, mode >> 3 & 7, NO_ID), (OTHER, mode & 7, NO_ID)]
    return [(tag, permissions, owner) for tag, permissions, owner in struct.iter_unpack("<HHI", raw[4:])]


def _has_entry(directory: Path, uid: int) -> bool:
    if not hasattr(os, "getxattr"):
        return False
    entries = _read_entries(directory)
    mask = next((permissions for tag, permissions, _ in entries if tag == MASK), 7)
    return any(tag == USER and owner == uid and permissions & mask & SEARCH for tag, permissions, owner in entries)


def _add_entry(directory: Path, uid: int) -> None:
    """Add the entry ``user:uid:--x``; the mask grows by what the entry needs, no other entry gains anything."""
    try:
        entries = [entry for entry in _read_entries(directory) if entry[0] != MASK and entry[::2] != (USER, uid)]
        entries.append((USER, SEARCH, uid))
        mask = 0
        for tag, permissions, _ in entries:
            if tag in (USER, GROUP_OWNER, GROUP):
                mask |= permissions
        entries.append((MASK, mask, NO_ID))
        packed = b"".join(struct.pack("<HHI", *entry) for entry in sorted(entries, key=lambda e: (e[0], e[2])))
        os.setxattr(directory, ACL_ATTRIBUTE, struct.pack("<I", ACL_VERSION) + packed)
    except (OSError, AttributeError):
        directory.chmod(stat.S_IMODE(directory.stat().st_mode) | stat.S_IXOTH)
