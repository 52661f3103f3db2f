# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every matrix that is shipped is valid, says where it comes from, and leads to exactly the settings that it lists."""

from __future__ import annotations

import re
import typing as t

import pytest
import yaml
from ansible_collections.msp.autotask.plugins.module_utils._permissions.catalog import CATALOG
from ansible_collections.msp.autotask.plugins.module_utils._permissions.matrix import permissions_of
from ansible_collections.msp.autotask.plugins.module_utils._permissions.plan import plan, reads_as_nothing
from ansible_collections.msp.autotask.plugins.module_utils._permissions.reading import Reading, identify
from ansible_collections.msp.autotask.plugins.module_utils._permissions.values import word_for
from ansible_collections.msp.autotask.plugins.module_utils._permissions.wanted import Wanted, as_permissions, parse
from ansible_collections.msp.autotask.plugins.plugin_utils._matrices.model import Matrix, Start, everything_in
from ansible_collections.msp.autotask.plugins.plugin_utils._matrices.options import options_of
from ansible_collections.msp.autotask.plugins.plugin_utils._matrices.reach import grants
from ansible_collections.msp.autotask.plugins.plugin_utils._matrices.schema import SPEC, MatrixMistakes
from ansible_collections.msp.autotask.plugins.plugin_utils._matrices.shipping import ROLES, SHIPPED, names, own, shipped

from .catalog_pages import EMPTY, GENEROUS

SETTABLE = [name for name in names() if shipped(name).start is not Start.NOT_PUBLISHED]
WITH_LEVEL = [name for name in names() if shipped(name).has_level]
FROM_NOTHING = [name for name in names() if shipped(name).purge]


def document(name: str) -> dict[str, t.Any]:
    return yaml.safe_load((SHIPPED / f"{name}.yml").read_text(encoding="utf-8"))


def places(permissions: dict[str, t.Any], purge: bool) -> set[tuple[str, str | None]]:
    """What *permissions* grant; a list at the lowest word of some page counts as nothing."""
    wanted = [wish for wish in parse(permissions, purge=purge) if grants(wish) and not _is_floor(wish)]
    return {(wish.setting.key, wish.column) for wish in wanted if wish.setting}


def _is_floor(wish: Wanted) -> bool:
    cell = wish.cell
    return bool(cell and cell.floor and word_for(str(wish.value), cell.values) == cell.floor)


def changed(page: Reading, matrix: Matrix) -> set[tuple[str, str | None]]:
    """What the page says is set, once *matrix* has been laid over *page*."""
    after = plan(page, parse(matrix.permissions(), purge=matrix.purge), purge=matrix.purge).apply_to(page)
    on = [identify(shown) for shown in after.effective() if not reads_as_nothing(shown)]
    return {(i.setting.key, i.column) for i in on if i and not i.setting.grants_nothing and not i.setting.restricts}


def test_a_matrix_is_shipped_for_each_vendor_that_was_read() -> None:
    assert len(names()) == 39
    assert {"work365", "cow", "rewst", "it_glue", "spinpanel"} <= set(names())


@pytest.mark.parametrize("name", names())
def test_a_shipped_matrix_is_valid_and_says_where_it_comes_from(name: str) -> None:
    matrix = shipped(name)
    assert matrix.source and matrix.source.startswith(("https://", "http://", "public repository "))
    assert matrix.read and re.fullmatch(r"\d{4}-\d\d-\d\d", matrix.read)
    assert matrix.completeness and matrix.confidence
    assert (SHIPPED / f"{name}.yml").read_text(encoding="utf-8").startswith("---\ntitle:")
    assert "extends" not in document(name)


@pytest.mark.parametrize("name", names())
def test_keys_come_in_the_order_of_the_schema(name: str) -> None:
    keys = list(document(name))
    assert keys == sorted(keys, key=ORDER.index)


ORDER = [
    *("title", "purpose", "source", "read", "completeness", "confidence", "defaults_of", "level", "user", "tracking"),
    *("note", "full_permission", "settings", "added", "left_out", "outside", "least_privilege"),
]


def test_the_schema_has_no_key_that_files_may_not_have() -> None:
    assert sorted(ORDER) == sorted(SPEC)


@pytest.mark.parametrize("name", WITH_LEVEL)
def test_every_setting_is_on_the_page_and_takes_its_value(name: str) -> None:
    matrix = shipped(name)
    wanted = plan(EMPTY, parse(matrix.permissions(), purge=matrix.purge), purge=matrix.purge)
    assert not wanted.absent and not wanted.stuck and not wanted.unknown


@pytest.mark.parametrize("name", WITH_LEVEL)
def test_what_is_listed_is_what_a_level_from_nothing_has(name: str) -> None:
    matrix = shipped(name)
    assert changed(EMPTY, matrix) == places(matrix.permissions(), matrix.purge)


@pytest.mark.parametrize("name", FROM_NOTHING)
def test_nothing_but_what_is_listed_is_left_of_a_level_that_had_everything(name: str) -> None:
    matrix = shipped(name)
    assert changed(GENEROUS, matrix) == places(matrix.permissions(), purge=True)


