# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Write the pages that are made from the fleet file's models and the variants' registry.

With --check, only say whether both are up to date.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import typing as t
from pathlib import Path

import jinja2
from autotask_simulator import fleet, variants
from autotask_simulator.level_form import LevelFormOptions
from autotask_simulator.list_pages import ListOptions
from autotask_simulator.rest.options import RestOptions
from autotask_simulator.schema import Options
from autotask_simulator.user_form import UserFormOptions
from pydantic.fields import FieldInfo

SIMULATOR = Path(__file__).parents[1]
PAGE = SIMULATOR / "docs/fleet.md"
VARIANTS = SIMULATOR / "docs/variants.md"

PARTS: dict[str, tuple[str, type[Options]]] = {
    "A tenant": ("tenants", fleet.TenantSpec),
    "Its editor of security levels": ("level_form", LevelFormOptions),
    "Its form of an API user": ("user_form", UserFormOptions),
    "Its lists": ("lists", ListOptions),
    "Its REST API": ("rest", RestOptions),
    "Its administrator": ("admin", fleet.AdminSpec),
    "A security level made by hand": ("levels", fleet.LevelSpec),
    "An API user": ("api_users", fleet.ApiUserSpec),
    "A setting of its own": ("extra_settings", fleet.ExtraSetting),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if something is out of date")
    arguments = parser.parse_args()
    wanted = {PAGE: page(), VARIANTS: variants_page()}
    stale = [path for path, text in wanted.items() if not path.is_file() or path.read_text("utf-8") != text]
    for path in stale:
        if arguments.check:
            print(f"{path} is out of date; run: python simulator/tools/document_fleet.py")
        else:
            path.write_text(wanted[path], encoding="utf-8")
            print(f"wrote {path}")
    return 1 if arguments.check and stale else 0


def page() -> str:
    parts = [
        {"heading": heading, "key": key, "about": model.__doc__, "options": [*_options(model)]}
        for heading, (key, model) in PARTS.items()
    ]
    return _rendered("fleet.md.j2", parts=parts)


def variants_page() -> str:
    dimensions = list(variants.dimensions().values())
    every = [variation for dimension in dimensions for variation in dimension.variations]
    evidenced = sum(bool(variation.evidenced) for variation in every)
    return _rendered(
        "variants.md.j2", dimensions=dimensions, total=len(every), evidenced=evidenced, pages=variants.PAGES
    )


def _rendered(template: str, **values: t.Any) -> str:
    # No escaping: the result is Markdown, made from our own words.
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template(template).render(**values).rstrip("\n") + "\n"


def _options(model: type[Options]) -> t.Iterator[dict[str, str]]:
    for name, field in model.model_fields.items():
        assert field.description, f"{model.__name__}.{name} has no text below it"
        meaning, known = how_it_is_known(field.description.replace("\n", " "))
        yield {
            "key": field.alias or name,
            "takes": _takes(field),
            "known": known,
            "meaning": meaning.replace("|", r"\|"),
        }


def how_it_is_known(description: str) -> tuple[str, str]:
    """The text of an option without the mark that it ends with, and the mark; empty where all is a tenant's own."""
    marked = re.fullmatch(r"(.*) \[(evidenced|partly|assumed|set-up)\]", description)
    return (marked[1], marked[2]) if marked else (description, "")


def _takes(field: FieldInfo) -> str:
    """The words or values to choose from, the default first; else the default or the type."""
    if field.is_required():
        return "required"
    words = [str(word) for word in _words(field.annotation)]
    default = field.get_default(call_default_factory=True, validated_data={})
    if words:
        first = [str(default)] if default is not None else []
        return ", ".join([*first, *(word for word in words if word not in first)])
    if isinstance(default, bool):
        return str(default).lower()
    if isinstance(default, Options) or default is None:
        return ""
    if isinstance(default, list) and len(default) > 3:
        return "a list"
    return json.dumps(default) if default != "" else ""


def _words(annotation: t.Any) -> tuple[t.Any, ...]:
    if t.get_origin(annotation) is t.Literal:
        return t.get_args(annotation)
    return tuple(word for part in t.get_args(annotation) for word in _words(part))


if __name__ == "__main__":
    sys.exit(main())
