// The API user form.
(function () {
  const { codes } = AT.model;
  let identifier = '';

  async function generate(url, code) {
    const answer = await AT.call(url, {});
    if (answer.ok) Fields.set(code, answer.value);
  }

  async function showTracking() {
    const kind = Fields.get(codes.tracking);
    document.querySelectorAll('[data-for]').forEach(part => { part.hidden = part.dataset.for !== kind; });
    if (kind === 'custom' && AT.model.identifierOnSelect && !AT.model.id && !identifier) {
      identifier = (await AT.call(AT.model.generateIdentifier, {})).value;
      const field = document.querySelector('[data-role=identifier]');
      field.querySelector('.Value').textContent = identifier;
      field.hidden = false;
    }
  }

  async function save(close) {
    const values = Object.fromEntries(Object.entries(codes).map(([name, code]) => [name, Fields.get(code)]));
    const answer = await AT.call(AT.model.save, { id: AT.model.id, tracking_identifier: identifier, ...values });
    if (!answer.ok) {
      const errors = Object.entries(answer.errors || {}).map(([name, text]) => [codes[name], text]);
      Fields.showErrors(Object.fromEntries(errors));
      if (answer.message) await AT.alert(answer.message);
      return;
    }
    AT.refreshOpener();
    if (close) window.close(); else location.href = answer.location;
  }

  const commands = {
    save: () => save(false),
    save_close: () => save(true),
    cancel: AT.closeWindow,
    generate_key: () => generate(AT.model.generateKey, codes.user_name),
    generate_secret: () => generate(AT.model.generateSecret, codes.secret),
  };
  document.addEventListener('click', event => {
    const button = event.target.closest('[data-command]');
    if (button && (button.dataset.command !== 'save_close' || AT.pressed(button))) commands[button.dataset.command]();
  });
  Fields.onChange(code => { if (code === codes.tracking) showTracking(); });
  showTracking();
})();
