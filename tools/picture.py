# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Draws what a terminal showed, for the README: picture.py WORDS PICTURE < what 'script' recorded; begins at WORDS.

script --quiet --return --command 'make demo' /dev/null | python tools/picture.py '3 of 3' docs/images/demo.png
"""

from __future__ import annotations

import io
import os
import re
import sys

from playwright.sync_api import sync_playwright
from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

PAGE = """<body style="margin: 0; background: #1b1b22; color: #d9d9d9; display: inline-block">
<pre style="margin: 0; padding: 18px 22px; font: 14px/1.45 'DejaVu Sans Mono', monospace">{code}</pre></body>"""


def settled(recorded: str) -> list[str]:
    """The lines that stayed: those of tenants at work are painted, and taken away again."""
    lines = [""]
    for piece in re.split(r"(\x1b\[\d*[AJ]|\n)", recorded.replace("\r", "")):
        if piece == "\n":
            lines.append("")
        elif piece.endswith("A") and piece.startswith("\x1b"):
            lines[-1 - int(piece[2:-1]) :] = [""]
        elif piece != "\x1b[J":
            lines[-1] += piece
    return lines


def main() -> None:
    words, picture = sys.argv[1:]
    lines = settled(sys.stdin.read())
    begin = next(number for number, line in enumerate(lines) if words in line)
    console = Console(record=True, width=120, file=io.StringIO(), force_terminal=True)
    console.print(Text.from_ansi("\n".join(lines[begin:]).rstrip()))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("AUTOTASK_BROWSER_EXECUTABLE"))
        page = browser.new_page(device_scale_factor=2)
        page.set_content(console.export_html(theme=MONOKAI, inline_styles=True, code_format=PAGE))
        page.locator("body").screenshot(path=picture)
        browser.close()


if __name__ == "__main__":
    main()
