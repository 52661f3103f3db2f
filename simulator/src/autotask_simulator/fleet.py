# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The fleet file: which tenants there are and how each differs.

A YAML file with one list, C(tenants). All but the domain has a default::

    ---
    tenants:
      - domain: alder.example

What else a tenant may say is the fields of :class:`TenantSpec`, :class:`AdminSpec`, :class:`LevelSpec` and
:class:`ApiUserSpec` below, for instance::

      - domain: cedar.example
        admin: {user_name: admin@cedar.example, password: Let-me-in-1}
        two_factor: false
        organization: Account
        extra_settings:
          - {section: other, group: Miscellaneous, label: Can use AI assistance}
        levels:
          - name: Work 365 API User
            copy_from: API User (system)
            settings: {other: {can_create_webhooks: true, maximum_number_of_webhooks: 10}}
        api_users:
          - {user_name: work365api@cedar.example, level: Work 365 API User, vendor: Work 365 Sync}
"""

from __future__ import annotations

import difflib
import functools
import typing as t
from collections.abc import Iterable
from dataclasses import MISSING, Field, dataclass, field, fields
from pathlib import Path

import pyotp
import yaml

from . import settings_page, variants
from .rest.options import check as check_rest_options
from .wording import ASSET_TERMS, DIVISION_TERMS, ORGANIZATION_TERMS

DEFAULT_PASSWORD = "Let-me-in-1"
DEFAULT_TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


class FleetError(Exception):
    """The fleet file is wrong; the message says where and what to write instead."""


@functools.cache
def default_vendors() -> list[str]:
    """The integration vendors every tenant lists unless it says otherwise."""
    path = Path(__file__).parent / "vendors.yml"
    return t.cast(list[str], yaml.safe_load(path.read_text(encoding="utf-8")))


def choice(*words: str) -> t.Any:
    """A field that takes one of these words; the first is the default."""
    return field(default=words[0], metadata={"words": words})


@dataclass
class AdminSpec:
    """The administrator who logs in to the console."""

    user_name: str = ""
    """Default: admin@DOMAIN."""
    password: str = DEFAULT_PASSWORD
    totp_secret: str = DEFAULT_TOTP_SECRET
    state: str = choice("ok", "first_login", "password_expired")
    locked: bool = False
    internal_cost: bool = True
    """May switch on settings that show internal cost."""
    is_admin: bool = True
    """Without it the Admin pages say Access Denied."""


@dataclass
class LevelSpec:
    """A security level that somebody made by hand."""

    name: str
    copy_from: str = "API User (system)"
    active: bool = True
    settings: dict[str, dict[str, t.Any]] = field(default_factory=dict)
    """What differs from the copied level: section key -> setting key -> value."""


@dataclass
class ApiUserSpec:
    """An API user that exists already."""

    user_name: str
    first_name: str = "Integration"
    last_name: str = "User"
    email: str = "integration@example.com"
    level: str = "API User (system)"
    secret: str = "Old-secret-1"
    active: bool = True
    locked: bool = False
    location: str = ""
    """Default: the first of the tenant's locations."""
    vendor: str = ""
    """The integration vendor; with neither vendor nor custom the user has no tracking identifier."""
    custom: str = ""
    """The name of an internal integration."""


