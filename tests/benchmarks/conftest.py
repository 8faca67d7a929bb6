"""Benchmarks take their time: they are collected only when asked for with --benchmark-only."""

from __future__ import annotations

import sys

collect_ignore_glob = [] if "--benchmark-only" in sys.argv else ["test_*.py"]
