# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The modules as processes: killed, side by side, with a browser that runs elsewhere."""

from __future__ import annotations

import contextlib
import http.server
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
import typing as t
from pathlib import Path

import pytest
from simulated_console import READER, SECRET, VENDOR, Console, Hold

Add = t.Callable[..., Console]

HEADLESS = "chromium-headless-shell"
TOKEN = "let-me-in-4711"


def of_console(console: Console) -> list[int]:
    """The processes that work in this console's temporary folder or below: the module, and all that it started."""
    mark, found = f"TMPDIR={console.temporary}".encode(), []
    for folder in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            if folder.name.isdecimal() and mark in (folder / "environ").read_bytes():
                found.append(int(folder.name))
    return found


def wait_for(condition: t.Callable[[], t.Any], seconds: float = 300) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.2)


WAITS_FOR_EVER = """
import asyncio, threading
from ansible_collections.msp.autotask.plugins.module_utils._console.browsers import browser
browser.SECONDS_TO_GIVE_UP = 0.5
stuck = threading.Event()
with browser.browser_context(browser.BrowserSettings(), None, stuck.is_set) as context:
    context.new_page()
    stuck.set()
    context._sync(asyncio.sleep(1000))
"""


def test_who_waits_for_a_driver_that_is_gone_gives_up() -> None:
    """As one did whose driver got Ctrl-C before it was told to close the browser."""
    done = subprocess.run(
        [sys.executable, "-c", WAITS_FOR_EVER], capture_output=True, text=True, check=False, timeout=60
    )
    assert "KeyboardInterrupt" in done.stderr


@pytest.mark.long
def test_a_killed_module_leaves_nothing_and_the_next_run_goes_on(console: Add) -> None:
    tenant = console(copy_stored="at_once")
    tenant.arm("slow", "edit_level", skip=1, options={"ms": 8000})
    process = tenant.start("autotask_security_level", **READER)
    wait_for(lambda: "level_copied" in tenant.writes)
    assert len(of_console(tenant)) > 2
    process.kill()
    process.communicate()
    wait_for(lambda: not of_console(tenant))
    assert not [path for path in tenant.temporary.rglob("*") if path.is_file()], "its folder is there, but empty"

    assert [name for name in tenant.custom_levels() if name != "Reader"], "an unfinished copy is left"
    assert tenant.level()["created"]
    assert tenant.custom_levels() == ["Reader"] and not of_console(tenant)
    assert not list(tenant.temporary.iterdir()), "the next run removed the folder"


@pytest.mark.long
def test_two_runs_at_once_make_one_level_and_one_user(console: Add) -> None:
    tenant = console(copy_stored="on_save")
    levels = [tenant.start("autotask_security_level", **READER, console_session=None) for _ in range(2)]
    ended = [tenant.result(process) for process in levels]
    assert tenant.custom_levels() == ["Reader"], [result.get("msg") for result in ended]
    assert any(result.get("created") for result in ended)

    person = {**tenant.person, "integration_vendor": VENDOR, "console_session": None}
    users = [tenant.start("autotask_resource", **person) for _ in range(2)]
    ended = [tenant.result(process) for process in users]
    assert [user.user_name for user in tenant.tenant.api_users()] == [tenant.user_name]
    assert all("failure" not in result for result in ended), [result.get("msg") for result in ended]
    assert tenant.tenant.api_user(tenant.user_name).secret_is(SECRET)
    wait_for(lambda: not of_console(tenant))
    assert not list(tenant.temporary.iterdir())


@pytest.mark.long
def test_a_run_waits_while_another_one_writes_to_the_tenant(console: Add, hold: Hold) -> None:
    tenant = console(levels=[{"name": "Reader"}, {"name": "Other"}])
    tenant.arm("slow", "save_level")
    writes = tenant.start("autotask_security_level", name="Reader", active=False, console_session=None)
    assert hold.reached.wait(240)
    waited = tenant.result(
        tenant.start("autotask_security_level", name="Other", active=False, console_session=None, timeout=40)
    )
    assert waited["failure"]["reason"] == "deadline_passed", waited["msg"]
    assert waited["failure"]["step"] == "Wait until another run has written to this tenant"
    hold.let_go.set()
    assert tenant.result(writes)["changed"]
    assert [tenant.tenant.level(name).active for name in ("Reader", "Other")] == [False, True]


@pytest.fixture
def devtools(tmp_path: Path) -> t.Iterator[str]:
    """A browser that is running already; its address."""
    executable = os.environ.get("AUTOTASK_BROWSER_EXECUTABLE") or HEADLESS
    arguments = ["--remote-debugging-port=0", "--headless", "--no-sandbox", f"--user-data-dir={tmp_path / 'profile'}"]
    browser = subprocess.Popen([executable, *arguments], stderr=subprocess.PIPE, text=True, start_new_session=True)
    assert browser.stderr
    address = next(m[1] for line in browser.stderr if (m := re.search(r"listening on (ws://\S+)", line)))
    yield address
    # The program may be a script that starts the browser proper.
    os.killpg(browser.pid, signal.SIGTERM)
    browser.wait(20)
    browser.stderr.close()


@pytest.mark.long
def test_a_running_browser_is_used_and_left_as_it_was(console: Add, devtools: str) -> None:
    tenant = console(levels=[{"name": "Reader"}])
    result = tenant.run("autotask_security_level_info", browser_endpoint=devtools, browser_executable="/no/such")
    assert "Reader" in [level["name"] for level in result["security_levels"]]
    other = tenant.run("autotask_security_level_info", browser_endpoint=devtools, console_session=None)
    assert other.steps.count("Log in: enter the password") == 1, "no session stays in the browser"


@pytest.fixture
def guarded_browser() -> t.Iterator[str]:
    """The address of a browser that lets nobody in."""

    class NobodyGetsIn(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_error(403)

        def log_message(self, *message: object) -> None:
            """Say nothing where the module prints."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), NobodyGetsIn) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/chrome?token={TOKEN}"
        server.shutdown()


def test_the_token_of_a_browsers_address_is_not_told(console: Add, guarded_browser: str) -> None:
    result = console().run("autotask_security_level_info", browser_endpoint=guarded_browser)
    assert result["failure"]["reason"] == "no_browser" and "403" in result["msg"]
    assert TOKEN not in result["printed"]


@pytest.fixture
def playwright_server(tmp_path: Path) -> t.Iterator[str]:
    """A Playwright server; its address."""
    executable = os.environ.get("AUTOTASK_BROWSER_EXECUTABLE") or f"/usr/bin/{HEADLESS}"
    config = tmp_path / "server.json"
    config.write_text(json.dumps({"executablePath": executable, "chromiumSandbox": False}))
    command = [sys.executable, "-m", "playwright", "launch-server", "--browser", "chromium", "--config", str(config)]
    # The command starts a program of its own, which must end with it.
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert server.stdout
    address = next((line.strip() for line in server.stdout if line.startswith("ws://")), "")
    assert address
    yield address
    os.killpg(server.pid, signal.SIGTERM)
    server.communicate(timeout=20)


@pytest.mark.long
def test_a_playwright_server_is_used(console: Add, playwright_server: str) -> None:
    tenant = console(levels=[{"name": "Reader"}])
    result = tenant.run("autotask_security_level_info", browser_endpoint=playwright_server)
    assert "Reader" in [level["name"] for level in result["security_levels"]]
