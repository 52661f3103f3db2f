// The API user form.
(function () {
  const { codes, form } = AT.model;
  const pause = ms => new Promise(resolve => setTimeout(resolve, ms));
  const part = role => document.querySelector(`[data-role=${role}]`);
  const shown = code => Boolean(document.querySelector(`[data-eii="${code}"]`));
  const value = code => shown(code) ? Fields.get(code) : '';
  let identifier = '';
  let secret = '';
  let vendor = value(codes.vendor_id);

  async function generateKey() {
    await pause(form.key_ms);
    const answer = await AT.call(AT.model.generateKey, {});
    if (!answer.ok) return;
    Fields.set(codes.user_name, form.user_name_split ? answer.value.split('@')[0] : answer.value);
    touched();
  }

  // A user that exists has no box for its secret until now; or none ever, only the words.
  async function generateSecret() {
    const answer = await AT.call(AT.model.generateSecret, {});
    if (!answer.ok) return;
    const words = part('secret').querySelector('.ReadOnly2');
    if (words && form.secret_on_edit === 'text') {
      words.textContent = secret = answer.value;
    } else {
      if (words) {
        const box = Object.assign(document.createElement('input'), { type: 'text', className: 'TextBox2' });
        box.dataset.eii = codes.secret;
        words.className = 'Editor1';
        words.replaceChildren(box);
      }
      Fields.set(codes.secret, answer.value);
    }
    touched();
  }

  async function showTracking() {
    const kind = shown(codes.tracking) ? Fields.get(codes.tracking) : AT.model.tracking;
    document.querySelectorAll('[data-for]').forEach(one => { one.hidden = one.dataset.for !== kind; });
    if (kind === 'custom' && AT.model.identifierOnSelect && !AT.model.id && !identifier) {
      identifier = (await AT.call(AT.model.generateIdentifier, {})).value;
      part('identifier').querySelector('.Value').textContent = identifier;
      part('identifier').hidden = false;
    }
  }

  async function vendorChosen() {
    const chosen = Fields.get(codes.vendor_id);
    if (form.vendor_asks && chosen !== vendor && !(await AT.confirm('A tracking identifier cannot be changed once it is saved. Do you want to use this one?'))) {
      Fields.set(codes.vendor_id, vendor);
      return;
    }
    vendor = chosen;
    if (AT.model.vendorLevel) Fields.set(codes.level_id, AT.model.vendorLevel);
  }

  function setDefaults() {
    Object.entries(AT.model.defaults).filter(([code]) => shown(code)).forEach(([code, word]) => Fields.set(code, word));
  }

  const button = document.querySelector('[data-command=save_close]');
  function touched() {
    if (!form.save_check_ms) return;
    button.classList.add('Disabled2');
    clearTimeout(touched.timer);
    touched.timer = setTimeout(() => button.classList.remove('Disabled2'), form.save_check_ms);
  }

  async function save(confirmed) {
    const values = Object.fromEntries(Object.entries(codes).map(([name, code]) => [name, value(code)]));
    values.secret = values.secret || secret;
    values.user_name += form.user_name_split ? `@${AT.model.domain}` : '';
    const data = { id: AT.model.id, tracking_identifier: identifier, confirmed, ...values };
    part('notice').textContent = form.save_says;
    part('notice').hidden = !form.save_says;
    if (form.closes === 'before') {
      fetch(AT.model.save, { method: 'POST', keepalive: true, headers: { 'Content-Type': 'application/json', 'X-Requested-With': 'XMLHttpRequest' }, body: JSON.stringify(data) });
      AT.closeWindow();
      return;
    }
    const answer = await AT.call(AT.model.save, data);
    part('notice').hidden = true;
    if (!answer.ok) {
      const errors = Object.entries(answer.errors || {}).map(([name, text]) => [codes[name], text]);
      Fields.showErrors(Object.fromEntries(errors));
      if (answer.question && (await AT.confirm(answer.question))) await save(true);
      if (answer.message) await AT.alert(answer.message);
      return;
    }
    AT.closeWindow();
  }

  async function erase() {
    await AT.call(AT.model.erase, { id: AT.model.id });
    AT.closeWindow();
  }

  const commands = { save_close: () => save(false), cancel: AT.closeWindow, erase, generate_key: generateKey, generate_secret: generateSecret };
  document.addEventListener('click', event => {
    const pressed = event.target.closest('[data-command]');
    if (!pressed || pressed.classList.contains('Disabled2')) return;
    if (pressed.dataset.command !== 'save_close' || AT.pressed(pressed)) commands[pressed.dataset.command]();
  });
  document.addEventListener('input', event => {
    const node = event.target;
    if (node.dataset.eii === codes.secret && form.secret_drops)
      Fields.set(codes.secret, [...node.value].filter(letter => !form.secret_drops.includes(letter)).join(''));
    touched();
  });
  Fields.onChange(code => {
    if (code === codes.tracking) showTracking();
    if (code === codes.vendor_id) vendorChosen();
    touched();
  });
  document.querySelectorAll('.Required').forEach(mark => {
    if (form.required_marks === 'drawn') mark.textContent = '';
    if (form.required_marks === 'missing') mark.remove();
  });
  showTracking();
  touched();
  if (form.defaults_ms && !AT.model.id) setTimeout(setDefaults, form.defaults_ms);
})();
