# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The whole proof of one API user: sign in, look around, judge. Reads only."""

from __future__ import annotations

import typing as t

from ansible_collections.msp.autotask.plugins.module_utils._rest.access import Expectation, Judgement, judge
from ansible_collections.msp.autotask.plugins.module_utils._rest.client import Client, Usage
from ansible_collections.msp.autotask.plugins.module_utils._rest.errors import (
    RestError,
    ThresholdError,
    UnknownUserError,
    WrongCredentialsError,
)
from ansible_collections.msp.autotask.plugins.module_utils._rest.resources import own_record
from ansible_collections.msp.autotask.plugins.module_utils._rest.survey import Survey, survey

# Autotask locks an API user after some refused sign-ins (a setting of the tenant). One run stays well below any sane
# setting, however long it may wait.
MOST_SIGN_INS = 3
# Beside one request per entity: zone, sign-in, listing, sample, own record and its pick-lists.
OTHER_REQUESTS = 6


def verify(
    client: Client,
    entities: t.Sequence[str],
    expectations: t.Sequence[Expectation] = (),
    security_level: str | None = None,
    wait: float = 0,
) -> dict[str, t.Any]:
    """Return what the user may do with *entities* and those of *expectations*, and how that compares."""
    wanted = unique([*(expectation.entity for expectation in expectations), *entities])
    usage, sign_ins = sign_in(client, wait)
    if usage and usage.limit and usage.remaining < len(wanted) + OTHER_REQUESTS:
        raise ThresholdError(
            f"{usage.used} of {usage.limit} requests per {usage.minutes} minutes are used in this tenant. The proof "
            "was not begun, so that it does not take the last ones from other integrations; try again later."
        )
    found = survey(client, wanted)
    user = own_record(client) if may_query_resources(found) else None
    judgement = judge(expectations, found.access, found.unread)
    judgement.objections += objections_to(user, security_level)
    return {
        "zone": client.zone.as_dict(),
        "user": user,
        "access": {entity: access.levels for entity, access in found.access.items()},
        **judged(judgement, client.user_name, bool(expectations)),
        "threshold": {"limit": usage.limit, "used": usage.used, "minutes": usage.minutes} if usage else None,
        "listed": found.listed,
        "sign_ins": sign_ins,
        "requests": client.transport.requests,
        "warnings": [warning for warning in (usage and usage.warning(),) if warning],
    }


def sign_in(client: Client, wait: float) -> tuple[Usage | None, int]:
    """Return the hourly usage, which any accepted user may ask for, and how often we had to knock.

    A user made minutes ago may not be accepted yet, so with *wait* there are a second try after half of the time and a
    third at its end; never more, because each may count towards the lock.
    """
    for sign_ins in range(1, MOST_SIGN_INS + 1):
        try:
            return client.usage(), sign_ins
        except (WrongCredentialsError, UnknownUserError):
            if not wait or sign_ins == MOST_SIGN_INS:
                raise
            client.transport.pause(wait / (MOST_SIGN_INS - 1))
        except RestError as error:
            if not error.about_one_question:
                raise
            return None, sign_ins
    raise AssertionError("the last try returns or raises")


def judged(judgement: Judgement, user_name: str, anything_expected: bool) -> dict[str, t.Any]:
    """Return the judgement as plain data."""
    return {
        "missing": [finding.as_dict() for finding in judgement.missing],
        "excess": [finding.as_dict() for finding in judgement.excess],
        "restricted": [finding.as_dict() for finding in judgement.restricted],
        # Not "unreachable": with such a key Ansible would give up the whole host.
        "unread": [finding.as_dict() for finding in judgement.unread],
        "report": judgement.lines(),
        "verdict": judgement.verdict(user_name),
        "proven": judgement.proven and anything_expected,
    }


def may_query_resources(found: Survey) -> bool:
    """Say whether asking for the own record can succeed; unknown counts as yes."""
    access = found.access.get("Resources")
    return access is None or access.levels["query"] != "none"


def objections_to(user: dict[str, t.Any] | None, security_level: str | None) -> list[str]:
    """Return what the user's own record says against it."""
    if user is None:
        return []
    objections = []
    if security_level and user["security_level"] and bare(user["security_level"]) != bare(security_level):
        objections.append(f"its security level is {user['security_level']}, not {security_level}.")
    if user["license_type"] and user["license_type"] != "API User":
        objections.append(f"its license type is {user['license_type']}, not API User.")
    return objections


def bare(level: str) -> str:
    """Return a level's name without the mark that lists add to API-only levels."""
    return level.removesuffix("(API-only)").strip().lower()


def unique(names: t.Iterable[str]) -> list[str]:
    """Return each name once, in order, without regard to case."""
    return list({name.lower(): name for name in reversed(list(names))}.values())[::-1]
