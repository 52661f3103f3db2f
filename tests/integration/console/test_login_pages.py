# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Log-ins that nobody has seen, made by a generator: pages between password and console, in other words and forms.

Each is one document that shows a page after another, and notes what was typed and pressed.
"""

from __future__ import annotations

import json
import os
import random
import typing as t
from pathlib import Path

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._console.errors import LoginRefused, Unavailable
from ansible_collections.msp.autotask.plugins.module_utils._console.journal import Journal
from ansible_collections.msp.autotask.plugins.module_utils._console.landmarks import landmarks
from ansible_collections.msp.autotask.plugins.module_utils._console.log_in.account import Account
from ansible_collections.msp.autotask.plugins.module_utils._console.log_in.account_memory import AccountMemory
from ansible_collections.msp.autotask.plugins.module_utils._console.log_in.login import Login, logged_in
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.window import Window
from playwright.sync_api import Page, Playwright
from samples import each

URL = "https://console.example/Mvc/Framework/Authentication.mvc/Authenticate"
ACCOUNT = Account("admin@msp.example", "Correct-Horse-9", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", company="Alder IT")

DRAWN = ("button", "link", "div", "submit")
HELP = "<p class=help>Locked out? An incorrect or invalid code, or an expired password, is no reason to worry.</p>"

SCRIPT = """
const steps = %s, noted = [];
window.noted = noted;
let at = 0;
function show() {
  if (at >= steps.length) {
    history.replaceState({}, '', '/AutotaskOnyx/LandingPage');
    document.body.innerHTML = '';
    return;
  }
  document.querySelector('main').innerHTML = '';
  setTimeout(() => { document.querySelector('main').innerHTML = steps[at].html; wire(); }, steps[at].late);
}
function wire() {
  const boxes = [...document.querySelectorAll('main input:not([type=checkbox]):not([type=submit])')];
  const send = name => {
    for (const box of boxes) if (box.maxLength !== 1) noted.push([box.name, box.value]);
    if (boxes.length && boxes[0].maxLength === 1) noted.push(['code', boxes.map(box => box.value).join('')]);
    noted.push(['press', name]);
    if (!steps[at].stays) { at += 1; show(); }
  };
  if (boxes.length && boxes[0].maxLength === 1)
    boxes.forEach(box => box.addEventListener('input', () => { if (boxes.every(one => one.value)) send('auto'); }));
  document.querySelectorAll('main .press').forEach(element =>
    element.addEventListener('click', event => { event.preventDefault(); send(element.innerText || element.value); }));
  boxes.forEach(box => box.addEventListener('keydown', event => { if (event.key === 'Enter') send('Enter'); }));
}
document.querySelectorAll('.banner button').forEach(element => element.addEventListener('click', () => {
  noted.push(['banner', element.innerText]);
  document.querySelector('.banner').remove();
}));
show();
"""


class Maker:
    """Makes pages; the same *seed* makes the same ones."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def log_in(self, *ends: dict[str, t.Any]) -> tuple[str, list[str]]:
        """A whole log-in, and the words of what may be pressed on the way; *ends* take the console's place."""
        between = [self.method(), self.code()] if self.random.random() < 0.7 else [self.code()]
        passed = [step for step in (self.stay(), self.news(), self.expires()) if self.random.random() < 0.6]
        self.random.shuffle(passed)
        first = [self.both()] if self.random.random() < 0.3 else [self.name(), self.password()]
        steps = [*first, *between, *passed, *ends]
        banner = self.banner() if self.random.random() < 0.5 else ""
        body = f"<body>{banner}<main></main><script>{SCRIPT % json.dumps(steps)}</script></body>"
        return f"<!doctype html><title>Autotask</title>{body}", [step["press"] for step in steps if step.get("press")]

    def button(self, words: str) -> str:
        kind = self.random.choice(DRAWN)
        if kind == "submit":
            return f"<input class=press type=submit value='{words}'>"
        if kind == "div":
            return f"<div class=press tabindex=0><span>{words}</span></div>"
        tag, more = ("a", "href='#'") if kind == "link" else ("button", "")
        return f"<{tag} class=press {more}>{words}</{tag}>"

    def page(self, *content: str, press: str = "", stays: bool = False) -> dict[str, t.Any]:
        late = self.random.choice([0, 0, 200, 900])
        return {"html": "".join(content), "late": late, "press": press, "stays": stays}

    def field(self, name: str, label: str, kind: str = "text") -> str:
        return f"<label>{label} <input type={kind} name={name}></label>"

    def name(self) -> dict[str, t.Any]:
        return self.page(self.field("name", "Username"), self.button(self.random.choice(["Continue", "Next"])))

    def password(self) -> dict[str, t.Any]:
        return self.page(HELP, self.field("password", "Password", "password"), self.button("Log In"))

    def both(self) -> dict[str, t.Any]:
        fields = self.field("name", "Username"), self.field("password", "Password", "password")
        return self.page(*fields, self.button("Log In"))

    def code(self) -> dict[str, t.Any]:
        if self.random.random() < 0.5:
            digits = "".join("<input type=text maxlength=1 size=1>" for _ in range(6))
            return self.page("<h2>Enter your code</h2>", HELP, digits)
        return self.page("<h2>Two-factor authentication</h2>", HELP, self.field("code", "Code"), self.button("Verify"))

    def method(self) -> dict[str, t.Any]:
        words = self.random.choice(["Use a verification code", "Authenticator app", "Enter a code"])
        others = "".join(map(self.button, ["Approve a push notification", "Text me a code"]))
        return self.page("<h2>Choose a way to verify</h2>", others, self.button(words), press=words)

    def stay(self) -> dict[str, t.Any]:
        return self.page("<h2>Stay signed in?</h2>", self.button("Yes"), self.button("No"), press="No")

    def news(self) -> dict[str, t.Any]:
        words = self.random.choice(["Close", "Got it", "Continue to Autotask"])
        return self.page(
            "<h2>New in this release</h2><p>Locked tickets are easier to find.</p>", self.button(words), press=words
        )

    def expires(self) -> dict[str, t.Any]:
        words = self.random.choice(["Not now", "Remind me later", "Skip for now"])
        text = "<p>Your password will expire in 5 days.</p>"
        return self.page(text, self.button("Change your password"), self.button(words), press=words)

    def banner(self) -> str:
        style = "position: fixed; inset: 0; background: white; z-index: 9"
        words = self.random.choice(["Reject all", "Only necessary cookies", "Decline"])
        buttons = f"<button>Accept all</button><button>{words}</button>"
        return f"<div class=banner style='{style}'><p>We use cookies.</p>{buttons}</div>"


