# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is pressed between log-in and console, by its words; what is for a person; where a code goes."""

from __future__ import annotations

import typing as t

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._console.errors import LoginRefused
from ansible_collections.msp.autotask.plugins.module_utils._console.log_in.obstacles import Obstacles, names
from ansible_collections.msp.autotask.plugins.module_utils._console.log_in.panel import Button, Panel

USER = "admin@msp.example"
BOX = t.cast(t.Any, object())


def button(words: str, in_banner: bool = False) -> Button:
    return Button(words, BOX, in_banner)


def panel(
    said: str,
    *buttons: str | Button,
    hints: t.Sequence[str] = (),
    choices: t.Sequence[str] = (),
    unticked: t.Sequence[str] = (),
    passwords: int = 0,
    is_split: bool = False,
) -> Panel:
    return Panel(
        url="https://console.example/login",
        texts=tuple(said.split("\n")),
        errors=(),
        is_split=is_split,
        fixed=(),
        hints=tuple(hints),
        invalid=0,
        ticks=len(unticked),
        unticked=tuple(unticked),
        captcha=False,
        text_boxes=(BOX,) * len(hints),
        password_boxes=(BOX,) * passwords,
        buttons=tuple(button(each) if isinstance(each, str) else each for each in buttons),
        choices=tuple(map(button, choices)),
    )


def pressed(shown: Panel, password_typed: bool, *before: Panel) -> str | None:
    """What is pressed on the page; of each, all is new."""
    obstacles = Obstacles(True, "Alder IT", USER)
    for each in before:
        obstacles.way_around(each, "; ".join(each.texts))
    said = "; ".join(shown.texts)
    found = obstacles.way_around(shown, said, password_typed) or obstacles.close_news(shown, said, password_typed)
    return found.words if found else None


COOKIES = [button("Accept all", in_banner=True), button("Settings", in_banner=True)]
FIRST = panel("Log in", "Continue", hints=["Username"])


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        (panel("We use cookies", *COOKIES, button("Deny", in_banner=True)), "Deny"),
        (
            panel("We use cookies", *COOKIES, button("Continue without accepting", in_banner=True)),
            "Continue without accepting",
        ),
        (panel("We use cookies", *COOKIES, button("Save my choices", in_banner=True)), "Save my choices"),
        (panel("We use cookies", *COOKIES, button("I don\u2019t accept", in_banner=True)), "I don\u2019t accept"),
        (panel("Show notifications?", "Allow", "Block"), "Block"),
        (panel("Turn on desktop notifications?", "Yes", "No"), "No"),
        (panel("Your password expires in 3 days. Change your password now?", "Yes", "No"), "No"),
        (panel("Is this your device?", "Yes, this is my device", "No, other people use it"), "No, other people use it"),
        (panel("Remember this device?", "Continue", choices=["For 30 days", "Don't remember"]), "Don't remember"),
        (panel("Verify", "Get a verification code", "Google Authenticator code"), "Google Authenticator code"),
        (panel("Delete everything?", "Yes", "No"), None),
        (panel("Your code expires in 3 minutes", "Yes", "No"), None),
        (panel("Welcome back", "Log in again"), None),
    ],
)
def test_what_decides_nothing_is_pressed_after_the_password(shown: Panel, words: str | None) -> None:
    assert pressed(shown, True, FIRST) == words


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        (panel("You have been logged out.", "Log in again"), "Log in again"),
        (panel("Autotask", "Log In", "Request a demo"), "Log In"),
        (panel("We have moved.", "Take me there"), "Take me there"),
        (panel("Your browser is not supported.", "Download Chrome", "Continue anyway"), "Continue anyway"),
        (panel("Who is it?", f"Ada {USER} Signed out", "Use another account"), f"Ada {USER} Signed out"),
        (panel("Welcome back", f"Continue as {USER.upper()}", "Switch"), f"Continue as {USER.upper()}"),
        (panel("Who is it?", f"x{USER}", f"{USER}.org", "Use another account"), None),
        (panel("Welcome back", f"Not {USER}?"), None),
        (panel("Use your passkey", "Continue", "Use your password instead"), "Use your password instead"),
        (panel("Approve the request", "Password"), "Password"),
        (panel("Use your passkey", "Continue", "Other ways to sign in"), "Other ways to sign in"),
        (panel("We e-mailed a code", "Use password", hints=["Code"]), "Use password"),
    ],
)
def test_the_way_to_the_password_is_gone(shown: Panel, words: str | None) -> None:
    assert pressed(shown, False, FIRST) == words


@pytest.mark.parametrize(("words", "is_pressed"), [("Password", False), ("Log in with a password", True)])
def test_beside_the_user_name_the_mere_word_is_no_way_to_the_password(words: str, is_pressed: bool) -> None:
    assert pressed(panel("Log in", "Continue", words, hints=["Username"]), False) == (words if is_pressed else None)


