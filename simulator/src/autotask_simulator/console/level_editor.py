# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The editor of a security level, and copying, the only way to make one."""

from __future__ import annotations

import itertools
import re
import typing as t
from dataclasses import dataclass, replace

from flask import jsonify, redirect, request
from flask.typing import ResponseReturnValue

from .. import faults
from ..faults import OTHER_ADMINISTRATOR
from ..records import Level, Settings
from ..settings_page import Control, Page, code_of, overlaid, page_for
from ..store import MAXIMUM_API_LEVELS
from .lists import LEVEL_ACTION, LICENSE_TYPES
from .session import console, log, page, payload, refuse, saves, store, tenant, user

GENERAL = {name: code_of("general_information", name) for name in ("name", "active")}
TOO_MANY_LEVELS = f"You cannot create more than {MAXIMUM_API_LEVELS} API-only security levels."


@dataclass(frozen=True)
class Shown:
    """A control as the page shows it: its value, and whether it can be changed."""

    control: Control
    value: t.Any
    disabled: bool

    @property
    def chosen(self) -> int:
        """The place of a drop-down's word in its list."""
        meanings = self.control.meanings
        return meanings.index(self.value) if self.value in meanings else len(meanings) - 1


def _address(level_id: int) -> str:
    return f"{LEVEL_ACTION}/EditSecurityLevel?securityLevelId={level_id}"


@console.get(f"{LEVEL_ACTION}/EditSecurityLevel")
def edit_level() -> ResponseReturnValue:
    level = tenant().level(request.args.get("securityLevelId", type=int) or 0)
    log("level_opened", level.name)
    if faults.strikes(tenant(), "concurrent_change"):
        _let_another_change(level)
    return _editor(level, "Edit Security Level", source=None)


def _let_another_change(level: Level) -> None:
    """Another administrator turns the page's last box over while this one looks at the old value."""
    boxes = [
        control for control in page_for(tenant().options, level.api_only).controls.values() if control.kind == "box"
    ]
    settings = overlaid(level.settings, {})
    boxes[-1].write(settings, not boxes[-1].read(level.settings))
    tenant().update_level(level.id, settings=settings)
    changed = _changes(page_for(tenant().options, level.api_only), level.settings, settings)
    tenant().log("level_saved", level.name, actor=OTHER_ADMINISTRATOR, changed=changed)


@console.get(f"{LEVEL_ACTION}/CopySecurityLevel")
def copy_level() -> ResponseReturnValue:
    """Copy a level: it is stored now, or when it is saved, as the tenant's option says."""
    with store().transaction():
        return _copy()


def _copy() -> ResponseReturnValue:
    source = tenant().level(request.args.get("securityLevelId", type=int) or 0)
    if not source.copyable:
        return page("message.html", message="This security level cannot be copied.")
    if source.api_only and tenant().api_level_room() < 1:
        return page("message.html", message=TOO_MANY_LEVELS)
    draft = replace(
        source,
        id=0,
        name=_copy_name(source),
        system=False,
        active=False,
        copyable=True,
        settings=_without_internal_cost(source),
    )
    log("level_copied", source.name, copy=draft.name, stored=tenant().options["copy_stored"] == "at_once")
    if tenant().options["copy_stored"] == "on_save":
        return _editor(draft, "Copy Security Level", source=source.id)
    values = {name: value for name, value in vars(draft).items() if name != "id"}
    return redirect(_address(tenant().add_level(**values).id))


def _copy_name(source: Level) -> str:
    taken = {level.name for level in tenant().levels()}
    names = (f"Copy ({number}) of {source.name}" for number in itertools.count(1))
    return next(name for name in names if name not in taken)


def _without_internal_cost(source: Level) -> Settings:
    """Internal cost can be granted only by somebody who has it, also by copying (online help, Other settings)."""
    settings = overlaid(source.settings, {})
    if not user().internal_cost:
        for control in page_for(tenant().options, source.api_only).controls.values():
            if control.internal_cost:
                control.write(settings, False)
    return settings


