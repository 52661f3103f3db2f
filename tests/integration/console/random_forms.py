# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Forms of settings, nested and labelled at random, and what a person would read on them.

Everything that varies is a function with one way to draw it per line or entry; to try another way, add one.
"""

from __future__ import annotations

import random
import typing as t
from dataclasses import dataclass, field

from random_tables import HEADS, TABLES, frozen
from static_pages import LINKS, page_of

STYLE = """<style>
.flex { display: flex } .flex > * { flex: 1; min-width: 80px } .gone { display: none }
.away { position: absolute; left: -9999px } .plain { color: #345 } .strong { font-weight: bold }
.hint, .tiny { font-size: 10px; color: gray } .drawn { display: inline-block; width: 14px; height: 14px; border: 1px solid }
.SingleItemSelector2 { min-height: 20px } [role=combobox] { display: inline-block; min-width: 40px; min-height: 20px } .line { display: inline-block } .over { position: absolute; opacity: 0 } .around { position: relative }
</style>"""

HEADINGS = ("Contracts", "CRM", "Inventory", "Projects", "Service Desk", "Timesheets", "Reports", "Admin", "Other")
VERBS = ("Can view", "Can edit", "Can move", "May see", "Can approve", "Can transfer", "Show", "Can reuse")
THINGS = ("margins", "rate cards", "milestones", "quotes", "queues", "phases", "surveys", "boards", "vans", "kiosks")
GROUPS = ("Feature Access", "Object Permissions", "Miscellaneous", "Mobile Application", "Impersonation")
COLUMNS = (("View", "Add", "Edit", "Delete"), ("View", "Edit"), ("See", "Change", "Remove"))
WORDS = (("All", "Mine", "None"), ("Yes", "No"), ("Everything", "Own", "Nothing", "Team"))

T = t.TypeVar("T")
Name = tuple[str, str, str | None]
"""Section, label, and column."""


@dataclass
class Drawn:
    """A page, and what it holds."""

    html: str
    values: dict[Name, t.Any]
    offered: dict[Name, set[str]] = field(default_factory=dict)
    """The words of a list, where one lies behind it."""
    groups: dict[Name, str] = field(default_factory=dict)
    """The heading of the group that a setting stands below, where there is one."""
    puzzle: str = ""
    """What nobody can read on it, if there is any such thing."""


class Draw:
    """Draws one page by chance."""

    def __init__(self, seed: int) -> None:
        self.chooser = random.Random(f"form {seed}")
        self.drawn = Drawn("", {})
        labels = [f"{verb} {thing}" for verb in VERBS for thing in THINGS]
        self.labels = iter(self.chooser.sample(labels, len(labels)))
        self.ids = iter(f"z{self.chooser.getrandbits(48):x}" for _ in range(10_000))
        self.section = ""
        self.group = ""
        # One way of drawing for the page, as its authors have habits.
        self.ways = {
            name: self.chooser.choice(ways)
            for name, ways in {
                "section": SECTIONS, "group": GROUPINGS, "line": LINES, "caption": CAPTIONS, "table": TABLES,
                "head": HEADS, "box": BOXES, "list": LISTS,
            }.items()
        }  # fmt: skip

    def one(self, *parts: T) -> T:
        return self.chooser.choice(parts)

    def some(self, share: float) -> bool:
        return self.chooser.random() < share

    def page(self) -> Drawn:
        headings = self.chooser.sample(HEADINGS, self.chooser.randint(1, 3))
        sections = [self.draw_section(heading) for heading in headings]
        self.drawn.html = page_of(STYLE, *sections)
        return self.drawn

    def draw_section(self, heading: str) -> str:
        self.section = heading
        titles = self.chooser.sample(GROUPS, self.chooser.randint(1, 3))
        if self.some(0.3):
            titles[0] = ""
        blocks = "".join(map(self.draw_block, titles))
        return str(self.ways["section"](self, heading, self.wrapped(blocks)))

    def draw_block(self, title: str) -> str:
        self.group = title
        kind = self.one("boxes", "captions", "table")
        if kind == "table":
            content = self.draw_table()
        elif kind == "boxes":
            content = "".join(self.draw_line() for _ in range(self.chooser.randint(2, 4)))
        else:
            content = "".join(self.draw_caption() for _ in range(self.chooser.randint(2, 4)))
        return str(self.ways["group"](self, title, content)) if title else self.wrapped(content)

    def draw_line(self) -> str:
        label = next(self.labels)
        return str(self.ways["line"](self, label, self.state(label)))

    def draw_caption(self) -> str:
        label = next(self.labels)
        return str(self.ways["caption"](self, label))

    def draw_table(self) -> str:
        columns = self.chooser.choice(COLUMNS)
        rows = [next(self.labels) for _ in range(self.chooser.randint(1, 4))]
        return str(self.ways["table"](self, columns, rows))

    def note(self, label: str, column: str | None, value: t.Any) -> t.Any:
        name = (self.section, label, column)
        self.drawn.values[name] = value
        if self.group:
            self.drawn.groups[name] = self.group
        return value

    def state(self, label: str, column: str | None = None) -> bool | None:
        """On, off, or now and then neither."""
        return self.note(label, column, self.one(True, True, True, False, False, False, None))  # type: ignore[no-any-return]

    def checked(self, label: str) -> str:
        """The same as a native box says it."""
        return _checked(self.state(label))

    # ---- small things

    def wrapped(self, html: str, tags: t.Sequence[str] = ("div",)) -> str:
        """The same in blocks that mean nothing."""
        for _ in range(self.chooser.choice((0, 0, 1, 2))):
            html = f"<{(tag := self.chooser.choice(tags))}>{html}</{tag}>"
        return html

    def said(self, label: str) -> str:
        """The words of a label, as pages write them."""
        head, _, tail = label.rpartition(" ")
        return self.one(
            label, label, label,
            f"<span>{label}</span>",
            f"<span>{head}</span> {tail}",
            f"{head} {tail[:2]}&shy;{tail[2:]}",
            f"{head} {tail[:2]}<wbr>{tail[2:]}",
            f"\n   {head}\n {tail}\n",
            f"{label} <span class={self.one('hint', 'tiny')}>More about it</span>",
            f"{label}<div class=hint>Explained beneath.</div>",
            f"{label} <i class=gone>hidden</i>",
            f"{label} <details class=line><summary>?</summary>Folded</details>",
        )  # fmt: skip

    def list_in(self, label: str, column: str | None, extra: str = "") -> str:
        words, word = self.words_of(label, column)
        return str(self.ways["list"](self, words, word, extra))

    def words_of(self, label: str, column: str | None = None) -> tuple[t.Sequence[str], str]:
        """The words of a list, and the one that is chosen; none now and then."""
        words = self.chooser.choice(WORDS)
        self.drawn.offered[(self.section, label, column)] = set(words)
        return words, self.note(label, column, "" if self.some(0.1) else self.chooser.choice(words))

    def control_in(self, label: str, column: str | None, extra: str = "") -> str:
        """A list, mostly; a box or words without any control in a table now and then."""
        if column in ("Delete", "Remove") and self.some(0.4):
            return str(self.note(label, column, "see above"))
        if column and self.some(0.2):
            return str(self.ways["box"](self, self.state(label, column), extra))
        return self.list_in(label, column, extra)

    def text_in(self, label: str, extra: str = "") -> str:
        value = self.note(label, None, self.one("12", "7", "40"))
        return self.one(
            f"<input type=text value={value} {extra}>",
            f"<input type=number value={value} {extra}>",
            f"<input value={value} {extra}>",
        )


# ---- sections: (draw, heading, content)


def _closed(draw: Draw) -> str:
    # Whose names stand in another table can be told only where it is to be seen, and nothing opens here.
    return "section open" if draw.ways["table"] is frozen else draw.one("section closed", "section open")


def _fold(draw: Draw) -> str:
    return "open" if draw.ways["table"] is frozen else draw.one("", "open")


SECTIONS: list[t.Callable[[Draw, str, str], str]] = [
    lambda draw, heading, content: (
        f'<div class="{_closed(draw)}"><div class=heading><span>{heading}</span> {LINKS}</div><div class=content>{content}</div></div>'
    ),
    lambda draw, heading, content: (
        f'<div class="{_closed(draw)}"><div class=heading><i class=Toggle></i><div>{heading}</div></div><div class=content><p>{LINKS}</p>{content}</div></div>'
    ),
    lambda draw, heading, content: f"<details {_fold(draw)}><summary>{heading}</summary>{content}</details>",
    lambda _draw, heading, content: f"<fieldset><legend>{heading}</legend>{LINKS}<div>{content}</div></fieldset>",
    lambda _draw, heading, content: f"<h2>{heading} {LINKS}</h2><div>{content}</div>",
    lambda draw, heading, content: (
        f"<h3><button aria-expanded=true aria-controls={(name := next(draw.ids))}>{heading}</button></h3><div id={name} role=region>{content}</div>"
    ),
    lambda _draw, heading, content: (
        '<div class="Normal Section"><div class=CollapsibleSectionContainer><div class=HeadingContainer><div class=Heading><div class=Toggle></div>'
        f"<div class=Text><span class=PrimaryText>{heading}</span></div></div><div>{LINKS}</div></div></div>"
        f"<div class=ContentContainer><div class=Content>{content}</div></div></div>"
    ),
]  # fmt: skip

# ---- groups: (draw, title, content)

GROUPINGS: list[t.Callable[[Draw, str, str], str]] = [
    lambda draw, title, content: (
        f"<div role=tablist><button role=tab id={(name := next(draw.ids))} aria-selected=true>{title}</button>"
        f"<button role=tab aria-selected=false>{title} of others</button></div>"
        f"<div role=tabpanel aria-labelledby={name}>{content}</div>"
    ),
    lambda draw, title, content: (
        f"<details {_fold(draw)}><summary>{title}</summary>{draw.wrapped(content)}</details>"
    ),
    lambda _draw, title, content: f"<div><div class=strong>{title}</div>{content}</div>",
    lambda _draw, title, content: f"<div class=strong>{title}</div><div>{content}</div>",
    lambda _draw, title, content: f"<h4>{title}</h4><div>{content}</div>",
    lambda draw, title, content: f"<fieldset><legend>{title}</legend>{draw.wrapped(content)}</fieldset>",
    lambda draw, title, content: (
        f"<div role=group aria-labelledby={(name := next(draw.ids))}><div id={name}>{title}</div>{content}</div>"
    ),
    lambda _draw, title, content: (
        f"<div class=CheckBoxGroupContainer><div class=CheckBoxGroupLabel><span class=Label>{title}</span></div>{content}</div>"
    ),
]  # fmt: skip

# ---- boxes: (draw, on, attributes that tie it to its label)


def _checked(on: bool | None) -> str:
    return "aria-checked=mixed" if on is None else "checked" if on else ""


def _told(on: bool | None) -> str:
    return f"aria-checked={'mixed' if on is None else str(on).lower()}"


def _marked(on: bool | None) -> str:
    return "Indeterminate" if on is None else "Checked" if on else "Unchecked"


def _both(draw: Draw, on: bool | None) -> tuple[bool, bool]:
    """What two parts of one box say; where they disagree, nobody can tell."""
    one = draw.some(0.5) if on is None else on
    return one, not one if on is None else on


def _native_over_drawn(draw: Draw, on: bool | None, extra: str) -> str:
    posted, told = _both(draw, on)
    return (
        f"<span class=around><input class=over type=checkbox {_checked(posted)} {extra}>"
        f"<span class=drawn role=checkbox tabindex=0 {_told(told)}></span></span>"
    )


def _native_in_drawn(draw: Draw, on: bool | None, extra: str) -> str:
    posted, told = _both(draw, on)
    return f"<div class=drawn role=checkbox tabindex=0 {_told(told)} {extra}><input type=checkbox class=gone {_checked(posted)}></div>"


def _told_in_drawn(draw: Draw, on: bool | None, extra: str) -> str:
    seen, told = _both(draw, on)
    return f"<div class=Checkbox2 {extra}><div class='TabIndexHack {'Checked' if seen else 'Unchecked'}' role=checkbox {_told(told)} tabindex=0></div></div>"


BOXES: list[t.Callable[[Draw, bool | None, str], str]] = [
    lambda _draw, on, extra: f"<input type=checkbox {_checked(on)} {extra}>",
    lambda _draw, on, extra: f"<span class=around><input type=checkbox {_checked(on)} {extra}></span>",
    lambda _draw, on, extra: f"<div class=drawn role=checkbox tabindex=0 {_told(on)} {extra}></div>",
    lambda _draw, on, extra: f"<span class=drawn role=switch tabindex=0 {_told(on)} {extra}></span>",
    lambda _draw, on, extra: (
        f"<span class=around><input class=over type=checkbox {_checked(on)} {extra}><span class=drawn></span></span>"
    ),
    lambda _draw, on, extra: (
        f"<div class=Checkbox2 {extra}><div class='TabIndexHack CheckboxItem {_marked(on)}' tabindex=0></div></div>"
    ),
    _native_over_drawn,
    _native_in_drawn,
    lambda _draw, on, extra: (
        f"<span><button type=button class=drawn role=switch {_told(on)} {extra}></button> <i>{'On' if on else 'Off'}</i></span>"
    ),
    lambda _draw, on, extra: (
        f"<button type=button role=switch {_told(on)} {extra}><i>On</i><i class=gone>Off</i></button>"
    ),
    _told_in_drawn,
]  # fmt: skip

# ---- lists: (draw, words, word, attributes that tie it to its label)


def _options(words: t.Sequence[str], word: str, draw: t.Callable[[str, bool], str]) -> str:
    return "".join(draw(one, one == word) for one in words)


def _native(draw: Draw, words: t.Sequence[str], word: str, extra: str) -> str:
    first = "" if word else draw.one(*PLACEHOLDERS)
    options = _options(words, word, lambda one, on: f"<option {'selected' if on else ''}>{one}</option>")
    return f"<select {extra}>{first}{options}</select>"


PLACEHOLDERS = (
    "<option value='' disabled selected>Choose...</option>",
    "<option value='' hidden selected>Please choose</option>",
    "<option selected></option>",
)
"""What stands in a list of the browser's own where nothing is chosen."""


def _selector(draw: Draw, words: t.Sequence[str], word: str, extra: str) -> str:
    items = _options(
        words, word,
        lambda one, on: f"<div class=Item data-is-selected={str(on).lower()}><div class=Text><span>{one}</span></div></div>",
    )  # fmt: skip
    shown = word or draw.one("Choose Rights", "Enter Rights or Choose ...", "")
    return (
        f"<div class=SingleItemSelector2 tabindex=0 {extra}><div class=ContentContainer><div class=ValueContainer>"
        f"<div class=TargetPreview>{shown}</div><div class='SearchBox gone'><input type=text placeholder=Search></div><div class=SelectionDisplay>"
        f"<div class=Item data-item-type={'SingleText' if word else 'Default'}><div class=Text><span>{shown}</span></div></div></div></div></div>"
        f"<div class='ContextOverlayContainer gone'><div class=ItemList>{items}</div></div></div>"
    )


def _combobox(draw: Draw, words: t.Sequence[str], word: str, extra: str) -> str:
    name = next(draw.ids)
    options = _options(words, word, lambda one, on: f"<li role=option aria-selected={str(on).lower()}>{one}</li>")
    shown = word or "<span class=placeholder>Choose...</span>"
    return (
        f"<div role=combobox tabindex=0 aria-expanded=false aria-controls={name} {extra}>{shown}</div>"
        f"<ul class=gone id={name} role=listbox>{options}</ul>"
    )


def _typed_combobox(draw: Draw, words: t.Sequence[str], word: str, extra: str) -> str:
    name = next(draw.ids)
    options = _options(words, word, lambda one, on: f"<li role=option aria-selected={str(on).lower()}>{one}</li>")
    return (
        f"<input role=combobox aria-expanded=false aria-controls={name} value='{word}' placeholder=Choose... {extra}>"
        f"<ul class=gone id={name} role=listbox>{options}</ul>"
    )


def _searched(draw: Draw, words: t.Sequence[str], word: str, extra: str) -> str:
    """What is chosen stands before an empty box to search in, whose list comes with what is typed."""
    if "aria-label" not in extra:
        return _native(draw, words, word, extra)
    shown = f"<span>{word}</span>" if word else "<span class=placeholder>Choose...</span>"
    box = f"<input role=combobox aria-autocomplete=list aria-expanded=false value='' {extra}>"
    return f"<div><div><div>{shown}</div><div>{box}</div></div><i aria-hidden=true></i></div>"


def _hidden_native(draw: Draw, words: t.Sequence[str], word: str, extra: str) -> str:
    """The browser's own list behind a drawn one, which names itself by its value."""
    name = next(draw.ids)
    return (
        f"<span><span class=away>{_native(draw, words, word, extra)}</span><span role=combobox aria-haspopup=true tabindex=0"
        f" aria-labelledby={name}><span id={name} role=textbox aria-readonly=true>{word}</span></span></span>"
    )


LISTS = [_native, _native, _selector, _combobox, _typed_combobox, _searched, _hidden_native]

# ---- a box with its label: (draw, label, on)


def _box(draw: Draw, on: bool | None, extra: str = "") -> str:
    return str(draw.ways["box"](draw, on, extra))


def _tied_behind(draw: Draw, label: str, on: bool | None) -> str:
    name = next(draw.ids)
    box = f"<input type=checkbox id={name} {_checked(on)}>"
    return f"<div>{draw.wrapped(box, ['span'])}<label for={name}>{draw.said(label)}</label></div>"


def _told_behind(draw: Draw, label: str, on: bool | None) -> str:
    name = next(draw.ids)
    return f"<div>{_box(draw, on, f'aria-labelledby={name}')}<span id={name}>{draw.said(label)}</span></div>"


LINES: list[t.Callable[[Draw, str, bool | None], str]] = [
    _tied_behind,
    _told_behind,
    lambda draw, label, on: f"<div><label><input type=checkbox {_checked(on)}> {draw.said(label)}</label></div>",
    lambda draw, label, on: f"<div>{_box(draw, on)} {draw.said(label)}</div>",
    lambda draw, label, on: f"<div>{draw.wrapped(_box(draw, on))}<div>{draw.said(label)}</div></div>",
    lambda draw, label, on: "<div>" + _box(draw, on, f'aria-label="{label}"') + "</div>",
    lambda draw, label, on: f"<ul><li>{_box(draw, on)}<span>{draw.said(label)}</span></li></ul>",
    lambda draw, label, on: (
        f"<table><tr><td>{_box(draw, on)}</td><td>{draw.said(label)}</td></tr></table>"
    ),
    lambda draw, label, on: f"{_box(draw, on)} <span>{draw.said(label)}</span><br>",
]  # fmt: skip

# ---- a list or a number below or beside its label: (draw, label)


def _field(draw: Draw, label: str, extra: str = "") -> str:
    return draw.text_in(label, extra) if draw.some(0.2) else draw.list_in(label, None, extra)


def _tied_above(draw: Draw, label: str) -> str:
    name = next(draw.ids)
    words, word = draw.words_of(label)
    return (
        f"<div><div><label for={name}>{draw.said(label)}</label></div>{_native(draw, words, word, f'id={name}')}</div>"
    )


def _told_above(draw: Draw, label: str) -> str:
    name = next(draw.ids)
    return f"<div><div id={name}>{draw.said(label)}</div>{_field(draw, label, f'aria-labelledby={name}')}</div>"


CAPTIONS: list[t.Callable[[Draw, str], str]] = [
    lambda draw, label: f"<dl><dt>{draw.said(label)}</dt><dd>{_field(draw, label)}</dd><dd class=help>What it is for.</dd></dl>",
    lambda draw, label: (
        f"<div><div id={(name := next(draw.ids))}>{draw.said(label)}</div><div><span class=unit>at most</span>"
        f"{_field(draw, label, f'aria-labelledby={name}')}</div></div>"
    ),
    _tied_above,
    _told_above,
    lambda draw, label: f"<div><div>{draw.said(label)}</div><div>{draw.wrapped(_field(draw, label))}</div></div>",
    lambda draw, label: f"<div>{draw.said(label)} {_field(draw, label)}</div>",
    lambda draw, label: f"<div><label>{draw.said(label)} {_field(draw, label)}</label></div>",
    lambda draw, label: f"<dl><dt>{draw.said(label)}</dt><dd>{_field(draw, label)}</dd></dl>",
    lambda draw, label: f"<div class=flex><div>{draw.said(label)}</div><div>{_field(draw, label)}</div></div>",
    lambda draw, label: f"<span>{draw.said(label)}</span> {_field(draw, label)}<br>",
]  # fmt: skip

# ---- what nobody can read

PUZZLES = {
    "a drawing": "<div><canvas width=200 height=20></canvas></div>",
    "a button that holds a state": "<div><span tabindex=0 onclick='1' class='knob off'>Can do more</span></div>",
    "a frame of another site": "<div><iframe src='data:text/html,<input>' width=200 height=20></iframe></div>",
    "a box without words": "<div><input type=checkbox></div>",
}


def draw(seed: int) -> Drawn:
    """The page of a *seed*; every twentieth has something on it that nobody can read."""
    drawing = Draw(seed)
    drawn = drawing.page()
    if seed % 20 == 0:
        drawn.puzzle = drawing.one(*PUZZLES)
        drawn.html = drawn.html.replace(
            "<button>Save",
            f"<details open><summary>More</summary><div><label><input type=checkbox> Can do less</label></div>{PUZZLES[drawn.puzzle]}</details><button>Save",
        )
    return drawn
