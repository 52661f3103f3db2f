# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The fleet file: which tenants there are and how each differs.

A YAML file with one list, C(tenants). All but the domain has a default::

    ---
    tenants:
      - domain: alder.example

What else a tenant may say is the fields of the models below, for instance::

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

import functools
import typing as t
from collections.abc import Iterable
from pathlib import Path

import pyotp
import yaml
from pydantic import Field, ValidationError, field_validator, model_validator

from . import settings_page, variants
from .level_form import LevelFormOptions
from .list_pages import ListOptions
from .rest.loading import checked
from .rest.options import RestOptions
from .schema import Options, mistakes, nearest
from .user_form import UserFormOptions
from .wording import Asset, Division, Organization

DEFAULT_PASSWORD = "Let-me-in-1"
DEFAULT_TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

Era = t.Literal["current", "older"]
Look = t.Literal["today", "older"]


class FleetError(Exception):
    """The fleet file is wrong; the message says where and what to write instead."""


@functools.cache
def default_vendors() -> list[str]:
    """The integration vendors every tenant lists unless it says otherwise."""
    path = Path(__file__).parent / "vendors.yml"
    return t.cast(list[str], yaml.safe_load(path.read_text(encoding="utf-8")))


class AdminSpec(Options):
    """The administrator who logs in to the console."""

    user_name: str = ""
    """Default: admin@DOMAIN."""
    password: str = DEFAULT_PASSWORD
    """What is typed into the second panel."""
    totp_secret: str = DEFAULT_TOTP_SECRET
    """What the authenticator app knows, in base 32."""
    state: t.Literal["ok", "first_login", "password_expired"] = "ok"
    """What the login finds."""
    locked: bool = False
    """Logged in wrongly too often."""
    internal_cost: bool = True
    """May switch on settings that show internal cost."""
    is_admin: bool = True
    """Without it the Admin pages say Access Denied."""

    @field_validator("totp_secret")
    @classmethod
    def _makes_codes(cls, secret: str) -> str:
        pyotp.TOTP(secret).now()
        return secret


class LevelSpec(Options):
    """A security level that somebody made by hand."""

    name: str
    """As the page shows it, without the list's "(API-only)"."""
    copy_from: str = "API User (system)"
    """The level it was copied from, a system level or one before it in the list."""
    active: bool = True
    """Inactive levels cannot be given to anybody."""
    settings: dict[str, dict[str, t.Any]] = {}
    """What differs from the copied level: section, setting, value."""


class ApiUserSpec(Options):
    """An API user that exists already."""

    user_name: str
    """Its key, which is unique among all tenants."""
    first_name: str = "Integration"
    """Shown in the list of resources."""
    last_name: str = "User"
    """Shown in the list of resources."""
    email: str = "integration@example.com"
    """Nothing is sent to it."""
    level: str = "API User (system)"
    """Its security level."""
    secret: str = "Old-secret-1"
    """Its password."""
    active: bool = True
    """Inactive users cannot call."""
    locked: bool = False
    """Nor can locked ones."""
    location: str = ""
    """Default: the first of the tenant's locations."""
    vendor: str = ""
    """The integration vendor; with neither vendor nor custom the user has no tracking identifier."""
    custom: str = ""
    """The name of an internal integration."""
    integration_code: str = ""
    """What it must send as ApiIntegrationCode. Default: the vendor's; of an internal integration, a made-up one."""


class ExtraSetting(Options):
    """A setting of the level editor that no catalog knows: a check box, unless it says something else."""

    section: str
    """Key of the section that it stands in."""
    heading: str = ""
    """Heading of the section, if only this tenant has it."""
    group: str
    """Heading of its group, one of the section's or a new one."""
    label: str
    """Its text."""
    hint: str = ""
    """Small grey text in the label's brackets."""
    words: t.Annotated[list[str] | None, Field(alias="list")] = None
    """A drop-down with these words, the highest first."""
    number: int | None = None
    """A number; this one is offered when it becomes needed."""
    row: dict[str, str | list[str]] | None = None
    """A row of the group's table: what each column has, a list of words or the name of a family of page.yml."""
    requires: str = ""
    """Key of the check box without which it cannot be set."""

    @model_validator(mode="after")
    def _is_on_the_page(self) -> t.Self:
        if not self.heading:
            _known(self.section, settings_page.section_keys(), "section")
        return self


