# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The rows of the lists of Admin, for the scripts that draw them."""

from __future__ import annotations

import typing as t

from ..console import lists
from ..records import Level, Resource
from ..store import Tenant

Row = dict[str, t.Any]


def of_levels(tenant: Tenant) -> list[Row]:
    return [_level(tenant, level) for level in sorted(tenant.levels(), key=lambda level: level.listed_name.lower())]


def _level(tenant: Tenant, level: Level) -> Row:
    actions = lists.LEVEL_ACTION
    query = f"?securityLevelId={level.id}"
    license_type = lists.LICENSE_TYPES[level.license_type]
    return {
        "key": level.id,
        "name": level.listed_name,
        "license": license_type,
        "active": level.active,
        "cells": {
            "Name": level.listed_name,
            "License Type": license_type,
            "System": level.system,
            "Active": level.active,
        },
        "opens": f"{actions}/EditSecurityLevel{query}",
        "menu": [
            {"label": "Edit", "opens": f"{actions}/EditSecurityLevel{query}"},
            {
                "label": tenant.options["copy_label"],
                "opens": f"{actions}/CopySecurityLevel{query}",
                "disabled": not level.copyable,
            },
            {"label": "Activate", "calls": f"{actions}/Activate"},
            {"label": "Inactivate", "calls": f"{actions}/Inactivate", "question": f"Inactivate {level.name}?"},
            {"label": "Delete", "calls": f"{actions}/Delete", "question": f"Delete {level.name}?"},
        ],
    }


def of_resources(tenant: Tenant) -> list[Row]:
    names = {level.id: level.name for level in tenant.levels()}
    return [_resource(resource, names.get(resource.level_id, "")) for resource in tenant.resources()]


def _resource(resource: Resource, level: str) -> Row:
    license_type = lists.LICENSE_TYPES[resource.license_type]
    page = lists.EDIT_API_USER if resource.is_api_user else lists.NEW_RESOURCE
    opens = f"{page}?resourceId={resource.id}"
    other = "Inactivate" if resource.active else "Activate"
    return {
        "key": resource.id,
        "name": resource.listed_name,
        "license": license_type,
        "active": resource.active,
        "cells": {
            "Name": resource.listed_name,
            "Resource ID": str(resource.id),
            "Default Department": resource.department,
            "Security Level": level,
            "License Type": license_type,
            "Email Address": resource.email,
        },
        "opens": opens,
        "menu": [
            {"label": "Edit Resource", "opens": opens},
            *([] if resource.is_api_user else [{"label": "Copy Resource", "opens": lists.NEW_RESOURCE}]),
            {
                "label": f"{other} Resource",
                "calls": f"{lists.RESOURCE_ACTION}/{other}",
                "question": f"{other} the selected resource?",
            },
        ],
    }
