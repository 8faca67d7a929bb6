"""`python -m bot`: `chat` is the terminal, `run` serves Telegram, `health` tells whether all is well."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path

import uvloop

from storage.errors import ConfigurationError, DatabaseUnavailableError


def main(arguments: list[str] | None = None) -> int:
    """Run a command; give the exit code: 2 for a wrong setting or argument, 1 for a failure."""
    options = _parser().parse_args(arguments)
    try:
        with asyncio.Runner(loop_factory=options.loop_factory) as runner:
            exit_code: int = runner.run(options.command(options))
        return exit_code
    except ConfigurationError as error:
        print(error, file=sys.stderr)
        return 2
    except DatabaseUnavailableError as error:
        print(f"The database cannot be reached: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bot", description="Repscribe, a Telegram bot that keeps your training."
    )
    parser.set_defaults(loop_factory=None)
    commands = parser.add_subparsers(required=True, metavar="chat | run | health")
    chat = commands.add_parser("chat", help="talk to the bot in this terminal")
    chat.add_argument("--user", type=_telegram_id, default=7, metavar="ID", help="the Telegram id to speak as (7)")
    chat.add_argument("--script", metavar="FILE", help="play the messages of a file instead; - is standard input")
    chat.add_argument("--json", action="store_true", help="one line of JSON for each thing the bot sends")
    chat.set_defaults(command=_chat)
    run = commands.add_parser("run", help="serve Telegram: long polling, or a webhook when WEBHOOK_URL is set")
    run.set_defaults(command=_run, loop_factory=uvloop.new_event_loop)
    health = commands.add_parser("health", help="exit 0 when the bot can do its work")
    health.set_defaults(command=_health)
    return parser


def _telegram_id(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 2**52:
        raise argparse.ArgumentTypeError("takes a positive number")
    return int(text)


async def _chat(options: argparse.Namespace) -> int:
    # Each command imports what it needs: the terminal shall be there at once, and wait for nobody else's libraries.
    from bot.journal import start_log
    from storage.opening import open_database
    from storage.settings import load_settings

    start_log("ERROR")
    script = _read_script(options.script)
    settings = load_settings()
    files = settings.repscribe_home / "files"
    if script is None:
        print("Getting the database ready…", file=sys.stderr)
    async with open_database(settings) as database:
        if script is not None:
            from bot.console.script import play_script

            return await play_script(database, script, options.user, files, is_json=options.json)
        from bot.console.terminal import talk

        await talk(database, options.user, files)
        return 0


def _read_script(name: str | None) -> str | None:
    """Read the script; what comes through a pipe is one too. None means that somebody is typing."""
    if name is None and sys.stdin.isatty():
        return None
    try:
        content = sys.stdin.buffer.read() if name in (None, "-") else Path(str(name)).read_bytes()
        return content.decode("utf-8")
    except OSError as error:
        raise ConfigurationError(f"The script {name} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"The script {name or '-'} is not UTF-8.") from error


async def _run(options: argparse.Namespace) -> int:
    from bot.journal import start_log
    from bot.secrets_kept import secrets_of
    from bot.serving import run
    from bot.settings import load_settings
    from parser.settings import LlmSettings, LlmSettingsError, load_llm_settings
    from storage.settings import load_settings as load_storage_settings

    settings = load_settings()
    try:
        llm: LlmSettings = load_llm_settings()
    except LlmSettingsError as error:
        raise ConfigurationError(str(error)) from error
    start_log(settings.log_level, secrets_of(settings, load_storage_settings(), llm), settings.log_format)
    await run(settings)
    return 0


async def _health(options: argparse.Namespace) -> int:
    from bot.health import is_well

    return 0 if await is_well() else 1


if __name__ == "__main__":
    sys.exit(main())
