// The login document: panels that follow each other.
(function () {
  const model = JSON.parse(document.getElementById('model').textContent);
  const base = '/Mvc/Framework/Authentication.mvc/';
  // What was typed; a value set without an input event does not count.
  const typed = {};
  const keys = { UserName: 'UserName', Password: 'Password' };
  if (window.top !== window.self) window.top.location = location.href;

  document.addEventListener('input', event => {
    typed[keys[event.target.name] || (event.target.dataset.role === 'code' ? 'Code' : '')] = event.target.value;
  });

  function show(name) {
    document.querySelectorAll('.Panel').forEach(panel => { panel.hidden = panel.dataset.panel !== name; });
    document.querySelector('[data-role=known]').textContent = typed.UserName || '';
    const first = document.querySelector(`[data-panel=${name}] input`);
    if (first) first.focus();
  }

  function complain(text) {
    const bar = document.querySelector('[data-role=error]');
    bar.textContent = text || '';
    bar.hidden = !text;
  }

  async function post(step, values) {
    const response = await fetch(base + step, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Requested-With': 'XMLHttpRequest' },
      body: JSON.stringify({ ...values, ReturnUrl: model.returnUrl }),
    });
    const answer = await response.json();
    complain(answer.error);
    if (answer.location) location.href = answer.location;
    if (answer.panel) show(answer.panel);
  }

  const commands = {
    user_name: () => typed.UserName ? post('UserName', { UserName: typed.UserName }) : complain('Enter your username.'),
    password: () => typed.Password ? post('Password', typed) : complain('Enter your password.'),
    code: () => typed.Code ? post('Code', { Code: typed.Code }) : complain('Enter the code.'),
    kaseyaone: () => { location.href = base + 'KaseyaOne'; },
    back: () => { complain(); show('user_name'); },
    not_simulated: () => complain('The simulator goes no further here.'),
  };

  document.addEventListener('click', event => {
    const button = event.target.closest('[data-command]');
    if (button) commands[button.dataset.command]();
  });
  document.addEventListener('keydown', event => {
    if (event.key !== 'Enter') return;
    const button = event.target.closest('.Panel').querySelector('[data-command]');
    if (button) { event.preventDefault(); commands[button.dataset.command](); }
  });
  show('user_name');
})();
