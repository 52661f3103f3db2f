# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is wanted of tenants whose pages nobody has seen, and what must be stored there in the end."""

from __future__ import annotations

import functools
import json
import random
import typing as t

from ansible_collections.msp.autotask.plugins.module_utils._handover import new_key_pair, open_sealed
from ansible_collections.msp.autotask.plugins.module_utils._permissions.catalog import CATALOG
from ansible_collections.msp.autotask.plugins.module_utils._permissions.model import Kind
from autotask_simulator.records import Resource, Settings
from autotask_simulator.settings_page import Control, Page, page_for
from simulated_console import Console, Result

from campaign.unseen import Drawing

CATALOGUED = {
    setting.key
    for section in CATALOG.sections
    for setting in section.settings
    if setting.kind is not Kind.GROUP and setting.label
}
"""What can be wanted by a key of its own; one or the other setting has another key in the simulator."""


class LevelCase:
    """A security level that is wanted in a tenant, from what is there to what must be there."""

    PAGE = "level"
    KEPT: t.ClassVar[set[str]] = {"level_saved", "level_activated", "level_inactivated"}
    """Copies may be deleted again."""
    NAME = "Reader"

    def __init__(self, console: Console, drawing: Drawing) -> None:
        self.console, self.tenant, self.drawing = console, console.tenant, drawing
        self.variations = drawing.variations
        self.page: Page = page_for(self.tenant.options, api_only=True)
        self.wanted = self._wanted(drawing.chooser("wanted"))

    @staticmethod
    def spec(drawing: Drawing, domain: str) -> dict[str, t.Any]:
        """What the tenant holds: nothing of ours, or a level that grants other things."""
        chooser = drawing.chooser("start")
        spec: dict[str, t.Any] = {
            "copy_stored": chooser.choice(["at_once", "on_save"]),
            "organization": chooser.choice(["Organization", "Organization", "Account", "Company"]),
        }
        if chooser.random() < 0.5:
            spec["levels"] = [{"name": LevelCase.NAME, "copy_from": "API User (system)"}]
        return spec

    @property
    def must_stop(self) -> bool:
        return any(variation.stops for variation in self.variations)

    def _wanted(self, chooser: random.Random) -> dict[str, t.Any]:
        """Some settings, by the codes of their controls."""
        known = [
            control for control in self.page.controls.values() if not control.unranked and control.key in CATALOGUED
        ]
        wanted: dict[str, t.Any] = {}
        for control in chooser.sample(known, chooser.choice([0, 1, 3, 8])):
            self._want(wanted, control, chooser)
        return wanted

    def _want(self, wanted: dict[str, t.Any], control: Control, chooser: random.Random) -> None:
        values = {"box": [True, True, False], "list": control.meanings, "number": [5, 10, 12]}[control.kind]
        wanted[control.code] = chooser.choice(values)
        for other in self.page.controls.values():
            if other.key == control.requires and wanted[control.code]:
                self._want_granted(wanted, other)
            if other.requires == control.key and other.kind == "number" and wanted[control.code]:
                # A number that a box makes necessary has to be given.
                wanted.setdefault(other.code, 10)

    def _want_granted(self, wanted: dict[str, t.Any], control: Control) -> None:
        wanted[control.code] = True
        for other in self.page.controls.values():
            if other.requires == control.key and other.kind == "number":
                wanted.setdefault(other.code, 10)

    @property
    def permissions(self) -> dict[str, t.Any]:
        """The module's option that says what is wanted, in the words of the page."""
        nested: dict[str, t.Any] = {}
        for code, value in self.wanted.items():
            control = self.page.controls[code]
            word = control.words[control.meanings.index(value)] if control.kind == "list" else value
            path = [part for part in (control.section, control.key, control.column) if part]
            functools.reduce(lambda part, name: part.setdefault(name, {}), path[:-1], nested)[path[-1]] = word
        return nested

    @property
    def expected(self) -> Settings:
        """What must be stored: what is wanted, of everything else nothing."""
        settings = self.page.filled(full=False)
        for code, value in self.wanted.items():
            self.page.controls[code].write(settings, value)
        return self.page.settled(settings)

    def run(self, check: bool = False, again: bool = False) -> Result:
        return self.console.level(check=check, permissions=self.permissions)

    def differences(self) -> list[str]:
        """Where the stored level is not what is wanted; words without a rank grant nothing."""
        if self.console.custom_levels() != [self.NAME]:
            return [f"levels: {', '.join(self.console.custom_levels()) or 'none'}"]
        return self.differing_settings()

    def differing_settings(self) -> list[str]:
        level, expected = self.tenant.level(self.NAME), self.expected
        found = [] if level.active else ["Active"]
        for control in self.page.controls.values():
            if not control.unranked and control.read(level.settings) != control.read(expected):
                found.append(f"{control.section}.{control.key} is {control.read(level.settings)}")
        return found

    def state(self) -> dict[str, t.Any]:
        """Everything that could be changed of the levels."""
        return {level.name: (level.active, level.settings) for level in self.tenant.levels()}

    def change_by_hand(self) -> None:
        """Somebody grants something that is not wanted."""
        level = self.tenant.level(self.NAME)
        settings = json.loads(json.dumps(level.settings))
        off = [
            control
            for control in self.page.controls.values()
            if not control.unranked
            and not control.requires
            and not control.restricts
            and control.full != control.empty
            and control.code not in self.wanted
            and not any(other.requires == control.key for other in self.page.controls.values())
        ]
        control = self.drawing.chooser("by hand").choice(off)
        control.write(settings, control.full)
        self.tenant.update_level(level.id, settings=settings)


