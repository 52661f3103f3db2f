# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a page shows, as data that can be compared and printed."""

from __future__ import annotations

from dataclasses import replace

from ansible_collections.msp.autotask.plugins.module_utils._permissions.reading import (
    Control,
    Reading,
    changes_between,
    identify,
)
from hypothesis import given
from hypothesis import strategies as st

from .permission_pages import pages, whole_page


def box(label: str, value: bool = False, group: str | None = None, section: str = "Other") -> Control:
    return Control(section, group, label, None, "checkbox", value)


def cell(column: str, value: str, label: str = "Tickets", group: str | None = None) -> Control:
    return Control("Service Desk", group, label, column, "list", value, ("All", "None"))


def test_rows_nest_their_columns() -> None:
    reading = Reading([cell("View", "All"), cell("Add", "None"), box(" Can create\n Webhooks: ", value=True)])
    assert reading.as_data() == {
        "Service Desk": {"Tickets": {"View": "All", "Add": "None"}},
        "Other": {"Can create Webhooks": True},
    }


def test_equal_labels_are_told_apart_by_their_group_else_by_their_number() -> None:
    reading = Reading([box("Edit", group="Tasks"), box("Edit", value=True, group="Notes"), box("Add"), box("Add")])
    assert list(reading.as_data()["Other"]) == ["Tasks > Edit", "Notes > Edit", "Add", "Add (2)"]


def test_a_difference_shows_only_what_differs() -> None:
    before = Reading([cell("View", "All"), cell("Add", "None"), box("Kept", value=True), box("Gone")])
    after = Reading([cell("View", "All"), cell("Add", "All"), box("Kept", value=True)])
    assert {str(name): sides for name, sides in before.differences(after).items()} == {
        "Service Desk > Tickets > Add": ("None", "All"),
        "Other > Gone": (False, None),
    }
    assert changes_between(before, after) == (
        {"Service Desk": {"Tickets": {"Add": "None"}}, "Other": {"Gone": False}},
        {"Service Desk": {"Tickets": {"Add": "All"}}, "Other": {"Gone": None}},
    )


def test_text_that_the_page_derives_is_no_difference() -> None:
    before = Reading([cell("Add", "No"), replace(cell("Edit", "No"), kind="readonly")])
    after = Reading([cell("Add", "No"), replace(cell("Edit", "Yes"), kind="readonly")])
    assert not before.differences(after)
    assert after.as_data()["Service Desk"]["Tickets"]["Edit"] == "Yes", "but it is shown"


def test_a_whole_page_is_read_without_loss() -> None:
    page = whole_page()
    assert len(page.values()) == len(page)
    assert all(identify(control) for control in page)


labels = st.sampled_from(["A", "A (2)", "A > B", "B"])
any_controls = st.builds(
    Control,
    section=labels,
    group=st.none() | labels,
    label=labels,
    column=st.none() | labels,
    kind=st.just("checkbox"),
    value=st.booleans(),
)


@given(st.lists(any_controls))
def test_no_control_hides_another(controls: list[Control]) -> None:
    assert len(Reading(controls).values()) == len(controls)


@given(pages(), st.data())
def test_a_single_changed_value_is_found(page: Reading, data: st.DataObject) -> None:
    assert not page.differences(page)
    if page:
        changed = data.draw(st.sampled_from(page.controls))
        other = page.with_values({changed: "something else"})
        assert list(page.differences(other).values()) == [(changed.value, "something else")]
