# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The inventory of a tenant's API users: whose each is, and what it may do beyond its vendor's list."""

from __future__ import annotations

import json
import typing as t
from dataclasses import replace

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._permissions.catalog import CATALOG
from ansible_collections.msp.autotask.plugins.module_utils._permissions.model import Kind
from ansible_collections.msp.autotask.plugins.module_utils._permissions.plan import plan, reads_as_nothing
from ansible_collections.msp.autotask.plugins.module_utils._permissions.reading import Control, Reading, identify
from ansible_collections.msp.autotask.plugins.module_utils._permissions.wanted import parse
from ansible_collections.msp.autotask.plugins.plugin_utils._fleet.api_user_inventory import (
    ApiUser,
    Excess,
    exceeds,
    inventory,
)
from ansible_collections.msp.autotask.plugins.plugin_utils._matrices.model import Matrix, Start
from ansible_collections.msp.autotask.plugins.plugin_utils._matrices.shipping import everyone, names, own, shipped
from hypothesis import given
from hypothesis import strategies as st

from ..permissions.permission_pages import ASSET, ORGANIZATION, said_by_tenant
from .catalog_pages import EMPTY, GENEROUS

SYSTEM = "API User (system) (API-only)"
FROM_NOTHING = [name for name in names() if shipped(name).purge and not shipped(name).is_partial]
FROM_ALL = [name for name in names() if shipped(name).start is Start.FULL]


def a_user(**told: t.Any) -> dict[str, t.Any]:
    return {
        "name": "Integration, COW",
        "user_name": "cow@msp.example",
        "security_level": "Its level (API-only)",
        "active": True,
        "locked": False,
        "tracking": {"type": "vendor", "name": "CyberDrain B.V."},
        **told,
    }


def a_level(page: Reading, **told: t.Any) -> dict[str, t.Any]:
    texts = [str(name) for name, control in page.named() if control.kind == "readonly"]
    return {"name": "Its level", "system": False, "settings": page.as_data(), "texts": texts, **told}


def laid_over(page: Reading, matrix: Matrix) -> Reading:
    return plan(page, parse(matrix.permissions(), purge=matrix.purge), purge=matrix.purge).apply_to(page)


def of(matrix: Matrix) -> dict[str, t.Any]:
    """The tracking identifier that a user of *matrix* has; one of our own where its vendor names none."""
    if matrix.tracking.vendor:
        return {"type": "vendor", "name": matrix.tracking.vendor}
    return {"type": "custom", "name": matrix.tracking.custom or matrix.title}


def known(name: str) -> list[Matrix]:
    """*name* before the others, with an identifier if its vendor names none."""
    tracking = shipped(name).tracking
    named = {} if tracking.vendor or tracking.custom else {"tracking": {"custom": shipped(name).title}}
    return [own({"extends": name, **named}), *everyone()]


def only(user: dict[str, t.Any], *levels: dict[str, t.Any], matrices: t.Sequence[Matrix] | None = None) -> ApiUser:
    (found,) = inventory([user], levels, everyone() if matrices is None else matrices)
    return found


def test_what_is_said_of_a_user() -> None:
    page = laid_over(EMPTY, shipped("cow"))
    contacts = next(control for control in page if control.label == "Contacts" and control.column == "Delete")
    found = only(a_user(locked=True), a_level(page.with_values({contacts: "All"})))
    assert found == ApiUser(
        name="Integration, COW",
        user_name="cow@msp.example",
        vendor="CyberDrain B.V.",
        matrix="cow",
        known_in_part=False,
        security_level="Its level (API-only)",
        system_level=False,
        system_level_wanted=False,
        active=True,
        locked=True,
        beyond=(Excess("CRM", "Contacts > Delete", "All", "nothing"),),
        not_compared=None,
    )
    assert json.loads(json.dumps(found.as_data()))["beyond"] == [
        {"section": "CRM", "what": "Contacts > Delete", "found": "All", "listed": "nothing"}
    ]


