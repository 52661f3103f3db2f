# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the stand-ins for the console modules share: they change a file only, and write down how they were called."""

from __future__ import annotations

import json
import os
import signal
import typing as t
from pathlib import Path

from ansible.module_utils.basic import AnsibleModule

LEVEL = "security_level"


class Journal:
    """Calls, one JSON line each, and the objects that the pretended tenant has."""

    def __init__(self, module: AnsibleModule, tenant: str, only_reads: bool = False) -> None:
        self._module = module
        self._only_reads = only_reads or module.check_mode
        self._folder = Path(os.environ["STAND_IN_FOLDER"])
        self.tenant = tenant
        self._tenant = self._folder / f"{tenant}.json"

    def note(self, kind: str, params: dict[str, t.Any] | None = None) -> None:
        """Write down a call, with what the credentials files hold at this moment."""
        files = self._folder.glob("inventory/credentials/*.yml")
        call = {
            "tenant": self.tenant,
            "kind": kind,
            "reads": self._only_reads,
            "params": params or self._module.params,
            "credentials": {path.stem: path.read_text(encoding="utf-8") for path in files},
        }
        with (self._folder / "journal").open("a", encoding="utf-8") as journal:
            journal.write(json.dumps(call) + "\n")
        self.may_be_killed(f"{kind} before")

    def may_be_killed(self, point: str) -> None:
        """Kill the whole run where a test wants it."""
        kill = self._folder / "kill"
        times = kill.read_text(encoding="utf-8").splitlines() if kill.exists() else []
        if point not in times:
            return
        kill.write_text("\n".join(times[1:]), encoding="utf-8")
        if len(times) == 1:
            for pid in reversed(_run()):
                os.kill(pid, signal.SIGKILL)

    def objects(self) -> dict[str, t.Any]:
        return json.loads(self._tenant.read_text(encoding="utf-8")) if self._tenant.exists() else {}

    def knows(self, name: str) -> bool:
        return name in self.objects()

    def keep(self, name: str, value: t.Any) -> bool:
        """Store an object unless this only reads, and tell whether it was different."""
        objects = self.objects()
        changed = objects.get(name) != value
        if changed and not self._only_reads:
            self._tenant.write_text(json.dumps({**objects, name: value}), encoding="utf-8")
        return changed


class Failed(Exception):
    """What a pretended object fails with."""

    def __init__(self, msg: str, **failure: t.Any) -> None:
        super().__init__(msg)
        self.told = {"msg": msg, "failure": failure}


def ensure_level(journal: Journal, params: dict[str, t.Any]) -> dict[str, t.Any]:
    """Bring the pretended level to what is wanted."""
    if params["copy_from"] == "Not whole":
        raise Failed("The page shows no section CRM.", reason="permissions_not_possible")
    exists = journal.knows(f"level {params['name']}")
    changed = journal.keep(f"level {params['name']}", params["permissions"])
    return {
        "changed": changed,
        "created": not exists,
        "diff": {"before": {}, "after": {}},
        "changed_settings": {"before": {"CRM": {}}, "after": {"CRM": {}}}
        if changed and exists
        else {"before": {}, "after": {}},
        "unknown_settings": [],
        "absent_settings": ["admin.admin_your_organization"],
        "security_level": {"settings": {}},
    }


def ensure_user(journal: Journal, params: dict[str, t.Any]) -> dict[str, t.Any]:
    """Bring a pretended user to what is wanted."""
    key = params["user_name"].split("@")[0]
    exists = journal.knows(key) or key == "handmade"
    if params["integration_vendor"] == "No such vendor":
        raise Failed("No such vendor is not in the list.", reason="vendor_not_offered")
    if params["email"] == "taken@msp.example" and key != "taken":
        raise Failed("It exists already.", reason="other_user_name", user_names=[f"taken@{journal.tenant}.example"])
    if not exists and not params["secret"]:
        raise Failed("A secret is needed.", reason="user_missing")
    before = journal.objects().get(key, {})
    given = {name: params[name] for name in ("first_name", "email", "security_level", "active")}
    user = {
        **before,
        "user_name": f"{key}@{journal.tenant}.example",
        **{name: value for name, value in given.items() if value is not None},
    }
    if exists and params["update_secret"] == "if_unused" and before.get("active") is not False:
        raise Failed(f"The API user {key} is there already.", reason="user_in_use", user_name=key)
    typed = bool(params["secret"]) and (not exists or params["update_secret"] != "on_create")
    changed = journal.keep(key, user) or typed
    journal.may_be_killed("user after")
    result = {
        "changed": changed,
        "created": not exists,
        "secret_set": typed,
        "diff": {
            "before": {name: before.get(name) for name in user if before.get(name) != user[name]},
            "after": {name: value for name, value in user.items() if before.get(name) != value},
        },
        "resource": {
            "user_name": f"{key}@{journal.tenant}.example",
            "location": params["location"] or "Headquarters",
            "tracking": {"type": "vendor", "name": params["integration_vendor"]},
            "locked": False,
            "security_level": user.get("security_level"),
            **user,
        },
    }
    if params["internal_integration"] and params["return_tracking_identifier"]:
        result["tracking_identifier"] = "CANARY-TRACKING-IDENTIFIER"
    return result


def _run() -> list[int]:
    """The processes from this module up to ansible-playbook. Workers are sessions of their own."""
    mark = f"STAND_IN_FOLDER={os.environ['STAND_IN_FOLDER']}".encode()
    pids = []
    pid = os.getpid()
    while mark in Path(f"/proc/{pid}/environ").read_bytes():
        pids.append(pid)
        pid = int(Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])
    return pids


def stand_in(name: str) -> AnsibleModule:
    """A module with the options of the real one."""
    specs = json.loads(Path(os.environ["STAND_IN_SPECS"]).read_text(encoding="utf-8"))
    return AnsibleModule(specs[name], supports_check_mode=True)


def console_module(name: str, kind: str) -> tuple[AnsibleModule, Journal]:
    module = stand_in(name)
    journal = journal_of(module)
    journal.note(kind)
    return module, journal


def journal_of(module: AnsibleModule, only_reads: bool = False) -> Journal:
    tenant = module.params["console_username"].removeprefix("admin@").removesuffix(".example")
    return Journal(module, tenant, only_reads)


def objects_in(integrations: list[dict[str, t.Any]]) -> list[tuple[str, str, dict[str, t.Any]]]:
    """All levels, then all users, each with the name of its integration and its own."""
    levels = [(each["name"], LEVEL, each[LEVEL]) for each in integrations if each[LEVEL]]
    return levels + [(each["name"], user["key"], user) for each in integrations for user in each["resources"]]


class Done:
    """What came of objects, as the modules for all of them tell it."""

    def __init__(self, integrations: list[dict[str, t.Any]]) -> None:
        self._by_name = {each["name"]: {"name": each["name"], LEVEL: None, "resources": []} for each in integrations}

    def add(self, name: str, key: str, result: dict[str, t.Any]) -> None:
        if key == LEVEL:
            self._by_name[name][LEVEL] = result
        else:
            self._by_name[name]["resources"].append({"key": key, **result})

    def as_data(self) -> list[dict[str, t.Any]]:
        return list(self._by_name.values())


def log_in(module: AnsibleModule) -> None:
    if module.params["console_password"] == "wrong":
        module.fail_json(
            msg="The password was refused. Check 'console_password'.", failure={"reason": "wrong_password"}
        )
