# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whatever the modules and filters are given: a result or a message, never a traceback.

The modules run up to the point where they would start a browser or open a connection; beyond it there is a wall.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import json
import typing as t

import pytest
import yaml
from ansible.errors import AnsibleError
from ansible.module_utils.testing import patch_module_args
from ansible_collections.msp.autotask.plugins.module_utils.console import console
from ansible_collections.msp.autotask.plugins.module_utils.console.errors import ConsoleError
from ansible_collections.msp.autotask.plugins.module_utils.console.options import console_options
from ansible_collections.msp.autotask.plugins.module_utils.permissions.catalog import CATALOG
from ansible_collections.msp.autotask.plugins.module_utils.rest.errors import NotReachableError
from ansible_collections.msp.autotask.plugins.module_utils.rest.options import connection_options, credential_options
from ansible_collections.msp.autotask.plugins.module_utils.rest.transport import Transport
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
FILTERS: dict[str, t.Callable[[t.Callable[..., t.Any], t.Any], t.Any]] = {
    # The audit of a fleet is compared with a file, which may hold anything by now.
    "fleet_report": lambda function, data: function({}, "2026-01-01T00:00:00Z", data),
    "html_page": lambda function, data: function(data, "/no/such/template.j2"),
    "matrix_permissions": lambda function, data: function(data),
    "sections_by_hand": lambda function, data: function(data),
}

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
]
TEXT = st.sampled_from(ODD_WORDS) | st.text(max_size=12)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT
DATA = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3), max_leaves=4
)
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
    odd = {name: SPECIAL.get(name, DATA) for name in names}
    good = {name: st.just(f"{name}@tenant.example") for name in names if name not in SPECIAL}
    return st.fixed_dictionaries({}, optional={name: good.get(name, value) | value for name, value in odd.items()})


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


@pytest.mark.parametrize("name", FILTERS)
def test_any_data_is_taken_by_a_filter_or_refused_with_a_message(ledger: Ledger, name: str) -> None:
    function = importlib.import_module(_plugin("filter", name)).FilterModule().filters()[name]
    tried = 0

    @settings(max_examples=300 if ledger.full else 15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(PERMISSIONS)
    def try_data(data: t.Any) -> None:
        nonlocal tried
        tried += 1
        with contextlib.suppress(AnsibleError):
            FILTERS[name](function, data)

    with ledger.case(PART, f"filter {name}", "odd data") as case:
        try_data()
        case.outcome = f"a result or a message each time, {tried} times"
