# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The way out of a module: no secret, however it is spelled, whichever way the module ends."""

from __future__ import annotations

import base64
import json
import typing as t
import urllib.parse

import pytest
from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.testing import patch_module_args
from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError
from ansible_collections.msp.autotask.plugins.module_utils._reporting import report

SECRET = "Correct/Horse+9"
SPELLINGS = [SECRET, urllib.parse.quote(SECRET, safe=""), base64.b64encode(SECRET.encode()).decode()]


def printed(
    capsys: pytest.CaptureFixture[str],
    work: t.Callable[[], dict[str, t.Any]],
    so_far: t.Callable[[], dict[str, t.Any]] = dict,
) -> str:
    with patch_module_args({"password": SECRET}), pytest.raises(SystemExit):
        report(AnsibleModule({"password": {"type": "str", "no_log": True}}), lambda _redactor: work(), so_far)
    out, err = capsys.readouterr()
    answer = json.loads(out)
    # Older Ansible returns the options as well, and masks them itself.
    answer.pop("invocation", None)
    return json.dumps(answer) + err


@pytest.mark.parametrize("spelled", SPELLINGS)
def test_a_result_and_its_warnings_hold_no_secret(capsys: pytest.CaptureFixture[str], spelled: str) -> None:
    # Ansible gives the same warning only once in a process.
    warning = f"The page says {len(spelled)} letters: {spelled}."
    said = {"changed": False, "seen": [f"({spelled})"], "by_name": {spelled: 1}, "warnings": [warning]}
    text = printed(capsys, lambda: said)
    assert warning.replace(spelled, "********") in text and spelled not in text


@pytest.mark.parametrize("error", [AutotaskError, ValueError])
@pytest.mark.parametrize("spelled", SPELLINGS)
def test_a_failure_holds_no_secret(capsys: pytest.CaptureFixture[str], error: type[Exception], spelled: str) -> None:
    def fails() -> t.NoReturn:
        raise error(f"fill('{spelled}') took too long")

    text = printed(capsys, fails)
    assert "took too long" in text and spelled not in text


@pytest.mark.parametrize("error", [AutotaskError, ValueError])
def test_a_failure_keeps_what_was_done_before_it_and_its_warnings(
    capsys: pytest.CaptureFixture[str], error: type[Exception]
) -> None:
    def fails() -> t.NoReturn:
        raise error("The second level could not be saved.")

    warning = f"The first level lacks a setting, before an {error.__name__}."
    text = printed(capsys, fails, lambda: {"changed": True, "warnings": [warning]})
    assert all(said in text for said in ('"failed": true', '"changed": true', warning))
