# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Secrets as issuers hand them out give the codes that an authenticator app gives."""

from __future__ import annotations

import base64
import email.utils
import hashlib
import time
import typing as t
import urllib.parse
from pathlib import Path
from types import SimpleNamespace

import pyotp
import pytest
from ansible_collections.msp.autotask.plugins.module_utils._console import console
from ansible_collections.msp.autotask.plugins.module_utils._console.errors import DeadlinePassed
from ansible_collections.msp.autotask.plugins.module_utils._console.journal import Journal
from ansible_collections.msp.autotask.plugins.module_utils._console.log_in.account import Account
from ansible_collections.msp.autotask.plugins.module_utils._console.log_in.account_memory import AccountMemory
from ansible_collections.msp.autotask.plugins.module_utils._console.log_in.login import Login
from ansible_collections.msp.autotask.plugins.module_utils._console.log_in.one_time_codes import (
    BadTotpSecret,
    one_time_codes,
    secret_parts,
)
from hypothesis import given
from hypothesis import strategies as st

# RFC 6238, appendix B: the keys of its three algorithms, and codes of eight digits.
SIZES = {"SHA1": 20, "SHA256": 32, "SHA512": 64}
KEYS = {name: base64.b32encode((b"1234567890" * 7)[:size]).decode() for name, size in SIZES.items()}


@pytest.mark.parametrize(
    ("algorithm", "at", "code"),
    [
        ("SHA1", 59, "94287082"),
        ("SHA256", 59, "46119246"),
        ("SHA512", 59, "90693936"),
        ("SHA1", 20000000000, "65353130"),
        ("SHA256", 1234567890, "91819424"),
        ("SHA512", 2000000000, "38618901"),
    ],
)
def test_codes_are_those_of_the_standard(algorithm: str, at: int, code: str) -> None:
    address = f"otpauth://totp/Autotask:me?secret={KEYS[algorithm]}&digits=8&algorithm={algorithm}&issuer=Autotask"
    codes = one_time_codes(address)
    assert codes.code(codes.step(at)) == code


@given(
    # The other library takes no shorter keys.
    st.binary(min_size=14, max_size=40),
    st.sampled_from(["sha1", "SHA256", "SHA-512"]),
    st.sampled_from([6, 7, 8]),
    st.integers(1, 120),
    st.integers(0, 4_000_000_000),
    st.booleans(),
)
def test_an_address_says_digits_period_and_algorithm(
    key: bytes, algorithm: str, digits: int, period: int, at: int, lower: bool
) -> None:
    """The oracle is another library than the one that is used."""
    secret = base64.b32encode(key).decode().rstrip("=")
    address = f"otpauth://totp/A%20%26%20B:me%40x.example?secret={secret.lower() if lower else secret}"
    address += f"&issuer=A%20%26%20B&algorithm={algorithm}&digits={digits}&period={period}"
    digest = {"sha1": hashlib.sha1, "SHA256": hashlib.sha256, "SHA-512": hashlib.sha512}[algorithm]
    expected = pyotp.TOTP(secret, digits=digits, interval=period, digest=digest).at(at)
    codes = one_time_codes(address)
    assert codes.code(codes.step(at)) == expected
    assert secret.casefold() in [part.casefold() for part in secret_parts(address)]


@given(st.binary(min_size=5, max_size=40), st.integers(1, 6), st.sampled_from([" ", "-", "\n"]), st.booleans())
def test_base32_may_come_in_groups_and_in_lower_case(key: bytes, size: int, between: str, lower: bool) -> None:
    secret = base64.b32encode(key).decode()
    text = between.join(secret[start : start + size] for start in range(0, len(secret), size))
    assert one_time_codes(text.lower() if lower else text).key == key