@pytest.fixture
def page(playwright: Playwright) -> t.Iterator[Page]:
    browser = playwright.chromium.launch(executable_path=os.environ.get("AUTOTASK_BROWSER_EXECUTABLE"))
    yield browser.new_page()
    browser.close()


def go_through(page: Page, html: str, folder: Path, account: Account = ACCOUNT, status: int = 200) -> list[list[str]]:
    """Log in; what was typed and pressed."""
    page.unroute_all()
    page.route("**/*", lambda route: route.fulfill(body=html, content_type="text/html", status=status))
    page.goto(URL)
    window = Window(page, Journal(timeout=200), landmarks())
    page.on("dialog", window.answer)
    memory = AccountMemory(str(folder), account.identity_at(URL))
    try:
        Login(window, account, URL, memory).run()
    finally:
        noted: list[list[str]] = page.evaluate("window.noted")
    return noted


def check_typed(noted: list[list[str]], password: int = 1, code: int = 1) -> None:
    typed = [value for name, value in noted if name == "password"]
    assert typed == ["Correct-Horse-9"] * password, noted
    codes = [value for name, value in noted if name == "code"]
    assert len(codes) == code and all(len(value) == 6 and value.isdigit() for value in codes), noted


def check_one(page: Page, seed: int, folder: Path) -> None:
    maker = Maker(seed)
    html, to_press = maker.log_in()
    noted = go_through(page, html, folder / str(seed))
    check_typed(noted)
    pressed = [value for name, value in noted if name == "press"]
    assert [words for words in pressed if words in to_press] == to_press, (seed, noted)
    assert "Accept all" not in [value for name, value in noted if name == "banner"]