class UserCase:
    """An API user that is wanted in a tenant, from what is there to what must be there."""

    PAGE = "user"
    KEPT: t.ClassVar[set[str]] = {"api_user_saved", "api_user_created"}
    KEY = "reader1"
    VENDORS: t.ClassVar[list[str]] = [
        "Cytracom - Desktop",
        "Cytracom - PSA Connector",
        "ITG - Documentation Management",
        "Rewst - Automation",
        "RocketCyber",
        "Work 365 Sync",
    ]
    OLD_SECRET, NEW_SECRET = "Old-secret-1", "Correct-Horse-9"

    def __init__(self, console: Console, drawing: Drawing) -> None:
        self.console, self.tenant, self.drawing = console, console.tenant, drawing
        self.variations = drawing.variations
        self.options = self._options(drawing)
        self.before = self._user()
        self.others = self._others()
        self.keys = new_key_pair()
        self.sealed = console.folder / f"{self.tenant.domain}.sealed"

    @classmethod
    def _options(cls, drawing: Drawing) -> dict[str, t.Any]:
        """What is wanted."""
        chooser = drawing.chooser("wanted")
        options = {
            "user_name": cls.KEY,
            "first_name": "Contract",
            "last_name": "Reader",
            "email": "alerts@msp.example",
            "active": True,
            "security_level": chooser.choice(["Reader", "API User (system)"]),
            "secret": cls.NEW_SECRET,
            "update_secret": chooser.choice(["on_create", "on_create", "always"]),
        }
        if chooser.random() < 0.3:
            options["internal_integration"] = "Contract reports"
        else:
            options["integration_vendor"] = chooser.choice(cls.VENDORS)
        if any(variation.options.get("locations") for variation in drawing.variations):
            options["location"] = "North - Branch"
        return options

    @classmethod
    def spec(cls, drawing: Drawing, domain: str) -> dict[str, t.Any]:
        """What the tenant holds: others, and perhaps the user itself, right or wrong."""
        chooser, wanted = drawing.chooser("start"), cls._options(drawing)
        users: list[dict[str, t.Any]] = [
            {
                "user_name": f"documents1@{domain}",
                "first_name": "Docu",
                "last_name": "Mentation",
                "vendor": "RocketCyber",
            },
            {"user_name": f"reader2@{domain}", "first_name": "Contract", "last_name": "Writer", "level": "Writer"},
        ]
        if wanted.get("integration_vendor") == "RocketCyber":
            # Another user of the vendor that is wanted would be taken for ours.
            users[0]["vendor"] = "ITG - Documentation Management"
        if wanted.get("integration_vendor") == "ITG - Documentation Management":
            users[0]["vendor"] = "RocketCyber"
        if chooser.random() < 0.5:
            users.append(
                {
                    "user_name": f"{cls.KEY}@{domain}",
                    "first_name": "Contract",
                    "last_name": chooser.choice(["Reader", "Old"]),
                    "email": chooser.choice(["alerts@msp.example", "old@msp.example"]),
                    "level": chooser.choice(["Reader", "Writer"]),
                    "secret": cls.OLD_SECRET,
                    "active": chooser.random() < 0.8,
                    "vendor": wanted.get("integration_vendor", ""),
                    "custom": wanted.get("internal_integration", ""),
                }
            )
        return {
            "levels": [{"name": "Reader"}, {"name": "Writer"}],
            "vendors": cls.VENDORS,
            "api_users": users,
            "custom_identifier": chooser.choice(["on_save", "on_select"]),
        }

    @property
    def must_stop(self) -> bool:
        concerned = {"secret": self._types_secret, "saving": self._needs_saving}
        return any(concerned.get(variation.dimension, True) for variation in self.variations if variation.stops)

    @property
    def _types_secret(self) -> bool:
        return not self.before or self.options["update_secret"] == "always"

    @property
    def _needs_saving(self) -> bool:
        return self._types_secret or bool(self.differences())

    def run(self, check: bool = False, again: bool = False) -> Result:
        # A secret that is always set is set again, too.
        options = {**self.options, **({"update_secret": "on_create"} if again else {})}
        if self._types_secret and not again:
            options["handover"] = {"path": str(self.sealed), "public_key": self.keys.public}
        return self.console.run("autotask_resource", check, **options)

    def differences(self) -> list[str]:
        """Where the stored user, or any other, is not what is wanted."""
        user = self._user()
        if user is None:
            return ["there is no such user"]
        wanted: dict[str, t.Any] = {
            **{name: self.options[name] for name in ("first_name", "last_name", "email", "active")},
            "level_id": self.tenant.level(self.options["security_level"]).id,
        }
        if "integration_vendor" in self.options:
            vendors = {vendor.label: vendor.id for vendor in self.tenant.vendors()}
            wanted |= {"tracking": "vendor", "vendor_id": vendors[self.options["integration_vendor"]]}
        else:
            wanted |= {"tracking": "custom", "tracking_name": self.options["internal_integration"]}
        if "location" in self.options:
            places = {place.name: place.id for place in self.tenant.locations()}
            wanted["location_id"] = places[self.options["location"]]
        found = [f"{name} is {getattr(user, name)}" for name, value in wanted.items() if getattr(user, name) != value]
        if not user.secret_is(self._secret):
            found.append("the secret is another")
        return found + (["another user was changed"] if self._others() != self.others else [])

    @property
    def _secret(self) -> str:
        """The secret that must work: Autotask's own, where the form took no other."""
        if self.sealed.exists():
            return open_sealed(self.sealed.read_text(encoding="utf-8"), self.keys.private).secret
        return self.NEW_SECRET if self._types_secret else self.OLD_SECRET

    def state(self) -> dict[str, t.Any]:
        return {resource.id: resource for resource in self.tenant.resources()}

    def change_by_hand(self) -> None:
        """Somebody gives the user another level."""
        user = self._user()
        assert user
        self.tenant.update_resource(user.id, level_id=self.tenant.level("Writer").id)

    def _user(self) -> Resource | None:
        name = f"{self.KEY}@{self.tenant.domain}".lower()
        return next((user for user in self.tenant.api_users() if user.user_name.lower() == name), None)

    def _others(self) -> dict[int, Resource]:
        user = self._user()
        return {number: resource for number, resource in self.state().items() if not user or number != user.id}


