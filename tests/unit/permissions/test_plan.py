# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From a page and wishes to the changes that are needed, or to every reason why not."""

from __future__ import annotations

import typing as t

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._permissions.plan import CannotPlan, Plan, plan
from ansible_collections.msp.autotask.plugins.module_utils._permissions.reading import (
    Control,
    Identity,
    Reading,
    identify,
)
from ansible_collections.msp.autotask.plugins.module_utils._permissions.values import (
    NOTHING,
    NoSuchWord,
    idea_of,
    word_for,
)
from ansible_collections.msp.autotask.plugins.module_utils._permissions.wanted import Wanted, parse
from ansible_collections.msp.autotask.plugins.module_utils._wording import same
from hypothesis import assume, given

from .permission_pages import numbered, pages, permissions, said_by_tenant, whole_page


def planned(page: t.Iterable[Control], permissions: dict[str, t.Any], purge: bool = False, **more: t.Any) -> Plan:
    return plan(Reading(page), parse(permissions, purge=purge), purge=purge, **more)


def problems(page: t.Iterable[Control], permissions: dict[str, t.Any]) -> list[str]:
    with pytest.raises(CannotPlan) as caught:
        planned(page, permissions)
    assert all(f"- {problem}" in caught.value.message for problem in caught.value.problems)
    return list(caught.value.problems)


def changes(plan: Plan) -> list[tuple[str, str | None, t.Any]]:
    return [(change.control.label, change.control.column, change.value) for change in plan.changes]


def box(label: str, value: bool = False, section: str = "Other", group: str | None = None, **shown: t.Any) -> Control:
    return Control(section, group, label, None, "checkbox", value, **shown)


def cell(row: str, column: str, value: str, *offered: str, section: str = "CRM", **shown: t.Any) -> Control:
    return Control(section, None, row, column, shown.pop("kind", "list"), value, offered or None, **shown)


def test_only_what_differs_is_changed_in_the_words_of_the_page() -> None:
    page = whole_page(lambda label: said_by_tenant(label, "Company", "Device"))
    result = planned(page, {"crm": {"organizations": {"add": True, "edit": True, "delete": "none"}}})
    assert changes(result) == [("Companies", "Add", "Yes"), ("Companies", "Edit", "All")]
    assert result.absent == result.floors == result.unknown == ()


def test_a_parent_goes_on_before_its_child_and_off_after_it() -> None:
    labels = ["Can manage Documents", "Can access Documents"]
    off = numbered(box(label, section="Documents & Knowledgebase", enabled=label == labels[1]) for label in labels)
    on = numbered(box(label, section="Documents & Knowledgebase", value=True) for label in labels)
    both = ["can_manage_documents", "can_access_documents"]
    switch_on = planned(off, {"documents_knowledgebase": dict.fromkeys(both, True)})
    switch_off = planned(on, {"documents_knowledgebase": dict.fromkeys(reversed(both), False)})
    assert [label for label, _, _ in changes(switch_on)] == ["Can access Documents", "Can manage Documents"]
    assert [label for label, _, _ in changes(switch_off)] == ["Can manage Documents", "Can access Documents"]
    assert all(control.enabled and control.value for control in switch_on.apply_to(off))


def test_switching_a_parent_off_is_expected_to_clear_its_children() -> None:
    page = Reading(
        [box("Can access Documents", value=True, section="Documents & Knowledgebase"),
         box("Can manage Documents", value=True, section="Documents & Knowledgebase")]
    )  # fmt: skip
    after = planned(page, {"documents_knowledgebase": {"can_access_documents": False}}).apply_to(page)
    assert [(control.value, control.enabled) for control in after] == [(False, True), (False, False)]


