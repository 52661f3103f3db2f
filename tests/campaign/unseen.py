# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tenants whose pages the driver's authors have never seen, and what must be stored there in the end."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import subprocess
import typing as t
from dataclasses import dataclass
from pathlib import Path

from autotask_simulator import variants
from autotask_simulator.faults import OTHER_ADMINISTRATOR
from autotask_simulator.records import Event
from autotask_simulator.testing import RunningSimulator
from autotask_simulator.variants import Variation
from simulated_console import WRITES, Console, Result

TIMEOUT = 240
"""Seconds for a run, on a machine that has other things to do."""


AS_WANTED = "as wanted"
STOPPED = "stopped where it must"
FAILED = "named failure, nothing stored"
STORED_OTHERWISE = "named failure, the server stores otherwise than it shows"


@dataclass(frozen=True)
class Drawing:
    """One way to draw a tenant's pages, and what else depends on chance in it."""

    name: str
    variant: dict[str, t.Any]

    @property
    def variations(self) -> list[Variation]:
        return variants.variations(self.variant)

    def chooser(self, what: str) -> random.Random:
        return random.Random(f"{self.name}/{what}")

    def __str__(self) -> str:
        return self.name


def by_chance(page: str, number: int, evidenced: bool) -> list[Drawing]:
    """So many drawings of a page, of evidenced forms only or of any."""
    return [Drawing(str(seed), {"pages": [page], "seed": seed, "evidenced": evidenced}) for seed in range(number)]


def one_by_one(page: str) -> list[Drawing]:
    """Every variation of a page by itself, everything else as usual."""
    return [
        Drawing(f"{dimension.name}: {variation.name}", {"pages": [page], dimension.name: variation.name})
        for dimension in variants.dimensions().values()
        if page in dimension.pages
        for variation in dimension.variations
    ]