@pytest.mark.parametrize("name", sorted({*WITH_LEVEL} - {*FROM_NOTHING}))
def test_what_is_laid_over_a_whole_copy_takes_nothing_else_away(name: str) -> None:
    page = GENEROUS
    assert shipped(name).start is Start.FULL
    assert changed(page, shipped(name)) == changed(page, own({"title": "Copy", "level": {"start": "full"}}))


@pytest.mark.parametrize("name", WITH_LEVEL)
def test_options_lead_back_to_the_list(name: str) -> None:
    matrix, level = shipped(name), options_of(shipped(name))["security_level"]
    wanted = parse(level["permissions"], purge=level["purge_permissions"])
    assert parse(as_permissions(wanted), purge=matrix.purge) == wanted
    found = {(w.section.key, str(w.setting and w.setting.key), *filter(None, [w.column])) for w in wanted}
    listed = {entry.path for entry in matrix.listed()}
    assert found >= listed
    pressed = {(w.section.key) for w in wanted if (w.section.key, str(w.setting and w.setting.key)) not in listed}
    assert found == listed or pressed >= set(matrix.full_permission)


@pytest.mark.parametrize("name", FROM_NOTHING)
def test_a_level_from_nothing_lets_its_user_log_in(name: str) -> None:
    assert shipped(name).permissions()["web_services_api"]["can_login_to_web_services_api"] is True


@pytest.mark.parametrize("name", names())
def test_what_was_added_is_not_in_the_list_and_says_why(name: str) -> None:
    matrix = shipped(name)
    listed = matrix.listed()
    assert len({entry.path for entry in listed}) == len(listed)
    added = permissions_of(matrix.added, purge=False)
    for entry in listed:
        key = entry.path[1]
        if key in added.get(entry.path[0], {}):
            assert entry.reason, f"{name}: {key} was added without a reason"


@pytest.mark.parametrize("name", names())
def test_a_narrower_level_is_one_that_can_be_set_up(name: str) -> None:
    if narrower := shipped(name).least_privilege:
        assert shipped(narrower.like).purge and narrower.like != name and narrower.why


def test_no_two_matrices_claim_one_vendor_but_those_of_one_vendor() -> None:
    owners: dict[str, list[str]] = {}
    for name in names():
        for entry in shipped(name).tracking.entries:
            owners.setdefault(entry.casefold(), []).append(name)
    assert [names for names in owners.values() if len(names) > 1] == [["rewst", "rewst_least_privilege"]]


def test_work_365_is_what_its_role_says() -> None:
    variables: dict[str, t.Any] = {}
    for path in (ROLES / "work365_integration/defaults/main").glob("*.yml"):
        variables |= yaml.safe_load(path.read_text(encoding="utf-8"))
    sections = {key.removeprefix("work365_integration_"): value for key, value in variables.items()}
    matrix = {key: value for key, value in sections.items() if isinstance(value, dict) and "note" in value}
    assert len(matrix) == 9 and shipped("work365").permissions() == permissions_of(matrix)
    assert options_of(shipped("work365"))["resource"] == {
        "first_name": "Work 365",
        "last_name": "Sync",
        "security_level": "Work 365 API User",
        "integration_vendor": "Work 365 Sync",
    }
    assert set(document("work365")) == {
        *("title", "purpose", "source", "read", "completeness", "confidence", "defaults_of", "note")
    }, "the role's defaults are the one place of everything else"


@pytest.mark.parametrize("name", SETTABLE)
def test_a_user_has_the_level_of_its_matrix(name: str) -> None:
    matrix, options = shipped(name), options_of(shipped(name))
    level = options["security_level"]
    if matrix.start is Start.UNCHANGED:
        assert level is None and options["resource"]["security_level"] == matrix.copy_from
    else:
        assert options["resource"]["security_level"] == level["name"] == matrix.level_name


@pytest.mark.parametrize("name", sorted({*names()} - {*SETTABLE}))
def test_what_is_not_published_is_not_made_up(name: str) -> None:
    with pytest.raises(MatrixMistakes, match="it says too little to set anything up"):
        options_of(shipped(name))


def test_everything_is_never_nothing() -> None:
    granted = everything_in([section.key for section in CATALOG.sections if section.has_links])
    wanted = [wish for wish in parse(granted, purge=False) if not wish.may_be_absent]
    assert len(wanted) > 80 and not [wish.path for wish in wanted if not grants(wish)]


def test_full_permission_is_everything_that_the_catalog_knows_of_a_section() -> None:
    crm = everything_in(["crm"])["crm"]
    assert crm["access_customer_and_cancelation"] == "All" and crm["contacts"]["add"] == "Yes"
    assert "view" not in crm["organizations"], "a text of the page is not set"
    assert "dashboard_display" not in crm, "nobody has read its words"
    assert everything_in(["projects"])["projects"]["can_enter_time_on"] == "All Tasks", (
        "this list begins with the least"
    )
    inventory = everything_in(["inventory"])["inventory"]
    assert inventory["inventory_items"]["view"] == "All", "this list has no lower word on some pages, and one on others"
    assert not any(key.startswith("limit_") for key in everything_in(["other"])["other"]), "a restriction is no right"
