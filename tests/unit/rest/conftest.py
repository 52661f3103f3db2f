# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A scripted Autotask and a clock that does not make tests wait."""

from __future__ import annotations

import typing as t

import pytest
import responses
from ansible_collections.msp.autotask.plugins.module_utils._rest.client import Client, Credentials
from ansible_collections.msp.autotask.plugins.module_utils._rest.transport import Settings, Transport

DISCOVERY = "https://webservices.autotask.net/ATServicesRest/"
ZONE = "https://webservices14.autotask.net/ATServicesRest/"
API = f"{ZONE}V1.0/"
USER = "key@msp.example"
SECRET = "canary-S3cret/+="
CODE = "CANARYCODE1234567890ABCDEFG"


class Clock:
    """Time that passes only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def description(
    name: str, query: t.Any = "All", create: t.Any = "None", update: t.Any = "None", delete: t.Any = "None"
):
    """Return an entityInformation block as the service sends it."""
    return {
        "name": name,
        **{f"can{action}": True for action in ("Create", "Delete", "Query", "Update")},
        "userAccessForCreate": create,
        "userAccessForDelete": delete,
        "userAccessForQuery": query,
        "userAccessForUpdate": update,
        "hasUserDefinedFields": False,
        "supportsWebhookCallouts": False,
    }


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def transport(clock: Clock) -> Transport:
    return Transport(Settings(timeout=600), sleep=clock.sleep, clock=clock)


@pytest.fixture
def client(transport: Transport) -> Client:
    return Client(transport, DISCOVERY, Credentials(USER, SECRET, CODE))


@pytest.fixture
def service() -> t.Iterator[responses.RequestsMock]:
    """The scripted service; it knows the zone already."""
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        mock.get(
            f"{DISCOVERY}V1.0/ZoneInformation",
            json={"zoneName": "America East 2", "url": ZONE, "webUrl": "https://ww14.autotask.net/", "ci": 475001},
        )
        yield mock
