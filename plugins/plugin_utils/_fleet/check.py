# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is wrong with a fleet as a whole, found before its first tenant: nobody in it, or a mistake that all have."""

from __future__ import annotations

import collections
import itertools
import typing as t
from pathlib import Path

from ansible.module_utils.parsing.convert_bool import boolean
from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError
from ansible_collections.msp.autotask.plugins.module_utils._redaction import Redactor
from ansible_collections.msp.autotask.plugins.module_utils._wording import nearest
from ansible_collections.msp.autotask.plugins.plugin_utils._given import Misread
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.given import (
    LIST,
    PREFIX,
    ROLES,
    SEVERAL_ROLE,
    WORK365_ROLE,
    Given,
    misnamed_lists,
    not_read,
    plain_defaults,
    role_for,
)
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.planner import WORK365

Variables = t.Mapping[str, t.Any]
Names = t.Collection[str]

SETS_UP = {"provision": WORK365_ROLE, "integrations": SEVERAL_ROLE}
"""Playbooks that use the main entry point of a role. The others go by the names of those of Work 365's."""

OF_ONE_TENANT = ("credentials_file", "handover_file", "session")
"""Variables with a file that belongs to one tenant."""

DECOMMISSION = f"{PREFIX}decommission"

MOST_GROUPS = 12
"""How many groups of the inventory a message names."""


class NobodyMeant(AutotaskError):
    """A run that would look at nobody must not pass for one that found nothing."""

    reason = "nobody_meant"


def tenants_of_run(
    tenants: t.Sequence[str], run: t.Collection[str], pattern: str, groups: t.Iterable[str]
) -> list[str]:
    """Those of the fleet that this run is for; *run* are the hosts that C(--limit) leaves."""
    if not tenants:
        known = sorted({*groups} - {"all", "ungrouped"})
        if pattern in known:
            raise NobodyMeant(
                f"The group '{pattern}' of the inventory has no hosts, so nobody was looked at. Put them below its key "
                "'hosts', each as a key of its own (a name and a colon; a list with dashes does not count), or name "
                f"the tenants with -e {PREFIX}tenants=PATTERN."
            )
        named = ", ".join(known[:MOST_GROUPS]) + (", ..." if len(known) > MOST_GROUPS else "")
        raise NobodyMeant(
            f"No host of the inventory matches '{pattern}', so nobody was looked at. The inventory has "
            f"{f'the groups {named}' if known else 'no groups'}. Correct it, or name the tenants with -e "
            f"{PREFIX}tenants=PATTERN."
        )
    here = set(run)
    if meant := [tenant for tenant in tenants if tenant in here]:
        return meant
    raise NobodyMeant(
        f"--limit leaves none of the {len(tenants)} hosts that match '{pattern}', so nobody was looked at."
    )


def refuse_common_mistakes(playbook: str, tenants: t.Sequence[str], variables: t.Callable[[str], Variables]) -> None:
    """Fail for what is wrong with every tenant in the same words; what is wrong with some, each says for itself.

    Each is looked at as the role does that sees to it in the *playbook*.
    """
    role = SETS_UP.get(playbook, WORK365_ROLE)
    entry_point = "main" if playbook in SETS_UP else playbook
    shared = _shared([*itertools.islice(_those_on(tenants, variables), 2)])
    common: list[str] | None = None
    for of_tenant in _those_on(tenants, variables):
        its_role = role_for(role, entry_point, of_tenant)
        mistakes = [
            *misnamed_lists(of_tenant),
            *not_read(its_role, entry_point, of_tenant),
            *(told for each in _roles(its_role, of_tenant) for told in _mistakes(ROLES / each, entry_point, of_tenant)),
        ]
        common = mistakes if common is None else [mistake for mistake in common if mistake in mistakes]
        if not common:
            break
    if common is None and entry_point == "audit":
        raise NobodyMeant(f"All tenants are switched off ({PREFIX}enabled), so nobody was looked at.")
    if mistaken := [*(common or []), *shared]:
        raise Misread(mistaken)


def refuse_unknown_names(tenants: t.Sequence[str], variables: t.Callable[[str], Variables], hosts: Names) -> None:
    """Fail where a tenant of the run is told to take something out of a host that is none of the inventory."""
    for tenant in tenants:
        given = _said(variables(tenant), DECOMMISSION) or []
        if not isinstance(given, str | list) or given in hosts:
            continue
        names = [given_name.strip() for given_name in (given.split(",") if isinstance(given, str) else map(str, given))]
        if unknown := [name for name in names if name and not {name, name.rpartition("@")[0]} & {*hosts}]:
            close = nearest(unknown[0], hosts)
            raise Misread(
                [
                    f"{DECOMMISSION}: {', '.join(unknown)} is no host of the inventory"
                    + (f"; nearest: {', '.join(close)}" if close else "")
                ]
            )


def _those_on(tenants: t.Sequence[str], variables: t.Callable[[str], Variables]) -> t.Iterator[Variables]:
    return (of_tenant for tenant in tenants if not is_off(of_tenant := variables(tenant)))


def _shared(two: t.Sequence[Variables]) -> list[str]:
    """The files that two tenants would have in common, as all have them of whom their group says so."""
    names = [f"{role}_{name}" for role in (WORK365_ROLE, SEVERAL_ROLE) for name in OF_ONE_TENANT]
    said = {name: [_said(variables, name) for variables in two] for name in names}
    return [
        f"{name}: would be {files[0]} for several tenants, and belongs to one; put {{{{ inventory_hostname }}}} into it"
        for name, files in said.items()
        if len(files) > 1 and files[0] and files[0] == files[1]
    ]


def _said(variables: Variables, name: str) -> t.Any:
    try:
        return variables.get(name)
    # What is wrong with a template is for the tenant to tell.
    except Exception:
        return None


def is_off(variables: Variables) -> bool:
    """Whether the tenant is switched off; what is no switch the role refuses."""
    try:
        return not boolean(variables.get(f"{PREFIX}enabled", True))
    # A template of it may fail in any way.
    except Exception:
        return False


def _roles(role: str, variables: Variables) -> list[str]:
    """The roles whose variables count: of a list that has Work 365 in it, those of its own role, too."""
    try:
        has_work365 = WORK365 in (variables.get(LIST) or ())
    # What is wrong with the list, or its template, is for the tenant to tell.
    except Exception:
        return [role]
    return [SEVERAL_ROLE, WORK365_ROLE] if role == SEVERAL_ROLE and has_work365 else [role]


def _mistakes(role: Path, entry_point: str, variables: Variables) -> list[str]:
    given = Given.of_role(role, entry_point)
    # Templates may use the role's defaults, which are not known yet, so their failures are for the tenant to tell.
    of_tenant = t.cast("dict[str, t.Any]", variables)
    defaults = plain_defaults(role)
    given.take(collections.ChainMap(of_tenant, defaults), lambda value: value, lambda: defaults)
    redactor = Redactor(given.secrets())
    return [redactor.text(mistake) for mistake in given.mistakes if mistake.partition(":")[0] not in given.untold]
