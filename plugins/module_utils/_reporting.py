# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The only way out of a module: a result or a named failure, both without secrets."""

from __future__ import annotations

import contextlib
import resource
import traceback
import typing as t

from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError
from ansible_collections.msp.autotask.plugins.module_utils._proxy import secrets_of_proxies
from ansible_collections.msp.autotask.plugins.module_utils._redaction import Redactor

if t.TYPE_CHECKING:
    from ansible.module_utils.basic import AnsibleModule


class InternalError(AutotaskError):
    """Nobody foresaw it."""

    reason = "internal_error"


def secret_options(spec: t.Mapping[str, t.Any], params: t.Mapping[str, t.Any]) -> list[str]:
    """Return the values of the C(no_log) options of *spec*, those of suboptions too."""
    found = []
    for name, option in spec.items():
        value = params.get(name)
        if option.get("no_log") and isinstance(value, str):
            found.append(value)
        if "options" in option and value:
            for inner in [value] if isinstance(value, dict) else value:
                found += secret_options(option["options"], inner)
    return found


def report(
    module: AnsibleModule,
    work: t.Callable[[Redactor], dict[str, t.Any]],
    so_far: t.Callable[[], dict[str, t.Any]] = dict,
) -> t.NoReturn:
    """Do *work* and leave with its result, or with a failure that says why.

    *work* gets the redactor, so that it can add the secrets it makes or reads, and returns the module's result;
    C(warnings) in it become warnings. *so_far* is what a failure returns besides: what was done before it, and its
    warnings.
    """
    secrets = secret_options(module.argument_spec, module.params)
    redactor = Redactor([*secrets, *secrets_of_proxies(module.params.get("proxy"))])
    _leave_no_core_dump()

    def warn(warnings: t.Iterable[str]) -> None:
        for warning in warnings:
            module.warn(redactor.text(warning))

    try:
        result = work(redactor)
    # The last net, too: an uncaught exception's text would reach the output unmasked.
    except Exception as error:
        if isinstance(error, AutotaskError):
            warn(error.details.pop("warnings", []))
        told = {**failure_of(error), **so_far()}
        warn(told.pop("warnings", []))
        module.fail_json(**{name: redactor.data(value) for name, value in told.items()})
    else:
        warn(result.pop("warnings", []))
        module.exit_json(**redactor.data(result))
    raise AssertionError("exit_json and fail_json end the process")


def failure_of(error: Exception) -> dict[str, t.Any]:
    """What is told of a failure: a message for people, C(failure) for machines."""
    if isinstance(error, AutotaskError):
        return {"msg": error.message, "failure": {"reason": error.reason, **error.details}}
    fault = InternalError(
        f"{type(error).__name__}: {error}. This is a fault of msp.autotask itself; please report it with the traceback "
        "that -vvv shows."
    )
    return {**failure_of(fault), "exception": "".join(traceback.format_exception(error))}


def _leave_no_core_dump() -> None:
    """Let neither this process nor its browser write its memory to disk when it crashes."""
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
