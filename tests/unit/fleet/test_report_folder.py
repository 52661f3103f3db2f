# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is written of an audit, and that none is lost."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import re
import threading
import typing as t
from pathlib import Path

import pytest
from ansible_collections.msp.autotask.plugins.plugin_utils._fleet import report_folder
from ansible_collections.msp.autotask.plugins.plugin_utils._fleet.report_folder import (
    LastReportUnknown,
    PartUnknown,
    ReportFolder,
    of_parts,
)
from ansible_collections.msp.autotask.plugins.plugin_utils._pages.writing import NotWritten

from .answers import WEBHOOKS, tenant

TEMPLATES = Path(__file__).parents[3] / "roles" / "integration" / "templates"


def stored(folder: Path) -> dict[str, t.Any]:
    return t.cast("dict[str, t.Any]", json.loads((folder / "audit.json").read_text(encoding="utf-8")))


def test_four_files_are_written_and_none_in_a_check(tmp_path: Path) -> None:
    folder = ReportFolder(tmp_path / "audit", TEMPLATES)
    assert folder.add({"a": tenant()}, ["a"], [], check=True)["counts"]["ok"] == 1
    assert not (tmp_path / "audit").exists()
    folder.add({"a": tenant()}, ["a"], [])
    assert {path.name for path in (tmp_path / "audit").glob("audit.*")} == {
        "audit.html",
        "audit.xml",
        "audit.csv",
        "audit.json",
    }
    folder.add({"a": tenant(WEBHOOKS)}, ["a"], [], check=True)
    assert stored(tmp_path / "audit")["drifts"] == 0


def test_two_audits_at_once_are_both_in_the_history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = report_folder.fleet_report
    both = threading.Barrier(2)

    def slow(*arguments: t.Any) -> dict[str, t.Any]:
        """Holds each audit between reading and writing until the other is there too, if it can be."""
        report = real(*arguments)
        try:
            both.wait(0.5)
        except threading.BrokenBarrierError:
            both.reset()
        return report

    monkeypatch.setattr(report_folder, "fleet_report", slow)
    folder, fleet = ReportFolder(tmp_path, TEMPLATES), ["a", "b"]
    audits = [threading.Thread(target=folder.add, args=({name: tenant(WEBHOOKS)}, fleet, [])) for name in fleet]
    for audit in audits:
        audit.start()
    for audit in audits:
        audit.join()
    assert len(stored(tmp_path)["history"]) == 2
    assert {entry["tenant"] for entry in stored(tmp_path)["tenants"]} == {"a", "b"}


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"format": 99}'])
def test_a_last_report_that_is_none_is_named_and_left_alone(tmp_path: Path, text: str) -> None:
    (tmp_path / "audit.json").write_text(text, encoding="utf-8")
    with pytest.raises(LastReportUnknown, match=r"audit\.json.*Move the file away"):
        ReportFolder(tmp_path, TEMPLATES).add({"a": tenant()}, ["a"], [])
    assert (tmp_path / "audit.json").read_text(encoding="utf-8") == text


def test_a_last_report_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "audit.json").mkdir()
    with pytest.raises(NotWritten, match=r"audit\.json cannot be read"):
        ReportFolder(tmp_path, TEMPLATES).add({"a": tenant()}, ["a"], [])
    (tmp_path / "audit.json").rmdir()
    (tmp_path / "audit.json").symlink_to("not-mounted/audit.json")
    with pytest.raises(NotWritten, match=r"audit\.json is a link to not-mounted/audit\.json, which is not there"):
        ReportFolder(tmp_path, TEMPLATES).add({"a": tenant()}, ["a"], [])


def test_a_last_report_whose_moments_are_none_is_named(tmp_path: Path) -> None:
    folder = ReportFolder(tmp_path, TEMPLATES)
    folder.add({"a": tenant(WEBHOOKS)}, ["a"], [])
    good = (tmp_path / "audit.json").read_text(encoding="utf-8")
    for name in ("at", "read_at", "since"):
        broken = re.sub(rf'"{name}": "[^"]*"', f'"{name}": "yesterday"', good)
        (tmp_path / "audit.json").write_text(broken, encoding="utf-8")
        with pytest.raises(LastReportUnknown, match="lacks parts of a report"):
            folder.add({"b": tenant()}, ["a", "b"], [])


def test_a_file_in_place_of_the_folder_is_told_as_such(tmp_path: Path) -> None:
    (tmp_path / "audit").touch()
    with pytest.raises(NotWritten, match="it is a file, not a folder"):
        ReportFolder(tmp_path / "audit", TEMPLATES).add({"a": tenant()}, ["a"], [])


def test_an_audit_is_written_where_no_folder_can_be_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def cannot(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", cannot)
    ReportFolder(tmp_path, TEMPLATES).add({"a": tenant(WEBHOOKS)}, ["a"], [])
    assert stored(tmp_path)["drifts"] == 1


def test_what_cannot_be_put_together_is_named_and_nothing_is_guessed(tmp_path: Path) -> None:
    for part, hosts in (("one", "ab"), ("two", "c"), ("again", "bd")):
        ReportFolder(tmp_path / part, TEMPLATES).add({host: tenant() for host in hosts}, [*hosts], [])
    (tmp_path / "text.json").write_text("{", encoding="utf-8")
    (tmp_path / "other.json").write_text("{}", encoding="utf-8")
    one, two, again = (tmp_path / part / "audit.json" for part in ("one", "two", "again"))
    found = of_parts([one, two], ["a", "e"])
    assert set(found) == {"a", "b", "c", "e"} and "None of the reports" in found["e"]["reason"]
    wrong: list[tuple[list[Path], str]] = [
        ([], "names no report"),
        ([one, tmp_path / "gone.json"], "gone.json cannot be read"),
        ([one, tmp_path / "text.json"], "text.json is not JSON"),
        ([tmp_path / "other.json"], "other.json is not a report of a fleet"),
        ([one, two, again], "one/audit.json and .*again/audit.json are on b"),
    ]
    for paths, said in wrong:
        with pytest.raises(PartUnknown, match=said):
            of_parts(paths, [])
