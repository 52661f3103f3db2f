# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who can log in to a tenant over the API, and how far each user's rights go beyond what its vendor publishes.

Pure: it is told what the info modules returned, and changes nothing.
"""

from __future__ import annotations

import typing as t
from dataclasses import asdict, dataclass

from ansible_collections.msp.autotask.plugins.module_utils._permissions.catalog import CATALOG
from ansible_collections.msp.autotask.plugins.module_utils._permissions.model import Column, Kind, Setting
from ansible_collections.msp.autotask.plugins.module_utils._permissions.reading import (
    Control,
    Identity,
    identify,
    number_in,
)
from ansible_collections.msp.autotask.plugins.module_utils._permissions.values import (
    EVERYTHING,
    NoSuchWord,
    idea_of,
    means_nothing,
    word_for,
)
from ansible_collections.msp.autotask.plugins.module_utils._permissions.wanted import Wanted, parse
from ansible_collections.msp.autotask.plugins.module_utils._wording import (
    normalise,
    one_side,
    same,
    same_name,
    same_value,
)
from ansible_collections.msp.autotask.plugins.plugin_utils._fleet.audit_findings import shown
from ansible_collections.msp.autotask.plugins.plugin_utils._matrices.model import Matrix, Start, ranked

Data = t.Mapping[str, t.Any]
Value = bool | int | str | None
Place = tuple[str, ...]
"""Where a setting is: its keys in the catalog, or what the page calls it."""


@dataclass(frozen=True)
class Excess:
    """A right beyond the published list."""

    section: str
    what: str
    found: str
    listed: str


@dataclass(frozen=True)
class ApiUser:
    """One API user, and what can be said of it."""

    name: str
    user_name: str | None
    vendor: str | None
    """Whose tracking identifier it has."""
    matrix: str | None
    """The matrix that its vendor publishes."""
    known_in_part: bool
    """Whether that matrix is not all of the vendor's list, so that some of what is beyond it may be wanted."""
    security_level: str
    system_level: bool
    """Whether it has a system level as it is, which allows nearly everything."""
    system_level_wanted: bool
    """Whether its vendor asks for just that."""
    active: bool | None
    locked: bool | None
    beyond: tuple[Excess, ...] | None
    """None if it was not compared; *not_compared* says why."""
    not_compared: str | None

    def as_data(self) -> dict[str, t.Any]:
        return {**asdict(self), "beyond": None if self.beyond is None else [asdict(excess) for excess in self.beyond]}


class NotCompared(Exception):
    """There is nothing to compare a level's rights with."""


def inventory(users: t.Iterable[Data], levels: t.Sequence[Data], matrices: t.Iterable[Matrix]) -> list[ApiUser]:
    """What can be said of each user, in their order.

    *users* are what was read of each API user, *levels* what was of each level, with C(settings) and C(texts) where it
    was read whole. Where several *matrices* are of one vendor, a
    list that is known in part comes behind one that is not, and otherwise the first counts.
    """
    by_preference = sorted(matrices, key=lambda matrix: matrix.is_partial)
    return [_user(user, levels, by_preference) for user in users]


def _user(user: Data, levels: t.Sequence[Data], matrices: t.Sequence[Matrix]) -> ApiUser:
    tracking = user.get("tracking") or {}
    matrix = matrix_for(tracking, matrices)
    level = _level_called(user["security_level"], levels)
    try:
        beyond, not_compared = beyond_list(level, matrix, levels), None
    except NotCompared as why:
        beyond, not_compared = None, str(why)
    return ApiUser(
        name=user["name"],
        user_name=user.get("user_name"),
        vendor=tracking.get("name"),
        matrix=matrix.name if matrix else None,
        known_in_part=bool(matrix and matrix.is_partial),
        security_level=user["security_level"],
        system_level=_is_system(level),
        system_level_wanted=bool(matrix and matrix.start is Start.UNCHANGED),
        active=user.get("active"),
        locked=user.get("locked"),
        beyond=beyond,
        not_compared=not_compared,
    )


def matrix_for(tracking: Data, matrices: t.Sequence[Matrix]) -> Matrix | None:
    """The first matrix of the vendor whose tracking identifier this is: by the whole entry, else by one side of it."""
    name = tracking.get("name")
    if not name:
        return None
    if tracking.get("type") == "custom":
        return next((m for m in matrices if m.tracking.custom and same_value(name, m.tracking.custom)), None)
    for agrees in (same_value, one_side):
        for matrix in matrices:
            if any(agrees(name, entry) for entry in matrix.tracking.entries):
                return matrix
    return None


def beyond_list(level: Data, matrix: Matrix | None, levels: t.Sequence[Data]) -> tuple[Excess, ...]:
    """The rights of *level* that are not in the list of *matrix*; raises NotCompared."""
    if matrix is None:
        raise NotCompared("No matrix is known for its tracking identifier.")
    if matrix.start is Start.NOT_PUBLISHED:
        raise NotCompared(f"The list of {matrix.title} is not known.")
    if matrix.start is Start.UNCHANGED and same_name(level["name"], matrix.copy_from):
        return ()
    allowed = {} if matrix.purge else _allowed_by_base(matrix, levels)
    wanted = parse(matrix.permissions(), purge=matrix.purge)
    allowed |= {place: wish.value for wish in wanted for place in _places_of(wish)}
    return tuple(excess for right in rights_in(level) if (excess := _excess(right, allowed)))


