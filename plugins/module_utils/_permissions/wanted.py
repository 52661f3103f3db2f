# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is wanted of the page: the module option C(permissions), checked and turned into single wishes."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError
from ansible_collections.msp.autotask.plugins.module_utils._permissions.catalog import CATALOG
from ansible_collections.msp.autotask.plugins.module_utils._permissions.model import (
    Column,
    Kind,
    Section,
    Setting,
    Value,
)
from ansible_collections.msp.autotask.plugins.module_utils._permissions.values import (
    NoSuchWord,
    idea_of,
    means_nothing,
    tick_for,
    word_for,
)
from ansible_collections.msp.autotask.plugins.module_utils._wording import nearest, tidy

BY_LABEL = "by_label"
"""The key below which settings are named by their labels, and sections by their headings, that the catalog lacks."""


@dataclass(frozen=True)
class Wanted:
    """One wish for one control (or, for a C(group), for all of its boxes)."""

    section: Section
    setting: Setting | None
    """None: named by label, not in the catalog."""
    label: str
    column: str | None
    """A key of the catalog, or the header's text when named by label."""
    value: Value

    @property
    def path(self) -> str:
        """Where the wish stands in C(permissions)."""
        if not self.in_catalog:
            setting = f'{BY_LABEL}["{self.section.heading}"]["{self.label}"]'
        elif self.setting is None:
            setting = f'{self.section.key}.{BY_LABEL}["{self.label}"]'
        else:
            setting = f"{self.section.key}.{self.setting.key}"
        return ".".join(filter(None, (setting, self.column)))

    @property
    def in_catalog(self) -> bool:
        """Whether the catalog has its section."""
        return CATALOG.section(self.section.key) is self.section

    @property
    def cell(self) -> Setting | Column | None:
        """The catalog's entry for the very control: the setting, or one column of it."""
        return self.setting.column(self.column) if self.setting and self.column else self.setting

    @property
    def may_be_absent(self) -> bool:
        return bool(self.setting and self.cell and (self.setting.may_be_absent or self.cell.may_be_absent))


class PermissionMistakes(AutotaskError):
    """Everything that is wrong with C(permissions), in one message."""

    reason = "invalid_permissions"

    def __init__(self, mistakes: t.Sequence[str]) -> None:
        count = "1 mistake" if len(mistakes) == 1 else f"{len(mistakes)} mistakes"
        super().__init__(
            "\n".join([f"{count} in permissions:", *(f"- {mistake}" for mistake in mistakes)]), mistakes=list(mistakes)
        )
        self.mistakes = tuple(mistakes)


def parse(permissions: t.Mapping[str, t.Any], *, purge: bool = True) -> list[Wanted]:
    """Turn the option C(permissions) into wishes; raises PermissionMistakes with every mistake in it.

    *purge* says that everything unlisted will be switched off, so that a listed child needs its parent listed too.
    """
    parser = _Parser()
    wanted = list(parser.sections(permissions))
    mistakes = [*parser.mistakes, *(why for _wish, why in impossible(wanted, purge))]
    if mistakes:
        raise PermissionMistakes(mistakes)
    return wanted


def as_permissions(wanted: t.Iterable[Wanted]) -> dict[str, t.Any]:
    """Print wishes in the form that C(parse) reads."""
    permissions: dict[str, t.Any] = {}
    for wish in wanted:
        if wish.in_catalog:
            lines = permissions.setdefault(wish.section.key, {})
            lines = lines if wish.setting else lines.setdefault(BY_LABEL, {})
        else:
            lines = permissions.setdefault(BY_LABEL, {}).setdefault(wish.section.heading, {})
        name = wish.setting.key if wish.setting else wish.label
        if wish.column:
            lines.setdefault(name, {})[wish.column] = wish.value
        else:
            lines[name] = wish.value
    return permissions