def test_pages_that_decide_nothing_are_passed(page: Page, tmp_path: Path) -> None:
    for seed in range(4):
        check_one(page, seed, tmp_path)


@pytest.mark.long
def test_many_pages_that_decide_nothing_are_passed(page: Page, tmp_path: Path) -> None:
    for seed in range(100, 140):
        check_one(page, seed, tmp_path)


ENDS = {
    "terms_to_accept": "<h2>New terms</h2><label><input type=checkbox> I agree</label><button>Continue</button>",
    "captcha": "<p>Confirm that you are not a robot.</p><label>Code <input name=captcha></label>",
    "password_expired": "<h2>Choose another password</h2><input type=password><input type=password>",
    "first_login": "<h2>Set up two-factor authentication</h2><label>Code <input name=setup></label>",
    "push_only": "<h2>Check your phone</h2><p>We sent a push notification. Approve the request.</p>",
    "company_needed": "<h2>Choose a company</h2><button class=press>Birch</button><button class=press>Elm</button>",
    "locked": "<h2>Your account has been locked.</h2><button class=press>OK</button>",
    "wrong_code": "<div role=alert>The code is incorrect.</div><label>Code <input name=again></label>",
}
"""What comes after the code, by the reason that it is told by."""


@pytest.mark.parametrize("reason", each(ENDS, in_make_test=["terms_to_accept", "first_login", "wrong_code"]))
def test_what_a_person_must_decide_ends_at_once_by_its_name(page: Page, tmp_path: Path, reason: str) -> None:
    html, _presses = Maker(1).log_in({"html": ENDS[reason], "late": 0, "stays": True})
    with pytest.raises(LoginRefused) as refused:
        go_through(page, html, tmp_path)
    assert refused.value.reason == reason, refused.value.message
    check_typed(page.evaluate("window.noted"))


def button(words: str) -> str:
    return f"<button class=press>{words}</button>"


def field(label: str, name: str, kind: str = "text", more: str = "") -> str:
    return f"<label>{label} <input type={kind} name={name} {more}></label>"


NAME, PASSWORD = field("Username", "name") + button("Next"), field("Password", "password", "password")
CODE = "<h2>Enter your code</h2>" + field("Code", "code")
GO_ON = "document.querySelector('main .press').click()"
BUTTON = "document.querySelector('main .press')"
RUNS = "<img src=x: style='width: 1px' onerror=\"%s\">"
CLOCK = "<p id=clock></p>" + RUNS % "setInterval(() => { clock.innerText = 'It is ' + Date.now(); }, 300)"
LANGUAGES = "<select><option>English</option><option>Deutsch</option></select>"
SKIP_LINK = (
    "<a href='#main' style='position: absolute; width: 1px; height: 1px; overflow: hidden'>Skip to main content</a>"
)
OVER = "<div role=dialog style='position: fixed; inset: 0; background: white'>"
HIDDEN = "style='position: absolute; left: -9999px'"
STAY = "<h2>Stay signed in?</h2>"

