dimension({"name": "choices", "pages": ["level", "user"], "varies": "what a list to choose from is made of", "usual": 0.25, "mixed": true});

variation({"name": "native list", "evidenced": "picture 2025-editor-section-other; clone of 2017"}, control => {
  const list = make('select', { onchange: () => control.put(list.selectedIndex) }, control.words.map(word => make('option', {}, word)));
  control.showing(list, () => { list.selectedIndex = control.value; list.disabled = !control.enabled; });
  return list;
});

variation({"name": "DropDownList2", "evidenced": "userscript 470791: native, each option has a title"}, control => {
  const list = make('select.DropDownList2', { onchange: () => control.put(Number(list.value)) },
    make('option', { value: -1, title: '' }), control.words.map((word, value) => make('option', { value, title: word }, word)));
  control.showing(list, () => { list.value = control.value; list.disabled = !control.enabled; });
  return list;
});

// Its list is within it, in the page while it is closed; the chosen word is there twice.
variation({"name": "SingleItemSelector2", "evidenced": "markup notes of Autotask Queue Monitor, AES, userscript 537721"}, control => {
  const preview = make('div.TargetPreview');
  const search = make('input', { type: 'text', autocomplete: 'off' });
  const shown = make('span');
  const items = control.words.map((word, index) => make('div.Item', { 'data-index': index }, make('div.Text', {}, make('span', {}, word))));
  const overlay = make('div.ContextOverlay.SingleItemSelectorDropDownOverlay', {}, make('div.Content', {}, make('div.ItemList', {}, items)));
  const display = make('div.Item', { 'data-item-type': 'Default' }, make('div.Text', {}, shown));
  const selector = make('div.SingleItemSelector2', { tabindex: 0 },
    make('div.ContentContainer', {}, make('div.ValueContainer', {}, preview, make('div.SearchBox', {}, search), make('div.SelectionDisplay', {}, display)), make('div.Triangle')),
    make('div.ContextOverlayContainer', {}, overlay));
  const close = () => { selector.classList.remove('Opened'); overlay.classList.remove('Active'); search.value = ''; items.forEach(item => { item.hidden = false; }); };
  press(selector, async event => {
    if (event.target === search || !control.enabled) return;
    const item = event.target.closest('.ItemList > .Item');
    if (item) { close(); control.put(items.indexOf(item)); return; }
    if (overlay.classList.contains('Active')) { close(); return; }
    await later(200);
    document.querySelectorAll('.SingleItemSelectorDropDownOverlay.Active').forEach(other => other.classList.remove('Active'));
    selector.classList.add('Opened');
    overlay.classList.add('Active');
  });
  search.addEventListener('input', () => items.forEach(item => { item.hidden = !item.textContent.toLowerCase().includes(search.value.toLowerCase()); }));
  document.addEventListener('mousedown', event => { if (!selector.contains(event.target)) close(); });
  control.showing(selector, () => {
    preview.textContent = shown.textContent = control.word || control.placeholder || '';
    items.forEach((item, index) => item.setAttribute('data-is-selected', String(index === control.value)));
    selector.classList.toggle('Disabled2', !control.enabled);
  });
  return selector;
});

// What is chosen is a chip; results come when something is typed, the typed part marked.
variation({"name": "SingleDataSelector2", "evidenced": "markup notes of Autotask Queue Monitor"}, control => {
  const chips = make('div.ChipList');
  const input = make('input', { type: 'text', autocomplete: 'off' });
  const results = make('div.ContextOverlay');
  const hint = make('div.Item', { 'data-item-type': 'Default' }, make('div.Text', {}, make('span', {}, control.placeholder || '')));
  const picker = make('div.SingleDataSelector2', {},
    make('div.ContentContainer', {}, make('div.ValueContainer', {}, control.placeholder ? hint : null, chips, make('div.SearchBox', {}, input))),
    make('div.Button2.ButtonIcon2.EditorButton2', { tabindex: 0, title: 'Open selector' }, picture('M3 4h10M3 8h10M3 12h10')),
    make('div.ContextOverlayContainer', {}, results));
  const list = text => {
    const found = control.words.map((word, index) => ({ word, index, at: word.toLowerCase().indexOf(text.toLowerCase()) })).filter(({ at }) => at >= 0);
    results.replaceChildren(make('div.ItemSet', {}, make('div.GroupHeader', {}, 'Results'), found.map(({ word, index, at }) => make('div.Item', { 'data-index': index, onclick: () => { input.value = ''; results.classList.remove('Active'); control.put(index); } },
      make('div.Text', {}, make('span', {}, word.slice(0, at), make('mark', {}, word.slice(at, at + text.length)), word.slice(at + text.length)))))));
    results.classList.add('Active');
  };
  let timer;
  results.addEventListener('mousedown', event => event.preventDefault());
  input.addEventListener('input', () => { clearTimeout(timer); results.classList.remove('Active'); if (input.value.trim()) timer = setTimeout(() => list(input.value.trim()), 350); });
  input.addEventListener('blur', () => setTimeout(() => { input.value = ''; results.classList.remove('Active'); }, 300));
  press(picker.querySelector('.EditorButton2'), () => { if (control.enabled) list(''); });
  control.showing(input, () => {
    const remove = press(make('div.RemoveButton', { tabindex: 0 }, picture('M4 4l8 8M12 4l-8 8')), () => control.put(-1));
    chips.replaceChildren(...(control.value >= 0 ? [make('div.Chip', {}, make('div.Text', {}, control.word), remove)] : []));
    hint.hidden = control.value >= 0;
    picker.classList.toggle('Disabled2', !control.enabled);
    input.disabled = !control.enabled;
  });
  return picker;
});

