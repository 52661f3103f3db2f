# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The two lists of Admin, Security Levels and Resources, and what their row menus do."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from flask import jsonify, render_template, request
from flask.typing import ResponseReturnValue

from .. import faults
from ..faults import page_name
from ..records import Level, Resource
from ..seed import DEPARTMENTS
from .language import word
from .session import console, log, page, payload, refuse, saves, tenant

LEVELS = "/Mvc/AdministrationSetup/SecurityLevel.mvc/SecurityLevelList"
LEVEL_ACTION = "/Mvc/AdministrationSetup/SecurityLevel.mvc"
RESOURCES = "/Mvc/AdministrationSetup/Resource.mvc/ResourceList"
RESOURCE_ACTION = "/Mvc/AdministrationSetup/Resource.mvc"
NEW_RESOURCE = "/Autotask/Views/Administration/Resources/resource.aspx"
NEW_API_USER = "/Mvc/AdministrationSetup/ApiUser.mvc/NewApiUser"
EDIT_API_USER = "/Mvc/AdministrationSetup/ApiUser.mvc/EditApiUser"


@dataclass(frozen=True)
class Column:
    heading: str
    kind: str = "text"  # or check
    width: str = ""


@dataclass(frozen=True)
class MenuItem:
    """An entry of a row menu: opens a window, or calls the server after an optional question."""

    label: str
    opens: str = ""
    calls: str = ""
    question: str = ""
    disabled: bool = False


@dataclass(frozen=True)
class Row:
    key: int
    cells: list[str | bool]
    menu: list[MenuItem]
    double_click: str


@dataclass(frozen=True)
class Listing:
    """One page of a list."""

    columns: list[Column]
    rows: list[Row]
    total: int = 0
    start: int = 0
    letters: bool = False
    """Whether rows are grouped by the first letter of what they begin with."""

    @property
    def end(self) -> int:
        return self.start + len(self.rows)


def _model(rows: str, **more: t.Any) -> dict[str, t.Any]:
    """What the script of a list is told."""
    options = tenant().options
    return {"rows": rows, "list": {**options["lists"], "rows": options["page_rows"]}, **more}


def _rows(columns: list[Column], found: list[Row], letters: bool = False) -> ResponseReturnValue:
    """The body of a list, one page of what was found; the document asks for it after it has been drawn."""
    start = request.args.get("start", 0, type=int)
    count = request.args.get("count", tenant().options["page_rows"], type=int)
    listing = Listing(columns, found[start : start + count], len(found), start, letters)
    log("rows", page_name(), count=len(listing.rows))
    if faults.strikes(tenant(), "list_not_loaded"):
        listing = Listing(columns, [])
    options = tenant().options
    menus = {row.key: [{**vars(item), "label": word(item.label, options)} for item in row.menu] for row in listing.rows}
    html = render_template("grid_rows.html", listing=listing, options=options)
    return jsonify(html=html, menus=menus, start=listing.start, end=listing.end, total=listing.total)


# -- security levels

LEVEL_COLUMNS = [
    Column("Name", width="50%"),
    Column("License Type"),
    Column("System", "check"),
    Column("Active", "check"),
]

LICENSE_TYPES = {
    1: "Administrator",
    2: "Executive",
    3: "Professional",
    4: "Team Member",
    5: "Time & Attendance Only",
    6: "Dashboard User",
    7: "API User",
    8: "Contractor",
    9: "Co-Managed Help Desk",
}


@console.get(LEVELS)
def security_levels() -> ResponseReturnValue:
    return page(
        "levels.html",
        columns=LEVEL_COLUMNS,
        heading="Security Levels",
        model=_model(f"{LEVELS}Rows"),
    )


@console.get(f"{LEVELS}Rows")
def security_level_rows() -> ResponseReturnValue:
    levels = sorted(tenant().levels(), key=lambda level: level.listed_name.lower())
    rows = [
        Row(
            key=level.id,
            cells=[level.listed_name, LICENSE_TYPES[level.license_type], level.system, level.active],
            menu=_level_menu(level),
            double_click=f"{LEVEL_ACTION}/EditSecurityLevel?securityLevelId={level.id}",
        )
        for level in levels
    ]
    return _rows(LEVEL_COLUMNS, rows)


def _level_menu(level: Level) -> list[MenuItem]:
    query = f"?securityLevelId={level.id}"
    return [
        MenuItem("Edit", opens=f"{LEVEL_ACTION}/EditSecurityLevel{query}"),
        MenuItem(
            tenant().options["copy_label"],
            opens=f"{LEVEL_ACTION}/CopySecurityLevel{query}",
            disabled=not level.copyable,
        ),
        MenuItem("Activate", calls=f"{LEVEL_ACTION}/Activate"),
        MenuItem(
            "Inactivate",
            calls=f"{LEVEL_ACTION}/Inactivate",
            question=f"Are you sure you want to inactivate {level.name}?",
        ),
        MenuItem(
            "Delete",
            calls=f"{LEVEL_ACTION}/Delete",
            question=f"Are you sure you want to delete {level.name}? This cannot be undone.",
        ),
    ]


@console.post(f"{LEVEL_ACTION}/Activate")
@saves
def activate_level() -> ResponseReturnValue:
    level = tenant().level(payload()["key"])
    if level.active:
        return refuse("This security level is already active.")
    tenant().update_level(level.id, active=True)
    log("level_activated", level.name)
    return jsonify(ok=True)


