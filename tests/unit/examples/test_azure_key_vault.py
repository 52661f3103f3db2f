# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The example of a store in Azure Key Vault, against a stand-in of its REST API."""

from __future__ import annotations

import http.server
import json
import subprocess
import sys
import threading
import typing as t
from pathlib import Path

import pytest

STORE = Path(__file__).parents[3] / "playbooks" / "examples" / "azure_key_vault" / "store.py"
SECRET, TOKEN = "CANARY-CLIENT-SECRET", "CANARY-TOKEN"
PAGE = 2
"""Versions on a page; Key Vault has 25."""


class KeyVault(http.server.BaseHTTPRequestHandler):
    """Logs an application in, and gets, lists, sets and tags versions of secrets. All are made in the same second."""

    versions: t.ClassVar[list[dict[str, t.Any]]]
    before_a_write: t.ClassVar[list[dict[str, t.Any]]]
    """What somebody else writes just before the next one."""

    @property
    def _base(self) -> str:
        return f"http://{self.headers['Host']}"

    def _answer(self, status: int, content: t.Any) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _body(self) -> bytes:
        return self.rfile.read(int(self.headers["Content-Length"] or 0))

    def _name(self) -> str:
        """The name of the secret and what follows it; a failure where the caller may not."""
        return self.path.partition("?")[0].removeprefix("/secrets/")

    def _allowed(self) -> bool:
        if self.headers["Authorization"] == f"Bearer {TOKEN}" and "api-version=" in self.path:
            return True
        self._answer(401, {"error": {"code": "Unauthorized"}})
        return False

    def do_POST(self) -> None:
        wrong = SECRET.encode() not in self._body() or self.path != "/tenant/oauth2/v2.0/token"
        self._answer(401 if wrong else 200, {} if wrong else {"access_token": TOKEN})

    def do_GET(self) -> None:
        if not self._allowed():
            return
        name, _slash, version = self._name().partition("/")
        if version != "versions":
            (found,) = [one for one in self.versions if one["id"].endswith(f"/{name}/{version}")]
            self._answer(200, found)
            return
        start = int(self.path.partition("skip=")[2] or 0)
        listed = [{key: one[key] for key in ("id", "attributes", "tags")} for one in self.versions]
        more = f"{self._base}/secrets/{name}/versions?api-version=7.4&skip={start + PAGE}"
        self._answer(200, {"value": listed[start : start + PAGE], "nextLink": more if listed[start + PAGE :] else None})

    def do_PUT(self) -> None:
        body = json.loads(self._body())
        if not self._allowed():
            return
        name = self._name()
        for other in [*self.before_a_write, body]:
            version = other.get("version") or f"{len(self.versions) + 1:032x}"
            made = {"id": f"{self._base}/secrets/{name}/{version}", "attributes": {"created": 1, "enabled": True}}
            self.versions.append({**made, "value": other["value"], "tags": other["tags"]})
        self.before_a_write.clear()
        self._answer(200, self.versions[-1])

    def do_PATCH(self) -> None:
        body = json.loads(self._body())
        if self._allowed():
            (found,) = [one for one in self.versions if one["id"].endswith(f"/{self._name()}")]
            found |= body
            self._answer(200, found)

    def log_message(self, *_: t.Any) -> None:
        pass


class Asker:
    """Asks the program as the action plugin does."""

    def __init__(self, url: str) -> None:
        self.url = url

    def run(
        self, operation: str, secret: str = SECRET, options: t.Mapping[str, str] | None = None, **asked: str
    ) -> subprocess.CompletedProcess[str]:
        options = {"vault_url": self.url, "login_url": self.url} if options is None else options
        return subprocess.run(
            [sys.executable, str(STORE)],
            input=json.dumps({"operation": operation, "tenant": "alder.example", "options": options, **asked}),
            env={"AZURE_TENANT_ID": "tenant", "AZURE_CLIENT_ID": "client", "AZURE_CLIENT_SECRET": secret},
            capture_output=True,
            text=True,
            check=False,
        )

    def __call__(self, operation: str, **asked: str) -> dict[str, t.Any]:
        ran = self.run(operation, **asked)
        assert ran.returncode == 0, ran.stderr
        return t.cast("dict[str, t.Any]", json.loads(ran.stdout))


@pytest.fixture
def ask() -> t.Iterator[Asker]:
    KeyVault.versions, KeyVault.before_a_write = [], []
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), KeyVault)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield Asker(f"http://127.0.0.1:{server.server_port}")
    server.shutdown()
    thread.join()
    server.server_close()


def test_from_nothing_to_the_archive_and_back(ask: Asker) -> None:
    assert ask("read") == {"text": "", "version": ""}
    assert ask("write", text="one", version="") == {"conflict": False}
    first = ask("read")
    assert first["text"] == "one" and first["version"]
    assert ask("write", text="lost", version="") == {"conflict": True}
    assert ask("write", text="two", version=first["version"]) == {"conflict": False}
    second = ask("read")
    assert ask("archive", version=first["version"]) == {"conflict": True}
    assert ask("archive", version=second["version"])["place"].endswith(second["version"])
    assert ask("read") == {"text": "", "version": ""}
    assert ask("write", text="three", version="") == {"conflict": False}
    assert ask("read")["text"] == "three"
    # Names have letters, digits and dashes only.
    assert {one["id"].split("/")[4] for one in KeyVault.versions} == {"work365-alder-example-408c0b59"}


@pytest.mark.parametrize(("version", "wins"), [("0", False), ("f", True)])
def test_of_two_that_write_at_once_one_wins(ask: Asker, version: str, wins: bool) -> None:
    KeyVault.before_a_write.append({"value": "another", "tags": {"made-from": "nothing"}, "version": version * 32})
    assert ask("write", text="mine", version="") == {"conflict": not wins}
    assert ask("read")["text"] == ("mine" if wins else "another")


def test_a_refusal_is_told_without_the_secret(ask: Asker) -> None:
    ran = ask.run("read", secret="CANARY-WRONG")
    assert ran.returncode != 0 and ran.stdout == ""
    assert "Azure answers 401 to POST" in ran.stderr and "CANARY" not in ran.stderr


@pytest.mark.parametrize(
    ("options", "secret", "said"),
    [
        ({"vault_ulr": "x"}, SECRET, "The store has no option vault_ulr; its options are: vault_url, login_url."),
        ({}, SECRET, "The store needs the option vault_url, which begins with https://."),
        ({"vault_url": "https://x"}, "", "Neither AZURE_ACCESS_TOKEN nor AZURE_CLIENT_SECRET is in the environment."),
        (
            {"vault_url": "https://x", "login_url": "http://127.0.0.1:9"},
            SECRET,
            "http://127.0.0.1:9/tenant/oauth2/v2.0/token does",
        ),
    ],
)
def test_what_is_wrong_is_told_in_one_sentence(options: dict[str, str], secret: str, said: str) -> None:
    ran = Asker("").run("read", secret, options)
    assert ran.returncode != 0 and ran.stdout == ""
    assert said in ran.stderr and len(ran.stderr.splitlines()) == 1
