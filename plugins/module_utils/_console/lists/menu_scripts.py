# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What runs inside a page to find what opens a menu: in a row of a list, and beside New or Save."""

from __future__ import annotations

from ansible_collections.msp.autotask.plugins.module_utils._console.lists.scripts import PARTS
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.scripts import SAYS_IT_DROPS

ROW_MENUS = (
    r"""(row, named) => {"""
    + PARTS
    + r"""
  // What in a row has a name, or a picture; and whether it says that it opens a menu.
  const parts = parts_of(row).flatMap(one => [...one.querySelectorAll('*')])
    .filter(part => visible(part) && !part.matches('svg *'));
  const data = parts.map(part => ({
    names: [...names_of(part), ...named.filter(([, elements]) => elements.includes(part)).map(([one]) => `css=${one}`)],
    looks: tokens(part) + ' ' + (part.getAttribute('src') || '').replace(/^.*\//, ''),
    popup: /^(true|menu)$/.test(part.ariaHasPopup || ''), operable: operable(part),
    drags: part.draggable && !part.matches('a, img') || /grab|move/.test(getComputedStyle(part).cursor),
    around: parts.flatMap((other, index) =>
      other !== part && part.contains(other) ? [index] : []),
  }));
  return {data, parts};
}"""
)

MENU_BESIDE = (
    r"""(words) => {"""
    + PARTS
    + SAYS_IT_DROPS
    + r"""
  // What stands beside words in one button or one bar, the nearest first; and what it says of itself.
  const bar = words.closest('.ToolBar, [role=toolbar]');
  const data = [], parts = [];
  // What comes after other words is theirs.
  const after = (one, other) => Boolean(one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);
  const worded = [...document.querySelectorAll('body *')].filter(part => /\p{L}/u.test(own_words(part) || '')
    && visible(part) && !part.contains(words) && !words.contains(part) && after(words, part));
  const belongs_elsewhere = part => after(words, part) && worded.some(other => after(other, part)
    && !other.contains(part));
  const names_in = part => [part, ...part.querySelectorAll('*')].flatMap(names_of);
  // Of what is pressed for the words, a part that cannot be pressed by itself is a picture.
  const pressed = 'a, button, summary, [role=button], [onclick], [tabindex]';
  const is_pressed = part => part.matches(pressed) || getComputedStyle(part).cursor === 'pointer';
  let own = words.closest(pressed) || words;
  while (own.parentElement && is_pressed(own.parentElement)) own = own.parentElement;
  const is_picture = part => own.contains(part) && !part.matches(pressed);
  let around = words.parentElement;
  for (let level = 0; around && around !== document.body && level < 4; level++, around = around.parentElement) {
    const drops = says_it_drops(`${tokens(around)} ${tokens(around.parentElement)}`);
    const seen = [...around.children].filter(part => visible(part) && box_of(part).width > 2);
    const silent = seen.filter(part => !part.contains(words) && !said(part) && !names_in(part).length);
    for (const part of around.querySelectorAll('*')) {
      if (!visible(part) || part.contains(words) || words.contains(part) || parts.includes(part)) continue;
      if (part.matches('svg *') || belongs_elsewhere(part)) continue;
      data.push({
        names: names_of(part), said: said(part), looks: tokens(part),
        popup: /^(true|menu)$/.test(part.ariaHasPopup || ''),
        expands: part.ariaExpanded !== null,
        // Of a button that says that it drops down, the one part without words or names.
        half: drops && seen.length === 2 && silent.length === 1 && silent[0] === part && !is_picture(part),
      });
      parts.push(part);
    }
    if (around === bar) break;
  }
  const buttons = '[aria-haspopup], [aria-expanded], summary, button, a, [role=button], .Button, .Button2';
  const button = words.closest(buttons) || words;
  const splits = /split/i.test(tokens(button));
  return {data, parts, splits, opens: /^(true|menu)$/.test(button.ariaHasPopup || '') || button.ariaExpanded !== null
    || button.matches('summary')};
}"""
)
