"""Where the data lives, read from the environment (and a ``.env`` file) and nowhere else in this package."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from storage.errors import ConfigurationError


def user_data_directory() -> Path:
    """Name the directory in which this system keeps a user's data of this application."""
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "repscribe"
    xdg = os.environ.get("XDG_DATA_HOME", "")
    base = Path(xdg) if Path(xdg).is_absolute() else Path.home() / ".local" / "share"
    return base / "repscribe"


class StorageSettings(BaseSettings):
    """The settings of storage.

    Without ``DATABASE_URL`` the embedded PostgreSQL below ``REPSCRIBE_HOME`` is used. ``MIGRATION_DATABASE_URL`` names
    the owner of the tables where that is another role than the bot's.
    """

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True)

    database_url: SecretStr | None = None
    migration_database_url: SecretStr | None = None
    repscribe_home: Annotated[Path, NoDecode] = Field(default_factory=user_data_directory)
    database_role: str = Field(default="repscribe_bot", validation_alias="REPSCRIBE_DATABASE_ROLE")
    database_pool_size: int = Field(default=10, ge=1, le=200)

    @field_validator("repscribe_home", mode="after")
    @classmethod
    def absolute_home(cls, home: Path) -> Path:
        return home.expanduser().absolute()

    @field_validator("database_role")
    @classmethod
    def plain_role(cls, role: str) -> str:
        if not role or len(role.encode()) > 63 or "\0" in role:
            raise ValueError("must be 1 to 63 bytes")
        return role


def load_settings() -> StorageSettings:
    """Read the settings.

    Raises:
        ConfigurationError: a setting is wrong; the message names it and never its value.
    """
    try:
        return StorageSettings()
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"]).upper()
        raise ConfigurationError(f"The setting {name} is wrong: {first['msg']}.") from error