@pytest.mark.parametrize("name", FROM_NOTHING)
@pytest.mark.parametrize("page", [EMPTY, GENEROUS], ids=["empty", "generous"])
def test_a_level_as_its_vendor_wants_it_has_nothing_beyond(name: str, page: Reading) -> None:
    matrices = known(name)
    found = only(a_user(tracking=of(matrices[0])), a_level(laid_over(page, matrices[0])), matrices=matrices)
    assert (found.matrix, found.beyond, found.not_compared) == (name, (), None)


def gives_a_right(control: Control) -> bool:
    identity = identify(control)
    if identity is None or identity.setting.restricts or identity.setting.grants_nothing:
        return False
    # A number is a limit only.
    return identity.setting.kind is not Kind.NUMBER and not reads_as_nothing(control)


@given(
    name=st.sampled_from(FROM_NOTHING),
    organization=st.sampled_from(ORGANIZATION),
    asset=st.sampled_from(ASSET),
    more=st.lists(st.sampled_from([control for control in GENEROUS if gives_a_right(control)]), unique=True),
)
def test_every_right_that_somebody_added_is_found_and_no_other(
    name: str, organization: str, asset: str, more: list[Control]
) -> None:
    matrices = known(name)
    proper = laid_over(EMPTY, matrices[0])
    added = {control.position: control.value for control in more}
    shown = Reading(
        replace(
            control,
            label=said_by_tenant(control.label, organization, asset),
            value=added.get(control.position, control.value),
        )
        for control in proper
    )
    differs = {
        (called.section, " > ".join(filter(None, called[1:])))
        for before, (called, after) in zip(proper, shown.named(), strict=True)
        if before.value != after.value
    }
    found = only(a_user(tracking=of(matrices[0])), a_level(shown), matrices=matrices)
    assert found.beyond is not None
    assert {(excess.section, excess.what) for excess in found.beyond} == differs
    assert len(found.beyond) == len(differs)


@pytest.mark.parametrize("name", FROM_ALL)
def test_a_copy_of_the_system_level_is_compared_with_that(name: str) -> None:
    matrices = known(name)
    user, level = a_user(tracking=of(matrices[0])), a_level(laid_over(EMPTY, matrices[0]))
    unread = only(user, level, {"name": shipped(name).copy_from}, matrices=matrices)
    assert unread.beyond is None and "its settings were not read" in str(unread.not_compared)
    base = a_level(EMPTY, name=shipped(name).copy_from, system=True)
    assert only(user, level, base, matrices=matrices).beyond == ()
    assert only(user, a_level(GENEROUS), base, matrices=matrices).beyond


def test_the_unchanged_system_level_is_said_whether_it_is_wanted_or_not() -> None:
    base = a_level(GENEROUS, name=SYSTEM, system=True)
    wanted = only(a_user(security_level=SYSTEM, tracking={"type": "vendor", "name": "RocketCyber"}), base)
    assert (wanted.system_level, wanted.system_level_wanted, wanted.beyond) == (True, True, ())
    unread = {"name": SYSTEM, "system": True}
    assert only(a_user(security_level=SYSTEM, tracking={"type": "vendor", "name": "RocketCyber"}), unread).beyond == ()
    unwanted = only(a_user(security_level="API User (system)"), base)
    assert (unwanted.system_level, unwanted.system_level_wanted) == (True, False)
    assert unwanted.beyond and Excess("CRM", "Contacts > Delete", "All", "nothing") in unwanted.beyond


@pytest.mark.parametrize(("told", "system"), [(True, True), (False, False), (None, True)])
def test_whether_a_level_is_of_the_system_is_read_off_its_name_where_the_list_does_not_tell(
    told: bool | None, system: bool
) -> None:
    assert only(a_user(security_level=SYSTEM), a_level(EMPTY, name=SYSTEM, system=told)).system_level is system
    assert only(a_user(security_level=SYSTEM)).system_level


