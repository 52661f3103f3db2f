# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A run that only looks changes nothing, even where something goes round the driver's own refusals."""

from __future__ import annotations

import json
import typing as t

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._console.browsers.browser import (
    BrowserSettings,
    browser_context,
)
from ansible_collections.msp.autotask.plugins.module_utils._console.errors import OnlyReads
from ansible_collections.msp.autotask.plugins.module_utils._console.journal import Journal
from ansible_collections.msp.autotask.plugins.module_utils._console.landmarks import landmarks
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.api_users import ApiUserForm
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.security_levels import SecurityLevelEditor
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.intent import Intent
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.window import Window
from playwright.sync_api import BrowserContext
from samples import each
from simulated_console import Console

Add = t.Callable[..., Console]


@pytest.fixture
def context(shared_playwright: None) -> t.Iterator[BrowserContext]:
    with browser_context(BrowserSettings(), None, lambda: False) as context:
        yield context


@pytest.mark.parametrize("intent", [Intent.SET, Intent.STORE])
def test_a_window_presses_types_and_chooses_only_what_opens(context: BrowserContext, intent: Intent) -> None:
    window = Window(context.new_page(), Journal(timeout=60, read_only=True), landmarks())
    window.page.set_content("<button>Save & Close</button><input value=a><select><option>All<option>None</select>")
    (button,), (box,), (choice,) = map(window.page.query_selector_all, ("button", "input", "select"))
    with pytest.raises(OnlyReads, match="Save & Close"):
        window.press(button, intent)
    with pytest.raises(OnlyReads):
        window.type(box, "b", intent)
    with pytest.raises(OnlyReads):
        window.select(choice, 1, intent)
    assert box.input_value() == "a" and choice.input_value() == "All"


def by_mouse(window: Window) -> None:
    window.find("save_and_close").element.click(timeout=5000)


def by_script(window: Window) -> None:
    """Send what the page itself would."""
    window.page.evaluate(
        """() => {
            const {model} = AT, here = code => document.querySelector(`[data-eii="${code}"]`);
            const all = codes => Object.entries(codes).filter(([, code]) => here(code))
                .map(([name, code]) => [name, Fields.get(code)]);
            const values = Object.keys(model.controls || {}).map(code => [code, Fields.get(code)]);
            const body = {id: model.id, ...Object.fromEntries(all(model.codes || model.general)), first_name: 'Changed',
                active: false, values: Object.fromEntries(values)};
            return AT.call(model.save, body);
        }"""
    )


def stored(tenant: Console) -> str:
    levels, users = tenant.tenant.levels(), tenant.tenant.resources()
    return json.dumps([[vars(one) for one in levels], [vars(one) for one in users]], default=str, sort_keys=True)


WHOLE_FORMS = [
    pytest.param(SecurityLevelEditor, "autotask_security_level_info", {"name": "Reader"}, marks=pytest.mark.long),
    (ApiUserForm, "autotask_resource_info", {"user_name": "reader1"}),
]


@pytest.mark.parametrize("way", [pytest.param(by_mouse, marks=pytest.mark.long), by_script])
@pytest.mark.parametrize("markup", each(["B", "C"], in_make_test=["C"]))
@pytest.mark.parametrize(("editor", "module", "options"), WHOLE_FORMS)
def test_nothing_is_stored_by_who_goes_round_the_driver(
    console: Add,
    way: t.Callable[[Window], None],
    markup: str,
    editor: type[t.Any],
    module: str,
    options: dict[str, t.Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tenant = console(levels=[{"name": "Reader"}], editor_markup=markup)
    assert tenant.user()["created"]
    before, read = stored(tenant), editor.read

    def and_save(self: t.Any, *awaited: t.Any) -> t.Any:
        state = read(self, *awaited)
        way(self.window)
        self.window.check()
        return state

    monkeypatch.setattr(editor, "read", and_save)
    result = tenant.run(module, **options)
    assert result["failure"]["reason"] == "write_in_read_only_run", result["msg"]
    assert stored(tenant) == before
