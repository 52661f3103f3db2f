# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs a module's main() as Ansible would and reads what it says."""

from __future__ import annotations

import json
import typing as t

import pytest
from ansible.module_utils.common import warnings
from ansible.module_utils.testing import patch_module_args


@pytest.fixture
def run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> t.Callable[..., tuple[dict[str, t.Any], str]]:
    """Return a function that runs a main() with options and returns its result and everything it printed."""
    # Ansible says each warning once in a process; here, many modules run in one.
    monkeypatch.setattr(warnings, "_global_warnings", {})

    def run(main: t.Callable[[], None], **options: t.Any) -> tuple[dict[str, t.Any], str]:
        check_mode = options.pop("check_mode", False)
        with patch_module_args({**options, "_ansible_check_mode": check_mode}), pytest.raises(SystemExit) as left:
            main()
        printed = capsys.readouterr()
        result = json.loads(printed.out)
        assert bool(result.get("failed")) is bool(left.value.code)
        return result, printed.out + printed.err

    return run
