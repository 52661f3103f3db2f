# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The role's variables as they were given: whether each is known, and of the type it is for."""

from __future__ import annotations

import functools
import os
import re
import typing as t
from pathlib import Path

from ansible.errors import AnsibleValueOmittedError
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.common.yaml import yaml_load
from ansible_collections.msp.autotask.plugins.module_utils._permissions.matrix import permissions_of
from ansible_collections.msp.autotask.plugins.module_utils._permissions.wanted import PermissionMistakes
from ansible_collections.msp.autotask.plugins.plugin_utils._given import (
    is_mistaken,
    mistakes_in,
    padded,
    plain,
    without_empty,
)

ROLES = Path(__file__).parents[3] / "roles"

WORK365_ROLE = "work365_integration"
SEVERAL_ROLE = "integration"
"""The role for a list of integrations of any vendors."""

LIST = "autotask_integrations"
"""The variable of a tenant that has such a list."""

FOR_LISTS = ("audit", "preflight", "runbook", "rotate_secret", "decommission")
"""Entry points that a playbook for Work 365 uses for all integrations of a tenant that has a list of them."""

NEARLY_LIST = re.compile(r"autotask_?integrations?\w?")
"""Slips of that name; longer ones may be a user's own."""

SHARED = ROLES / SEVERAL_ROLE / "defaults" / "main" / "shared.yml"
"""Its variables that the role of Work 365 has, too."""

LIST_OPTION = f"{SEVERAL_ROLE}_list"
"""Its option of the role, which plays of one's own may give to it."""

PREFIX = f"{WORK365_ROLE}_"

ELSEWHERE: t.Final[dict[str, dict[str, t.Any]]] = {
    f"{PREFIX}enabled": {"type": "bool"},
    f"{PREFIX}tenants": {"type": "raw"},
    f"{PREFIX}result": {"type": "raw"},
    # AWX hands on what a job left to the statistics as extra variables of the next one.
    f"{PREFIX}audit": {"type": "raw"},
    f"{PREFIX}proven": {"type": "raw"},
    f"{SEVERAL_ROLE}_result": {"type": "raw"},
}
"""Names that playbooks and results use."""

NOT_READ = {f"{SEVERAL_ROLE}_{name}": f"{PREFIX}{name}" for name in ("enabled", "tenants")}
"""Names by which somebody may mean those of the playbooks."""

WITH_COMMAS: t.Final[dict[str, dict[str, t.Any]]] = {"decommission": {"type": "list", "elements": "str"}}
"""Lists that may be one text, which Ansible must not split, as a comma may be part of a name."""

SECTIONS = (
    "contracts",
    "crm",
    "inventory",
    "projects",
    "service_desk",
    "reports",
    "documents_knowledgebase",
    "timesheet",
    "admin",
    "other",
    "web_services_api",
)
"""Sections of the matrix, each a variable."""

LEAST = {
    "timeout": 1,
    "login_timeout": 1,
    "generation": 1,
    "verify_wait": 0,
    "rotate_older_than": 0,
    "browser_slow_motion": 0,
}
"""The least that a number may be."""

NAMED = re.compile(rf"\b{PREFIX}(\w+)")
OWN_NAMED = re.compile(rf"\b{SEVERAL_ROLE}_(\w+)")
"""Variables of the two roles in a message."""

UNDEFINED = re.compile(r"'([A-Za-z_]\w*)' is undefined")
"""What Ansible says of a template, about a variable that is not there."""

TEMPLATE = re.compile(r"\s*\{\{.*\}\}\s*", re.DOTALL)
"""A value that is nothing else."""
BRACES = "holds braces that Ansible takes for a template that fails; if they belong to it, write !unsafe before it"

PROGRAMS = ("ansible_shell_executable", "ansible_python_interpreter")
HERE = ("ansible_connection", "ansible_become", "ansible_shell_type", *PROGRAMS)
"""Variables by which the playbooks say that they work on this machine; the last are programs that are started there."""

UNDECRYPTED = (
    "cannot be decrypted with the vault secrets of this run; give the one that encrypted it (--vault-id, "
    "--vault-password-file, --ask-vault-pass), or encrypt it anew if it was damaged"
)

