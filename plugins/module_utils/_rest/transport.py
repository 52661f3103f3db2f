# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Asks one question over HTTP and returns the JSON object that answers it.

Only questions: this client has no way to write. So each request may be repeated, which happens when a connection breaks
or the service is busy, but never when credentials were refused.
"""

from __future__ import annotations

import dataclasses
import json as json_format
import os
import pathlib
import random
import threading
import time
import traceback
import typing as t
import urllib.parse
from http import cookiejar

from ansible_collections.msp.autotask.plugins.module_utils._addresses import is_loopback, is_private
from ansible_collections.msp.autotask.plugins.module_utils._proxy import proxies_for
from ansible_collections.msp.autotask.plugins.module_utils._rest.errors import (
    AnswerTooLargeError,
    CertificateError,
    InsecureUrlError,
    NotAutotaskError,
    NotReachableError,
    RestError,
    refusal,
)

REQUESTS_IMPORT_ERROR: str | None = None
try:
    import requests
    import urllib3

    if not hasattr(urllib3.HTTPResponse, "read1"):
        raise ImportError("urllib3 2.2 or newer is needed")
except ImportError:
    REQUESTS_IMPORT_ERROR = traceback.format_exc()

# Autotask allows three requests at a time per tracking identifier and endpoint; three in all is always within that.
AT_A_TIME = 3
MOST_TRIES = 5
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 30.0
# A page of 500 rows is a few megabytes at most.
LARGEST_ANSWER = 32 * 1024 * 1024
# Seconds to wait for the next piece of an answer, and for the whole of it.
LONGEST_SILENCE = 30.0
LONGEST_ANSWER = 60.0
CHUNK = 64 * 1024
# Where the environment says which authorities are trusted.
AUTHORITIES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE")


@dataclasses.dataclass(frozen=True)
class Settings:
    """How to talk; *timeout* is the time in seconds that all requests of a run may take together."""

    timeout: float = 120.0
    validate_certs: bool = True
    ca_path: str | None = None
    proxy: str | None = None


class Transport:
    """One HTTP session, its time budget and its count of requests. Safe to use from several threads."""

    def __init__(
        self,
        settings: Settings,
        sleep: t.Callable[[float], None] = time.sleep,
        clock: t.Callable[[], float] = time.monotonic,
    ) -> None:
        if settings.validate_certs:
            refuse_missing_authorities(settings.ca_path)
        if not settings.validate_certs:
            # The module itself warns; urllib3 would repeat it for every request.
            urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)
        self.requests = 0
        self._sleep = sleep
        self._clock = clock
        self._deadline = clock() + settings.timeout
        self._proxy = settings.proxy
        self._verify: bool | str = (settings.ca_path or True) if settings.validate_certs else False
        self._slots = threading.BoundedSemaphore(AT_A_TIME)
        self._counting = threading.Lock()
        self._session = requests.Session()
        adapter = requests.adapters.HTTPAdapter(pool_maxsize=AT_A_TIME)
        self._session.mount("https://", adapter)
        self._session.mount("http://", adapter)
        self._session.headers.update({"Accept": "application/json", "User-Agent": "msp.autotask"})
        self._session.cookies.set_policy(cookiejar.DefaultCookiePolicy(allowed_domains=[]))
        # Keeps requests from adding a password that ~/.netrc may have for the host.
        self._session.auth = lambda request: request

    def pause(self, seconds: float) -> None:
        """Do nothing for a while."""
        self._sleep(seconds)

    def ask(
        self,
        method: str,
        url: str,
        headers: t.Mapping[str, str] | None = None,
        params: t.Mapping[str, str] | None = None,
        json: t.Any = None,
    ) -> dict[str, t.Any]:
        """Return the answer to one question, asking again while that is safe and may help."""
        refuse_unsafe(url)
        question = f"{method} {urllib.parse.urlsplit(url).path.rpartition('/V1.0/')[2]}"
        for tried in range(1, MOST_TRIES + 1):
            try:
                with self._slots:
                    return self._ask_once(method, url, headers, params, json, question)
            except RestError as error:
                pause = pause_after(tried, error.retry_after)
                if not error.transient or tried == MOST_TRIES or self._clock() + pause >= self._deadline:
                    raise
                self.pause(pause)
        raise AssertionError("the last try returns or raises")

    def _ask_once(
        self,
        method: str,
        url: str,
        headers: t.Mapping[str, str] | None,
        params: t.Mapping[str, str] | None,
        json: t.Any,
        question: str,
    ) -> dict[str, t.Any]:
        remaining = self._deadline - self._clock()
        if remaining <= 0:
            raise NotReachableError(
                f"The time for all requests of this run was over before {question}. Raise the option timeout."
            )
        with self._counting:
            self.requests += 1
        try:
            with self._session.request(
                method,
                url,
                headers=dict(headers or {}),
                params=params,
                json=json,
                timeout=min(LONGEST_SILENCE, remaining),
                allow_redirects=False,
                stream=True,
                verify=self._verify,
                # A proxy has no business between us and ourselves, and would see the secret.
                proxies={"http": "", "https": ""} if is_loopback(url) else proxies_for(url, self._proxy),
            ) as response:
                body = self._body(response, min(LONGEST_ANSWER, remaining), question)
                error = refusal(response.status_code, body, question)
                if error:
                    error.retry_after = seconds_of(response.headers.get("Retry-After"))
                    raise error
                return json_object(body, question)
        except (requests.exceptions.RequestException, urllib3.exceptions.HTTPError) as error:
            raise broken_connection(error, urllib.parse.urlsplit(url).netloc, question) from None

    def _body(self, response: requests.Response, limit: float, question: str) -> bytes:
        """Read the answer piece by piece, so that neither its size nor its slowness is the server's choice."""
        deadline = self._clock() + limit
        body = bytearray()
        while piece := response.raw.read1(CHUNK, decode_content=True):
            body += piece
            if len(body) > LARGEST_ANSWER:
                raise AnswerTooLargeError(
                    f"The answer to {question} is larger than {LARGEST_ANSWER // 1024 // 1024} MiB and was not read "
                    "on. Autotask sends no such answers; check api_url, and proxies on the way."
                )
            if self._clock() > deadline:
                raise NotReachableError(f"The answer to {question} was not complete after {limit:.0f} seconds.")
        return bytes(body)