@dataclass
class TenantSpec:
    """One tenant. Fields with words to choose from show the default first."""

    domain: str
    company: str = ""
    """Default: made from the domain."""
    admin: AdminSpec = field(default_factory=AdminSpec)

    # how people log in
    login: str = choice("local", "sso", "kaseyaone")
    """local: this page; sso: leads to an identity provider; kaseyaone: only with KaseyaOne."""
    two_factor: bool = True
    lock_after: int = 5
    """Failed logins, in the console or over the API, after which a user is locked."""

    in_out_dialog: bool = False
    """Logging out asks for the In/Out status first."""

    # words
    language: str = choice("English", "German")
    """German: a made-up translation of the main labels."""
    renamed: dict[str, str] = field(default_factory=dict)
    """Labels of this tenant's pages, and what they say instead."""
    organization: str = choice(*ORGANIZATION_TERMS)
    asset: str = field(default="Device", metadata={"words": ASSET_TERMS})
    division: str = choice(*DIVISION_TERMS)
    labels: str = choice("", "today", "older")
    """Which wording the settings page has; default: that of the look."""
    copy_label: str = choice("Copy Security Level", "Copy")
    section_links: str = choice("", "current", "older")
    """current: Full Permission, No Permission; older: Permission: Full | None. Default: that of the look."""

    # how it looks and moves
    look: str = choice("today", "older")
    shell: str = choice("", "current", "older")
    """current: menu at the left; older: menu that opens on hovering. Default: that of the look."""
    theme: str = choice("light", "dark")
    menu: str = choice("full", "icons")
    """icons: the left menu starts folded."""
    early_access_badge: bool = False
    editors: str = choice("tab", "popup", "named")
    """named: a pop-up window that is named after its kind, so a second one of that kind takes its place."""
    editor_markup: str = choice("B", "C")
    """Which generation of controls the security level editor is made of."""
    pickers: bool = False
    """The form of an API user has data pickers, to be typed into, where its lists are long."""
    section_toggle: str = choice("heading", "toggle")
    """What opens a section: a click anywhere in its heading, or on the small toggle only."""
    remember_sections: bool = False
    """Sections of the Admin category page stay as the user left them."""
    expand_all: bool = False
    slow_ms: int = 0
    """Added to every page and every save."""
    page_rows: int = 50
    """Rows on a page of a list."""
    questions: str = choice("dialog", "native")
    """Whether a question before deleting or inactivating is the page's own, or the browser's."""
    late_ms: int = 0
    """How long the menu and the content of lists take to appear after their page."""

    # how it behaves
    copy_stored: str = choice("at_once", "on_save")
    custom_identifier: str = choice("on_save", "on_select")
    """When the tracking identifier of an internal integration appears."""
    none_identifier: bool = False
    """The form offers None beside vendor and custom, as older builds did."""
    links_skip: list[str] = field(default_factory=list)
    """Keys of settings that the section links leave alone."""

    variant: dict[str, t.Any] = field(default_factory=dict)
    """Draws pages in ways that nobody has seen, see :func:`autotask_simulator.variants.choose`."""

    rest: dict[str, t.Any] = field(default_factory=dict)
    """Options of the REST surface, see :mod:`autotask_simulator.rest.options`."""

    # what is in it
    locations: list[str] = field(default_factory=lambda: ["Headquarters"])
    vendors: list[str] = field(default_factory=default_vendors)
    people: int = 6
    """How many ordinary resources there are."""
    extra_settings: list[dict[str, t.Any]] = field(default_factory=list)
    """Settings no catalog knows: section (of a new one also its heading), group, label, and `list: [words]`,
    `number: N`, or `row: {view: ...}`."""
    hidden_settings: list[str] = field(default_factory=list)
    """Keys of settings this tenant's page lacks."""
    levels: list[LevelSpec] = field(default_factory=list)
    api_users: list[ApiUserSpec] = field(default_factory=list)

    def __post_init__(self) -> None:
        name = self.domain.split(".")[0]
        self.company = self.company or f"{name.capitalize()} Managed IT"
        self.admin.user_name = self.admin.user_name or f"admin@{self.domain}"
        self.labels = self.labels or self.look
        era = "older" if self.look == "older" else "current"
        self.section_links = self.section_links or era
        self.shell = self.shell or era
        if self.variant:
            variants.check(self.variant)
            variants.apply(self.variant, self)


def load_fleet(path: str | Path) -> list[TenantSpec]:
    try:
        content = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise FleetError(f"{path}: {error}") from error
    return parse_fleet(content, str(path))


def parse_fleet(content: t.Any, where: str = "fleet") -> list[TenantSpec]:
    if not isinstance(content, dict) or list(content) != ["tenants"] or not content["tenants"]:
        raise FleetError(f"{where}: must be a mapping with the one key 'tenants', a list of tenants")
    tenants = [_parse(TenantSpec, raw, f"{where}: tenants[{number}]") for number, raw in enumerate(content["tenants"])]
    for number, spec in enumerate(tenants):
        _check(spec, f"{where}: tenants[{number}] ({spec.domain})")
    _unique((spec.domain.lower() for spec in tenants), f"{where}: domain")
    _unique((spec.admin.user_name.lower() for spec in tenants), f"{where}: admin user name")
    return tenants


S = t.TypeVar("S")