@console.post(f"{LEVEL_ACTION}/Inactivate")
@saves
def inactivate_level() -> ResponseReturnValue:
    level = tenant().level(payload()["key"])
    if not level.active:
        return refuse("This security level is already inactive.")
    if level.system and level.api_only:
        return refuse("This security level cannot be inactivated.")
    tenant().update_level(level.id, active=False)
    log("level_inactivated", level.name)
    return jsonify(ok=True)


@console.post(f"{LEVEL_ACTION}/Delete")
@saves
def delete_level() -> ResponseReturnValue:
    level = tenant().level(payload()["key"])
    if level.system:
        return refuse("System security levels cannot be deleted.")
    if tenant().users_of_level(level.id):
        return refuse("This security level cannot be deleted because it is assigned to one or more resources.")
    tenant().delete_level(level.id)
    log("level_deleted", level.name)
    return jsonify(ok=True)


# -- resources

RESOURCE_COLUMNS = [
    Column("Name", width="28%"),
    Column("Resource ID"),
    Column("Default Department"),
    Column("Security Level"),
    Column("License Type"),
    Column("Active", "check"),
]


def _resource_columns() -> list[Column]:
    shown = tenant().options["lists"]["license_type"]
    return [column for column in RESOURCE_COLUMNS if shown or column.heading != "License Type"]


@console.get(RESOURCES)
def resources() -> ResponseReturnValue:
    offered = {
        "Default Department": DEPARTMENTS,
        "Security Level": sorted(level.name for level in tenant().levels()),
        "License Type": sorted(LICENSE_TYPES.values()),
    }
    return page(
        "resources.html",
        columns=_resource_columns(),
        offered=offered if tenant().options["lists"]["filters"] == "lists" else {},
        counts=_counts(),
        heading="Resources",
        model=_model(f"{RESOURCES}Rows", newResource=NEW_RESOURCE, newApiUser=NEW_API_USER),
    )


def _counts() -> dict[str, int]:
    """How many resources there are in each state, as a list of states says."""
    active = [resource.active for resource in tenant().resources()]
    return {"Active": active.count(True), "Inactive": active.count(False), "All": len(active)}


@console.get(f"{RESOURCES}Rows")
def resource_rows() -> ResponseReturnValue:
    columns = _resource_columns()
    filters = {key.partition(":")[2]: text.lower() for key, text in request.args.items() if key.startswith("filter:")}
    state = request.args.get("state")
    names = {level.id: level.name for level in tenant().levels()}
    found = []
    for resource in tenant().resources():
        cells: dict[str, str | bool] = {
            "Name": resource.listed_name,
            "Resource ID": str(resource.id),
            "Default Department": resource.department,
            "Security Level": names.get(resource.level_id, ""),
            "License Type": LICENSE_TYPES[resource.license_type],
            "Active": resource.active,
        }
        shown = state == "All" or resource.active == (state != "Inactive")
        if shown and all(text in str(cells[heading]).lower() for heading, text in filters.items()):
            shows = [cells[column.heading] for column in columns]
            found.append(Row(resource.id, shows, _resource_menu(resource), _edit_address(resource)))
    return _rows(columns, found, letters=tenant().options["lists"]["letters"])


def _edit_address(resource: Resource) -> str:
    return f"{EDIT_API_USER if resource.is_api_user else NEW_RESOURCE}?resourceId={resource.id}"


def _resource_menu(resource: Resource) -> list[MenuItem]:
    menu = [MenuItem("Edit Resource", opens=_edit_address(resource))]
    if not resource.is_api_user:
        menu.append(MenuItem("Copy Resource", opens=NEW_RESOURCE))
    if resource.active:
        question = "Are you sure you want to inactivate the selected resource?"
        menu.append(MenuItem("Inactivate Resource", calls=f"{RESOURCE_ACTION}/Inactivate", question=question))
    else:
        menu.append(MenuItem("Activate Resource", calls=f"{RESOURCE_ACTION}/Activate"))
    return menu


@console.post(f"{RESOURCE_ACTION}/<any(Activate, Inactivate):action>")
@saves
def set_resource_active(action: str) -> ResponseReturnValue:
    resource = tenant().resource(payload()["key"])
    tenant().update_resource(resource.id, active=action == "Activate")
    log(f"resource_{action.lower()}d", resource.user_name)
    return jsonify(ok=True)


# -- the page of an ordinary resource, which costs a licence


@console.get(NEW_RESOURCE)
def resource_form() -> ResponseReturnValue:
    known = request.args.get("resourceId", type=int)
    resource = tenant().resource(known) if known else None
    levels = [level for level in tenant().levels() if level.active and not level.api_only]
    return page("resource_aspx.html", resource=resource, levels=levels)


@console.post(NEW_RESOURCE)
@saves
def save_resource() -> ResponseReturnValue:
    form: dict[str, t.Any] = payload()
    if not all(form[name].strip() for name in ("first_name", "last_name", "email", "user_name")):
        return refuse("Please fill in all required fields.")
    if tenant().user_name_taken(form["user_name"]):
        return refuse("The user name is already in use.")
    level = tenant().level(int(form.pop("level_id")))
    resource = tenant().add_resource(**form, level_id=level.id, license_type=level.license_type, location_id=1)
    log("resource_created", resource.user_name)
    return jsonify(ok=True)
