// One way to read and set the controls of both markups. A control is found by its data-eii.
const Fields = (function () {
  const element = code => document.querySelector(`[data-eii="${code}"]`);
  const drawn = box => box.querySelector('.TabIndexHack');
  const listeners = [];
  const changed = code => listeners.forEach(listener => listener(code));
  const lists = new WeakMap();
  // The second markup knows of a text only what input events told it.
  const typed = new WeakMap();
  document.querySelectorAll('.TextBox2, .DecimalBox2').forEach(node => typed.set(node, node.value));
  document.addEventListener('input', event => { if (typed.has(event.target)) typed.set(event.target, event.target.value); });

  function listOf(selector) {
    if (!lists.has(selector)) {
      const list = JSON.parse(selector.querySelector('script').textContent);
      if (list.chosen === undefined) list.chosen = list.values.indexOf(list.value);
      lists.set(selector, list);
    }
    return lists.get(selector);
  }

  function kind(node) {
    if (node.matches('.Checkbox2')) return 'box';
    if (node.matches('.SingleItemSelector2')) return 'selector';
    if (node.matches('.SingleDataSelector2')) return 'picker';
    if (node.matches('.RadioButtonGroup')) return 'radios';
    return node.type === 'checkbox' ? 'input-box' : 'input';
  }

  function get(code) {
    const node = element(code);
    switch (kind(node)) {
      case 'box': return drawn(node).classList.contains('Checked');
      case 'input-box': return node.checked;
      case 'picker':
      case 'selector': { const list = listOf(node); return list.chosen < 0 || list.chosen === null ? '' : list.values[list.chosen]; }
      case 'radios': {
        const native = node.querySelector('input:checked');
        const on = node.querySelector('.Selected');
        return native ? native.value : on ? on.parentNode.dataset.value : '';
      }
      default: return typed.has(node) ? typed.get(node) : node.value;
    }
  }

  function set(code, value) {
    const node = element(code);
    switch (kind(node)) {
      case 'box':
        drawn(node).classList.toggle('Checked', Boolean(value));
        drawn(node).classList.toggle('Unchecked', !value);
        break;
      case 'input-box': node.checked = Boolean(value); break;
      case 'selector':
      case 'picker': {
        const list = listOf(node);
        list.chosen = list.values.indexOf(value);
        show(node, list.words[list.chosen] || '');
        break;
      }
      case 'radios':
        node.querySelectorAll('.RadioButton').forEach(radio =>
          radio.firstElementChild.classList.toggle('Selected', radio.dataset.value === value));
        break;
      default: {
        const places = typeof value === 'number' && node.closest('[data-decimals]');
        node.value = value === null ? '' : places ? value.toFixed(places.dataset.decimals) : value;
        typed.set(node, node.value);
      }
    }
  }

  function made(tag, className, text = '') {
    const node = document.createElement(tag);
    node.className = className;
    node.textContent = text;
    return node;
  }

  // Show what is chosen in a drawn list or in a picker.
  function show(node, word) {
    if (node.matches('.Inside')) {
      node.querySelectorAll('.ValueContainer .Item').forEach(item => {
        item.dataset.itemType = word ? 'Normal' : 'Default';
        item.querySelector('span').textContent = word;
      });
      node.querySelectorAll('.ItemList .Item').forEach(item => { item.dataset.isSelected = Number(item.dataset.index) === listOf(node).chosen; });
    } else if (node.matches('.Chips')) {
      const chip = made('div', word ? 'Chip' : 'Item');
      chip.append(made('div', 'Text', word || `Enter or Choose ${listOf(node).what}`));
      if (word) chip.append(made('div', 'RemoveButton')); else chip.dataset.itemType = 'Default';
      node.querySelector('.ChipList').replaceChildren(chip);
      node.querySelector('input').value = '';
    } else if (kind(node) === 'picker') {
      node.querySelector('input').value = word;
    } else {
      node.querySelector('.Text2').textContent = word;
    }
  }

  function enable(code, on) {
    const node = element(code);
    if ('disabled' in node) node.disabled = !on; else node.classList.toggle('Disabled2', !on);
  }

  const openLists = () => document.querySelectorAll('body > .SelectorOverlay, .Inside .ContextOverlay.Active');

  function closeList() {
    openLists().forEach(open => { if (open.matches('.SelectorOverlay')) open.remove(); else open.classList.remove('Active'); });
  }

  function choose(selector, index) {
    set(selector.dataset.eii, listOf(selector).values[index]);
    closeList();
    changed(selector.dataset.eii);
  }

  function openList(selector, text = '') {
    closeList();
    const empty = Boolean(AT.model.faults.list_not_loaded);
    delete AT.model.faults.list_not_loaded;
    setTimeout(() => {
      if (selector.matches('.Inside')) {
        const list = selector.querySelector('.ContextOverlay');
        list.classList.toggle('Empty', empty);
        list.classList.add('Active');
      } else {
        openOverlay(selector, empty ? [] : listOf(selector).words, text);
      }
    }, AT.model.listsLate);
  }

  // A list that is an overlay at the end of the body.
  function openOverlay(selector, words, text) {
    const place = selector.getBoundingClientRect();
    const holder = made('div', 'ContextOverlayContainer SelectorOverlay');
    const list = made('div', 'ContextOverlay Active');
    const chips = selector.matches('.Chips');
    const items = chips ? list.appendChild(made('div', 'ItemSet')) : list;
    if (chips) items.append(made('div', 'GroupHeader', listOf(selector).what));
    words.forEach((word, index) => {
      const at = word.toLowerCase().indexOf(text);
      if (at < 0) return;
      const item = made('div', chips ? 'Item' : 'Item2', chips ? '' : word);
      if (chips) item.append(word.slice(0, at), made('mark', '', word.slice(at, at + text.length)), word.slice(at + text.length));
      item.addEventListener('click', () => choose(selector, index));
      items.append(item);
    });
    holder.appendChild(list);
    document.body.appendChild(holder);
    const below = window.innerHeight - place.bottom;
    const height = Math.min(list.scrollHeight, 260);
    list.style.left = `${place.left + window.scrollX}px`;
    list.style.top = `${(below < height && place.top > height ? place.top - height - 2 : place.bottom) + window.scrollY}px`;
    list.style.minWidth = `${place.width}px`;
  }

  // What is typed into a picker and not chosen from its list does not count.
  document.addEventListener('input', event => {
    const picker = event.target.closest('.SingleDataSelector2');
    if (!picker) return;
    const text = event.target.value.trim().toLowerCase();
    // Beside a chip there is always an empty box.
    if (!picker.matches('.Chips')) listOf(picker).chosen = null;
    clearTimeout(picker.timer);
    closeList();
    if (text) picker.timer = setTimeout(() => openList(picker, text), 250);
  });

  document.addEventListener('click', event => {
    const selector = event.target.closest('.SingleItemSelector2');
    if (selector && !selector.classList.contains('Disabled2')) {
      const item = event.target.closest('.ItemList .Item');
      if (item) choose(selector, Number(item.dataset.index));
      else if (openLists().length) closeList(); else openList(selector);
      return;
    }
    const picker = event.target.closest('.Chips:not(.Disabled2)');
    if (picker && event.target.closest('.EditorButton2')) { openList(picker); return; }
    if (picker && event.target.closest('.RemoveButton')) { choose(picker, -1); return; }
    if (!event.target.closest('.SelectorOverlay')) closeList();
    const box = event.target.closest('.Checkbox2, .CheckboxContainer');
    const hack = box && box.querySelector('.TabIndexHack');
    const control = hack && hack.parentNode;
    if (control && control.dataset.eii && !control.classList.contains('Disabled2')) {
      set(control.dataset.eii, !hack.classList.contains('Checked'));
      changed(control.dataset.eii);
    }
    const radio = event.target.closest('.RadioButton');
    if (radio && !radio.parentNode.classList.contains('Disabled2')) {
      set(radio.parentNode.dataset.eii, radio.dataset.value);
      changed(radio.parentNode.dataset.eii);
    }
  });
  document.addEventListener('change', event => {
    const field = event.target.closest('[data-eii]');
    if (field) changed(field.dataset.eii);
  });
  window.addEventListener('blur', closeList);

  // Mark what is wrong, and say so at the top of the page.
  function showErrors(errors) {
    document.querySelectorAll('.Invalid').forEach(node => node.classList.remove('Invalid'));
    const codes = Object.keys(errors);
    codes.forEach(code => {
      const node = element(code);
      node.classList.add('Invalid');
      const label = (node.closest('.EditorContainer1, .EditorContainer') || node).querySelector('.EditorLabelContainer1, .EditorLabelContainer');
      if (label) label.classList.add('Invalid');
    });
    const summary = document.querySelector('.ValidationSummary');
    summary.classList.toggle('Active', codes.length > 0);
    summary.querySelector('.Text').textContent = codes.length === 1 ? errors[codes[0]] : `${codes.length} errors`;
  }

  return { get, set, enable, showErrors, onChange: listener => listeners.push(listener) };
})();
