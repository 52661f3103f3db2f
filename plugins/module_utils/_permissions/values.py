# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What people mean by a value, and the words a page may offer for it.

One release offers Yes and No where another offers All, Mine and None. So a value is an idea, and the word is chosen
from what the control really offers.
"""

from __future__ import annotations

import typing as t

from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError
from ansible_collections.msp.autotask.plugins.module_utils._wording import key_words, normalise

# Only None and No were read on Autotask's pages; what the others mean is plain all the same.
_NO_RIGHT = ("No Access", "No Permission", "No Permissions", "Nothing", "Nobody", "No One")

# idea: the words that mean it, the most fitting first
IDEAS: t.Mapping[str, tuple[str, ...]] = {
    "all": ("All", "Yes", "Full"),
    "yes": ("Yes", "All", "Full"),
    "full": ("Full", "All", "Yes"),
    "none": ("None", "No", *_NO_RIGHT),
    "no": ("No", "None", *_NO_RIGHT),
    "mine": ("Mine",),
    "limited": ("Limited",),
    "own and visible": ("Mine + Organizations",),
    "visible": ("Organizations",),
    "via territory": ("My Territories",),
}

# other ways of saying an idea
SYNONYMS: t.Mapping[str, str] = {
    "true": "yes",
    "on": "yes",
    "checked": "yes",
    "false": "no",
    "off": "no",
    "unchecked": "no",
    "mine and organizations": "own and visible",
}

UNPUBLISHED = ("All", "None")
"""What shows a right in a list whose words nobody has published, as it is in those that are known."""

EVERYTHING = frozenset({"all", "yes", "full"})
NOTHING = frozenset({"none", "no"})

_BY_WORD = {
    **dict.fromkeys(map(normalise, _NO_RIGHT), "none"),
    **{normalise(words[0]): idea for idea, words in IDEAS.items()},
    **{normalise(said): idea for said, idea in SYNONYMS.items()},
    **{normalise(idea): idea for idea in IDEAS},
}


class NoSuchWord(AutotaskError):
    """A list offers no word for what is wanted."""

    reason = "value_not_offered"

    def __init__(self, wanted: object, offered: t.Sequence[str]) -> None:
        super().__init__(
            f"{wanted!r} is not offered; the page offers: {', '.join(offered) or 'nothing'}",
            wanted=str(wanted),
            offered=list(offered),
        )
        self.offered = tuple(offered)


def idea_of(value: bool | str) -> str | None:
    """The idea that *value* stands for, or None when it is a word of the page's own (C(My Projects))."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return _BY_WORD.get(_bare(key_words(value)))


def means_nothing(value: bool | int | str) -> bool:
    """Whether *value* says that a right is not to be given."""
    return idea_of(value) in NOTHING if isinstance(value, str) else not value


def word_for(value: bool | str, offered: t.Sequence[str]) -> str:
    """The word of *offered* that says *value*; raises NoSuchWord when none does."""
    idea = idea_of(value)
    for word in (str(value), *IDEAS.get(idea or "", ())):
        for matches in (_spelled_alike, _worded_alike):
            found = next((candidate for candidate in offered if matches(candidate, word)), None)
            if found is not None:
                return found
    raise NoSuchWord(value, offered)


def tick_for(value: bool | str) -> bool:
    """Whether a check box must be checked to say *value*."""
    idea = idea_of(value)
    if idea not in EVERYTHING | NOTHING:
        raise NoSuchWord(value, ("checked", "unchecked"))
    return idea in EVERYTHING


def _spelled_alike(one: str, other: str) -> bool:
    return one.casefold().strip() == other.casefold().strip()


def _worded_alike(one: str, other: str) -> bool:
    return _bare(one) == _bare(other)


def _bare(word: str) -> str:
    """The word without what lists set around one that stands for no choice: "- None -", "(None)", "<none>"."""
    return normalise(word).strip("-<>[](){}. ")
