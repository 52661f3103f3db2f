// Sections that fold. What folds them is a click anywhere in the heading or on the toggle only.
(function () {
  const where = AT.model.toggle === 'toggle' ? '.Toggle, .Toggle2' : '.HeadingContainer, .Heading, .Heading2';

  function fold(section, collapsed) {
    section.classList.toggle('Collapsed', collapsed);
    const toggle = section.querySelector('.Toggle');
    if (AT.model.remember) AT.call('/Mvc/Framework/Preferences.mvc/Save', { name: section.dataset.name, folded: collapsed });
    if (toggle) { toggle.classList.toggle('Expand', collapsed); toggle.classList.toggle('Collapse', !collapsed); }
  }

  document.addEventListener('click', event => {
    const place = event.target.closest(where);
    const section = place && place.closest('.Section, .Section2');
    if (section && !event.target.closest('.PermissionLinks, .Content')) {
      fold(section, !section.classList.contains('Collapsed'));
    }
    const all = event.target.closest('[data-expand]');
    if (all) document.querySelectorAll('.Section, .Section2').forEach(each => fold(each, all.dataset.expand === '0'));
  });
})();
