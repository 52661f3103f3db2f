# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The role with a store that is a program: the example for HashiCorp Vault, against a stand-in of its KV engine."""

from __future__ import annotations

import json
import typing as t
from pathlib import Path

import pytest

from ..examples.stores import KV_TOKEN, STORES, Kv, served
from .site import Site, users_of

HASHICORP = next(example for example in STORES if example.service is Kv)


@pytest.fixture
def site(tmp_path: Path) -> t.Iterator[Site]:
    with served(Kv, tmp_path) as url:
        site = Site(tmp_path / "site")
        site.add("alder")
        site.variables |= {
            "work365_integration_store": str(HASHICORP.program),
            "work365_integration_store_options": HASHICORP.options(url),
        }
        yield site


@pytest.mark.long
def test_credentials_live_in_the_other_store_from_first_run_to_last(site: Site) -> None:
    store = Kv.folder / "alder.example"
    first = site.play("provision", VAULT_TOKEN=KV_TOKEN)
    assert first.status == 0, first.output
    stored = json.loads(store.read_text(encoding="utf-8"))
    kept = users_of(stored["data"]["sealed"])
    (user,) = first.calls_of("alder", "user")
    assert kept["work365"]["secret"] == user["params"]["secret"]
    assert kept["work365"]["secret_set"]
    assert [name for name in first.files if name.startswith("credentials")] == []
    assert KV_TOKEN not in first.output

    second = site.play("provision", VAULT_TOKEN=KV_TOKEN)
    assert second.output.count("changed=0 ") == 1
    assert json.loads(store.read_text(encoding="utf-8")) == stored

    retired = site.play("decommission", "--extra-vars", "work365_integration_decommission=alder", VAULT_TOKEN=KV_TOKEN)
    assert retired.status == 0, retired.output
    assert json.loads(store.read_text(encoding="utf-8"))["data"] is None


def test_a_store_that_refuses_stops_the_run_before_a_user_is_made(site: Site) -> None:
    run = site.play("provision", VAULT_TOKEN="wrong")
    assert run.status != 0
    assert run.calls == []