def optional_sections(keys: t.Iterable[str]) -> tuple[Section, ...]:
    """The sections of the option C(optional_sections); raises PermissionMistakes with every key that is none."""
    settable = {section.key: section for section in CATALOG.sections if section.has_links}
    mistakes = [
        f"optional_sections: there is no section {key!r}; nearest: {', '.join(nearest(key, settable) or settable)}"
        for key in keys
        if key not in settable
    ]
    if mistakes:
        raise PermissionMistakes(mistakes)
    return tuple(settable[key] for key in keys)


class _Parser:
    """Walks through C(permissions), yields what is right and notes what is wrong."""

    def __init__(self) -> None:
        self.mistakes: list[str] = []

    def sections(self, permissions: t.Any) -> t.Iterator[Wanted]:
        for key, lines in self._mapping("permissions", permissions):
            section = CATALOG.section(key)
            if key == BY_LABEL:
                yield from self._sections_by_heading(lines)
            elif section is None:
                known = [s.key for s in CATALOG.sections if s.has_links]
                self._unknown(key, "the page has no such section", [*known, BY_LABEL])
            elif not section.has_links:
                self._not_set_here(key, section)
            else:
                yield from self._settings(section, lines)

    def _sections_by_heading(self, sections: t.Any) -> t.Iterator[Wanted]:
        for heading, lines in self._mapping(BY_LABEL, sections):
            where = f'{BY_LABEL}["{heading}"]'
            section = CATALOG.headed(heading) or Section(key=where, heading=heading, settings=())
            if not tidy(heading):
                self._wrong(where, "the heading is empty")
            elif not section.has_links:
                self._not_set_here(where, section)
            else:
                yield from self._labelled(section, lines, where)

    def _settings(self, section: Section, lines: t.Any) -> t.Iterator[Wanted]:
        for key, raw in self._mapping(section.key, lines):
            where = f"{section.key}.{key}"
            setting = section.setting(key)
            if key == BY_LABEL:
                yield from self._labelled(section, raw, f"{section.key}.{BY_LABEL}")
            elif setting is None:
                self._unknown_setting(section, key)
            elif setting.label is None:
                self._wrong(where, f"its label is not published; use {section.key}.{BY_LABEL} with your page's label")
            elif setting.columns:
                yield from self._columns(section, setting, raw)
            elif (value := self._value(where, setting, raw)) is not None:
                yield Wanted(section, setting, setting.label, None, value)

    def _columns(self, section: Section, setting: Setting, cells: t.Any) -> t.Iterator[Wanted]:
        row = f"{section.key}.{setting.key}"
        for key, raw in self._mapping(row, cells):
            column = setting.column(key)
            if column is None:
                self._unknown(f"{row}.{key}", "the row has no such column", [c.key for c in setting.columns])
            elif (value := self._value(f"{row}.{key}", column, raw, setting)) is not None:
                yield Wanted(section, setting, str(setting.label), key, value)

    def _labelled(self, section: Section, lines: t.Any, place: str) -> t.Iterator[Wanted]:
        for label, raw in self._mapping(place, lines):
            where = f'{place}["{label}"]'
            cells = self._mapping(where, raw) if isinstance(raw, t.Mapping) else [(None, raw)]
            for header, value in cells:
                if not isinstance(value, bool | int | str) or not tidy(str(value)):
                    self._wrong(where, f"{value!r} is not a value; give true, false, a number or a word of the page")
                elif not tidy(label):
                    self._wrong(where, "the label is empty")
                else:
                    yield Wanted(section, None, label, header, value)

    def _value(self, where: str, cell: Setting | Column, raw: t.Any, row: Setting | None = None) -> Value | None:
        setting = row or t.cast(Setting, cell)
        try:
            match cell.kind:
                case Kind.CHECKBOX | Kind.GROUP:
                    return _tick(raw)
                case Kind.LIST:
                    return _word(raw, cell, setting.values_read)
                case Kind.NUMBER:
                    return _number(raw, setting.minimum)
        except ValueError as mistake:
            self._wrong(where, str(mistake))
        else:
            self._wrong(where, f"the page shows this as text, it cannot be set. {setting.note or ''}".strip())
        return None

    def _mapping(self, where: str, given: t.Any) -> list[tuple[str, t.Any]]:
        if isinstance(given, t.Mapping):
            return [(str(key), value) for key, value in given.items()]
        self._wrong(where, f"must be a dictionary, not {given!r}")
        return []

    def _not_set_here(self, where: str, section: Section) -> None:
        self._wrong(where, f"section {section.heading} is not set here. {section.note}")

    def _unknown_setting(self, section: Section, key: str) -> None:
        elsewhere = [place.key for place in CATALOG.sections if place.setting(key)]
        problem = f"section {section.heading} has no such setting"
        if elsewhere:
            self._wrong(f"{section.key}.{key}", f"{problem}; it belongs to {elsewhere[0]}")
        else:
            self._unknown(f"{section.key}.{key}", problem, [*(s.key for s in section.settings), BY_LABEL])

    def _unknown(self, where: str, problem: str, names: t.Sequence[str]) -> None:
        close = nearest(where.rpartition(".")[2], names)
        self._wrong(where, f"{problem}; {'nearest' if close else 'there are'}: {', '.join(close or names)}")

    def _wrong(self, where: str, problem: str) -> None:
        self.mistakes.append(f"{where}: {problem}")


