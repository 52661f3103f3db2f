# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Names of hosts become names of files, whatever is in them."""

from __future__ import annotations

from pathlib import Path

import pytest
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.file_names import file_name
from hypothesis import given
from hypothesis import strategies as st

AWKWARD = ["acme/uk", "../x", "Müller & Söhne, GmbH", ".hidden", "~me", "a:b", "a b", "100%", "host[1]", "!not", "*"]


@pytest.mark.parametrize("host", ["alder", "alder.example", "a-b_c.d"])
def test_a_plain_name_stays_as_it_is(host: str) -> None:
    assert file_name(host) == host


@pytest.mark.parametrize("host", AWKWARD)
def test_a_name_leads_out_of_no_folder(host: str) -> None:
    name = file_name(host)
    assert "/" not in name and not name.startswith(".") and name.isascii() and "@" not in name


@pytest.mark.parametrize("letter", ["a", "ü", "/"])
def test_a_name_is_never_too_long_for_a_file(letter: str, tmp_path: Path) -> None:
    one, other = (file_name(letter * number) for number in (300, 301))
    assert one != other
    (tmp_path / f".{one}@integration.yml.0123456789abcdef").touch()


@given(st.text(min_size=1), st.text(min_size=1))
def test_two_hosts_never_share_a_file(one: str, other: str) -> None:
    assert (file_name(one) == file_name(other)) == (one == other)
