"""What the log must never print, of all settings, as they were given and as they travel."""

from __future__ import annotations

from urllib.parse import quote

from bot.settings import BotSettings
from parser.settings import LlmSettings
from storage.addresses import password_of
from storage.settings import StorageSettings


def secrets_of(bot: BotSettings, storage: StorageSettings, llm: LlmSettings) -> tuple[str, ...]:
    """List the bot's token and its second half, the webhook's secret, the model's key, the passwords of the databases.

    Each is listed in the form it has in an address as well.
    """
    found = []
    if bot.telegram_bot_token is not None:
        token = bot.telegram_bot_token.get_secret_value()
        found += [token, token.partition(":")[2], bot.secret_token]
    if bot.webhook_secret is not None:
        found.append(bot.webhook_secret.get_secret_value())
    if llm.api_key is not None:
        found.append(llm.api_key.get_secret_value())
    for address in (storage.database_url, storage.migration_database_url):
        if address is not None:
            found += [address.get_secret_value(), password_of(address.get_secret_value()) or ""]
    return tuple({form for secret in found if secret for form in (secret, quote(secret, safe=""))})
