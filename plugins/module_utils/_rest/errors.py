# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What can go wrong between us and the REST API, each with what to do about it."""

from __future__ import annotations

import json
import typing as t

from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError

# Autotask's own words are quoted, but not by the page.
LONGEST_QUOTE = 500

# What Autotask says in a 500 answer (words recorded from the live service; compared without regard to case).
SAYS_NO_PERMISSION = "adequate permissions"
SAYS_BAD_CODE = ("integrationcode is invalid", "integration code is invalid")
SAYS_TOO_MANY_THREADS = "thread threshold"
SAYS_NO_ZONE = "zone information could not be determined"


class RestError(AutotaskError):
    """Autotask refused a request, or answered something that cannot be used."""

    reason = "refused"
    # Whether the same question may be answered a little later.
    transient = False
    # Whether other questions may be answered all the same.
    about_one_question = False
    # Seconds that the service asked us to stay away.
    retry_after: float | None = None


class RefusedError(RestError):
    about_one_question = True


class WrongCredentialsError(RestError):
    reason = "wrong_credentials"


class MissingPermissionError(RestError):
    reason = "missing_permission"
    about_one_question = True


class UnknownUserError(RestError):
    reason = "unknown_user"


class NotFoundError(RestError):
    reason = "not_found"
    about_one_question = True


class NotOfferedError(RestError):
    reason = "not_offered"
    about_one_question = True


class NotAutotaskError(RestError):
    reason = "not_autotask"
    about_one_question = True


class RedirectedError(RestError):
    reason = "redirected"


class AnswerTooLargeError(RestError):
    reason = "answer_too_large"
    about_one_question = True


class InsecureUrlError(RestError):
    reason = "insecure_url"


class CertificateError(RestError):
    reason = "certificate"


class NotReachableError(RestError):
    reason = "not_reachable"
    transient = True


class BusyError(RestError):
    reason = "busy"
    transient = True
    about_one_question = True


class ThreadLimitError(RestError):
    reason = "thread_limit"
    transient = True


class ThresholdError(RestError):
    reason = "threshold"
    transient = True


def refusal(status: int, body: bytes, question: str) -> RestError | None:
    """Return the error that an answer means, or None when it is a good one. *question* is like C(GET Companies)."""
    if status < 300:
        return None
    said = quoted(body)
    low = said.lower()
    if status == 401 or any(words in low for words in SAYS_BAD_CODE):
        return WrongCredentialsError(
            f"Autotask did not accept the credentials ({question}: HTTP {status}). It does not say which part is "
            "wrong: check the user name (key), the secret, that the tracking identifier is the one this API user has, "
            "and that the user is active and not locked. Nothing was tried again, because Autotask locks an API user "
            "after some refused sign-ins."
        )
    if status == 403 and body.lstrip().startswith(b"<"):
        return NotAutotaskError(
            f"{question} was refused by a web page (HTTP 403): a proxy or firewall on the way, most likely."
        )
    if status == 403 or SAYS_NO_PERMISSION in low:
        return MissingPermissionError(
            f"The security level does not allow this ({question}: HTTP {status}). {said}".strip()
        )
    if SAYS_NO_ZONE in low:
        return UnknownUserError(
            f"Autotask knows no zone for this user name. {said} Check the spelling, including the part after the @; a "
            "user created minutes ago may not be known yet."
        )
    if status < 400:
        return RedirectedError(
            f"{question} was redirected, which is not followed: credentials go to the address that the zone look-up "
            "gave and to no other. Check api_url, and proxies on the way."
        )
    if status == 404:
        return NotFoundError(f"There is no such address ({question}: HTTP 404). Check the entity's name and api_url.")
    if status == 405:
        return NotOfferedError(f"Autotask does not offer this action ({question}: HTTP 405). {said}".strip())
    if status == 429 and SAYS_TOO_MANY_THREADS in low:
        return ThreadLimitError(
            f"Too many requests at a time for this tracking identifier ({question}: HTTP 429). {said} Something else "
            "uses the same identifier; try again when it is done."
        )
    if status == 429:
        return ThresholdError(
            f"Autotask limits requests at the moment ({question}: HTTP 429). {said} The limit counts all integrations "
            "of the tenant over the last hour; try again later."
        )
    if status in (502, 503, 504):
        return BusyError(f"Autotask is not available at the moment ({question}: HTTP {status}). Try again later.")
    if status >= 500 and not errors_in(body):
        return BusyError(f"Autotask answered with an error and no reason ({question}: HTTP {status}). Try again later.")
    return RefusedError(f"Autotask refused {question} (HTTP {status}): {said or 'no reason given'}")


def quoted(body: bytes) -> str:
    """Return what a refusal says, in short: the C(errors) of the business layer or the C(Message) of the web layer."""
    return " ".join(errors_in(body))[:LONGEST_QUOTE]


def errors_in(body: bytes) -> list[str]:
    """Return the sentences of a refusal; an HTML page has none."""
    try:
        answer: t.Any = json.loads(body)
    except (ValueError, RecursionError):
        return []
    if not isinstance(answer, dict):
        return []
    errors = answer.get("errors") or answer.get("Errors") or []
    if isinstance(errors, list) and errors:
        return [str(error) for error in errors]
    message = answer.get("Message")
    return [message] if isinstance(message, str) else []
