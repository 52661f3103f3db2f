# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every secret of a run is searched for in everything that the run shows or leaves behind.

Secrets: the console's password and one-time secret, the vault password, the API users' secrets, old and new, the
tracking identifier, the session's cookies. Places: output at every verbosity, the log file, results as JSON, in files
(callbacks tree and junit), the fact cache, retry files, evidence, every file below the operator's home, temporary and
own folders, command lines of all processes, and the environment of those that belong to the browser.
"""

from __future__ import annotations

import base64
import contextlib
import itertools
import json
import os
import random
import stat
import string
import threading
import typing as t
import urllib.parse
from pathlib import Path

import pytest
import yaml
from ansible.parsing.vault import VaultLib, VaultSecret
from autotask_simulator.fleet import DEFAULT_TOTP_SECRET
from flask import Response, request
from samples import each
from simulated_console import SECRET

from campaign.ledger import Ledger
from campaign.processes import marked
from campaign.simulation import Simulation, Target
from campaign.site import VAULT_PASSWORD, Site

PART = "secrets"
PASSWORD = "Canary-Pass&word'7"


def spellings(secret: str) -> set[str]:
    encoded = base64.b64encode(secret.encode()).decode()
    return {secret, urllib.parse.quote(secret, safe=""), json.dumps(secret)[1:-1], encoded}


class Watch(threading.Thread):
    """Notes command lines and environments of the processes of a run, and whether they may leave core dumps."""

    def __init__(self, target: Target) -> None:
        super().__init__(daemon=True)
        self.command_lines: set[str] = set()
        self.browser_environments: set[str] = set()
        self.core_limits: set[str] = set()
        self.cookies: set[str] = set()
        self._target = target
        self._over = threading.Event()

    def run(self) -> None:
        while not self._over.wait(0.1):
            for pid in marked(self._target.mark):
                with contextlib.suppress(OSError):
                    self._note(Path("/proc", str(pid)))
            for session in self._target.folder.rglob("*session*"):
                with contextlib.suppress(OSError, ValueError, KeyError):
                    state = json.loads(session.read_text())["storage_state"]
                    self.cookies.update(cookie["value"] for cookie in state["cookies"])

    def _note(self, process: Path) -> None:
        line = (process / "cmdline").read_bytes().decode(errors="replace")
        self.command_lines.add(line)
        if "playwright" in line or "chrom" in line:
            self.browser_environments.add((process / "environ").read_bytes().decode(errors="replace"))
            # What the driver and the browser may not do, renderers inherit; those hide whose they are.
            limits = (process / "limits").read_text().splitlines()
            self.core_limits.update(limit for limit in limits if "core file" in limit)

    def end(self) -> None:
        self._over.set()
        self.join()


def written(folder: Path) -> dict[str, str]:
    """Every file below a folder, but for what the operator gave: the inventory, and arguments of the test itself."""
    return {
        str(path.relative_to(folder)): path.read_bytes().decode(errors="replace")
        for path in folder.rglob("*")
        if path.is_file() and path.name != "hosts.json" and not path.name.startswith("arguments-")
    }


def search(secrets: t.Mapping[str, str], places: t.Mapping[str, str]) -> list[str]:
    return [
        f"{name} in {place}: ...{text[max(0, text.index(form) - 80) : text.index(form)]}"
        for name, secret in secrets.items()
        for form in spellings(secret)
        for place, text in places.items()
        if form in text
    ]


def loud(site: Site) -> dict[str, str]:
    """Everything on that may write something down."""
    return {
        "ANSIBLE_CALLBACKS_ENABLED": "ansible.builtin.junit,ansible.builtin.tree",
        "ANSIBLE_CALLBACK_TREE_DIR": str(site.folder / "tree"),
        "ANSIBLE_CALLBACK_RESULT_FORMAT": "json",
        "ANSIBLE_CACHE_PLUGIN": "ansible.builtin.jsonfile",
        "ANSIBLE_CACHE_PLUGIN_CONNECTION": str(site.folder / "facts"),
        "ANSIBLE_LOG_PATH": str(site.folder / "ansible.log"),
        "ANSIBLE_LOG_VERBOSITY": "5",
        "ANSIBLE_RETRY_FILES_ENABLED": "true",
        "ANSIBLE_RETRY_FILES_SAVE_PATH": str(site.folder / "retry"),
        "JUNIT_OUTPUT_DIR": str(site.folder / "junit"),
        "JUNIT_INCLUDE_SETUP_TASKS_IN_REPORT": "true",
    }


def secrets_of(site: Site) -> dict[str, str]:
    users = site.target.tenant.api_users()
    found = {
        "the console's password": PASSWORD,
        "its one-time secret": DEFAULT_TOTP_SECRET,
        "the vault password": VAULT_PASSWORD,
    }
    found |= {f"the secret of {user.user_name}": user.secret for user in users}
    return found | {f"the identifier of {user.user_name}": user.tracking_identifier for user in users}


def modes(folder: Path) -> dict[str, int]:
    """Files and folders that others than their owner can see into."""
    return {str(path): stat.S_IMODE(path.stat().st_mode) for path in folder.rglob("*") if path.stat().st_mode & 0o077}


@pytest.mark.long
@pytest.mark.parametrize("verbosity", [0, 1, 2, 3, 4, 5], ids=lambda number: f"-{'v' * number}" if number else "plain")
def test_no_secret_is_shown_or_left(simulation: Simulation, ledger: Ledger, verbosity: int) -> None:
    with ledger.case(PART, "provision, refused, provision, rotate", f"verbosity {verbosity}") as case:
        site = begin(simulation)
        tenant, options = site.target.tenant, ["--diff", *([f"-{'v' * verbosity}"] if verbosity else [])]
        watch, outputs, secrets = Watch(site.target), [], dict[str, str]()
        old_mask = os.umask(0)
        watch.start()
        try:
            # The page says the secret back, as some do with what was typed.
            simulation.tamper = saying_back
            refused = site.start("provision", *options, **loud(site))
            outputs.append(refused.communicate(timeout=600)[0])
            assert refused.returncode != 0, "the page refused the user"
            simulation.tamper = None
            outputs.append(site.play("provision", *options, **loud(site)))
            secrets |= secrets_of(site)
            outputs.append(site.play("rotate_secret", *options, **loud(site)))
            secrets |= {f"new: {name}": secret for name, secret in secrets_of(site).items()}
        finally:
            os.umask(old_mask)
            watch.end()
        assert len(tenant.api_users()) == 2 and watch.cookies and watch.browser_environments
        secrets |= {f"cookie {number}": cookie for number, cookie in enumerate(sorted(watch.cookies))}
        places = {
            "output": "\n".join(outputs),
            "command lines": "\n".join(watch.command_lines),
            "environment of the browser": "\n".join(watch.browser_environments),
            **written(site.target.folder),
        }
        found = search({name: secret for name, secret in secrets.items() if secret}, places)
        assert not found, "; ".join(found)[:600]
        assert {limit.split()[4] for limit in watch.core_limits} == {"0"}, watch.core_limits
        for name in ("kept", "evidence"):
            assert not modes(site.folder / name), modes(site.folder / name)
        site.refuse_leftovers()
        case.outcome = f"none of {len(set(secrets.values()))} secrets in {len(places)} places"


def begin(simulation: Simulation) -> Site:
    target = simulation.tenant(admin={"password": PASSWORD})
    return Site(
        target,
        work365_integration_verify=True,
        work365_integration_evidence_dir=str(target.folder / "site" / "evidence"),
        work365_integration_console_totp_secret=DEFAULT_TOTP_SECRET,
    )


def saying_back(page: str, response: Response) -> Response:
    if page == "save_api_user":
        response.set_data(json.dumps({"ok": False, "message": f"Not good enough: {request.get_json()['secret']}"}))
    return response


NASTY = [
    "Quotes'\"9`'\"",
    "{{ lookup('pipe', 'id') }}9A",
    "{% raw %}Zz9{% endraw %}",
    "!vault |Aa9 - : #x",
    "*anchor &Aa9 %TAG",
    "---Aa9... > | ?",
    "~null~Yes0x1F",
    "<b>Aa9&amp;</b>",
    "$(id)`id`;Aa9\\n",
    "\\\\Aa9\\'\\u0041%s",
    "äÖ€9Aa\U0001f511漢",
    "Aa9" + "x" * 61,
]


MALFORMED = ["Two\nlines9", " Blank9before", "Blank9after ", "Tab\t9Here", "Zero\0Width9"]


def random_secrets(count: int) -> list[str]:
    """Secrets that Autotask's rules allow, of everything that a keyboard types."""
    chance, letters = random.Random(9), string.ascii_letters + string.digits + string.punctuation
    return [f"{''.join(chance.choices(letters, k=20))}aA9" for _ in range(count)]


