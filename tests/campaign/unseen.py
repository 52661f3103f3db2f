# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tenants whose pages the driver's authors have never seen, and what must be stored there in the end."""

from __future__ import annotations

import functools
import json
import random
import re
import shutil
import subprocess
import typing as t
from dataclasses import dataclass
from pathlib import Path

from ansible_collections.msp.autotask.plugins.module_utils._permissions.catalog import CATALOG
from autotask_simulator import variants
from autotask_simulator.faults import OTHER_ADMINISTRATOR
from autotask_simulator.records import Settings
from autotask_simulator.settings_page import Control, Page, page_for
from autotask_simulator.testing import RunningSimulator
from autotask_simulator.variants import Variation
from simulated_console import WRITES, Console, Result

TIMEOUT = 60
"""Seconds for a run; the longest that a page takes to be complete and to be saved is ten."""
KEPT = {"level_saved", "level_activated", "level_inactivated"}
"""Events that leave something of a level, beside copies, which may be deleted again."""


AS_WANTED = "as wanted"
STOPPED = "stopped where it must"
FAILED = "named failure, nothing stored"
STORED_OTHERWISE = "named failure, the server stores otherwise than it shows"


@dataclass(frozen=True)
class Drawing:
    """One way to draw a tenant's pages, and what else depends on chance in it."""

    name: str
    variant: dict[str, t.Any]

    def variations(self, page: str) -> list[Variation]:
        return variants.variations(self.variant, page)

    def chooser(self, what: str) -> random.Random:
        return random.Random(f"{self.name}/{what}")

    def __str__(self) -> str:
        return self.name


def by_chance(number: int, evidenced: bool) -> list[Drawing]:
    """So many pages, of evidenced forms only or of any."""
    return [Drawing(str(seed), {"seed": seed, "evidenced": evidenced}) for seed in range(number)]


def one_by_one(page: str) -> list[Drawing]:
    """Every variation by itself, everything else as usual."""
    return [
        Drawing(f"{dimension.name}: {variation.name}", {dimension.name: variation.name})
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
        )
        assert self._process.stderr
        found = (re.search(r"DevTools listening on (ws://\S+)", line) for line in self._process.stderr)
        self.endpoint = next(match[1] for match in found if match)

    def close(self) -> None:
        self._process.terminate()
        self._process.wait()


def console(simulator: RunningSimulator, browser: Browser, folder: Path, **spec: t.Any) -> Console:
    """A tenant, and the way into it for somebody who has logged in already."""
    tenant = simulator.add(**{"two_factor": False, **spec})
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
    return Console(tenant, folder, connection)


CATALOGUED = {setting.key for section in CATALOG.sections for setting in section.settings}
"""What can be wanted by a key; one or the other setting has another key in the simulator."""


class Broken(AssertionError):
    """A promise was broken."""


class LevelCase:
    """A security level that is wanted in a tenant, from what is there to what must be there."""

    PAGE = "level"
    NAME = "Reader"

    def __init__(self, console: Console, drawing: Drawing) -> None:
        self.console, self.tenant, self.drawing = console, console.tenant, drawing
        self.variations = drawing.variations(self.PAGE)
        self.page: Page = page_for(self.tenant.options, api_only=True)
        self.wanted = self._wanted(drawing.chooser("wanted"))

    @staticmethod
    def spec(drawing: Drawing) -> dict[str, t.Any]:
        """What the tenant holds: nothing of ours, or a level that grants other things."""
        chooser = drawing.chooser("start")
        spec: dict[str, t.Any] = {
            "variant": drawing.variant,
            "copy_stored": chooser.choice(["at_once", "on_save"]),
            "organization": chooser.choice(["Organization", "Organization", "Account", "Company"]),
        }
        if chooser.random() < 0.5:
            spec["levels"] = [{"name": LevelCase.NAME, "copy_from": "API User (system)"}]
        return spec

    @property
    def must_stop(self) -> bool:
        return any(variation.stops for variation in self.variations)

    def _wanted(self, chooser: random.Random) -> dict[str, t.Any]:
        """Some settings, by the codes of their controls."""
        known = [
            control for control in self.page.controls.values() if not control.unranked and control.key in CATALOGUED
        ]
        wanted: dict[str, t.Any] = {}
        for control in chooser.sample(known, chooser.choice([0, 1, 3, 8])):
            self._want(wanted, control, chooser)
        return wanted

    def _want(self, wanted: dict[str, t.Any], control: Control, chooser: random.Random) -> None:
        values = {"box": [True, True, False], "list": control.meanings, "number": [5, 10, 12]}[control.kind]
        wanted[control.code] = chooser.choice(values)
        for other in self.page.controls.values():
            if other.key == control.requires and wanted[control.code]:
                self._want_granted(wanted, other)
            if other.requires == control.key and other.kind == "number" and wanted[control.code]:
                # A number that a box makes necessary has to be given.
                wanted.setdefault(other.code, 10)

    def _want_granted(self, wanted: dict[str, t.Any], control: Control) -> None:
        wanted[control.code] = True
        for other in self.page.controls.values():
            if other.requires == control.key and other.kind == "number":
                wanted.setdefault(other.code, 10)

    @property
    def permissions(self) -> dict[str, t.Any]:
        """The module's option that says what is wanted, in the words of the page."""
        nested: dict[str, t.Any] = {}
        for code, value in self.wanted.items():
            control = self.page.controls[code]
            word = control.words[control.meanings.index(value)] if control.kind == "list" else value
            path = [part for part in (control.section, control.key, control.column) if part]
            functools.reduce(lambda part, name: part.setdefault(name, {}), path[:-1], nested)[path[-1]] = word
        return nested

    @property
    def expected(self) -> Settings:
        """What must be stored: what is wanted, of everything else nothing."""
        settings = self.page.filled(full=False)
        for code, value in self.wanted.items():
            self.page.controls[code].write(settings, value)
        return self.page.settled(settings)

    def run(self, check: bool = False) -> Result:
        return self.console.level(check=check, permissions=self.permissions)

    def differences(self) -> list[str]:
        """Where the stored level is not what is wanted; words without a rank grant nothing."""
        if self.console.custom_levels() != [self.NAME]:
            return [f"levels: {', '.join(self.console.custom_levels()) or 'none'}"]
        level, expected = self.tenant.level(self.NAME), self.expected
        found = [] if level.active else ["Active"]
        for control in self.page.controls.values():
            if not control.unranked and control.read(level.settings) != control.read(expected):
                found.append(f"{control.section}.{control.key} is {control.read(level.settings)}")
        return found

    def state(self) -> dict[str, t.Any]:
        """Everything that could be changed of the levels."""
        return {level.name: (level.active, level.settings) for level in self.tenant.levels()}

    def change_by_hand(self) -> None:
        """Somebody grants something that is not wanted."""
        level = self.tenant.level(self.NAME)
        settings = json.loads(json.dumps(level.settings))
        off = [
            control
            for control in self.page.controls.values()
            if not control.unranked
            and not control.requires
            and not control.restricts
            and control.full != control.empty
            and control.code not in self.wanted
            and not any(other.requires == control.key for other in self.page.controls.values())
        ]
        control = self.drawing.chooser("by hand").choice(off)
        control.write(settings, control.full)
        self.tenant.update_level(level.id, settings=settings)