def test_what_is_not_managed_is_brought_back_but_for_what_depends_on_what_was_switched() -> None:
    before = Reading(
        [box("Can create Webhooks"), Control("Other", None, "Maximum number of Webhooks", None, "text", ""),
         box("Can preview Client Portal")]
    )  # fmt: skip
    wish = {"other": {"can_create_webhooks": True}}
    suggested = before.with_values({before[0]: True, before[1]: "10"})
    assert not changes(planned(suggested, wish, before=before))
    elsewhere = before.with_values({before[0]: True, before[2]: True})
    assert changes(planned(elsewhere, wish, before=before)) == [("Can preview Client Portal", None, False)]


def test_none_is_met_by_the_lowest_word_of_a_list_known_to_stop_there() -> None:
    page = [cell("Tickets", "View", "All", "All", "Mine + Accounts", "Mine", section="Service Desk")]
    result = planned(page, {"service_desk": {"tickets": {"view": "none"}}})
    assert changes(result) == [("Tickets", "View", "Mine")]
    assert [wish.path for wish in result.floors] == ["service_desk.tickets.view"]


def test_none_is_taken_where_such_a_list_does_offer_it() -> None:
    page = [cell("Tickets", "View", "All", "All", "Mine", "None", section="Service Desk")]
    result = planned(page, {"service_desk": {"tickets": {"view": "none"}}})
    assert changes(result) == [("Tickets", "View", "None")] and not result.floors


def test_what_a_page_may_lack_is_reported_but_its_absence_is_enough_for_none() -> None:
    result = planned([], {"admin": {"resources_object_permission": {"view": "all", "edit": False}}})
    assert [wish.path for wish in result.absent] == ["admin.resources_object_permission.view"]


@pytest.mark.parametrize(("text", "reported"), [("see above", False), ("All", False), ("None", True)])
def test_text_in_place_of_a_control_is_compared_with_the_wish(text: str, reported: bool) -> None:
    page = [cell("Contacts", "View", text, kind="readonly")]
    wish = "none" if text == "see above" else "all"
    assert bool(planned(page, {"crm": {"contacts": {"view": wish}}}).absent) is reported


def test_a_group_without_published_names_is_set_box_by_box() -> None:
    page = [
        box("May add", group="Opportunity Checklist Permissions", section="CRM"),
        box("May edit", group="Opportunity Checklist Permissions", section="CRM"),
        box("Contact Group Manager", group="Feature Access", section="CRM"),
    ]
    result = planned(page, {"crm": {"opportunity_checklist_permissions": True}})
    assert changes(result) == [("May add", None, True), ("May edit", None, True)]


def test_a_list_must_be_opened_unless_what_it_shows_will_do() -> None:
    page = [cell("Companies", "Add", "Yes"), cell("Companies", "Edit", "None"), cell("Companies", "Delete", "None")]
    result = planned(page, {"crm": {"organizations": {"add": True, "edit": "yes"}}}, purge=True)
    assert result.unopened == (page[1],) and not result.changes
    floor = [cell("Tickets", "View", "Mine", section="Service Desk")]
    assert planned(floor, {}, purge=True).unopened == tuple(floor), "it may offer less than its floor"


def test_what_the_catalog_lacks_is_set_by_label_and_reported() -> None:
    page = [
        box("Can do something new"),
        box("Edit", group="Tasks"),
        box("Edit", group="Notes"),
        cell("New row", "Edit (Update)", "None", "All", "None", section="Other"),
        Control("Other", None, "New limit", None, "number", "1"),
    ]
    by_label = {"can do  something new": True, "Notes > Edit": True, "New Row": {"Update": "all"}, "New limit": "5"}
    result = planned(page, {"other": {"by_label": by_label}})
    assert [(change.control, change.value) for change in result.changes] == [
        (page[0], True),
        (page[2], True),
        (page[3], "All"),
        (page[4], "5"),
    ]
    assert list(result.unknown) == page