@pytest.mark.parametrize(
    ("tracking", "matrix"),
    [
        ({"type": "vendor", "name": "cyberdrain  b.v."}, "cow"),
        ({"type": "vendor", "name": "IT Glue - Documentation Management"}, "it_glue"),
        ({"type": "vendor", "name": "Cytracom - Desktop"}, "cytracom"),
        ({"type": "vendor", "name": "SaaS Alerts - Alerting"}, "saas_alerts"),
        ({"type": "vendor", "name": "Rewst - Automation"}, "rewst"),
        ({"type": "vendor", "name": "Work 365 Sync"}, "work365"),
        ({"type": "vendor", "name": "Nobody - Knows"}, None),
        ({"type": "vendor", "name": "CYRISMA"}, None),
        ({"type": "custom", "name": "CYRISMA"}, "cyrisma"),
        ({"type": "custom", "name": "CyberDrain B.V."}, None),
        ({"type": "unknown", "name": None}, None),
        (None, None),
    ],
)
def test_a_vendor_is_told_by_the_tracking_identifier(tracking: dict[str, t.Any] | None, matrix: str | None) -> None:
    found = only(a_user(tracking=tracking), a_level(EMPTY))
    assert found.matrix == matrix
    if matrix is None:
        assert found.beyond is None and found.not_compared == "No matrix is known for its tracking identifier."


def test_a_list_that_is_not_known_is_compared_with_nothing() -> None:
    found = only(a_user(tracking={"type": "custom", "name": "CYRISMA"}), a_level(GENEROUS))
    assert found.beyond is None and found.not_compared == "The list of CYRISMA is not known."
    assert found.known_in_part


def test_a_level_that_was_not_read_is_compared_with_nothing() -> None:
    found = only(a_user(), {"name": "Its level", "system": False})
    assert found.beyond is None and found.not_compared == "The settings of Its level were not read."


def test_what_lists_alone_do_not_tell_is_left_open() -> None:
    told = {"name": "Integration, COW", "security_level": "Its level", "active": None}
    found = only(told, a_level(EMPTY))
    assert (found.user_name, found.vendor, found.active, found.locked) == (None, None, None, None)


def test_a_matrix_of_ones_own_comes_before_the_shipped_one() -> None:
    page = laid_over(EMPTY, shipped("cow"))
    narrower = own({"extends": "cow", "settings": {"inventory": {"products": {"view": "none"}}}})
    found = only(a_user(), a_level(page), matrices=[narrower, *everyone()])
    assert found.beyond == (Excess("Inventory", "Products > View", "All", "none"),)


def test_settings_that_the_catalog_does_not_know_count_as_well() -> None:
    page = laid_over(EMPTY, shipped("cow"))
    new = [
        Control("Other", "Miscellaneous", "Can use the new thing", None, "checkbox", True),
        Control("Other", "Miscellaneous", "Can use the old thing", None, "checkbox", False),
        Control("Other", "Miscellaneous", "Share with", None, "list", "Everybody"),
        Control("Other", "Miscellaneous", "Hide from", None, "list", "- None -"),
    ]
    level = a_level(Reading([*page, *new]))
    beyond = (
        Excess("Other", "Can use the new thing", "checked", "nothing"),
        Excess("Other", "Share with", "Everybody", "nothing"),
    )
    assert only(a_user(), level).beyond == beyond
    by_label = {"other": {"by_label": {"Can use the new thing": True, "Miscellaneous > Share with": "Everybody"}}}
    allowed = own({"extends": "cow", "settings": by_label})
    assert only(a_user(), level, matrices=[allowed]).beyond == ()


def test_what_the_page_shows_as_a_text_follows_from_something_else() -> None:
    page = laid_over(EMPTY, shipped("cow"))
    texts = [
        Control("CRM", "Object Permissions", "Organizations", "View", "readonly", "All"),
        Control("CRM", "Object Permissions", "Contacts", "View", "readonly", "see above"),
        Control("Other", "Miscellaneous", "Contact us at", None, "readonly", "support@msp.example"),
        Control("General Information", None, "License Type", None, "readonly", "API User"),
    ]
    others = [control for control in page if (control.label, control.column) != ("Contacts", "View")]
    level = a_level(Reading([*others, *texts]))
    assert only(a_user(), level).beyond == ()
    found = only(a_user(), {**level, "texts": []}).beyond
    assert found and [excess.what for excess in found] == ["Contacts > View", "Contact us at"]


