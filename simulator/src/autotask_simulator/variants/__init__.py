# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Pages that nobody has seen: the same stored things, drawn in another way for each seed.

Everything there is to vary stands in ``scripts/``, one entry each (simulator/docs/variants.md). What an entry says
about itself is read here, and what it draws runs in the browser, so that to add a variation is to add one entry.
"""

from __future__ import annotations

import functools
import json
import random
import re
import typing as t
from dataclasses import dataclass, field
from pathlib import Path

from ..schema import nearest

SCRIPTS = Path(__file__).parent / "scripts"

PAGES = ("level", "user", "lists")
"""The editor of a level, the form of an API user, and the lists of both."""

Chosen = dict[str, list[str]]
"""Dimension -> the names of what was chosen of it; of more than one, each is drawn here and there."""

_ENTRY = re.compile(r"^(dimension|variation)\(", re.MULTILINE)
_SHARE_OF_MIXED = 0.2


class VariantError(ValueError):
    """A tenant's option ``variant`` is wrong; the message says what there is."""


@dataclass(frozen=True)
class Variation:
    """One way to draw something, as its entry in ``scripts/`` describes it."""

    name: str
    dimension: str
    evidenced: str = ""
    """By what the real pages are known to do so."""
    assumed: str = ""
    """Otherwise, why they may."""
    operable: bool = True
    """Whether a person could operate it who is told what assistive technology can tell."""
    stops: str = ""
    """Why a careful person would save nothing on such a page, if so."""
    stored: bool = False
    """Whether the server stores otherwise than it shows, so that the harm is done before anybody can know."""
    options: dict[str, t.Any] = field(default_factory=dict)
    """Options of a tenant that this takes (see :class:`autotask_simulator.fleet.TenantSpec`); lists are added to."""
    faults: list[dict[str, t.Any]] = field(default_factory=list)
    """Faults that are armed in such a tenant from the start."""


@dataclass(frozen=True)
class Dimension:
    """Something that varies. The first of its variations is the usual one."""

    name: str
    pages: list[str]
    varies: str
    usual: float = 0.0
    """How often the usual one is drawn; otherwise all are as likely."""
    mixed: bool = False
    """Whether two variations may be on one page."""
    variations: list[Variation] = field(default_factory=list, compare=False)


@functools.cache
def dimensions() -> dict[str, Dimension]:
    """Everything that varies, by name, in the order in which it is drawn."""
    found: dict[str, Dimension] = {}
    decoder = json.JSONDecoder()
    for path in sorted(SCRIPTS.rglob("*.js")):
        text = path.read_text(encoding="utf-8")
        for entry in _ENTRY.finditer(text):
            about, _end = decoder.raw_decode(text, entry.end())
            if entry[1] == "dimension":
                dimension = found.setdefault(about["name"], Dimension(**about))
            else:
                dimension.variations.append(Variation(dimension=dimension.name, **about))
    return found


def check(variant: t.Mapping[str, t.Any]) -> None:
    """Refuse what no page could be drawn by."""
    takes = {"seed": int, "evidenced": bool, "pages": list}
    for name, value in variant.items():
        if name in takes:
            if type(value) is not takes[name]:
                raise VariantError(f"variant: {name} must be of type {takes[name].__name__}, not {value!r}")
        else:
            _known(name, [*takes, *dimensions()], "variant")
            for one in _listed(value):
                _known(one, [variation.name for variation in dimensions()[name].variations], f"variant {name}")
    for page in pages(variant):
        _known(page, list(PAGES), "variant pages")


def choose(variant: t.Mapping[str, t.Any]) -> Chosen:
    """What of every dimension is drawn: as named, else by the seed, else as usual.

    ``{"seed": 7}``, ``{"seed": 7, "evidenced": True}`` (only what is evidenced), ``{"tables": "ARIA table"}``;
    ``"pages": ["level"]`` leaves the other pages as they are.
    """
    chosen: Chosen = {}
    for dimension in dimensions().values():
        # Each has a chooser of its own, so that a dimension that is added changes nothing in the others.
        chooser = random.Random(f"{variant.get('seed')}/{dimension.name}")
        if dimension.name in variant:
            chosen[dimension.name] = _listed(variant[dimension.name])
        elif "seed" in variant:
            chosen[dimension.name] = _by_chance(dimension, chooser, evidenced=variant.get("evidenced", False))
        else:
            chosen[dimension.name] = [dimension.variations[0].name]
    return chosen


def _by_chance(dimension: Dimension, chooser: random.Random, evidenced: bool) -> list[str]:
    names = [variation.name for variation in dimension.variations if variation.evidenced or not evidenced]
    usual = dimension.variations[0].name
    if chooser.random() < dimension.usual and usual in names:
        return [usual]
    mixed = dimension.mixed and len(names) > 1 and chooser.random() < _SHARE_OF_MIXED
    return chooser.sample(names, 2 if mixed else 1)


def pages(variant: t.Mapping[str, t.Any]) -> list[str]:
    """The pages that are drawn here."""
    return list(variant.get("pages", PAGES))


def variations(variant: t.Mapping[str, t.Any]) -> list[Variation]:
    """The variations that a tenant with this option has."""
    chosen = choose(variant)
    return [
        variation
        for dimension in dimensions().values()
        if set(dimension.pages) & set(pages(variant))
        for variation in dimension.variations
        if variation.name in chosen[dimension.name]
    ]


def applied(given: dict[str, t.Any]) -> dict[str, t.Any]:
    """A tenant as a fleet file describes it, with what its variations take."""
    check(given["variant"])
    given = dict(given)
    for variation in variations(given["variant"]):
        for name, value in variation.options.items():
            given[name] = [*given.get(name, []), *value] if isinstance(value, list) else value
    return given


def faults(variant: t.Mapping[str, t.Any]) -> list[dict[str, t.Any]]:
    """What is armed in a tenant from the start."""
    return [fault for variation in variations(variant) for fault in variation.faults] if variant else []


@functools.cache
def script(page: str) -> str:
    """The script that draws a page: the kit, all variations there may be on it, and the page itself."""
    folders = ("", "shared", page)
    files = [path for folder in folders for path in sorted((SCRIPTS / folder).glob("*.js"))]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def _listed(value: t.Any) -> list[str]:
    return list(value) if isinstance(value, list) else [value]


def _known(name: str, names: list[str], what: str) -> None:
    if name not in names:
        raise VariantError(f"{what}: there is no {name!r}{nearest(str(name), names)}")
