# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Names of hosts become names of files and patterns, whatever is in them."""

from __future__ import annotations

import pytest
from ansible.inventory.manager import InventoryManager, split_host_pattern
from ansible.parsing.dataloader import DataLoader
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.names import file_name, limit_pattern
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


@given(st.text(min_size=1), st.text(min_size=1))
def test_two_hosts_never_share_a_file(one: str, other: str) -> None:
    assert (file_name(one) == file_name(other)) == (one == other)


def test_the_pattern_matches_exactly_those_hosts() -> None:
    loader = DataLoader()
    inventory = InventoryManager(loader, sources=None)
    for host in [*AWKWARD, "alder", "birch", "acme", "x"]:
        inventory._inventory.add_host(host, "all")
    wanted = ["alder", *AWKWARD]
    inventory.subset(limit_pattern(wanted))
    assert sorted(host.name for host in inventory.get_hosts("all")) == sorted(wanted)
    assert split_host_pattern(limit_pattern(["alder", "birch"])) == ["alder", "birch"]
