# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a network, a proxy or a hostile server may answer, over real sockets."""

from __future__ import annotations

import contextlib
import datetime
import gzip
import http.server
import ipaddress
import json
import socket
import ssl
import struct
import threading
import time
import typing as t

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError
from ansible_collections.msp.autotask.plugins.module_utils._rest import errors, transport
from ansible_collections.msp.autotask.plugins.module_utils._rest.transport import Settings, Transport

GOOD = b'{"items": []}'
Answer = t.Callable[["Handler"], None]


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers each request with the next of the server's answers; the last one stays."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        server = self.server
        server.seen.append((self.path, dict(self.headers)))
        answer = server.answers.pop(0) if len(server.answers) > 1 else server.answers[0]
        answer(self)

    do_POST = do_GET  # noqa: N815  (http.server's own name)

    def log_message(self, *args):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.seen: list[tuple[str, dict[str, str]]] = []
        self.answers: list[Answer] = [send(200, GOOD)]

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/ATServicesRest/V1.0/Companies"

    def handle_error(self, request, client_address):
        pass


def send(status: int, body: bytes, length: int | None = None, **headers: str) -> Answer:
    def answer(handler: Handler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body) if length is None else length))
        handler.end_headers()
        handler.wfile.write(body)
        if length is not None:
            handler.close_connection = True

    return answer


def reset(handler: Handler) -> None:
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()
    handler.close_connection = True


def silent(handler: Handler) -> None:
    time.sleep(1)
    handler.close_connection = True


def endless(piece: bytes, pause: float) -> Answer:
    def answer(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Connection", "close")
        handler.end_headers()
        handler.close_connection = True
        until = time.monotonic() + 30
        try:
            while time.monotonic() < until:
                handler.wfile.write(piece)
                handler.wfile.flush()
                time.sleep(pause)
        except OSError:
            pass

    return answer


@contextlib.contextmanager
def serving() -> t.Iterator[Server]:
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def server() -> t.Iterator[Server]:
    with serving() as server:
        yield server


@pytest.fixture
def elsewhere() -> t.Iterator[Server]:
    with serving() as server:
        yield server


@pytest.fixture(autouse=True)
def hasty(monkeypatch):
    monkeypatch.setattr(transport, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(transport, "LONGEST_SILENCE", 0.3)
    monkeypatch.setattr(transport, "LONGEST_ANSWER", 0.5)


def ask(server, **settings):
    return Transport(Settings(**{"timeout": 10, **settings})).ask("GET", server.url, headers={"Secret": "x"})


def test_one_connection_serves_many_questions(server):
    ports = set()
    server.answers = [lambda handler: (ports.add(handler.client_address), send(200, GOOD)(handler))]
    asking = Transport(Settings())
    for _ in range(5):
        asking.ask("GET", server.url)
    assert len(ports) == 1 and asking.requests == 5


@pytest.mark.parametrize(
    "fault",
    [
        reset,
        silent,
        send(200, GOOD, length=9000),
        send(502, b"<html>"),
        send(503, b""),
        send(504, b""),
        send(500, b"<html>Server Error"),
        send(429, b'{"errors": ["The thread threshold of 3 threads has been exceeded."]}'),
        send(429, b""),
    ],
    ids=["reset", "silent", "broken off", "502", "503", "504", "500 without a reason", "429 threads", "429"],
)
def test_what_may_pass_is_asked_again(server, fault):
    server.answers = [fault, fault, send(200, GOOD)]
    assert ask(server) == {"items": []}
    assert len(server.seen) == 3


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (send(401, b""), errors.WrongCredentialsError),
        (send(500, b'{"errors": ["IntegrationCode is invalid"]}'), errors.WrongCredentialsError),
        (
            send(500, b'{"errors": ["The logged in Resource does not have the adequate permissions to query this."]}'),
            errors.MissingPermissionError,
        ),
        (send(403, b""), errors.MissingPermissionError),
        (send(403, b"<html>Blocked by the firewall"), errors.NotAutotaskError),
        (send(500, b'{"errors": ["Unable to find x in the Company Entity."]}'), errors.RefusedError),
        (send(404, b"<html>"), errors.NotFoundError),
        (send(405, b'{"Message": "The requested resource does not support http method."}'), errors.NotOfferedError),
        (send(200, b"<!DOCTYPE html><html>Sign in to the guest network"), errors.NotAutotaskError),
        (send(200, b'{"items": [{"id": 1}, {"id"'), errors.NotAutotaskError),
        (send(200, b"[" * 200_000), errors.NotAutotaskError),
        (send(200, b"[]"), errors.NotAutotaskError),
        (send(200, b""), errors.NotAutotaskError),
        (send(200, b"\xff\xfe\x00"), errors.NotAutotaskError),
    ],
)
def test_what_will_not_pass_is_asked_once(server, fault, error):
    server.answers = [fault]
    with pytest.raises(error):
        ask(server)
    assert len(server.seen) == 1


@pytest.mark.parametrize(("fault", "error"), [(reset, errors.NotReachableError), (send(503, b""), errors.BusyError)])
def test_repeating_ends(server, fault, error):
    server.answers = [fault]
    with pytest.raises(error):
        ask(server)
    assert len(server.seen) == transport.MOST_TRIES


