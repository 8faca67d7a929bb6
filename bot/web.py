"""The web application: where Telegram brings updates, and where operators look.

POST /telegram   200: it has taken effect (or never will); 503: bring it again; 403: who are you; 400: not an update
GET  /healthz    200: the database was reached; 503: it was not
GET  /metrics    for Prometheus
"""

from __future__ import annotations

import hmac
import json
import logging
from typing import Any

from aiohttp import web

from bot.app import App
from bot.journal import describe
from bot.settings import WEBHOOK_PATH
from storage.errors import DatabaseUnavailableError

log = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
LARGEST_UPDATE = 1024 * 1024
RETRY_SECONDS = "2"

APP: web.AppKey[App] = web.AppKey("app", App)
SECRET: web.AppKey[str] = web.AppKey("secret", str)


def make_web(app: App, secret_token: str) -> web.Application:
    """Make the web application for a bot; `secret_token` is what Telegram has to send along."""
    application = web.Application(client_max_size=LARGEST_UPDATE)
    application[APP] = app
    application[SECRET] = secret_token
    application.router.add_post(WEBHOOK_PATH, receive)
    return with_signs_of_life(application)


def make_signs_of_life(app: App) -> web.Application:
    """Make a web application of /healthz and /metrics alone, for a port of their own."""
    application = web.Application()
    application[APP] = app
    return with_signs_of_life(application)


def with_signs_of_life(application: web.Application) -> web.Application:
    application.router.add_get("/healthz", health)
    application.router.add_get("/metrics", metrics)
    return application


async def receive(request: web.Request) -> web.Response:
    """Take an update: the answer tells Telegram whether to bring it again."""
    given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
    if not hmac.compare_digest(given, request.app[SECRET].encode()):
        return web.Response(status=403)
    try:
        update: Any = json.loads(await request.read())
        if not isinstance(update, dict) or not isinstance(update.get("update_id"), int):
            return web.Response(status=400)
        await request.app[APP].delivery.deliver(update)
    except DatabaseUnavailableError:
        return web.Response(status=503, headers={"Retry-After": RETRY_SECONDS})
    except (ValueError, RecursionError) as error:
        log.warning("what came was no update: %s", describe(error))
        return web.Response(status=400)
    return web.Response()


async def health(request: web.Request) -> web.Response:
    app = request.app[APP]
    try:
        await app.database.ping()
    except DatabaseUnavailableError:
        app.metrics.database_up.set(0)
        return web.json_response({"database": "away"}, status=503)
    app.metrics.database_up.set(1)
    return web.json_response({"database": "reached"})


async def metrics(request: web.Request) -> web.Response:
    app = request.app[APP]
    await _look_around(app)
    return web.Response(body=app.metrics.render(), content_type="text/plain", charset="utf-8")


async def _look_around(app: App) -> None:
    """Take the levels that nobody counts up: without the database those of the queues stay as they were."""
    app.metrics.set_connections(*app.database.connections())
    try:
        app.metrics.set_queues(await app.database.queue_lengths())
    except DatabaseUnavailableError:
        app.metrics.database_up.set(0)
    else:
        app.metrics.database_up.set(1)
