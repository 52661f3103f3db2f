# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options that the console modules share, and what they mean for the driver."""

from __future__ import annotations

import typing as t

from ansible.module_utils.basic import env_fallback, missing_required_lib
from ansible_collections.msp.autotask.plugins.module_utils._addresses import secrets_in
from ansible_collections.msp.autotask.plugins.module_utils._console.browsers.browser import (
    PLAYWRIGHT_IMPORT_ERROR,
    BrowserSettings,
)
from ansible_collections.msp.autotask.plugins.module_utils._console.console import ENTRY, STATE_DIR, ConsoleSettings
from ansible_collections.msp.autotask.plugins.module_utils._console.errors import ConsoleError
from ansible_collections.msp.autotask.plugins.module_utils._console.journal import Journal
from ansible_collections.msp.autotask.plugins.module_utils._console.landmarks import wordings
from ansible_collections.msp.autotask.plugins.module_utils._console.log_in import session
from ansible_collections.msp.autotask.plugins.module_utils._console.log_in.account import WAYS, Account
from ansible_collections.msp.autotask.plugins.module_utils._console.log_in.one_time_codes import (
    CRYPTOGRAPHY_IMPORT_ERROR,
    secret_parts,
)
from ansible_collections.msp.autotask.plugins.module_utils._kept import OPENED, RENEWAL
from ansible_collections.msp.autotask.plugins.module_utils._proxy import proxy_for
from ansible_collections.msp.autotask.plugins.module_utils._redaction import Redactor
from ansible_collections.msp.autotask.plugins.module_utils._reporting import secret_options
from ansible_collections.msp.autotask.plugins.module_utils._run import RUN, Process
from ansible_collections.msp.autotask.plugins.module_utils._steps import STEPS, step_teller

if t.TYPE_CHECKING:
    from ansible.module_utils.basic import AnsibleModule


VERBOSE = 3
"""From which verbosity of Ansible on a module tells how it found its way."""


def console_options() -> dict[str, t.Any]:
    """The argument specification behind the doc fragment C(msp.autotask.console)."""
    return {
        "console_url": {"type": "str", "default": ENTRY, "fallback": _environment("AUTOTASK_CONSOLE_URL")},
        "console_username": {
            "type": "str",
            "required": True,
            "fallback": _environment("AUTOTASK_CONSOLE_USERNAME"),
        },
        "console_password": {
            "type": "str",
            "no_log": True,
            "fallback": _environment("AUTOTASK_CONSOLE_PASSWORD"),
        },
        "console_totp_secret": {
            "type": "str",
            "no_log": True,
            "fallback": _environment("AUTOTASK_CONSOLE_TOTP_SECRET"),
        },
        "console_login": {"type": "str", "choices": list(WAYS), "default": "autotask"},
        "console_company": {"type": "str"},
        "console_session": {"type": "path"},
        "session": {"type": "path"},
        "session_vault_password": {"type": "str", "no_log": True},
        "state_dir": {"type": "path", "default": STATE_DIR, "fallback": _environment("AUTOTASK_STATE_DIR")},
        "retry_refused": {"type": "bool", "default": False},
        "tenant": {"type": "str"},
        "tenant_file": {"type": "path"},
        "browser_executable": {"type": "path", "fallback": _environment("AUTOTASK_BROWSER_EXECUTABLE")},
        # Hosted browsers have a token in their address.
        "browser_endpoint": {"type": "str", "no_log": True, "fallback": _environment("AUTOTASK_BROWSER_ENDPOINT")},
        "browser_headless": {"type": "bool", "default": True},
        "validate_certs": {"type": "bool", "default": True},
        "browser_slow_motion": {"type": "int", "default": 0},
        # It may hold a password.
        "proxy": {"type": "str", "no_log": True},
        "timeout": {"type": "int", "default": 300},
        "evidence_dir": {"type": "path"},
        "labels": {"type": "dict", "default": {}},
        "diagnostics": {"type": "bool", "default": False},
        # Which ansible-playbook this is for, and where to tell the steps. The action plugin of the module's name gives
        # it; users have no business with it.
        RUN: {"type": "dict"},
        # What the file in 'session' holds, opened, and how to renew it.
        OPENED: {"type": "str", "no_log": True},
        RENEWAL: {"type": "str", "no_log": False},
    }


