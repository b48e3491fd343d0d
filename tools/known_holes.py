"""Known holes of what a lock names, as `pip-audit` tells them; nothing looked up is never called nothing found.

`python tools/known_holes.py PIP-AUDIT LOCK…`: exit 1 for a package with a known hole, 3 where the advisories of some
packages could not be had and no hole is known of the others.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

UNKNOWN = 3


def told(program: str, lock: str) -> list[dict[str, Any]]:
    """What `pip-audit` says of each package; [] where it could not ask anybody."""
    asked = [program, "--require-hashes", "--disable-pip", "--progress-spinner", "off", "--format", "json"]
    done = subprocess.run([*asked, "--requirement", lock], capture_output=True, text=True, check=False)
    try:
        found: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        print(done.stderr.strip().splitlines()[-1:] or "", file=sys.stderr)
        return []
    return found


def main(program: str, locks: list[str]) -> int:
    """Say it lock by lock."""
    holes = missing = 0
    for lock in locks:
        found = told(program, lock)
        skipped = [one for one in found if "skip_reason" in one]
        for one in found:
            for hole in one.get("vulns", ()):
                holes += 1
                cure = ", ".join(hole["fix_versions"]) or "no version yet"
                print(f"{lock}: {one['name']} {one['version']}: {hole['id']}, mended in {cure}")
        if skipped or not found:
            missing += 1
            print(f"{lock}: NOT AUDITED: {len(skipped) or 'all'} packages could not be looked up, the advisories are")
            print("  not to be had from here. Nothing is known of them, which is not the same as no hole.")
        else:
            print(f"{lock}: {len(found)} packages looked up")
    return 1 if holes else UNKNOWN if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
