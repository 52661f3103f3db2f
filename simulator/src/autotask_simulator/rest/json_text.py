# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""JSON as the service's parser (Json.NET) takes it.

Beyond the standard it reads single quotes (recorded in page addresses that the service made itself), names without
quotes, comments, a comma too many and line breaks in texts.
"""

from __future__ import annotations

import json
import re
import typing as t

from . import errors

MAX_DEPTH = 64

_SPACE = re.compile(r"(?:\s|/\*.*?\*/|//[^\n]*)*", re.DOTALL)
_TEXT = re.compile(r"""(['"])((?:\\.|(?!\1|\\).)*)\1""", re.DOTALL)
_NAME = re.compile(r"[\w$]+")
_NUMBER = re.compile(r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_WORDS = {"true": True, "false": False, "null": None, "undefined": None}
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
_ESCAPED = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


def parse_json(raw: bytes | str) -> t.Any:
    """The value of a text; None for an empty one."""
    text = raw.decode("utf-8-sig", "replace") if isinstance(raw, bytes) else raw
    if not text.strip():
        return None
    try:
        return json.loads(text, parse_constant=_not_standard)
    except RecursionError:
        raise errors.too_deep() from None
    except ValueError:
        return _Parser(text).document()


def _not_standard(name: str) -> t.NoReturn:
    raise ValueError(name)


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0

    def document(self) -> t.Any:
        value = self._value(1)
        if self._next():
            raise self._unexpected()
        return value

    def _next(self) -> str:
        """The next character that means something; empty at the end."""
        self.position = t.cast("re.Match[str]", _SPACE.match(self.text, self.position)).end()
        return self.text[self.position : self.position + 1]

    def _taken(self, character: str) -> bool:
        if self._next() != character:
            return False
        self.position += 1
        return True

    def _match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.match(self.text, self.position)
        self.position = found.end() if found else self.position
        return found

    def _unexpected(self) -> errors.ApiError:
        return errors.unparsable(self._next() or self.text.strip()[-1:])

    def _value(self, depth: int) -> t.Any:
        if depth > MAX_DEPTH:
            raise errors.too_deep()
        if self._taken("{"):
            return dict(self._members("}", depth, self._pair))
        if self._taken("["):
            return list(self._members("]", depth, self._value))
        if found := self._match(_TEXT):
            return _unescaped(found[2])
        if found := self._match(_NUMBER):
            return int(found[0]) if re.fullmatch(r"-?[0-9]{1,4000}", found[0]) else float(found[0])
        start = self.position
        if (found := self._match(_NAME)) and found[0] in _WORDS:
            return _WORDS[found[0]]
        self.position = start
        raise self._unexpected()

    def _members(self, end: str, depth: int, member: t.Callable[[int], t.Any]) -> t.Iterator[t.Any]:
        while not self._taken(end):
            yield member(depth + 1)
            if not self._taken(",") and self._next() != end:
                raise self._unexpected()

    def _pair(self, depth: int) -> tuple[str, t.Any]:
        self._next()
        found = self._match(_TEXT) or self._match(_NAME)
        if not found or not self._taken(":"):
            raise self._unexpected()
        return _unescaped(found[2] if found.re is _TEXT else found[0]), self._value(depth)


def _unescaped(text: str) -> str:
    def character(found: re.Match[str]) -> str:
        code = found[1]
        return chr(int(code[1:], 16)) if len(code) > 1 else _ESCAPED.get(code, code)

    plain = _ESCAPE.sub(character, text)
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
