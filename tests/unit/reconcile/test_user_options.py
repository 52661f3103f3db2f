# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the options of a user ask for, and what is told of it."""

from __future__ import annotations

import typing as t

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.user_options import (
    user_options,
    user_result,
    wanted_user,
)
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.wanted_user import Outcome


def params(**given: t.Any) -> dict[str, t.Any]:
    """Options as a module sees them."""
    return {**{name: option.get("default") for name, option in user_options().items()}, **given}


def test_to_be_inactive_a_user_is_named_and_nothing_else() -> None:
    wanted = wanted_user(params(user_name="reader1", state="inactive"))
    assert wanted.fields() == {"active": False} and wanted.must_exist
    assert wanted_user(params(user_name="reader1")).fields() == {}


def test_a_user_cannot_be_inactive_and_active() -> None:
    assert wanted_user(params(user_name="reader1", state="inactive", active=False)).active is False
    with pytest.raises(AutotaskError, match="contradict"):
        wanted_user(params(user_name="reader1", state="inactive", active=True))


def test_a_tracking_identifier_is_returned_on_request_only() -> None:
    outcome = Outcome(True, {}, {}, tracking_identifier="CANARY-IDENTIFIER")
    assert "CANARY-IDENTIFIER" not in str(user_result(outcome, params()))
    asked = params(return_tracking_identifier=True)
    assert user_result(outcome, asked)["tracking_identifier"] == "CANARY-IDENTIFIER"
