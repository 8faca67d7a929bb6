"""The bot as a process, `python -m bot`, with the probing handlers in the place of its table."""

from __future__ import annotations

import sys

import bot.routes
from bot.__main__ import main
from tests.bot.probe import probe_routes

bot.routes.routes = probe_routes

if __name__ == "__main__":
    sys.exit(main())
