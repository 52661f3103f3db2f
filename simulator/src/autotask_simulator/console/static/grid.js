// A list: its rows come after the page; row menus by icon or right click; the New button of Resources.
(function () {
  const body = document.querySelector('[data-role=rows]');
  const box = document.querySelector('[data-role=show-inactive]');
  const showsInactive = () => Boolean(box) && box.firstElementChild.classList.contains('Checked');
  let menus = {};
  let start = 0;

  async function load() {
    const query = new URLSearchParams({ inactive: showsInactive() ? '1' : '0', start });
    document.querySelectorAll('[data-role=filter]').forEach(field => query.append('filter', field.value));
    const answer = await AT.call(`${AT.model.rows}?${query}`);
    body.innerHTML = answer.html || '';
    menus = answer.menus || {};
    document.querySelector('.NoDataMessage').hidden = body.rows.length > 0;
    document.querySelector('[data-role=pages]').textContent = answer.total ? `${answer.start + 1} - ${answer.end} of ${answer.total}` : '';
    document.querySelector('[data-role=previous]').hidden = !(answer.start > 0);
    document.querySelector('[data-role=next]').hidden = !(answer.end < answer.total);
    load.page = answer;
  }
  window.refreshGrid = load;

  function turn(to) { start = to; load(); }
  const pageSize = () => Math.max(load.page.end - load.page.start, 1);

  function closeMenus() {
    document.querySelectorAll('body > .RowMenu').forEach(menu => menu.remove());
    document.querySelectorAll('[data-role=new-list]').forEach(list => list.classList.remove('Active'));
  }

  async function choose(key, item) {
    if (item.opens) { AT.open(item.opens); return; }
    if (item.question && !(await AT.confirm(item.question))) return;
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
    const row = event.target.closest('tr');
    if (row) { event.preventDefault(); openMenu(row, event.clientX, event.clientY); }
  });
  body.addEventListener('dblclick', event => {
    const row = event.target.closest('tr');
    if (row) AT.open(row.dataset.open);
  });

  document.addEventListener('click', event => {
    const icon = event.target.closest('.ContextMenu');
    const arrow = event.target.closest('[data-role=new-menu]');
    const entry = event.target.closest('[data-new]');
    if (!event.target.closest('.RowMenu')) closeMenus();
    if (icon) { const place = icon.getBoundingClientRect(); openMenu(icon.closest('tr'), place.right, place.top); }
    if (arrow) document.querySelector('[data-role=new-list]').classList.add('Active');
    if (entry) { closeMenus(); AT.open(AT.model[entry.dataset.new]); }
    if (event.target.closest('[data-role=new-main]')) AT.open(AT.model.newResource);
    const drawn = event.target.closest('.Checkbox2');
    const showInactive = event.target.closest('.ShowInactive');
    const hack = drawn ? drawn.firstElementChild : showInactive && box.firstElementChild;
    if (hack) { hack.classList.toggle('Checked'); hack.classList.toggle('Unchecked'); }
    if (showInactive) turn(0);
    if (event.target.closest('[data-role=next]')) turn(start + pageSize());
    if (event.target.closest('[data-role=previous]')) turn(0);
    if (event.target.closest('.TitleBarItem.Back')) history.back();
  });

  // The menu of New opens on hovering, too.
  const split = document.querySelector('.DropDownButton2');
  if (split) {
    const list = split.querySelector('[data-role=new-list]');
    split.addEventListener('mouseenter', () => list.classList.add('Active'));
    split.addEventListener('mouseleave', () => list.classList.remove('Active'));
  }
  document.querySelectorAll('[data-role=filter]').forEach(field => {
    field.addEventListener('keydown', event => { if (event.key === 'Enter') turn(0); });
    field.addEventListener('change', () => turn(0));
  });

  setTimeout(load, AT.model.late || 0);
})();
