# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Make up a fleet whose tenants all differ, the same for the same seed."""

from __future__ import annotations

import random
import typing as t

from .wording import ASSET_TERMS, DIVISION_TERMS, ORGANIZATION_TERMS

_TREES = [
    "alder",
    "aspen",
    "beech",
    "birch",
    "cedar",
    "cherry",
    "elder",
    "elm",
    "fir",
    "hazel",
    "hemlock",
    "holly",
    "hornbeam",
    "juniper",
    "larch",
    "laurel",
    "linden",
    "maple",
    "myrtle",
    "oak",
    "olive",
    "pine",
    "poplar",
    "rowan",
    "spruce",
    "sycamore",
    "walnut",
    "willow",
    "yew",
    "acacia",
]
_EXTRA_SETTINGS = [
    {"section": "other", "group": "Miscellaneous", "label": "Can use the assistant in tickets and notes"},
    {"section": "service_desk", "group": "Other Permissions", "label": "Can merge and unmerge tickets"},
    {"section": "crm", "group": "Feature Access", "label": "Can enrich contacts from outside sources"},
    {"section": "contracts", "group": "Other Permissions", "label": "Can renew", "list": ["All", "Mine", "None"]},
    {
        "section": "inventory",
        "group": "Object Permissions",
        "label": "Kits",
        "row": {"view": "all_none", "add": "yes_no", "edit": "same_as_add", "delete": "all_none"},
    },
    {"section": "reports", "group": "Analytics", "label": "Maximum number of scheduled exports", "number": 5},
]
_GONE_SETTINGS = [
    "device_discovery_wizard",
    "can_access_news_feed",
    "can_access_public_team_walls",
    "admin_add_ons",
    "can_access_all_private_team_walls",
    "can_access_executive_dashboard",
    "can_access_billing_portal",
]
_LOCATIONS = ["Headquarters", "Engineering Office", "North Branch", "Remote"]


def varied_fleet(count: int, seed: int = 1) -> dict[str, t.Any]:
    """The content of a fleet file with that many tenants."""
    return {"tenants": [_tenant(number, f"{seed}/{number}") for number in range(count)]}


def _tenant(number: int, seed: str) -> dict[str, t.Any]:
    chance = random.Random(seed)
    name = _TREES[number % len(_TREES)] + (str(number // len(_TREES) + 1) if number >= len(_TREES) else "")
    older = chance.random() < 0.35
    tenant: dict[str, t.Any] = {
        "domain": f"{name}.example",
        "two_factor": chance.random() < 0.7,
        "organization": chance.choice(ORGANIZATION_TERMS),
        "asset": chance.choice(ASSET_TERMS),
        "division": chance.choice(DIVISION_TERMS),
        "look": "older" if older else "today",
        "shell": "older" if older else "current",
        "labels": chance.choice(["today", "older"]),
        "section_links": "older" if older and chance.random() < 0.7 else "current",
        "editors": chance.choice(["tab", "popup"]),
        "editor_markup": "B" if older else chance.choice("BC"),
        "section_toggle": chance.choice(["heading", "toggle"]),
        "remember_sections": chance.random() < 0.3,
        "expand_all": chance.random() < 0.3,
        "menu": chance.choice(["full", "full", "icons"]),
        "early_access_badge": chance.random() < 0.3,
        "theme": chance.choice(["light", "light", "dark"]),
        "copy_label": chance.choice(["Copy Security Level", "Copy"]),
        "copy_stored": chance.choice(["at_once", "on_save"]),
        "custom_identifier": chance.choice(["on_save", "on_select"]),
        "none_identifier": older and chance.random() < 0.5,
        "in_out_dialog": chance.random() < 0.3,
        "late_ms": chance.choice([0, 0, 150, 400]),
        "slow_ms": chance.choice([0, 0, 40, 120]),
        "people": chance.choice([3, 6, 12, 70]),
        "locations": chance.sample(_LOCATIONS, chance.randint(1, 3)),
        "links_skip": ["admin_kaseya_integrations"] if chance.random() < 0.2 else [],
        "extra_settings": chance.sample(_EXTRA_SETTINGS, chance.randint(0, 2)),
        "hidden_settings": chance.sample(_GONE_SETTINGS, chance.randint(0, 4)),
    }
    # What is added to this list gets a chooser of its own, so that a seed keeps what it chose before.
    drawing = _drawing(random.Random(f"{seed}/drawing"), second=tenant["editor_markup"] == "C")
    return tenant | drawing | _left_behind(chance, tenant["domain"])


def _drawing(chance: random.Random, second: bool) -> dict[str, t.Any]:
    """How pages are made beyond their generation of controls."""
    return {
        "drawn_lists": chance.choice(["overlay", "inside"]),
        "list_ms": chance.choice([0, 0, 500]),
        "pickers": chance.random() < 0.3,
        "chips": chance.random() < 0.5,
        "profile": chance.choice(["icon", "initials"]),
        "database": chance.choice(["", "Production"]),
        "workforce_management": chance.random() < 0.3,
        "cooper_copilot": chance.random() < 0.3,
        "level_form": {
            "frame": chance.choice(["plain", "scrolling"]),
            "sections_open": chance.random() < 0.2,
            "table_rows": chance.choice(["beside", "container"]),
            "hints": chance.choice(["beside", "beneath"]),
            "group_headings": chance.choice(["bold", "plain"]),
            "decimals": chance.choice([0, 2, 4]) if second else 0,
            "buttons": "drawn" if second else chance.choice(["drawn", "submit"]),
            "save_waits": chance.random() < 0.3,
        },
    }


def _left_behind(chance: random.Random, domain: str) -> dict[str, t.Any]:
    """What somebody made by hand before: nothing, half of it, or all of it, wrongly."""
    made = chance.choice(["nothing", "nothing", "copy", "level", "user"])
    if made == "nothing":
        return {}
    if made == "copy":
        return {"levels": [{"name": "Copy (1) of API User (system)", "active": False}]}
    left: dict[str, t.Any] = {"levels": [{"name": "Work 365 API User", "active": chance.random() < 0.7}]}
    if made == "user":
        user = {"user_name": f"work365api@{domain}", "level": "Work 365 API User", "active": chance.random() < 0.8}
        left["api_users"] = [user | {"vendor": "Work 365 Sync", "locked": chance.random() < 0.2}]
    return left
