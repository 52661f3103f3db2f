# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Put what the sessions of the campaign wrote to build/campaign into the tables of docs/reliability.md.

The campaign can be run in shares and parts; a case that was tried again counts as it ended last.
"""

from __future__ import annotations

import itertools
import json
import re
import sys
import typing as t
from collections import Counter
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parents[1]
SESSIONS = ROOT / "build" / "campaign"
PAGE = ROOT / "docs" / "reliability.md"
PLACE = re.compile(r"<!-- (parts|broken|faults|traits) -->\n.*?<!-- end -->", re.DOTALL)
BROKEN = "PROMISE BROKEN"

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


def tables_of(results: dict[str, Nested], counted_on: str) -> dict[str, list[str]]:
    """The lines of each table of the page."""
    possible, outcomes = results["possible"], results["outcomes"]
    subjects = [(part, *each) for part, found in sorted(outcomes.items()) for each in sorted(found.items())]
    number = sum(len(cases) for *_, cases in subjects)
    faults: dict[str, list[str]] = {}
    for cases in outcomes.get("faults", {}).values():
        for where, outcome in cases.items():
            faults.setdefault(where.partition(", ")[0], []).append(outcome)
    return {
        "parts": [
            *_heading("part", "with", "tried", "of", "how it ended"),
            *(
                _row(
                    part, subject, len(cases), max(possible.get(part, {}).get(subject, 0), len(cases)), _counted(cases)
                )
                for part, subject, cases in subjects
            ),
        ],
        "broken": [
            f"- {subject}, {where}: {outcome}"
            for _, subject, cases in subjects
            for where, outcome in cases.items()
            if outcome.startswith(BROKEN)
        ]
        or [f"Counted last on {counted_on}: no promise was broken in any of {number} cases."],
        "faults": [
            *_heading("fault", "tried", "how it ended"),
            *(_row(fault, len(ended), _ranked(Counter(ended))) for fault, ended in sorted(faults.items())),
        ],
        "traits": [
            *_heading("variation", "tried", "how it ended"),
            *(
                _row(trait, sum(ways.values()), _ranked(Counter(ways)))
                for found in results["traits"].values()
                for trait, ways in sorted(found.items())
            ),
        ],
    }


def _heading(*names: str) -> tuple[str, str]:
    return _row(*names), _row(*["---"] * len(names))


def _row(*cells: t.Any) -> str:
    escaped = (str(cell).replace("|", r"\|") for cell in cells)
    return f"| {' | '.join(escaped)} |"


def _counted(cases: dict[str, str]) -> str:
    return _ranked(Counter(cases.values()))


def _ranked(counted: Counter[str]) -> str:
    """How often each outcome was seen, the commonest first."""
    return "; ".join(f"{outcome} ({number})" for outcome, number in counted.most_common())


def with_tables(page: str, tables: dict[str, list[str]]) -> str:
    """The page with each place C(<!-- NAME --> ... <!-- end -->) filled in; what was not tried again stays."""

    def filled(place: re.Match[str]) -> str:
        table = _with_others(tables[place[1]], place[0].splitlines()[1:-1])
        return "\n".join([f"<!-- {place[1]} -->", *table, "<!-- end -->"])

    return PLACE.sub(filled, page)


def _with_others(lines: list[str], before: list[str]) -> list[str]:
    """The rows of a table, and those of *before* that are about something else."""
    if not lines[0].startswith("|"):
        return lines
    heading, rows = lines[:2], lines[2:]
    subjects = set(map(_subject, rows))
    return [*heading, *sorted([*rows, *(row for row in before[2:] if _subject(row) not in subjects)], key=_subject)]


def _subject(row: str) -> tuple[str, ...]:
    """What a row is about: all that stands before its numbers."""
    return tuple(itertools.takewhile(lambda cell: not cell.isdecimal(), row.strip("| ").split(" | ")))


def main() -> int:
    files = sorted(SESSIONS.glob("*.json"), key=lambda path: path.stat().st_mtime)
    if not files:
        print(f"nothing below {SESSIONS}; run: make campaign")
        return 1
    results = together(json.loads(file.read_text(encoding="utf-8")) for file in files)
    day = f"{date.fromtimestamp(files[-1].stat().st_mtime)}"
    PAGE.write_text(with_tables(PAGE.read_text(encoding="utf-8"), tables_of(results, day)), encoding="utf-8")
    print(f"wrote {PAGE.relative_to(ROOT)} from {len(files)} session(s)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
