# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What would fail after levels and users are made is told before: places, names, lists and expectations."""

from __future__ import annotations

import errno
import os
import typing as t
from pathlib import Path
from unittest import mock

import pytest
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.document import Asked
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.options import keeper_of
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.given import PREFIX, ROLES, WORK365_ROLE, Given
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.wanted import Tags

from .test_plan import Tenant


@pytest.fixture
def tenant(tmp_path: Path) -> Tenant:
    return Tenant(tmp_path)


@pytest.mark.parametrize("variable", ["credentials_file", "handover_file", "folder"])
def test_what_keeps_nothing_is_no_place(tenant: Tenant, variable: str) -> None:
    """To read a pipe, or a device such as /dev/zero, never ends."""
    os.mkfifo(tenant.folder / "pipe")
    for place in ("/dev/null", str(tenant.folder / "pipe")):
        tenant.values[variable] = place
        assert f"{place} is a pipe, a device or a socket" in tenant.refusal()


@pytest.mark.parametrize(
    "variable", ["credentials_file", "folder", "handover_file", "archive_folder", "store", "session", "runbook_folder"]
)
def test_a_place_that_is_none_is_told_with_its_variable(tenant: Tenant, variable: str) -> None:
    tenant.values[variable] = "$NO_SUCH_PLACE/x"
    if variable == "runbook_folder":
        tenant.entry_point = "runbook"
    assert tenant.refusal().startswith(f"{PREFIX}{variable}: $NO_SUCH_PLACE/x names $NO_SUCH_PLACE, which")


def test_a_folder_is_no_file(tenant: Tenant) -> None:
    for variable in ("credentials_file", "handover_file"):
        tenant.values[variable] = f"{tenant.folder}/new/"
        assert f"work365_integration_{variable}: {tenant.folder}/new/ names a folder" in tenant.refusal()
        del tenant.values[variable]
    tenant.values["handover_file"] = str(tenant.folder)
    assert f"{tenant.folder} is a folder, and a file is to go there" in tenant.refusal()


def test_what_cannot_be_written_afterwards_is_told_before(tenant: Tenant) -> None:
    (tenant.folder / "handover").touch()
    assert "handover is a file, not a folder. Mend that, or correct work365_integration_folder" in tenant.refusal()
    tenant.tags = Tags(("security_level",))
    tenant.plan()
    tenant.tags = Tags()
    kept = keeper_of({**tenant.plan_of("audit").credentials, "vault_password": "a password"}, tenant.variables)
    kept.ensure({"work365": Asked("work365")})
    tenant.entry_point, tenant.values["decommission"] = "decommission", "alder"
    tenant.values["archive_folder"] = str(tenant.inventory)
    assert (
        f"{tenant.inventory} is a file, not a folder. Mend that, or correct {PREFIX}archive_folder" in tenant.refusal()
    )
    # From there they are taken away.
    with mock.patch("os.access", return_value=False):
        assert f"{tenant.folder}/credentials/alder.yml cannot be written: this user may not write" in tenant.refusal()


@pytest.mark.parametrize("name", ["verification", "Cow_Verification", "x" * 61, "a b"])
def test_a_name_that_others_go_by_or_that_fits_no_file_is_refused(tenant: Tenant, name: str) -> None:
    tenant.values["name"] = name
    assert "work365_integration_name: '" in tenant.refusal()


def test_a_list_from_the_command_line_may_have_blanks(tenant: Tenant) -> None:
    tenant.entry_point = "rotate_secret"
    tenant.values |= {"rotate_users": "work365, verification", "other_holders": " a@b.example , c, "}
    assert tenant.plan().rotation["users"] == [{"key": "verification"}, {"key": "work365"}]
    assert tenant.part().settings["other_holders"] == ["a@b.example", "c"]
    tenant.values["other_holders"] = ["c "]
    assert f"{PREFIX}other_holders[0]: begins or ends with a blank" in tenant.refusal()


def test_an_expectation_that_cannot_be_is_told_before_anything_is_made(tenant: Tenant) -> None:
    for entries, says in (
        ([{"entity": "my tickets", "query": "needed"}], "'my tickets' is not the name of an entity"),
        ([{"entity": "A", "query": "needed"}, {"entity": "A", "query": "forbidden"}], "contradicts itself"),
    ):
        tenant.values["expected_access"] = entries
        assert says in tenant.refusal()


@pytest.mark.parametrize("variable", ["console_password", "vault_password"])
def test_a_secret_that_is_a_part_of_the_domain_is_refused(tenant: Tenant, variable: str) -> None:
    """Whatever shows a user name would mask it, and what is kept of the user would be another name."""
    tenant.values[variable] = "alder"
    assert f"{PREFIX}{variable}: is a part of the tenant's domain" in tenant.refusal()


def test_what_an_earlier_job_left_to_the_statistics_is_no_mistake(tenant: Tenant) -> None:
    """AWX hands it on as extra variables."""
    tenant.values |= {"audit": {"ok": 1, "drifts": 0}, "proven": False}
    tenant.plan()


