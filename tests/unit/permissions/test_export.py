# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A level that exists becomes permissions that describe it."""

from __future__ import annotations

import typing as t
from dataclasses import replace

import yaml
from ansible_collections.msp.autotask.plugins.module_utils._permissions.export import as_exported, difference, export
from ansible_collections.msp.autotask.plugins.module_utils._permissions.plan import plan
from ansible_collections.msp.autotask.plugins.module_utils._permissions.reading import Control, Reading, identify
from ansible_collections.msp.autotask.plugins.module_utils._permissions.wanted import parse
from hypothesis import given, settings

from .permission_pages import numbered, pages, permissions, said_by_tenant, whole_page


def again(page: Reading) -> dict[str, t.Any]:
    """The export, through a file and back."""
    text = yaml.safe_dump(export(page).permissions, sort_keys=False)
    return t.cast("dict[str, t.Any]", yaml.safe_load(text))


def box(label: str, value: bool | None = True, section: str = "Other", **shown: t.Any) -> Control:
    return Control(section, shown.pop("group", None), label, None, "checkbox", value, **shown)


@settings(max_examples=25)
@given(permissions())
def test_what_was_set_comes_back_and_changes_nothing(wanted: dict[str, t.Any]) -> None:
    page = whole_page(lambda label: said_by_tenant(label, "Company", "Device"))
    stored = plan(page, parse(wanted), purge=True).apply_to(page)
    left = plan(stored, parse(again(stored)), purge=True)
    assert not left.changes and not left.stuck and not left.unopened
    assert export(stored).unsaid == ()
    # On an empty page of the same kind it makes the same level.
    rebuilt = plan(page, parse(again(stored)), purge=True).apply_to(page)
    gives = [c for c in stored.effective() if not ((i := identify(c)) and i.setting.grants_nothing)]
    assert not Reading(gives).differences(Reading(rebuilt[c.position] for c in gives))


@settings(max_examples=25)
@given(permissions())
def test_a_difference_can_be_pasted_and_makes_the_other_level(wanted: dict[str, t.Any]) -> None:
    page = whole_page(lambda label: said_by_tenant(label, "Company", "Device"))
    stored = plan(page, parse(wanted), purge=True).apply_to(page)
    before, after = difference(page, stored)
    assert not plan(page, parse(before, purge=False), purge=False).changes
    pasted = plan(page, parse(yaml.safe_load(yaml.safe_dump(after)), purge=False), purge=False).apply_to(page)
    assert not stored.effective().differences(pasted.effective())
    assert difference(stored, stored) == ({}, {})


@settings(max_examples=25)
@given(permissions())
def test_a_new_level_is_said_as_its_export_says_it_and_can_be_pasted(wanted: dict[str, t.Any]) -> None:
    page = whole_page()
    planned = plan(page, parse(wanted), purge=True)
    said = as_exported(parse(wanted))
    assert plan(page, parse(yaml.safe_load(yaml.safe_dump(said))), purge=True).changes == planned.changes
    # That of a level that is there says on and off so, too.
    values = [value for lines in said.values() for value in _leaves(lines)]
    assert not {"yes", "no"} & {str(value).casefold() for value in values}


def _leaves(value: t.Any) -> list[t.Any]:
    return [leaf for each in value.values() for leaf in _leaves(each)] if isinstance(value, dict) else [value]


def test_a_difference_is_said_in_keys_and_ideas_and_leaves_nothing_out() -> None:
    edit = Control("CRM", None, "Customers", "Edit", "list", "All", ("All", "Mine", "None"))
    here = numbered([edit, box("Can use the new thing"), box("Neither on nor off", None), box("Stays")])
    off = {"Edit": "None", "Can use the new thing": False, "Neither on nor off": False}
    there = Reading(replace(c, value=off.get(c.column or c.label, c.value)) for c in here)
    assert difference(here, there) == (
        {
            "crm": {"organizations": {"edit": "all"}},
            "other": {"by_label": {"Can use the new thing": True}},
            "by_label": {"Other": {"Neither on nor off": None}},
        },
        {
            "crm": {"organizations": {"edit": "none"}},
            "other": {"by_label": {"Can use the new thing": False, "Neither on nor off": False}},
        },
    )


@settings(max_examples=40)
@given(pages())
def test_any_stored_level_is_described_or_what_cannot_be_is_named(page: Reading) -> None:
    exported = export(page)
    left = plan(page, parse(again(page)), purge=True)
    touched = {*(change.control for change in left.changes), *(item.control for item in left.stuck), *left.unopened}
    names = {control: name for name, control in page.named()}
    assert {names[control] for control in touched} <= set(exported.unsaid)


def test_keys_and_ideas_are_those_of_the_catalog() -> None:
    page = numbered(
        [
            Control("CRM", None, "Customers", "Edit", "list", "All", ("All", "Mine", "None")),
            Control("CRM", None, "Customers", "Add", "list", "Yes", ("Yes", "No")),
            Control("CRM", None, "Customers", "Delete", "list", "No", ("Yes", "No")),
            Control("Contracts", None, "Contract Visibility", None, "list", "Full", ("Full", "Limited", "None")),
            box("Can use the new thing"),
            box("Can do without"),
            box("Can do without", False, group="Elsewhere"),
            box("Glow", section="Lava Lamps"),
        ]
    )
    assert export(page).permissions == {
        "crm": {"organizations": {"edit": "all", "add": True}},
        "contracts": {"contract_visibility": "full"},
        "other": {"by_label": {"Can use the new thing": True}},
        "by_label": {"Lava Lamps": {"Glow": True}},
    }
    assert [name.label for name in export(page).unsaid] == ["Can do without"]


def test_lists_need_not_be_opened_to_say_what_they_hold() -> None:
    opened = numbered([Control("CRM", None, "Customers", "Edit", "list", "Mine", ("All", "Mine", "None"))])
    shut = Reading(replace(control, offered=None) for control in opened)
    assert export(shut) == export(opened)
    assert export(shut).permissions == {"crm": {"organizations": {"edit": "mine"}}}


def test_a_word_is_given_as_it_is_where_its_idea_would_find_another() -> None:
    page = numbered([Control("Other", None, "New thing", None, "list", "No Access", ("None", "No Access"))])
    assert export(page).permissions == {"other": {"by_label": {"New thing": "No Access"}}}
    assert export(page).unsaid == ()


def test_what_no_value_says_is_named() -> None:
    page = numbered([box("Neither on nor off", None), box("Twin"), box("Twin")])
    assert export(page).permissions == {}
    assert len(export(page).unsaid) == 3


def test_a_right_whose_condition_is_off_is_written_down_by_label() -> None:
    page = numbered([box("Can manage Documents", section="Documents & Knowledgebase", enabled=False)])
    section = export(page).permissions["documents_knowledgebase"]
    assert section == {"by_label": {"Can manage Documents": True}}
    assert export(page).unsaid == ()


def test_what_gives_no_right_is_not_listed() -> None:
    # A list of which no word for none is known stays at what it is.
    least = {"projects": {"can_enter_time_on": "All Tasks"}}
    assert export(whole_page()).permissions == least
    assert export(Reading(replace(control, enabled=False) for control in whole_page())).permissions == least
