"""How the bot is reached, read from the environment (and a ``.env`` file) and nowhere else in `bot`."""

from __future__ import annotations

import hashlib
import hmac
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from storage.errors import ConfigurationError

WEBHOOK_PATH = "/telegram"


class BotSettings(BaseSettings):
    """The settings of the bot. `.env.example` lists them with those of the other packages.

    The limits hold for one user. `text_characters` is for a text that was joined from parts, or a piece of a file;
    `file_bytes` for a text file; the model's day is the user's own, by their time zone.
    """

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True)

    telegram_bot_token: SecretStr | None = None
    telegram_api_base: str = "https://api.telegram.org"
    webhook_url: str | None = None
    webhook_secret: SecretStr | None = None
    host: str = "0.0.0.0"  # noqa: S104 - a webhook is called from outside; in a container there is no other address.
    port: int = Field(default=8080, ge=0, le=65535)
    metrics_port: int | None = Field(default=None, ge=1, le=65535)
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["text", "json"] = "text"
    turn_seconds: float = Field(default=30, gt=0, le=300)
    messages_per_minute: int = Field(default=60, ge=5, le=10_000)
    text_characters: int = Field(default=20_000, ge=4096, le=200_000)
    file_bytes: int = Field(default=1_000_000, ge=1_000, le=20_000_000)
    model_requests_per_day: int = Field(default=100, ge=0)
    model_tokens_per_day: int = Field(default=300_000, ge=0)

    @field_validator("telegram_bot_token")
    @classmethod
    def looks_like_a_token(cls, token: SecretStr | None) -> SecretStr | None:
        number, _, rest = token.get_secret_value().partition(":") if token else ("0", "", "rest")
        if not (number.isdecimal() and len(rest) >= 3 and rest.replace("-", "").replace("_", "").isalnum()):
            raise ValueError("it has to look like 123456:ABC-DEF, as BotFather gave it")
        return token

    @field_validator("telegram_api_base", "webhook_url")
    @classmethod
    def is_an_address(cls, url: str | None) -> str | None:
        if url is not None and (urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname):
            raise ValueError("it has to be an address that begins with http:// or https://")
        return url.rstrip("/") if url else url

    @field_validator("webhook_secret")
    @classmethod
    def fits_the_header(cls, secret: SecretStr | None) -> SecretStr | None:
        value = secret.get_secret_value() if secret else "absent"
        if not (1 <= len(value) <= 256 and value.isascii() and value.replace("-", "").replace("_", "").isalnum()):
            raise ValueError("it takes 1 to 256 letters, digits, - and _")
        return secret

    @property
    def webhook_address(self) -> str | None:
        """Give the whole address that Telegram calls; the path is added where the setting ends without it."""
        if self.webhook_url is None or self.webhook_url.endswith(WEBHOOK_PATH):
            return self.webhook_url
        return self.webhook_url + WEBHOOK_PATH

    @property
    def secret_token(self) -> str:
        """Give what Telegram has to send with each call: the setting, or a secret that follows from the bot's token."""
        if self.webhook_secret is not None:
            return self.webhook_secret.get_secret_value()
        key = self.telegram_bot_token.get_secret_value() if self.telegram_bot_token else ""
        return hmac.new(key.encode(), b"repscribe webhook", hashlib.sha256).hexdigest()


def load_settings() -> BotSettings:
    """Read the settings.

    Raises:
        ConfigurationError: a setting is wrong; the message is one sentence that names it and never its value.
    """
    try:
        return BotSettings()
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"]).upper()
        reason = first["msg"].removeprefix("Value error, ")
        raise ConfigurationError(f"The setting {name} is wrong: {reason}.") from error
