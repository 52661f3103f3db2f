# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The whole proof of one API user: sign in, look around, judge. Reads only."""

from __future__ import annotations

import dataclasses
import typing as t

from ansible_collections.msp.autotask.plugins.module_utils._rest.client import Client, Usage
from ansible_collections.msp.autotask.plugins.module_utils._rest.errors import (
    RestError,
    ThresholdError,
    UnknownUserError,
    WrongCredentialsError,
)
from ansible_collections.msp.autotask.plugins.module_utils._rest.judgement import Expectation, judge, objections_to
from ansible_collections.msp.autotask.plugins.module_utils._rest.resources import own_record
from ansible_collections.msp.autotask.plugins.module_utils._rest.survey import Survey, survey

# Autotask locks an API user after some refused sign-ins (a setting of the tenant). One run stays well below any sane
# setting, however long it may wait.
MOST_SIGN_INS = 3
# Beside one request per entity: zone, sign-in, listing, sample, own record and its pick-lists.
OTHER_REQUESTS = 6


@dataclasses.dataclass(frozen=True)
class Reading:
    """What the service said of one API user."""

    survey: Survey
    user: dict[str, t.Any] | None
    usage: Usage | None
    sign_ins: int


def verify(
    client: Client,
    entities: t.Sequence[str],
    expectations: t.Sequence[Expectation] = (),
    security_level: str | None = None,
    wait: float = 0,
) -> dict[str, t.Any]:
    """Return what the user may do with *entities* and those of *expectations*, and how that compares."""
    found = read(client, unique([*(expectation.entity for expectation in expectations), *entities]), wait)
    judgement = judge(expectations, found.survey.access, found.survey.unread)
    judgement.objections += objections_to(found.user, security_level)
    return {**as_data(client, found), **judgement.as_dict(client.user_name)}


def read(client: Client, entities: t.Sequence[str], wait: float = 0) -> Reading:
    """Sign in and read what the user may do with *entities*."""
    usage, sign_ins = sign_in(client, wait)
    if usage and usage.limit and usage.remaining < len(entities) + OTHER_REQUESTS:
        raise ThresholdError(
            f"{usage.used} of {usage.limit} requests per {usage.minutes} minutes are used in this tenant. The proof "
            "was not begun, so that it does not take the last ones from other integrations; try again later."
        )
    found = survey(client, entities)
    return Reading(found, own_record(client) if may_query_resources(found) else None, usage, sign_ins)


def as_data(client: Client, found: Reading) -> dict[str, t.Any]:
    """Return what was read as plain data."""
    usage = found.usage
    return {
        "zone": client.zone.as_dict(),
        "user": found.user,
        "access": {entity: access.levels for entity, access in found.survey.access.items()},
        "threshold": {"limit": usage.limit, "used": usage.used, "minutes": usage.minutes} if usage else None,
        "listed": found.survey.listed,
        "sign_ins": found.sign_ins,
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


def may_query_resources(found: Survey) -> bool:
    """Say whether asking for the own record can succeed; unknown counts as yes."""
    access = found.access.get("Resources")
    return access is None or access.levels["query"] != "none"


def unique(names: t.Iterable[str]) -> list[str]:
    """Return each name once, in order, without regard to case."""
    return list({name.lower(): name for name in reversed(list(names))}.values())[::-1]
