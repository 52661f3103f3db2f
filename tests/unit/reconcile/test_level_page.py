# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A page that behaves in any way is brought to what is wanted, or named; no right that nobody wants is left."""

from __future__ import annotations

import contextlib
import typing as t
from dataclasses import dataclass, field, replace

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._console.errors import ConsoleError
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.security_levels import SecurityLevelState
from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError
from ansible_collections.msp.autotask.plugins.module_utils._permissions.catalog import CATALOG
from ansible_collections.msp.autotask.plugins.module_utils._permissions.model import Section
from ansible_collections.msp.autotask.plugins.module_utils._permissions.plan import Change
from ansible_collections.msp.autotask.plugins.module_utils._permissions.reading import Control, Name, Reading, identify
from ansible_collections.msp.autotask.plugins.module_utils._permissions.values import NOTHING, idea_of, word_for
from ansible_collections.msp.autotask.plugins.module_utils._permissions.wanted import Wanted, parse
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.level_page import (
    WantedLevel,
    bring_to,
    look_at,
    planned_for,
    refuse_stuck,
    unmet,
)
from ansible_collections.msp.autotask.plugins.module_utils._wording import same
from hypothesis import given
from hypothesis import strategies as st

from ..permissions.permission_pages import numbered, pages, permissions, whole_page

EVERY_SECTION = tuple(section for section in CATALOG.sections if section.has_links)


@dataclass
class FakePage:
    """An open editor that keeps what is set, in whatever odd way."""

    shown: Reading
    active: bool = True
    link: t.Literal["all", "some", "nothing", "switches on", "absent"] = "all"
    """What No Permission does."""
    refuses: set[Name] = field(default_factory=set)
    """What shows its old value again, however often it is set."""
    slow_to_take: set[Name] = field(default_factory=set)
    """What is set only at the second try."""
    closed_lists: bool = False
    """Lists show their words only when they are opened."""
    done: list[str] = field(default_factory=list)
    headings: tuple[str, ...] | None = None
    not_understood: tuple[str, ...] = ()

    def read(self, awaited: t.Sequence[Section] = ()) -> SecurityLevelState:
        controls = [replace(c, offered=None) if self.closed_lists and c.kind == "list" else c for c in self.shown]
        headings = tuple(dict.fromkeys(c.section for c in self.shown)) if self.headings is None else self.headings
        return SecurityLevelState("Reader", self.active, Reading(controls), True, headings, self.not_understood)

    def confirming(self) -> contextlib.AbstractContextManager[None]:
        return contextlib.nullcontext()

    def press_no_permission(self, headings: t.Iterable[str]) -> None:
        for heading in headings:
            self.done.append(f"press {heading}")
            inside = [(name, c) for name, c in self.shown.named() if c.section == heading and c.kind != "readonly"]
            if self.link == "switches on":
                self._set({name: True for name, c in inside[:1] if c.kind == "checkbox"})
            reached = {"all": inside, "some": inside[::2]}.get(self.link, [])
            self._set({name: _lowest(c) for name, c in reached})

    def with_words(self, permissions: Reading, lists: t.Sequence[Control]) -> Reading:
        self.done.append("open")
        words = {c.position: c.offered for c in self.shown}
        opened = {c.position for c in lists}
        return Reading(replace(c, offered=words[c.position] or ()) if c.position in opened else c for c in permissions)

    def apply(self, changes: t.Sequence[Change]) -> None:
        for change in changes:
            self.done.append(f"set {change.name}")
            if change.name in self.slow_to_take:
                self.slow_to_take.discard(change.name)
            else:
                self._set({change.name: change.value})

    def set_active(self, active: bool) -> None:
        self.active = active

    def _set(self, values: dict[Name, t.Any]) -> None:
        controls = dict(self.shown.named())
        self.shown = self.shown.with_values(
            {controls[name]: value for name, value in values.items() if name not in self.refuses}
        )


def _lowest(control: Control) -> bool | str:
    if control.kind == "checkbox":
        return False
    return (control.offered or ("",))[-1] if control.kind == "list" else ""


def level(given_permissions: dict[str, t.Any] | None, **more: t.Any) -> WantedLevel:
    wishes = None if given_permissions is None else tuple(parse(given_permissions, purge=more.get("purge", True)))
    more = {"name": "Reader", "active": None, "optional_sections": EVERY_SECTION, **more}
    return WantedLevel(copy_from="API User (system)", permissions=wishes, **more)


