# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""New secrets for users that are there. Whatever happens, the secret that Autotask has is in the file."""

from __future__ import annotations

import typing as t
from pathlib import Path

import pytest

from .site import Outcome, Site, sealed

OLD = {"user_name": "handmade", "secret": "Old-secret-1", "made_here": True, "secret_set": True}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(tmp_path)
    site.add("alder")
    return site


def rotate(site: Site, *options: str) -> Outcome:
    return site.play("rotate_secret", *options)


@pytest.mark.parametrize("point", ["user before", "user after", "access before"])
def test_a_killed_rotation_is_finished_with_the_same_secret(site: Site, point: str) -> None:
    user = {**OLD, "tracking_identifier": "CANARY-IDENTIFIER"} if point == "access before" else OLD
    site.put("alder", sealed({"verification": user}))
    site.kill_at(point)
    killed = rotate(site)
    assert killed.status < 0
    between = killed.kept("alder")["verification"]
    assert between["secret"] == "Old-secret-1"
    assert between["next_secret"] not in ("", "Old-secret-1")

    stopped = site.provision()
    assert "A rotation of this tenant's secrets was interrupted." in stopped.words
    assert stopped.calls == []

    finished = rotate(site)
    assert finished.status == 0, finished.output
    after = finished.kept("alder")["verification"]
    (set_in_autotask,) = (call["params"]["secret"] for call in finished.calls_of("alder", "user"))
    assert after["secret"] == between["next_secret"] == set_in_autotask
    assert "next_secret" not in after


def test_a_proven_secret_replaces_the_old_one_and_an_unproven_one_keeps_it(site: Site) -> None:
    kept = {"work365": OLD, "verification": {**OLD, "tracking_identifier": "CANARY-IDENTIFIER"}}
    site.put("alder", sealed(kept))
    run = rotate(site, "-vvv")
    assert run.status == 0, run.output
    now = run.kept("alder")
    assert now["work365"]["previous_secret"] == "Old-secret-1"
    assert "previous_secret" not in now["verification"]
    (asked,) = (call["params"] for call in run.calls if call["kind"] == "access")
    assert asked["api_secret"] == now["verification"]["secret"]
    secrets = {user["secret"] for user in now.values()} | {"Old-secret-1", "CANARY-IDENTIFIER"}
    assert len(secrets) == 4
    assert not [secret for secret in secrets if secret in run.output]
    assert "type that of work365 into Work 365" in run.words


def test_only_secrets_that_are_old_and_known_are_replaced_and_a_check_replaces_none(site: Site) -> None:
    site.add("birch")
    site.add("cedar")
    site.put("alder", sealed({"work365": {**OLD, "secret_since": "2026-01-31T00:00:00Z"}}))
    site.put("birch", sealed({"work365": {**OLD, "secret_since": "2126-01-31T00:00:00Z"}}))
    site.put("cedar", sealed({"work365": {**OLD, "secret": "", "made_here": False, "secret_set": False}}))
    age = ["--extra-vars", "work365_integration_rotate_older_than=30"]
    check = rotate(site, "--check", *age)
    assert "alder: would replace the secret of work365" in check.words
    assert check.kept("alder")["work365"]["secret"] == "Old-secret-1"
    run = rotate(site, *age)
    assert run.status == 0, run.output
    assert run.kept("alder")["work365"]["secret"] != "Old-secret-1"
    assert run.calls_of("birch") == run.calls_of("cedar") == []
    assert t.cast(str, run.kept("alder")["work365"]["secret_since"]) > "2026-11"