def test_every_problem_is_named_at_once() -> None:
    page = [
        cell("Companies", "Add", "No", "Maybe", "No"),
        cell("Contact", "Add", "No", "Yes", "No"),
        cell("Opportunities & Quotes", "View", "None", "All", "None", enabled=False),
        box("Can create Webhooks"),
        Control("Other", None, "Maximum number of Webhooks", None, "text", "1", enabled=False),
        box("Twice", group="One"),
        box("Twice", group="Two"),
        Control("Other", None, "Not required to change password", None, "readonly", "Yes"),
        box("Can preview Client Portal"),
    ]
    wanted = {
        "contracts": {"contract_visibility": "full"},
        "crm": {
            "organizations": {"add": True},
            "contacts": {"add": True},
            "access_customer_and_cancelation": "all",
        },
        "other": {
            "maximum_number_of_webhooks": 5,
            "not_required_to_change_password": False,
            "can_preview_client_portal": True,
            "by_label": {"Twice": True, "can preview client portal": False, "Can create Webhooks": "mine"},
        },
    }
    assert problems(page, wanted) == [
        "contracts.contract_visibility: the page shows no section Contracts",
        "crm.organizations.add: 'yes' is not offered; the page offers: Maybe, No",
        "crm.contacts.add: the page shows no 'Contacts > add' in this section; nearest there: 'Contact'",
        "crm.access_customer_and_cancelation: the page shows no 'Customer & Cancelation' in this section; "
        "nearest there: 'Companies'",
        "other.maximum_number_of_webhooks: the control is greyed out; switch on other.can_create_webhooks",
        "other.not_required_to_change_password: the page shows 'Yes' as text, so it cannot be set",
        "other.by_label[\"Twice\"]: the page shows 2 controls with the label 'Twice'",
        'other.by_label["can preview client portal"]: contradicts other.can_preview_client_portal, '
        "which is the same control",
        "other.by_label[\"Can create Webhooks\"]: 'mine' is not offered; the page offers: checked, unchecked",
    ]


@given(pages(), permissions())
def test_a_plan_applied_once_leaves_nothing_to_do(page: Reading, wanted: dict[str, t.Any]) -> None:
    wishes = parse(wanted)
    try:
        first = plan(page, wishes)
    except CannotPlan:
        assume(False)
    after = first.apply_to(page)
    second = plan(after, wishes)
    assert second.changes == ()
    assert second.apply_to(after) == after
    assert [wish.path for wish in second.absent] == [wish.path for wish in first.absent]


def as_shown(wish: Wanted, control: Control) -> bool | str:
    if control.kind == "list":
        return word_for(t.cast(str, wish.value), control.offered or ())
    return str(wish.value) if control.kind == "text" else t.cast(bool, wish.value)


@given(permissions())
def test_on_a_page_that_shows_everything_every_wish_comes_true(wanted: dict[str, t.Any]) -> None:
    page, wishes = whole_page(), parse(wanted)
    result = plan(page, wishes)
    after = result.apply_to(page)
    shown = {(identity.setting.key, identity.column): control for control in after if (identity := identify(control))}
    assert not result.absent
    for wish in wishes:
        control = shown[wish.setting.key if wish.setting else "", wish.column]
        assert control.value == as_shown(wish, control)
    assert len(page.differences(after)) == len(result.changes)


def test_a_wish_for_a_section_that_the_catalog_lacks_is_met_by_its_heading() -> None:
    page = [box("Can see", section="Brand New"), box("Can see", section="Other")]
    result = planned(page, {"by_label": {"brand new": {"can see": True}}}, purge=True)
    assert changes(result) == [("Can see", None, True)] and result.changes[0].control is page[0]


