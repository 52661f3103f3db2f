// What every page of the console can do: talk to the server, show dialogs, open and close windows.
const AT = (function () {
  const model = JSON.parse(document.getElementById('model').textContent);
  const overlay = document.getElementById('BackgroundOverlay');

  function active(id, on) { document.getElementById(id).classList.toggle('Active', on); }

  function busy(on) {
    active('LoadingIndicator', on);
    overlay.classList.toggle('Active', on);
    clearTimeout(busy.timer);
    active('DelayNotification', false);
    if (on) busy.timer = setTimeout(() => active('DelayNotification', true), 3000);
  }

  // Ask the server; data makes it a POST. Leaves for the login page when the session is over.
  async function call(url, data) {
    busy(true);
    try {
      const response = await fetch(url, {
        method: data ? 'POST' : 'GET',
        headers: { 'Content-Type': 'application/json', 'X-Requested-With': 'XMLHttpRequest', 'X-Request-Id': crypto.getRandomValues(new Uint32Array(2)).join('') },
        body: data && JSON.stringify(data),
      });
      if (response.status === 401) { location.href = (await response.json()).location; return new Promise(() => {}); }
      if (!response.ok) return { ok: false, message: 'An unexpected error has occurred. Please try again.' };
      return await response.json();
    } catch (error) {
      return { ok: false, message: 'The server could not be reached. Please try again.' };
    } finally {
      busy(false);
    }
  }

  // OK and Save & Close want a real press; a click made by a script is not one.
  let down = null;
  document.addEventListener('mousedown', event => { down = event.target; }, true);
  const pressed = button => Boolean(down) && button.contains(down);

  // Show a dialog until one of its buttons is pressed; true for OK and Yes.
  function dialog(id, message) {
    const box = document.getElementById(id);
    box.querySelector('.Message').textContent = message;
    box.classList.add('Active');
    overlay.classList.add('Active');
    return new Promise(resolve => {
      box.querySelectorAll('.Button').forEach(button => {
        button.onclick = () => {
          if (button.classList.contains('Okay') && !pressed(button)) return;
          box.classList.remove('Active');
          overlay.classList.remove('Active');
          resolve(!button.classList.contains('No'));
        };
      });
    });
  }
  const alert = message => dialog('AlertDialog', message);
  const confirm = message => model.questions === 'native' ? window.confirm(message) : dialog('ConfirmationDialog', message);

  function open(url) {
    const features = model.editors === 'tab' ? undefined : 'width=980,height=780,resizable=yes,scrollbars=yes';
    const name = model.editors === 'named' ? document.title.replace(/\W/g, '') : '_blank';
    const opened = model.faults.popup_blocked ? null : window.open(url, name, features);
    if (!opened) alert('A window could not be opened. Allow pop-up windows for this site and try again.');
  }

  function refreshOpener() {
    try { if (window.opener && window.opener.refreshGrid) window.opener.refreshGrid(); } catch (error) { /* gone */ }
  }

  function closeWindow() { refreshOpener(); window.close(); }

  document.addEventListener('click', event => {
    const link = event.target.closest('[data-href]');
    if (link) location.href = link.dataset.href;
  });
  // Drawn buttons are no buttons to the browser: give them the keyboard.
  document.addEventListener('keydown', event => {
    const drawn = event.target.closest('a.Button, .Button2, .TabIndexHack, .Toggle, .Toggle2, a.Link');
    if (drawn && (event.key === 'Enter' || event.key === ' ')) { event.preventDefault(); down = drawn; drawn.click(); }
  });

  // What shall go wrong on this page, if anything.
  const { alert: message, native_alert: native, overlay: covered } = model.faults;
  const tour = document.querySelector('.walkme-tour');
  if (message) alert(message.text || 'Your session has been updated.');
  if (native) setTimeout(() => window.alert(native.text || 'Your session has been updated.'), 0);
  if (covered) { busy(true); setTimeout(() => busy(false), covered.ms || 3000); }
  if (tour) tour.querySelector('button').addEventListener('click', () => tour.remove());

  return { model, call, alert, confirm, pressed, open, refreshOpener, closeWindow };
})();
