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
from ansible_collections.msp.autotask.plugins.module_utils._redaction import Redactor

if t.TYPE_CHECKING:
    from ansible.module_utils.basic import AnsibleModule


def secrets_of(module: AnsibleModule) -> list[str]:
    """Return the values of the module's C(no_log) options."""
    return [
        module.params[name]
        for name, option in module.argument_spec.items()
        if option.get("no_log") and isinstance(module.params.get(name), str)
    ]


def report(module: AnsibleModule, work: t.Callable[[Redactor], dict[str, t.Any]]) -> t.NoReturn:
    """Do *work* and leave with its result, or with a failure that says why.

    *work* gets the redactor, so that it can add the secrets it makes or reads, and returns the module's result;
    C(warnings) in it become warnings.
    """
    redactor = Redactor(secrets_of(module))
    _leave_no_core_dump()

    def warn(warnings: t.Iterable[str]) -> None:
        for warning in warnings:
            module.warn(redactor.text(warning))

    try:
        result = work(redactor)
    except AutotaskError as error:
        warn(error.details.pop("warnings", []))
        module.fail_json(
            msg=redactor.text(error.message),
            failure=redactor.data({"reason": error.reason, **error.details}),
        )
    # The last net: an uncaught exception's text would reach the output unmasked.
    except Exception as error:
        module.fail_json(
            msg=redactor.text(
                f"{type(error).__name__}: {error}. This is a fault of msp.autotask itself; please report it with the "
                "traceback that -vvv shows."
            ),
            failure={"reason": "internal_error"},
            exception=redactor.text(traceback.format_exc()),
        )
    else:
        warn(result.pop("warnings", []))
        module.exit_json(**redactor.data(result))
    raise AssertionError("exit_json and fail_json end the process")


def _leave_no_core_dump() -> None:
    """Let neither this process nor its browser write its memory to disk when it crashes."""
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