def test_what_is_not_listed_is_brought_to_nothing_whatever_it_is() -> None:
    page = [
        box("Can export Grid Data", value=True),
        box("Limit resource availability to self, plus (check all that apply):", value=True),
        box("Neither on nor off", value=t.cast(bool, None)),
        box("Something new", value=True, section="Brand New"),
        cell("Companies", "Edit", "Mine", "All", "Mine", "None"),
        cell("Tickets", "View", "All", "All", "Mine + Accounts", "Mine", section="Service Desk"),
        cell("Something", "Edit", "Everything", "Everything", "- No access -", section="Brand New"),
        cell("Dashboard Display", "", "Sales", "Sales", "Tickets"),
        Control("Other", "Webhooks", "Maximum number of Webhooks", None, "number", "10"),
        Control("Other", None, "Most exports", None, "number", "5"),
        Control("Other", None, "Greyed limit", None, "number", "5", enabled=False),
        Control("CRM", None, "Companies", "View", "readonly", "All"),
    ]
    result = planned(page, {}, purge=True)
    assert {(c.control.label, c.value) for c in result.changes} == {
        ("Can export Grid Data", False),
        ("Limit resource availability to self, plus (check all that apply):", False),
        ("Neither on nor off", False),
        ("Something new", False),
        ("Companies", "None"),
        ("Tickets", "Mine"),
        ("Something", "- No access -"),
        ("Most exports", ""),
    }
    assert not result.stuck and not result.unopened
    assert not planned(result.apply_to(Reading(page)), {}, purge=True).changes


def test_what_cannot_be_brought_to_nothing_is_named_unless_it_is_asked_for() -> None:
    page = [
        cell("Form sharing", "", "Anyone", "Anyone", "My team", section="Other"),
        box("Greyed", value=True, enabled=False),
        cell("Closed", "", "Anyone", section="Other", enabled=False),
    ]
    assert [(str(item.name), item.why) for item in planned(page, {}, purge=True).stuck] == [
        ("Other > Form sharing", "offers no word for none: Anyone, My team"),
        ("Other > Greyed", "is greyed out"),
        ("Other > Closed", "is greyed out"),
    ]
    asked = {"other": {"by_label": {"Form sharing": "my team", "Greyed": True, "Closed": "anyone"}}}
    result = planned(page, asked, purge=True)
    assert [change.value for change in result.changes] == ["My team"] and not result.stuck


def test_no_permission_is_pressed_where_it_saves_steps_or_may_help() -> None:
    many = [box(f"Right {number}", value=True) for number in range(3)]
    few = [box("Can access Documents", value=True, section="Documents & Knowledgebase")]
    kept = [box("CRM", value=True, section="Reports"), box("Projects", value=True, section="Reports"),
            box("Admin", value=True, section="Reports")]  # fmt: skip
    stuck = [box("Greyed", value=True, section="Brand New", enabled=False)]
    page = Reading([*many, *few, *kept, *stuck])
    wish = {"reports": {"report_category_crm": True, "report_category_projects": True}}
    assert planned(page, wish, purge=True).sections_to_empty(page) == ("Other", "Brand New")


@given(pages(), permissions())
def test_after_a_purge_the_page_reads_as_wanted_and_everything_else_as_nothing(
    page: Reading, wanted: dict[str, t.Any]
) -> None:
    """The oracle knows nothing of the plan: it looks at each control that is left."""
    wishes = parse(wanted)
    try:
        result = plan(page, wishes, purge=True)
    except CannotPlan as error:
        assert error.problems
        return
    after = result.apply_to(page)
    named = {item.name for item in result.stuck}
    for name, control in after.named():
        identity = identify(control)
        assert identity, "every control here is catalogued"
        wish = [w for w in wishes if w.setting is identity.setting and w.column == identity.column]
        if wish and control.kind != "readonly":
            assert control.value == as_shown_or_lowest(wish[0], control) or wish[0] in result.absent
        elif control.kind == "list":
            rightless = idea_of(str(control.value)) in NOTHING or same(str(control.value), floor(identity) or "-")
            assert rightless or identity.setting.grants_nothing or name in named
        elif control.kind == "checkbox":
            assert control.value is False or name in named
    assert not plan(after, wishes, purge=True).changes


def floor(identity: Identity) -> str | None:
    column = identity.setting.column(identity.column) if identity.column else None
    return (column or identity.setting).floor


def as_shown_or_lowest(wish: Wanted, control: Control) -> bool | str:
    try:
        return as_shown(wish, control)
    except NoSuchWord:
        return word_for(str(wish.cell and wish.cell.floor), control.offered or ())
