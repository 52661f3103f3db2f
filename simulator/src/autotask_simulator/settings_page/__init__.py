# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The General tab of the Security Level page: what is on it for a tenant, and what its links leave behind."""

from __future__ import annotations

import functools
import hashlib
import json
import re
import typing as t
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from ..records import Level, Settings
from ..wording import STANDARD, fill

Value = t.Any

# Options that add something to the page.
ACTIVATIONS = ("workforce_management", "cooper_copilot")

ALL_MODULES = [
    "Home",
    "CRM",
    "Directory",
    "Contracts",
    "Projects",
    "Service Desk",
    "Timesheets",
    "Inventory",
    "Reports",
    "Outsource",
    "Community",
    "Help",
]


@dataclass(frozen=True)
class Control:
    """Something on the page that holds a value. *words* are what the tenant sees, *meanings* what is stored."""

    code: str
    section: str
    key: str
    column: str | None
    kind: str  # box, list or number
    words: list[str] = field(default_factory=list)
    meanings: list[str] = field(default_factory=list)
    suggestion: int | None = None
    requires: str = ""
    unranked: bool = False
    restricts: bool = False
    internal_cost: bool = False
    one_way: bool = False
    skipped_by_links: bool = False

    @property
    def empty(self) -> Value:
        """What the No Permission link leaves."""
        return {"box": False, "number": None, "list": self.meanings[-1] if self.meanings else None}[self.kind]

    @property
    def full(self) -> Value:
        """What the Full Permission link leaves."""
        first = self.meanings[0] if self.meanings else None
        return {"box": not self.restricts, "number": self.suggestion, "list": first}[self.kind]

    def read(self, settings: Settings) -> Value:
        value = settings.get(self.section, {}).get(self.key, self.empty)
        if self.column is not None and isinstance(value, dict):
            return value.get(self.column, self.empty)
        return value

    def write(self, settings: Settings, value: Value) -> None:
        section = settings.setdefault(self.section, {})
        if self.column is None:
            section[self.key] = value
        else:
            # A row of its own: copies of settings share their rows.
            section[self.key] = {**section.get(self.key, {}), self.column: value}


@dataclass(frozen=True)
class Line:
    """A row of a table, or a setting with its label. *cells* are controls or, where nothing can be set, text."""

    label: str
    cells: list[Control | str]
    hint: str = ""
    under: str = ""


@dataclass(frozen=True)
class Group:
    title: str
    lines: list[Line]
    head: str = "Object"
    headings: list[str] = field(default_factory=list)
    annotation: str = ""
    text: str = ""
    footnote: str = ""
    columns: int = 1

    @property
    def is_table(self) -> bool:
        return bool(self.headings)


@dataclass(frozen=True)
class Section:
    key: str
    heading: str
    groups: list[Group]

    def controls(self) -> Iterator[Control]:
        for group in self.groups:
            for line in group.lines:
                yield from (cell for cell in line.cells if isinstance(cell, Control))

    @functools.cached_property
    def everything(self) -> Settings:
        """What its Full Permission link leaves, whatever depends on other settings."""
        return self._holding(lambda control: control.full)

    @functools.cached_property
    def nothing(self) -> Settings:
        """What its No Permission link leaves."""
        return self._holding(lambda control: control.empty)

    def _holding(self, value_of: t.Callable[[Control], Value]) -> Settings:
        settings: Settings = {}
        for control in self.controls():
            control.write(settings, value_of(control))
        return settings


@dataclass(frozen=True)
class Page:
    sections: list[Section]

    @functools.cached_property
    def controls(self) -> dict[str, Control]:
        return {control.code: control for section in self.sections for control in section.controls()}

    @functools.cached_property
    def _dependent(self) -> list[tuple[Control, Control]]:
        """Controls that need a box, and the box."""
        by_key = {control.key: control for control in self.controls.values()}
        return [(each, by_key[each.requires]) for each in self.controls.values() if each.requires in by_key]

    def filled(self, full: bool, but_sections: t.Collection[str] = ()) -> Settings:
        """The settings of a level that starts with everything (but in some sections), or with nothing."""
        settings: Settings = {}
        for section in self.sections:
            everything = full and section.key not in but_sections
            settings |= _copied(section.everything if everything else section.nothing)
        return self.settled(settings)

    def settled(self, settings: Settings) -> Settings:
        """Clear what depends on a box that is off."""
        for control, box in self._dependent:
            if not box.read(settings):
                control.write(settings, control.empty)
        return settings


def page_for(options: t.Mapping[str, t.Any], api_only: bool) -> Page:
    """The page as that tenant sees it for a level of that kind."""
    keys = dict.fromkeys([*section_keys(), *(extra["section"] for extra in options["extra_settings"])])
    return _page(tuple((section, _concerning(section, options)) for section in keys), api_only)


