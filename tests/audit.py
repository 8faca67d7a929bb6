"""`make audit`: are there known vulnerabilities in what is pinned? pip-audit asks PyPI's vulnerability service.

Exit 0: every pinned package was looked up, and none is known to be vulnerable. Exit 1: some are. Exit 3: it could not
be found out, because the service was not reached or does not know a package; that is no clean bill.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PINNED = ("requirements/runtime.txt", "requirements/dev.txt")
UNKNOWN = 3


def main() -> int:
    arguments = [argument for name in PINNED for argument in ("--requirement", str(ROOT / name))]
    done = subprocess.run(
        [str(Path(sys.executable).parent / "pip-audit"), "--disable-pip", "--require-hashes", "--format", "json",
         "--progress-spinner", "off", *arguments],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    try:
        report = json.loads(done.stdout)
    except ValueError:
        why = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        sys.stderr.write(f"The audit could not be made, so nothing is known: {why[:300]}\n")
        return UNKNOWN
    code, sentences = verdict(report)
    (sys.stderr if code else sys.stdout).write("\n".join(sentences) + "\n")
    return code


def verdict(report: dict[str, Any]) -> tuple[int, list[str]]:
    """Judge pip-audit's report: it calls a package that it could not look up "skipped", and itself content."""
    packages = {package["name"]: package for package in report.get("dependencies", ())}
    skipped = [package["name"] for package in packages.values() if "skip_reason" in package]
    found = [
        f"{package['name']} {package['version']}: {one['id']}, mended in {', '.join(one['fix_versions']) or 'none yet'}"
        for package in packages.values()
        for one in package.get("vulns", ())
    ]
    if found:
        return 1, [*found, f"{len(found)} known vulnerabilities."]
    if skipped or not packages:
        told = ", ".join(skipped[:5]) + (" and others" if len(skipped) > 5 else "")
        return UNKNOWN, [
            f"{len(skipped)} of {len(packages)} packages could not be looked up ({told}): nothing is known of them.",
            "The vulnerability service of PyPI was not reached, or does not know them.",
        ]
    return 0, [f"{len(packages)} packages looked up, no known vulnerabilities."]


if __name__ == "__main__":
    sys.exit(main())
