"""What is done before the first message."""

from __future__ import annotations

import subprocess
import sys

FROZEN = """
import gc
from bot.warm_up import warm_up
from parser.vocabulary import Vocabulary
warm_up()
library, frozen = Vocabulary.library(), gc.get_freeze_count()
assert frozen > 50_000, frozen
assert not any(one is library for one in gc.get_objects()), "a full collection goes through the library"
"""


def test_the_library_is_loaded_and_out_of_the_collectors_way() -> None:
    done = subprocess.run([sys.executable, "-c", FROZEN], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