def _concerning(section: str, options: t.Mapping[str, t.Any]) -> str:
    """What of a tenant's options a section depends on; many tenants share most of their sections."""
    keys = _keys_of(section)
    extra_settings = [extra for extra in options["extra_settings"] if extra["section"] == section]
    # What extra settings say may hold any of the tenant's words.
    names = {*_mentioned(section), *(STANDARD if extra_settings else ())}
    concerning: dict[str, t.Any] = {name: options[name] for name in sorted(names)}
    concerning["extra_settings"] = extra_settings
    for name in ("hidden_settings", "links_skip"):
        concerning[name] = [key for key in options[name] if key in keys or key.startswith("extra_")]
    return json.dumps(concerning)


@functools.cache
def _mentioned(section: str) -> set[str]:
    """The names of the options that make a difference to what page.yml says of a section."""
    text = json.dumps(_raw()["sections"].get(section, {}))
    text += json.dumps([words for name, words in _raw()["families"].items() if f'"{name}"' in text])
    marks = {"labels": '"older":'}
    marks |= {word: f"<{word}" for word in STANDARD} | {name: f'"activation": "{name}"' for name in ACTIVATIONS}
    return {name for name, mark in marks.items() if mark in text.lower()}


@functools.lru_cache(maxsize=256)
def _page(options: tuple[tuple[str, str], ...], api_only: bool) -> Page:
    sections = [_section(key, concerning, api_only) for key, concerning in options]
    return Page([section for section in sections if section.groups])


@functools.lru_cache(maxsize=2048)
def _section(key: str, options: str, api_only: bool) -> Section:
    builder = _Builder(json.loads(options), api_only)
    return builder.section(key, _raw()["sections"].get(key) or builder.section_of_extras())


@functools.cache
def _raw() -> dict[str, t.Any]:
    return t.cast(dict[str, t.Any], _load_yaml("page.yml"))


def _load_yaml(name: str) -> t.Any:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load((Path(__file__).parent / name).read_text(encoding="utf-8"), Loader=loader)


@functools.cache
def code_of(*parts: str | None) -> str:
    """Eight characters that stand for a control, alike on every load, as Autotask's pages carry them."""
    return hashlib.sha256("/".join(part or "" for part in parts).encode()).hexdigest()[:8]


class _Builder:
    """Turns page.yml into what one tenant sees."""

    def __init__(self, options: dict[str, t.Any], api_only: bool) -> None:
        self.options = options
        self.kind = "api_only" if api_only else "others"

    def section(self, key: str, raw: dict[str, t.Any]) -> Section:
        raw = self._aged(raw)
        if not self._activated(raw):
            return Section(key, raw["heading"], [])
        groups = [self.group(key, self._aged(group)) for group in self._with_extras(key, raw["groups"])]
        return Section(key, self._say(raw["heading"]), [group for group in groups if group.lines])

    def group(self, section: str, raw: dict[str, t.Any]) -> Group:
        lines = []
        if raw.get("shown_on", self.kind) == self.kind:
            for key, setting in (raw.get("rows") or raw.get("settings") or {}).items():
                setting = self._aged({"label": setting} if isinstance(setting, str) else setting)
                hidden = key in self.options["hidden_settings"] or setting.get("shown_on", self.kind) != self.kind
                if not hidden and self._activated(setting):
                    lines.append(self.line(section, key, setting, raw))
        return Group(
            title=self._say(raw.get("title", "")),
            lines=lines,
            head=self._say(raw.get("head", "Object")),
            headings=list(raw.get("table", {}).values()),
            annotation=self._say(raw.get("annotation", "")),
            text=raw.get("text", ""),
            footnote=raw.get("footnote", ""),
            columns=raw.get("columns", 1),
        )

    def line(self, section: str, key: str, setting: dict[str, t.Any], group: dict[str, t.Any]) -> Line:
        columns = group.get("table")
        if columns:
            cells = [
                self.cell(section, key, None if group.get("single") else column, setting[column], setting)
                for column in columns
            ]
        else:
            cells = [self.cell(section, key, None, setting.get("list", "box"), setting)]
        return Line(self._say(setting["label"]), cells, setting.get("hint", ""), setting.get("under", ""))

    def cell(
        self, section: str, key: str, column: str | None, content: str | list[str], setting: dict[str, t.Any]
    ) -> Control | str:
        texts = _raw()["texts"]
        if isinstance(content, str) and content in texts:
            return str(texts[content])
        kind = "number" if "number" in setting else "box" if content == "box" else "list"
        family = [] if kind != "list" else content if isinstance(content, list) else _raw()["families"][content]
        return Control(
            code=code_of(section, key, column),
            section=section,
            key=key,
            column=column,
            kind=kind,
            words=[self._say(word) for word in family],
            meanings=[fill(word, STANDARD) for word in family],
            suggestion=setting.get("number"),
            requires=setting.get("requires", ""),
            unranked=setting.get("unranked", False),
            restricts=setting.get("restricts", False),
            internal_cost=setting.get("internal_cost", False),
            one_way=setting.get("one_way", False) and self.kind == "others",
            skipped_by_links=key in self.options["links_skip"],
        )

    def _activated(self, raw: dict[str, t.Any]) -> bool:
        return "activation" not in raw or bool(self.options[raw["activation"]])

    def _aged(self, raw: dict[str, t.Any]) -> dict[str, t.Any]:
        return {**raw, **raw["older"]} if "older" in raw and self.options["labels"] == "older" else raw

    def _say(self, text: str) -> str:
        return fill(text, self.options)

    def _with_extras(self, section: str, groups: list[dict[str, t.Any]]) -> list[dict[str, t.Any]]:
        """Add the settings that only this tenant has, to the group they name or to a new one."""
        groups = [dict(group) for group in groups]
        for extra in self.options["extra_settings"]:
            if extra["section"] != section:
                continue
            extra = {name: value for name, value in extra.items() if value is not None}
            place = "rows" if "row" in extra else "settings"
            target = next((g for g in groups if g.get("title") == extra["group"] and place in g), None)
            if target is None:
                target = {"title": extra["group"], place: {}}
                if place == "rows":
                    target["table"] = {column: column.capitalize() for column in extra["row"]}
                groups.append(target)
            setting = {"label": extra["label"], **extra.get("row", {})}
            setting |= {name: extra[name] for name in ("list", "number", "hint", "requires") if name in extra}
            target[place] = {**target[place], extra_key(extra["label"]): setting}
        return groups

    def section_of_extras(self) -> dict[str, t.Any]:
        """A section that only this tenant has, with the heading that its first setting gives it."""
        return {"heading": self.options["extra_settings"][0]["heading"], "groups": []}