def _editor(level: Level, title: str, source: int | None) -> ResponseReturnValue:
    options = tenant().options
    form = page_for(options, level.api_only)
    by_key = {control.key: control for control in form.controls.values()}
    controls = {
        code: {
            "kind": control.kind,
            "empty": control.words.index(control.words[-1]) if control.kind == "list" else control.empty,
            "full": 0 if control.kind == "list" else control.full,
            "requires": by_key[control.requires].code if control.requires in by_key else None,
            "links": not control.unranked and not control.skipped_by_links,
            "locked": _locked(level, control),
        }
        for code, control in form.controls.items()
    }
    return page(
        "level.html",
        level=level,
        codes=GENERAL,
        title=title,
        sections=form.sections,
        shown=lambda control: Shown(control, control.read(level.settings), level.system or _locked(level, control)),
        number=_shown_number,
        license_type=LICENSE_TYPES[level.license_type],
        holders=tenant().users_of_level(level.id) if level.id else [],
        model={
            "save": f"{LEVEL_ACTION}/SaveSecurityLevel",
            "id": level.id,
            "source": source,
            "readOnly": level.system,
            "general": GENERAL,
            "controls": controls,
            "sections": {section.key: [control.code for control in section.controls()] for section in form.sections},
            "toggle": options["section_toggle"],
            "saveWaits": options["level_form"]["save_waits"],
        },
    )


def _locked(level: Level, control: Control) -> bool:
    """Boxes that this administrator, or nobody any more, may tick."""
    off = not control.read(level.settings)
    gone = control.one_way and off and not level.system and bool(level.id)
    return gone or (control.internal_cost and off and not user().internal_cost)


@console.post(f"{LEVEL_ACTION}/SaveSecurityLevel")
@saves
def save_level() -> ResponseReturnValue:
    form = payload()
    source = tenant().level(form["source"] or form["id"])
    if form["id"] and source.system:
        return refuse("System security levels cannot be changed.")
    name = form["name"].strip()
    errors = {} if name else {GENERAL["name"]: "Required"}
    fields = page_for(tenant().options, source.api_only)
    settings = _posted(fields, source, form["values"], errors)
    if errors:
        return jsonify(ok=False, errors=errors)
    if form["source"]:
        return _store_copy(source, name, form["active"], settings)
    changed = _changes(fields, source.settings, settings)
    if source.name != name:
        changed["name"] = [source.name, name]
    if source.active != form["active"]:
        changed["active"] = [source.active, form["active"]]
    tenant().update_level(source.id, name=name, active=form["active"], settings=settings)
    log("level_saved", name, changed=changed)
    return jsonify(ok=True, location=_address(source.id))


def _store_copy(source: Level, name: str, active: bool, settings: Settings) -> ResponseReturnValue:
    if source.api_only and tenant().api_level_room() < 1:
        return refuse(TOO_MANY_LEVELS)
    fields = page_for(tenant().options, source.api_only)
    level = tenant().add_level(
        name=name,
        system=False,
        api_only=source.api_only,
        active=active,
        copyable=True,
        license_type=source.license_type,
        modules=source.modules,
        settings=settings,
    )
    log("level_saved", name, created=True, changed=_changes(fields, source.settings, settings))
    return jsonify(ok=True, location=_address(level.id))


def _posted(fields: Page, level: Level, values: dict[str, t.Any], errors: dict[str, str]) -> Settings:
    """What the form says, as settings; what is wrong with it goes to *errors*."""
    settings = overlaid(level.settings, {})
    for code, control in fields.controls.items():
        value = values[code]
        if control.kind == "list":
            value = control.meanings[int(value)]
        elif control.kind == "number":
            value = _number(value, errors, code)
        elif control.internal_cost and value and not control.read(level.settings) and not user().internal_cost:
            value = False
        control.write(settings, value)
    settings = fields.settled(settings)
    by_key = {control.key: control for control in fields.controls.values()}
    for code, control in fields.controls.items():
        needed = control.requires in by_key and control.kind == "number" and by_key[control.requires].read(settings)
        if needed and code not in errors and not control.read(settings):
            errors[code] = "Required"
        elif not needed:
            errors.pop(code, None)
    return settings


def _shown_number(value: int | None) -> str:
    return "" if value is None else f"{value:.{tenant().options['level_form']['decimals']}f}"


def _number(value: t.Any, errors: dict[str, str], code: str) -> int | None:
    text = str(value if value is not None else "").strip()
    if not text:
        return None
    # Those boxes are made for decimals.
    if not re.fullmatch(r"[0-9]+(\.0*)?", text) or float(text) < 1:
        errors[code] = "The value must be greater than 0."
        return None
    return int(float(text))


def _changes(fields: Page, before: Settings, after: Settings) -> dict[str, list[t.Any]]:
    changed = {}
    for control in fields.controls.values():
        old, new = control.read(before), control.read(after)
        if old != new:
            name = ".".join(part for part in (control.section, control.key, control.column) if part)
            changed[name] = [old, new]
    return changed