PASSED: dict[str, list[str]] = {
    "a box for the browser to fill, out of sight": [NAME + field("", "decoy", "password", HIDDEN), PASSWORD],
    "a box that is not meant for people": [
        NAME + "<div aria-hidden=true>" + field("", "decoy", "password") + "</div>",
        PASSWORD,
    ],
    "the log-in's name above its button": ["<h1>Next</h1>" + NAME, "<div>Log In</div>" + PASSWORD + button("Log In")],
    "a code that is sent once it is whole": [
        NAME,
        PASSWORD,
        field("Code", "code", "text", f'oninput="if (this.value.length === 6) {GO_ON}"') + button("Verify"),
        "<h2>New in this release</h2>" + button("Close"),
    ],
    "a code in halves": [NAME, PASSWORD, "<h2>Code</h2>" + 2 * "<input type=tel maxlength=3 name=half>" + button("Go")],
    "a code in boxes for a password": [
        NAME,
        PASSWORD,
        "<h2>Code</h2>" + 6 * "<input type=password maxlength=1>",
    ],
    "a choice of methods by radio buttons": [
        NAME,
        PASSWORD,
        "<h2>How do you want to verify?</h2><label><input type=radio name=way> Text message</label>"
        "<label><input type=radio name=way> Authenticator app</label>" + button("Continue"),
        CODE,
    ],
    "a choice of methods from a list": [
        NAME,
        PASSWORD,
        "<h2>Verify</h2><select><option>Push</option><option>Authenticator app</option></select>" + button("Continue"),
        CODE,
    ],
    "tiles": [
        NAME,
        PASSWORD,
        "<h2>Verify</h2><div style='cursor: pointer'>Text me</div>"
        "<div style='cursor: pointer' class=press><b>Authenticator app</b></div>",
        CODE,
    ],
    "a choice of companies from a list": [
        NAME,
        PASSWORD,
        "<h2>Choose your company</h2><select><option>Birch</option><option>Alder IT</option></select>" + button("OK"),
        CODE,
    ],
    "a question over the next page": [
        NAME,
        PASSWORD,
        CODE + OVER + STAY + button("No, don\u2019t") + "<button>Yes</button></div>",
        CODE,
    ],
    "another wording of later": [NAME, PASSWORD, CODE, "<p>It expires.</p>" + button("I\u2019ll do this later \u2192")],
    "news with links below": [
        NAME,
        PASSWORD,
        CODE,
        "<h2>News</h2><p>Text.</p>" + button("Continue\u2026") + "<a href='#'>Privacy policy</a>",
    ],
    "an account that is remembered": [
        "<h2>Pick an account</h2><div class=press tabindex=0>Admin<br>admin@msp.example</div>"
        "<div tabindex=0>Use another account</div>",
        "<p>admin@msp.example</p>" + PASSWORD,
        CODE,
    ],
    "a code below another wording": [
        NAME,
        PASSWORD,
        "<h2>One more step</h2><input name=code autocomplete=one-time-code>",
    ],
    "a clock on every page": [
        CLOCK + NAME,
        CLOCK + PASSWORD,
        CLOCK + CODE + button("Verify"),
        CLOCK + "<h2>News</h2>" + button("Continue"),
    ],
    "who it is beside the code": [
        NAME,
        PASSWORD,
        field("User", "who", "text", "readonly value=admin@msp.example") + CODE + button("Verify"),
    ],
    "a list of languages on every page": [
        NAME + LANGUAGES,
        PASSWORD + LANGUAGES,
        CODE + LANGUAGES,
        "<h2>News</h2><label><input type=checkbox> Do not show this again</label>" + button("OK, got it") + LANGUAGES,
    ],
    "a link for screen readers": [NAME, PASSWORD, CODE, SKIP_LINK + "<h2>News</h2>" + button("Take me to Autotask")],
    "a number with digits": [NAME, PASSWORD, "<h2>Enter the 6-digit number</h2>" + field("It", "code") + button("Go")],
    "a code by message, or the app instead": [
        NAME,
        PASSWORD,
        "<p>We sent a code to ***12.</p>" + field("Code", "decoy") + button("Use authenticator app instead"),
        CODE,
    ],
    "a push, or another way": [
        NAME,
        PASSWORD,
        "<h2>Approve the request</h2><p>We sent a push notification.</p>" + button("Try another way"),
        "<h2>Choose</h2><button>Text me</button>" + button("Authenticator app"),
        CODE,
    ],
    "a telephone number that may be given later": [
        NAME,
        PASSWORD,
        CODE,
        "<h2>Add your phone number</h2>" + field("Phone", "decoy") + button("Skip for now"),
    ],
    "password and code on one page": [NAME, PASSWORD + field("One-time code", "code") + button("Log In")],
    "a box that is cut off": [
        NAME + "<div style='height: 0; overflow: hidden'>" + field("", "decoy") + "</div>",
        PASSWORD + "<div style='width: 0; height: 0; overflow: hidden'>" + field("", "decoy", "password") + "</div>",
    ],
    "a question about cookies over a log-in that lies over the page, too": [
        OVER.replace("inset: 0", "inset: 0; z-index: 9")
        + "<p>We use cookies.</p><button onclick='this.parentNode.remove()'>Reject all</button></div>"
        + f"{OVER}{NAME}</div>",
        PASSWORD,
    ],
    "boxes for digits of any length": [
        NAME,
        PASSWORD,
        "<h2>Code</h2>" + 6 * "<input style='width: 30px' name=half>" + button("Verify"),
    ],
    "a box that lies unseen over places for digits": [
        NAME,
        PASSWORD,
        "<h2>Code</h2><div style='position: relative; width: 200px; height: 40px'>_ _ _ _ _ _<input name=code "
        "autocomplete=one-time-code style='position: absolute; inset: 0; opacity: 0'></div>" + button("Verify"),
    ],
    "a code in one box for a password": [
        NAME,
        PASSWORD,
        f"<h2>Code</h2>{HELP}" + field("Code", "code", "password", "autocomplete=one-time-code") + button("Verify"),
    ],
    "help that stands where errors might": [
        *(f"<div class=ErrorBoundary>{HELP}{step}</div>" for step in (NAME, PASSWORD)),
        f"<div class=ng-invalid><div class='alert alert-info'>{HELP}</div>{CODE}</div>",
    ],
    "a sign-up beside the log-in": [
        f"<form>{NAME}</form><form>"
        + field("E-mail", "decoy", "email")
        + 2 * field("", "decoy", "password")
        + "<button type=button>Sign up</button></form>",
        PASSWORD,
    ],
    "a search and a newsletter beside it": [
        "<div role=search><input name=decoy></div>"
        + NAME
        + "<form><input type=email name=decoy><button type=button>Subscribe</button></form>",
        PASSWORD,
    ],
    "all on one panel": [
        field("Username", "name") + PASSWORD + field("Authenticator code", "code") + button("Log In"),
    ],
    "a code below the password": [
        NAME,
        PASSWORD + "<p id=more></p><button onclick=\"if (!more.innerHTML) more.innerHTML = 'Enter the code of the app "
        f"<input name=code>'; else if (document.querySelector('[name=code]').value.length === 6) {GO_ON}\">Log In"
        "</button><a hidden class=press></a>",
    ],
    "a button that waits for a key": [
        NAME.replace("name=name", f'name=name onkeyup="{BUTTON}.disabled = false"').replace(
            "class=press", "class=press disabled"
        ),
        PASSWORD,
    ],
    "suggestions over the button": [
        "<div id=suggestions hidden style='position: fixed; inset: 0; background: white'></div>"
        + NAME.replace(
            "name=name", "name=name onfocus='suggestions.hidden = false' onblur='suggestions.hidden = true'"
        ),
        PASSWORD,
    ],
    "a user name in a box that cannot be changed": [
        field("Username", "who", "text", "readonly value=ADMIN@msp.example") + PASSWORD,
        CODE,
    ],
    "an account that is chosen and not named again": [
        "<h2>Who is it?</h2>" + button("Admin, admin@msp.example") + "<button>Use another account</button>",
        PASSWORD,
        CODE,
    ],
    "ways that are called the same": [
        NAME,
        PASSWORD,
        "<h2>Verify</h2><button aria-label='Select a push'>Select</button>"
        "<button class=press aria-label='Select a code of the authenticator app'>Select</button>",
        CODE,
    ],
    "a badge of a robot's test": [
        NAME,
        PASSWORD + "<iframe src='https://robots.example/recaptcha?size=invisible'></iframe>",
        CODE,
    ],
}
"""Pages of other log-ins, each by its steps."""


