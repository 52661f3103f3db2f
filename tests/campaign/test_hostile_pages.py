# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The console answers with malice: no secret goes to another host, and neither time nor memory is without bounds.

What a hostile REST service may answer is tried in tests/unit/rest, by test_faults.py and test_any_answer.py.
"""

from __future__ import annotations

import contextlib
import datetime
import ipaddress
import ssl
import sys
import threading
import time
import typing as t
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from flask import Response, request
from samples import each
from simulated_console import SECRET

from campaign.jobs import JOBS
from campaign.ledger import WELL, Ledger
from campaign.simulation import Simulation, Target

PART = "hostile console"
LEVEL, USER = (next(job for job in JOBS if job.name == name) for name in ("level", "user"))
TIMEOUT = 40
GRACE = 60
"""How much later a module may end than it was told, on a machine that has other things to do."""
MOST_MEMORY = 700
"""MiB that the module itself may take; its browser limits its own pages."""

ELSEWHERE = "localhost"
"""The same machine by another name, so another host to a browser."""


class Listener:
    """Notes what is sent to the other host."""

    def __init__(self, simulation: Simulation) -> None:
        self.heard: list[str] = []
        self.elsewhere = simulation.url.replace("127.0.0.1", ELSEWHERE)

    def note(self) -> None:
        if request.host.startswith(ELSEWHERE):
            self.heard.append(request.get_data(as_text=True) + request.full_path)


def run(target: Target, job_name: str, **options: t.Any) -> tuple[dict[str, t.Any], float]:
    """Run a module; return its result, and the most memory it took, in MiB."""
    job = LEVEL if job_name == "level" else USER
    process = target.start(job.module, **{**job.options(target), **options})
    most, over = 0.0, threading.Event()

    def watch() -> None:
        nonlocal most
        while not over.wait(0.2):
            with contextlib.suppress(OSError, StopIteration):
                lines = Path(f"/proc/{process.pid}/status").read_text().splitlines()
                most = int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024

    watcher = threading.Thread(target=watch)
    watcher.start()
    result = Target.result(process)
    over.set()
    watcher.join()
    return result, most


def tampering(page: str, change: t.Callable[[str], str], listener: Listener) -> t.Callable[[str, Response], Response]:
    """Change the text of one page."""

    def tamper(name: str, response: Response) -> Response:
        listener.note()
        if name == page and response.status_code == 200 and not response.direct_passthrough:
            response.set_data(change(response.get_data(as_text=True)))
        return response

    return tamper


def in_body(text: str) -> t.Callable[[str], str]:
    return lambda page: page.replace("</body>", f"{text}</body>")


def in_head(text: str) -> t.Callable[[str], str]:
    return lambda page: page.replace("<head>", f"<head>{text}")


# What is done to which page, and which job meets it.
MALICE: dict[str, tuple[str, t.Callable[[str], str], str]] = {
    "a script that never ends": (
        "security_levels",
        in_body("<script>setTimeout(() => { for (;;); }, 200)</script>"),
        "level",
    ),
    "dialogs without end": (
        "security_levels",
        in_body("<script>setInterval(() => alert('Again'), 20)</script>"),
        "level",
    ),
    "windows without end": (
        "security_levels",
        in_body("<script>for (let i = 0; i < 40; i++) window.open('about:blank')</script>"),
        "level",
    ),
    "a page of 200,000 lines": (
        "security_levels",
        in_body("<div>" + "".join(f"<p>line {n} of very many</p>" for n in range(200_000)) + "</div>"),
        "level",
    ),
    "one word of 30 MB": ("security_levels", in_body(f"<p>{'x' * 30_000_000}</p>"), "level"),
    "rows that are a page": (
        "security_level_rows",
        lambda _: "<html><script>top.location = 'about:blank'</script></html>",
        "level",
    ),
    "a page that reloads itself": (
        "new_api_user",
        in_head("<script>setTimeout(() => location.reload(), 50)</script>"),
        "user",
    ),
}


@pytest.mark.parametrize("malice", each(list(MALICE), in_make_test=["rows that are a page"]))
def test_malice_ends_in_time_and_in_bounds(simulation: Simulation, ledger: Ledger, malice: str) -> None:
    page, change, job = MALICE[malice]
    with ledger.case(PART, job, malice) as case:
        target, listener = simulation.tenant(), Listener(simulation)
        simulation.tamper = tampering(page, change, listener)
        started = time.monotonic()
        result, most = run(target, job, timeout=TIMEOUT)
        took = time.monotonic() - started
        simulation.tamper = None
        case.named(result)
        assert took < TIMEOUT + GRACE, f"it took {took:.0f} s"
        assert most < MOST_MEMORY, f"the module took {most:.0f} MiB"
        target.refuse_leftovers()
        assert len(target.tenant.api_users()) <= 1 and len(target.custom_levels()) <= 1


IMPATIENT = """
from ansible_collections.msp.autotask.plugins.module_utils._console import journal
from ansible_collections.msp.autotask.plugins.modules import autotask_security_level
journal.SILENT_SECONDS = 8
autotask_security_level.main()
"""


def test_a_browser_that_hangs_is_replaced(
    simulation: Simulation, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = "a page hangs its browser, once"
    with ledger.case(PART, "level", where) as case:
        target, hung = simulation.tenant(), list[str]()

        def tamper(name: str, response: Response) -> Response:
            if name == "security_levels" and not hung:
                hung.append(name)
                response.set_data(in_body("<script>setTimeout(() => { for (;;); }, 200)</script>")(response.text))
            return response

        simulation.tamper = tamper
        monkeypatch.setattr(target, "command", lambda _module: [sys.executable, "-c", IMPATIENT])
        result = Target.result(target.start(LEVEL.module, **LEVEL.options(target)))
        case.named(result)
        assert hung and case.outcome == WELL, result.get("msg")
        assert any(step.startswith("Begin again") for step in result.steps)
        assert result.steps.count("Log in: enter the password") == 1, "the session was not taken along"
        LEVEL.verify(target, target)
        target.refuse_leftovers()


def led_away_at_login(simulation: Simulation, listener: Listener) -> t.Callable[[str, Response], Response]:
    def tamper(name: str, response: Response) -> Response:
        listener.note()
        if name == "entry":
            response.headers["Location"] = listener.elsewhere + response.headers["Location"].lstrip("/")
        return response

    return tamper


def login_that_posts_elsewhere(simulation: Simulation, listener: Listener) -> t.Callable[[str, Response], Response]:
    """After the user name the page goes to another host that looks the same."""
    script = f"<script>addEventListener('focusin', () => location.host.startsWith('{ELSEWHERE}') || "
    script += f"(location.href = '{listener.elsewhere}' + location.pathname.slice(1)))</script>"
    return tampering("login_page", in_body(script), listener)


def form_elsewhere(simulation: Simulation, listener: Listener) -> t.Callable[[str, Response], Response]:
    """The form of a new user comes from another host, and looks the same."""

    def tamper(name: str, response: Response) -> Response:
        listener.note()
        if name == "new_api_user":
            page = response.get_data(as_text=True).replace("<head>", f'<head><base href="{listener.elsewhere}">')
            stolen.append(page)
            response = Response(status=302, headers={"Location": f"{listener.elsewhere}stolen"})
        elif request.path == "/stolen":
            response = Response(stolen[-1], content_type="text/html")
        return response

    stolen: list[str] = []
    return tamper


AWAY = {
    "the login page is another host's": (led_away_at_login, "level", {"single_sign_on"}),
    "the login page goes to another host when it is used": (
        login_that_posts_elsewhere,
        "level",
        {"single_sign_on", "login_interrupted"},
    ),
    "the form of a new user is another host's": (form_elsewhere, "user", {"led_away"}),
}


@pytest.mark.parametrize("way", each(list(AWAY), in_make_test=["the form of a new user is another host's"]))
def test_no_secret_goes_to_another_host(simulation: Simulation, ledger: Ledger, way: str) -> None:
    make, job, allowed = AWAY[way]
    with ledger.case(PART, job, way) as case:
        target, listener = simulation.tenant(), Listener(simulation)
        simulation.tamper = make(simulation, listener)
        result, _ = run(target, job, timeout=60)
        simulation.tamper = None
        case.named(result)
        assert result.get("failure", {}).get("reason", "") in allowed, result.get("msg", "it ended well")
        assert listener.heard, "the other host was reached"
        secrets = (SECRET, target.connection["console_password"], target.connection["console_username"])
        assert not [word for word in secrets for heard in listener.heard if word in heard]
        assert not target.tenant.api_users()


class Silent(BaseHTTPRequestHandler):
    """A login page that notes whether anybody asks for it."""

    asked: t.ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"<input type=text>")

    def log_message(self, *_: t.Any) -> None:
        pass


def unknown_certificate(folder: Path) -> Path:
    """A certificate that nobody vouches for, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "www.autotask.net")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / "certificate.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    return path


def test_a_certificate_that_nobody_vouches_for_stops(simulation: Simulation, ledger: Ledger, tmp_path: Path) -> None:
    with ledger.case(PART, "level", "a certificate that nobody vouches for") as case:
        server = ThreadingHTTPServer(("127.0.0.1", 0), Silent)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(unknown_certificate(tmp_path))
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            result, _ = run(simulation.tenant(), "level", console_url=f"https://127.0.0.1:{server.server_port}/")
        finally:
            server.shutdown()
            server.server_close()
        case.named(result)
        assert result["failure"]["reason"] == "certificate" and "CERT" in result["msg"], result["msg"]
        assert not Silent.asked


def test_an_address_that_is_not_encrypted_is_not_used(simulation: Simulation, ledger: Ledger) -> None:
    with ledger.case(PART, "level", "an address that is not encrypted") as case:
        result, _ = run(simulation.tenant(), "level", console_url="http://console.autotask.example/")
        case.named(result)
        assert result["failure"]["reason"] == "insecure_url", result["msg"]
