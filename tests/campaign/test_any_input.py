# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whatever the modules and filters are given: a result or a message, never a traceback.

The modules run up to the point where they would start a browser or open a connection; beyond it there is a wall.
"""

from __future__ import annotations

import contextlib
import copy
import functools
import importlib
import io
import json
import operator
import typing as t

import pytest
import yaml
from ansible.errors import AnsibleError
from ansible.module_utils.testing import patch_module_args
from ansible_collections.msp.autotask.plugins.filter.matrix_permissions import matrix_permissions
from ansible_collections.msp.autotask.plugins.module_utils._console import console
from ansible_collections.msp.autotask.plugins.module_utils._console.errors import ConsoleError
from ansible_collections.msp.autotask.plugins.module_utils._console.options import console_options
from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError
from ansible_collections.msp.autotask.plugins.module_utils._permissions.catalog import CATALOG
from ansible_collections.msp.autotask.plugins.module_utils._rest.errors import NotReachableError
from ansible_collections.msp.autotask.plugins.module_utils._rest.options import connection_options, credential_options
from ansible_collections.msp.autotask.plugins.module_utils._rest.transport import Transport
from ansible_collections.msp.autotask.plugins.plugin_utils._fleet.report import UnknownReport, fleet_report
from ansible_collections.msp.autotask.plugins.plugin_utils._integration.by_hand import sections_by_hand
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from samples import each

from campaign.ledger import Ledger

PART = "bad input"
MODULES = {
    "autotask_security_level": console_options(),
    "autotask_security_level_info": console_options(),
    "autotask_resource": console_options(),
    "autotask_resource_info": console_options(),
    "autotask_access_info": {**connection_options(), **credential_options()},
    "autotask_zone_info": connection_options(),
}
MONDAY, TUESDAY = "2026-11-23T02:00:00+00:00", "2026-11-24T02:00:00+00:00"

ODD_WORDS = [
    "",
    " ",
    "\0",
    "{{ 7 * 7 }}",
    "a\nb",
    "'\"\\",
    "none",
    "true",
    "-1",
    "1e9",
    "\U0001f511",
    "x" * 5000,
    "../..",
    "ws://[x",
]
TEXT = st.sampled_from(ODD_WORDS) | st.text(max_size=12)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT
DATA = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3), max_leaves=4
)
# Ansible's own check of whole numbers takes a list of three for the parts of one, and breaks on large ones.
NO_TRIPLE = DATA.filter(lambda value: not (isinstance(value, list) and len(value) == 3))
SECTIONS = [section.key for section in CATALOG.sections]
SETTINGS = [setting.key for section in CATALOG.sections for setting in section.settings]
COLUMNS = sorted({c.key for section in CATALOG.sections for setting in section.settings for c in setting.columns})


def below(keys: t.Sequence[str], values: st.SearchStrategy[t.Any]) -> st.SearchStrategy[t.Any]:
    """Something with real names in it, or not."""
    return DATA | st.dictionaries(st.sampled_from(keys) | TEXT, values, max_size=4)


PERMISSIONS = below(SECTIONS, below([*SETTINGS, "by_label"], below(COLUMNS, DATA)))
SPECIAL = {
    "permissions": PERMISSIONS,
    "labels": below(["save", "continue"], DATA),
    "expected": st.lists(below(["entity", "query"], DATA), max_size=3) | DATA,
}


def arguments(module: str) -> st.SearchStrategy[dict[str, t.Any]]:
    """Options of a module, each with something odd, or left out, or as it should be."""
    documentation = yaml.safe_load(importlib.import_module(_plugin("modules", module)).DOCUMENTATION)
    names = sorted({*documentation["options"], *MODULES[module]} - {"browser_executable", "ca_path"})
    numbers = {name for name, option in documentation["options"].items() if option.get("type") == "int"} | {"timeout"}
    odd = {name: SPECIAL.get(name, NO_TRIPLE if name in numbers else DATA) for name in names}
    good = {name: st.just(f"{name}@tenant.example") for name in names if name not in SPECIAL}
    return st.fixed_dictionaries({}, optional={name: good.get(name, value) | value for name, value in odd.items()})


def paths(data: t.Any) -> t.Iterator[tuple[t.Any, ...]]:
    """Where there is anything in plain data: the keys and indexes that lead there."""
    for key, inside in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        yield (key,)
        yield from ((key, *path) for path in paths(inside))


@st.composite
def damaged(draw: st.DrawFn, data: t.Any) -> t.Any:
    """The data with something odd in one place, or nothing there."""
    data = copy.deepcopy(data)
    *way, last = draw(st.sampled_from(list(paths(data))))
    around = functools.reduce(operator.getitem, way, data)
    if draw(st.booleans()):
        del around[last]
    else:
        around[last] = draw(DATA)
    return data


DRIFT = {
    "id": "crm > Contacts > Add",
    "part": "crm",
    "what": "Contacts > Add",
    "found": "Yes",
    "wanted": "No",
    "direction": "more",
    "severity": "drift",
    "detail": "",
}
AUDIT = {"parts": [{"key": "crm", "heading": "CRM", "state": "drift", "reason": ""}], "findings": [DRIFT], "facts": {}}
RESULTS: dict[str, dict[str, t.Any]] = {
    "alder": {"audit": AUDIT},
    "birch": {"reason": "The password was refused."},
    "cedar": {"off": True},
}
PROFILES = {"careful": {"permissions": {"crm": {"contacts": {"add": {"value": False, "reason": "Not needed."}}}}}}
TERMS = below(["organization", "asset", "division"], DATA)

FROM_OUTSIDE: dict[t.Callable[..., t.Any], st.SearchStrategy[tuple[t.Any, ...]]] = {
    # The audit of a fleet is compared with a file, which may hold anything by now.
    fleet_report: st.tuples(
        # The others were left out.
        st.just({"alder": RESULTS["alder"]}),
        st.just(TUESDAY),
        damaged(fleet_report(RESULTS, MONDAY, None, [])) | DATA,
        st.just(list(RESULTS)),
    ),
    matrix_permissions: st.tuples(PERMISSIONS, st.just("careful") | SCALARS, damaged(PROFILES) | DATA, PERMISSIONS),
    sections_by_hand: st.tuples(PERMISSIONS, TERMS),
}
"""What is given that comes from outside: from the inventory, or from a file that was kept."""


def _plugin(kind: str, name: str) -> str:
    return f"ansible_collections.msp.autotask.plugins.{kind}.{name}"


@pytest.fixture(scope="module", autouse=True)
def wall() -> t.Iterator[None]:
    """Whatever gets past the options ends here, with a name."""

    def no_browser(*_: t.Any, **__: t.Any) -> t.NoReturn:
        raise ConsoleError("No browser is started here.", "no_browser")

    def no_network(*_: t.Any, **__: t.Any) -> t.NoReturn:
        raise NotReachableError("Nothing is reached from here.")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(console, "browser_context", no_browser)
        patch.setattr(Transport, "_ask_once", no_network)
        patch.setattr("time.sleep", lambda _: None)
        yield


def outcome_of(module: str, options: dict[str, t.Any]) -> dict[str, t.Any]:
    """Run a module in this process and return its answer."""
    printed = io.StringIO()
    with (
        patch_module_args(options),
        contextlib.redirect_stdout(printed),
        pytest.raises(SystemExit),
    ):
        importlib.import_module(_plugin("modules", module)).main()
    return t.cast("dict[str, t.Any]", json.loads(printed.getvalue().splitlines()[-1]))


@pytest.mark.parametrize("module", each(MODULES, in_make_test=["autotask_security_level", "autotask_access_info"]))
def test_any_options_are_taken_or_refused_with_a_message(ledger: Ledger, module: str) -> None:
    tried = 0

    # Odd data is slow to draw; a busy machine is no fault of the code.
    @settings(max_examples=300 if ledger.full else 15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(arguments(module))
    def try_options(options: dict[str, t.Any]) -> None:
        nonlocal tried
        tried += 1
        answer = outcome_of(module, options)
        assert answer.get("failed") and answer["msg"].strip(), answer
        assert "Traceback" not in answer["msg"], answer["msg"]
        assert answer.get("failure", {}).get("reason") != "internal_error", answer["msg"]

    with ledger.case(PART, module, "options with odd values") as case:
        try_options()
        case.outcome = f"a message each time, {tried} times"


@pytest.mark.parametrize("function", FROM_OUTSIDE)
def test_any_data_is_taken_or_refused_with_a_message(ledger: Ledger, function: t.Callable[..., t.Any]) -> None:
    tried = 0

    @settings(max_examples=300 if ledger.full else 15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(FROM_OUTSIDE[function])
    def try_data(given: tuple[t.Any, ...]) -> None:
        nonlocal tried
        tried += 1
        with contextlib.suppress(AnsibleError, AutotaskError, UnknownReport):
            function(*given)

    with ledger.case(PART, f"data of {function.__name__}", "odd data") as case:
        try_data()
        case.outcome = f"a result or a message each time, {tried} times"