def page_of(*steps: str) -> str:
    told = [{"html": step, "late": 0, "press": ""} for step in steps]
    return f"<!doctype html><main></main><script>{SCRIPT % json.dumps(told)}</script>"


@pytest.mark.parametrize("case", each(PASSED, in_make_test=["a code that is sent once it is whole", "tiles"]))
def test_other_pages_are_passed(page: Page, tmp_path: Path, case: str) -> None:
    noted = go_through(page, page_of(*PASSED[case]), tmp_path)
    assert [value for name, value in noted if name == "password"] == ["Correct-Horse-9"], noted
    assert not [value for name, value in noted if name == "decoy" and value], noted
    halves = "".join(value for name, value in noted if name in ("code", "half"))
    assert len(halves) in (0, 6) and (len(halves) == 6 or "code" not in str(PASSED[case][2:])), noted


FAILED: dict[str, tuple[list[str], str]] = {
    "terms to tick beside the password": (
        [NAME, PASSWORD + "<label><input type=checkbox> I accept the terms</label>" + button("Log In")],
        "terms_to_accept",
    ),
    "a box that is marked as wrong": (
        [NAME, PASSWORD.replace("name=", "onkeydown=\"setAttribute('aria-invalid', true)\" name=")],
        "wrong_password",
    ),
    "a message in other words": (
        [
            NAME,
            PASSWORD.replace("name=", "onkeydown=\"said.innerText = 'Das hat nicht geklappt.'\" name=")
            + "<div role=alert id=said></div>",
        ],
        "login_refused",
    ),
    "a message that goes again": (
        [
            NAME,
            PASSWORD.replace(
                "name=", "onkeydown=\"said.innerText = 'That doesn\u2019t match. It isn\u2019t valid: invalid.'\" name="
            )
            + "<div class=Toast id=said></div>",
        ],
        "wrong_password",
    ),
    "a message of the browser's own": (
        [NAME, PASSWORD.replace("name=", "onkeydown=\"if (event.key === 'Enter') alert('Invalid password.')\" name=")],
        "wrong_password",
    ),
    "too many attempts": (
        [
            NAME,
            PASSWORD.replace("name=", "onkeydown=\"said.innerText = 'Too many failed attempts.'\" name=")
            + "<p class=error id=said></p>",
        ],
        "locked",
    ),
    "the first page again, with other words": (
        [NAME, PASSWORD, "<p>Das hat nicht geklappt.</p>" + NAME.replace("class=press", "")],
        "login_refused",
    ),
    "terms that going on accepts": (
        [NAME, PASSWORD, "<p>By continuing you agree to our new terms.</p><button>Continue</button>"],
        "terms_to_accept",
    ),
    "another number to choose": (
        [NAME, PASSWORD, "<h2>Choose a PIN</h2>" + field("PIN", "new") + button("Save")],
        "first_login",
    ),
    "a code by e-mail": (
        [NAME, PASSWORD, "<p>We e-mailed a code to a***@msp.example.</p>" + field("Code", "code")],
        "other_factor",
    ),
    "a security question": (
        [NAME, PASSWORD, "<h2>Security question</h2><p>Your first pet?</p>" + field("Answer", "answer")],
        "other_factor",
    ),
    "a choice of messages only": (
        [NAME, PASSWORD, "<h2>Verify it is you</h2><button>Text a code</button><button>E-mail a code</button>"],
        "other_factor",
    ),
    "one box for another password": (
        [NAME, PASSWORD, "<h2>Set a new password</h2>" + field("New password", "new", "password")],
        "password_expired",
    ),
    "a consent that is none to cookies": (
        [NAME, PASSWORD, "<h2>Warning</h2><p>By using this system you consent to monitoring.</p><button>OK</button>"],
        "terms_to_accept",
    ),
    "a choice of companies that has others": (
        [NAME, PASSWORD, "<h2>Choose a company</h2><label><input type=radio name=c> Birch</label>" + button("OK")],
        "company_needed",
    ),
}


