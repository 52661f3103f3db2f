# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a page says when it does not let somebody in: the reason, the words it is known by, and what to do."""

from __future__ import annotations

import re

COUNTED = ("wrong_password", "wrong_code", "login_refused", "locked", "account_disabled")
"""Refusals that bring an account closer to being locked, or keep it so."""

# The exact sentences were never seen, so the words that any such
# sentence must have are looked for; the first row that fits counts.
REFUSALS = (
    (
        "locked",
        # Not what is yet to come: "two more attempts before your account is locked".
        r"^(?!.*\b((will|would|may|could) be|before|until|avoid)\b.{0,40}\block)"
        r".*(\b(account|user|profile|you)\b.{0,60}\block(ed)?\b|\block(ed)? (account|user|out)\b|"
        r"\baccount\b.{0,40}\bblocked\b|"
        r"\btoo many\b.{0,40}\b(attempts|tries|log-?ins)\b)",
        "The account is locked. Unlock it in Autotask before running again.",
    ),
    (
        "password_expired",
        r"password (has |is )?(expired|must be changed)|(must|have to|need to) change your password|"
        r"(^|; )change your password( (now|to continue|before).*)?(;|$)|"
        r"(set|choose|enter) (a |your )?new password",
        "The account's password has expired. Log in by hand once and set a new one.",
    ),
    (
        "first_login",
        r"create (a |your |new )*password|set up (your )?(two|2|multi)|welcome.*\bfirst (time|log)",
        "This account has never been used. Log in by hand once, set its password and two-factor authentication.",
    ),
    (
        "kaseyaone_required",
        r"(require|must|only).{0,60}kaseyaone|kaseyaone.{0,60}(require|must)",
        "This tenant requires KaseyaOne. Log in by it ('console_login: kaseyaone'), make the account an exception "
        "(User Exceptions), or let a person log in (msp.autotask.login).",
    ),
    (
        "account_disabled",
        r"account.{0,40}(disabled|deactivated|suspended|inactive)",
        "The account is disabled, perhaps for a set time after wrong passwords. A new try does not help before.",
    ),
    (
        "address_not_allowed",
        r"\bip address\b.{0,60}\b(not|isn't|blocked|denied)\b|access list|not allowed from|"
        r"from this (location|network)",
        "This machine's address is not on the IP Address Access List of KaseyaOne. Add it, IPv4 and IPv6.",
    ),
    (
        "module_not_assigned",
        r"not (been )?(assigned|authori[sz]ed|entitled)|(no|not have) access to (this|the)? ?(module|application)",
        "This user has no access to Autotask in KaseyaOne. Add it to a group that has the module Autotask.",
    ),
    (
        "user_not_linked",
        r"(user|account) (could not|cannot|can't) be (found|matched|created)|no (matching|such) (user|account)|"
        r"complete your (account|registration|profile)",
        "KaseyaOne's user has no finished account in Autotask. Log in by hand once; user names must match.",
    ),
    (
        "wrong_code",
        r"(code|token|passcode).{0,40}(invalid|incorrect|wrong|expired|already|not valid)|"
        r"(invalid|incorrect|wrong).{0,40}(code|token|passcode)|(code|token|passcode).{0,40}not correct|"
        r"(code|token|passcode).{0,20}(didn't|did not) (match|work)",
        "The one-time code was refused. Check 'console_totp_secret' and this machine's clock. A code counts once: "
        "another program may have logged in with the same secret in the same half minute.",
    ),
    (
        "login_refused",
        r"\baccess (is |was )?denied|do(es)? not have (the )?permission",
        "It says so in words that may be for a wrong password, too, so it was not tried again.",
    ),
    (
        "wrong_password",
        r"(invalid|incorrect|wrong|not (valid|correct)|unable to (log|sign)|"
        r"((log|sign)[ -]?in|authentication) failed|"
        r"(could not|couldn't) (log|sign) you in|(do(es)? not|don't|didn't) (match|work)|"
        r"(could not|couldn't|cannot|can't) find (an?|the|this|that|your) (account|user)|"
        r"not recogni[sz]ed|(attempts?|tries) (left|remain))",
        "The user name or password was refused. It was tried once and will not be tried again, because Autotask locks "
        "accounts. Check 'console_username' and 'console_password'.",
    ),
)


def refused(said: str) -> str | None:
    """The reason that what was *said* as a refusal gives."""
    plain = said.replace("\u2019", "'")
    return next((reason for reason, words, _advice in REFUSALS if re.search(words, plain, re.IGNORECASE)), None)


def advice(reason: str) -> str:
    """What to do about a refusal of that *reason*."""
    return next((advice for known, _words, advice in REFUSALS if known == reason), "It says why.")
