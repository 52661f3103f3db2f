// The page of an ordinary resource; asks with the browser's own dialogs, as pages of its age do.
(function () {
  document.getElementById('HREF_btnCancel').addEventListener('click', event => { event.preventDefault(); AT.closeWindow(); });
  document.getElementById('HREF_btnSaveClose').addEventListener('click', async event => {
    event.preventDefault();
    const fields = document.querySelectorAll('.LegacyForm [name]');
    const values = Object.fromEntries([...fields].map(field => [field.name, field.value]));
    const answer = await AT.call(location.pathname, values);
    if (answer.ok) AT.closeWindow(); else window.alert(answer.message);
  });
})();
