# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is measured. Each function is one of the points of docs/performance.md and returns plain figures."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import time
import typing as t
from dataclasses import replace

import requests
import yaml
from ansible_collections.msp.autotask.plugins.module_utils._console.browsers.browser import BrowserSettings
from ansible_collections.msp.autotask.plugins.module_utils._console.console import ConsoleSettings, in_console
from ansible_collections.msp.autotask.plugins.module_utils._console.journal import Journal
from ansible_collections.msp.autotask.plugins.module_utils._console.log_in.account import Account
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.api_user_state import Tracking
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.security_levels import SecurityLevels
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.window import Window
from ansible_collections.msp.autotask.plugins.module_utils._permissions.plan import plan
from ansible_collections.msp.autotask.plugins.module_utils._permissions.wanted import parse
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.resource import ensure
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.security_level import WantedLevel, ensure_present
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.wanted_user import WantedUser
from ansible_collections.msp.autotask.plugins.module_utils._rest.client import Client, Credentials
from ansible_collections.msp.autotask.plugins.module_utils._rest.judgement import expectations_of
from ansible_collections.msp.autotask.plugins.module_utils._rest.transport import Settings, Transport
from ansible_collections.msp.autotask.plugins.module_utils._rest.verification import verify
from autotask_simulator.fleet import DEFAULT_PASSWORD
from autotask_simulator.settings_page import page_for
from rehearsal.role import wanted
from simulated_fleet import new_folder
from stored_state import LEFT_ALONE, LEVEL, VENDOR, granted, wanted_of

from benchmark.checks import Stopwatch
from benchmark.fleet import ROOT, BenchFleet, Memory, Play
from benchmark.slices import Slices

BASE = "API User (system) (API-only)"
BROWSERS = {"headless-shell": "chromium-headless-shell", "chromium": "chromium"}
DEBUGGING_PORT = "9229"
FLOOR_TASKS = 20
"""As many as a person's own playbook for this job might have."""
LIVE = {"slow_ms": 150, "page_ms": 2000}
"""What a page of a live tenant may take: the way to the server, and two of the one to four seconds to make it."""

Figures = dict[str, t.Any]


def one_tenant(repetitions: int) -> Figures:
    """The role against the bare script and Ansible's floor, for a first provisioning and a run without changes."""
    browsers = {name: path for name, program in BROWSERS.items() if (path := shutil.which(program))}
    runs: dict[str, list[Figures]] = {}
    for repetition in range(repetitions):
        for name, figures in _one_tenant(browsers, repetition).items():
            runs.setdefault(name, []).append(figures)
    return {name: _medians(figures) for name, figures in runs.items()}


def _one_tenant(browsers: dict[str, str], repetition: int) -> dict[str, Figures]:
    # One tenant for the bare script, one for each browser; the order changes, so that nobody is always first.
    kinds = [*browsers, "endpoint"]
    kinds = kinds[repetition % len(kinds) :] + kinds[: repetition % len(kinds)]
    with BenchFleet(new_folder("bench"), len(kinds) + 1) as fleet:
        found: dict[str, Figures] = {}
        executable = next(iter(browsers.values()))
        for run in ("first", "again"):
            found[f"bare {run}"] = _bare(fleet, fleet.domains[0], run, executable)
        for kind, domain in zip(kinds, fleet.domains[1:], strict=True):
            for run in ("first", "again"):
                found[f"role {run} {kind}"], play = _role(fleet, domain, kind, browsers)
                if run == "again" and play.changed:
                    raise SystemExit(f"A run that should change nothing changed {play.changed} things.")
        found["floor"] = _floor(fleet)
        return found


def live(repetitions: int, tenants: int = 8) -> Figures:
    """The role against the bare script where pages take as long as a live tenant's, and what a fleet takes then."""
    executable = next(path for program in BROWSERS.values() if (path := shutil.which(program)))
    runs: dict[str, list[Figures]] = {}
    for _ in range(repetitions):
        with BenchFleet(new_folder("bench"), 2, **LIVE) as fleet:
            for run in ("first", "again"):
                runs.setdefault(f"bare {run}", []).append(_bare(fleet, fleet.domains[0], run, executable))
                figures, _play = _role(fleet, fleet.domains[1], "headless-shell", {"headless-shell": executable})
                runs.setdefault(f"role {run}", []).append(figures)
    found = {name: _medians(figures) for name, figures in runs.items()}
    with BenchFleet(new_folder("bench"), tenants, **LIVE) as fleet:
        fleet.provision(limit=fleet.domains[0], verify=False)
        fleet.copy_first_tenant()
        found |= {f"fleet, {forks} forks": _fleet_run(fleet, forks, "all") for forks in (2, 4, tenants)}
    return found


