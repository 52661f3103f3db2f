# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The values that pick-list fields take in a tenant: ``data/picklists.yml``, the tenant's own options and records."""

from __future__ import annotations

import functools
import typing as t

import yaml

from ..store import Tenant
from .entities import ATTACHMENTS, DATA, by_singular
from .fields import Field, known_fields
from .options import RestOptions


class Choice(t.NamedTuple):
    label: str
    parent: str = ""
    """The value of the other pick-list that this one belongs to."""


Choices = dict[str, Choice]


class Picklist(t.NamedTuple):
    choices: Choices
    parent_field: str = ""


@functools.cache
def _usual() -> dict[str, dict[str, t.Any]]:
    return t.cast("dict[str, dict[str, t.Any]]", yaml.safe_load((DATA / "picklists.yml").read_text(encoding="utf-8")))


def picklist(tenant: Tenant, options: RestOptions, entity: str, field: Field) -> Picklist | None:
    """None where nothing is known of the values: then every value is taken (assumed).

    Security levels (by name, without the suffix "(API-only)") and locations are the tenant's own.
    """
    if entity == "Resources" and field.name == "userType":
        return _picklist({level.id: level.name for level in sorted(tenant.levels(), key=lambda level: level.id)})
    if entity == "Resources" and field.name == "locationID":
        return _picklist({location.id: location.name for location in tenant.locations()})
    if field.name in ("fieldID", "udfFieldID"):
        return _fields_of_webhooks(options, entity, field)
    family = ATTACHMENTS if entity.endswith("Attachments") else entity
    for lists in (options.picklists, _usual()):
        if field.name in lists.get(family, {}):
            return _picklist(lists[family][field.name])
    return None


def _fields_of_webhooks(options: RestOptions, entity: str, field: Field) -> Picklist:
    """Which fields webhooks can tell of: those of their entity (live); their numbers are assumed."""
    told_of = by_singular()[entity.split("Webhook")[0]].name
    own = [each.name for each in known_fields(told_of).values() if each.name != "id"]
    names = options.user_defined_fields.get(told_of, ()) if field.name == "udfFieldID" else own
    return _picklist(dict(enumerate(names, start=1)))


def _picklist(values: t.Any) -> Picklist:
    """Values and labels, values alone, or ``{of: FIELD, values: {VALUE OF FIELD: {value: label}}}``."""
    if isinstance(values, list):
        return Picklist({str(value): Choice(str(value)) for value in values})
    if "of" not in values:
        return Picklist({str(value): Choice(str(label)) for value, label in values.items()})
    nested = values["values"].items()
    choices = {str(value): Choice(str(label), str(parent)) for parent, own in nested for value, label in own.items()}
    return Picklist(choices, values["of"])
