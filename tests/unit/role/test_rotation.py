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


# Its users in the order in which their secrets are replaced; only the identifier of the first is known here.
USERS = ("verification", "work365")
POINTS = [("user before", 2)]
MORE_POINTS = [("user before", 1), ("user after", 1), ("access before", 1), ("user after", 2)]


@pytest.mark.parametrize(
    ("point", "time"), [*POINTS, *(pytest.param(*point, marks=pytest.mark.long) for point in MORE_POINTS)]
)
def test_a_killed_rotation_is_finished_with_the_same_secrets(site: Site, point: str, time: int) -> None:
    site.put("alder", sealed({"work365": OLD, "verification": {**OLD, "tracking_identifier": "CANARY-IDENTIFIER"}}))
    site.kill_at(point, time)
    killed = rotate(site)
    assert killed.status < 0
    between = killed.kept("alder")
    # The secrets of both were made before either was set, so what was done is known afterwards.
    planned = {name: between[name].get("next_secret", between[name]["secret"]) for name in USERS}
    done = [name for name in USERS if "next_secret" not in between[name]]
    assert done == list(USERS[: time - 1])
    assert "Old-secret-1" not in planned.values()

    stopped = site.provision()
    assert "A rotation of this tenant's secrets was interrupted." in stopped.words
    assert stopped.calls == []

    finished = rotate(site)
    assert finished.status == 0, finished.output
    after = finished.kept("alder")
    assert {name: after[name]["secret"] for name in USERS} == planned
    assert not [name for name in USERS if "next_secret" in after[name]]
    assert after["work365"]["previous_secret"] == "Old-secret-1"
    set_in_autotask = [call["params"]["secret"] for call in finished.calls_of("alder", "user")]
    assert set_in_autotask == [planned[name] for name in USERS if name not in done]
    assert finished.files["handover/alder.md"].text


@pytest.mark.long
def test_a_tenant_that_fails_in_the_middle_keeps_its_old_secret_and_stops_no_other(site: Site) -> None:
    site.add("birch", vendor="No such vendor")
    site.add("cedar")
    for tenant in ("alder", "birch", "cedar"):
        site.put(tenant, sealed({"work365": OLD}))
    run = rotate(site)
    assert run.status != 0
    assert "birch: FAILED: No such vendor is not in the list." in run.words
    for tenant in ("alder", "cedar"):
        assert run.kept(tenant)["work365"]["previous_secret"] == "Old-secret-1"
    failed = run.kept("birch")["work365"]
    assert failed["secret"] == "Old-secret-1"

    site.hosts["birch"].pop("work365_integration_vendor")
    mended = rotate(site, "--limit", "birch")
    assert mended.status == 0, mended.output
    assert mended.kept("birch")["work365"]["secret"] == failed["next_secret"]
    assert mended.calls_of("alder") == mended.calls_of("cedar") == []


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


@pytest.mark.long
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
    since = t.cast(str, run.kept("alder")["work365"]["secret_since"])
    assert since > "2026-11" and since in run.files["handover/alder.md"].text
    assert rotate(site, *age).output.count("changed=0 ") == 3
