"""The settings are documented, all of them, and the example file is one that can be used."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import SecretStr
from pydantic_settings import BaseSettings

from bot.settings import BotSettings, load_settings
from parser.settings import LlmSettings
from storage.errors import ConfigurationError
from storage.settings import StorageSettings

EXAMPLE = Path(__file__).resolve().parents[2] / ".env.example"
FOR_COMPOSE = {"POSTGRES_PASSWORD", "OWNER_PASSWORD", "BOT_PASSWORD"}


def variables_of(settings: type[BaseSettings]) -> set[str]:
    prefix = settings.model_config.get("env_prefix", "")
    names = {str(field.validation_alias or prefix + name) for name, field in settings.model_fields.items()}
    return {name.upper() for name in names}


def test_the_example_names_every_setting_and_no_other() -> None:
    named = set(re.findall(r"^#?([A-Z_]+)=", EXAMPLE.read_text(encoding="utf-8"), re.MULTILINE))
    assert named - FOR_COMPOSE == variables_of(BotSettings) | variables_of(StorageSettings) | variables_of(LlmSettings)


def test_the_example_as_it_is_says_what_is_the_case_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for settings in (BotSettings, StorageSettings, LlmSettings):
        for name in variables_of(settings):
            monkeypatch.delenv(name, raising=False)
        assert settings(_env_file=EXAMPLE) == settings(_env_file=None)  # type: ignore[call-arg]


def test_a_secret_follows_from_the_token_and_is_not_the_token() -> None:
    token = "123456:some-token"
    settings = BotSettings(telegram_bot_token=SecretStr(token), webhook_secret=None)
    assert re.fullmatch(r"[0-9a-f]{64}", settings.secret_token)
    assert settings.secret_token == BotSettings(telegram_bot_token=SecretStr(token)).secret_token
    assert settings.secret_token != BotSettings(telegram_bot_token=SecretStr(token + "x")).secret_token
    assert BotSettings(webhook_secret=SecretStr("my_own-1")).secret_token == "my_own-1"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEGRAM_BOT_TOKEN", "sesame"),
        ("TELEGRAM_BOT_TOKEN", "777777:"),
        ("TELEGRAM_BOT_TOKEN", "123456:with space"),
        ("TELEGRAM_API_BASE", "api.telegram.org"),
        ("WEBHOOK_URL", "ftp://example.org"),
        ("WEBHOOK_SECRET", "x" * 257),
        ("WEBHOOK_SECRET", "geheimnisträger"),
        ("PORT", "70000"),
        ("LOG_LEVEL", "LOUD"),
        ("TURN_SECONDS", "0"),
    ],
)
def test_a_wrong_setting_is_named_and_its_value_kept_secret(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigurationError, match=f"The setting {name} is wrong: .*\\.$") as error:
        load_settings()
    assert value not in str(error.value) or value == "0"