def _bare(fleet: BenchFleet, domain: str, run: str, executable: str) -> Figures:
    tenant = fleet.store().tenant(domain)
    controls = page_for(tenant.options, api_only=True).controls.values()
    settings = [(control, wanted_of(control, granted())) for control in controls]
    wished = [(control, value) for control, value in settings if value not in (LEFT_ALONE, control.empty)]
    sections = {section.key: section.heading for section in page_for(tenant.options, api_only=True).sections}

    def person(last_name: str, key: str) -> dict[str, str]:
        told = {"First Name": "Work 365", "Last Name": last_name, "Email Address": "work365@msp.example"}
        return {**told, "Username (Key)": f"{key}@{domain}", "Password (Secret)": "Correct-Horse-9"}

    job = {
        "kind": run,
        "url": fleet.url,
        "browser": executable,
        "user_name": f"admin@{domain}",
        "password": DEFAULT_PASSWORD,
        "base": BASE,
        "headings": list(dict.fromkeys(sections[control.section] for control, _ in wished)),
        "settings": [
            (control.code, value if value is True else control.words[control.meanings.index(value)])
            for control, value in wished
        ],
        "location": tenant.locations()[0].name,
        "users": [
            person("Sync", "sync1") | {"vendor": VENDOR},
            person("Verification", "proof1") | {"integration": "Work 365 verification"},
        ],
    }
    pages = len(tenant.events("page"))
    started = time.monotonic()
    command = [sys.executable, "-m", "benchmark.bare"]
    subprocess.run(command, input=json.dumps(job), text=True, check=True, stdout=subprocess.DEVNULL, timeout=300)
    seconds = time.monotonic() - started
    return {"seconds": seconds, "pages": len(tenant.events("page")) - pages}


def _role(fleet: BenchFleet, domain: str, kind: str, browsers: dict[str, str]) -> tuple[Figures, Play]:
    tenant = fleet.store().tenant(domain)
    pages, logins, requests = (len(tenant.events(verb)) for verb in ("page", "logged_in", "GET"))
    if kind == "endpoint":
        with _running_browser(fleet, next(iter(browsers.values()))) as endpoint:
            play = fleet.provision(limit=domain, browser_endpoint=endpoint)
    else:
        play = fleet.provision(limit=domain, browser_executable=browsers[kind])
    console_seconds = sum(task["seconds"] for task in play.console_modules)
    module_seconds = sum(task["seconds"] for task in play.modules)
    figures = {
        "seconds": play.seconds,
        "cpu_seconds": play.cpu_seconds,
        "pages": len(tenant.events("page")) - pages,
        "logins": len(tenant.events("logged_in")) - logins,
        "rest_requests": len(tenant.events("GET")) - requests,
        "tasks": len(play.tasks),
        "module_runs": len(play.modules),
        "console_module_runs": len(play.console_modules),
        "console_seconds": console_seconds,
        "other_module_seconds": module_seconds - console_seconds,
        "rest_seconds": play.seconds - module_seconds,
    }
    return figures, play


@contextlib.contextmanager
def _running_browser(fleet: BenchFleet, executable: str) -> t.Iterator[str]:
    """Yield the address of a browser that listens, for C(browser_endpoint)."""
    command = [executable, "--headless", "--no-sandbox", "--disable-gpu", "--disable-popup-blocking"]
    command += [f"--remote-debugging-port={DEBUGGING_PORT}", f"--user-data-dir={fleet.folder / 'profile'}"]
    browser = fleet.popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    endpoint = f"http://127.0.0.1:{DEBUGGING_PORT}"
    try:
        for _ in range(100):
            with contextlib.suppress(requests.ConnectionError):
                requests.get(f"{endpoint}/json/version", timeout=1)
                break
            time.sleep(0.1)
        yield endpoint
    finally:
        # Distributions start it by a script, which has the group that popen() made.
        os.killpg(browser.pid, signal.SIGTERM)
        browser.wait()