class Browser:
    """One browser for all runs: they reach it over the network, as those do that have none of their own."""

    def __init__(self, folder: Path, executable: str | None) -> None:
        program = executable or next(filter(None, map(shutil.which, ("chromium-headless-shell", "chromium"))))
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-popup-blocking", "--no-first-run"]
        self._process = subprocess.Popen(
            [program, *options, "--remote-debugging-port=0", f"--user-data-dir={folder}"],
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        assert self._process.stderr
        found = (re.search(r"DevTools listening on (ws://\S+)", line) for line in self._process.stderr)
        self.endpoint = next(match[1] for match in found if match)

    def close(self) -> None:
        # What was started may be a script around the browser.
        os.killpg(self._process.pid, signal.SIGTERM)
        self._process.wait()


class Broken(AssertionError):
    """A promise was broken."""


class Case(t.Protocol):
    """Something that is wanted in a tenant, and how to tell whether it is there."""

    PAGE: t.ClassVar[str]
    KEPT: t.ClassVar[set[str]]
    """Events that leave something behind."""
    console: Console
    drawing: Drawing
    variations: list[Variation]

    @property
    def must_stop(self) -> bool:
        """Whether a careful person would save nothing here."""

    def __init__(self, console: Console, drawing: Drawing) -> None: ...

    @staticmethod
    def spec(drawing: Drawing, domain: str) -> dict[str, t.Any]:
        """What the tenant holds at the start."""

    def run(self, check: bool = False, again: bool = False) -> Result:
        """Let the module see to it; *again* when it has, and nothing new is wanted."""

    def differences(self) -> list[str]:
        """Where what is stored is not what is wanted."""

    def state(self) -> dict[str, t.Any]:
        """Everything stored that could have been changed."""

    def change_by_hand(self) -> None:
        """Somebody changes something that is wanted otherwise."""


def prepared(simulator: RunningSimulator, browser: Browser, folder: Path, kind: type[Case], drawing: Drawing) -> Case:
    """A case with its tenant, and the way in for somebody who has logged in already."""
    domain = simulator.next_domain()
    tenant = simulator.add(domain, two_factor=False, variant=drawing.variant, **kind.spec(drawing, domain))
    user = f"admin@{tenant.domain}"
    cookie = {
        "name": "ATSession",
        "value": simulator.store.begin_session(tenant, user, "in").token,
        "domain": "127.0.0.1",
        "path": "/",
        "expires": -1,
        "httpOnly": True,
        "secure": False,
        "sameSite": "Lax",
    }
    session = folder / f"{tenant.domain}.session"
    session.write_text(json.dumps({"cookies": [cookie], "origins": []}), encoding="utf-8")
    connection = {
        "console_url": simulator.url,
        "console_username": user,
        "console_session": str(session),
        "browser_endpoint": browser.endpoint,
        "timeout": TIMEOUT,
    }
    return kind(Console(tenant, folder, connection), drawing)


class Judge:
    """Tries a case and says what became of it; a promise that was broken is an exception."""

    def __init__(self, case: Case) -> None:
        self.case, self.tenant = case, case.console.tenant

    def verdict(self) -> str:
        """Run, and then run again, or look for what somebody changed by hand."""
        chooser = self.case.drawing.chooser("course")
        before = self.case.state()
        check: Result = self._check() if chooser.random() < 0.2 else {}
        result = self._run()
        if result.get("failed"):
            return self._stopped(before, result["failure"]["reason"])
        if check.get("failed"):
            return f"{FAILED}: {check['failure']['reason']} in the check only"
        if self._overwrote_others():
            raise Broken("WRONG: what another administrator stored meanwhile was overwritten")
        if self._others():
            return AS_WANTED
        differences = self.case.differences()
        if differences:
            raise Broken(f"WRONG: {len(differences)} differ, {'; '.join(differences[:4])}")
        if chooser.random() < 0.5:
            self._run_again()
        else:
            self.case.change_by_hand()
            found = self._check(again=True)
            if not found.get("failed") and not found["changed"]:
                raise Broken("WRONG: what somebody changed by hand is not found")
        return AS_WANTED

    def _run(self, check: bool = False, again: bool = False) -> Result:
        mark = self._mark()
        result = self.case.run(check, again)
        self._refuse_harm(mark)
        if result.get("failed"):
            said, reason = result["msg"], result.get("failure", {}).get("reason")
            print(said)
            if "Traceback" in said or reason in (None, "internal_error"):
                raise Broken(f"a failure without a name: {said}")
        return result

    def _run_again(self) -> None:
        mark = self._mark()
        again = self._run(again=True)
        done = ", ".join(self._own_writes(mark))
        if again.get("failed") or again["changed"] or done:
            raise Broken(f"the second run: {again.get('msg') or done or again['diff']}")

    def _check(self, again: bool = False) -> Result:
        """A run in check mode, which stores nothing."""
        mark, before = self._mark(), self.case.state()
        result = self._run(check=True, again=again)
        done = ", ".join(self._own_writes(mark))
        if done or (before != self.case.state() and not self._others()):
            raise Broken(f"WRONG: a check did {done or 'change something'}")
        return result

    def _stopped(self, before: dict[str, t.Any], reason: str) -> str:
        after = self.case.state()
        left = ", ".join(str(name) for name in after if name not in before)
        kept = set(self._own_writes(0)) & self.case.KEPT
        if left or kept or (after != before and not self._others()):
            if any(variation.stored for variation in self.case.variations):
                return f"{STORED_OTHERWISE}: {reason}"
            raise Broken(f"failed after it stored {left or 'changes'}: {reason}")
        return f"{STOPPED if self.case.must_stop else FAILED}: {reason}"

    def _mark(self) -> int:
        return max((event.id for event in self.tenant.events()), default=0)

    def _own_writes(self, mark: int) -> list[str]:
        return [event.verb for event in self.tenant.events(after=mark) if self._is_own(event)]

    def _is_own(self, event: Event) -> bool:
        return event.verb in WRITES and event.actor != OTHER_ADMINISTRATOR

    def _others(self) -> bool:
        return any(event.actor == OTHER_ADMINISTRATOR for event in self.tenant.events())

    def _overwrote_others(self) -> bool:
        """Whether we saved over what another administrator had stored between the last two looks at it.

        Before those, it is what the saved form began with; after them, nobody could know.
        """
        events = self.tenant.events()
        saved = {event.object: event.id for event in events if self._is_own(event) and event.verb in self.case.KEPT}
        for what, save in saved.items():
            mine = [event for event in events if event.object == what and event.id < save]
            looks = [0, 0, *(event.id for event in mine if event.verb in ("level_opened", "api_user_opened"))]
            if any(looks[-2] < event.id < looks[-1] for event in mine if event.actor == OTHER_ADMINISTRATOR):
                return True
        return False

    def _refuse_harm(self, mark: int) -> None:
        events = self.tenant.events(after=mark)
        harm = [f"{event.verb} {event.object}" for event in events if event.verb == "harmful_press"]
        harm += [event.object for event in events if event.verb == "page" and event.object == "resource_form"]
        if harm:
            raise Broken(f"HARM: {', '.join(harm)}")
