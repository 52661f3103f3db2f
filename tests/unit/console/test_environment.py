# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the browser and its driver see of the environment."""

from __future__ import annotations

import os
import re
from pathlib import Path

import playwright
import pytest
from ansible_collections.msp.autotask.plugins.module_utils._console.browsers.environment import quiet_environment

PACKAGE = Path(playwright.__file__).parent

HIDDEN = [
    "DEBUG",
    "DEBUGP",
    "DEBUG_FILE",
    "PWDEBUG",
    "PW_TEST_SCREENSHOT_NO_FONTS_READY",
    "INTERNAL_PW_GREENLET_DEBUG",
    "PLAYWRIGHT_NODEJS_PATH",
    "NODE_OPTIONS",
    "NODE_V8_COVERAGE",
    "NODE_EXTRA_CA_CERTS",
    "ELECTRON_RUN_AS_NODE",
    "SELENIUM_REMOTE_URL",
    "SSLKEYLOGFILE",
    "CHROME_LOG_FILE",
    "npm_config_pwdebug",
    "AUTOTASK_CONSOLE_PASSWORD",
    "AWS_SECRET_ACCESS_KEY",
    "https_proxy",
    "ALL_PROXY",
]
SEEN = ["PATH", "PWD", "HOME", "TMPDIR", "DISPLAY", "LANG", "BUILD_ID", "PLAYWRIGHT_BROWSERS_PATH"]

HARMLESS = {
    *("CI", "GITHUB_ACTION", "GITHUB_ACTIONS", "FORCE_COLOR", "TERM_PROGRAM", "CLAUDECODE", "COPILOT_CLI", "OSTYPE"),
    *("PATH", "PATHEXT", "USER", "USERNAME", "DISPLAY", "LD_LIBRARY_PATH", "INIT_CWD", "comspec", "SystemRoot"),
    *("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR", "LOCALAPPDATA", "PROGRAMFILES", "HOMEDRIVE"),
}
"""Where things are, who runs it, and how colourful its command line is, which is not used here."""

PARTS = re.compile(r"(WK|WS|MAX_LOG|LOG|CHOKIDAR|GRACEFUL_FS|DOTENV|TEST|__MINIMATCH)_")
"""Of parts of the driver that are not used here: other browsers, its command line, its test runner."""


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*HIDDEN, *SEEN):
        monkeypatch.setenv(name, "x")


@pytest.mark.usefixtures("environment")
def test_what_steers_or_is_secret_is_hidden_meanwhile() -> None:
    before = dict(os.environ)
    with pytest.raises(KeyboardInterrupt), quiet_environment():
        assert not [name for name in HIDDEN if name in os.environ]
        assert not [name for name in SEEN if name not in os.environ]
        raise KeyboardInterrupt
    assert dict(os.environ) == before


def test_compiled_code_is_kept_where_nobody_else_can_put_any(tmp_path: Path) -> None:
    others, file, new = tmp_path / "others", tmp_path / "file", tmp_path / "state" / "compiled"
    others.mkdir()
    others.chmod(0o777)
    file.touch()
    for folder in (others, file, file / "below"):
        with quiet_environment(compiled=str(folder)):
            assert "NODE_COMPILE_CACHE" not in os.environ
    with quiet_environment(compiled=str(new)):
        assert os.environ["NODE_COMPILE_CACHE"] == str(new)
    assert new.stat().st_mode & 0o777 == 0o700 and "NODE_COMPILE_CACHE" not in os.environ


@pytest.mark.usefixtures("environment")
def test_a_browser_elsewhere_may_be_reached_through_a_proxy() -> None:
    with quiet_environment(remote=True):
        assert os.environ["https_proxy"] and os.environ["NODE_EXTRA_CA_CERTS"]
        assert not {"DEBUG", "NODE_OPTIONS", "AUTOTASK_CONSOLE_PASSWORD"} & set(os.environ)


def read_by_playwright() -> set[str]:
    """The variables that the installed Playwright asks for, its driver's among them."""
    driver = [*PACKAGE.rglob("*.js"), *PACKAGE.rglob("*.mjs")]
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in (*driver, *PACKAGE.rglob("*.py"))]
    asks = re.compile(r"process\.env\.(\w+)|FromENV\(\"(\w+)\"|environ\.get\(\"(\w+)\"|getenv\(\"(\w+)\"")
    return {name for text in texts for found in asks.findall(text) for name in found if name}


def test_nothing_that_playwright_asks_for_is_overlooked(monkeypatch: pytest.MonkeyPatch) -> None:
    names = read_by_playwright()
    assert {"DEBUG", "PWDEBUG", "PLAYWRIGHT_NODEJS_PATH"} <= names
    for name in names:
        monkeypatch.setenv(name, "x")
    with quiet_environment():
        left = names & set(os.environ)
    assert {name for name in left - HARMLESS if not PARTS.match(name)} == {"PLAYWRIGHT_BROWSERS_PATH"}