@pytest.mark.parametrize("case", each(FAILED, in_make_test=["a box that is marked as wrong"]))
def test_other_pages_end_by_name(page: Page, tmp_path: Path, case: str) -> None:
    steps, reason = FAILED[case]
    # What is sent leads nowhere, as there is an answer on the page.
    html = page_of(*steps).replace("if (!steps[at].stays)", "if (at + 1 < steps.length)")
    with pytest.raises(LoginRefused) as refused:
        go_through(page, html, tmp_path)
    assert refused.value.reason == reason, refused.value.message
    typed = [value for name, value in page.evaluate("window.noted") if name == "password" and value]
    assert len(typed) <= 1 and (typed or case == "terms to tick beside the password")
    assert not [value for name, value in page.evaluate("window.noted") if name in ("code", "answer", "new") and value]


IN_SHADOW = """<!doctype html><at-login></at-login><script>
const root = document.querySelector('at-login').attachShadow({mode: 'open'});
root.innerHTML = '<main></main>';
document.querySelector = selector => root.querySelector(selector);
document.querySelectorAll = selector => root.querySelectorAll(selector);
"""


def test_a_log_in_in_a_shadow_is_passed(page: Page, tmp_path: Path) -> None:
    html = page_of(NAME, PASSWORD + button("Log In"), CODE + button("Verify"))
    script = html.partition("<script>")[2].replace("document.querySelector", "root.querySelector")
    noted = go_through(page, IN_SHADOW.partition("document.querySelector =")[0] + script, tmp_path)
    check_typed(noted)