CHECKED = ("type", "elements", "choices", "options")
"""What is looked at of a variable's description."""

Spec = dict[str, dict[str, t.Any]]
Values = dict[str, t.Any]


class Given:
    """The variables of one tenant by their names without the prefix, and everything that is wrong with them."""

    def __init__(self, specs: t.Mapping[str, t.Any], entry_point: str, prefix: str = PREFIX) -> None:
        self.prefix = prefix
        self._known: Spec = {name: option for name, option in ELSEWHERE.items() if name.startswith(prefix)}
        for described in specs.values():
            for name, option in described["options"].items():
                self._known[name] = {**option, "required": False}
        self._with_commas: Spec = {f"{prefix}{name}": option for name, option in WITH_COMMAS.items()}
        self._meant: Spec = {**self._known, **self._with_commas}
        self._required = [name for name, option in specs[entry_point]["options"].items() if option.get("required")]
        self._given: Values = {}
        self.values: Values = {}
        self.mistakes: list[str] = []
        self.untold: list[str] = []
        """The variables whose templates failed, so that nobody knows what they say."""
        self._written: set[str] = set()
        """Variables of both roles that somebody gave, as the defaults of one have the others' values."""

    @classmethod
    def of_role(cls, role: Path, entry_point: str) -> Given:
        specs = _read(role / "meta" / "argument_specs.yml")["argument_specs"]
        return cls(specs, entry_point, f"{role.name}_")

    def take(
        self,
        variables: t.Mapping[str, t.Any],
        template: t.Callable[[t.Any], t.Any],
        defaults: t.Callable[[], t.Mapping[str, t.Any]] = dict,
    ) -> None:
        """Look at all variables of the role among *variables*; for those that are empty its *defaults* count."""
        if self.prefix != PREFIX:
            self._written = _written(variables)
        given: Values = {}
        for name in sorted(name for name in variables if name.startswith(self.prefix)):
            given |= self._worked_out(name, variables, template)
        self.mistakes += [_not_read(name) for name in given if name in NOT_READ]
        given = {name: value for name, value in given.items() if name not in NOT_READ}
        emptied = [name for name in given if name not in without_empty(given)]
        given = without_empty(given)
        came_back = [name for name in emptied if self._may_come_back(name)]
        said = defaults() if came_back else {}
        for name in came_back:
            given |= without_empty(self._worked_out(name, said, template) if name in said else {})
        given |= {name: _listed(value) for name, value in given.items() if self._is_listed(name, value)}
        mistakes = [*mistakes_in(given, self._meant), *padded(given, self._known), *self._secrets_as_text(given)]
        self.mistakes += mistakes
        self.mistakes += [f"{name}: is missing" for name in self._required if name not in {*given, *self.untold}]
        self._given = plain(given)
        values = {name: value for name, value in self._given.items() if not is_mistaken(name, mistakes)}
        validated = ArgumentSpecValidator(_without_defaults(self._known)).validate(values)
        self.mistakes += validated.error_messages
        self.values = {name.removeprefix(self.prefix): value for name, value in validated.validated_parameters.items()}
        self.mistakes += self._too_small()
        self._check_permissions(emptied)

    def _worked_out(self, name: str, variables: t.Mapping[str, t.Any], template: t.Callable[[t.Any], t.Any]) -> Values:
        """What a variable says, by its name; nothing, but a mistake, where that cannot be known."""
        value = None
        try:
            value = variables[name]
            return {name: template(value)}
        except AnsibleValueOmittedError:
            return {name: None}
        # What a template does with values that it was not made for can be anything.
        except Exception as error:
            self.untold.append(name)
            # Ansible's words name what stands in the braces, which may be a part of a password.
            is_quoted = isinstance(value, str) and self._is_secret(name) and not TEMPLATE.fullmatch(value)
            self.mistakes.append(f"{name}: {BRACES if is_quoted else _said(error)}")
            return {}

    def _is_listed(self, name: str, value: t.Any) -> bool:
        """Whether it is a list that came as one text, as from the command line."""
        option = self._meant.get(name, {})
        return isinstance(value, str) and name not in self._with_commas and option.get("elements") == "str"

    def _secrets_as_text(self, given: Values) -> list[str]:
        """Tasks read secrets out of their variables, where Ansible has not made a dictionary of the text."""
        names = [name for name, value in given.items() if isinstance(value, str) and self._is_secret(name)]
        return [f"{name}: is text, not a dictionary" for name in names if self._known[name].get("type") == "dict"]

    def _is_secret(self, name: str) -> bool:
        return bool(self._known.get(name, {}).get("no_log"))

    def _may_come_back(self, name: str) -> bool:
        """Not the rights of a section, which are not to come and go by a slip; tasks look for secrets themselves."""
        return name.removeprefix(self.prefix) not in SECTIONS and not self._is_secret(name)

    def as_own(self, text: str) -> str:
        """*text* with the role's own variables in the place of those of Work 365's that mean the same."""
        return NAMED.sub(
            lambda found: f"{self.prefix}{found[1]}" if self.prefix + found[1] in self._known else found[0], text
        )

    def as_written(self, text: str) -> str:
        """*text* with the role's variables by the names by which their values were given."""
        uses_own = not self._written.isdisjoint(_read(SHARED))

        def name_of(found: re.Match[str]) -> str:
            own, other = found[0], f"{PREFIX}{found[1]}"
            if own not in self._known or own in self._written:
                return own
            if own == LIST_OPTION:
                return LIST
            return other if other in self._written or not uses_own else own

        return OWN_NAMED.sub(name_of, text)

    def secrets(self) -> list[str]:
        """The values of the variables that the role's specification marks as secrets."""
        marked = [value for name, value in self._given.items() if value and self._is_secret(name)]
        return [str(one) for value in marked for one in (value.values() if isinstance(value, t.Mapping) else [value])]

    def secrets_inside(self, text: str) -> list[str]:
        """The names of the variables with a secret that is a part of *text*."""
        named = {name: value for name, value in self._given.items() if value and self._is_secret(name)}
        return [name for name, value in named.items() if isinstance(value, str) and value.strip() in text]

    def _too_small(self) -> list[str]:
        return [
            f"{self.prefix}{name}: is {value}; the minimum is {least}"
            for name, least in LEAST.items()
            if isinstance(value := self.values.get(name), int) and value < least
        ]

    def _check_permissions(self, emptied: t.Sequence[str]) -> None:
        if is_mistaken(f"{self.prefix}profiles", self.mistakes):
            return
        # The role's default does not come back where a section says nothing, and its rights are not to go by a slip.
        sections = [name for name in emptied if name.removeprefix(self.prefix) in SECTIONS]
        mistakes = [f"{name}: is empty; leave it out, or write {{}} for a section with no right" for name in sections]
        try:
            permissions(self.values)
        except PermissionMistakes as found:
            mistakes += [f"{mistake}{self._made_in(mistake)}" for mistake in found.mistakes]
        self.mistakes += mistakes

    def _made_in(self, mistake: str) -> str:
        """Which variable says what the mistake is about, the last one that does."""
        path = mistake.partition(":")[0].split(".")
        profile = self.values.get("profile")
        of_profile = ((self.values.get("profiles") or {}).get(profile) or {}).get("permissions")
        layers = {
            "permissions": self.values.get("permissions"),
            f"profiles.{profile}": of_profile,
            path[0]: {path[0]: self.values.get(path[0])},
        }
        return next((f" (in {self.prefix}{name})" for name, layer in layers.items() if _holds(layer, path)), "")


