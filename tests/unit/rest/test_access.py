# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reading access levels and judging them, without any service."""

from __future__ import annotations

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError
from ansible_collections.msp.autotask.plugins.module_utils._rest.access import Access, access_of
from ansible_collections.msp.autotask.plugins.module_utils._rest.errors import NotFoundError, RefusedError
from ansible_collections.msp.autotask.plugins.module_utils._rest.judgement import expectations_of, judge

from .conftest import description

GRANTED = {"query": "all", "create": "all", "update": "restricted", "delete": "none"}
OFFERED = dict.fromkeys(GRANTED, True)


@pytest.mark.parametrize(
    "words", [("All", "None", "Restricted"), (1, 0, 2), ("1", "0", "2"), ("ALL", "none", " restricted ")]
)
def test_levels_are_understood_as_words_and_as_numbers(words):
    everything, nothing, some = words
    access = access_of(description("Company", query=everything, create=nothing, update=some, delete=nothing))
    assert access.levels == {"query": "all", "create": "none", "update": "restricted", "delete": "none"}


@pytest.mark.parametrize(
    "broken",
    [{}, {"userAccessForQuery": "All"}, description("Company", query="Sometimes"), description("Company", query=None)],
)
def test_a_description_that_does_not_say_all_is_not_guessed_at(broken):
    assert access_of(broken) is None


def judged(rows, access=None, unread=None):
    access = {"Companies": Access(GRANTED, OFFERED)} if access is None else access
    return judge(expectations_of(rows), access, unread or {})


def test_each_deviation_is_reported_as_what_it_is():
    judgement = judged(
        [
            {"entity": "Companies", "query": "forbidden", "update": "needed", "delete": "needed", "reason": "Because."},
        ]
    )
    assert [(f.action, f.access, f.severity) for f in judgement.missing] == [("delete", "none", "error")]
    assert [(f.action, f.access, f.severity) for f in judgement.excess] == [("query", "all", "error")]
    assert [(f.action, f.access, f.severity) for f in judgement.restricted] == [("update", "restricted", "warning")]
    assert not judgement.proven
    assert judgement.verdict("key") == "Not proven for key: 1 missing, 1 too many, 1 restricted (of 3 looked at)."
    assert judgement.lines() == [
        "error: Companies delete: needed but not granted. Because.",
        "error: Companies query: forbidden but granted. Because.",
        "warning: Companies update: needed, granted with restrictions. Because.",
    ]


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ({"delete": "recommended"}, "missing"),
        ({"update": "forbidden"}, "excess"),
        ({"update": "needed"}, "restricted"),
        ({"update": "recommended"}, "restricted"),
    ],
)
def test_warnings_do_not_disprove(row, kind):
    judgement = judged([{"entity": "Companies", **row}])
    assert [finding.severity for finding in getattr(judgement, kind)] == ["warning"]
    assert judgement.proven


def test_nothing_to_report_is_a_clear_sentence():
    judgement = judged([{"entity": "Companies", "query": "needed", "delete": "forbidden"}])
    assert judgement.proven and judgement.lines() == []
    assert "all 2 expectations hold" in judgement.verdict("key")


def test_an_action_that_nobody_has_points_at_the_module():
    access = {"Products": Access(dict.fromkeys(GRANTED, "none"), dict.fromkeys(GRANTED, False))}
    assert "is the module switched on?" in judged([{"entity": "Products", "query": "needed"}], access).lines()[0]


@pytest.mark.parametrize(
    ("necessity", "error", "severity"),
    [
        ("needed", NotFoundError("gone"), "error"),
        ("recommended", RefusedError("no"), "warning"),
        ("forbidden", RefusedError("no"), "error"),
        ("forbidden", NotFoundError("gone"), "warning"),
    ],
)
def test_what_could_not_be_read_is_no_proof(necessity, error, severity):
    judgement = judged([{"entity": "Tickets", "create": necessity}], {}, {"Tickets": error})
    assert [(item.entity, item.severity) for item in judgement.unread] == [("Tickets", severity)]
    assert judgement.proven is (severity == "warning")


def test_contradictions_are_refused():
    rows = [{"entity": "Resources", "update": "needed"}, {"entity": "resources", "update": "forbidden"}]
    with pytest.raises(AutotaskError, match="contradicts itself: resources update is needed .* forbidden"):
        expectations_of(rows)


def test_an_entity_is_one_however_it_is_spelled():
    rows = [{"entity": "Companies", "query": "needed"}, {"entity": "companies", "update": "forbidden"}]
    judgement = judged(rows)
    assert judgement.expected == 2
    assert [(finding.entity, finding.action) for finding in judgement.excess] == [("Companies", "update")]


@pytest.mark.parametrize("name", ["Companies/1", "../Companies", "", "Companies?x=1", "Contract Services"])
def test_a_name_that_would_become_another_address_is_refused(name):
    with pytest.raises(AutotaskError, match="not the name of an entity"):
        expectations_of([{"entity": name, "query": "needed"}])