def _tick(raw: t.Any) -> bool:
    if isinstance(raw, bool | str) and idea_of(raw) in ("yes", "no"):
        return tick_for(raw)
    raise ValueError(f"{raw!r} is not a value for a check box; give true or false")


def _number(raw: t.Any, minimum: int | None) -> int:
    if isinstance(raw, str) and raw.strip().isdecimal():
        raw = int(raw)
    if isinstance(raw, bool) or not isinstance(raw, int):
        raise ValueError(f"{raw!r} is not a number")
    if minimum is not None and raw < minimum:
        raise ValueError(f"{raw} is too small; the minimum is {minimum}")
    return raw


def _word(raw: t.Any, cell: Setting | Column, words_read: bool) -> str:
    if not isinstance(raw, bool | str) or not tidy(str(raw)):
        raise ValueError(f"{raw!r} is not a value for a list; give {_words(cell) or 'a word that your page offers'}")
    idea = idea_of(raw)
    possible = not cell.values or (idea and not words_read) or (cell.floor and means_nothing(raw))
    try:
        word_for(raw, cell.values)
    except NoSuchWord:
        if not possible:
            raise ValueError(f"{raw!r} is not a value here; give {_words(cell)}") from None
    return idea or tidy(str(raw))


def _words(cell: Setting | Column) -> str:
    return " or ".join(", ".join(cell.values).rsplit(", ", 1))


def impossible(wanted: t.Sequence[Wanted], purge: bool) -> t.Iterator[tuple[Wanted, str]]:
    """Combinations that the page itself would refuse or undo: the wish, and why it is impossible."""
    given = {wish.setting.key: wish for wish in wanted if wish.setting}
    for wish in wanted:
        if wish.setting is None or means_nothing(wish.value):
            continue
        for section, parent in map(CATALOG.place_of, wish.setting.requires):
            missing = purge if parent.key not in given else means_nothing(given[parent.key].value)
            if missing:
                yield wish, f"{wish.path}: needs {section.key}.{parent.key}: true as well"
        for number in _numbers_of(wish.section, wish.setting):
            if purge and number.key not in given:
                yield wish, f"{wish.path}: needs {wish.section.key}.{number.key} with a number as well"


def _numbers_of(section: Section, box: Setting) -> list[Setting]:
    """The numbers that the page wants filled once *box* is on."""
    return [number for number in section.settings if number.kind is Kind.NUMBER and box.key in number.requires]