def _holds(layer: t.Any, path: t.Sequence[str]) -> bool:
    for step in path:
        if not isinstance(layer, t.Mapping) or layer.get(step) is None:
            return False
        layer = layer[step]
    return True


@functools.cache
def _read(path: Path) -> Values:
    return t.cast(Values, yaml_load(path.read_text(encoding="utf-8")))


def described(name: str) -> dict[str, t.Any]:
    """How the role of Work 365 describes the option of that *name*, without its prefix."""
    specs = _read(ROLES / WORK365_ROLE / "meta" / "argument_specs.yml")["argument_specs"]
    option = next(each["options"][PREFIX + name] for each in specs.values() if PREFIX + name in each["options"])
    return {key: item for key, item in option.items() if key in CHECKED}


def _written(variables: t.Mapping[str, t.Any]) -> set[str]:
    """The variables of both roles that are not what the role for a list says by itself."""
    files = (ROLES / SEVERAL_ROLE / "defaults" / "main").glob("*.yml")
    usual = {name: value for path in files for name, value in _read(path).items()}
    named = {name for name in variables if name.startswith((PREFIX, f"{SEVERAL_ROLE}_"))}
    return {name for name in named if name not in usual or variables[name] != usual[name]}


def plain_defaults(role: Path) -> Values:
    """What the role says where nothing is given, but for what follows from other variables."""
    files = [_read(path) for path in sorted((role / "defaults" / "main").glob("*.yml"))]
    return {name: value for said in files for name, value in said.items() if "{{" not in str(value)}


