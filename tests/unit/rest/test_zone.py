# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The zone look-up decides where secrets go, so it is strict."""

from __future__ import annotations

import pytest
import responses
from ansible_collections.msp.autotask.plugins.module_utils._rest.errors import (
    InsecureUrlError,
    NotAutotaskError,
    UnknownUserError,
)
from ansible_collections.msp.autotask.plugins.module_utils._rest.zone import find_zone, service_root

from .conftest import DISCOVERY, USER, ZONE


def test_the_zone_is_found_without_credentials(service, transport):
    zone = find_zone(transport, DISCOVERY, USER)
    assert zone.as_dict() == {
        "name": "America East 2",
        "number": 14,
        "api_url": ZONE,
        "web_url": "https://ww14.autotask.net/",
        "ci": 475001,
    }
    request = service.calls[0].request
    assert request.params == {"user": USER}
    assert not {"secret", "username", "apiintegrationcode"} & {header.lower() for header in request.headers}


def test_an_unknown_user_is_named_as_such(transport):
    with responses.RequestsMock() as service:
        service.get(
            f"{DISCOVERY}V1.0/ZoneInformation",
            status=500,
            json={"errors": ["Zone information could not be determined"]},
        )
        with pytest.raises(UnknownUserError):
            find_zone(transport, DISCOVERY, "nobody@msp.example")
        assert len(service.calls) == 1


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        (DISCOVERY, "https://webservices14.autotask.net.evil.example/ATServicesRest/"),
        (DISCOVERY, "https://evil.example/ATServicesRest/"),
        (DISCOVERY, "https://127.0.0.1/ATServicesRest/"),
        ("https://autotask-proxy.co.uk/ATServicesRest/", "https://evil.co.uk/ATServicesRest/"),
        ("https://autotask.msp.example/ATServicesRest/", "https://other.msp.example/ATServicesRest/"),
        ("https://10.1.2.3/ATServicesRest/", "https://10.1.2.4/ATServicesRest/"),
    ],
)
def test_a_zone_outside_the_family_is_refused(transport, asked, named):
    with responses.RequestsMock() as service:
        service.get(f"{asked}V1.0/ZoneInformation", json={"url": named})
        with pytest.raises(NotAutotaskError, match="No credentials were sent"):
            find_zone(transport, asked, USER)


def test_a_zone_without_encryption_is_refused(transport):
    with responses.RequestsMock() as service:
        service.get(
            f"{DISCOVERY}V1.0/ZoneInformation", json={"url": "http://webservices14.autotask.net/ATServicesRest/"}
        )
        with pytest.raises(InsecureUrlError):
            find_zone(transport, DISCOVERY, USER)


@pytest.mark.parametrize("answer", [{}, {"url": None}, {"url": 5}])
def test_an_answer_without_an_address_is_not_autotask(transport, answer):
    with responses.RequestsMock() as service:
        service.get(f"{DISCOVERY}V1.0/ZoneInformation", json=answer)
        with pytest.raises(NotAutotaskError):
            find_zone(transport, DISCOVERY, USER)


@pytest.mark.parametrize(
    "written",
    [
        "https://webservices14.autotask.net",
        "https://webservices14.autotask.net/",
        "https://webservices14.autotask.net/ATServicesRest",
        " https://webservices14.autotask.net/ATServicesRest/V1.0/ ",
        "https://webservices14.autotask.net/ATServicesRest/v1.0",
    ],
)
def test_addresses_are_taken_as_people_write_them(written):
    assert service_root(written) == ZONE


@pytest.mark.parametrize(
    "url",
    [
        "http://webservices.autotask.net/ATServicesRest/",
        "ftp://webservices.autotask.net/",
        "webservices.autotask.net",
        "",
        "https://user:password@webservices.autotask.net/",
        "https://webservices.autotask.net/?a=b",
        "http://127.0.0.1.evil.example/",
        "http://localhost.evil.example/",
    ],
)
def test_other_addresses_are_refused(url):
    with pytest.raises(InsecureUrlError):
        service_root(url)


@pytest.mark.parametrize("host", ["127.0.0.1:8080", "localhost:8080", "[::1]:8080", "zone.localhost"])
def test_this_machine_may_be_spoken_to_in_the_clear(host):
    assert service_root(f"http://{host}") == f"http://{host}/ATServicesRest/"
