# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The page as one tree: what it is made of, what of it is hidden, and the words of any part of it."""

from __future__ import annotations

TREE = r"""
  // Soft hyphens, zero-width spaces, marks of direction and the pictures of a font are no part of a word.
  const clean = text => (text || '').replace(/[\p{Cf}\p{Co}]/gu, '').replace(/\s+/g, ' ').trim();
  const plain = text => clean(text).toLowerCase().replace(/&/g, ' and ').replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
  // What is found out of a node once, for good or until something changes what is known of controls.
  const memories = [];
  const once = (find, for_good = false) => {
    const known = new Map();
    if (!for_good) memories.push(known);
    return node => {
      if (!known.has(node)) known.set(node, find(node));
      return known.get(node);
    };
  };
  const forget = () => memories.forEach(known => known.clear());
  const lettered = text => /[\p{L}\p{N}]/u.test(text);

  // One tree through open shadow roots, slots and frames of the same site. Text is a node of it, too.
  const unread = 'script, style, noscript, template, option, optgroup, datalist, head, title, wbr';
  const closed_off = 'select, textarea, svg, canvas, object, embed, video, audio';
  const page_in = frame => { try { return frame.contentDocument; } catch { return null; } };
  const parts_of = dom => {
    if (dom.matches('iframe, frame')) return page_in(dom)?.body ? [page_in(dom).body] : [];
    if (dom.matches(closed_off)) return [];
    if (dom.shadowRoot) return dom.shadowRoot.childNodes;
    const given = dom.localName === 'slot' ? dom.assignedNodes() : [];
    return given.length ? given : dom.childNodes;
  };
  const all = [], node_of = new Map();
  const grow = (dom, up) => {
    const node = {dom, up, parts: [], kids: [], count: 0, order: all.length, text: dom.nodeType === 3 ? dom.data
      : null};
    all.push(node);
    node_of.set(dom, node);
    for (const part of node.text === null ? parts_of(dom) : []) {
      // Far more than any page of Autotask has; a page must not choose how much memory we take.
      if (all.length > 60000) break;
      if (part.nodeType !== 3 && (part.nodeType !== 1 || part.matches(unread))) continue;
      const last = node.parts.at(-1);
      // Text with nothing but a wbr or a comment in it is one.
      if (part.nodeType === 3 && typeof last?.text === 'string') last.text += part.data;
      else node.parts.push(grow(part, node));
    }
    node.kids = node.parts.filter(kid => kid.text === null || clean(kid.text));
    node.last = all.length - 1;
    return node;
  };
  const root = grow(document.body || document.documentElement, null);
  const inside = (node, around) => around.order <= node.order && node.order <= around.last;
  const within = node => all.slice(node.order, node.last + 1);
  const is = (node, selector) => node.text === null && node.dom.matches(selector);
  const climb = function* (node, top) { for (let at = node; at && at !== top; at = at.up) yield at; };
  const closest = (node, selector) => [...climb(node)].find(at => is(at, selector));
  const beside = function* (node, step) {
    const kids = node.up ? node.up.kids : [];
    for (let at = kids.indexOf(node) + step; at >= 0 && at < kids.length; at += step) yield kids[at];
  };
  const by_ids = (dom, attribute) => (dom.getAttribute(attribute) || '').split(/\s+/).filter(Boolean)
    .map(id => node_of.get(dom.getRootNode().getElementById?.(id))).filter(Boolean);

  const cell_like = 'td, th, [role=cell], [role=gridcell], [role=rowheader], [role=columnheader]';
  const style = node => node.text !== null ? style(node.up)
    : node.style ??= (node.dom.ownerDocument.defaultView || window).getComputedStyle(node.dom);
  // Whether a part hides itself, whatever hides what is around it; or is folded away by the browser.
  const is_hidden = once(node => node.text === null && node.up !== null && (({display, visibility, opacity}) =>
    display === 'none' || opacity === '0' || (visibility !== 'visible' && style(node.up).visibility === 'visible')
    )(style(node)), true);
  const is_folded = node => node.up !== null && is(node.up, 'details:not([open])') && !is(node, 'summary');
  const hides = node => is_hidden(node) || is_folded(node);
  // There for screen readers only, or what a drawn control holds its state in.
  const tucked_away = once(node => {
    if (node.text !== null) return false;
    const {position} = style(node);
    if (!['absolute', 'fixed'].includes(position)) return false;
    // Only now, as the browser has to draw the page to tell them.
    const {clip, clipPath, width, height, left, top} = style(node);
    return clip !== 'auto' || clipPath.startsWith('inset(')
      || [width, height].some(side => parseFloat(side) <= 1) || [left, top].some(side => parseFloat(side) < -999);
  }, true);
  // What is folded away with its controls is as little hidden as a closed section of any other make.
  const unseen = once(node => is_hidden(node) || (is_folded(node) && !node.up.count) || tucked_away(node)
    || is_picture(node), true);
  // A font may draw a picture for a word: arrow_drop_down.
  const is_picture = node => is(node, '[class*=icon i], [class*=symbol i]') && !node.dom.childElementCount
    && /^[a-z0-9]+(_[a-z0-9]+)*$/.test(own_words(node)) && !inherits_letters(node);
  const inherits_letters = node => style(node).fontFamily === style(node.up).fontFamily
    && !/material|symbol/i.test(node.dom.getAttribute('class'));
  const visible = node => {
    const dom = node.text === null ? node.dom : node.up.dom;
    return dom.checkVisibility({visibilityProperty: true}) && dom.getClientRects().length > 0;
  };

  // The words of a part, without those inside its controls and what is hidden in it.
  const flows = once(node => node.text !== null || ['inline', 'contents'].includes(style(node).display), true);
  // A line of its own.
  const stacks = node => !flows(node) && !style(node).display.startsWith('inline');
  const say = (node, leave_out) => node.text !== null ? node.text : node.parts.map(part =>
    part.control || part.silent || is(part, 'br') || leave_out(part) ? ' '
      : flows(part) ? say(part, leave_out) : ` ${say(part, leave_out)} `).join('');
  const words = once(node => clean(say(node, unseen)));
  const words_but = (node, ...parts) => clean(say(node, part => unseen(part) || parts.includes(part)));
  const own_words = once(node => clean(node.text !== null ? node.text
    : is(node, 'input[type=button], input[type=submit]')
    ? node.dom.value : node.parts.filter(part => part.text !== null).map(part => part.text).join(' ')), true);
  // Words that the style sheet draws before and after what a part says.
  const drawn_words = once(node => ['::before', '::after'].map(side =>
    getComputedStyle(node.dom, side).content.match(/^"(.*\p{L}.*)"/u)?.[1] || ''), true);
  // What explains something else: by its name, its role or its tag.
  const aside = /hint|help|tooltip|secondary|explan|descri|annot|note|badge|required|info/i;
  const explanation = node => is(node, 'small, sub, sup, [role=tooltip], [role=note]')
    || (is(node, '[class]') && aside.test(node.dom.getAttribute('class')));
  const place = node => {
    if (node.text === null) return node.dom.getBoundingClientRect();
    const range = node.dom.ownerDocument.createRange();
    range.selectNode(node.dom);
    return range.getBoundingClientRect();
  };
"""