def role_for(role: str, entry_point: str, variables: t.Collection[str]) -> str:
    """The role whose variables count in a playbook that uses *role*, in a tenant with these *variables*."""
    return SEVERAL_ROLE if entry_point in FOR_LISTS and LIST in variables else role


def misnamed_lists(variables: t.Iterable[str]) -> list[str]:
    """What is wrong with names by which somebody meant C(autotask_integrations), as nothing reads them."""
    names = sorted(name for name in variables if NEARLY_LIST.fullmatch(name) and name != LIST)
    return [f"{name}: there is no such variable; nearest: {LIST}" for name in names]


def not_read(role: str, entry_point: str, of_host: t.Collection[str]) -> list[str]:
    """What is wrong where a playbook uses the *role* of Work 365 for a host that says it to the other role only."""
    if role != WORK365_ROLE:
        return []
    lists = [LIST_OPTION] if entry_point in FOR_LISTS and LIST_OPTION in of_host else []
    return [
        *(_not_read(name) for name in NOT_READ if name in of_host),
        *(f"{name}: is not read by this playbook; name the integrations in {LIST}, which it reads" for name in lists),
    ]


def elsewhere(variables: t.Mapping[str, t.Any]) -> t.Iterator[str]:
    """What is wrong where *variables* say that a playbook of this collection works on another machine, or as root."""
    connection = str(variables.get("ansible_connection", "local")).rpartition(".")[2]
    if connection != "local":
        yield f"ansible_connection: is {connection}; these playbooks work on this machine, so leave it out of -e"
    shell = str(variables.get("ansible_shell_type", "sh")).rpartition(".")[2]
    if shell != "sh":
        yield f"ansible_shell_type: is {shell}; these playbooks use sh on this machine, so leave it out of -e"
    if str(variables.get("ansible_become", False)).lower() in ("true", "yes", "1", "on"):
        yield "ansible_become: these playbooks use no privilege escalation, so leave it out of -e"
    for name in PROGRAMS:
        program = str(variables.get(name, ""))
        if program.startswith("/") and not os.access(program, os.X_OK):
            yield f"{name}: {program} is not there, or cannot be run, on this machine; leave it out of -e"


def _listed(text: str) -> list[str]:
    """The items of a list that is one text, without the blanks that people put behind commas."""
    return [item.strip() for item in text.split(",") if item.strip()]


def _not_read(name: str) -> str:
    return f"{name}: is not read by anything; the playbooks read {NOT_READ[name]}"


def permissions(values: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
    """What the section variables grant after the profile and the tenant's own."""
    return permissions_of(
        {section: values[section] for section in SECTIONS if values.get(section)},
        profile=values.get("profile"),
        profiles=values.get("profiles"),
        overrides=values.get("permissions"),
        purge=bool(values.get("purge_permissions", True)),
    )


def _without_defaults(spec: t.Mapping[str, t.Any]) -> Spec:
    """Only types and choices: what a value is where none is given, the role's defaults say."""
    return {name: {key: item for key, item in option.items() if key in CHECKED} for name, option in spec.items()}


def _said(error: Exception) -> str:
    said = " ".join(str(getattr(error, "message", None) or error).split())
    if missing := UNDEFINED.search(said):
        return f"its value names {missing[1]!r}, which is not defined for this tenant"
    return UNDECRYPTED if "undecryptable variable" in said else said
