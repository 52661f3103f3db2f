# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The example hooks for HashiCorp Vault, against a stand-in of its KV engine that keeps what it is given in a file."""

from __future__ import annotations

import http.server
import json
import subprocess
import sys
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
        return self.folder / self.path.rpartition("/")[2]

    def _read(self) -> dict[str, t.Any]:
        empty = {"data": None, "metadata": {"version": 0}}
        return json.loads(self._file.read_text(encoding="utf-8")) if self._file.exists() else empty

    def _refused(self) -> bool:
        if self.headers["X-Vault-Token"] == TOKEN:
            if self.path.startswith("/v1/secret/data/work365/"):
                return False
            self._answer(404, {"errors": [f"no handler for route '{self.path.removeprefix('/v1/')}'"]})
            return True
        self._answer(403, {"errors": ["permission denied"]})
        return True

    def do_GET(self) -> None:
        if not self._refused():
            found = self._read()
            never = {"errors": []}
            self._answer(200 if found["data"] else 404, {"data": found} if self._file.exists() else never)

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self._refused():
            return
        if "sealed" not in body["data"] or body["data"]["sealed"] == "refuse":
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


def ask(options: t.Mapping[str, t.Any], operation: str = "read", token: str = TOKEN, **asked: str) -> tuple[str, str]:
    """What the program says: its answer, and its last words."""
    question = {"operation": operation, "tenant": "alder.example", "options": options, **asked}
    ran = subprocess.run(
        [sys.executable, str(STORE)],
        input=json.dumps(question),
        env={"VAULT_TOKEN": token},
        capture_output=True,
        text=True,
        check=False,
    )
    assert len(ran.stderr.splitlines()) == (1 if ran.returncode else 0), ran.stderr
    return ran.stdout, ran.stderr


def test_only_what_vault_calls_a_conflict_is_one_and_a_mount_that_is_not_there_is_not_empty(site: Site) -> None:
    options = site.variables["work365_integration_store_options"]
    assert json.loads(ask(options)[0]) == {"text": "", "version": ""}
    assert json.loads(ask(options, "write", text="one", version="")[0]) == {"conflict": False}
    assert json.loads(ask(options, "write", text="two", version="7")[0]) == {"conflict": True}
    assert "Vault answers 400 to POST" in (told := ask(options, "write", text="refuse", version="1")[1])
    assert "the value is not allowed" in told
    assert "no handler for route 'kv/data/work365/alder.example'" in ask({**options, "mount": "kv"})[1]


@pytest.mark.parametrize(
    ("options", "token", "said"),
    [
        ({"adress": "x"}, TOKEN, "The store has no option adress; its options are: address, mount, folder."),
        ({}, TOKEN, "The store needs the option address, which begins with https://."),
        ({"address": "https://x"}, "", "VAULT_TOKEN is not in the environment."),
        ({"address": "http://127.0.0.1:9"}, TOKEN, "http://127.0.0.1:9/v1/secret/data/work365/alder.example does not"),
        ({"address": "vault:8200"}, TOKEN, "The store needs the option address, which begins with https://."),
    ],
)
def test_what_is_wrong_is_told_in_one_sentence(options: dict[str, str], token: str, said: str) -> None:
    answer, told = ask(options, token=token)
    assert answer == "" and said in told
