# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Pages are written where something is different, and never over what a person touched."""

from __future__ import annotations

from pathlib import Path

import pytest
from ansible_collections.msp.autotask.plugins.plugin_utils._pages.writing import (
    NotWritten,
    remove,
    rendered,
    write,
    write_untouched,
)

MODE = 0o640
TEXT = "# By hand\n\n- [ ] one\n- [ ] two\n"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    return tmp_path / "runbook" / "alder.md"


def test_a_page_is_written_once(page: Path) -> None:
    assert write(page, TEXT, MODE, check=True).changed and not page.exists()
    assert write(page, TEXT, MODE, check=False).changed
    assert page.read_text(encoding="utf-8") == TEXT
    assert not write(page, TEXT, MODE, check=False).changed


def test_what_was_only_written_is_brought_up_to_date(page: Path) -> None:
    write_untouched(page, TEXT, MODE, check=False)
    assert not write_untouched(page, TEXT, MODE, check=False).changed
    assert write_untouched(page, f"{TEXT}- [ ] three\n", MODE, check=False).changed
    assert "three" in page.read_text(encoding="utf-8")


def test_ticks_are_kept_and_news_are_put_beside(page: Path) -> None:
    write_untouched(page, TEXT, MODE, check=False)
    ticked = page.read_text(encoding="utf-8").replace("- [ ] one", "- [x] one")
    page.write_text(ticked, encoding="utf-8")
    assert not write_untouched(page, TEXT, MODE, check=False).changed

    found = write_untouched(page, f"{TEXT}- [ ] three\n", MODE, check=False)
    assert found.changed and "alder.new.md" in found.left
    assert page.read_text(encoding="utf-8") == ticked
    beside = page.with_name("alder.new.md")
    assert "three" in beside.read_text(encoding="utf-8")

    # Somebody went on with that one.
    gone_on = beside.read_text(encoding="utf-8").replace("- [ ] three", "- [x] three")
    beside.write_text(gone_on, encoding="utf-8")
    assert not write_untouched(page, f"{TEXT}- [ ] three\n", MODE, check=False).changed
    assert "alder.new.new.md" in write_untouched(page, f"{TEXT}- [ ] four\n", MODE, check=False).left
    assert beside.read_text(encoding="utf-8") == gone_on


@pytest.mark.parametrize("end", ["", "\n\n"])
def test_an_editor_may_end_the_file_in_another_way(page: Path, end: str) -> None:
    write_untouched(page, TEXT, MODE, check=False)
    page.write_text(page.read_text(encoding="utf-8").rstrip("\n").replace("- [ ] one", "- [x] one") + end)
    found = write_untouched(page, TEXT, MODE, check=False)
    assert not found.changed and not found.left


def test_what_cannot_be_read_is_named_without_codes(page: Path) -> None:
    page.mkdir(parents=True)
    with pytest.raises(NotWritten, match=rf"^{page} cannot be read: Is a directory\. It was left as it is\.$"):
        write(page, TEXT, MODE, check=False)


def test_an_editor_may_mark_the_encoding(page: Path) -> None:
    write_untouched(page, TEXT, MODE, check=False)
    ticked = page.read_text(encoding="utf-8").replace("- [ ] one", "- [x] one").replace("\n", "\r\n")
    page.write_text(ticked, encoding="utf-8-sig")
    found = write_untouched(page, TEXT, MODE, check=False)
    assert not found.changed and not found.left


def test_what_is_written_goes_where_a_link_leads(page: Path, tmp_path: Path) -> None:
    """A page may be shown to others from another folder."""
    page.parent.mkdir()
    shown = tmp_path / "shown.md"
    page.symlink_to(shown)
    for text in (TEXT, f"{TEXT}- [ ] three\n"):
        assert write(page, text, MODE, check=False).changed
        assert page.is_symlink() and shown.read_text(encoding="utf-8") == text


def test_what_cannot_be_removed_is_named(page: Path) -> None:
    page.mkdir(parents=True)
    for one in (page, page.with_name("x" * 300)):
        with pytest.raises(NotWritten, match=r"cannot be removed"):
            remove(one, check=False)


def test_what_a_person_wrote_is_left_alone(page: Path) -> None:
    page.parent.mkdir()
    page.write_text("mine", encoding="utf-8")
    write_untouched(page, TEXT, MODE, check=False)
    assert page.read_text(encoding="utf-8") == "mine"


def test_values_are_escaped_in_markup_only(tmp_path: Path) -> None:
    for name, found in (("a.html.j2", "&lt;b&gt;"), ("a.md.j2", "<b>")):
        (tmp_path / name).write_text("{{ value }}", encoding="utf-8")
        assert rendered(tmp_path / name, {"value": "<b>"}) == found