def box(label: str, value: bool = True, section: str = "Other", **shown: t.Any) -> Control:
    return Control(section, None, label, None, "checkbox", value, **shown)


def choice(label: str, value: str, *offered: str, section: str = "Other", **shown: t.Any) -> Control:
    return Control(section, None, label, None, "list", value, offered, **shown)


def page(*controls: Control, **behaviour: t.Any) -> FakePage:
    return FakePage(numbered(controls), **behaviour)


def brought(shown: FakePage, wanted: WantedLevel) -> SecurityLevelState:
    return bring_to(shown, look_at(shown, wanted), wanted)[0]


def refusal(shown: FakePage, wanted: WantedLevel) -> ConsoleError:
    with pytest.raises(ConsoleError) as caught:
        brought(shown, wanted)
    return caught.value


@pytest.mark.parametrize("link", ["all", "some", "nothing", "switches on"])
def test_a_press_counts_by_its_effect(link: t.Any) -> None:
    shown = page(*(box(f"Right {number}") for number in range(4)), choice("View", "All", "All", "None"), link=link)
    after = brought(shown, level({})).permissions
    assert [control.value for control in after] == [False] * 4 + ["None"]


def test_nothing_is_pressed_where_nothing_is_to_be_done() -> None:
    shown = page(box("Right", value=False), choice("View", "None", "All", "None"))
    brought(shown, level({}))
    assert not shown.done


def test_a_list_without_a_word_of_none_is_told_with_the_word_that_no_permission_left() -> None:
    wanted = level({})
    refused = refusal(page(choice("Sharing", "Anyone", "Anyone", "My team", "Me")), wanted)
    assert refused.reason == "not_cleared" and "No Permission left it at 'Me'" in refused.message
    assert refused.details["settings"] == [
        {"setting": "Other > Sharing", "reads": "Me", "offers": ["Anyone", "My team", "Me"]}
    ]
    looked_at = page(choice("Sharing", "Anyone", "Anyone", "My team", "Me"))
    planned, _ = planned_for(looked_at, looked_at.read(), wanted)
    with pytest.raises(ConsoleError, match="shows only once it is pressed"):
        refuse_stuck(planned, pressed=False)
    assert not looked_at.done
    named = level({"other": {"by_label": {"Sharing": "Me"}}})
    assert brought(looked_at, named).permissions[0].value == "Me"


def test_what_does_not_let_itself_be_set_is_named() -> None:
    name = Name("Other", "Right 0", None)
    shown = page(*(box(f"Right {number}") for number in range(3)), refuses={name})
    refused = refusal(shown, level({}))
    assert refused.reason == "not_cleared" and list(refused.details["differences"]) == ["Other > Right 0"]
    wish = level({"other": {"by_label": {"Right 0": True}}})
    refused = refusal(page(box("Right 0", value=False), refuses={name}), wish)
    assert refused.reason == "not_taken"


def test_what_takes_two_presses_gets_them() -> None:
    shown = page(box("Right", value=t.cast(bool, None)), slow_to_take={Name("Other", "Right", None)})
    assert brought(shown, level({})).permissions[0].value is False


def test_what_is_not_managed_stays_even_if_the_page_moves_it() -> None:
    wish = level({"other": {"by_label": {"Wanted": True}}}, purge=False)
    shown = page(box("Wanted", value=False), box("Right"), choice("View", "All", "All", "None"))
    assert [c.value for c in brought(shown, wish).permissions] == [True, True, "All"]
    assert shown.done == ["set Other > Wanted"]


def test_without_permissions_only_active_is_managed() -> None:
    shown = page(box("Right"), choice("Sharing", "Anyone", "Anyone", "Me"), not_understood=("a canvas",))
    state = brought(shown, level(None, active=False))
    assert state.active is False and not shown.done


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        ({"not_understood": ("canvas in Other",)}, "not_understood"),
        ({"headings": ("Other", "Brand New", "Brand new")}, "not_unique"),
        ({"headings": ("Timesheet", "Timesheets")}, "not_unique"),
    ],
)
def test_what_is_not_known_to_be_whole_is_refused_with_purge_only(behaviour: dict[str, t.Any], reason: str) -> None:
    assert refusal(page(box("Right"), **behaviour), level({})).reason == reason
    brought(page(box("Right"), **behaviour), level({}, purge=False))


