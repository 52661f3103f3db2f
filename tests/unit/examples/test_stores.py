# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What every store is asked and must answer (docs/credentials.md, "Another store"), of each example."""

from __future__ import annotations

import contextlib
import re
import typing as t
from pathlib import Path

import pytest
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.program_store import ProgramStore
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.store import Conflict, StoreError

from .stores import EXAMPLES, KV_TOKEN, STORES, Example, KeyVault, Kv, served


@pytest.fixture
def store(example: Example, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> t.Iterator[ProgramStore]:
    for name, value in example.environment.items():
        monkeypatch.setenv(name, value)
    with served(example.service, tmp_path) as url:
        yield ProgramStore(example.program, "alder.example", example.options(url))


def test_every_example_is_tried() -> None:
    assert {example.program for example in STORES} == set(EXAMPLES.glob("*/store.py"))


@pytest.mark.parametrize("example", STORES, ids=[example.name for example in STORES])
class TestEveryStore:
    def test_from_nothing_to_the_archive_and_back(self, store: ProgramStore) -> None:
        assert store.read() == ("", "")
        store.write("one", "")
        text, first = store.read()
        assert text == "one" and first
        store.write("two", first)
        text, second = store.read()
        assert text == "two" and second != first
        assert store.archive(second)
        assert store.read() == ("", "")
        store.write("three", "")
        assert store.read()[0] == "three"

    def test_what_is_not_of_the_version_any_more_is_left_as_it_is(self, store: ProgramStore) -> None:
        with pytest.raises(Conflict):
            store.archive("1")
        store.write("one", "")
        _text, first = store.read()
        store.write("two", first)
        for version in ("", first):
            with pytest.raises(Conflict):
                store.write("lost", version)
        with pytest.raises(Conflict):
            store.archive(first)
        assert store.read()[0] == "two"

    def test_a_refusal_is_told_without_what_was_refused(
        self, store: ProgramStore, example: Example, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name, value in example.refused.items():
            monkeypatch.setenv(name, value)
        with pytest.raises(StoreError, match=example.says) as failure:
            store.read()
        assert "CANARY" not in str(failure.value)


AZURE = pytest.mark.parametrize(
    "example", [example for example in STORES if example.service is KeyVault], ids=["azure"]
)


@AZURE
def test_names_in_azure_have_letters_digits_and_dashes_only(store: ProgramStore) -> None:
    store.write("one", "")
    assert {one["id"].split("/")[4] for one in KeyVault.versions} == {"work365-alder-example-408c0b59"}


@AZURE
@pytest.mark.parametrize(("version", "wins"), [("0", False), ("f", True)])
def test_of_two_that_write_to_azure_at_once_one_wins(store: ProgramStore, version: str, wins: bool) -> None:
    KeyVault.before_a_write.append({"value": "another", "tags": {"made-from": "nothing"}, "version": version * 32})
    with contextlib.nullcontext() if wins else pytest.raises(Conflict, match="Nothing was overwritten"):
        store.write("mine", "")
    assert store.read()[0] == ("mine" if wins else "another")


HASHICORP, AZURE_EXAMPLE = STORES
NOWHERE = "http://127.0.0.1:9"
MISUSES: list[tuple[Example, dict[str, str], dict[str, str], str]] = [
    (HASHICORP, {"adress": "x"}, {}, "The store has no option adress; its options are: address, mount, folder."),
    (HASHICORP, {}, {}, "The store needs the option address, which begins with https://."),
    (HASHICORP, {"address": "vault:8200"}, {}, "The store needs the option address, which begins with https://."),
    (HASHICORP, {"address": "https://x"}, {"VAULT_TOKEN": ""}, "VAULT_TOKEN is not in the environment."),
    (HASHICORP, {"address": NOWHERE}, {}, f"{NOWHERE}/v1/secret/data/work365/alder.example does not answer"),
    (
        AZURE_EXAMPLE,
        {"vault_ulr": "x"},
        {},
        "The store has no option vault_ulr; its options are: vault_url, login_url.",
    ),
    (AZURE_EXAMPLE, {}, {}, "The store needs the option vault_url, which begins with https://."),
    (
        AZURE_EXAMPLE,
        {"vault_url": "https://x", "login_url": "login.microsoftonline.us"},
        {},
        "The store needs the option login_url, which begins with https://.",
    ),
    (
        AZURE_EXAMPLE,
        {"vault_url": "https://x"},
        {"AZURE_CLIENT_SECRET": ""},
        "nor AZURE_CLIENT_SECRET is in the environment.",
    ),
    (
        AZURE_EXAMPLE,
        {"vault_url": "https://x", "login_url": NOWHERE},
        {},
        f"{NOWHERE}/tenant/oauth2/v2.0/token does not",
    ),
]


@pytest.mark.parametrize(("example", "options", "environment", "said"), MISUSES)
def test_what_is_wrong_is_told_in_one_sentence(
    example: Example,
    options: dict[str, str],
    environment: dict[str, str],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in {**example.environment, **environment}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(StoreError, match=re.escape(said)) as failure:
        ProgramStore(example.program, "alder.example", options).read()
    assert "Traceback" not in str(failure.value)


def test_only_what_vault_calls_a_conflict_is_one_and_a_mount_that_is_not_there_is_not_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VAULT_TOKEN", KV_TOKEN)
    with served(Kv, tmp_path) as url:
        with pytest.raises(StoreError, match="400 to POST .*the value is not allowed"):
            ProgramStore(HASHICORP.program, "alder.example", {"address": url}).write("refuse", "")
        with pytest.raises(StoreError, match="no handler for route 'kv/data/work365/alder.example'"):
            ProgramStore(HASHICORP.program, "alder.example", {"address": url, "mount": "kv"}).read()
