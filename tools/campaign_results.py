# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Put what the sessions of the campaign wrote to build/campaign together in tests/campaign/results.json.

The campaign can be run in shares and parts; a case that was tried again counts as it ended last.
"""

from __future__ import annotations

import json
import sys
import typing as t
from pathlib import Path

ROOT = Path(__file__).parents[1]
SESSIONS = ROOT / "build" / "campaign"
RESULTS = ROOT / "tests" / "campaign" / "results.json"

Nested = dict[str, dict[str, t.Any]]


def together(sessions: t.Iterable[dict[str, t.Any]]) -> dict[str, Nested]:
    """What became of each case, and how many are possible, by part and subject; and how cases ended by their traits."""
    possible: Nested = {}
    impossible: dict[tuple[str, str], set[str]] = {}
    outcomes: Nested = {}
    traits: dict[tuple[str, str, str], list[str]] = {}
    for session in sessions:
        for part, subjects in session["possible"].items():
            possible.setdefault(part, {}).update(subjects)
        for part, subjects in session["impossible"].items():
            for subject, cases in subjects.items():
                impossible.setdefault((part, subject), set()).update(cases)
        for case in session["cases"]:
            subject = outcomes.setdefault(case["part"], {}).setdefault(case["subject"], {})
            subject[case["where"]] = case["outcome"]
            traits[case["part"], case["subject"], case["where"]] = case.get("traits", [])
    for (part, subject), cases in impossible.items():
        possible[part][subject] -= len(cases)
    return {"possible": possible, "outcomes": outcomes, "traits": _by_trait(outcomes, traits)}


def _by_trait(outcomes: Nested, traits: dict[tuple[str, str, str], list[str]]) -> Nested:
    """How often the cases with a trait ended in which way, whatever the reason."""
    counted: Nested = {}
    for (part, subject, where), found in traits.items():
        ended = outcomes[part][subject][where].partition(":")[0]
        for trait in found:
            ways = counted.setdefault(part, {}).setdefault(trait, {})
            ways[ended] = ways.get(ended, 0) + 1
    return counted


def main() -> int:
    files = sorted(SESSIONS.glob("*.json"), key=lambda path: path.stat().st_mtime)
    if not files:
        print(f"nothing below {SESSIONS}; run: make campaign")
        return 1
    results = together(json.loads(file.read_text(encoding="utf-8")) for file in files)
    RESULTS.write_text(json.dumps(results, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"wrote {RESULTS.relative_to(ROOT)} from {len(files)} session(s)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
