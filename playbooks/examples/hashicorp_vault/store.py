#!/usr/bin/env python3
# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Keeps the credentials in HashiCorp Vault (secrets engine KV, version 2) instead of files.

To use it, copy this file beside the inventory, make it executable, and say in the variables of the fleet:

    work365_integration_store: "{{ inventory_dir }}/store.py"
    work365_integration_store_options:
      address: https://vault.msp.example:8200
      mount: secret

and VAULT_TOKEN in the environment. What is stored is the Ansible Vault text, so Vault's own readers need the password
as well. docs/credentials.md says what a store is asked and answers.
"""

from __future__ import annotations

import json
import os
import sys
import typing as t
import urllib.error
import urllib.parse
import urllib.request

Answer = dict[str, t.Any]

OPTIONS = ("address", "mount", "folder")
CONFLICT = "check-and-set parameter did not match"
"""What Vault says where another run was quicker. Anything else that it refuses is a failure."""


class Vault:
    """One secret of the KV engine."""

    def __init__(self, tenant: str, address: str, mount: str = "secret", folder: str = "work365") -> None:
        self._token = os.environ.get("VAULT_TOKEN") or _stop("VAULT_TOKEN is not in the environment.")
        self._url = f"{address}/v1/{mount}/data/{folder}/{urllib.parse.quote(tenant, safe='')}"

    def read(self) -> Answer:
        text, last = self._kept()
        return {"text": text, "version": str(last) if text else ""}

    def write(self, text: str, version: str) -> Answer:
        """Vault itself compares the version; after a deletion the next one counts on from it."""
        kept, last = self._kept()
        if (str(last) if kept else "") != version:
            return {"conflict": True}
        body = {"data": {"sealed": text}, "options": {"cas": last}}
        status, answer = self._call("POST", body, accepted=(200, 204, 400))
        if status == 400 and CONFLICT not in _errors(answer):
            _stop(f"Vault answers 400 to POST {self._url}: {_errors(answer)}")
        return {"conflict": status == 400}

    def archive(self, version: str) -> Answer:
        """Deleted versions are kept until they are destroyed; "vault kv undelete" brings them back."""
        if self.read()["version"] != version:
            return {"conflict": True}
        self._call("DELETE", accepted=(200, 204))
        return {"place": f"{self._url}?version={version}"}

    def _kept(self) -> tuple[str, int]:
        """What is there, nothing if it was deleted, and the number of the last version, 0 if there was none."""
        _status, answer = self._call("GET", accepted=(200, 404))
        found = answer.get("data") or {}
        return (found.get("data") or {}).get("sealed", ""), int((found.get("metadata") or {}).get("version") or 0)

    def _call(self, method: str, body: Answer | None = None, accepted: tuple[int, ...] = (200,)) -> tuple[int, Answer]:
        headers = {"X-Vault-Token": self._token, "Content-Type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        try:
            request = urllib.request.Request(self._url, data, headers, method=method)
            status, content = _answer(request)
            answer = json.loads(content or b"{}")
        except (OSError, ValueError) as error:
            _stop(f"{self._url} does not answer as Vault does: {error}")
        # A secret that is not there, or is deleted, comes without errors; a mount that is not there with one.
        if status not in accepted or (status == 404 and _errors(answer)):
            _stop(f"Vault answers {status} to {method} {self._url}: {_errors(answer)}")
        return status, answer


def _answer(request: urllib.request.Request) -> tuple[int, bytes]:
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            return response.status, response.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def _errors(answer: Answer) -> str:
    return "; ".join(map(str, answer.get("errors") or []))


def _stop(why: str) -> t.NoReturn:
    """End with one sentence on standard error, which the run tells."""
    raise SystemExit(why)


def _checked(options: Answer) -> Answer:
    for name in options:
        if name not in OPTIONS:
            _stop(f"The store has no option {name}; its options are: {', '.join(OPTIONS)}.")
    if not str(options.get(OPTIONS[0])).startswith(("https://", "http://")):
        _stop(f"The store needs the option {OPTIONS[0]}, which begins with https://.")
    return options


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
