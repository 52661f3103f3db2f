# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The example hooks for HashiCorp Vault, against a stand-in of its KV engine that keeps what it is given in a file."""

from __future__ import annotations

import http.server
import json
import threading
import typing as t
from pathlib import Path

import pytest

from .site import ROOT, Site, users_of

STORE = ROOT / "playbooks" / "examples" / "hashicorp_vault" / "store.py"
TOKEN = "CANARY-VAULT-TOKEN"


class Kv(http.server.BaseHTTPRequestHandler):
    """GET, POST with check-and-set, and DELETE of /v1/secret/data/NAME, as the KV engine's version 2 answers."""

    folder: t.ClassVar[Path]

    def _answer(self, status: int, content: t.Any) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    @property
    def _file(self) -> Path:
        assert self.path.startswith("/v1/secret/data/work365/")
        return self.folder / self.path.rpartition("/")[2]

    def _read(self) -> dict[str, t.Any]:
        empty = {"data": None, "metadata": {"version": 0}}
        return json.loads(self._file.read_text(encoding="utf-8")) if self._file.exists() else empty

    def _refused(self) -> bool:
        if self.headers["X-Vault-Token"] == TOKEN:
            return False
        self._answer(403, {"errors": ["permission denied"]})
        return True

    def do_GET(self) -> None:
        if not self._refused():
            found = self._read()
            self._answer(200 if found["data"] else 404, {"data": found})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self._refused():
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

    def log_message(self, *_: t.Any) -> None:
        pass


@pytest.fixture
def site(tmp_path: Path) -> t.Iterator[Site]:
    Kv.folder = tmp_path / "kv"
    Kv.folder.mkdir()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Kv)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    site = Site(tmp_path / "site")
    site.add("alder")
    site.variables |= {
        "work365_integration_store": str(STORE),
        "work365_integration_store_options": {"address": f"http://127.0.0.1:{server.server_port}", "mount": "secret"},
    }
    yield site
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.long
def test_credentials_live_in_the_other_store_from_first_run_to_last(site: Site) -> None:
    store = Kv.folder / "alder.example"
    first = site.play("provision", VAULT_TOKEN=TOKEN)
    assert first.status == 0, first.output
    stored = json.loads(store.read_text(encoding="utf-8"))
    kept = users_of(stored["data"]["sealed"])
    (user,) = first.calls_of("alder", "user")
    assert kept["work365"]["secret"] == user["params"]["secret"]
    assert kept["work365"]["secret_set"]
    assert [name for name in first.files if name.startswith("credentials")] == []
    assert TOKEN not in first.output

    second = site.play("provision", VAULT_TOKEN=TOKEN)
    assert second.output.count("changed=0 ") == 1
    assert json.loads(store.read_text(encoding="utf-8")) == stored

    retired = site.play("decommission", "--extra-vars", "work365_integration_decommission=alder", VAULT_TOKEN=TOKEN)
    assert retired.status == 0, retired.output
    assert json.loads(store.read_text(encoding="utf-8"))["data"] is None


def test_a_store_that_refuses_stops_the_run_before_a_user_is_made(site: Site) -> None:
    run = site.play("provision", VAULT_TOKEN="wrong")
    assert run.status != 0
    assert run.calls == []
