dimension({"name": "boxes", "pages": ["level", "user"], "varies": "what a check box is made of", "usual": 0.25, "mixed": true});

variation({"name": "native box", "evidenced": "picture 2025-editor-section-other; clone of 2017"}, control => {
  const box = make('input', { type: 'checkbox', value: 'true', onchange: () => control.put(box.checked) });
  control.showing(box, () => { box.checked = control.value; box.disabled = !control.enabled; });
  return box;
});

variation({"name": "Checkbox2", "evidenced": "markup notes of Autotask Queue Monitor, AES"}, control => {
  const tick = make('div.TabIndexHack', { tabindex: 0 }, picture('M3 8l4 4 7-9', { class: 'Checkmark' }));
  const box = make('div.Checkbox2', {}, tick);
  press(box, () => control.put(!control.value));
  control.showing(tick, () => {
    tick.classList.toggle('Checked', Boolean(control.value));
    tick.classList.toggle('Unchecked', !control.value);
    tick.classList.toggle('Disabled', !control.enabled);
  });
  return box;
});

variation({"name": "ARIA checkbox", "assumed": "usual in pages of any maker"}, control => {
  const box = press(make('div.AriaBox', { role: 'checkbox', tabindex: 0 }), () => control.put(!control.value));
  control.showing(box, () => { box.setAttribute('aria-checked', String(Boolean(control.value))); box.setAttribute('aria-disabled', String(!control.enabled)); });
  return box;
});

variation({"name": "ARIA switch", "assumed": "today's way to draw a thing that is on or off"}, control => {
  const box = press(make('button.Switch', { type: 'button', role: 'switch' }, make('span.Knob')), () => control.put(!control.value));
  control.showing(box, () => { box.setAttribute('aria-checked', String(Boolean(control.value))); box.disabled = !control.enabled; });
  return box;
});

variation({"name": "toggle button", "assumed": "a button that stays pressed"}, control => {
  const box = press(make('button.PressButton', { type: 'button' }), () => control.put(!control.value));
  control.showing(box, () => { box.setAttribute('aria-pressed', String(Boolean(control.value))); box.disabled = !control.enabled; });
  return box;
});

variation({"name": "native box under a drawn one", "assumed": "the way of most style sheets for forms"}, control => {
  const box = make('input.Transparent', { type: 'checkbox', onchange: () => control.put(box.checked) });
  control.showing(box, () => { box.checked = control.value; box.disabled = !control.enabled; });
  return make('span.DrawnBox', {}, box, make('span.Tick', { 'aria-hidden': 'true' }));
});

variation({"name": "native box that is not displayed, a drawn label for it", "assumed": "the same, by older style sheets"}, control => {
  const box = identified(make('input.Hidden', { type: 'checkbox', onchange: () => control.put(box.checked) }));
  control.showing(box, () => { box.checked = control.value; box.disabled = !control.enabled; });
  return make('span.DrawnBox', {}, box, make('label.Tick', { for: box.id }));
});

variation({"name": "Yes and No as radio buttons", "assumed": "the oldest pages of other products"}, control => {
  const name = newId();
  const radio = value => make('input', { type: 'radio', name, onchange: () => control.put(value) });
  const [yes, no] = [radio(true), radio(false)];
  const group = make('span.RadioPair', { role: 'radiogroup' }, make('label', {}, yes, ' Yes'), make('label', {}, no, ' No'));
  control.showing(group, () => { yes.checked = Boolean(control.value); no.checked = !control.value; yes.disabled = no.disabled = !control.enabled; });
  return group;
});

variation({"name": "a list of Yes and No", "assumed": "cells of the object tables hold Yes and No as lists"}, control => {
  const list = make('select', { onchange: () => control.put(list.value === 'Yes') }, make('option', {}, 'Yes'), make('option', {}, 'No'));
  control.showing(list, () => { list.value = control.value ? 'Yes' : 'No'; list.disabled = !control.enabled; });
  return list;
});

variation({"name": "box in an open shadow root", "assumed": "web components"}, control => {
  const host = make('at-box');
  const box = make('input', { type: 'checkbox', onchange: () => control.put(box.checked) });
  host.attachShadow({ mode: 'open' }).append(box);
  control.showing(host, () => { box.checked = control.value; box.disabled = !control.enabled; });
  return host;
});