def console_settings(params: t.Mapping[str, t.Any], redactor: Redactor) -> ConsoleSettings:
    """What the module's options say about the console."""
    try:
        secrets = secrets_in(params["browser_endpoint"] or "")
    except ValueError as error:
        # What is wrong with it may quote a password.
        raise ConsoleError("'browser_endpoint' is not the address of a browser.", "no_browser") from error
    # A browser that runs elsewhere has ways of its own.
    proxy = None if params["browser_endpoint"] else proxy_for(params["console_url"], params["proxy"])
    kept = _kept_session(params)
    for secret in (*secrets, *(session.secrets_of(kept) if kept else ())):
        redactor.add(secret)
    account = Account(
        params["console_username"],
        params["console_password"],
        params["console_totp_secret"],
        way=params["console_login"],
        company=params["console_company"],
    )
    for part in secret_parts(account.totp_secret):
        redactor.add(part)
    # Refused before anything is typed.
    _codes = account.codes
    return ConsoleSettings(
        account=account,
        url=params["console_url"],
        session_path=params["console_session"],
        kept=kept,
        renewal=params[RENEWAL] or "",
        state_dir=params["state_dir"],
        retry_refused=params["retry_refused"],
        tenant=params["tenant"],
        tenant_file=params["tenant_file"],
        browser=BrowserSettings(
            executable=params["browser_executable"],
            endpoint=params["browser_endpoint"],
            headless=params["browser_headless"],
            slow_motion=params["browser_slow_motion"],
            proxy=proxy,
            validate_certs=params["validate_certs"],
            compiled=f"{params['state_dir']}/compiled",
        ),
        labels=params["labels"],
        evidence_dir=params["evidence_dir"],
        redactor=redactor,
    )


def _kept_session(params: t.Mapping[str, t.Any]) -> session.SavedSession | None:
    if not params["session"]:
        return None
    if not params[OPENED]:
        raise ConsoleError(
            "'session' works in a playbook only, where the action plugin of this module opens it. Nothing was done.",
            "invalid_option",
        )
    try:
        return session.of_person(params[OPENED])
    except ConsoleError as error:
        error.message = f"{error.message} {params[RENEWAL] or ''}".rstrip()
        raise


def refuse_empty(texts: t.Mapping[str, str | None]) -> None:
    """Fail if one of these options was given without saying anything, which is never what was meant."""
    empty = [name for name, text in texts.items() if text is not None and not text.strip()]
    if empty:
        raise ConsoleError(
            f"{' and '.join(map(repr, empty))} must not be empty. Leave out what is not managed. Nothing was done.",
            "empty_option",
            options=empty,
        )


def journal_of(module: AnsibleModule) -> Journal:
    """The journal of a module's run, which writes nothing in check mode."""
    return _journal(module, module.check_mode)


def reading_journal_of(module: AnsibleModule) -> Journal:
    """The journal of a module that only reads."""
    return _journal(module, read_only=True)


def told(module: AnsibleModule, journal: Journal, warnings: t.Iterable[str] = ()) -> dict[str, t.Any]:
    """What every console module returns of its run, with *warnings* of its own.

    What Autotask said by itself becomes a warning, too, as people would have read it there.
    """
    said = [f"Autotask showed this message: {message}" for message in journal.unasked]
    result: dict[str, t.Any] = {"messages": journal.messages, "warnings": [*said, *journal.warnings, *warnings]}
    if module.params["diagnostics"] or module._verbosity >= VERBOSE:
        result["diagnostics"] = {"steps": journal.steps, "landmarks": wordings(journal.wordings)}
    return result


def require_libraries(module: AnsibleModule, hands_over: bool = False) -> None:
    """Fail with Ansible's usual message if Playwright is not installed, or what one-time codes are made with."""
    missing = [("playwright", "https://playwright.dev/python/docs/intro", PLAYWRIGHT_IMPORT_ERROR)]
    if module.params.get("console_totp_secret") or hands_over:
        missing.append(("cryptography", "https://cryptography.io", CRYPTOGRAPHY_IMPORT_ERROR))
    for library, url, import_error in missing:
        if import_error:
            module.fail_json(
                msg=missing_required_lib(library, url=url),
                exception=import_error,
                failure={"reason": "missing_library"},
            )


def _journal(module: AnsibleModule, read_only: bool) -> Journal:
    run = module.params[RUN]
    return Journal(
        module.params["timeout"],
        read_only,
        Process.from_data(run) if run else None,
        step_teller((run or {}).get(STEPS), Redactor(secret_options(module.argument_spec, module.params))),
    )


def _environment(variable: str) -> tuple[t.Any, list[str]]:
    return (env_fallback, [variable])
