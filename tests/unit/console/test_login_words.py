# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import re

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._console.errors import ConsoleError
from ansible_collections.msp.autotask.plugins.module_utils._console.login import REFUSALS, _totp


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("Your account has been locked. Contact your administrator.", "locked"),
        ("The username or password is incorrect; your account is now locked.", "locked"),
        ("Your password has expired. You must change it.", "password_expired"),
        ("Create Password", "first_login"),
        ("Set up two-factor authentication", "first_login"),
        ("Your administrator requires you to log in with KaseyaOne.", "kaseyaone_required"),
        ("The two-factor authentication code is incorrect.", "wrong_code"),
        ("Invalid passcode", "wrong_code"),
        ("The username or password is incorrect.", "wrong_password"),
        ("Unable to log in", "wrong_password"),
        ("Password", None),
        ("Log in with KaseyaOne", None),
        ("Enter the 6-digit code of your authenticator app.", None),
        ("Use another username", None),
    ],
)
def test_refusals_are_told_apart(said: str, reason: str | None) -> None:
    found = (known for known, words, _ in REFUSALS if re.search(words, said, re.IGNORECASE))
    assert next(found, None) == reason


# The SHA-1 rows of RFC 6238, appendix B, with the last six of their eight digits.
@pytest.mark.parametrize(
    ("at", "code"), [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")]
)
def test_codes_are_those_of_the_standard(at: int, code: str) -> None:
    assert _totp("GEZD GNBV GY3T QOJQ gezdgnbvgy3tqojq").generate(at).decode() == code


def test_short_secrets_are_taken_as_authenticator_apps_take_them() -> None:
    assert len(_totp("JBSWY3DPEHPK3PXP").generate(0)) == 6


@pytest.mark.parametrize("secret", ["not base32!", "01890189", "ÄÖÜ"])
def test_a_secret_that_is_none_is_refused_without_being_repeated(secret: str) -> None:
    with pytest.raises(ConsoleError) as failure:
        _totp(secret)
    assert failure.value.reason == "bad_totp_secret" and secret not in failure.value.message