def test_rows_of_one_name_are_told_apart_by_their_tables() -> None:
    rows = [
        Control("Web Services API", table, "Tickets", "View (Query)", "checkbox", True)
        for table in ("Service Desk", "Contact Impersonation")
    ]
    login = Control("Web Services API", "Feature Access", "Can login to Web Services API", None, "checkbox", True)
    impersonating = own(
        {
            "title": "Chat",
            "tracking": {"custom": "Chat"},
            "settings": {
                "web_services_api": {
                    "can_login_to_web_services_api": True,
                    "impersonation_tickets": {"view": True},
                }
            },
        }
    )
    user = a_user(tracking={"type": "custom", "name": "Chat"})
    found = only(user, a_level(Reading([login, *rows])), matrices=[impersonating])
    assert found.beyond == (
        Excess("Web Services API", "Contact Impersonation > Tickets > View (Query)", "checked", "nothing"),
    )


@pytest.mark.parametrize(
    ("place", "found", "listed", "more"),
    [
        ("contacts.add", "Yes", True, False),
        ("contacts.add", "Yes", False, True),
        ("organizations.edit", "All", "mine", True),
        ("organizations.edit", "Mine", "all", False),
        ("organizations.edit", "Mine", "none", True),
        ("organizations.edit", "All", "yes", False),
        ("tickets.view", "Mine + Organizations", "mine", True),
        ("tickets.view", "Mine", "none", False),
        ("tickets.view", "All", "none", True),
        ("contracts.view", "Organizations", "all", False),
        ("contracts.view", "All", "organizations", True),
        ("contract_visibility", "Full", "limited", True),
        ("contract_visibility", "Limited", "limited", False),
        ("contract_visibility", "Partial", "full", True),
        ("contract_visibility", "Partial", "Partial", False),
        ("can_enter_time_on", "All Tasks", "My Tasks", True),
        ("can_enter_time_on", "My Tasks", "All Tasks", False),
        ("products.edit", "All", "mine", True),
        ("products.edit", "Mine", "all", False),
        ("maximum_number_of_webhooks", "50", 10, True),
        ("maximum_number_of_webhooks", "10.00", 10, False),
        ("not_required_to_change_password", True, True, False),
    ],
)
def test_more_is_more_in_the_words_of_the_page(place: str, found: t.Any, listed: t.Any, more: bool) -> None:
    key, _, column = place.partition(".")
    setting = CATALOG.place_of(key)[1]
    assert exceeds(found, listed, setting.column(column) or setting) is more


def test_a_restriction_is_no_right() -> None:
    page = laid_over(EMPTY, shipped("cow"))
    box = next(control for control in page if control.label.startswith("Limit resource availability"))
    assert only(a_user(), a_level(page.with_values({box: True}))).beyond == ()


def test_a_number_limits_nothing_while_its_box_is_off() -> None:
    page = laid_over(EMPTY, shipped("cow"))
    number = next(control for control in page if control.label == "Maximum number of Webhooks")
    box = next(control for control in page if control.label == "Can create Webhooks")
    assert only(a_user(), a_level(page.with_values({number: "10"}))).beyond == ()
    webhooks = only(a_user(), a_level(page.with_values({number: "10", box: True}))).beyond
    assert webhooks and [excess.what for excess in webhooks] == ["Can create Webhooks", "Maximum number of Webhooks"]


def test_ones_own_matrix_comes_before_those_that_are_shipped() -> None:
    level = a_level(laid_over(EMPTY, shipped("cow")))
    (found,) = inventory([a_user()], [level], everyone())
    assert (found.matrix, found.beyond) == ("cow", ())
    (found,) = inventory([a_user()], [level], [own({"extends": "cow", "title": "Warranties"}), *everyone()])
    assert found.matrix == "Warranties"
