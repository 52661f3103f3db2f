# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The tenant that is meant, by whatever a person names it, and none but the one that was noted."""

from __future__ import annotations

from pathlib import Path

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._tenant import (
    Tenant,
    TenantNotNoted,
    WrongTenant,
    refuse_another_than_before,
    refuse_other,
)

ALDER = Tenant("Alder IT", ("alder.example",), "14")
BIRCH = Tenant("Birch IT", ("birch.example",), "14")


@pytest.mark.parametrize(
    "named",
    ["Alder IT", " alder it ", "ALDER.example", "14", "ww14", "webservices14", "Zone 14", "ww14.autotask.net"]
    + ["https://ww14.autotask.net/", "https://webservices14.autotask.net/ATServicesRest/"],
)
def test_a_tenant_is_named_by_database_domain_or_zone(named: str) -> None:
    refuse_other(named, ALDER)


@pytest.mark.parametrize("named", ["Alder", "Birch IT", "birch.example", "example", "4", "ww15.autotask.net"])
def test_another_tenant_is_refused(named: str) -> None:
    with pytest.raises(WrongTenant, match="another tenant: .* shows database Alder IT"):
        refuse_other(named, ALDER)


@pytest.mark.parametrize("named", ["Alder IT", "alder.example"])
def test_what_cannot_be_told_is_refused(named: str) -> None:
    with pytest.raises(WrongTenant, match="not to be seen here; it shows zone 14"):
        refuse_other(named, Tenant(zone="14"))


def test_the_first_tenant_is_noted_and_another_refused_until_a_person_names_it(tmp_path: Path) -> None:
    file = tmp_path / "tenants" / "alder.json"
    refuse_another_than_before(file, ALDER)
    assert file.stat().st_mode & 0o777 == 0o600
    refuse_another_than_before(file, ALDER)
    refuse_another_than_before(file, Tenant("ALDER it", ("other.example",), "15"))
    for other in (BIRCH, Tenant(domains=BIRCH.domains, zone="14"), Tenant(zone="15")):
        with pytest.raises(WrongTenant, match="than the one that runs before worked in"):
            refuse_another_than_before(file, other)
    refuse_another_than_before(file, BIRCH, is_named=True)
    refuse_another_than_before(file, BIRCH)


def test_a_note_that_cannot_be_read_is_not_taken_for_none(tmp_path: Path) -> None:
    file = tmp_path / "alder.json"
    file.write_text("{")
    with pytest.raises(TenantNotNoted):
        refuse_another_than_before(file, ALDER)
    assert file.read_text() == "{"