def test_a_closed_port_is_not_reachable(server):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    # In the words of the system, not in those of the libraries in between.
    with pytest.raises(errors.NotReachableError, match=r"could not be reached, .*: Connection refused\. Check"):
        Transport(Settings()).ask("GET", f"http://127.0.0.1:{port}/")


def test_the_wish_for_a_pause_is_respected(server, clock):
    server.answers = [send(429, b"", Retry_After="17"), send(200, GOOD)]
    Transport(Settings(timeout=60), sleep=clock.sleep, clock=clock).ask("GET", server.url)
    assert clock.slept == [17]


def test_a_pause_longer_than_our_time_is_not_begun(server, clock):
    server.answers = [send(429, b"", Retry_After="3600")]
    with pytest.raises(errors.ThresholdError):
        Transport(Settings(timeout=60), sleep=clock.sleep, clock=clock).ask("GET", server.url)
    assert clock.slept == [] and len(server.seen) == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_take_no_secret_along(server, elsewhere, status):
    server.answers = [send(status, b"", Location=elsewhere.url)]
    with pytest.raises(errors.RedirectedError):
        ask(server)
    assert elsewhere.seen == [] and len(server.seen) == 1


def test_an_endless_answer_is_not_read_on(server, monkeypatch):
    monkeypatch.setattr(transport, "LARGEST_ANSWER", 1024 * 1024)
    server.answers = [endless(b"x" * 65536, 0)]
    with pytest.raises(errors.AnswerTooLargeError):
        ask(server)


def test_a_small_answer_that_unpacks_to_a_huge_one_is_not_read_on(server, monkeypatch):
    monkeypatch.setattr(transport, "LARGEST_ANSWER", 1024 * 1024)
    server.answers = [send(200, gzip.compress(b" " * 50_000_000), Content_Encoding="gzip")]
    with pytest.raises(errors.AnswerTooLargeError):
        ask(server)


def test_packed_answers_are_understood(server):
    server.answers = [send(200, gzip.compress(json.dumps({"items": [1] * 9999}).encode()), Content_Encoding="gzip")]
    assert len(ask(server)["items"]) == 9999


def test_an_answer_that_drips_is_given_up(server, monkeypatch):
    monkeypatch.setattr(transport, "MOST_TRIES", 1)
    server.answers = [endless(b" ", 0.05)]
    begun = time.monotonic()
    with pytest.raises(errors.NotReachableError, match="not complete"):
        ask(server)
    assert time.monotonic() - begun < 20


def test_passwords_of_netrc_and_proxies_stay_out_of_it(server, tmp_path, monkeypatch):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password secret\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1/")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1/")
    server.answers = [send(200, GOOD, Set_Cookie="a=b")]
    asking = Transport(Settings())
    for _ in range(2):
        asking.ask("GET", server.url)
    for _, headers in server.seen:
        assert "Authorization" not in headers and "Cookie" not in headers


def test_three_at_a_time_at_most(server):
    now, most, counting = 0, 0, threading.Lock()

    def count(handler):
        nonlocal now, most
        with counting:
            now += 1
            most = max(most, now)
        time.sleep(0.05)
        with counting:
            now -= 1
        send(200, GOOD)(handler)

    server.answers = [count]
    asking = Transport(Settings())
    threads = [threading.Thread(target=asking.ask, args=("GET", server.url)) for _ in range(9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 3 and asking.requests == 9


def test_plain_http_is_refused_before_anything_is_sent():
    with pytest.raises(errors.InsecureUrlError):
        Transport(Settings()).ask("GET", "http://webservices14.autotask.net/ATServicesRest/V1.0/Companies")


@pytest.fixture
def certificate(tmp_path):
    """A certificate for 127.0.0.1 that only its maker trusts; returns its path and its key's."""
    x509 = pytest.importorskip("cryptography.x509")
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
        .sign(key, hashes.SHA256())
    )
    paths = tmp_path / "certificate.pem", tmp_path / "key.pem"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return paths


def test_certificates_are_checked_unless_told_otherwise(server, certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    url = server.url.replace("http:", "https:")
    with pytest.raises(errors.CertificateError, match="ca_path"):
        Transport(Settings()).ask("GET", url)
    assert server.seen == []
    assert Transport(Settings(ca_path=str(certificate[0]))).ask("GET", url) == {"items": []}
    assert Transport(Settings(validate_certs=False)).ask("GET", url) == {"items": []}


def test_a_missing_file_of_authorities_is_named():
    with pytest.raises(errors.RestError, match="'ca_path' names /nowhere.pem"):
        Transport(Settings(ca_path="/nowhere.pem"))


@pytest.mark.parametrize("variable", transport.AUTHORITIES)
def test_a_variable_that_names_no_authorities_is_named(monkeypatch, variable):
    monkeypatch.setenv(variable, "/nowhere.pem")
    with pytest.raises(errors.RestError, match=f"'{variable}' names /nowhere.pem") as failed:
        Transport(Settings())
    assert failed.value.reason == "invalid_ca_path"
    Transport(Settings(validate_certs=False))


def test_a_proxy_that_is_none_is_refused_without_its_password(monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://me:pa55word#2@proxy.example:3128")
    with pytest.raises(AutotaskError, match="'HTTPS_PROXY'") as failed:
        Transport(Settings()).ask("GET", "https://webservices.autotask.net/")
    assert failed.value.reason == "invalid_proxy" and "pa55" not in failed.value.message