variation({"name": "drawn radio buttons", "evidenced": "AES: .RadioButton .TabIndexHack.RadioButtonItem(.Selected) > .Fill; for lists of the editor assumed"}, control => {
  const items = control.words.map((word, index) => make('div.RadioButton', {}, press(make('div.TabIndexHack.RadioButtonItem', { tabindex: 0 }, make('div.Fill')), () => control.put(index)), make('div.Text2', {}, word)));
  const group = make('div.RadioButtonGroup', {}, items);
  control.showing(group, () => {
    items.forEach((item, index) => item.firstChild.classList.toggle('Selected', index === control.value));
    items.forEach(item => item.firstChild.classList.toggle('Disabled', !control.enabled));
    group.classList.toggle('Disabled2', !control.enabled);
  });
  return group;
});

variation({"name": "native radio buttons", "assumed": "short lists are often drawn so"}, control => {
  const name = newId();
  const items = control.words.map((_word, index) => make('input', { type: 'radio', name, onchange: () => control.put(index) }));
  const group = make('span.RadioPair', { role: 'radiogroup' }, items.map((item, index) => make('label', {}, item, ` ${control.words[index]}`)));
  control.showing(group, () => items.forEach((item, index) => { item.checked = index === control.value; item.disabled = !control.enabled; }));
  return group;
});

variation({"name": "ARIA combobox", "assumed": "today's component libraries: a button, its list at the end of the page while it is open"}, control => {
  const box = make('div.AriaList', { role: 'combobox', tabindex: 0, 'aria-haspopup': 'listbox', 'aria-expanded': 'false' });
  const close = () => { document.querySelectorAll('body > [role=listbox]').forEach(node => node.remove()); box.setAttribute('aria-expanded', 'false'); };
  press(box, () => {
    const opened = box.getAttribute('aria-expanded') === 'true';
    close();
    if (opened || !control.enabled) return;
    const list = identified(make('ul.AriaPopup', { role: 'listbox' }, control.words.map((word, index) => press(make('li', { role: 'option', tabindex: -1, 'aria-selected': String(index === control.value) }, word), () => { close(); control.put(index); }))));
    const place = box.getBoundingClientRect();
    list.style.left = `${place.left + scrollX}px`;
    list.style.top = `${place.bottom + scrollY}px`;
    document.body.append(list);
    box.setAttribute('aria-expanded', 'true');
    box.setAttribute('aria-controls', list.id);
  });
  document.addEventListener('mousedown', event => { if (!event.target.closest('[role=listbox], [role=combobox]')) close(); });
  control.showing(box, () => { box.textContent = control.word; box.setAttribute('aria-disabled', String(!control.enabled)); });
  return box;
});

variation({"name": "ARIA listbox", "assumed": "a list that is always open"}, control => {
  const items = control.words.map((word, index) => press(make('div', { role: 'option', tabindex: -1 }, word), () => control.put(index)));
  const list = make('div.AriaListbox', { role: 'listbox', tabindex: 0 }, items);
  control.showing(list, () => {
    items.forEach((item, index) => item.setAttribute('aria-selected', String(index === control.value)));
    list.setAttribute('aria-disabled', String(!control.enabled));
  });
  return list;
});

variation({"name": "list in an open shadow root", "assumed": "web components"}, control => {
  const host = make('at-list');
  const list = make('select', { onchange: () => control.put(list.selectedIndex) }, control.words.map(word => make('option', {}, word)));
  host.attachShadow({ mode: 'open' }).append(list);
  control.showing(host, () => { list.selectedIndex = control.value; list.disabled = !control.enabled; });
  return host;
});
