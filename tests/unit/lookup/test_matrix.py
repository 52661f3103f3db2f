# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The lookup hands matrices over as options, and says what is wrong or known in part."""

from __future__ import annotations

import typing as t

import pytest
import yaml
from ansible.errors import AnsibleLookupError
from ansible_collections.msp.autotask.plugins.lookup import matrix as lookup
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.level_options import level_options
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.user_options import user_options
from ansible_collections.msp.autotask.plugins.plugin_utils._matrices.model import Start
from ansible_collections.msp.autotask.plugins.plugin_utils._matrices.schema import SPEC
from ansible_collections.msp.autotask.plugins.plugin_utils._matrices.shipping import names, shipped


def looked_up(*terms: t.Any) -> list[dict[str, t.Any]]:
    plugin = lookup.LookupModule()
    # As the loader does, which reads the documentation for it.
    plugin.set_options = lambda **_given: None
    return plugin.run(list(terms))


@pytest.fixture(name="warnings")
def warnings_given(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    given: list[str] = []
    monkeypatch.setattr(lookup.display, "warning", given.append)
    return given


def test_each_term_becomes_a_dictionary_in_turn(warnings: list[str]) -> None:
    found = looked_up("cow", {"extends": "work365", "title": "Licenses"}, "it_glue")
    assert [one["title"] for one in found] == ["COW", "Licenses", "IT Glue"]
    assert [bool(one["security_level"]) for one in found] == [True, True, False]
    assert warnings == []


def test_what_is_known_in_part_comes_with_a_warning(warnings: list[str]) -> None:
    (topleft,) = looked_up("topleft")
    assert topleft["left_out"] and topleft["security_level"]
    assert warnings == [f"What TopLeft wants is known in part only: see left_out, and {topleft['source']}."]


@pytest.mark.parametrize(
    ("term", "said"),
    [
        ("cwo", "nearest: cow"),
        (["cow"], "give the name of a shipped one"),
        ("cyrisma", "it says too little to set anything up"),
        ({"title": "X", "settings": {"crm": {"contcts": {"add": True}}}}, "nearest: contacts"),
    ],
)
def test_what_is_wrong_is_an_error_of_the_lookup(term: t.Any, said: str, warnings: list[str]) -> None:
    with pytest.raises(AnsibleLookupError, match=said):
        looked_up(term)
    assert warnings == [], "what cannot be used needs no warning beside the error"


@pytest.mark.parametrize(("key", "options"), [("security_level", level_options()), ("resource", user_options())])
def test_what_it_returns_is_what_the_modules_take(key: str, options: dict[str, t.Any]) -> None:
    for found in looked_up(*(name for name in names() if shipped(name).start is not Start.NOT_PUBLISHED)):
        assert set(found[key] or ()) <= set(options)


def test_the_documentation_names_every_key() -> None:
    documented = yaml.safe_load(lookup.DOCUMENTATION)["options"]["_terms"]["description"]
    inside = [key for option in SPEC.values() for key in option.get("options", ())]
    missing = [key for key in [*SPEC, *inside] if f"C({key})" not in " ".join(documented)]
    assert missing == ["defaults_of", "what", "why", "like", "why"]
    returned = yaml.safe_load(lookup.RETURN)["_list"]["contains"]
    assert list(returned) == list(looked_up("cow")[0])


def test_the_examples_hold() -> None:
    *_, loop = yaml.safe_load(lookup.EXAMPLES)
    found = looked_up(*loop["vars"]["integrations"])
    assert [one["title"] for one in found] == ["Work 365", "COW", "Contract reports"]
    assert found[1]["security_level"]["permissions"]["inventory"] == {"products": {"view": "none"}}
