# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How 'make docs' makes a site of the guides in docs/ and of what the modules say about themselves."""

from __future__ import annotations

project = "msp.autotask"
copyright = "The msp.autotask contributors, GPL-3.0-or-later"
extensions = ["myst_parser", "sphinx_antsibull_ext"]
html_theme = "sphinx_ansible_theme"
html_theme_options = {"vcs_pageview_mode": "edit"}
html_show_sphinx = False
pygments_style = "ansible"
highlight_language = "text"
myst_heading_anchors = 4
