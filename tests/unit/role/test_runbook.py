# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a person is told to do by hand, and the proof of what they did."""

from __future__ import annotations

from pathlib import Path

from .site import Site

SECOND_USER = "user_name=second1@tenant.example secret=CANARY-SECRET tracking_identifier=CANARY-IDENTIFIER"


def test_a_proof_leaves_what_is_ticked_off(tmp_path: Path) -> None:
    site = Site(tmp_path / "site")
    site.add("alder")
    written = site.play("runbook")
    assert written.status == 0, written.output
    file = site.inventory / "runbook" / "alder.md"
    text = file.read_text(encoding="utf-8")
    assert "Username (Key)" in text and text.count("- [ ]") > 20
    ticked = text.replace("- [ ]", "- [x]", 5)
    file.write_text(ticked, encoding="utf-8")

    second_user = " ".join(f"work365_integration_{part}" for part in SECOND_USER.split())
    proven = site.play("runbook", "--extra-vars", second_user)
    assert proven.status == 0, proven.output
    (asked,) = [call for call in proven.calls if call["kind"] == "access"]
    assert asked["params"]["api_user_name"] == "second1@tenant.example"
    assert file.read_text(encoding="utf-8") == ticked
    assert "second1" not in (site.inventory / "runbook" / "alder.html").read_text(encoding="utf-8")

    file.unlink()
    site.play("runbook", "--extra-vars", second_user)
    assert file.read_text(encoding="utf-8") == text, "it is about the first user, whoever proves it"
