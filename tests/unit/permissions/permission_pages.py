# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Settings pages for tests: drawn from the catalog, in the words of some tenant."""

from __future__ import annotations

import re
import typing as t

from ansible_collections.msp.autotask.plugins.module_utils._permissions.catalog import CATALOG
from ansible_collections.msp.autotask.plugins.module_utils._permissions.model import (
    COLUMNS,
    Column,
    Kind,
    Section,
    Setting,
)
from ansible_collections.msp.autotask.plugins.module_utils._permissions.reading import Control, Reading
from ansible_collections.msp.autotask.plugins.module_utils._permissions.values import means_nothing
from hypothesis import strategies as st

ORGANIZATION = ("Organization", "Account", "Business Unit", "Client", "Company", "Customer", "Site")
ASSET = ("Asset", "Configuration Item", "Device", "Installed Asset", "Installed Product")

# Words for lists that nobody has read, as some page may have them.
UNREAD_WORDS = ("All", "Mine", "None")


def said_by_tenant(text: str, organization: str, asset: str) -> str:
    """The label as a tenant with these terms shows it."""
    plural = re.sub(r"y$", "ie", organization) + "s"
    text = re.sub(r"\bOrganizations\b", plural, text)
    text = re.sub(r"\bOrganization\b", organization, text)
    return re.sub(r"\bConfiguration Item\b", asset, text)


def settable() -> list[tuple[Section, Setting]]:
    """Every setting that permissions can name."""
    places = [(section, s) for section, s in CATALOG.places() if section.has_links and s.label]
    return [(section, s) for section, s in places if s.kind not in (Kind.READONLY, Kind.TEXT)]


def cells(setting: Setting) -> list[tuple[str | None, Setting | Column]]:
    return [(c.key, c) for c in setting.columns if c.kind is not Kind.READONLY] or [(None, setting)]


def control(section: Section, setting: Setting, column: str | None, cell: Setting | Column, **shown: t.Any) -> Control:
    """The control of one cell, off or at its lowest, unless *shown* says otherwise."""
    defaults: dict[str, t.Any] = {"value": False, "kind": "checkbox"}
    if cell.kind is Kind.LIST:
        offered = shown.get("offered") or cell.values or UNREAD_WORDS
        defaults = {"kind": "list", "offered": offered, "value": offered[-1]}
    elif cell.kind is Kind.NUMBER:
        defaults = {"kind": "text", "value": "10"}
    header = COLUMNS[column][0] if column else None
    place = {"section": section.heading, "group": setting.group, "label": setting.label or "", "column": header}
    return Control(**place | defaults | shown)


def whole_page(shown_label: t.Callable[[str], str] = str, **shown: t.Any) -> Reading:
    """Every setting of the catalog, all off."""
    drawn = [
        control(section, setting, column, cell, label=shown_label(setting.label or ""), **shown)
        for section, setting in settable()
        for column, cell in cells(setting)
    ]
    return numbered(drawn)


def numbered(controls: t.Iterable[Control]) -> Reading:
    fields = [{**vars(c), "position": position} for position, c in enumerate(controls)]
    return Reading(Control(**f) for f in fields)


@st.composite
def pages(draw: st.DrawFn) -> Reading:
    """Any page: some settings missing, any values, labels and words of any release and tenant."""
    organization, asset = draw(st.sampled_from(ORGANIZATION)), draw(st.sampled_from(ASSET))
    drawn = []
    for section, setting in draw(st.lists(st.sampled_from(settable()), unique_by=lambda place: place[1].key)):
        label = said_by_tenant(draw(st.sampled_from([str(setting.label), *setting.alternatives])), organization, asset)
        group = draw(st.sampled_from([setting.group, *setting.group_alternatives]))
        for column, cell in cells(setting):
            shown: dict[str, t.Any] = {"label": label, "group": group, "enabled": draw(st.booleans())}
            if cell.kind is Kind.LIST:
                shown["offered"] = draw(st.sampled_from([cell.values or UNREAD_WORDS, ("Yes", "No"), UNREAD_WORDS]))
                shown["value"] = draw(st.sampled_from(shown["offered"]))
            elif cell.kind is Kind.NUMBER:
                shown["value"] = draw(st.integers(0, 50).map(str))
            else:
                shown["value"] = draw(st.booleans())
            drawn.append(control(section, setting, column, cell, **shown))
    return numbered(draw(st.permutations(drawn)))


@st.composite
def permissions(draw: st.DrawFn) -> dict[str, t.Any]:
    """Anything that may be written in the option permissions, with what it depends on."""
    wishes: dict[str, t.Any] = {}
    for section, setting in draw(
        st.lists(st.sampled_from(settable()), max_size=12, unique_by=lambda place: place[1].key)
    ):
        if setting.columns:
            chosen = draw(st.lists(st.sampled_from(cells(setting)), min_size=1, unique_by=lambda cell: cell[0]))
            wish: t.Any = {column: draw(_values(cell)) for column, cell in chosen}
        else:
            wish = draw(_values(setting))
        wishes.setdefault(section.key, {})[setting.key] = wish
    _complete(wishes)
    return wishes


def _complete(wishes: dict[str, t.Any]) -> None:
    """Add what the wishes depend on."""
    for section, setting in settable():
        if not means_nothing(wishes.get(section.key, {}).get(setting.key, False)):
            for parent_section, parent in map(CATALOG.place_of, setting.requires):
                wishes.setdefault(parent_section.key, {})[parent.key] = True
    webhooks = wishes.get("other", {})
    if not means_nothing(webhooks.get("can_create_webhooks", False)):
        webhooks.setdefault("maximum_number_of_webhooks", 10)


def _values(cell: Setting | Column) -> st.SearchStrategy[t.Any]:
    if cell.kind is Kind.NUMBER:
        return st.integers(1, 99) | st.integers(1, 99).map(str)
    if cell.kind is Kind.LIST:
        words = cell.values or UNREAD_WORDS
        return st.sampled_from([*words, *map(str.lower, words), *map(str.upper, words)])
    return st.booleans() | st.sampled_from(["yes", "No", "true", "OFF"])
