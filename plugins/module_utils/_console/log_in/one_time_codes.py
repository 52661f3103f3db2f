# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One-time codes, from a secret as issuers hand it out.

What authenticator apps take: base32, often in groups and in lower case, or the whole C(otpauth://) address of the QR
code, which may name digits, period and algorithm (Key URI format; RFC 6238).
"""

from __future__ import annotations

import base64
import traceback
import typing as t
import unicodedata
import urllib.parse
from dataclasses import dataclass

from ansible_collections.msp.autotask.plugins.module_utils._console.errors import ConsoleError

CRYPTOGRAPHY_IMPORT_ERROR: str | None = None
try:
    from cryptography.hazmat.primitives.hashes import SHA1, SHA256, SHA512
    from cryptography.hazmat.primitives.twofactor.totp import TOTP
except ImportError:
    CRYPTOGRAPHY_IMPORT_ERROR = traceback.format_exc()

ALGORITHMS = ("SHA1", "SHA256", "SHA512")
DIGITS = (6, 7, 8)
LONGEST_PERIOD = 300


class BadTotpSecret(ConsoleError):
    """No code can be made of this secret."""

    reason = "bad_totp_secret"


@dataclass(frozen=True)
class OneTimeCodes:
    """The codes of one authenticator."""

    key: bytes
    digits: int = 6
    period: int = 30
    """Seconds that a code is for."""
    algorithm: str = "SHA1"

    def step(self, moment: float) -> int:
        """Which period the *moment* (seconds since 1970) is in."""
        return int(moment) // self.period

    def code(self, step: int) -> str:
        """The code of that period."""
        algorithms: dict[str, SHA1 | SHA256 | SHA512] = {"SHA1": SHA1(), "SHA256": SHA256(), "SHA512": SHA512()}
        # Apps take short keys too, which libraries advise against.
        totp = TOTP(self.key, self.digits, algorithms[self.algorithm], self.period, enforce_key_length=False)
        return totp.generate(step * self.period).decode()


def one_time_codes(secret: str) -> OneTimeCodes:
    """Read *secret*; BadTotpSecret says what is wrong with it, without quoting it."""
    # Signs that nobody sees come with what is copied from a page, and "&amp;" from its source.
    seen = "".join(sign for sign in secret if unicodedata.category(sign) != "Cf").strip()
    if seen.casefold().startswith("otpauth:"):
        return _of_address(seen.replace("&amp;", "&"))
    if seen.casefold().startswith("otpauth-migration:"):
        raise BadTotpSecret(
            "'console_totp_secret' is an app's export of its accounts (otpauth-migration://). Give the secret of this "
            "account alone, as it was when two-factor authentication was set up."
        )
    return OneTimeCodes(_key(seen))


def secret_parts(secret: str | None) -> list[str]:
    """What of *secret* gives codes, apart from all else that an address says."""
    if not secret or "?" not in secret:
        return [secret] if secret else []
    given = urllib.parse.parse_qsl(secret.partition("?")[2])
    return [secret, *(value for name, value in given if name.casefold() == "secret")]


def _of_address(address: str) -> OneTimeCodes:
    try:
        # A "#" may be part of who issued it.
        parts = urllib.parse.urlsplit(address, allow_fragments=False)
        named = [(name.casefold(), value) for name, value in urllib.parse.parse_qsl(parts.query)]
        given = dict(named)
        kind = parts.netloc.casefold()
    except ValueError:
        raise BadTotpSecret(
            "'console_totp_secret' begins like an otpauth:// address, but is not a valid one."
        ) from None
    if kind != "totp":
        raise BadTotpSecret(
            f"'console_totp_secret' is an otpauth:// address for {kind or 'nothing'}, not for totp (codes by time), "
            "which is what Autotask uses."
        )
    if "secret" not in given:
        raise BadTotpSecret("'console_totp_secret' is an otpauth:// address without a secret.")
    if len(given) < len(named) or "encoder" in given:
        raise BadTotpSecret(
            "'console_totp_secret' is an otpauth:// address that says something twice, or whose codes are no digits."
        )
    algorithm = given.get("algorithm", "SHA1").upper().replace("-", "").removeprefix("HMAC")
    if algorithm not in ALGORITHMS:
        raise BadTotpSecret(
            f"'console_totp_secret' names an algorithm that is not supported; supported are {', '.join(ALGORITHMS)}."
        )
    return OneTimeCodes(
        _key(given["secret"]),
        digits=_number(given, "digits", 6, DIGITS),
        period=_number(given, "period", 30, range(1, LONGEST_PERIOD + 1)),
        algorithm=algorithm,
    )


def _number(given: t.Mapping[str, str], name: str, default: int, allowed: t.Sequence[int]) -> int:
    text = given.get(name, str(default)).lstrip("0")
    if text not in map(str, allowed):
        raise BadTotpSecret(f"'console_totp_secret' has a '{name}' that is not between {allowed[0]} and {allowed[-1]}.")
    return int(text)


def _key(text: str) -> bytes:
    letters = "".join(text.split()).replace("-", "").rstrip("=").upper()
    try:
        key = base64.b32decode(letters + "=" * (-len(letters) % 8))
    except ValueError:
        key = b""
    if not key:
        raise BadTotpSecret(
            "'console_totp_secret' is not a secret for an authenticator app, which is: letters and the digits 2 to 7 "
            "(base32), or a whole otpauth:// address. A code of six digits is not the secret."
        )
    return key
