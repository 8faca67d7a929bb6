"""`python -m tests.torture`: thousands of messages to the real bot while it is killed; then everything is counted.

    python -m tests.torture --messages 20000 --kills 200 --chats 60 --seed 1

Two processes of the bot share one webhook and one PostgreSQL. The exit code is 1 where anything was lost, doubled, left
unanswered, out of order or wrong.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import shutil
import signal
import sys
import tempfile
from collections import Counter
from contextlib import AsyncExitStack
from pathlib import Path
from time import monotonic

from bot.bot_api import Person
from bot.settings import BotSettings
from storage import embedded
from storage.embedded import EmbeddedPostgres
from storage.migrating import bring_up_to_date
from tests.bot.telegram_server import TOKEN, serve
from tests.fake_openai import FakeOpenAI
from tests.server import Server
from tests.torture.count import Verdict, reckon
from tests.torture.harm import BotProcess, FaultyTelegram, Harm, moody_model
from tests.torture.lifters import Ledger, Lifter, Telegram, keep_short
from tests.torture.surroundings import environment, free_port

PROCESSES = 2
SETTLE_SECONDS = 300
DURABLE = ("max_connections=200",)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument("--messages", type=int, default=20_000)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--chats", type=int, default=60)
    parser.add_argument("--rate", type=float, default=25, help="messages a second, of all chats together")
    parser.add_argument("--seed", type=int, default=1)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # whoever ends it ends what it has started
    return asyncio.run(torture(parser.parse_args()))


async def torture(wanted: argparse.Namespace) -> int:
    chance, began = random.Random(wanted.seed), monotonic()
    home = Path(tempfile.mkdtemp(prefix="repscribe-torture-"))
    postgres = EmbeddedPostgres(home, DURABLE)
    postgres.start()
    try:
        server = Server(
            *(postgres.address("postgres", user) for user in (embedded.SUPERUSER, embedded.OWNER, embedded.BOT_ROLE)),
            embedded.OWNER,
        )
        verdict = await run(wanted, home, postgres, server, chance, began)
    finally:
        postgres.release()
        postgres.stop()
        shutil.rmtree(home, ignore_errors=True)
    return 0 if verdict.is_clean else 1


async def run(
    wanted: argparse.Namespace,
    home: Path,
    postgres: EmbeddedPostgres,
    server: Server,
    chance: random.Random,
    began: float,
) -> Verdict:
    async with AsyncExitStack() as parts:
        name = await parts.enter_async_context(server.throwaway())
        await bring_up_to_date(server.owner_of(name), embedded.BOT_ROLE)
        telegram = FaultyTelegram(chance)
        await parts.enter_async_context(serve(telegram))
        keep_short(telegram.api)
        moods: Counter[str] = Counter()
        model = await parts.enter_async_context(FakeOpenAI(moody_model(chance, moods)))
        ports = [free_port() for _ in range(PROCESSES)]
        settings = environment(
            server.bot_of(name), telegram.address,
            OPENAI_BASE_URL=model.url, OPENAI_API_KEY="sk-none", OPENAI_MODEL="moody",
            OPENAI_TIMEOUT_SECONDS="5", OPENAI_DEADLINE_SECONDS="10",
        )  # fmt: skip
        bots = [BotProcess(port, settings, home / f"bot-{port}.log") for port in ports]
        harm = Harm(bots, postgres, server, chance)
        ledger = Ledger()
        secret = BotSettings(telegram_bot_token=TOKEN).secret_token
        bringer = Telegram(telegram.api, ports, ledger, chance, secret)
        for bot in bots:
            await bot.start()
            await bot.until_ready()
        print(f"two processes are up after {monotonic() - began:.0f} s; {wanted.messages} messages follow", flush=True)
        await _storm(wanted, chance, bringer, harm, telegram)
        telegram.is_calm = True
        await _settle(server, name)
        await bringer.close()
        codes = [await bot.end() for bot in bots]
        async with server.connect(name) as connection:
            verdict = await reckon(connection, ledger, telegram.api)
        report(wanted, ledger, harm, telegram.harm + moods, verdict, monotonic() - began)
        assert len(codes) == PROCESSES
    return verdict


async def _storm(
    wanted: argparse.Namespace, chance: random.Random, bringer: Telegram, harm: Harm, telegram: FaultyTelegram
) -> None:
    pace = wanted.chats / wanted.rate
    people = [Person(5_000_000 + number) for number in range(wanted.chats)]
    lifters = [Lifter(person, bringer, chance, pace) for person in people]
    each, rest = divmod(wanted.messages, wanted.chats)
    seconds = wanted.messages / wanted.rate
    harms = [
        asyncio.create_task(harm.keep_alive()),
        asyncio.create_task(harm.cut_connections(7)),
        asyncio.create_task(harm.restart_postgres(max(20, seconds / 12))),
    ]
    kills = asyncio.create_task(harm.kill_bots(wanted.kills, lambda: len(bringer.ledger.said) / wanted.messages))
    progress = asyncio.create_task(_tell(bringer.ledger, harm))
    await asyncio.gather(*(lifter.train(each + (index < rest)) for index, lifter in enumerate(lifters)))
    await kills
    harm.is_over.set()
    progress.cancel()
    for task in harms:
        task.cancel()
    await asyncio.gather(*harms, progress, return_exceptions=True)
    await asyncio.to_thread(harm.postgres.ensure_running)


async def _tell(ledger: Ledger, harm: Harm) -> None:
    began = monotonic()
    while True:
        await asyncio.sleep(30)
        said, kills = len(ledger.said), harm.counts["kill -9"]
        print(f"{monotonic() - began:6.0f} s: {said} messages, {kills} kills", flush=True)


async def _settle(server: Server, name: str) -> None:
    """Wait until nothing is owed any more and no text waits to be read."""
    end = monotonic() + SETTLE_SECONDS
    owed = (
        "SELECT (SELECT count(*) FROM outbox WHERE status = 'pending')"
        " + (SELECT count(*) FROM workout_import_log WHERE status IN ('received', 'reading'))"
    )
    async with server.connect(name) as connection:
        while (left := await connection.fetchval(owed)) and monotonic() < end:
            await connection.execute("SELECT pg_sleep(1)")
    print(f"settled; {left} left", flush=True)


def report(
    wanted: argparse.Namespace, ledger: Ledger, harm: Harm, weather: Counter[str], verdict: Verdict, seconds: float
) -> None:
    print(f"\nTorture: {len(ledger.said)} messages in {wanted.chats} chats, seed {wanted.seed}, {seconds:.0f} s")
    for title, counts in (("sent", ledger.counts), ("harm", harm.counts + weather)):
        print(f"\n{title}")
        for what, count in sorted(counts.items()):
            print(f"  {count:7d}  {what}")
    print("\nfound")
    for what in ("lost", "doubled", "unanswered", "disordered", "wrong"):
        found = getattr(verdict, what)
        print(f"  {len(found):7d}  {what}")
        for line in found[:10]:
            print(f"           {line}")
    print(f"  {verdict.seen_twice:7d}  messages seen twice: the call arrived, its answer did not")


if __name__ == "__main__":
    sys.exit(main())