def _allowed_by_base(matrix: Matrix, levels: t.Sequence[Data]) -> dict[Place, Value]:
    base = _level_called(matrix.copy_from, levels)
    if not base.get("settings"):
        raise NotCompared(f"{matrix.title} starts from {matrix.copy_from}, and its settings were not read.")
    return {right.place: right.value for right in rights_in(base)}


@dataclass(frozen=True)
class Right:
    """One setting of a level that gives a right, in the page's words."""

    section: str
    label: str
    column: str | None
    value: Value
    identity: Identity | None

    @property
    def what(self) -> str:
        return " > ".join(filter(None, (self.label, self.column)))

    @property
    def path(self) -> str:
        return f"{self.section} > {self.what}"

    @property
    def cell(self) -> Setting | Column | None:
        if self.identity is None:
            return None
        return self.identity.setting.column(self.identity.column or "") or self.identity.setting

    @property
    def place(self) -> Place:
        if self.identity:
            return self.identity.section.key, self.identity.setting.key, self.identity.column or ""
        return tuple(normalise(words) for words in (self.section, self.label, self.column or ""))


def rights_in(level: Data) -> list[Right]:
    """What *level* allows; raises NotCompared if its settings were not read."""
    if not level.get("settings"):
        raise NotCompared(f"The settings of {level['name']} were not read.")
    texts = set(level.get("texts") or ())
    settings = [setting for setting in _settings(level["settings"]) if setting.path not in texts]
    on = {s.identity.setting.key for s in settings if s.identity and s.value is True}
    return [setting for setting in settings if _gives_a_right(setting, on)]


def _settings(nested: Data) -> t.Iterator[Right]:
    for heading, lines in nested.items():
        section = CATALOG.headed(heading)
        if section and not section.has_links:
            continue
        for label, value in lines.items():
            cells = value if isinstance(value, t.Mapping) else {None: value}
            for column, found in cells.items():
                yield Right(heading, label, column, found, _identity(heading, label, column))


def _identity(heading: str, label: str, column: str | None) -> Identity | None:
    """The catalog's entry, also where a label has its group before it or a column behind it, to tell two apart."""
    before, _mark, after = label.rpartition(" > ")
    readings: list[tuple[str | None, str, str | None]] = [(None, label, column)]
    if before:
        readings += [(before, after, column), (None, before, after)]
    found = (
        identify(Control(heading, group, text, header, "checkbox", value=None)) for group, text, header in readings
    )
    return next(filter(None, found), None)


def _gives_a_right(setting: Right, on: set[str]) -> bool:
    cell, value = setting.cell, setting.value
    if value is None or value == "" or means_nothing(value):
        return False
    if setting.identity is None:
        return True
    known = setting.identity.setting
    if known.restricts or known.grants_nothing or (cell and cell.kind is Kind.READONLY):
        return False
    if known.kind is Kind.NUMBER:
        return on.issuperset(known.requires) and bool(number_in(str(value)))
    return not (cell and isinstance(value, str) and _is_floor(value, cell))


def _is_floor(word: str, cell: Setting | Column) -> bool:
    """Whether *word* is what a list without a word for none stands at when it gives nothing."""
    return cell.floor is not None and same(word, cell.floor)


def _places_of(wish: Wanted) -> list[Place]:
    """Where *wish* may stand; one by label may have its group before it, which pages show where they must."""
    if wish.setting:
        return [(wish.section.key, wish.setting.key, wish.column or "")]
    labels = {wish.label, wish.label.rpartition(" > ")[2]}
    return [tuple(normalise(words) for words in (wish.section.heading, label, wish.column or "")) for label in labels]


def _excess(right: Right, allowed: t.Mapping[Place, Value]) -> Excess | None:
    listed = allowed.get(right.place)
    if listed is not None and not exceeds(right.value, listed, right.cell):
        return None
    return Excess(right.section, right.what, shown(right.value), shown(listed))


def exceeds(found: Value, listed: Value, cell: Setting | Column | None) -> bool:
    """Whether *found* gives more than *listed*. Words that nobody can compare do unless they are the same."""
    grades = [_grade(value, cell) for value in (found, listed)]
    if None in grades:
        return not same(str(found), str(listed))
    return t.cast(float, grades[0]) > t.cast(float, grades[1])


def _grade(value: Value, cell: Setting | Column | None) -> float | None:
    """How much *value* gives; None for a word of which that is not known."""
    if cell and cell.kind is Kind.NUMBER:
        number = number_in(str(value))
        return None if number is None else float(number)
    if not isinstance(value, str):
        return float(bool(value))
    if means_nothing(value):
        return 0.0
    if cell and cell.kind is Kind.LIST and cell.values:
        try:
            words = ranked(cell)
            return words.index(word_for(value, words)) / max(len(words) - 1, 1)
        except NoSuchWord:
            pass
    idea = idea_of(value)
    if idea is None:
        return None
    return 1.0 if idea in EVERYTHING else 0.25 if idea == "mine" else 0.5


def _level_called(name: str, levels: t.Iterable[Data]) -> Data:
    return next((level for level in levels if same_name(level["name"], name)), {"name": name})


def _is_system(level: Data) -> bool:
    """As the list says. Where it does not, system levels have it in their names."""
    said = level.get("system")
    return "(system)" in level["name"].casefold() if said is None else bool(said)
