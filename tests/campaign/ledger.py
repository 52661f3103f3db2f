# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What became of every case. A case that breaks a promise does not keep the others from being tried."""

from __future__ import annotations

import contextlib
import json
import random
import re
import time
import traceback
import typing as t
from dataclasses import asdict, dataclass, field
from pathlib import Path

WELL = "ended well"
NEXT_RUN = "finished by the next run"
BROKEN = "PROMISE BROKEN"

C = t.TypeVar("C")


@dataclass
class Case:
    """One thing that went wrong on purpose: in which *part* of the campaign, with what *subject*, *where*."""

    part: str
    subject: str
    where: str
    outcome: str = WELL
    traits: list[str] = field(default_factory=list)
    """What else may explain how it ended, to be counted by."""

    @property
    def broken(self) -> bool:
        return self.outcome.startswith(BROKEN)

    def named(self, result: t.Mapping[str, t.Any]) -> None:
        """Note how a module ended: well, or with the name of its failure, which must be one for people to act on."""
        reason = result.get("failure", {}).get("reason")
        assert "Traceback" not in result.get("msg", ""), result["msg"]
        assert reason != "internal_error", f"{result['msg']}\n{result.get('exception')}"
        assert reason or not result.get("failed"), f"a failure without a name: {result.get('msg')}"
        self.outcome = f"named failure: {reason}" if reason else WELL


class Ledger:
    """The cases of a session, and which of all possible ones are tried in it."""

    def __init__(self, full: bool, share: str, only: str, results: Path | None) -> None:
        self.full = full
        self._only, self._results = only, results
        number, of = share.split("/")
        self._share, self._shares = int(number) - 1, int(of)
        self.cases: list[Case] = []
        self.possible: dict[str, dict[str, int]] = {}
        self.impossible: dict[str, dict[str, list[str]]] = {}

    def chosen(self, part: str, subject: str, possible: t.Sequence[C], sample: int = 1) -> list[C]:
        """All that is possible, or this session's share of it; in 'make test' a *sample*, the same each time."""
        known = self.possible.setdefault(part, {})
        known[subject] = known.get(subject, 0) + len(possible)
        if self.full:
            return [case for case in possible[self._share :: self._shares] if re.search(self._only, str(case))]
        return random.Random(1).sample(list(possible), min(sample, len(possible)))

    def cannot_be(self, part: str, subject: str, where: str) -> None:
        """Note that a case which was thought to be possible is none."""
        self.impossible.setdefault(part, {}).setdefault(subject, []).append(where)

    @contextlib.contextmanager
    def case(self, part: str, subject: str, where: str) -> t.Iterator[Case]:
        """Try one case and write down what became of it."""
        case = Case(part, subject, where)
        started = time.monotonic()
        try:
            yield case
        except Exception as error:
            # An assertion, or whatever it stumbled over: the case is broken, the next one is tried.
            case.outcome = f"{BROKEN}: {str(error).splitlines()[0] if str(error) else type(error).__name__}"
            traceback.print_exc()
        self.cases.append(case)
        self.write()
        print(f"{time.monotonic() - started:5.1f} s  {part}, {subject}, {where}: {case.outcome}", flush=True)

    def write(self) -> None:
        """Write everything down for tools/campaign_results.py; after each case, as hours may be interrupted."""
        if self._results:
            self._results.parent.mkdir(parents=True, exist_ok=True)
            cases = [asdict(case) for case in self.cases]
            content = {"possible": self.possible, "impossible": self.impossible, "cases": cases}
            self._results.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
