# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The user's own record, where its security level lets it be read."""

from __future__ import annotations

import typing as t

from ansible_collections.msp.autotask.plugins.module_utils._rest.client import Client, dicts_in
from ansible_collections.msp.autotask.plugins.module_utils._rest.errors import RestError

FIELDS = ("userName", "firstName", "lastName", "email", "isActive", "licenseType", "userType")


def own_record(client: Client) -> dict[str, t.Any] | None:
    """Return the calling user's licence type, level and so on, or None when it cannot read or find itself."""
    try:
        row = own_row(client)
        if row is None:
            return None
        labels = pick_lists(client.get("Resources/entityInformation/fields"))
    except RestError as error:
        if error.about_one_question:
            return None
        raise
    return {
        "id": row.get("id"),
        "user_name": row.get("userName"),
        "first_name": row.get("firstName"),
        "last_name": row.get("lastName"),
        "email": row.get("email"),
        "active": row.get("isActive"),
        "license_type": label(labels, "licensetype", row.get("licenseType")),
        "security_level": label(labels, "usertype", row.get("userType")),
        "security_level_id": row.get("userType"),
    }


def own_row(client: Client) -> dict[str, t.Any] | None:
    """Return the row of the user that asks.

    Assumed: userName holds the login name, with or without the part after the @, as nothing published shows an API
    user's row. Which of the rows it is, we see for ourselves.
    """
    login = client.user_name.lower()
    names = [client.user_name, client.user_name.partition("@")[0]]
    either = [{"op": "eq", "field": "userName", "value": name} for name in dict.fromkeys(names)]
    rows = list(client.query("Resources", [{"op": "or", "items": either}], FIELDS))
    for name in (login, login.partition("@")[0]):
        for row in rows:
            if str(row.get("userName")).lower() == name:
                return row
    return None


def pick_lists(answer: dict[str, t.Any]) -> dict[str, dict[str, str]]:
    """Return the labels of each pick-list field: field to value to label."""
    return {
        str(field.get("name")).lower(): {
            str(item.get("value")): str(item.get("label")) for item in dicts_in(field.get("picklistValues"))
        }
        for field in dicts_in(answer.get("fields"))
    }


def label(labels: dict[str, dict[str, str]], field: str, value: t.Any) -> str | None:
    return labels.get(field, {}).get(str(value))
