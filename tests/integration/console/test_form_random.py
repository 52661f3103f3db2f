# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Of forms that are nested and labelled at random, the driver reads what they hold, or names what it cannot read."""

from __future__ import annotations

import typing as t

import pytest
from random_forms import Drawn, draw
from static_pages import Reader, reader, settings, shared_page  # noqa: F401 - fixtures


def misread(reader: Reader, drawn: Drawn) -> list[str]:
    """Where what was read is not what the page holds."""
    reading = reader.show(drawn.html)
    if reading.unclear:
        # What only its place tells is seen once its section is open.
        reading = reader.form.settled()
    if drawn.puzzle:
        return [] if reading.not_understood else [f"{drawn.puzzle} was not named"]
    fields = [field for field in settings(reading) if field.label not in ("Name", "Active")]
    read: dict[t.Any, t.Any] = {(field.section, field.label, field.column): field for field in fields}
    found = [f"not understood: {what}" for what in reading.not_understood]
    found += ["a setting is told twice"] if len(read) < len(fields) else []
    found += [f"{name} is none" for name in read.keys() - drawn.values.keys()]
    for name, value in drawn.values.items():
        if name not in read:
            found.append(f"{name} is missing")
        elif not read[name].reads(value):
            found.append(f"{name} reads {read[name].value!r}, not {value!r}")
        elif (words := drawn.offered.get(name)) and words != set(read[name].offered or words) - {""}:
            found.append(f"{name} offers {read[name].offered}, not {words}")
        elif (group := drawn.groups.get(name)) != read[name].group:
            found.append(f"{name} is of the group {read[name].group!r}, not {group!r}")
    return found


@pytest.mark.parametrize(
    "seeds", [pytest.param(range(200), id="200"), pytest.param(range(200, 4000), id="3800", marks=pytest.mark.long)]
)
def test_what_is_read_is_what_a_form_holds(reader: Reader, seeds: range) -> None:
    wrong = {seed: found[:5] for seed in seeds if (found := misread(reader, draw(seed)))}
    assert not wrong, f"{len(wrong)} of {len(seeds)}: {dict(list(wrong.items())[:5])}"
