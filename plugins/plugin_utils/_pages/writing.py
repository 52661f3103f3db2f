# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Pages for people, written on the controller: only where something is different, and never over what was touched."""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import typing as t
from dataclasses import dataclass, replace
from pathlib import Path

import jinja2
import yaml
from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError
from ansible_collections.msp.autotask.plugins.plugin_utils._pages.html_page import html_page
from ansible_collections.msp.autotask.plugins.plugin_utils._pages.printable import markdown, printable

MARKED_UP = (".html", ".xml")
TICK = re.compile(r"- \[[^\]]\]")
FINGERPRINT = re.compile(r"\n<!-- As it was written: ([0-9a-f]{64}) -->\s*\Z")


class NotWritten(AutotaskError):
    """A page could not be written."""

    reason = "page_not_written"


@dataclass(frozen=True)
class Written:
    """What became of a page."""

    changed: bool
    before: str
    after: str
    left: str = ""
    """Why it was left as it is."""


def rendered(template: Path, values: t.Mapping[str, t.Any]) -> str:
    """The text of a page; in HTML and XML every value is escaped."""
    if Path(template.stem).suffix in MARKED_UP:
        return html_page(template, values)
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(template.parent),
        autoescape=False,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
        finalize=printable,
    )
    environment.filters["markdown"] = markdown
    return environment.get_template(template.name).render(**values)


def dumped(path: Path, data: t.Any) -> str:
    """Plain data as the name of its file says, as JSON or as YAML."""
    if path.suffix == ".json":
        return json.dumps(data, indent=4, ensure_ascii=False) + "\n"
    # Ansible's own kinds of numbers and texts are none that YAML knows to write.
    data = json.loads(json.dumps(data, default=str))
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=120)


def write(path: Path, text: str, mode: int, check: bool) -> Written:
    """Bring the file to *text*, in one piece."""
    before = read(path)
    if before != text and not check:
        _replace(path, text, mode)
    return Written(before != text, before or "", text)


def write_untouched(path: Path, text: str, mode: int, check: bool) -> Written:
    """As C(write), unless a person changed the file since it was written; a new one is put beside it then."""
    before, marked = read(path), f"{text}\n<!-- As it was written: {_fingerprint(text)} -->\n"
    if before is None or _is_as_written(before):
        return write(path, marked, mode, check)
    if _without_ticks(before) == text:
        return Written(False, before, before)
    beside = path.with_name(f"{path.stem}.new{path.suffix}")
    # Where a person went on with that one, it is left alone, too.
    new = write_untouched(beside, text, mode, check)
    left = new.left or f"{path} was changed by hand, so the new one is in {beside.name}."
    return replace(new, left=left)


def remove(path: Path, check: bool) -> Written:
    """Have no such file."""
    try:
        there = path.exists()
        if there and not check:
            path.unlink()
    except OSError as error:
        raise NotWritten(f"{path} cannot be removed: {error.strerror}. It was left as it is.") from error
    return Written(there, "", "")


def _is_as_written(text: str) -> bool:
    found = FINGERPRINT.search(text)
    return bool(found and _fingerprint(text[: found.start()]) == found[1])


def _without_ticks(text: str) -> str:
    return TICK.sub("- [ ]", FINGERPRINT.sub("", text))


def _fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def read(path: Path) -> str | None:
    """What the file says; None where there is none."""
    try:
        # Some editors put a mark of the encoding first.
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not text"
        raise NotWritten(f"{path} cannot be read: {why}. It was left as it is.") from error


def _replace(path: Path, text: str, mode: int) -> None:
    # Where a link leads to, so that what is written goes where it is read.
    path = Path(os.path.realpath(path))
    whole = path.with_name(f".{secrets.token_hex(8)}")
    try:
        path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
        handle = os.open(whole, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
            whole.replace(path)
        finally:
            whole.unlink(missing_ok=True)
    except OSError as error:
        raise NotWritten(f"{path} cannot be written: {error.strerror}.") from error