class TenantSpec(Options):
    """One tenant."""

    domain: str
    """Ends the user names of its API users; the tenant's name everywhere. [set-up]"""
    company: str = ""
    """Name of the company. Default: made from the domain. [set-up]"""
    admin: AdminSpec = Field(default_factory=AdminSpec)
    """Who logs in. [set-up]"""

    # how people log in
    login: t.Literal["local", "sso", "kaseyaone"] = "local"
    """local: this page; sso: leads to an identity provider; kaseyaone: only with KaseyaOne. [partly]"""
    kaseyaone_company: str = "Alder IT"
    """What KaseyaOne calls the company. [set-up]"""
    kaseyaone: t.Literal["ok", "push", "disabled", "access_list", "no_module", "no_user"] = "ok"
    """What KaseyaOne makes of the administrator. [partly]"""
    person_ms: int | None = None
    """With sso: the milliseconds that a person at the identity provider takes. None: nobody is there. [set-up]"""
    two_factor: bool = True
    """A code is wanted after the password. [evidenced]"""
    lock_after: int = 5
    """Failed logins, in the console or over the API, after which a user is locked. [evidenced]"""
    in_out_dialog: bool = False
    """Logging out asks for the In/Out status first. [evidenced]"""

    # words
    language: t.Literal["English", "German"] = "English"
    """German: a made-up translation of the main labels. [assumed]"""
    renamed: dict[str, str] = {}
    """Labels of this tenant's pages, as whole texts, and what they say instead. [set-up]"""
    organization: Organization = "Organization"
    """Local term. [evidenced]"""
    asset: Asset = "Device"
    """Local term. [evidenced]"""
    division: Division = "Division"
    """Local term. [evidenced]"""
    labels: Look | None = None
    """Wording and headings of the settings page. Default: that of the look. [evidenced]"""
    copy_label: t.Literal["Copy Security Level", "Copy"] = "Copy Security Level"
    """Entry of the row menu. [evidenced]"""
    section_links: Era | None = None
    """current: Full Permission, No Permission; older: Permission: Full | None. Default: that of the look.
    [evidenced]"""

    # how it looks and moves
    look: Look = "today"
    """How everything is drawn. [evidenced]"""
    shell: Era | None = None
    """current: menu at the left; older: menu that opens on hovering. Default: that of the look. [evidenced]"""
    theme: t.Literal["light", "dark"] = "light"
    """The user's display preference. [evidenced]"""
    profile: t.Literal["icon", "initials"] = "icon"
    """initials: the profile button of the current shell shows who it is, and has no title. [evidenced]"""
    menu: t.Literal["full", "icons"] = "full"
    """icons: the left menu starts folded. [evidenced]"""
    early_access_badge: bool = False
    """A badge inside a menu entry's text. [evidenced]"""
    editors: t.Literal["tab", "popup", "named"] = "tab"
    """How editors open; named: a pop-up window named after its kind, so a second one of that kind takes its place.
    [partly]"""
    editor_markup: t.Literal["B", "C"] = "B"
    """Which generation of Autotask's MVC controls the level editor is made of, the first or the second. [partly]"""
    level_form: LevelFormOptions = Field(default_factory=LevelFormOptions)
    """How the editor of a security level is made. [set-up]"""
    drawn_lists: t.Literal["overlay", "inside"] = "overlay"
    """Where a drawn drop-down keeps its list: at the end of the page, once opened; or always inside itself. [partly]"""
    list_ms: int = 0
    """How long a drawn list takes to open. [partly]"""
    pickers: bool = False
    """The form of an API user has data pickers, to be typed into, where its lists are long. [partly]"""
    chips: bool = False
    """What is chosen in a data picker is a chip beside the text box, which stays empty. [partly]"""
    user_form: UserFormOptions = Field(default_factory=UserFormOptions)
    """How else the form of an API user looks and behaves. [set-up]"""
    lists: ListOptions = Field(default_factory=ListOptions)
    """How the lists of levels and resources look and are turned. [set-up]"""
    section_toggle: t.Literal["heading", "toggle"] = "heading"
    """What opens a section: a click anywhere in its heading, or on the small toggle only. [partly]"""
    remember_sections: bool = False
    """Sections of the Admin category page stay as the user left them. [partly]"""
    expand_all: bool = False
    """The Admin category page has Expand All and Collapse All. [evidenced]"""
    slow_ms: int = 0
    """Added to every request, as the way to a far server takes it: pages, rows of lists, saves. [set-up]"""
    page_ms: int = 0
    """Added to every page besides, as a live tenant takes one to four seconds to make one. [set-up]"""
    page_rows: int = 50
    """Rows on a page of a list. [partly]"""
    questions: t.Literal["dialog", "native"] = "dialog"
    """Whether a question before deleting or inactivating is the page's own, or the browser's. [partly]"""
    late_ms: int = 0
    """How long the menu and the content of lists take to appear after their page. [evidenced]"""

    # how it behaves
    copy_stored: t.Literal["at_once", "on_save"] = "at_once"
    """When the copy of a level exists. [assumed]"""
    custom_identifier: t.Literal["on_save", "on_select"] = "on_save"
    """When the tracking identifier of an internal integration appears. [evidenced]"""
    none_identifier: bool = False
    """The form offers None beside vendor and custom, as older builds did. [evidenced]"""
    links_skip: list[str] = []
    """Keys of settings that the section links leave alone. [evidenced]"""

    variant: dict[str, t.Any] = {}
    """Draws pages in ways that nobody has seen: `seed: N`, `evidenced: true`, or a dimension and the name of its
    variation (variants.md). [set-up]"""

    rest: RestOptions = Field(default_factory=RestOptions)
    """How the REST API behaves. [set-up]"""

    # what is in it
    database: str = ""
    """Its name in the title of the main window, if any. [partly]"""
    workforce_management: bool = False
    """The level editor has the section of that name, as with the activation Workforce Scheduler. [partly]"""
    cooper_copilot: bool = False
    """The level editor has the box of that name in its section Admin, as with that activation. [partly]"""
    locations: t.Annotated[list[str], Field(min_length=1)] = ["Headquarters"]
    """What the form of an API user offers. [set-up]"""
    vendors: list[str] = Field(default_factory=default_vendors)
    """What the form of an API user offers. Default: some twenty that were seen. [set-up]"""
    people: int = 6
    """How many ordinary resources there are. [set-up]"""
    extra_settings: list[ExtraSetting] = []
    """Settings no catalog knows. [set-up]"""
    hidden_settings: list[str] = []
    """Keys of settings this tenant's page lacks. [set-up]"""
    levels: list[LevelSpec] = []
    """Security levels made by hand. [set-up]"""
    api_users: list[ApiUserSpec] = []
    """API users that exist already. [set-up]"""
    records: dict[str, list[dict[str, t.Any]]] = {}
    """What the REST API finds, by entity, beside what is made up; a record takes the place of the one with its id.
    [set-up]"""

    @model_validator(mode="before")
    @classmethod
    def _varies(cls, given: t.Any) -> t.Any:
        return variants.applied(given) if isinstance(given, dict) and given.get("variant") else given

    def model_post_init(self, _context: t.Any) -> None:
        """Fill in what depends on something else."""
        name = self.domain.split(".")[0]
        self.company = self.company or f"{name.capitalize()} Managed IT"
        self.admin.user_name = self.admin.user_name or f"admin@{self.domain}"
        self.labels = self.labels or self.look
        era: Era = "older" if self.look == "older" else "current"
        self.section_links = self.section_links or era
        self.shell = self.shell or era
        self.lists.ticks = self.lists.ticks or ("marks" if self.look == "older" else "boxes")
        self.lists.filters = self.lists.filters or ("lists" if self.look == "older" else "text")
        if self.lists.license_type is None:
            self.lists.license_type = self.look == "older"

    @model_validator(mode="after")
    def _settings_exist(self) -> t.Self:
        extra = {settings_page.extra_key(setting.label) for setting in self.extra_settings}
        of_levels = [item for level in self.levels for item in level.settings.items()]
        for section, _ in of_levels:
            _known(section, settings_page.section_keys(), f"{self.domain}: section of settings")
        for key in [*self.hidden_settings, *self.links_skip, *(key for _, settings in of_levels for key in settings)]:
            _known(key, settings_page.setting_keys() | extra, f"{self.domain}: setting")
        return self

    @field_validator("records")
    @classmethod
    def _records_are_known(cls, records: dict[str, list[dict[str, t.Any]]]) -> dict[str, list[dict[str, t.Any]]]:
        return {entity: [checked(entity, record) for record in each] for entity, each in records.items()}

    @model_validator(mode="after")
    def _names_exist(self) -> t.Self:
        names = settings_page.system_level_names()
        for level in self.levels:
            _known(level.copy_from, names, f"{self.domain}: level to copy from")
            names.add(level.name)
        _known(self.user_form.vendor_sets_level, ["", *names], f"{self.domain}: level that comes with a vendor")
        for user in self.api_users:
            whose = f"of {user.user_name}"
            _known(user.level, names, f"level {whose}")
            _known(user.vendor, ["", *self.vendors], f"vendor {whose}")
            _known(user.location, ["", *self.locations], f"location {whose}")
        return self