class Judge:
    """Tries a case and says what became of it; a promise that was broken is an exception."""

    def __init__(self, case: LevelCase) -> None:
        self.case, self.tenant = case, case.tenant
        self.said = ""
        """What the last failure said."""

    def verdict(self) -> str:
        """Run, and then run again, or look for what somebody changed by hand."""
        chooser = self.case.drawing.chooser("course")
        before = self.case.state()
        if chooser.random() < 0.2:
            self._check()
        result = self._run()
        if result.get("failed"):
            return self._stopped(before, result["failure"]["reason"])
        if self._others():
            raise Broken("WRONG: what another administrator stored meanwhile was overwritten")
        differences = self.case.differences()
        if differences:
            raise Broken(f"WRONG: {len(differences)} differ, {'; '.join(differences[:4])}")
        if chooser.random() < 0.5:
            self._run_again()
        else:
            self.case.change_by_hand()
            found = self._check()
            if not found.get("failed") and not found["changed"]:
                raise Broken("WRONG: what somebody changed by hand is not found")
        return AS_WANTED

    def _run(self, check: bool = False) -> Result:
        mark = self._mark()
        result = self.case.run(check)
        self._refuse_harm(mark)
        if result.get("failed"):
            self.said = result["msg"]
            reason = result.get("failure", {}).get("reason")
            if "Traceback" in self.said or reason in (None, "internal_error"):
                raise Broken(f"a failure without a name: {self.said}")
        return result

    def _run_again(self) -> None:
        mark = self._mark()
        again = self._run()
        done = ", ".join(self._own_writes(mark))
        if again.get("failed") or again["changed"] or done:
            raise Broken(f"the second run: {again.get('msg') or done or again['diff']}")

    def _check(self) -> Result:
        """A run in check mode, which stores nothing."""
        mark, before = self._mark(), self.case.state()
        result = self._run(check=True)
        done = ", ".join(self._own_writes(mark))
        if done or (before != self.case.state() and not self._others()):
            raise Broken(f"WRONG: a check did {done or 'change something'}")
        return result

    def _stopped(self, before: dict[str, t.Any], reason: str) -> str:
        after = self.case.state()
        left = ", ".join(name for name in after if name not in before)
        kept = set(self._own_writes(0)) & KEPT
        if left or kept or (after != before and not self._others()):
            if any(variation.stored for variation in self.case.variations):
                return f"{STORED_OTHERWISE}: {reason}"
            raise Broken(f"failed after it stored {left or 'changes'}: {reason}: {self.said}")
        return f"{STOPPED if self.case.must_stop else FAILED}: {reason}"

    def _mark(self) -> int:
        return max((event.id for event in self.tenant.events()), default=0)

    def _own_writes(self, mark: int) -> list[str]:
        events = self.tenant.events(after=mark)
        return [event.verb for event in events if event.verb in WRITES and event.actor != OTHER_ADMINISTRATOR]

    def _others(self) -> bool:
        return any(event.actor == OTHER_ADMINISTRATOR for event in self.tenant.events())

    def _refuse_harm(self, mark: int) -> None:
        events = self.tenant.events(after=mark)
        harm = [f"{event.verb} {event.object}" for event in events if event.verb == "harmful_press"]
        harm += [event.object for event in events if event.verb == "page" and event.object == "resource_form"]
        if harm:
            raise Broken(f"HARM: {', '.join(harm)}")
