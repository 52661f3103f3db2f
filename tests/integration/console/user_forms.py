# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Random forms of an API user, what is wanted of them, and what must be stored then, reckoned without the driver."""

from __future__ import annotations

import random
import typing as t
from dataclasses import dataclass, field
from pathlib import Path

from ansible_collections.msp.autotask.plugins.module_utils._console.pages.api_user_state import Tracking
from ansible_collections.msp.autotask.plugins.module_utils._handover import Handover, KeyPair, new_key_pair, open_sealed
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.wanted_user import WantedUser
from autotask_simulator.records import Resource
from autotask_simulator.store import Tenant

BASE = "API User (system)"
VENDOR = "Work 365 Sync"
KEY = "reader1"
SECRET = "Correct-Horse-9"

Stored = dict[str, t.Any]


@dataclass
class Case:
    """One form, one user that may be there already, and one wish."""

    seed: int
    domain: str = ""
    tenant: dict[str, t.Any] = field(default_factory=dict)
    wanted: WantedUser = field(default_factory=lambda: WantedUser(KEY))
    keys: KeyPair = field(default_factory=new_key_pair)
    hands_over: bool = False

    def handover(self, folder: Path) -> Handover | None:
        return Handover(folder / f"{self.seed}.sealed", self.keys.public) if self.hands_over else None

    def secret_in(self, folder: Path) -> str | None:
        """The secret that was handed over, if one was."""
        path = folder / f"{self.seed}.sealed"
        return open_sealed(path.read_text(encoding="ascii"), self.keys.private).secret if path.exists() else None


def case(seed: int, domain: str) -> Case:
    """The case of that number, always the same."""
    chance = random.Random(f"user form {seed}")
    made = Case(seed, domain)
    form = _form(chance)
    locations = chance.choice([["Headquarters"], ["Headquarters", "North - Branch", "North"]])
    present = chance.choice([None, None, {}, {"active": False, "locked": True}, {"last_name": "Else"}])
    made.tenant = {
        "domain": domain,
        "two_factor": False,
        "look": chance.choice(["today", "older"]),
        "pickers": chance.random() < 0.2,
        "chips": chance.random() < 0.5,
        "drawn_lists": chance.choice(["overlay", "inside"]),
        "list_ms": chance.choice([0, 0, 400]),
        "none_identifier": form["tracking_at_first"] == "none" or chance.random() < 0.3,
        "custom_identifier": chance.choice(["on_save", "on_select"]),
        "questions": chance.choice(["dialog", "native"]),
        "locations": locations,
        "levels": [{"name": "Reader"}, {"name": "Old", "active": False}],
        "user_form": form,
        "api_users": [],
    }
    custom = chance.random() < 0.3
    tracking = Tracking("custom", "Contract reports") if custom else Tracking("vendor", VENDOR)
    if present is not None:
        made.tenant["api_users"].append(
            {
                "user_name": f"{KEY}@{domain}",
                "first_name": "Contract",
                "last_name": "Reader",
                "level": chance.choice([BASE, "Reader", "Old"]),
                tracking.kind: tracking.name,
                **present,
            }
        )
    if form["email_asks"]:
        made.tenant["api_users"].append(
            {"user_name": f"other1@{domain}", "email": "alerts@msp.example", "vendor": "Rewst - Automation"}
        )
    made.hands_over = chance.random() < 0.7
    made.wanted = WantedUser(
        user_name=chance.choice([KEY, f"{KEY}@{domain}", f"{KEY.upper()}@{domain.upper()}"]) if present else KEY,
        first_name="Contract",
        last_name="Reader",
        email=chance.choice(["alerts@msp.example", "reader@msp.example"]),
        security_level=chance.choice([BASE, "Reader", "reader (API-only)"]),
        tracking=tracking,
        location=chance.choice([None, *locations]),
        time_format=chance.choice([None, "HH:mm", "hh:mm a"]),
        number_format=chance.choice([None, "X.XXX,XX"]),
        active=chance.choice([None, True, True, False]),
        unlock=chance.random() < 0.3,
        secret=SECRET,
        replace_secret=chance.random() < 0.4,
    )
    return made


def _form(chance: random.Random) -> dict[str, t.Any]:
    def now_and_then(value: t.Any, otherwise: t.Any) -> t.Any:
        return value if chance.random() < 0.25 else otherwise

    return {
        "controls": chance.choice(["drawn", "drawn", "native"]),
        "headings": chance.choice(["usual", "repeated"]),
        "location": chance.random() < 0.7,
        "tracking_at_first": chance.choice(["vendor", "custom", "none", "nothing"]),
        "fixed_tracking": chance.choice(["greyed", "greyed", "text", "no_radios", now_and_then("hidden", "greyed")]),
        "required_marks": chance.choice(["star", "drawn", "missing"]),
        "domain_in_capitals": chance.random() < 0.5,
        "user_name_split": chance.random() < 0.2,
        "secret_on_edit": chance.choice(["box", "text"]),
        "secret_drops": now_and_then("-9", ""),
        "vendor_at_first": chance.random() < 0.3,
        "vendor_asks": chance.random() < 0.3,
        "vendor_sets_level": now_and_then("Reader", ""),
        "defaults_ms": now_and_then(900, 0),
        "key_ms": now_and_then(700, 0),
        "save_check_ms": now_and_then(600, 0),
        "save_ms": now_and_then(1500, 0),
        "save_says": chance.choice(["", "", "Please wait", "Your changes are on their way."]),
        "closes": chance.choice(["after", "after", "before"]),
        "email_asks": now_and_then(True, False),
    }


def stored(tenant: Tenant) -> list[Resource]:
    return tenant.api_users()


def as_wanted(user: Resource, before: Resource | None, case: Case, tenant: Tenant) -> list[str]:
    """In what *user* is not as it was wanted; what is not managed must be as before."""
    wanted, levels = case.wanted, {level.id: level.name for level in tenant.levels()}
    places = {place.id: place.name for place in tenant.locations()}
    vendors = {vendor.id: vendor.label for vendor in tenant.vendors()}
    is_new = before is None

    def kept(name: str, new: t.Any) -> t.Any:
        return new if before is None else getattr(before, name)

    def managed(value: t.Any, name: str, new: t.Any) -> t.Any:
        return kept(name, new) if value is None else value

    level = "Reader" if "reader" in str(wanted.security_level) else wanted.security_level
    location = managed(wanted.location, "", None) if wanted.location or is_new else places[before.location_id]  # type: ignore[union-attr]
    tracked = vendors.get(user.vendor_id or 0) if user.tracking == "vendor" else user.tracking_name
    expected = {
        "user_name": f"{KEY}@{case.domain}",
        "first_name": "Contract",
        "last_name": "Reader",
        "email": wanted.email,
        "security_level": str(level).replace(" (API-only)", ""),
        "active": managed(wanted.active, "active", True),
        "locked": False if wanted.unlock else kept("locked", False),
        "date_format": kept("date_format", "MM/dd/yyyy"),
        "time_format": managed(wanted.time_format, "time_format", "hh:mm a"),
        "number_format": managed(wanted.number_format, "number_format", "X,XXX.XX"),
        "tracking": wanted.tracking.name if wanted.tracking else None,
    }
    found = {
        **{name: getattr(user, name) for name in expected if hasattr(user, name)},
        "user_name": user.user_name.casefold(),
        "security_level": levels[user.level_id],
        "tracking": tracked,
    }
    if location and case.tenant["user_form"]["location"]:
        expected["location"], found["location"] = location, places[user.location_id]
    return [f"{name}: {found[name]!r}, not {value!r}" for name, value in expected.items() if found[name] != value]