@pytest.mark.parametrize(
    ("shown", "password_typed", "reason"),
    [
        (panel("By using this system you consent to monitoring.", "OK"), True, "terms_to_accept"),
        (panel("", hints=["Username"], unticked=["I agree to the terms and to news"]), False, "terms_to_accept"),
        (panel("Your organization needs more information", "Next"), True, "first_login"),
        (panel("Type the code that you see in the picture.", hints=["Code"]), True, "captcha"),
        (panel("One more", hints=["Username", "captcha"]), False, "captcha"),
        (panel("Prove that you are human.", "Press & Hold"), False, "captcha"),
        (panel("Use your passkey", "Continue"), False, "other_factor"),
        (panel("We sent an e-mail to a***@msp.example. Follow the link in it."), True, "other_factor"),
        (panel("Verify", "Google Authenticator", "Microsoft Authenticator"), True, "other_factor"),
        (panel("Verify", "Verification code", "Enter a code"), True, "other_factor"),
    ],
)
def test_what_a_person_decides_ends_by_its_name(shown: Panel, password_typed: bool, reason: str) -> None:
    with pytest.raises(LoginRefused) as refused:
        pressed(shown, password_typed)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("said", "unticked"),
    [
        ("This site is protected by reCAPTCHA and Google's policies apply.", []),
        ("", ["Remember me (see our privacy policy)"]),
        ("", ["E-mail me news as in the privacy policy"]),
    ],
)
def test_what_asks_nothing_is_let_be(said: str, unticked: list[str]) -> None:
    assert pressed(panel(said, hints=["Username"], unticked=unticked), False) is None


@pytest.mark.parametrize(
    ("said", "hint", "is_ours"),
    [
        ("Enter the 6-digit code.", "code", True),
        ("Open your app. We never ask for this code by e-mail or phone.", "Code", True),
        ("Enter the code. We can text you a code instead.", "Code", True),
        ("Enter the code of your authenticator app, not a recovery code.", "otp", True),
        ("Enter the code from the text message.", "Code", False),
        ("We sent you a code by SMS. Never share it.", "Code", False),
        ("Your code is on its way to ***12.", "Code", False),
        ("Enter the code we just mailed to you.", "Code", False),
        ("Enter one of your backup codes.", "Code", False),
        ("Touch your YubiKey to enter its code.", "Code", False),
        ("Enter your PIN.", "Code", False),
        ("We are calling you. Enter the code that you hear.", "Code", False),
        ("A one-time passcode was delivered to a***@msp.example.", "Passcode", False),
        ("Account verification", "mobile", False),
        ("Verification", "emailOtp email_otp", False),
        ("Verification", "Client code", False),
        ("Enter today's code.", "Access code", False),
        ("Verification", "backup", False),
    ],
)
def test_a_code_goes_where_one_of_the_app_is_asked_for(said: str, hint: str, is_ours: bool) -> None:
    obstacles, shown = Obstacles(True, None, USER), panel(said, hints=[hint])
    if is_ours:
        assert obstacles.asks_for_code(shown, said)
    else:
        with pytest.raises(LoginRefused) as refused:
            obstacles.asks_for_code(shown, said)
        assert refused.value.reason == "other_factor"


@pytest.mark.parametrize(
    ("said", "hint", "is_asked"),
    [
        ("Verify your identity", "", True),
        ("Verify your identity", "\nz1f3ab", True),
        ("Verify your identity", "mfa", True),
        ("Verify your identity; Enter the 6 digits", "x1", True),
        ("Verify your identity", "dob Date of birth", False),
        ("Two-step log-in", "First name", False),
    ],
)
def test_a_box_that_is_called_something_else_gets_no_code(said: str, hint: str, is_asked: bool) -> None:
    assert Obstacles(True, None, USER).asks_for_code(panel(said, "Verify", hints=[hint]), said) is is_asked


def test_of_several_boxes_the_one_that_says_so_is_for_the_code() -> None:
    obstacles, boxes = Obstacles(True, None, USER), [t.cast(t.Any, name) for name in ("name", "code", "device")]
    shown = panel("", hints=["Username", "Authenticator code", "Name this device"])
    object.__setattr__(shown, "text_boxes", tuple(boxes))
    assert obstacles.box_for("one-time code", shown) == ["code"]
    assert obstacles.box_for("user name", shown) == boxes


@pytest.mark.parametrize(
    ("said", "named"),
    [
        (USER.upper(), True),
        (f"Signed in as {USER}.", True),
        (f"(not {USER}?)", True),
        (f"x{USER}", False),
        (f"{USER}.org", False),
        (f"{USER}-2", False),
        ("admin@mspxexample", False),
    ],
)
def test_a_user_is_named_by_the_whole_name(said: str, named: bool) -> None:
    assert names(USER, said) is named
