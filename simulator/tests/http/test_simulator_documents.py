# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the documents tell a stranger to type works, as it stands there."""

from __future__ import annotations

import contextlib
import json
import re
import signal
import socket
import subprocess
import sys
import time
import typing as t
from pathlib import Path

import pytest

SIMULATOR = Path(__file__).parents[2]

# The command of whoever has it installed; curl without its progress.
COMMANDS = f"""
set -euo pipefail
autotask-simulator() {{ {sys.executable} -m autotask_simulator "$@"; }}
curl() {{ command curl --silent --show-error --max-time 30 "$@"; echo; }}
"""


def blocks(document: str, language: str) -> list[str]:
    text = (SIMULATOR / document).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Typist:
    """Types what a document says, with free ports for those that it names."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ports = {"8000": str(free_port()), "8001": str(free_port())}

    def _script(self, block: str) -> list[str]:
        for named, free in self.ports.items():
            block = block.replace(named, free)
        return ["bash", "-c", COMMANDS + block]

    def types(self, block: str) -> str:
        ran = subprocess.run(self._script(block), cwd=self.folder, capture_output=True, text=True, check=False)
        assert ran.returncode == 0, f"{block}\n{ran.stderr}"
        return ran.stdout

    @contextlib.contextmanager
    def starts(self, block: str) -> t.Iterator[None]:
        ready = self.folder / "ready.json"
        script = self._script(f"{block.strip()} --ready-file {ready}".replace("autotask-simulator", "exec_simulator"))
        script[-1] = script[-1].replace("exec_simulator", f"exec {sys.executable} -m autotask_simulator")
        process = subprocess.Popen(script, cwd=self.folder, stdout=subprocess.DEVNULL)
        try:
            deadline = time.monotonic() + 30
            while not ready.exists():
                assert time.monotonic() < deadline and process.poll() is None
                time.sleep(0.05)
            yield
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(10)


def test_the_readme_can_be_followed(tmp_path: Path) -> None:
    install, start, call, records, fault, events, own = blocks("README.md", "shell")
    assert install == "pip install ./simulator\n", "done by whoever runs this"
    typist = Typist(tmp_path)
    with typist.starts(start):
        assert json.loads(typist.types(call))["item"]["companyName"] == "Demo Managed IT"
        assert "Printer on fire" in typist.types(records)
        assert "HTTP/1.1 429" in typist.types(fault)
        log = json.loads(typist.types(events))
        assert [(event["object"], event["details"]["status"]) for event in log[-2:]] == [
            ("Tickets/5", 200),
            ("Tickets/5", 429),
        ]
        assert "Printer on fire" in typist.types(records), "the fault struck once"
    *prints, _starts = own.splitlines()
    typist.types("\n".join(prints))
    assert "demo.example" in (tmp_path / "fleet.yml").read_text() and (tmp_path / "fleet.schema.json").stat().st_size


def test_the_page_on_clients_can_be_followed(tmp_path: Path) -> None:
    start, zone, headers, add, lock, calls = blocks("docs/client.md", "shell")
    typist = Typist(tmp_path)
    with typist.starts(start):
        assert json.loads(typist.types(zone))["zoneName"]
        typist.types(headers)
        assert json.loads(typist.types(add))["ApiIntegrationCode"] == "MINE"
        typist.types(lock)
        answers = [json.loads(line) for line in typist.types(calls).splitlines() if line.strip()]
    found, two, made, changed, fields = answers
    assert found["items"] and all("Dental" in company["companyName"] for company in found["items"])
    assert len(two["items"]) == 2 and made["itemId"] and changed == {"itemId": 1001}
    assert "companyName" in [field["name"] for field in fields["fields"]]


def test_the_test_on_the_page_on_clients_passes(tmp_path: Path) -> None:
    [block] = blocks("docs/client.md", "python")
    (tmp_path / "test_client.py").write_text(block)
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", tmp_path],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0 and "1 passed" in ran.stdout, ran.stdout


def test_every_link_leads_somewhere() -> None:
    for document in [SIMULATOR / "README.md", *SIMULATOR.glob("docs/*.md"), SIMULATOR / "examples/README.md"]:
        text = document.read_text(encoding="utf-8")
        for link in re.findall(r"\]\((?!http)([^)#]*)(#[^)]*)?\)", text):
            target = (document.parent / link[0]).resolve() if link[0] else document
            if target.is_relative_to(SIMULATOR):
                assert target.exists(), f"{document.name}: {link[0]}"
            if link[1] and target.suffix == ".md" and target.exists():
                headings = re.findall(r"^#+ (.*)$", target.read_text(encoding="utf-8"), re.MULTILINE)
                anchors = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
                assert link[1][1:] in anchors, f"{document.name}: {link[0]}{link[1]}"


@pytest.mark.skipif(not (SIMULATOR.parent / "galaxy.yml").exists(), reason="not in the repository")
def test_its_licence_is_that_of_the_repository() -> None:
    assert (SIMULATOR / "LICENSE").read_bytes() == (SIMULATOR.parent / "LICENSE").read_bytes()
