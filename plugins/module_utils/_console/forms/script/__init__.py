# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The script that reads a form in the page, in one round trip and without changing anything.

It looks at structure and visible words, as a person does, and at what is told to assistive technology; never at ids or
at attributes that are made anew on every load. Each part answers one question; they are put together here.
"""

from __future__ import annotations

from ansible_collections.msp.autotask.plugins.module_utils._console.forms.script.controls import CONTROLS
from ansible_collections.msp.autotask.plugins.module_utils._console.forms.script.labels import LABELS
from ansible_collections.msp.autotask.plugins.module_utils._console.forms.script.leftovers import LEFTOVERS
from ansible_collections.msp.autotask.plugins.module_utils._console.forms.script.sections import SECTIONS
from ansible_collections.msp.autotask.plugins.module_utils._console.forms.script.tables import TABLES
from ansible_collections.msp.autotask.plugins.module_utils._console.forms.script.telling import CHOICES, TELLING
from ansible_collections.msp.autotask.plugins.module_utils._console.forms.script.tree import TREE

READ_FORM = f"""wanted => {{
{TREE}{CONTROLS}{SECTIONS}{LABELS}{TABLES}{CHOICES}{TELLING}{LEFTOVERS}
  const own = told.filter(({{node}}) => node.dom.ownerDocument === document).length;
  // A control as it is by now, whatever was drawn anew inside it.
  const fresh = node => node.control.members ? node : Object.assign(grow(node.dom, node.up), {{control: node.control}});
  const dom_of = node => node && (node.text === null ? node.dom : node.dom.parentElement);
  return {{
    data, not_understood, own, unclear,
    saves: all.some(node => node.text === null && known.save.has(plain(own_words(node)))),
    elements: told.map(({{node}}) => node.control ? dom_of(node.control.face) : dom_of(node)),
    headings: sections.map(section => section.heading),
    links: sections.map(section => dom_of(section.link)),
    openers: heading => sections.filter(section => section.heading === heading).slice(0, 1).flatMap(openers_of)
      .map(dom_of),
    // For looking at one control again, and at what it is made of.
    again: index => told[index].node.dom.isConnected ? describe(fresh(told[index].node)) : null,
    select: index => is(told[index].node, 'select') && told[index].node.control.face === told[index].node
      ? told[index].node.dom : null,
    place_of: (index, word) => said_by_options(told[index].node.dom).findIndex((said, at) =>
      said === word && !is_greyed(told[index].node.dom.options[at])),
    option: (index, word) => dom_of(told[index].node.control.members?.find(one =>
      one.word === word)?.node.control.face) || null,
    entries: index => entries_of(told[index].node),
    entry: (index, word) => entries_of(told[index].node).find(one => one.word === word)?.dom || null,
    opener: index => opener_of(told[index].node.control.face),
    opener_to,
    button: index => told[index].node.dom.querySelector('.EditorButton2'),
    box: index => told[index].node.control.natives.find(dom => dom.matches('input:not([readonly])')) || null,
    shows: heading => sections.filter(section => section.heading === heading).some(shows),
  }};
}}"""
