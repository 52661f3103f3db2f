dimension({"name": "texts", "pages": ["level", "user"], "varies": "what a box for text is made of", "usual": 0.3, "mixed": true});

variation({"name": "TextBox2", "evidenced": "picture 2025-api-user-general; markup notes"}, control => typed(control, make('input.TextBox2', { type: 'text' }), node => node));

variation({"name": "InputField", "evidenced": "clone of 2017"}, control => typed(control, make('input', { type: 'text' }), node => make('div.Editor.TextBox', {}, make('div.InputField', {}, node))));

variation({"name": "text area", "assumed": "one line high"}, control => typed(control, make('textarea', { rows: 1 }), node => node));

variation({"name": "editable element", "assumed": "class ContentEditable2 is known from other pages"}, control => {
  const box = make('div.ContentEditable2', { contenteditable: 'true', role: 'textbox', tabindex: 0, oninput: () => control.put(box.textContent) });
  control.showing(box, () => {
    if (box.textContent !== control.value) box.textContent = control.value;
    box.setAttribute('contenteditable', String(control.enabled));
    box.setAttribute('aria-disabled', String(!control.enabled));
  });
  return box;
});

variation({"name": "text box in an open shadow root", "assumed": "web components"}, control => {
  const host = make('at-text');
  typed(control, make('input', { type: 'text' }), node => { host.attachShadow({ mode: 'open' }).append(node); return host; });
  control.target = host;
  return host;
});

// The page knows of what was typed by its events only.
function typed(control, box, around, reads = text => text, shows = value => value) {
  box.addEventListener('input', () => { control.value = reads(box.value); });
  box.addEventListener('change', () => control.put(reads(box.value)));
  control.showing(box, () => { box.value = shows(control.value ?? ''); box.disabled = !control.enabled; });
  return around(box);
}

dimension({"name": "numbers", "pages": ["level"], "varies": "what a box for a number is made of", "usual": 0.3});

variation({"name": "text box for a number", "evidenced": "picture 2025-editor-section-other"}, control => typed(control, make('input', { type: 'text' }), node => make('div.Editor.DecimalBox', {}, make('div.InputField', {}, node))));

variation({"name": "DecimalBox2", "evidenced": "notes of a timesheet program: 8.0 comes back as 8.0000, 2 as 2.00"}, control =>
  typed(control, make('input.DecimalBox2', { type: 'text' }), node => node, text => text.replace(/\.0*$/, ''), value => (/^\d+$/.test(value) ? `${value}.00` : value)));

variation({"name": "native number box", "assumed": "the browser's own"}, control => typed(control, make('input', { type: 'number', min: 1 }), node => node));

variation({"name": "spin button", "assumed": "a number with buttons to raise and lower it"}, control => {
  const box = make('span.Spinner2', { role: 'spinbutton', contenteditable: 'true', tabindex: 0, oninput: () => { control.value = box.textContent.trim(); }, onblur: () => control.put(box.textContent.trim()) });
  control.showing(box, () => {
    if (box.textContent !== String(control.value ?? '')) box.textContent = control.value ?? '';
    box.setAttribute('aria-valuenow', control.value || 0);
    box.setAttribute('aria-disabled', String(!control.enabled));
    box.setAttribute('contenteditable', String(control.enabled));
  });
  const step = by => press(make('button', { type: 'button', 'aria-label': by > 0 ? 'Up' : 'Down' }, by > 0 ? '▲' : '▼'), () => control.put(String(Math.max(0, Number(control.value || 0) + by))));
  return make('span.SpinnerHolder', {}, box, step(1), step(-1));
});
