# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Each matrix that is shipped, set up once: stored is what it lists, and nothing else."""

from __future__ import annotations

import typing as t

import pytest
import stored_state
from ansible_collections.msp.autotask.plugins.module_utils._permissions.catalog import CATALOG
from ansible_collections.msp.autotask.plugins.module_utils._permissions.model import Kind
from ansible_collections.msp.autotask.plugins.module_utils._permissions.values import word_for
from ansible_collections.msp.autotask.plugins.module_utils._permissions.wanted import Wanted, parse
from ansible_collections.msp.autotask.plugins.plugin_utils._fleet.api_user_inventory import inventory
from ansible_collections.msp.autotask.plugins.plugin_utils._matrices.model import Matrix, Start
from ansible_collections.msp.autotask.plugins.plugin_utils._matrices.options import options_of
from ansible_collections.msp.autotask.plugins.plugin_utils._matrices.reach import grants
from ansible_collections.msp.autotask.plugins.plugin_utils._matrices.shipping import names, own, shipped
from autotask_simulator.records import Level
from autotask_simulator.settings_page import Control, page_for
from autotask_simulator.store import Tenant
from simulated_console import Console, Result

Add = t.Callable[..., Console]

pytestmark = pytest.mark.long


@pytest.mark.parametrize("name", [name for name in names() if shipped(name).start is not Start.NOT_PUBLISHED])
def test_a_shipped_matrix_is_set_up_exactly(console: Add, name: str) -> None:
    matrix = with_identifier(name)
    options = options_of(matrix)
    tenant = console(vendors=["Somebody Else", *matrix.tracking.entries])
    if level := options["security_level"]:
        made = tenant.run("autotask_security_level", **level)
        assert made["created"]
        assert mistakes(tenant.tenant, matrix, made) == []
        assert not tenant.run("autotask_security_level", **level)["changed"]
    person = {"user_name": "integration1", "email": "alerts@msp.example", "secret": "Correct-Horse-9"}
    assert tenant.run("autotask_resource", **person, **options["resource"])["created"]
    assert said_of_it(tenant, matrix) == (name, (), None)


def with_identifier(name: str) -> Matrix:
    """The matrix; with an identifier of our own where the vendor names none."""
    matrix = shipped(name)
    if matrix.tracking.vendor or matrix.tracking.custom:
        return matrix
    return own({"extends": name, "tracking": {"custom": matrix.title}, "title": matrix.title})


def mistakes(tenant: Tenant, matrix: Matrix, made: Result) -> list[str]:
    """What the simulator stores otherwise than the matrix says."""
    level = tenant.level(matrix.level_name)
    wanted = parse(matrix.permissions(), purge=matrix.purge)
    missing = [wish.path for wish in wanted if grants(wish) and not is_on_page(tenant, wish)]
    found = [path for path in missing if path not in made["absent_settings"]]
    listed = as_page_words(wanted)
    if matrix.purge:
        return found + stored_state.setting_mistakes(tenant, level, listed)
    return found + mistakes_over(tenant, level, base_of(tenant, matrix), listed)


def is_on_page(tenant: Tenant, wish: Wanted) -> bool:
    places = {(c.section, c.key, c.column) for c in page_for(tenant.options, api_only=True).controls.values()}
    key = wish.setting.key if wish.setting else ""
    return (wish.section.key, key, wish.column) in places or (wish.section.key, key, None) in places


def as_page_words(wanted: t.Iterable[Wanted]) -> dict[str, t.Any]:
    """What is granted, in the words of the page."""
    listed: dict[str, t.Any] = {}
    for wish in wanted:
        if not grants(wish) or wish.setting is None:
            continue
        lines = listed.setdefault(wish.section.key, {})
        if wish.column:
            lines.setdefault(wish.setting.key, {})[wish.column] = word(wish)
        else:
            lines[wish.setting.key] = word(wish)
    return listed


def word(wish: Wanted) -> t.Any:
    cell = wish.cell
    is_list = cell is not None and cell.kind is Kind.LIST and cell.values
    return word_for(t.cast(str, wish.value), cell.values) if cell and is_list else wish.value


def base_of(tenant: Tenant, matrix: Matrix) -> Level:
    plain = matrix.copy_from.removesuffix(" (API-only)")
    return next(level for level in tenant.levels() if level.name.removesuffix(" (API-only)") == plain)


def mistakes_over(tenant: Tenant, level: Level, base: Level, listed: t.Mapping[str, t.Any]) -> list[str]:
    """What differs from the base, and is not listed; what is listed, and does not."""
    found = []
    for control in page_for(tenant.options, api_only=True).controls.values():
        value = listed_for(control, listed.get(control.section, {}))
        if value is not None and control.kind == "list" and value not in control.meanings:
            value = control.full
        wanted, stored = control.read(base.settings) if value is None else value, control.read(level.settings)
        if wanted != stored:
            place = ".".join(filter(None, (control.section, control.key, control.column)))
            found.append(f"{place} is {stored!r}, not {wanted!r}")
    return found


def listed_for(control: Control, lines: t.Mapping[str, t.Any]) -> t.Any:
    """The value of a control; what is listed of a group is for all of its boxes, whose keys begin alike."""
    groups = (key for stem, key in GROUPS.items() if control.key.startswith(stem))
    value = next((lines[key] for key in (control.key, *groups) if key in lines), None)
    return value.get(control.column) if control.column and isinstance(value, t.Mapping) else value


GROUPS = {s.key.removesuffix("_permissions"): s.key for _, s in CATALOG.places() if s.kind is Kind.GROUP}


def said_of_it(tenant: Console, matrix: Matrix) -> tuple[str | None, t.Any, str | None]:
    """What the inventory says of the user: whose it is, what is beyond the list, and why it was not compared."""
    users = tenant.run("autotask_resource_info", user_name="integration1")["resources"]
    wanted = {user["security_level"] for user in users} | ({matrix.copy_from} if matrix.start is Start.FULL else set())
    read = [tenant.run("autotask_security_level_info", name=level)["security_levels"] for level in sorted(wanted)]
    (user,) = inventory(users, [level for levels in read for level in levels], [matrix])
    assert user.system_level is (matrix.start is Start.UNCHANGED)
    return named(user.matrix, matrix), user.beyond, user.not_compared


def named(found: str | None, matrix: Matrix) -> str | None:
    """The shipped name of a matrix that was given an identifier here."""
    return next((name for name in names() if shipped(name).title == found), found) if found else None
