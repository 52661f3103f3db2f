# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whatever JSON the service sends: a result, or an error with a name. Never a fault of our own."""

from __future__ import annotations

import json
import typing as t

from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError
from ansible_collections.msp.autotask.plugins.module_utils._rest.client import Client, Credentials
from ansible_collections.msp.autotask.plugins.module_utils._rest.errors import refusal
from ansible_collections.msp.autotask.plugins.module_utils._rest.judgement import expectations_of
from ansible_collections.msp.autotask.plugins.module_utils._rest.transport import json_object
from ansible_collections.msp.autotask.plugins.module_utils._rest.verification import verify
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .conftest import CODE, DISCOVERY, SECRET, USER, ZONE, description

# A busy machine is no fault of the code.
PATIENT = settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.too_slow])
EXPECTED = expectations_of([{"entity": "Companies", "query": "needed", "delete": "forbidden"}])
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8)
JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner), max_leaves=6
)


def near_misses(good: t.Any) -> st.SearchStrategy[t.Any]:
    """Answers like a good one, with any of its parts replaced by something else."""
    if isinstance(good, dict):
        return JSON | st.fixed_dictionaries({}, optional={key: near_misses(value) for key, value in good.items()})
    if isinstance(good, list):
        return JSON | st.lists(near_misses(good[0]), max_size=2)
    return st.just(good) | SCALARS


GOOD = {
    "ThresholdInformation": {
        "externalRequestThreshold": 10000,
        "requestThresholdTimeframe": 60,
        "currentTimeframeRequestCount": 1,
    },
    "EntityInformation": {"entityDescriptions": [{"info": description("Company")}]},
    "Companies/entityInformation": {"info": description("Company")},
    "Resources/query": {"items": [{"id": 1, "userName": USER, "userType": 5}], "pageDetails": {"nextPageUrl": None}},
    "Resources/entityInformation/fields": {
        "fields": [{"name": "userType", "picklistValues": [{"value": "5", "label": "Level"}]}]
    },
}
# One answer at a time is odd, so that the others lead there.
ANSWERS = st.sampled_from(sorted(GOOD)).flatmap(
    lambda path: near_misses(GOOD[path]).map(lambda odd: {**GOOD, path: odd})
)


class Scripted:
    """A transport that answers from a table, as the real one would after reading JSON."""

    requests = 0

    def __init__(self, answers: dict[str, t.Any]) -> None:
        self.answers = {"ZoneInformation": {"url": ZONE}, **answers}

    def ask(self, method: str, url: str, **_: t.Any) -> dict[str, t.Any]:
        self.requests += 1
        path = url.rpartition("/V1.0/")[2]
        return json_object(json.dumps(self.answers[path]).encode(), path)

    def pause(self, seconds: float) -> None:
        pass


@given(ANSWERS)
@PATIENT
def test_any_answer_is_a_result_or_a_named_error(answers):
    client = Client(t.cast(t.Any, Scripted(answers)), DISCOVERY, Credentials(USER, SECRET, CODE))
    try:
        result = verify(client, [], EXPECTED, "Level", wait=1)
    except AutotaskError as error:
        assert error.reason
    else:
        json.dumps(result)
        assert isinstance(result["proven"], bool) and result["verdict"]


@given(st.integers(100, 599), st.binary(max_size=30) | JSON.map(lambda value: json.dumps(value).encode()))
@PATIENT
def test_any_refusal_has_a_name(status, body):
    error = refusal(status, body, "GET Companies")
    assert (error is None) == (status < 300)
    assert error is None or (error.reason and "GET Companies" in error.message) or error.reason == "unknown_user"
