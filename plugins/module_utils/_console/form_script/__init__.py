# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The script that reads a form in the page, in one round trip and without changing anything.

It looks at structure and visible words, as a person does, and at what is told to assistive technology; never at ids or
at attributes that are made anew on every load. Each part answers one question; they are put together here.
"""

from __future__ import annotations

from ansible_collections.msp.autotask.plugins.module_utils._console.form_script.controls import CONTROLS
from ansible_collections.msp.autotask.plugins.module_utils._console.form_script.labels import LABELS
from ansible_collections.msp.autotask.plugins.module_utils._console.form_script.leftovers import LEFTOVERS
from ansible_collections.msp.autotask.plugins.module_utils._console.form_script.sections import SECTIONS
from ansible_collections.msp.autotask.plugins.module_utils._console.form_script.tables import TABLES
from ansible_collections.msp.autotask.plugins.module_utils._console.form_script.telling import CHOICES, TELLING
from ansible_collections.msp.autotask.plugins.module_utils._console.form_script.tree import TREE

_ANSWERS = r"""
  // A control as it is by now, whatever was drawn anew inside it.
  const fresh = node => node.control.members ? node : Object.assign(grow(node.dom, node.up), {control: node.control});
  const dom_of = node => node && (node.text === null ? node.dom : node.dom.parentElement);
  const node_at = index => told[index].node, control_at = index => node_at(index).control;
  const shown_part = node => node.control ? visible(node.control.face)
    : node.text !== null && lettered(node.text) && visible(node);
  return {
    data, not_understood, unclear,
    headings: sections.map(section => section.heading),
    own: told.filter(({node}) => node.dom.ownerDocument === document).length,
    saves: elements.some(node => says(node, 'save')),
    elements: told.map(({node}) => dom_of(node.control ? node.control.face : node)),
    links: sections.map(section => dom_of(section.link)),
    rows: sections.map(section => dom_of(section.row)),
    // For looking at one control or section again, and at what it is made of.
    again: index => node_at(index).dom.isConnected ? describe(fresh(node_at(index))) : null,
    select: index => is(node_at(index), 'select') && control_at(index).face === node_at(index)
      ? node_at(index).dom : null,
    option: (index, word) => dom_of(control_at(index).members?.find(one => one.word === word)?.node.control.face),
    entries: index => entries_of(node_at(index)),
    entry: (index, word) => entries_of(node_at(index)).find(one => one.word === word)?.dom,
    opener: index => opener_of(node_at(index)),
    box: index => control_at(index).natives.find(dom => dom.matches('input')),
    shows: heading => sections.filter(section => section.heading === heading).some(({row, parts}) =>
      parts.flatMap(within).some(node => !inside(node, row) && !inside(row, node) && shown_part(node))),
  };
"""

_PARTS = (TREE, CONTROLS, SECTIONS, LABELS, TABLES, CHOICES, TELLING, LEFTOVERS, _ANSWERS)

READ_FORM = f"wanted => {{{''.join(_PARTS)}}}"
