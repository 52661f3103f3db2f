# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""When two texts mean the same thing on an Autotask page.

Labels differ by release and by tenant: Organization may be called Account or Customer, "&" is written out, grey hints
in brackets come and go. C(normalise) reduces all of that to one form; everything that compares texts goes through it.
"""

from __future__ import annotations

import difflib
import functools
import re
import typing as t
import unicodedata

_SIGNS = ("Sm", "So", "Sk", "Cf", "Co")
"""Unicode's categories of symbols, of what is not seen, and of what fonts draw as they like."""

_CHARACTERS = str.maketrans(
    dict.fromkeys("\u2018\u2019´`", "'")
    | dict.fromkeys("\u201c\u201d", '"')
    | dict.fromkeys("‐‑‒–—−", "-")
    | dict.fromkeys("›»", ">")
)

# What each tenant may rename under Admin > Your Organization > Local Terms & Symbols, and our one word for it. The
# order matters: "Business Unit" is on offer both for Organization and for Division.
_TENANT_TERMS = {
    "division": r"(?:branch|business unit|sector|segment|division)(?= > line of business)",
    "organization": (
        r"(?<!user )(?!account (?:manager|team)\b)"
        r"(?:accounts?|business units?|clients?|compan(?:y|ies)|customers?|organi[sz]ations?|sites?)"
    ),
    "asset": r"(?:installed (?:assets?|products?)|configuration items?|assets?|devices?)",
}

_SPELLINGS = {
    "cancelation": r"cancell?ations?",
    "knowledge base": r"knowledge ?base",
    "to-do": r"to-?do(?:'?s)?",
    "unposting": r"un-posting",
    "add-on": r"add-?ons?",
    "webhook": r"web ?hooks?",
    "login": r"log[ -]in",
}

LEAST_ALIKE = 0.55
"""From where on two texts are worth naming together."""

_SUBSTITUTIONS = tuple(
    (re.compile(pattern), replacement)
    for replacement, pattern in [
        ("", r"\(api-only\)"),
        ("", r"\((?:required|mandatory|optional)\)"),
        # A remark in brackets is a hint; a single word in brackets belongs to the name: Resources/Users (HR).
        ("", r"\((?:[^()]|\([^()]*\))*\s(?:[^()]|\([^()]*\))*\)"),
        ("", r"\s*\bearly access$"),
        (" and ", r",?\s*&\s*|,?\s+and\s+"),
        ("/", r"\s*/\s*"),
        (" > ", r"\s*>\s*"),
        *((word, rf"\b{pattern}\b") for word, pattern in (_TENANT_TERMS | _SPELLINGS).items()),
    ]
)


def tidy(text: str) -> str:
    """The text as a person reads it: no line breaks, no required mark, no trailing colon, nothing that only formats."""
    return " ".join(_seen(text).split()).strip("*: ")


def _seen(text: str) -> str:
    """Without characters that show nothing: soft hyphens, zero-width spaces, marks of direction."""
    return text if text.isascii() else "".join(letter for letter in text if unicodedata.category(letter) != "Cf")


def without_signs(text: str) -> str:
    """The text without the arrows, bullets and icons of a font that pages draw around words."""
    words = [index for index, character in enumerate(text) if not _is_sign(character)]
    return text[words[0] : words[-1] + 1].strip() if words else text


def _is_sign(character: str) -> bool:
    return character in "•·….|›‹»«-–—" or character.isspace() or unicodedata.category(character) in _SIGNS


@functools.lru_cache(maxsize=4096)
def normalise(text: str) -> str:
    """Reduce *text* to the form in which all wordings of one label are equal."""
    while (reduced := _reduce(text)) != text:
        text = reduced
    return text


def _reduce(text: str) -> str:
    plain = tidy(unicodedata.normalize("NFKC", _seen(text)).translate(_CHARACTERS).casefold())
    reduced = plain
    for pattern, replacement in _SUBSTITUTIONS:
        reduced = pattern.sub(replacement, reduced)
    return tidy(reduced) or plain


def rules() -> dict[str, t.Any]:
    """How texts are reduced, for what runs inside a page and must compare them there."""
    return {
        "characters": {chr(code): character for code, character in _CHARACTERS.items()},
        "substitutions": [[pattern.pattern, replacement] for pattern, replacement in _SUBSTITUTIONS],
    }


def same(shown: str, label: str, alternatives: t.Iterable[str] = ()) -> bool:
    """Whether the page's text *shown* is *label* or one of its *alternatives*, in whatever wording."""
    return normalise(shown) in {normalise(label), *map(normalise, alternatives)}


def same_name(shown: str, name: str) -> bool:
    """Whether *shown* is the *name* that a person gave. Names know no tenant terms; lists add "(API-only)" to them."""
    return _plain_name(shown) == _plain_name(name)


def same_value(shown: str, value: str) -> bool:
    """Whether the page's text *shown* is the *value* that was meant: case and blanks do not count."""
    return _plain_value(shown) == _plain_value(value)


def one_side(shown: str, value: str) -> bool:
    """Whether *value* is one side of an entry "Vendor - Integration"."""
    return any(same_value(part, value) for part in shown.split(" - "))


def _plain_value(value: str) -> str:
    return " ".join(unicodedata.normalize("NFC", value).casefold().split())


def _plain_name(name: str) -> str:
    return tidy(_seen(name).casefold().replace("(api-only)", ""))


def nearest(text: str, among: t.Collection[str], count: int = 3) -> list[str]:
    """The texts of *among* that look most like *text*, best first, as they are written or with one word for each term.

    A slip of the pen may lie within a term, which is none then: C(console_compny) means C(console_company).
    """
    alike: dict[str, float] = {}
    for spell in (str.casefold, normalise):
        matcher = difflib.SequenceMatcher()
        matcher.set_seq2(spell(key_words(text)))
        for name in among:
            matcher.set_seq1(spell(key_words(name)))
            if matcher.real_quick_ratio() >= LEAST_ALIKE <= matcher.quick_ratio():
                alike[name] = max(matcher.ratio(), alike.get(name, 0))
    close = [name for name, ratio in alike.items() if ratio >= LEAST_ALIKE]
    return sorted(close, key=lambda name: -alike[name])[:count]


def key_words(key: str) -> str:
    """A key as words."""
    return key.replace("_", " ")
