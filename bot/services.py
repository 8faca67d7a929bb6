"""What is made once and used by every turn. `bot.app` makes it; a use case finds it as ``turn.services``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.clock import Clock

if TYPE_CHECKING:
    from telegram.ext import ExtBot

    from bot.counted_reader import CountedReader
    from bot.handling import Command, DialogueHandler
    from bot.metrics import Metrics
    from bot.settings import BotSettings


@dataclass(frozen=True, slots=True)
class Services:
    """`telegram` is for slow work that fetches a file: handlers answer through the outbox. `reader` asks a model."""

    settings: BotSettings
    clock: Clock
    commands: Sequence[Command]
    dialogues: Mapping[str, DialogueHandler]
    telegram: ExtBot[None]
    reader: CountedReader
    metrics: Metrics
