# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options by which modules get to a tenant, from what was given; of secrets only the variables that hold them."""

from __future__ import annotations

import typing as t

Values = t.Mapping[str, t.Any]

CONSOLE = (
    "console_url",
    "console_username",
    "console_login",
    "console_company",
    "retry_refused",
    "tenant",
    "browser_executable",
    "browser_headless",
    "browser_slow_motion",
    "evidence_dir",
    "labels",
    "timeout",
)
CONSOLE_SECRETS = ("console_password", "console_totp_secret", "browser_endpoint", "proxy")
REST = ("api_url", "validate_certs", "ca_path")
REST_SECRETS = ("proxy",)
BY_PERSON = ("console_url", "browser_executable")
BY_PERSON_SECRETS = ("browser_endpoint", "proxy")
"""Of the module that waits until a person has logged in."""


def given_of(values: Values, names: t.Iterable[str]) -> dict[str, t.Any]:
    """What is not given is left to the defaults of the play, and to those of the modules."""
    return {name: values[name] for name in names if values.get(name) is not None}


def console_of(values: Values) -> dict[str, t.Any]:
    return given_of(values, CONSOLE)


def console_by_person(values: Values) -> dict[str, t.Any]:
    return {**given_of(values, BY_PERSON), "timeout": values.get("login_timeout")}


def rest_of(values: Values) -> dict[str, t.Any]:
    return given_of(values, REST)


def zone_of(values: Values) -> dict[str, t.Any]:
    named = {"user_name": values.get("console_username"), "tenant": values.get("tenant")}
    return given_of(named, named)


def variables_with(values: Values, names: t.Iterable[str], prefix: str) -> dict[str, str]:
    """The variables that hold the secrets of these *names*, if they were given."""
    return {name: f"{prefix}{name}" for name in names if values.get(name)}