class Fleet(Options):
    """The tenants of a simulated Autotask."""

    tenants: t.Annotated[list[TenantSpec], Field(min_length=1)]
    """All of them; user names tell to which one somebody belongs."""

    @model_validator(mode="after")
    def _names_are_unique(self) -> t.Self:
        _unique((spec.domain for spec in self.tenants), "domain")
        _unique((spec.admin.user_name for spec in self.tenants), "admin user name")
        return self


def load_fleet(path: str | Path) -> list[TenantSpec]:
    try:
        content = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise FleetError(f"{path}: {error}") from error
    return parse_fleet(content, str(path))


def parse_fleet(content: t.Any, where: str = "fleet") -> list[TenantSpec]:
    try:
        return Fleet.model_validate(content).tenants
    except ValidationError as error:
        raise FleetError(mistakes(error, where)) from error


# What a tenant is made with, once.
_MADE_ONCE = {"domain", "admin", "people", "locations", "vendors", "levels", "api_users", "records"}


def checked_changes(options: dict[str, t.Any], changes: dict[str, t.Any]) -> dict[str, t.Any]:
    """Changes of a running tenant's options, as they are stored."""
    where = str(options["domain"])
    fixed = sorted(_MADE_ONCE & changes.keys())
    if fixed:
        raise FleetError(f"{where}: {', '.join(fixed)} cannot be changed while it runs, only in the fleet file")
    try:
        spec = TenantSpec.model_validate(options | changes)
    except ValidationError as error:
        raise FleetError(mistakes(error, where)) from error
    return {name: value for name, value in spec.model_dump(by_alias=True).items() if name in changes}


def checked_user(values: dict[str, t.Any]) -> ApiUserSpec:
    """An API user as somebody describes it."""
    try:
        return ApiUserSpec.model_validate(values)
    except ValidationError as error:
        raise FleetError(mistakes(error, "API user")) from error


def _known(name: str, names: Iterable[str], what: str) -> None:
    if name not in names:
        raise ValueError(f"{what}: there is no {name!r}{nearest(name, names)}")


def _unique(names: Iterable[str], what: str) -> None:
    seen: set[str] = set()
    for name in names:
        if name.lower() in seen:
            raise ValueError(f"{what} {name!r} is there twice")
        seen.add(name.lower())