def _floor(fleet: BenchFleet) -> Figures:
    """A number of tasks with modules that do nothing."""
    tasks: list[Figures] = [{"ansible.builtin.ping": None}] * FLOOR_TASKS
    variables = {"ansible_python_interpreter": "{{ ansible_playbook_python }}", "ansible_pipelining": True}
    nothing = {"hosts": "all", "connection": "local", "gather_facts": False, "vars": variables, "tasks": tasks}
    file = fleet.folder / "floor.yml"
    file.write_text(yaml.safe_dump([nothing]), encoding="utf-8")
    return {"seconds": fleet.play(["--inventory", "localhost,", str(file)]).seconds, "tasks": FLOOR_TASKS}


def fleets(sizes: t.Sequence[int], forks: t.Sequence[int], tags: str) -> Figures:
    """Runs without changes: the smallest fleet at each number of forks, the others at the best of them."""
    found: Figures = {}
    best = forks[0]
    for size in sizes:
        with BenchFleet(new_folder("bench"), size) as fleet:
            fleet.provision(limit=fleet.domains[0], verify=False)
            fleet.copy_first_tenant()
            runs = {number: _fleet_run(fleet, number, tags) for number in (forks if size == sizes[0] else [best])}
        best = min(runs, key=lambda number: runs[number]["seconds"])
        found |= {f"{tags}: {size} tenants, {number} forks": figures for number, figures in runs.items()}
    return found


def _fleet_run(fleet: BenchFleet, forks: int, tags: str) -> Figures:
    tenants = len(fleet.domains)
    logins = fleet.count("logged_in")
    play = fleet.provision(forks, tags=tags, verify=False)
    if play.changed:
        raise SystemExit(f"A run that should change nothing changed {play.changed} things.")
    return {
        "tags": tags,
        "tenants": tenants,
        "forks": forks,
        "seconds": play.seconds,
        "tenants_per_minute": tenants / play.seconds * 60,
        "cpu_seconds_per_tenant": play.cpu_seconds / tenants,
        "logins_per_tenant": (fleet.count("logged_in") - logins) / tenants,
        "console_module_runs_per_tenant": len(play.console_modules) / tenants,
    }


def slices(tenants: int = 12, number: int = 4) -> Figures:
    """What AWX's job slicing does: each part of the inventory is sent to a worker, side by side."""
    with BenchFleet(new_folder("bench"), tenants) as fleet:
        cut = Slices(fleet, number)
        runs = {"provision": cut.run("provision"), "provision again": cut.run("provision")}
        runs["rotate"] = cut.run("rotate_secret")
        users = [len(tenant.api_users()) for tenant in fleet.store().tenants()]
    found: Figures = {
        name: {
            "failed": sum(one.failed for one in ran),
            "changed": sum(one.changed for one in ran),
            "seconds": max(one.seconds for one in ran),
        }
        for name, ran in runs.items()
    }
    return found | {"all": {"tenants": tenants, "slices": number, "users_per_tenant": statistics.mean(users)}}


def memory(forks: t.Sequence[int]) -> Figures:
    """What a fork takes, apart from the other measurements, since watching costs time."""
    found: Figures = {}
    with BenchFleet(new_folder("bench"), max(forks)) as fleet:
        for number in forks:
            with Memory(fleet) as watched:
                fleet.provision(number, limit=",".join(fleet.domains[:number]), verify=False)
            found[f"{number} forks"] = {"fork_mb": watched.fork_mb, "with_browser_mb": watched.with_browser_mb}
    return found


def verification(repetitions: int) -> Figures:
    """The proof over REST against asking the same entity by entity, with and without a connection that is kept."""
    expected = yaml.safe_load(
        (ROOT / "roles/work365_integration/defaults/main/expected_access.yml").read_text(encoding="utf-8")
    )["work365_integration_expected_access"]
    with BenchFleet(new_folder("bench"), 1) as fleet:
        fleet.provision()
        kept = fleet.credentials(fleet.domains[0])["verification"]
        api = f"{fleet.url}ATServicesRest/"
        credentials = Credentials(kept["user_name"], kept["secret"], kept["tracking_identifier"])
        entities = list(dict.fromkeys(expectation["entity"] for expectation in expected))
        addresses = [f"{api}V1.0/{entity}/entityInformation" for entity in entities]
        headers = {
            "UserName": kept["user_name"],
            "Secret": kept["secret"],
            "ApiIntegrationCode": kept["tracking_identifier"],
        }

        def ours() -> int:
            result = verify(Client(Transport(Settings()), api, credentials), [], expectations_of(expected), LEVEL)
            if not result["proven"]:
                raise SystemExit(result["verdict"])
            return int(result["requests"])

        def loop(get: t.Callable[..., requests.Response]) -> int:
            for address in addresses:
                get(address, headers=headers, timeout=30).raise_for_status()
            return len(addresses)

        ways: dict[str, t.Callable[[], int]] = {
            "ours": ours,
            "one session, one by one": lambda: loop(requests.Session().get),
            "a connection each": lambda: loop(requests.get),
        }
        return {name: _timed(way, repetitions) | {"requests": way()} for name, way in ways.items()}


