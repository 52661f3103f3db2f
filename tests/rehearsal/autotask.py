# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Autotask's REST API as an integration uses it: the three credential parts, and the plain calls.

Knows nothing of the collection, so that the rehearsal proves the credentials and not our own client.
"""

from __future__ import annotations

import ipaddress
import typing as t
import urllib.parse

import requests

Record = dict[str, t.Any]


class Refused(Exception):
    """Autotask said no. *errors* are its own words."""

    def __init__(self, question: str, status: int, errors: list[str]) -> None:
        super().__init__(f"{question}: HTTP {status} {' '.join(errors)}".strip())
        self.status = status
        self.errors = errors

    @property
    def is_about_rights(self) -> bool:
        """The level does not allow the action at all."""
        return self.status == 401 or any("adequate permissions" in error for error in self.errors)

    @property
    def is_about_hidden_records(self) -> bool:
        """The action would be allowed, but Autotask treats a record that it hides as if it did not exist."""
        return any("No matching records" in error or "does not exist or is invalid" in error for error in self.errors)


class NotASimulator(Exception):
    """The rehearsal writes records that can never be deleted, so it stays on this machine."""


class Autotask:
    """One API user's view of one tenant."""

    def __init__(self, api_url: str, user_name: str, secret: str, integration_code: str) -> None:
        refuse_the_world(api_url)
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.headers.update({"UserName": user_name, "Secret": secret, "ApiIntegrationCode": integration_code})
        answer = requests.get(f"{api_url}V1.0/ZoneInformation", params={"user": user_name}, timeout=30)
        self.zone: Record = self._checked(answer)
        refuse_the_world(self.zone["url"])

    def get(self, path: str) -> Record:
        return self._ask("GET", path)

    def query(self, entity: str, **equal: t.Any) -> list[Record]:
        """Return the first page of rows whose fields have these values."""
        filters = [{"op": "eq", "field": field, "value": value} for field, value in equal.items()]
        everything = [{"op": "gte", "field": "id", "value": 0}]
        return t.cast(list[Record], self._ask("POST", f"{entity}/query", {"filter": filters or everything})["items"])

    def find(self, entity: str, number: int) -> Record:
        """Return one record, or what an integration sees of a record that is hidden from it."""
        return t.cast(Record, self.get(f"{entity}/{number}")["item"] or {})

    def pick_lists(self, entity: str) -> dict[str, dict[str, str]]:
        """Return the choices of each pick-list field: label to value."""
        fields = self.get(f"{entity}/entityInformation/fields")["fields"]
        return {
            field["name"]: {item["label"]: item["value"] for item in field["picklistValues"]}
            for field in fields
            if field["isPickList"]
        }

    def create(self, path: str, **values: t.Any) -> int:
        return int(self._ask("POST", path, values)["itemId"])

    def update(self, path: str, number: int, **values: t.Any) -> None:
        self._ask("PATCH", path, {"id": number, **values})

    def delete(self, path: str, number: int) -> None:
        self._ask("DELETE", f"{path}/{number}")

    def _ask(self, method: str, path: str, body: Record | None = None) -> Record:
        url = f"{self.zone['url']}V1.0/{path}"
        return self._checked(self._session.request(method, url, json=body, timeout=30, allow_redirects=False))

    def _checked(self, answer: requests.Response) -> Record:
        if answer.status_code != 200:
            question = f"{answer.request.method} {urllib.parse.urlsplit(answer.url).path.rpartition('/V1.0/')[2]}"
            raise Refused(question, answer.status_code, said_in(answer))
        return t.cast(Record, answer.json())


def said_in(answer: requests.Response) -> list[str]:
    try:
        body = answer.json()
    except ValueError:
        return []
    return [str(error) for error in body.get("errors") or [body.get("Message")] if error]


def refuse_the_world(url: str) -> None:
    host = urllib.parse.urlsplit(url).hostname or ""
    try:
        here = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        here = False
    if not here:
        raise NotASimulator(f"{host} is not this machine. The rehearsal writes, so it is for the simulator only.")
