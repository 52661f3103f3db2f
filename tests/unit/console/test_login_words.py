# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._console.log_in.refusals import refused


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("Your account has been locked. Contact your administrator.", "locked"),
        ("The username or password is incorrect; your account is now locked.", "locked"),
        ("Your password has expired. You must change it.", "password_expired"),
        ("Choose your new password", "password_expired"),
        ("Log in; Change your password", "password_expired"),
        ("You have to change your password.", "password_expired"),
        ("Change your password every 90 days.", None),
        ("Access denied", "login_refused"),
        ("Create Password", "first_login"),
        ("Set up two-factor authentication", "first_login"),
        ("Your administrator requires you to log in with KaseyaOne.", "kaseyaone_required"),
        ("The two-factor authentication code is incorrect.", "wrong_code"),
        ("Invalid passcode", "wrong_code"),
        ("The username or password is incorrect.", "wrong_password"),
        ("Unable to log in", "wrong_password"),
        ("That code didn't work. Try again.", "wrong_code"),
        ("Sorry, those credentials do not match our records.", "wrong_password"),
        ("2 attempts remaining before your account is locked.", "wrong_password"),
        ("Incorrect password. Your account will be locked after 3 more.", "wrong_password"),
        ("Your account is locked until 10:30.", "locked"),
        ("Sign-in failed", "wrong_password"),
        ("We couldn\u2019t sign you in", "wrong_password"),
        ("We could not find an account with that name.", "wrong_password"),
        ("The code you entered is not correct.", "wrong_code"),
        ("Account temporarily blocked", "locked"),
        ("Your IP address 192.0.2.7 is blocked.", "address_not_allowed"),
        ("Your IP address is not on the access list.", "address_not_allowed"),
        ("Your last log-in was from IP address 192.0.2.7.", None),
        ("Welcome to the new release. Read this first.", None),
        ("Password", None),
        ("Log in with KaseyaOne", None),
        ("Enter the 6-digit code of your authenticator app.", None),
        ("Use another username", None),
    ],
)
def test_refusals_are_told_apart(said: str, reason: str | None) -> None:
    assert refused(said) == reason
