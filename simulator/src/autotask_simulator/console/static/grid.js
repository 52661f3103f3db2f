// A list: its rows come after the page; row menus by icon or right click; the New button of Resources.
(function () {
  const how = AT.model.list;
  const role = name => document.querySelector(`[data-role=${name}]`);
  const [body, box, states, size] = ['rows', 'show-inactive', 'state', 'size'].map(role);
  const scroller = document.querySelector('.BodyContainer');
  const adds = ['more', 'scroll'].includes(how.turned_by);
  let menus = {}, start = 0, page = { start: 0, end: 0, total: 0 }, state = how.state === 'none' ? 'All' : 'Active';

  const perPage = () => how.turned_by === 'virtual' || (size && size.value === 'All') ? 1e6 : Number(size ? size.value : how.rows);

  async function load() {
    const query = new URLSearchParams({ state, start, count: perPage() });
    document.querySelectorAll('[data-role=filter]').forEach(field => query.append(`filter:${field.dataset.heading}`, field.value));
    const answer = await AT.call(`${AT.model.rows}?${query}`);
    if (adds && start > 0) body.insertAdjacentHTML('beforeend', answer.html || '');
    else { body.innerHTML = answer.html || ''; scroller.scrollTop = 0; }
    menus = adds && start > 0 ? { ...menus, ...answer.menus } : answer.menus || {};
    document.querySelector('.NoDataMessage').hidden = body.rows.length > 0;
    page = { start: answer.start || 0, end: answer.end || 0, total: answer.total || 0 };
    tell();
    if (how.turned_by === 'virtual') drawSome();
    // Nobody can scroll before there are more rows than can be seen.
    if (how.turned_by === 'scroll' && page.end < page.total && scroller.scrollHeight <= scroller.clientHeight) await turn(page.end);
  }
  // Beginning again: what was added by scrolling is loaded anew from the start.
  window.refreshGrid = () => { if (adds) start = 0; return load(); };

  function turn(to) { start = to; return load(); }

  // What the bar below the rows says and offers.
  function tell() {
    const { start: first, end, total } = page, count = Math.max(perPage(), 1);
    const [number, pages] = [Math.floor(first / count) + 1, Math.max(Math.ceil(total / count), 1)];
    const texts = { range: `${adds || !total ? Math.min(1, total) : first + 1} - ${end} of ${total}`, page: `Page ${number} of ${pages}`, nothing: '' };
    role('pages').textContent = total && how.turned_by !== 'virtual' ? texts[how.says] : '';
    for (const [name, on] of [['previous', first > 0], ['next', end < total]]) {
      const button = role(name);
      if (!button) continue;
      if (how.turned_by === 'words') button.hidden = !on;
      else button.classList.toggle('Disabled', !on);
    }
    if (role('more')) role('more').hidden = end >= total;
    if (role('numbers')) role('numbers').innerHTML = [...Array(pages).keys()].map(at =>
      at + 1 === number ? `<span class="Current">${at + 1}</span>` : `<a class="Button" tabindex="0" data-page="${at * count}">${at + 1}</a>`).join(' ');
  }

  // Rows that are drawn only around those that can be seen.
  let all = [];
  function drawSome(again) {
    if (!again) all = [...body.rows].filter(row => row.dataset.rowKey);
    const height = 30, from = Math.max(0, Math.floor(scroller.scrollTop / height) - 3), to = Math.min(all.length, from + 22);
    const room = rows => { const row = document.createElement('tr'); row.innerHTML = `<td style="height: ${rows * height}px; padding: 0; border: 0"></td>`; return row; };
    body.replaceChildren(room(from), ...all.slice(from, to), room(all.length - to));
  }
  scroller.addEventListener('scroll', () => {
    if (how.turned_by === 'virtual') requestAnimationFrame(() => drawSome(true));
    const near = scroller.scrollTop + scroller.clientHeight > scroller.scrollHeight - 40;
    if (how.turned_by === 'scroll' && near && page.end < page.total && start < page.end) turn(page.end);
  });

  function closeMenus() {
    document.querySelectorAll('body > .RowMenu').forEach(menu => menu.remove());
    document.querySelectorAll('[data-role=new-list], [data-role=state-list]').forEach(list => list.classList.remove('Active'));
  }

  async function choose(key, item) {
    if (item.opens) { AT.open(item.opens); return; }
    if (item.question && !(await AT.confirm(item.question))) return;
    act(key, item);
  }
  async function act(key, item) {
    const answer = await AT.call(item.calls, { key: Number(key) });
    if (!answer.ok) await AT.alert(answer.message);
    load();
  }

  function openMenu(row, x, y) {
    closeMenus();
    const holder = document.createElement('div');
    holder.className = 'ContextOverlayContainer RowMenu';
    const menu = document.createElement('div');
    menu.className = 'ContextOverlay Active';
    menus[row.dataset.rowKey].forEach(item => {
      const button = document.createElement('div');
      button.className = `Button2 ButtonIcon2${item.disabled ? ' Disabled2' : ''}`;
      button.tabIndex = 0;
      const text = document.createElement('div');
      const span = document.createElement('span');
      span.className = 'Text2';
      span.textContent = item.label;
      text.appendChild(span);
      button.appendChild(text);
      if (!item.disabled) button.addEventListener('click', () => { closeMenus(); choose(row.dataset.rowKey, item); });
      menu.appendChild(button);
    });
    holder.appendChild(menu);
    document.body.appendChild(holder);
    menu.style.left = `${x + window.scrollX}px`;
    menu.style.top = `${Math.min(y, window.innerHeight - menu.offsetHeight - 4) + window.scrollY}px`;
  }

  body.addEventListener('contextmenu', event => {
    const row = event.target.closest('tr[data-row-key]');
    if (row && how.right_click) { event.preventDefault(); openMenu(row, event.clientX, event.clientY); }
  });
  body.addEventListener('dblclick', event => {
    const row = event.target.closest('tr[data-row-key]');
    if (row) AT.open(row.dataset.open);
  });

  function show(wanted) {
    state = wanted;
    turn(0);
  }
  function switchInactive() {
    const on = state !== 'All';
    const hack = box.querySelector('.TabIndexHack');
    if (hack) { hack.classList.toggle('Checked', on); hack.classList.toggle('Unchecked', !on); }
    if (box.matches('[role=switch]')) box.setAttribute('aria-checked', on);
    if (how.state === 'button') box.querySelector('.Text2').textContent = on ? 'Hide Inactive' : 'Show Inactive';
    show(on ? 'All' : 'Active');
  }

  document.addEventListener('click', event => {
    const at = selector => event.target.closest(selector);
    const icon = at('.ContextMenu'), entry = at('[data-new]'), chosen = at('[data-state]'), quick = at('[data-at-once]');
    const ticked = at('.Checkbox2:not([data-role]), .CheckBox');
    if (!at('.RowMenu')) closeMenus();
    if (icon) { const place = icon.getBoundingClientRect(); openMenu(icon.closest('tr'), place.right, place.top); }
    // Icons that do at once what the last entry of the menu does.
    if (quick) { const key = quick.closest('tr').dataset.rowKey; act(key, menus[key].filter(item => item.calls).pop()); }
    if (at('[data-role=new-menu]')) {
      role('new-list').classList.add('Active');
      if (at('[aria-expanded]')) at('[aria-expanded]').setAttribute('aria-expanded', 'true');
    }
    if (entry) { closeMenus(); AT.open(AT.model[entry.dataset.new]); }
    if (at('[data-role=new-main]')) AT.open(AT.model.newResource);
    if (at('.ShowInactive, [data-role=show-inactive]')) switchInactive();
    else if (ticked && ticked.matches('.CheckBox')) ticked.classList.toggle('Selected');
    if (at('[data-role=state-chooser]')) role('state-list').classList.add('Active');
    if (chosen) { closeMenus(); role('state-chooser').querySelector('.Text').textContent = chosen.textContent; show(chosen.dataset.state); }
    if (at('[data-role=next], [data-role=more]') && !at('.Disabled')) turn(page.end);
    if (at('[data-role=previous]') && !at('.Disabled')) turn(how.turned_by === 'words' ? 0 : Math.max(page.start - perPage(), 0));
    if (at('[data-page]')) turn(Number(at('[data-page]').dataset.page));
    if (at('.TitleBarItem.Back')) history.back();
  });

  // The menu of New opens on hovering, too.
  const split = role('new-split');
  if (split) {
    const list = split.querySelector('[data-role=new-list]');
    split.addEventListener('mouseenter', () => list.classList.add('Active'));
    split.addEventListener('mouseleave', () => list.classList.remove('Active'));
  }
  document.querySelectorAll('[data-role=filter]').forEach(field => {
    field.addEventListener('keydown', event => { if (event.key === 'Enter') turn(0); });
    field.addEventListener('change', () => turn(0));
  });
  if (size) size.addEventListener('change', () => turn(0));
  if (states) states.addEventListener('change', () => show(states.value));

  setTimeout(load, AT.model.late || 0);
})();
