# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The example stores, each with a stand-in of its service."""

from __future__ import annotations

import contextlib
import http.server
import json
import threading
import typing as t
from dataclasses import dataclass
from pathlib import Path

EXAMPLES = Path(__file__).parents[3] / "playbooks" / "examples"
KV_TOKEN = "CANARY-VAULT-TOKEN"
CLIENT_SECRET, TOKEN = "CANARY-CLIENT-SECRET", "CANARY-TOKEN"
VERSIONS_ON_A_PAGE = 2
"""Key Vault has 25."""


class Service(http.server.BaseHTTPRequestHandler):
    """What the stand-ins share."""

    def _answer(self, status: int, content: t.Any) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: t.Any) -> None:
        pass


class Kv(Service):
    """GET, POST with check-and-set, and DELETE of /v1/secret/data/NAME, as the KV engine's version 2 answers."""

    folder: t.ClassVar[Path]

    @property
    def _file(self) -> Path:
        return self.folder / self.path.rpartition("/")[2]

    def _read(self) -> dict[str, t.Any]:
        empty = {"data": None, "metadata": {"version": 0}}
        return json.loads(self._file.read_text(encoding="utf-8")) if self._file.exists() else empty

    def _refused(self) -> bool:
        if self.headers["X-Vault-Token"] != KV_TOKEN:
            self._answer(403, {"errors": ["permission denied"]})
            return True
        if not self.path.startswith("/v1/secret/data/work365/"):
            self._answer(404, {"errors": [f"no handler for route '{self.path.removeprefix('/v1/')}'"]})
            return True
        return False

    def do_GET(self) -> None:
        if not self._refused():
            found = self._read()
            never = {"errors": []}
            self._answer(200 if found["data"] else 404, {"data": found} if self._file.exists() else never)

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self._refused():
            return
        if body["data"]["sealed"] == "refuse":
            self._answer(400, {"errors": ["the value is not allowed"]})
            return
        version = self._read()["metadata"]["version"]
        if body["options"]["cas"] != version:
            self._answer(400, {"errors": ["check-and-set parameter did not match the current version"]})
            return
        stored = {"data": body["data"], "metadata": {"version": version + 1}}
        self._file.write_text(json.dumps(stored), encoding="utf-8")
        self._answer(200, {"data": stored["metadata"]})

    def do_DELETE(self) -> None:
        if not self._refused():
            self._file.write_text(json.dumps({**self._read(), "data": None}), encoding="utf-8")
            self._answer(204, {})


class KeyVault(Service):
    """Logs an application in, and gets, lists, sets and tags versions of secrets. All are made in the same second."""

    versions: t.ClassVar[list[dict[str, t.Any]]] = []
    before_a_write: t.ClassVar[list[dict[str, t.Any]]] = []
    """What somebody else writes just before the next one."""

    @property
    def _base(self) -> str:
        return f"http://{self.headers['Host']}"

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
        wrong = CLIENT_SECRET.encode() not in self._body() or self.path != "/tenant/oauth2/v2.0/token"
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
        more = f"{self._base}/secrets/{name}/versions?api-version=7.4&skip={start + VERSIONS_ON_A_PAGE}"
        self._answer(
            200,
            {
                "value": listed[start : start + VERSIONS_ON_A_PAGE],
                "nextLink": more if listed[start + VERSIONS_ON_A_PAGE :] else None,
            },
        )

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


@dataclass(frozen=True)
class Example:
    """A store of the examples, and how it is asked."""

    name: str
    service: type[Service]
    options: t.Callable[[str], dict[str, str]]
    """What its service at an address is called by."""
    environment: dict[str, str]
    refused: dict[str, str]
    """What of the environment is wrong, where the service is to refuse."""
    says: str
    """What the store says then."""

    @property
    def program(self) -> Path:
        return EXAMPLES / self.name / "store.py"


STORES = (
    Example(
        "hashicorp_vault",
        Kv,
        lambda url: {"address": url, "mount": "secret"},
        {"VAULT_TOKEN": KV_TOKEN},
        {"VAULT_TOKEN": "CANARY-WRONG"},
        "Vault answers 403 to GET",
    ),
    Example(
        "azure_key_vault",
        KeyVault,
        lambda url: {"vault_url": url, "login_url": url},
        {"AZURE_TENANT_ID": "tenant", "AZURE_CLIENT_ID": "client", "AZURE_CLIENT_SECRET": CLIENT_SECRET},
        {"AZURE_CLIENT_SECRET": "CANARY-WRONG"},
        "Azure answers 401 to POST",
    ),
)


@contextlib.contextmanager
def served(service: type[Service], folder: Path) -> t.Iterator[str]:
    """The address of a service that keeps nothing yet."""
    Kv.folder = folder / "kv"
    Kv.folder.mkdir()
    KeyVault.versions, KeyVault.before_a_write = [], []
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), service)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
