// Both shells: menus, and the frame that shows the pages.
(function () {
  const model = JSON.parse(document.getElementById('model').textContent);
  const content = document.querySelector('main [data-slot=iframe] iframe');

  function logOut() {
    const leave = () => { location.href = '/Mvc/Framework/Authentication.mvc/LogOut'; };
    const dialog = document.querySelector('[data-role=in-out]');
    if (!dialog) { leave(); return; }
    dialog.hidden = false;
    dialog.querySelectorAll('[data-role=in-out-close]').forEach(button => { button.onclick = leave; });
  }

  function go(target) {
    if (target === 'logout') { logOut(); return; }
    content.src = target;
    const data = btoa(JSON.stringify({ url: target }));
    history.replaceState(null, '', `${model.path}?view=page&view-data=${encodeURIComponent(data)}`);
  }

  // Today's shell: the menu appears late and pushes the content aside; Admin opens a layer of its own.
  const panel = document.querySelector('[data-slot=side-panel]');
  if (panel) {
    setTimeout(() => { panel.hidden = false; }, Math.max(model.late, 120));
    panel.querySelector('[data-slot=fold]').addEventListener('click', () => {
      const folded = panel.classList.toggle('icons');
      fetch('/Mvc/Framework/Preferences.mvc/Save', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-Requested-With': 'XMLHttpRequest' },
        body: JSON.stringify({ name: 'menu', folded }),
      });
    });
    const openAdmin = item => item.appendChild(panel.querySelector('template').content.firstElementChild.cloneNode(true));
    const closeAdmin = () => panel.querySelectorAll('.nested').forEach(layer => layer.remove());
    panel.addEventListener('click', event => {
      const item = event.target.closest('[role=menuitem]');
      if (!item) return;
      panel.querySelectorAll('.chosen').forEach(other => other.classList.remove('chosen'));
      if (item.dataset.layer) {
        closeAdmin();
        if (item.dataset.layer === 'admin') openAdmin(item);
        panel.classList.toggle('in-admin', item.dataset.layer === 'admin');
      } else {
        item.classList.add('chosen');
        go(item.dataset.go);
      }
    });
    panel.addEventListener('keydown', event => { if (event.key === 'Enter') event.target.click(); });
  }
  document.querySelectorAll('.profile [data-go]').forEach(item => item.addEventListener('click', () => go(item.dataset.go)));

  // The older shell: menus open while the mouse is over them.
  document.querySelectorAll('[data-role=hover]').forEach(place => {
    const menu = place.querySelector('[data-role=mega]');
    const links = menu.querySelector('.o-links');
    place.addEventListener('mouseenter', () => setTimeout(() => { menu.hidden = !place.matches(':hover'); }, model.late));
    place.addEventListener('mouseleave', () => { menu.hidden = true; if (links) links.hidden = true; });
    menu.querySelectorAll('.o-module').forEach(module => module.addEventListener('mouseenter', () => {
      menu.querySelectorAll('.o-module').forEach(other => other.classList.toggle('chosen', other === module));
      links.hidden = links.dataset.of !== module.dataset.module;
    }));
    menu.addEventListener('click', event => {
      const item = event.target.closest('[data-go]');
      if (!item) return;
      menu.hidden = true;
      go(item.dataset.go);
    });
  });
})();