class ListedLevelCase(LevelCase):
    """The same in long lists; the editor is the simulator's usual one."""

    PAGE = "lists"

    @staticmethod
    def spec(drawing: Drawing, domain: str) -> dict[str, t.Any]:
        spec = LevelCase.spec(drawing, domain)
        others = [{"name": name} for name in ("Accounting", "Backup", "Reader of Reports", "Reader (old)", "Zebra")]
        return {**spec, "organization": "Organization", "levels": [*spec.get("levels", []), *others]}

    def differences(self) -> list[str]:
        names = sorted(self.console.custom_levels())
        if names != sorted(["Accounting", "Backup", "Reader of Reports", "Reader (old)", "Zebra", self.NAME]):
            return [f"levels: {', '.join(names)}"]
        return self.differing_settings()


class ListedUserCase(UserCase):
    """The same in long lists; the form is the simulator's usual one. Another user may have the same vendor."""

    PAGE = "lists"

    @classmethod
    def spec(cls, drawing: Drawing, domain: str) -> dict[str, t.Any]:
        spec, wanted = super().spec(drawing, domain), cls._options(drawing)
        if cls._is_another(drawing):
            spec["api_users"].append(
                {
                    "user_name": f"another1@{domain}",
                    "first_name": "Zoe",
                    "last_name": "Zimmer",
                    "level": "Reader",
                    "active": drawing.chooser("another is active").random() < 0.5,
                    "vendor": wanted.get("integration_vendor", ""),
                    "custom": wanted.get("internal_integration", ""),
                }
            )
        return {**spec, "people": 45}

    @staticmethod
    def _is_another(drawing: Drawing) -> bool:
        return drawing.chooser("another").random() < 0.3

    @property
    def must_stop(self) -> bool:
        return super().must_stop or (self._is_another(self.drawing) and not self.before)
