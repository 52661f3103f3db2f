# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a failure leaves for people to act on, and what must never be in it."""

from __future__ import annotations

import json
import stat
import typing as t
from pathlib import Path

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._console import evidence
from ansible_collections.msp.autotask.plugins.module_utils._console.browsers.browser import (
    BrowserSettings,
    browser_context,
)
from ansible_collections.msp.autotask.plugins.module_utils._console.errors import ConsoleError
from ansible_collections.msp.autotask.plugins.module_utils._console.journal import Journal
from ansible_collections.msp.autotask.plugins.module_utils._redaction import Redactor
from simulated_console import SECRET, Console

Add = t.Callable[..., Console]


def test_a_renamed_label_fails_with_evidence_and_passes_with_labels(console: Add, tmp_path: Path) -> None:
    tenant = console(levels=[{"name": "Reader"}], renamed={"Security Levels": "Access Profiles"})
    folder = tmp_path / "evidence"

    failed = tenant.run("autotask_security_level_info", evidence_dir=str(folder))
    assert failed["failure"]["reason"] == "not_seen" and failed["failure"]["landmark"] == "security_levels"
    assert "'labels' under 'security_levels'" in failed["msg"] and str(folder) in failed["msg"]
    assert "Access Profiles" in failed["failure"]["seen"]

    (place,) = folder.iterdir()
    outline = json.loads((place / "outline.json").read_text())
    assert outline["step"] == "Open Security Levels" and outline["reason"] == "not_seen"
    assert "Access Profiles" in outline["windows"][0]["words"]
    assert "?" not in outline["windows"][0]["address"]
    assert (place / "window-1.png").read_bytes().startswith(b"\x89PNG")
    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in place.iterdir()} == {0o600}

    for wording in ("access profiles", "css=a.Button:has-text('Access Profiles')"):
        found = tenant.run("autotask_security_level_info", labels={"security_levels": [wording]})
        assert "Reader" in [level["name"] for level in found["security_levels"]]


@pytest.mark.usefixtures("shared_playwright")
def test_pictures_show_nothing_that_was_generated(tmp_path: Path) -> None:
    journal = Journal(timeout=60)

    def picture(word: str) -> bytes:
        with browser_context(BrowserSettings(), None, journal.is_stuck) as context:
            context.new_page().set_content(f"<p>Tracking Identifier</p><div>{word}</div>")
            place, _missing = evidence.keep(context, journal, ConsoleError("x"), str(tmp_path), Redactor())
        return (place / "window-1.png").read_bytes()

    assert picture("7QK2LMZ8XV4TRB9WND3HYC6FJPG") == picture("ABCDEFGHIJKLMNOPQRSTUVWXYZ1")
    assert picture("Organizations") != picture("Configuration Items")


def test_evidence_of_a_filled_form_holds_no_secret_and_nobody(console: Add, tmp_path: Path) -> None:
    tenant = console(people=6)
    tenant.arm("save_refused", "save_api_user", options={"text": "Not today."})
    folder = tmp_path / "evidence"
    failed = tenant.user(evidence_dir=str(folder), internal_integration="Own reports")
    assert failed["failure"]["reason"] == "save_refused" and "Not today." in failed["msg"]
    (place,) = folder.iterdir()
    text = (place / "outline.json").read_text()
    private = [SECRET, tenant.user_name, tenant.connection["console_password"], tenant.connection["console_username"]]
    private += [resource.last_name for resource in tenant.tenant.resources() if resource.last_name != "Admin"]
    assert not [word for word in private if word in text]