def test_what_a_store_is_told_is_not_in_the_plan(tenant: Tenant) -> None:
    """The plan is a result, which -v shows."""
    program = tenant.folder / "store"
    program.write_text('#!/bin/sh\ngrep -q "token.*CANARY" && echo \'{"text": "", "version": ""}\'\n')
    program.chmod(0o755)
    tenant.values |= {"store": str(program), "store_options": {"token": "CANARY"}}
    plan = tenant.plan()
    assert "CANARY" not in str(plan.as_data())
    assert plan.secrets.credentials["store_options"] == f"{PREFIX}store_options"


@pytest.mark.parametrize("variable", ["console_url", "session", "console_password"])
def test_half_of_a_character_is_refused(tenant: Tenant, variable: str) -> None:
    tenant.values[variable] = "a\ud83d"
    assert f"{PREFIX}{variable}: holds a line break or another character that cannot be typed" in tenant.refusal()


@pytest.mark.parametrize("empty", [None, "", "  "])
def test_where_the_vault_password_is_empty_that_of_the_environment_counts(tenant: Tenant, empty: str | None) -> None:
    tenant.values["vault_password"], tenant.environment["WORK365_VAULT_PASSWORD"] = empty, "a password\n"
    for entry_point, option in (("main", "session_vault_password"), ("login", "vault_password")):
        tenant.values["session"] = str(tenant.folder / "session")
        secrets = tenant.plan_of(entry_point).secrets
        assert secrets.credentials["vault_password"] == secrets.console[option] == "__integration_vault_password"
    tenant.values["vault_password"] = "another"
    assert tenant.plan().secrets.credentials["vault_password"] == f"{PREFIX}vault_password"
    tenant.values["vault_password"], tenant.environment["WORK365_VAULT_PASSWORD"] = empty, " "
    assert "There is no vault password" in tenant.refusal()


def test_what_cannot_be_decrypted_says_what_to_give() -> None:
    def template(value: t.Any) -> t.Any:
        if isinstance(value, str):
            return value
        raise ValueError(
            "Error rendering template: Attempt to use undecryptable variable: Attempting to decrypt but no"
        )

    given = Given.of_role(ROLES / WORK365_ROLE, "main")
    given.take({f"{PREFIX}console_password": b"sealed", f"{PREFIX}email": "a@b.example"}, template)
    assert (
        f"{PREFIX}console_password: cannot be decrypted with the vault secrets of this run; give" in given.mistakes[0]
    )


@pytest.mark.parametrize("fails", ["os.link", "pathlib.Path.mkdir"])
def test_where_nothing_can_be_noted_of_the_run_is_named(tenant: Tenant, fails: str) -> None:
    """As on some network file systems, which know no links, and on a disk that is full."""
    with mock.patch(fails, side_effect=OSError(errno.EPERM, "Operation not permitted")):
        assert f"Nothing can be noted in {tenant.folder}/run, which Ansible made" in tenant.refusal()


@pytest.mark.parametrize("name", ["a$b", "${c}d", "100% ~ünï"])
def test_the_folder_of_an_inventory_may_be_called_like_a_variable(tenant: Tenant, name: str) -> None:
    folder = tenant.folder / name
    folder.mkdir()
    (folder / "hosts.yml").touch()
    tenant.variables["ansible_inventory_sources"] = [str(folder / "hosts.yml")]
    assert tenant.plan().credentials["path"] == str(folder / "credentials" / "alder.yml")
    tenant.values["folder"] = f"{tenant.folder}/$no_such/kept"
    assert "names $no_such, which this run does not know" in tenant.refusal()


@pytest.mark.parametrize(
    ("entry_point", "variable"),
    [("audit", "audit_folder"), ("audit_report", "audit_folder"), ("preflight", "folder"), ("runbook", "folder")],
)
def test_where_no_page_can_be_written_is_told_before_the_tenants(
    tenant: Tenant, entry_point: str, variable: str
) -> None:
    tenant.entry_point, tenant.values[variable] = entry_point, str(tenant.folder / "kept")
    (tenant.folder / "kept").touch()
    assert f"{tenant.folder}/kept is a file, not a folder" in tenant.refusal()
    assert f"orrect {PREFIX}{variable}." in tenant.refusal()
    with mock.patch("os.access", return_value=False):
        (tenant.folder / "kept").unlink()
        assert f"this user may not write in {tenant.folder}. Mend that, or correct {PREFIX}" in tenant.refusal()
    tenant.plan()


def test_whose_secrets_are_rotated_may_name_users_of_others(tenant: Tenant) -> None:
    """Said of a tenant that has a list of integrations, of which other playbooks look at a part only."""
    tenant.values["rotate_users"] = ["work365", "cow"]
    tenant.variables["autotask_integrations"] = True
    for entry_point in ("main", "audit", "runbook"):
        tenant.plan_of(entry_point)
    tenant.entry_point = "rotate_secret"
    assert f"{PREFIX}rotate_users: there is no user cow here" in tenant.refusal()
    del tenant.variables["autotask_integrations"]
    tenant.entry_point = "main"
    assert f"{PREFIX}rotate_users: there is no user cow here" in tenant.refusal()
