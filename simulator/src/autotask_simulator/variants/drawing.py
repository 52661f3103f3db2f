# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the scripts get to know of a page: the same that its template would show."""

from __future__ import annotations

import typing as t
from collections.abc import Mapping

from flask import render_template

from ..settings_page import Control, Section
from . import choose, pages

Values = dict[str, t.Any]


def draws(template: str, options: Mapping[str, t.Any]) -> bool:
    """Whether this page of such a tenant is one of ours."""
    return bool(options["variant"]) and template in _MODELS and _MODELS[template][0] in pages(options["variant"])


def draw(template: str, options: Mapping[str, t.Any], model: Values, values: Values) -> str:
    """The page that is drawn by a script; *model* and *values* are what its template would get."""
    name, model_of = _MODELS[template]
    shown = {
        **model_of(model, values),
        "domain": options["domain"],
        "popup": options["editors"] == "popup",
        "chosen": choose(options["variant"]),
    }
    return render_template("variant.html", page=name, title=shown["title"], model=shown)


def _level(model: Values, values: Values) -> Values:
    level = values["level"]
    return {
        "title": values["title"],
        "id": model["id"],
        "source": model["source"],
        "readOnly": model["readOnly"],
        "name": level.name,
        "active": level.active,
        "licenseType": values["license_type"],
        "modules": level.modules,
        "holders": [(resource.full_name, resource.active) for resource in values["holders"]],
        "sections": [_section(section) for section in values["sections"] if section.groups],
        "controls": [
            _control(control, values["shown"](control), model["controls"][control.code])
            for section in values["sections"]
            for control in section.controls()
        ],
    }


def _section(section: Section) -> Values:
    groups = [
        {
            "title": group.title,
            "annotation": group.annotation,
            "text": group.text,
            "footnote": group.footnote,
            "head": group.head,
            "headings": group.headings,
            "lines": [
                {
                    "label": line.label,
                    "hint": line.hint,
                    "under": line.under,
                    "cells": [cell if isinstance(cell, str) else {"code": cell.code} for cell in line.cells],
                }
                for line in group.lines
            ],
        }
        for group in section.groups
    ]
    return {"key": section.key, "heading": section.heading, "groups": groups}


def _control(control: Control, shown: t.Any, behaviour: Values) -> Values:
    return {
        "code": control.code,
        "kind": control.kind,
        "words": control.words,
        "value": shown.chosen if control.kind == "list" else shown.value,
        "disabled": shown.disabled,
        **{name: behaviour[name] for name in ("empty", "full", "requires", "links", "locked")},
    }


def _api_user(model: Values, values: Values) -> Values:
    resource = values["resource"]
    return {
        "title": "Edit API User" if resource else "New API User",
        "user": {name: value for name, value in vars(resource).items() if name != "secret"} if resource else None,
        "levels": values["level_entries"],
        "locations": values["location_entries"],
        "vendors": values["vendor_entries"],
        "dates": values["date_entries"],
        "times": values["time_entries"],
        "numbers": values["number_entries"],
        **{name: model[name] for name in ("id", "generateKey", "generateSecret", "generateIdentifier")},
        "identifierOnSelect": model["identifierOnSelect"],
    }


def _levels(_model: Values, values: Values) -> Values:
    columns = ["Name", "License Type", "System", "Active"]
    return {"title": values["heading"], "which": "levels", "columns": columns}


def _resources(model: Values, values: Values) -> Values:
    return {
        "title": values["heading"],
        "which": "resources",
        "columns": ["Name", "Resource ID", "Default Department", "Security Level", "License Type", "Email Address"],
        "paid": model["newResource"],
        "newUser": model["newApiUser"],
    }


_MODELS: dict[str, tuple[str, t.Callable[[Values, Values], Values]]] = {
    "level.html": ("level", _level),
    "api_user.html": ("user", _api_user),
    "levels.html": ("lists", _levels),
    "resources.html": ("lists", _resources),
}
