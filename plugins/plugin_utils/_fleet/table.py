# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The report on a fleet as a table: a line for each finding, and one for each tenant that has none."""

from __future__ import annotations

import csv
import io
import typing as t

from ansible_collections.msp.autotask.plugins.plugin_utils._pages.printable import printable

Data = t.Mapping[str, t.Any]

OF_TENANT = ("tenant", "status", "reason", "read_at")
OF_FINDING = ("part", "what", "found", "wanted", "direction", "severity", "since", "detail")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What spreadsheets calculate; pages choose labels."""


def fleet_csv(report: Data) -> str:
    """Comma-separated values, as RFC 4180 has them."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow((*OF_TENANT, *OF_FINDING))
    for entry in report["tenants"]:
        for finding in entry["findings"] or [{}]:
            cells = [*(entry.get(name) for name in OF_TENANT), *(finding.get(name) for name in OF_FINDING)]
            table.writerow(map(_cell, cells))
    return text.getvalue()


def _cell(value: t.Any) -> str:
    text = str(printable("" if value is None else str(value)))
    return f"'{text}" if text.startswith(FORMULA) else text