def test_a_log_in_in_a_frame_is_passed(page: Page, tmp_path: Path) -> None:
    """Of the same host; the page itself has nothing but the frame."""
    inner = page_of(NAME, PASSWORD + button("Log In"), CODE + button("Verify")).replace("history.", "parent.history.")
    inner = inner.replace("noted = []", "noted = parent.noted")
    frame = "noted = []; document.write('<iframe src=/inner style=\\'width: 90vw; height: 90vh\\'></iframe>')"
    html = inner.replace("<script>", f"<script>if (self === top) {{ {frame} }} else {{ ").replace(
        "</script>", "}</script>"
    )
    check_typed(go_through(page, html, tmp_path))


def test_an_empty_password_is_never_sent(page: Page, tmp_path: Path) -> None:
    maker = Maker(3)
    html = f"<!doctype html><main></main><script>{SCRIPT % json.dumps([maker.both()])}</script>"
    with pytest.raises(LoginRefused) as refused:
        go_through(page, html, tmp_path, Account("admin@msp.example", ""))
    assert refused.value.reason == "password_needed"
    assert page.evaluate("window.noted") == []


def test_a_first_page_that_is_an_error_is_no_interrupted_log_in(page: Page, tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="status 502: Bad Gateway"):
        go_through(page, "<script>noted = []</script><h1>Bad Gateway</h1>", tmp_path, status=502)


def test_the_company_that_was_named_is_chosen(page: Page, tmp_path: Path) -> None:
    maker = Maker(4)
    choice = maker.page("<h2>Choose a company</h2>", *map(maker.button, ["Birch IT", "Alder IT"]))
    html, _presses = maker.log_in(choice)
    assert ["press", "Alder IT"] in go_through(page, html, tmp_path)


def test_another_hosts_page_is_not_taken_for_the_console(page: Page) -> None:
    """As where a resumed session is redirected by somebody on the way."""
    page.route("**/*", lambda route: route.fulfill(body="<p>Welcome</p>", content_type="text/html"))
    window = Window(page, Journal(timeout=60), landmarks())
    window.landing = "https://ww4.autotask.net/AutotaskOnyx/LandingPage"
    for address, is_console in {
        "https://ww5.autotask.net": True,
        "https://evil.example": False,
        "http://ww4.autotask.net": False,
    }.items():
        page.goto(f"{address}/AutotaskOnyx/LandingPage")
        assert logged_in(window) is is_console, address
