# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The action plugin msp.autotask.pages; the module of that name documents it."""

from __future__ import annotations

import typing as t
from pathlib import Path

from ansible_collections.msp.autotask.plugins.module_utils._redaction import Redactor
from ansible_collections.msp.autotask.plugins.plugin_utils._actions.controller import ControllerAction, Result, Spec
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.options import absolute
from ansible_collections.msp.autotask.plugins.plugin_utils._pages.writing import (
    Written,
    dumped,
    remove,
    rendered,
    write,
    write_untouched,
)

MODE = 0o640


class ActionModule(ControllerAction):
    """Writes pages, or removes them."""

    SPEC: t.ClassVar[Spec] = {
        "pages": {
            "type": "list",
            "elements": "dict",
            "required": True,
            "options": {
                "path": {"type": "str", "required": True},
                "template": {"type": "str"},
                "data": {"type": "raw"},
                "values": {"type": "dict"},
            },
        },
        "state": {"type": "str", "choices": ["absent", "present"], "default": "present"},
        "values": {"type": "dict", "default": {}},
        "keep_touched": {"type": "bool", "default": False},
    }

    def work(self, task_vars: dict[str, t.Any], redactor: Redactor) -> Result:
        del redactor
        options = self.options()
        known = {"ansible_inventory_sources": task_vars.get("ansible_inventory_sources")}
        done = [self._page(page, options, known, task_vars) for page in options["pages"]]
        return {
            "changed": any(written.changed for _path, written in done),
            "left": [written.left for _path, written in done if written.left],
            "diff": [_difference(path, written) for path, written in done if written.changed],
        }

    def _page(
        self,
        page: t.Mapping[str, t.Any],
        options: t.Mapping[str, t.Any],
        known: t.Mapping[str, t.Any],
        task_vars: t.Mapping[str, t.Any],
    ) -> tuple[Path, Written]:
        path, check = absolute(page["path"], known), self._task.check_mode
        if options["state"] == "absent":
            return path, remove(path, check)
        template = page.get("template")
        text = (
            rendered(Path(task_vars["role_path"]) / "templates" / template, page["values"] or options["values"])
            if template
            else dumped(path, page["data"])
        )
        keep = write_untouched if options["keep_touched"] else write
        return path, keep(path, text, MODE, check)


def _difference(path: Path, written: Written) -> dict[str, str]:
    return {
        "before": written.before,
        "after": written.after,
        "before_header": str(path),
        "after_header": str(path),
    }