def refuse_missing_authorities(ca_path: str | None) -> None:
    """Fail if what names the authorities to trust names nothing, which otherwise looks like a fault of its own."""
    named = {"ca_path": ca_path} if ca_path else {name: os.environ.get(name) for name in AUTHORITIES}
    for where, path in named.items():
        if path and not pathlib.Path(path).exists():
            what = f"The environment variable '{where}'" if where in AUTHORITIES else f"'{where}'"
            raise RestError(
                f"{what} names {path}, which does not exist, so no certificate can be checked. Correct the path.",
                reason="invalid_ca_path",
            )


def refuse_unsafe(url: str) -> None:
    """Credentials travel encrypted, or not at all; only this machine itself may be spoken to in the clear."""
    if not is_private(url):
        parts = urllib.parse.urlsplit(url)
        raise InsecureUrlError(f"{parts.scheme}://{parts.netloc} is not encrypted. Use an https address.")


def pause_after(tried: int, asked: float | None) -> float:
    """Return the seconds to stay away: as long as the service asked for, else longer each time, never in step."""
    if asked is not None:
        return asked
    return min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (tried - 1)) * random.uniform(0.5, 1.0)


def seconds_of(retry_after: str | None) -> float | None:
    """Return Retry-After as seconds; its other form, a date, is not worth trusting two clocks for."""
    return float(retry_after) if retry_after and retry_after.strip().isdecimal() else None


def json_object(body: bytes, question: str) -> dict[str, t.Any]:
    """Return the answer as data, or say what it is instead."""
    try:
        answer = json_format.loads(body)
    except (ValueError, RecursionError):
        is_page = body.lstrip()[:1] == b"<"
        what = "a web page instead of data" if is_page else "something that is not (complete) JSON"
        raise NotAutotaskError(
            f"{question} was answered with {what}. Check api_url, and whether a proxy or firewall answers in "
            "Autotask's place."
        ) from None
    if not isinstance(answer, dict):
        raise NotAutotaskError(f"{question} was answered with JSON that is not an object, which Autotask never sends.")
    return answer


def broken_connection(error: Exception, host: str, question: str) -> RestError:
    """Return our error for a connection that failed."""
    if isinstance(error, (requests.exceptions.SSLError, urllib3.exceptions.SSLError)):
        return CertificateError(
            f"The certificate of {host} was not accepted: {cause_of(error)}. Where a company proxy re-signs traffic, "
            "give its authority with ca_path; anything else should be looked into, not switched off."
        )
    return NotReachableError(
        f"{host} could not be reached, or broke off its answer, at {question}: {cause_of(error)}. Check the address, "
        "and whether this machine gets there."
    )


def cause_of(error: BaseException) -> str:
    """What the system said in the end, without the layers of libraries around it."""
    while inner := error.__cause__ or error.__context__:
        error = inner
    said = getattr(error, "verify_message", "") or getattr(error, "strerror", "") or str(error)
    return str(said).rstrip(".") or type(error).__name__