def test_a_section_that_is_missing_is_named_unless_it_may_be() -> None:
    shown = FakePage(Reading(c for c in whole_page() if c.section != "Projects"))
    refused = refusal(shown, level({}, optional_sections=()))
    assert refused.reason == "section_missing" and refused.details["sections"] == ["projects"]
    assert "optional_sections: [projects]" in refused.message
    projects = CATALOG.section("projects")
    assert projects
    brought(shown, level({}, optional_sections=(projects,)))


def test_what_is_stored_is_compared_with_what_was_wanted() -> None:
    wanted = level({"other": {"by_label": {"Wanted": True}}})
    shown = page(box("Wanted", value=False), box("Right"), choice("View", "None", "All", "None"))
    saved = brought(shown, wanted)
    assert not unmet(shown, shown.read(), wanted, saved)
    stored = page(box("Wanted"), box("Right"), choice("View", "All", "All", "None"))
    assert {str(name): pair for name, pair in unmet(stored, stored.read(), wanted, saved).items()} == {
        "Other > Right": (False, True),
        "Other > View": ("None", "All"),
    }
    hidden = page(box("Wanted"), box("Right", value=False))
    assert list(map(str, unmet(hidden, hidden.read(), wanted, saved))) == ["Other > View"]


UNKNOWN = [
    choice("Sharing", "Anyone", "Anyone", "My team"),
    choice("Reach", "All", "All", "Nobody", section="Brand New"),
    box("Something new", section="Brand New"),
    box("Greyed", section="Brand New", enabled=False),
    Control("Brand New", None, "Most of them", None, "number", "5"),
]


@st.composite
def odd_pages(draw: st.DrawFn) -> FakePage:
    """Some of the catalog's settings and others, with any values, behaving in any way."""
    controls = []
    for control in (*draw(pages()), *draw(st.lists(st.sampled_from(UNKNOWN), unique=True))):
        value = draw(st.sampled_from([True, False, None])) if control.kind == "checkbox" else control.value
        controls.append(replace(control, value=value, enabled=control.label != "Greyed"))
    shown = numbered(controls)
    names = st.sets(st.sampled_from([name for name, _ in shown.named()]), max_size=2) if controls else st.just(set())
    return FakePage(
        shown,
        link=draw(st.sampled_from(["all", "some", "nothing", "switches on", "absent"])),
        refuses=draw(st.just(set()) | names),
        slow_to_take=draw(names),
        closed_lists=draw(st.booleans()),
    )


@given(odd_pages(), permissions())
def test_any_page_ends_as_wanted_or_is_named(shown: FakePage, wanted: dict[str, t.Any]) -> None:
    """The oracle looks at each control that is left, and knows nothing of plans."""
    wishes = parse(wanted)
    try:
        brought(shown, level(wanted))
    except AutotaskError as error:
        assert error.reason in {"not_cleared", "not_taken", "permissions_not_possible"}
        return
    for control in shown.shown:
        wish = wish_for(control, wishes)
        if wish:
            assert holds(control, wish.value)
        else:
            assert is_nothing(control), control


def wish_for(control: Control, wishes: t.Sequence[Wanted]) -> Wanted | None:
    identity = identify(control)
    named = [w for w in wishes if identity and (w.setting, w.column) == (identity.setting, identity.column)]
    return named[0] if named else None


def holds(control: Control, value: t.Any) -> bool:
    if control.kind == "list":
        lowest = idea_of(value) in NOTHING and control.value == (control.offered or ("",))[-1]
        return lowest or control.value == word_for(value, control.offered or ())
    return control.value == (str(value) if control.kind == "text" else value)


def is_nothing(control: Control) -> bool:
    identity = identify(control)
    if control.kind == "checkbox":
        return control.value is False
    if control.kind == "list":
        floors = [identity.setting.floor, *(c.floor for c in identity.setting.columns)] if identity else []
        rightless = bool(identity and identity.setting.grants_nothing)
        return (
            rightless
            or idea_of(str(control.value)) in NOTHING
            or any(f and same(str(control.value), f) for f in floors)
        )
    # The one number that the catalog knows depends on a box that is off by now.
    return bool(identity) or control.value in ("", "0")