@pytest.mark.long
def test_any_secret_arrives_unchanged_and_unseen(simulation: Simulation, ledger: Ledger) -> None:
    target, typed = simulation.tenant(), list[str]()
    assert target.run("autotask_resource", **target.user_options())["created"]

    def listen(page: str, response: Response) -> Response:
        if page == "save_api_user":
            typed.append(request.get_json()["secret"])
        return response

    simulation.tamper = listen
    for secret in ledger.chosen(PART, "a secret of odd characters", [*NASTY, *random_secrets(8)], sample=2):
        with ledger.case(PART, "a secret of odd characters", f"{secret!r}"[:40]) as case:
            options = target.user_options(secret=secret, update_secret="always")
            result = Target.result(target.start("autotask_resource", **options))
            assert "failure" not in result, result.get("msg")
            assert typed[-1] == secret and target.tenant.api_user(target.user_name).secret_is(secret)
            shown = json.dumps({name: value for name, value in result.items() if name != "invocation"})
            assert not [form for form in spellings(secret) if form in shown], "it was shown"
            case.outcome = "arrived unchanged, not shown"


@pytest.mark.parametrize("secret", each(MALFORMED, in_make_test=MALFORMED[:1]))
def test_a_secret_that_no_form_takes_is_refused(simulation: Simulation, ledger: Ledger, secret: str) -> None:
    with ledger.case(PART, "a secret that no form takes", f"{secret!r}") as case:
        target = simulation.tenant()
        result = target.run("autotask_resource", **target.user_options(secret=secret))
        case.named(result)
        assert result["failure"]["reason"] == "malformed_secret" and secret not in result["msg"]
        assert not target.tenant.api_users()