@pytest.mark.parametrize(
    ("secret", "says"),
    [
        ("not base32!", "base32"),
        ("01890189", "base32"),
        ("123456", "six digits"),
        ("ÄÖÜ", "base32"),
        ("   ", "base32"),
        ("otpauth://hotp/me?secret=GEZDGNBVGY3TQOJQ&counter=1", "for hotp"),
        ("otpauth://totp/me?issuer=x", "without a secret"),
        ("otpauth://totp/me?secret=1", "base32"),
        ("otpauth://totp/me?secret=GEZDGNBV&digits=9", "'digits'"),
        ("otpauth://totp/me?secret=GEZDGNBV&period=0", "'period'"),
        ("otpauth://totp/me?secret=GEZDGNBV&period=x", "'period'"),
        ("otpauth://totp/me?secret=GEZDGNBV&algorithm=MD5", "algorithm"),
        ("otpauth://[totp/me", "otpauth"),
        ("otpauth://totp/me?secret=GEZDGNBV&period=" + "9" * 5000, "'period'"),
        ("otpauth://totp/me?secret=GEZDGNBV&secret=GEZDGNBW", "says something twice"),
        ("otpauth://totp/Steam:me?secret=GEZDGNBV&encoder=steam", "are no digits"),
        ("otpauth-migration://offline?data=CjEKCkhlbGxvIQ%3D%3D", "otpauth-migration"),
    ],
)
def test_a_secret_that_is_none_is_refused_without_being_repeated(secret: str, says: str) -> None:
    with pytest.raises(BadTotpSecret) as failure:
        one_time_codes(secret)
    assert says in failure.value.message
    assert not secret.strip() or secret not in failure.value.message


@pytest.mark.parametrize(
    "address",
    [
        "otpauth://totp/A:me?secret=GEZDGNBV&amp;issuer=A&amp;digits=8&amp;period=60&amp;algorithm=SHA256",
        "otpauth://totp/A #1:me?secret=GEZDGNBV&digits=08&period=060&algorithm=HmacSHA256",
        "\ufeffotpauth://totp/A:me?secret=GEZD\u200bGNBV&digits=8&period=60&algorithm=sha256\r\n",
    ],
)
def test_an_address_may_be_copied_from_a_page_or_its_source(address: str) -> None:
    codes = one_time_codes(address)
    assert (codes.key, codes.digits, codes.period, codes.algorithm) == (b"12345", 8, 60, "SHA256")


def test_parts_of_an_address_are_secret_one_by_one() -> None:
    address = "otpauth://totp/me?secret=GEZDGNBVGY3TQOJQ&digits=8"
    assert secret_parts(address) == [address, "GEZDGNBVGY3TQOJQ"]
    assert secret_parts("otpauth://totp/me?Secret=GEZDGNBV")[1:] == ["GEZDGNBV"] == secret_parts("GEZDGNBV")
    assert secret_parts(None) == []
    assert urllib.parse.urlsplit(address).netloc == "totp"


def test_waiting_for_the_next_code_ends_with_the_deadline(tmp_path: Path) -> None:
    """Whoever waits must be heard of, or is taken for stuck; and some codes are for minutes."""
    account, journal = Account("me", "x", "otpauth://totp/me?secret=GEZDGNBV&period=300"), Journal(0.3)
    memory = AccountMemory(str(tmp_path), "me")
    memory.used_code(int(time.time()) + 200)
    window = t.cast(t.Any, SimpleNamespace(journal=journal, pause=time.sleep, border=None))
    assert account.codes
    with pytest.raises(DeadlinePassed):
        Login(window, account, "https://console.example/", memory)._next_code(account.codes)


def test_a_clock_is_compared_when_the_page_comes_and_not_when_the_code_is_refused() -> None:
    """A log-in may take a minute, which is not the clock's fault."""
    answer = SimpleNamespace(headers={"date": email.utils.formatdate(time.time() - 90, usegmt=True)})
    page = SimpleNamespace(goto=lambda _url, **_how: answer)
    window = t.cast(t.Any, SimpleNamespace(page=page, journal=Journal(30), milliseconds=float, clock_ahead=0))
    console.go(window, "https://console.example/")
    assert 85 < window.clock_ahead < 95
    answer.headers = {}
    console.go(window, "https://console.example/")
    assert window.clock_ahead == 0