def extra_key(label: str) -> str:
    """The store's name for a setting that only some tenant has."""
    return "extra_" + re.sub(r"\W+", "_", label.lower()).strip("_")


def section_keys() -> list[str]:
    return list(_raw()["sections"])


@functools.cache
def _keys_of(section: str) -> set[str]:
    groups = _raw()["sections"].get(section, {"groups": []})["groups"]
    return {key for group in groups for key in group.get("rows") or group.get("settings")}


def setting_keys() -> set[str]:
    return set().union(*map(_keys_of, section_keys()))


def system_levels(options: t.Mapping[str, t.Any]) -> list[Level]:
    """The levels every tenant starts with."""
    # What is stored does not depend on the tenant's words, so tenants share these pages.
    options = {**options, **STANDARD}
    pages = {api_only: page_for(options, api_only) for api_only in (True, False)}
    # Half of the levels start alike.
    filled = functools.cache(lambda api_only, full, without: pages[api_only].filled(full, without))
    levels = []
    for raw in _load_system_levels():
        api_only = raw["license"] == 7
        page = pages[api_only]
        settings = filled(api_only, raw["permissions"] == "full", tuple(raw.get("without", ())))
        if api_only:
            # Off by default in every level: webhooks and impersonation (online help, Other and Web Services API).
            settings["other"].update(can_create_webhooks=False, maximum_number_of_webhooks=None)
            for control in page.controls.values():
                if "impersonation" in control.key:
                    control.write(settings, False)
        levels.append(
            Level(
                id=raw["id"],
                name=raw["name"],
                system=True,
                api_only=api_only,
                active=True,
                copyable=raw.get("copyable", True),
                license_type=raw["license"],
                modules=raw.get("modules", ALL_MODULES),
                settings=overlaid(settings, raw["but"]) if "but" in raw else settings,
            )
        )
    return levels


def system_level_names() -> set[str]:
    return {raw["name"] for raw in _load_system_levels()}


@functools.cache
def _load_system_levels() -> list[dict[str, t.Any]]:
    return t.cast(list[dict[str, t.Any]], _load_yaml("system_levels.yml"))


def overlaid(settings: Settings, changes: Settings) -> Settings:
    """The settings with some of them changed; a table row may be changed in part."""
    result = _copied(settings)
    for section, values in changes.items():
        for key, value in values.items():
            present = result.setdefault(section, {}).get(key)
            both_rows = isinstance(value, dict) and isinstance(present, dict)
            result[section][key] = present | value if both_rows else value
    return result


def _copied(settings: Settings) -> Settings:
    return {section: dict(values) for section, values in settings.items()}