def alone(repetitions: int) -> Figures:
    """The parts by themselves, in this process: reckoning without a page, and the editor's page without Ansible."""
    permissions = _wanted_permissions()
    wishes = parse(permissions, purge=True)
    found = {"parse what is wanted": _timed(lambda: parse(permissions, purge=True), repetitions)}
    with BenchFleet(new_folder("bench"), 1) as fleet:
        fleet.provision(verify=False)
        settings = _console_settings(fleet, fleet.domains[0])

        def measure(window: Window) -> None:
            levels = SecurityLevels(window)
            levels.open()
            editor = levels.edit(LEVEL)
            state = editor.read()
            found["read the editor's page"] = _timed(editor.read, repetitions)
            found["plan"] = _timed(lambda: plan(state.permissions, wishes), repetitions)
            found["press No Permission everywhere"] = _timed(editor.press_no_permission, 1)
            changes = plan(editor.read().permissions, wishes).changes
            found[f"apply {len(changes)} changes"] = _timed(lambda: editor.apply(changes), 1)
            editor.leave()

        in_console(settings, Journal(timeout=300, read_only=True), measure)
    return found


def checks(repetitions: int) -> Figures:
    """What each check takes of a console run, level and user in one browser: a first run, and one without changes."""
    found: dict[str, list[Figures]] = {}
    with BenchFleet(new_folder("bench"), repetitions) as fleet:
        for domain in fleet.domains:
            for run in ("first", "again"):
                started = time.perf_counter()
                with Stopwatch() as watch:
                    changed = in_console(_console_settings(fleet, domain), Journal(timeout=300), _level_and_user)
                if changed != (run == "first"):
                    raise SystemExit(f"The {run} run of level and user came to changed={changed}.")
                seconds = {**watch.seconds, "all": time.perf_counter() - started}
                for check, taken in seconds.items():
                    found.setdefault(f"{run}: {check}", []).append({"seconds": taken})
    return {check: _medians(figures) for check, figures in found.items()}


def _level_and_user(window: Window) -> bool:
    """Make both as they are wanted; whether anything was changed."""
    permissions = tuple(parse(_wanted_permissions(), purge=True))
    level = ensure_present(window, WantedLevel(LEVEL, BASE, active=True, permissions=permissions))
    user = WantedUser("sync1", "Work 365", "Sync", "work365@msp.example", LEVEL, Tracking("vendor", VENDOR))
    return level.changed | ensure(window, replace(user, secret="Correct-Horse-9")).changed


def _wanted_permissions() -> dict[str, t.Any]:
    """The role's matrix, as the option C(permissions) takes it."""
    nested: dict[str, t.Any] = {}
    for path, value in wanted().items():
        *sections, key = path.split(".")
        part = nested
        for section in sections:
            part = part.setdefault(section, {})
        part[key] = value
    return nested


def _console_settings(fleet: BenchFleet, domain: str) -> ConsoleSettings:
    return ConsoleSettings(
        account=Account(f"admin@{domain}", DEFAULT_PASSWORD),
        url=fleet.url,
        browser=BrowserSettings(executable=os.environ.get("AUTOTASK_BROWSER_EXECUTABLE")),
    )


def _timed(work: t.Callable[[], t.Any], repetitions: int) -> Figures:
    times = []
    for _ in range(repetitions):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return {"seconds": statistics.median(times)}


def _medians(figures: t.Sequence[Figures]) -> Figures:
    return {name: statistics.median(each[name] for each in figures) for name in figures[0]} | {
        "all_seconds": [each["seconds"] for each in figures]
    }
