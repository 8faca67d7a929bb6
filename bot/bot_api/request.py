"""The request class that calls the Bot API in this process instead of over the network."""

from __future__ import annotations

import json
from typing import Any

from telegram._utils.types import ODVInput
from telegram.request import BaseRequest, RequestData

from bot.bot_api.server import BotApi
from bot.bot_api.validation import ApiError


class InProcessRequest(BaseRequest):
    """Hands each call to a `BotApi`, and gives its answer the shape that comes over HTTP."""

    def __init__(self, api: BotApi) -> None:
        self._api = api

    @property
    def read_timeout(self) -> float | None:
        return None

    async def initialize(self) -> None:
        return

    async def shutdown(self) -> None:
        return

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = None,
        write_timeout: ODVInput[float] = None,
        connect_timeout: ODVInput[float] = None,
        pool_timeout: ODVInput[float] = None,
    ) -> tuple[int, bytes]:
        name = url.rsplit("/", 1)[-1]
        try:
            if method == "GET":
                return 200, self._api.content(name)
            return 200, json.dumps({"ok": True, "result": self._call(name, request_data)}).encode()
        except ApiError as error:
            return error.status, json.dumps(error_body(error)).encode()

    def _call(self, name: str, request_data: RequestData | None) -> Any:
        if request_data is None:
            return self._api.call(name, {})
        uploads = {}
        for field, (filename, content, _) in (request_data.multipart_data or {}).items():
            uploads[field] = (filename, content if isinstance(content, bytes) else content.read())
        return self._api.call(name, request_data.parameters, uploads)


def error_body(error: ApiError) -> dict[str, Any]:
    """Give the JSON of a refusal."""
    body: dict[str, Any] = {"ok": False, "error_code": error.status, "description": error.description}
    return body | ({"parameters": error.parameters} if error.parameters else {})
