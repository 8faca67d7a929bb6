"""Where a language model is to be found, read from the environment (and a ``.env`` file) and nowhere else here."""

from __future__ import annotations

from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class LlmSettingsError(ValueError):
    """A setting of the language model is wrong."""


class LlmSettings(BaseSettings):
    """The settings of the LLM reader: any endpoint that speaks OpenAI's chat completions.

    Without a model, and a base URL or a key, nothing is configured and every text is read by shorthand alone.
    `timeout_seconds` holds for one HTTP request, `deadline_seconds` for all that is done for one text. Thinking models
    are asked to think little: copying figures out of a line takes no more, and thoughts count against `max_tokens`.
    """

    model_config = SettingsConfigDict(
        env_prefix="OPENAI_", env_file=".env", extra="ignore", env_ignore_empty=True, frozen=True
    )

    base_url: str | None = None
    api_key: SecretStr | None = None
    model: str | None = None
    timeout_seconds: float = Field(default=30.0, gt=0, le=600)
    deadline_seconds: float = Field(default=60.0, gt=0, le=1800)
    max_retries: int = Field(default=1, ge=0, le=5)
    max_tokens: int = Field(default=2000, ge=64, le=32000)
    max_requests: int = Field(default=4, ge=1, le=50, description="parts of one long text that are sent")
    reasoning_effort: Literal["none", "minimal", "low", "medium", "high"] | None = "low"

    @field_validator("base_url")
    @classmethod
    def web_address(cls, address: str | None) -> str | None:
        if address is None:
            return None
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.port == 0:
            raise ValueError("must be an address such as http://127.0.0.1:11434/v1")
        return address

    @field_validator("api_key")
    @classmethod
    def sendable_key(cls, key: SecretStr | None) -> SecretStr | None:
        # A key travels in a header, and a header holds printable ASCII only.
        if key is not None and not (key.get_secret_value().isascii() and key.get_secret_value().isprintable()):
            raise ValueError("must be printable ASCII")
        return key

    @model_validator(mode="after")
    def deadline_after_timeout(self) -> LlmSettings:
        if self.deadline_seconds < self.timeout_seconds:
            raise ValueError("OPENAI_DEADLINE_SECONDS must not be shorter than OPENAI_TIMEOUT_SECONDS")
        return self

    @property
    def is_configured(self) -> bool:
        return self.model is not None and (self.base_url is not None or self.api_key is not None)


def load_llm_settings() -> LlmSettings:
    """Read the settings.

    Raises:
        LlmSettingsError: a setting is wrong; the message names it and never its value.
    """
    try:
        return LlmSettings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(str(part) for part in ("openai", *first["loc"])).upper()
        raise LlmSettingsError(f"The setting {name} is wrong: {first['msg']}.") from error
