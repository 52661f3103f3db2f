# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where the reports on a fleet are. One audit at a time compares with the last, so none is lost."""

from __future__ import annotations

import contextlib
import datetime
import fcntl
import json
import typing as t
from pathlib import Path

from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.file_store import dead_link
from ansible_collections.msp.autotask.plugins.plugin_utils._fleet.report import UnknownReport, fleet_report, results_of
from ansible_collections.msp.autotask.plugins.plugin_utils._fleet.table import fleet_csv
from ansible_collections.msp.autotask.plugins.plugin_utils._pages.writing import (
    NotWritten,
    dumped,
    read,
    rendered,
    write,
)

MODE = 0o640


class LastReportUnknown(AutotaskError):
    """The last report cannot be compared with."""

    reason = "last_report_unknown"


class PartUnknown(AutotaskError):
    """What was to be put together is no report, or is one on the same tenant as another."""

    reason = "part_unknown"


def of_parts(paths: t.Iterable[Path], fleet: t.Collection[str]) -> dict[str, t.Any]:
    """The results in the reports on parts of a *fleet*; whom none is on was not read. Raises PartUnknown."""
    if not (paths := list(paths)):
        raise PartUnknown("The option parts names no report, so nothing was written. See where the slices left theirs.")
    results: dict[str, t.Any] = {}
    found_in: dict[str, Path] = {}
    for path in paths:
        try:
            found = results_of(json.loads(path.read_text(encoding="utf-8")), fleet)
        except OSError as error:
            raise PartUnknown(f"The report {path} cannot be read: {error.strerror}. Nothing was written.") from error
        except ValueError as error:
            why = error if isinstance(error, UnknownReport) else "is not JSON"
            raise PartUnknown(f"{path} {why}. Name the audit.json of each part. Nothing was written.") from error
        for tenant, result in found.items():
            if tenant in results:
                raise PartUnknown(
                    f"Both {found_in[tenant]} and {path} are on {tenant}, and nothing says which counts. Leave out the "
                    "older one. Nothing was written."
                )
            results[tenant], found_in[tenant] = result, path
    return {name: {"reason": "None of the reports that were put together is on it."} for name in fleet} | results


class ReportFolder:
    """Holds audit.html, audit.xml, audit.csv and audit.json; the last is what the next audit compares with."""

    def __init__(self, folder: Path, templates: Path) -> None:
        self._folder = folder
        self._templates = templates

    def add(
        self, results: t.Mapping[str, t.Any], fleet: t.Sequence[str], left: t.Collection[str], *, check: bool = False
    ) -> dict[str, t.Any]:
        """Compare an audit with the last one, and write both down as the new report."""
        if dead := dead_link(self._folder / "audit.json"):
            # What cannot be read is not absent, and what was audited before is to be missed.
            raise NotWritten(
                f"{dead} is a link to {dead.readlink()}, which is not there. Mount what it leads to, or remove it."
            )
        if check and not self._folder.is_dir():
            return self._compared(results, fleet, left)
        with self._alone():
            report = self._compared(results, fleet, left)
            pages = {
                "audit.html": rendered(self._templates / "audit.html.j2", {"report": report}),
                "audit.xml": rendered(self._templates / "audit.xml.j2", {"report": report}),
                "audit.csv": fleet_csv(report),
                # Last, as then the others are there too.
                "audit.json": dumped(Path("audit.json"), report),
            }
            for name, text in pages.items():
                write(self._folder / name, text, MODE, check)
            return report

    def _compared(
        self, results: t.Mapping[str, t.Any], fleet: t.Sequence[str], left: t.Collection[str]
    ) -> dict[str, t.Any]:
        at = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        try:
            return fleet_report(results, at, self._last(), fleet, left)
        except (UnknownReport, ValueError) as error:
            raise LastReportUnknown(
                f"The last audit, {self._folder / 'audit.json'}, {error}, so this one cannot be compared with it. Move "
                "the file away to start anew."
            ) from error

    def _last(self) -> t.Any:
        text = read(self._folder / "audit.json")
        if text is None:
            return None
        try:
            # No report is empty, and nothing is not known.
            return json.loads(text) or {}
        except ValueError as error:
            raise UnknownReport("is not JSON") from error

    @contextlib.contextmanager
    def _alone(self) -> t.Iterator[None]:
        """Wait for another audit that writes here to be done."""
        try:
            self._folder.mkdir(mode=0o750, parents=True, exist_ok=True)
            lock = (self._folder / ".lock").open("w", encoding="utf-8")
        except OSError as error:
            why = "it is a file, not a folder" if self._folder.is_file() else error.strerror
            raise NotWritten(f"{self._folder} cannot be written: {why}.") from error
        with lock:
            # Some network file systems cannot; then two audits at once are not told apart.
            with contextlib.suppress(OSError):
                fcntl.flock(lock, fcntl.LOCK_EX)
            yield
