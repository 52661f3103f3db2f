#!/usr/bin/env python3
# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Keeps the credentials in Azure Key Vault instead of files, a secret for each tenant.

To use it, copy this file beside the inventory, make it executable, and say in the variables of the fleet:

    work365_integration_store: "{{ inventory_dir }}/store.py"
    work365_integration_store_options:
      vault_url: https://msp.vault.azure.net

and AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET of an application in the environment, or
AZURE_ACCESS_TOKEN. It needs to get, list and set secrets, and to set their tags. docs/credentials.md says what a store
is asked and answers.

Key Vault itself compares no versions. So each version names in a tag the one that it was made from, and of several that
were made from one and the same, the first counts; who wrote another learns that it conflicts. Deleted secrets would
block their name, so an archived one stays, with a tag that says so.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
import time
import typing as t
import urllib.error
import urllib.parse
import urllib.request

Answer = dict[str, t.Any]

OPTIONS = {"vault_url": None, "login_url": "https://login.microsoftonline.com"}
"""The addresses that it can be given, each with its default."""
APPLICATION = ("AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET")
API = "api-version=7.4"
MADE_FROM, ARCHIVED = "made-from", "archived"
MOMENT = 1.1
"""Seconds. Key Vault dates versions by the second, so that is how long another one may still get the same date."""


class Vault:
    """One secret, and its versions as a chain."""

    def __init__(self, tenant: str, vault_url: str, login_url: str) -> None:
        # Names have letters, digits and dashes only; the end keeps apart those that look alike then.
        plain = re.sub("[^0-9A-Za-z]+", "-", tenant)[:80]
        self._url = f"{vault_url}/secrets/work365-{plain}-{hashlib.sha256(tenant.encode()).hexdigest()[:8]}"
        self._login_url = login_url
        self._token = os.environ.get("AZURE_ACCESS_TOKEN") or self._log_in()

    def read(self) -> Answer:
        last = self._last()
        if last is None or ARCHIVED in _tags(last):
            return {"text": "", "version": ""}
        version = _version(last)
        _status, found = self._call("GET", f"{self._url}/{version}?{API}")
        return {"text": found["value"], "version": version}

    def write(self, text: str, version: str) -> Answer:
        last = self._last()
        if self._shown(last) != version:
            return {"conflict": True}
        base = _version(last) if last else ""
        _status, made = self._call("PUT", f"{self._url}?{API}", {"value": text, "tags": {MADE_FROM: base or "nothing"}})
        # Until then a version of the same second may still come up.
        time.sleep(MOMENT)
        return {"conflict": self._next(base, self._versions()) != _version(made)}

    def archive(self, version: str) -> Answer:
        last = self._last()
        if last is None or self._shown(last) != version:
            return {"conflict": True}
        self._call("PATCH", f"{self._url}/{version}?{API}", {"tags": {**_tags(last), ARCHIVED: "true"}})
        return {"place": f"{self._url}/{version}"}

    def _shown(self, last: Answer | None) -> str:
        return "" if last is None or ARCHIVED in _tags(last) else _version(last)

    def _last(self) -> Answer | None:
        """The version at the end of the chain."""
        versions, last, version = self._versions(), None, ""
        while following := self._next(version, versions):
            last, version = versions[following], following
        return last

    def _next(self, base: str, versions: t.Mapping[str, Answer]) -> str:
        """The first version that was made from this one."""
        made = [name for name, found in versions.items() if _tags(found).get(MADE_FROM) == (base or "nothing")]
        return min(made, key=lambda name: (versions[name]["attributes"]["created"], name), default="")

    def _versions(self) -> dict[str, Answer]:
        found: dict[str, Answer] = {}
        page: str | None = f"{self._url}/versions?{API}"
        while page:
            status, answer = self._call("GET", page, accepted=(200, 404))
            found |= {_version(one): one for one in answer.get("value", [])} if status == 200 else {}
            page = answer.get("nextLink")
        return found

    def _log_in(self) -> str:
        if missing := [name for name in APPLICATION if not os.environ.get(name)]:
            _stop(f"Neither AZURE_ACCESS_TOKEN nor {', '.join(missing)} is in the environment.")
        asked = {
            "grant_type": "client_credentials",
            "client_id": os.environ["AZURE_CLIENT_ID"],
            "client_secret": os.environ["AZURE_CLIENT_SECRET"],
            "scope": "https://vault.azure.net/.default",
        }
        url = f"{self._login_url}/{os.environ['AZURE_TENANT_ID']}/oauth2/v2.0/token"
        _status, answer = _answer(urllib.request.Request(url, urllib.parse.urlencode(asked).encode()), (200,))
        return str(answer["access_token"])

    def _call(
        self, method: str, url: str, body: Answer | None = None, accepted: tuple[int, ...] = (200,)
    ) -> tuple[int, Answer]:
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        return _answer(urllib.request.Request(url, data, headers, method=method), accepted)


def _answer(request: urllib.request.Request, accepted: tuple[int, ...]) -> tuple[int, Answer]:
    try:
        status, content = _content(request)
        answer = json.loads(content or b"{}") if status in accepted else {}
    except (OSError, ValueError) as error:
        _stop(f"{request.full_url} does not answer as Azure does: {error}")
    if status not in accepted:
        _stop(f"Azure answers {status} to {request.get_method()} {request.full_url}")
    return status, answer


def _content(request: urllib.request.Request) -> tuple[int, bytes]:
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            return response.status, response.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def _stop(why: str) -> t.NoReturn:
    """End with one sentence on standard error, which the run tells."""
    raise SystemExit(why)


def _checked(options: Answer) -> Answer:
    for name in options:
        if name not in OPTIONS:
            _stop(f"The store has no option {name}; its options are: {', '.join(OPTIONS)}.")
    addresses = OPTIONS | options
    for name, address in addresses.items():
        if not str(address).startswith(("https://", "http://")):
            _stop(f"The store needs the option {name}, which begins with https://.")
    return addresses


def _version(found: Answer) -> str:
    return str(found["id"]).rpartition("/")[2]


def _tags(found: Answer) -> dict[str, str]:
    return found.get("tags") or {}


def main() -> None:
    asked = json.load(sys.stdin)
    vault = Vault(asked["tenant"], **_checked(asked["options"]))
    if asked["operation"] == "read":
        answer = vault.read()
    elif asked["operation"] == "write":
        answer = vault.write(asked["text"], asked["version"])
    else:
        answer = vault.archive(asked["version"])
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