_NESTED: dict[str, type] = {"admin": AdminSpec}
_NESTED_LISTS: dict[str, type] = {"levels": LevelSpec, "api_users": ApiUserSpec}
_SIMPLE: dict[str, type] = {"str": str, "bool": bool, "int": int}


def _parse(kind: type[S], raw: t.Any, where: str) -> S:
    """Build a spec from what the file says, naming the place of every mistake."""
    if not isinstance(raw, dict):
        raise FleetError(f"{where}: must be a mapping, not {raw!r}")
    known = {item.name: item for item in fields(t.cast(t.Any, kind))}
    for name in raw:
        if name not in known:
            raise FleetError(f"{where}: unknown key {name!r}{_nearest(str(name), known)}")
    for name, item in known.items():
        if item.default is MISSING and item.default_factory is MISSING and name not in raw:
            raise FleetError(f"{where}: {name} is missing")
    try:
        return kind(**{name: _value(known[name], value, f"{where}.{name}") for name, value in raw.items()})
    except variants.VariantError as error:
        raise FleetError(f"{where}: {error}") from error


def _value(item: Field[t.Any], value: t.Any, where: str) -> t.Any:
    if item.name in _NESTED:
        return _parse(_NESTED[item.name], value, where)
    words = item.metadata.get("words")
    if words and value not in words:
        raise FleetError(f"{where}: {value!r} is none of {', '.join(word for word in words if word)}")
    kind = str(item.type)
    if kind.startswith("list["):
        if not isinstance(value, list):
            raise FleetError(f"{where}: must be a list, not {value!r}")
        if item.name in _NESTED_LISTS:
            return [_parse(_NESTED_LISTS[item.name], raw, f"{where}[{n}]") for n, raw in enumerate(value)]
    elif kind in _SIMPLE and type(value) is not _SIMPLE[kind]:
        raise FleetError(f"{where}: must be a {_SIMPLE[kind].__name__}, not {value!r}")
    elif kind.startswith("dict[") and not isinstance(value, dict):
        raise FleetError(f"{where}: must be a mapping, not {value!r}")
    return value


def _check(spec: TenantSpec, where: str) -> None:
    """What only makes sense together."""
    sections = settings_page.section_keys()
    for extra in spec.extra_settings:
        missing = {"section", "group", "label"} - set(extra)
        if missing:
            raise FleetError(f"{where}: extra setting {extra} lacks {', '.join(sorted(missing))}")
        if extra["section"] not in sections and "heading" not in extra:
            raise FleetError(
                f"{where}: extra setting in unknown section {extra['section']!r}{_nearest(extra['section'], sections)}"
            )
    extra_keys = {settings_page.extra_key(extra["label"]) for extra in spec.extra_settings}
    known = settings_page.setting_keys() | extra_keys
    for key in [*spec.hidden_settings, *spec.links_skip, *_level_keys(spec)]:
        if key not in known:
            raise FleetError(f"{where}: unknown setting {key!r}{_nearest(key, known)}")
    level_names = settings_page.system_level_names()
    for level in spec.levels:
        _known(level.copy_from, level_names, f"{where}: level to copy from")
        level_names.add(level.name)
    for user in spec.api_users:
        _known(user.level, level_names, f"{where}: level of {user.user_name}")
        if user.vendor:
            _known(user.vendor, spec.vendors, f"{where}: vendor of {user.user_name}")
        if user.location:
            _known(user.location, spec.locations, f"{where}: location of {user.user_name}")
    try:
        pyotp.TOTP(spec.admin.totp_secret).now()
    except ValueError as error:
        raise FleetError(f"{where}: admin.totp_secret: {error}") from error
    try:
        check_rest_options(spec.rest)
    except ValueError as error:
        raise FleetError(f"{where}: {error}") from error
    if not spec.locations:
        raise FleetError(f"{where}: a tenant has at least one location")


def _level_keys(spec: TenantSpec) -> list[str]:
    return [key for level in spec.levels for section in level.settings.values() for key in section]


def _known(name: str, names: Iterable[str], where: str) -> None:
    if name not in names:
        raise FleetError(f"{where}: there is no {name!r}{_nearest(name, names)}")


def _nearest(name: str, names: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, list(names), n=3, cutoff=0.5)
    return f"; did you mean {' or '.join(near)}?" if near else ""


def _unique(names: Iterable[str], what: str) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise FleetError(f"{what} {name!r} is there twice")
        seen.add(name)
