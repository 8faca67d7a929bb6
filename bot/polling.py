"""Long polling by our own loop: an update is confirmed, by asking for later ones, only after it has been committed."""

from __future__ import annotations

import asyncio
import logging
import warnings
from collections.abc import Mapping, Sequence
from typing import Any

from telegram.error import Conflict, RetryAfter, TelegramError
from telegram.warnings import PTBUserWarning

from bot.app import App
from bot.envelope import ALLOWED_UPDATES
from storage.errors import DatabaseUnavailableError

# Its own method makes objects of all updates at once: a single one that cannot be read would keep back the whole batch.
warnings.filterwarnings("ignore", "Please use 'Bot.getUpdates'", PTBUserWarning)

log = logging.getLogger(__name__)

POLL_SECONDS = 25
BATCH = 100
LONGEST_PAUSE = 30.0
STOPPING_SECONDS = 10.0


async def poll(app: App) -> None:
    """Fetch updates and deliver them, users side by side, until cancelled."""
    offset: int | None = None
    pauses = 0
    while True:
        try:
            updates = await _fetch(app, offset)
            await _deliver_all(app, updates)
        except DatabaseUnavailableError:
            # Not confirmed: the next fetch brings the same updates again, and what was committed of them is a repeat.
            pauses += 1
            log.warning("the database is away; the updates stay with Telegram")
        except RetryAfter as error:
            pauses += 1
            log.warning("Telegram asks for a pause: %s", error.message)
        except Conflict:
            pauses += 1
            log.error("another process fetches updates with this token; only one may")
        except TelegramError as error:
            pauses += 1
            log.warning("fetching updates failed: %s", type(error).__name__)
        else:
            pauses = 0
            if updates:
                offset = updates[-1]["update_id"] + 1
        if pauses:
            await asyncio.sleep(min(2.0 ** (pauses - 1), LONGEST_PAUSE))


async def _fetch(app: App, offset: int | None) -> Sequence[Mapping[str, Any]]:
    arguments = {"timeout": POLL_SECONDS, "limit": BATCH, "allowed_updates": list(ALLOWED_UPDATES)}
    if offset is not None:
        arguments["offset"] = offset
    fetched = await app.bot.do_api_request("getUpdates", api_kwargs=arguments, read_timeout=POLL_SECONDS + 10)
    return fetched if isinstance(fetched, list) else []


async def _deliver_all(app: App, updates: Sequence[Mapping[str, Any]]) -> None:
    """Deliver a batch; every update is brought to its end, also when another one could not be taken, or we are to stop.

    Tasks start in the order they are made, and so enter their user's queue in the order of the updates.
    """
    batch = asyncio.gather(*(app.delivery.deliver(update) for update in updates), return_exceptions=True)
    try:
        results = await asyncio.shield(batch)
    except asyncio.CancelledError:
        await asyncio.wait([batch], timeout=STOPPING_SECONDS)
        raise
    for result in results:
        if isinstance(result, BaseException):
            raise result
