// The security level editor: links of the sections, settings that depend on others, tabs, saving.
(function () {
  const { controls, sections, general } = AT.model;
  const codes = Object.keys(controls);

  // What depends on a box that is off is cleared and cannot be set.
  function settle() {
    codes.forEach(code => {
      const control = controls[code];
      const held = control.requires !== null && !Fields.get(control.requires);
      if (held) Fields.set(code, control.empty);
      Fields.enable(code, !held && !AT.model.readOnly && !control.locked);
    });
  }

  function follow(section, which) {
    sections[section].forEach(code => {
      const control = controls[code];
      const grants = which === 'full';
      if (!control.links || (control.locked && grants)) return;
      if (control.kind === 'number' && grants && Fields.get(code)) return;
      Fields.set(code, grants ? control.full : control.empty);
    });
    settle();
  }

  function values() {
    return Object.fromEntries(codes.map(code => [code, Fields.get(code)]));
  }

  async function save(close) {
    if (AT.model.readOnly) return;
    const answer = await AT.call(AT.model.save, {
      id: AT.model.id, source: AT.model.source, name: Fields.get(general.name), active: Fields.get(general.active), values: values(),
    });
    if (!answer.ok) {
      Fields.showErrors(answer.errors || {});
      if (answer.message) await AT.alert(answer.message);
      else reveal(Object.keys(answer.errors)[0]);
      return;
    }
    AT.refreshOpener();
    if (close) window.close(); else location.href = answer.location;
  }

  function reveal(code) {
    const section = document.querySelector(`[data-eii="${code}"]`).closest('.Section, .Section2');
    section.classList.remove('Collapsed');
  }

  const saveButtons = document.querySelectorAll('[data-command=save], [data-command=save_close]');
  const enableSave = on => saveButtons.forEach(button => {
    button.classList.toggle('Disabled', !on);
    button.classList.toggle('Disabled2', !on);
  });

  const commands = { save: () => save(false), save_close: () => save(true), cancel: AT.closeWindow };
  document.addEventListener('click', event => {
    const button = event.target.closest('[data-command]');
    const ready = button && !button.matches('.Disabled, .Disabled2') && (button.dataset.command !== 'save_close' || AT.pressed(button));
    if (ready) commands[button.dataset.command]();
    const link = event.target.closest('[data-links]');
    if (link) follow(link.dataset.section, link.dataset.links);
    const tab = event.target.closest('[data-tab]');
    if (tab) {
      document.querySelectorAll('[data-tab]').forEach(other => {
        other.classList.toggle(other.matches('.TabButton') ? 'Active' : 'SelectedState', other === tab);
      });
      document.querySelectorAll('[data-content]').forEach(part => { part.hidden = part.dataset.content !== tab.dataset.tab; });
    }
  });
  Fields.onChange(settle);
  if (AT.model.readOnly || AT.model.saveWaits) enableSave(false);
  if (AT.model.saveWaits && !AT.model.readOnly) {
    Fields.onChange(() => enableSave(true));
    document.addEventListener('input', () => enableSave(true));
    document.addEventListener('click', event => { if (event.target.closest('[data-links]')) enableSave(true); });
  }
  settle();
})();
