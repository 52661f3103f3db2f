# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which looks are taken at a tenant, in which order, and what a failure keeps from being seen. Without a browser."""

from __future__ import annotations

import typing as t
from types import SimpleNamespace

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._console.console import ConsoleSettings
from ansible_collections.msp.autotask.plugins.module_utils._console.errors import ConsoleError
from ansible_collections.msp.autotask.plugins.module_utils._console.journal import Journal
from ansible_collections.msp.autotask.plugins.module_utils._console.log_in.account import Account
from ansible_collections.msp.autotask.plugins.module_utils._reconcile import (
    integrations,
    looks,
    resource,
    security_level,
)
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.integrations import (
    Place,
    WantedIntegration,
    WantedResource,
)
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.look_options import looks_result
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.looks import Asked, Looks
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.wanted_user import WantedUser
from ansible_collections.msp.autotask.plugins.module_utils._wording import same_name

from .test_level_page import level

USERS = {"a1": "Reader", "b2": "Other", "c3": "other (API-only)"}
"""The API users with their levels."""

EVERYTHING = Asked(True, ("Base",), users=True, levels_of_users=True)

WANTED = [
    WantedIntegration("one", level({}, name="Reader"), (WantedResource("sync", WantedUser("a1")),)),
    WantedIntegration("two", level({}, name="Writer"), (WantedResource("proof", WantedUser("b2")),)),
]


class Tenant:
    """A tenant, what was looked at in it, and what fails there."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.looked: list[str] = []
        self.fails: dict[str, Exception] = {}
        self.known = ""
        """The level of which all was seen when it was compared."""
        self.looks = Looks()

        def seen(what: str, found: t.Any) -> t.Any:
            self.looked.append(what)
            if failure := self.fails.get(what):
                raise failure
            return found

        lists = SimpleNamespace(api_only=lambda: ["Reader"], overview=lambda: seen("all levels", [{"name": "Reader"}]))
        for name in ("levels", "resources"):
            opened = SimpleNamespace(**vars(lists), open=lambda name=name: self.looked.append(f"open {name}"))
            page = {"levels": "SecurityLevels", "resources": "Resources"}[name]
            monkeypatch.setattr(integrations, page, lambda _window, opened=opened: opened)
        monkeypatch.setattr(security_level, "ensure_in", lambda _levels, wanted: seen(wanted.name, "compared"))
        monkeypatch.setattr(resource, "ensure_in", self._compare_user(seen))
        monkeypatch.setattr(looks, "whole_levels", lambda _levels, name: seen(f"read {name}", [{"name": name}]))
        monkeypatch.setattr(looks, "is_known", lambda _levels, name: same_name(name, self.known))
        monkeypatch.setattr(looks, "rows_of", lambda _resources, _levels: list(USERS))
        monkeypatch.setattr(
            looks, "whole_user", lambda _resources, row, _memory: seen(row, {"security_level": USERS[row]})
        )
        monkeypatch.setattr(looks, "each_in_console", self._each)

    @staticmethod
    def _compare_user(seen: t.Callable[[str, t.Any], t.Any]) -> t.Any:
        def compare(_resources: t.Any, wanted: WantedUser, _means: t.Any) -> t.Any:
            assert wanted.level_is_planned
            return seen(f"compare {wanted.user_name}", "compared")

        return compare

    @staticmethod
    def _each(_settings: t.Any, journal: Journal, works: list[t.Any], give_up: t.Any) -> None:
        window = SimpleNamespace(journal=journal)
        for work in works:
            try:
                work(window)
            except ConsoleError as error:
                give_up(error)

    def look(self, asked: Asked = EVERYTHING, **fails: Exception) -> list[str]:
        self.fails = {what.replace("_", " "): failure for what, failure in fails.items()}
        self.looks.take(asked, WANTED, ConsoleSettings(Account("admin", "any")), Journal(timeout=60, read_only=True))
        return self.looked


@pytest.fixture
def tenant(monkeypatch: pytest.MonkeyPatch) -> Tenant:
    return Tenant(monkeypatch)


def test_lists_are_opened_once_and_the_levels_again_only_for_what_users_have(tenant: Tenant) -> None:
    assert tenant.look() == [
        *["open levels", "all levels", "Reader", "Writer", "read Base"],
        *["open resources", "compare a1", "compare b2", "a1", "b2", "c3"],
        *["open levels", "read Reader", "read Other"],
    ]
    assert tenant.looks.levels == ["Base", "Reader", "Other"] and not tenant.looks.failed


def test_for_a_level_that_is_known_nobody_goes_back(tenant: Tenant) -> None:
    tenant.known = "Reader"
    assert tenant.look()[-3:] == ["read Reader", "open levels", "read Other"]


def test_what_is_not_asked_for_is_not_looked_at(tenant: Tenant) -> None:
    assert tenant.look(Asked()) == [
        *["open levels", "Reader", "Writer"],
        *["open resources", "compare a1", "compare b2"],
    ]


def test_a_failure_is_told_of_its_object_and_the_others_are_looked_at(tenant: Tenant) -> None:
    failure = ConsoleError("No such box.", "not_seen", warnings=["Told once."])
    looked = tenant.look(Writer=failure, read_Base=failure, compare_a1=failure, b2=failure)
    assert "compare b2" in looked and "c3" not in looked
    assert set(tenant.looks.failed) == {
        Place("two", "security_level"),
        Place("", "security level Base"),
        Place("one", "sync"),
        Place("", "resources"),
    }
    told = looks_result(t.cast(t.Any, SimpleNamespace(**{**vars(tenant.looks), "done": {}})), [])
    not_seen = {"failed": True, "msg": "No such box.", "failure": {"reason": "not_seen"}}
    assert told["users_read"] == not_seen and told["levels_read"] == [{"name": "Base", **not_seen}]
    assert told["security_levels"] == [{"name": "Reader"}]


@pytest.mark.parametrize(
    ("asked", "fails", "place"),
    [
        (EVERYTHING, "all_levels", {"object": "security_levels"}),
        (Asked(stops_at_levels=True), "Reader", {"integration": "one", "object": "security_level"}),
    ],
)
def test_what_nothing_can_be_seen_without_ends_it(
    tenant: Tenant, asked: Asked, fails: str, place: dict[str, str]
) -> None:
    with pytest.raises(ConsoleError) as caught:
        tenant.look(asked, **{fails: ConsoleError("No such list.")})
    assert caught.value.details == place and tenant.looked[-1] == fails.replace("_", " ")


def test_what_was_given_up_has_no_part_in_what_comes_then(tenant: Tenant) -> None:
    tenant.look(Asked(), compare_b2=ConsoleError("No such box."))
    assert tenant.looks.at is None
