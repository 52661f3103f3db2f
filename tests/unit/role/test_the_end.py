# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Taking Work 365 out of a tenant: tried first, done, and taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from .site import Outcome, Site


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(tmp_path / "site")
    site.add("alder", verify=True)
    return site


def decommission(site: Site, *options: str) -> Outcome:
    return site.play("decommission", "--extra-vars", "work365_integration_decommission=alder", *options)


def test_its_users_are_locked_out_and_its_credentials_put_away(site: Site) -> None:
    kept = site.provision().kept("alder")
    done = decommission(site)
    assert done.status == 0, done.output
    users = [kept[key]["user_name"] for key in ("work365", "verification")]
    assert f"made inactive: {', '.join(users)}; level kept" in done.words
    assert "credentials/alder.yml" not in done.files and len(list(site.credentials.glob("archive/*"))) == 1


@pytest.mark.long
def test_it_is_tried_then_done_then_taken_back_with_the_same_users(site: Site) -> None:
    kept = site.provision().kept("alder")
    users = [kept[key]["user_name"] for key in ("work365", "verification")]

    tried = decommission(site, "--check", "--diff")
    assert tried.status == 0, tried.output
    assert f"would make inactive: {', '.join(users)}" in tried.words
    assert tried.kept("alder") == kept and not list(site.credentials.glob("archive/*"))

    done = decommission(site)
    assert done.status == 0, done.output
    assert f"made inactive: {', '.join(users)}; level kept" in done.words
    assert "credentials/alder.yml" not in done.files

    again = decommission(site)
    assert again.status == 0, again.output
    assert again.output.count("changed=0 ") == 1

    (archived,) = site.credentials.glob("archive/*")
    archived.rename(site.credentials / "alder.yml")
    back = site.provision()
    assert back.status == 0, back.output
    assert sorted(call["params"]["user_name"] for call in back.calls_of("alder", "user")) == sorted(users)
    assert all(call["params"]["active"] for call in back.calls_of("alder", "user"))


@pytest.mark.long
def test_a_user_that_is_not_known_here_is_not_passed_over(site: Site) -> None:
    site.provision()
    (site.credentials / "alder.yml").unlink()

    unknown = decommission(site)
    assert unknown.status != 0
    assert "name it in work365_integration_user_name" in unknown.words

    site.hosts["alder"]["work365_integration_user_name"] = "handmade"
    named = decommission(site)
    assert named.status == 0, named.output
    assert "made inactive: handmade@alder.example" in named.words
