# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What all parts of a fleet file have in common: how they are checked, and how a mistake is told.

The models say themselves what an option means, in the text below it; documentation and editors take it from there.
"""

from __future__ import annotations

import difflib
import re
import typing as t
from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator
from pydantic.json_schema import GenerateJsonSchema

if t.TYPE_CHECKING:
    from pydantic_core import ErrorDetails


class Options(BaseModel):
    """A mapping whose keys and types are known; nothing is converted, as YAML has types of its own."""

    model_config = ConfigDict(extra="forbid", strict=True, use_attribute_docstrings=True)

    @model_validator(mode="before")
    @classmethod
    def _keys_are_known(cls, given: t.Any) -> t.Any:
        known = {field.alias or name for name, field in cls.model_fields.items()}
        unknown = [str(name) for name in given if name not in known] if isinstance(given, dict) else []
        if unknown:
            raise ValueError("; ".join(f"unknown key {name!r}{nearest(name, known)}" for name in unknown))
        return given


class _PlainSchema(GenerateJsonSchema):
    """Without titles, which would only say the names of the keys again."""

    def field_title_should_be_set(self, _schema: t.Any) -> bool:
        return False


def editor_schema(model: type[Options]) -> dict[str, t.Any]:
    """The JSON schema of a file, for editors."""
    schema = model.model_json_schema(schema_generator=_PlainSchema)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def mistakes(error: ValidationError, where: str) -> str:
    """Every mistake on a line of its own: the place, what is wrong, and what may have been meant."""
    return "\n".join(f"{where}{_place(each['loc'])}: {_told(each)}" for each in error.errors(include_url=False))


def _place(steps: Iterable[str | int]) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps).replace(".", ": ", 1)


def _told(error: ErrorDetails) -> str:
    if error["type"] == "value_error":
        return str(error["ctx"]["error"])
    if error["type"] == "missing":
        return "is missing"
    words = re.findall(r"'([^']*)'", error.get("ctx", {}).get("expected", ""))
    hint = nearest(str(error["input"]), words)
    return f"{error['msg'].removeprefix('Input ')}, not {error['input']!r}{hint}"


def nearest(name: str, names: Iterable[str]) -> str:
    """The end of a sentence that names what may have been meant, if anything is near."""
    near = difflib.get_close_matches(name, list(names), n=3, cutoff=0.5)
    return f"; did you mean {' or '.join(near)}?" if near else ""