@pytest.mark.long
def test_stored_credentials_come_back_as_they_were(simulation: Simulation, ledger: Ledger) -> None:
    """The role's way: sealed in YAML, opened, typed, read back."""
    secret = NASTY[0] + NASTY[1] + NASTY[3]
    with ledger.case(PART, "provision", "a stored secret with quotes, Jinja and YAML in it") as case:
        target = simulation.tenant()
        site = Site(target)
        user_name = f"abc9abc9abc9abc@{target.tenant.domain}"
        stored = {"user_name": user_name, "secret": secret, "made_here": True, "secret_set": False}
        vault = VaultLib([("default", VaultSecret(VAULT_PASSWORD.encode()))])
        (site.folder / "kept").mkdir()
        sealed = vault.encrypt(yaml.safe_dump({"work365": stored}))
        (site.folder / "kept" / "credentials.yml").write_bytes(sealed)
        output = site.play("provision", "-vvv")
        assert target.tenant.api_user(user_name).secret_is(secret)
        assert site.kept()["work365"]["secret"] == secret
        assert not [form for form in spellings(secret) if form in output]
        case.outcome = "arrived unchanged, not shown"


HOSTILE = "{{ lookup('ansible.builtin.pipe', 'touch EVALUATED') }}{% set x = 1 %} !unsafe - 'x': <script>#"


@pytest.mark.long
def test_nothing_that_a_tenant_names_is_evaluated(simulation: Simulation, ledger: Ledger) -> None:
    """Jinja, YAML and HTML in the names of levels, people, settings and messages, through a whole playbook."""
    with ledger.case("hostile console", "preflight", "Jinja, YAML and HTML in every name") as case:
        target = simulation.tenant(
            company=HOSTILE,
            locations=[HOSTILE],
            levels=[{"name": HOSTILE}],
            extra_settings=[{"section": "other", "group": HOSTILE, "label": HOSTILE}],
        )
        target.tenant.store.arm("alert", domain=target.tenant.domain, page="security_levels", options={"text": HOSTILE})
        site = Site(target)
        output = site.play("preflight", "-v")
        reports = "".join(path.read_text() for path in (site.folder / "preflight").iterdir())
        assert "EVALUATED" in output + reports, "the names were shown as they are"
        evaluated = itertools.chain(site.folder.rglob("EVALUATED"), target.folder.rglob("EVALUATED"))
        assert not list(evaluated) and not Path("EVALUATED").exists()
        case.outcome = "shown as they are, nothing evaluated"
        assert SECRET not in output
