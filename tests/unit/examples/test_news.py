# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The example plays tell what is new where people are, once, and nothing where nothing is; against stand-ins."""

from __future__ import annotations

import http.server
import json
import os
import socketserver
import subprocess
import threading
import typing as t
from pathlib import Path

import pytest

NEWS = Path(__file__).parents[3] / "playbooks" / "examples" / "news"
TOLD = ["alder drifted: Can create WebHooks is checked, should be not checked", "birch is mended: Organizations > Add"]
Sent = list[tuple[str, t.Any, t.Mapping[str, str]]]


@pytest.fixture
def audit(tmp_path: Path) -> Path:
    folder = tmp_path / "audit"
    folder.mkdir()
    return folder


def report(folder: Path, news: list[str]) -> None:
    at = "2026-11-23T02:00:00+00:00"
    (folder / "audit.json").write_text(json.dumps({"at": at, "news": news}), encoding="utf-8")


def play(playbook: str, audit: Path, *options: str, **environment: str) -> str:
    """What the example prints; it must succeed."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ANSIBLE_", "NEWS_", "TICKET_"))}
    ran = subprocess.run(
        ["ansible-playbook", str(NEWS / playbook), "-e", f"audit_folder={audit}", *options],
        env={
            **kept,
            "ANSIBLE_LOCALHOST_WARNING": "false",
            "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false",
            **environment,
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


class Receiver(http.server.BaseHTTPRequestHandler):
    """Takes what is posted; as Autotask, knows the tickets that were opened."""

    sent: t.ClassVar[Sent]

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.sent.append((self.path, body, self.headers))
        opened = [{"id": 7} for path, _body, _headers in self.sent if path.endswith("/Tickets")]
        answer = {"items": opened} if self.path.endswith("/query") else {"itemId": 7}
        content = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: t.Any) -> None:
        pass


@pytest.fixture
def server() -> t.Iterator[str]:
    Receiver.sent = []
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("playbook", ["teams.yml", "slack.yml"])
def test_a_channel_is_told_what_is_new_and_only_that(playbook: str, audit: Path, server: str) -> None:
    webhook = f"{server}CANARY-WEBHOOK"
    report(audit, [])
    play(playbook, audit, NEWS_WEBHOOK=webhook)
    assert Receiver.sent == []
    report(audit, TOLD)
    assert "CANARY" not in play(playbook, audit, "-vvv", NEWS_WEBHOOK=webhook)
    ((path, body, _headers),) = Receiver.sent
    assert path == "/CANARY-WEBHOOK"
    assert all(line in json.dumps(body) for line in TOLD)
    if playbook == "teams.yml":
        (card,) = body["attachments"]
        assert (card["contentType"], card["content"]["type"]) == (
            "application/vnd.microsoft.card.adaptive",
            "AdaptiveCard",
        )


def test_one_ticket_is_opened_and_then_added_to(audit: Path, server: str) -> None:
    secrets = {f"TICKET_API_{name}": f"CANARY-{name}" for name in ("USER", "SECRET", "CODE")}
    options = ["-e", f"ticket_api_url={server}", "-e", "ticket_company_id=0"]
    report(audit, [])
    play("ticket.yml", audit, *options, **secrets)
    assert Receiver.sent == []
    report(audit, TOLD)
    printed = play("ticket.yml", audit, *options, **secrets) + play("ticket.yml", audit, *options, **secrets)
    assert "CANARY" not in printed
    looked, opened, looked_again, added = Receiver.sent
    assert looked[1]["filter"][1] == {"op": "noteq", "field": "status", "value": 5}
    assert (opened[0], opened[1]["companyID"], opened[1]["description"]) == ("/V1.0/Tickets", 0, "\n".join(TOLD))
    assert opened[2]["ApiIntegrationCode"] == "CANARY-CODE"
    assert looked_again[0] == looked[0]
    assert (added[0], added[1]["description"]) == ("/V1.0/Tickets/7/Notes", "\n".join(TOLD))


class Mail(socketserver.StreamRequestHandler):
    """Takes one mail by SMTP."""

    taken: t.ClassVar[list[str]]

    def handle(self) -> None:
        self._say("220 ready")
        while line := self.rfile.readline().decode().rstrip("\r\n"):
            verb = line.partition(" ")[0].upper()
            if verb == "DATA":
                self._say("354 go on")
                lines = iter(lambda: self.rfile.readline().decode().rstrip("\r\n"), ".")
                self.taken.append("\n".join(lines))
            self._say("221 bye" if verb == "QUIT" else "250 ok")
            if verb == "QUIT":
                return

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


def test_a_mail_says_what_is_new(audit: Path) -> None:
    Mail.taken = []
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Mail) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        host, port = server.server_address[:2]
        environment = {"NEWS_SMTP_HOST": str(host), "NEWS_SMTP_PORT": str(port)}
        options = ["-e", "news_to=oncall@msp.example", "-e", "news_from=audit@msp.example"]
        report(audit, [])
        play("mail.yml", audit, *options, **environment)
        assert Mail.taken == []
        report(audit, TOLD)
        play("mail.yml", audit, *options, **environment)
        server.shutdown()
    (mail,) = Mail.taken
    assert "To: oncall@msp.example" in mail and "Subject: Work 365 in Autotask" in mail
    assert all(line in mail for line in TOLD)
