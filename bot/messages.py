"""The message catalogue: every word the bot says, as Fluent files in `bot/locales`.

A language is `en.ftl` and its further parts `en_*.ftl`. English is complete; where another language lacks a message,
English answers.
"""

from __future__ import annotations

import logging
import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from bot.markup import Html, escape

LOCALES = Path(__file__).parent / "locales"
FALLBACK = "en"

# Fluent refuses a message with an argument of more than 2,500 characters; a longer one is put in afterwards.
LONGEST = 2_000
STAND_IN = re.compile("\N{START OF TEXT}([a-z_]+)\N{END OF TEXT}")

# Units, kinds and figures come again and again, in every chat.
LONGEST_KEPT = 24
MOST_KEPT = 4_096

QUOTED = frozenset(("words", "query"))
"""Arguments that say back what was typed, so that it is known what is spoken of: its beginning will do."""
LONGEST_QUOTE = 120
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Characters that turn the direction of whatever follows them, of the bot's words too."""

log = logging.getLogger(__name__)


class Messages:
    """The messages in one language."""

    def __init__(self, language: str, bundles: tuple[Any, ...]) -> None:
        self.language = language
        self._bundles = bundles
        self._recent = lru_cache(maxsize=MOST_KEPT)(self._formatted)

    def text(self, key: str, **args: object) -> Html:
        """Give a message as HTML. Strings among the arguments are escaped, unless they are Html already."""
        escaped = {
            name: escape(_quotable(name, value)) if isinstance(value, str) else value for name, value in args.items()
        }
        return Html(self._format(key, escaped))

    def label(self, key: str, **args: object) -> str:
        """Give a message as plain text, for buttons, toasts and file names. Nothing is escaped."""
        return self._format(
            key, {name: _quotable(name, value) if isinstance(value, str) else value for name, value in args.items()}
        )

    def _format(self, key: str, args: dict[str, object]) -> str:
        long = {name: value for name, value in args.items() if isinstance(value, str) and len(value) > LONGEST}
        if long:
            formatted = self._format(key, args | {name: _stand_in(name) for name in long})
            return STAND_IN.sub(lambda found: long.get(found[1], found[0]), formatted)
        # Of equal numbers that are written differently the first would stand for the others.
        is_kept = all(isinstance(value, str) and len(value) <= LONGEST_KEPT for value in args.values())
        return self._recent(key, *args.items()) if is_kept else self._formatted(key, *args.items())

    def _formatted(self, key: str, *items: tuple[str, object]) -> str:
        args = dict(items)
        for bundle in self._bundles:
            if bundle.has_message(key):
                pattern = bundle.get_message(key).value
                formatted, errors = bundle.format_pattern(pattern, args)
                for error in errors:
                    log.error("message %s in %s: %s", key, self.language, type(error).__name__)
                return str(formatted)
        raise LookupError(f"no message {key!r} in the catalogue")


def _quotable(name: str, value: str) -> str:
    """Give what somebody typed as it may stand among the bot's words: it neither turns nor drowns them."""
    if isinstance(value, Html):
        return value
    plain = value if value.isascii() else TURNING.sub("", value)
    if name not in QUOTED or len(plain) <= LONGEST_QUOTE:
        return plain
    return " ".join(plain[: LONGEST_QUOTE - 1].split()) + "…"


def _stand_in(name: str) -> str:
    return f"\N{START OF TEXT}{name}\N{END OF TEXT}"


@cache
def messages_in(language: str) -> Messages:
    """Give the messages in a language, given as its code: "en", "pt-BR"."""
    wanted = language.partition("-")[0].lower()
    bundles = tuple(_bundle(code) for code in dict.fromkeys((wanted, FALLBACK)) if code in languages())
    return Messages(wanted if wanted in languages() else FALLBACK, bundles)


@cache
def languages() -> tuple[str, ...]:
    """Name the languages that have a file."""
    return tuple(sorted({path.stem.partition("_")[0] for path in LOCALES.glob("*.ftl")}))


@cache
def _bundle(code: str) -> Any:
    # fluent and babel behind it take a while to import, and `--help` or `health` say nothing from the catalogue.
    from fluent.runtime import FluentBundle, FluentResource

    bundle = FluentBundle([code], use_isolating=False)
    for path in sorted(LOCALES.glob("*.ftl")):
        if path.stem.partition("_")[0] == code:
            bundle.add_resource(FluentResource(path.read_text(encoding="utf-8")))
    return bundle
