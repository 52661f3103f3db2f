# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Makes sure of a browser for the demo and the tests, and prints its path.

A browser counts only when it has shown a page: distributions ship stand-ins that refuse to start.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import typing as t

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import sync_playwright

NAMES = ("chromium-headless-shell", "chromium", "google-chrome-stable", "google-chrome", "chromium-browser")
PACKAGES = ("chromium-headless-shell", "chromium")
VARIABLE = "AUTOTASK_BROWSER_EXECUTABLE"


def say(text: str) -> None:
    print(f"browser: {text}", file=sys.stderr)


def shows_a_page(path: str) -> bool:
    """Start the browser at *path* as the collection does and let it show a page."""
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=path, chromium_sandbox=False, timeout=60_000)
            page = browser.new_page()
            page.goto("data:text/html,<p>autotask</p>")
            shown = page.inner_text("p") == "autotask"
            browser.close()
        except PlaywrightError as error:
            say(f"{path} does not work: {error.message.splitlines()[0]}")
            return False
    return shown


def installed_browsers() -> t.Iterator[str]:
    """Yield what looks like a browser on this machine, the lightest first."""
    for name in NAMES:
        if path := shutil.which(name):
            yield path
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    if os.access(own, os.X_OK):
        yield own


def working_browser() -> str | None:
    return next(filter(shows_a_page, installed_browsers()), None)


def as_root() -> list[str] | None:
    """Return what to put before a command that needs root, or None where we cannot become root without asking."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and run("sudo", "-n", "true"):
        return ["sudo", "-n"]
    return None


def run(*command: str) -> bool:
    """Run *command* with its output on stderr (stdout is for the path); tell whether it succeeded."""
    return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False).returncode == 0


def install_from_distribution() -> str | None:
    root = as_root()
    if root is None or not shutil.which("apt-get"):
        return None
    run(*root, "apt-get", "update", "-qq")
    for package in PACKAGES:
        say(f"installing the distribution's {package}")
        install = ("apt-get", "install", "-qq", "-y", "--no-install-recommends", package)
        if run(*root, "env", "DEBIAN_FRONTEND=noninteractive", *install) and (path := working_browser()):
            return path
    return None


def install_from_playwright() -> str | None:
    say("downloading Playwright's own Chromium")
    system_libraries = [] if as_root() is None else ["--with-deps"]
    if run(sys.executable, "-m", "playwright", "install", *system_libraries, "--no-shell", "chromium"):
        return working_browser()
    return None


def main() -> int:
    if chosen := os.environ.get(VARIABLE):
        path = chosen if shows_a_page(chosen) else None
    else:
        path = working_browser() or install_from_distribution() or install_from_playwright()
    if path is None:
        say("no Chromium, headless shell or Chrome that works was found or could be installed.")
        say(f"Install one (Debian: apt-get install chromium-headless-shell) or set {VARIABLE} to the path of one.")
        return 1
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
