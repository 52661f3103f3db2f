// How saving goes: ({post, close, say}) => done. post() saves and answers, close() closes the window. greyed: see grey().
dimension({"name": "saving", "pages": ["level", "user"], "varies": "what happens at Save & Close", "usual": 0.4});

variation({"name": "the window closes", "evidenced": "AES, markup notes: calls the opener back and closes itself"}, async ({ post, close }) => close(await post()));
variation({"name": "a while behind the loading indicator", "evidenced": "a public driver: #LoadingIndicator.Active, then the notice of delay"}, async ({ post, close }) => {
  busy(true);
  const answer = await post(2500);
  busy(false);
  return close(answer);
});
variation({"name": "the notice of delay", "evidenced": "a public driver: Processing your request... This may take several seconds"}, async ({ post, close }) => {
  busy(true, 'Processing your request... This may take several seconds');
  const answer = await post(4000);
  busy(false);
  return close(answer);
});
variation({"name": "greyed until something is changed", "evidenced": "markup notes: Save may be .Disabled2 until something is typed"}, Object.assign(async ({ post, close }) => close(await post()), { greyed: true }));
variation({"name": "a while, and nothing is seen", "assumed": "a slow server"}, async ({ post, close }) => close(await post(6000)));
variation({"name": "the window closes before the answer", "assumed": "pages that do not wait"}, async ({ post }) => { post(1500); await later(100); window.close(); });
variation({"name": "Please wait", "assumed": "words while it lasts"}, async ({ post, close }) => {
  const words = make('div.Notice', { role: 'status' }, 'Please wait while your changes are saved.');
  document.body.append(words);
  const answer = await post(2500);
  words.remove();
  return close(answer);
});
variation({"name": "a notice, then the window closes", "assumed": "words after it was stored"}, async ({ post, close }) => {
  const answer = await post();
  if (answer.ok) { document.body.append(make('div.Notice', { role: 'status' }, 'Your changes have been saved.')); await later(1200); }
  return close(answer);
});
variation({"name": "a message to be confirmed, then the window closes", "assumed": "words after it was stored, in a box"}, async ({ post, close }) => {
  const answer = await post();
  if (answer.ok) await dialog('Your changes have been saved.', 'OK');
  return close(answer);
});
variation({"name": "a question", "assumed": "a warning that can be answered no", "stops": "nobody has said what to answer"}, async ({ post, close, warning }) => {
  if ((await dialog(`${warning} Do you want to continue?`, 'Yes', 'No')) === 'No') return null;
  return close(await post());
});
variation({"name": "the browser's question", "assumed": "the same, the browser's own", "stops": "nobody has said what to answer"}, async ({ post, close, warning }) => (confirm(`${warning} Do you want to continue?`) ? close(await post()) : null));
variation({"name": "an error that stays", "assumed": "the server refuses", "stops": "the server refuses"}, async () => { document.body.prepend(make('div.MessageBarContainer', {}, make('div.MessageBar', { role: 'alert' }, 'The changes could not be saved because of a temporary problem.'))); });
variation({"name": "another administrator saves meanwhile", "assumed": "nothing keeps two from one level", "stops": "what another has stored would be lost", "faults": [{"kind": "concurrent_change", "page": "edit_level"}, {"kind": "concurrent_change", "page": "edit_api_user"}]}, async ({ post, close }) => close(await post()));
variation({"name": "stored otherwise than shown", "assumed": "the server's own rules", "stored": true, "faults": [{"kind": "save_lost", "page": "save_level*"}, {"kind": "save_lost", "page": "save_api_user*"}]}, async ({ post, close }) => close(await post()));

dimension({"name": "toolbar", "pages": ["level", "user"], "varies": "what the buttons of the page are", "usual": 0.3});
// commands: name -> what it does; harmful neighbours are on some of the bars.
variation({"name": "first generation", "evidenced": "clone of 2017"}, commands =>
  make('div.ButtonContainer', {}, commands.map(([name, act]) => press(make('a.Button.ButtonIcon.NormalState', { tabindex: 0 }, make('span.Icon', {}, picture('M3 3h8l2 2v8H3z')), make('span.Text', {}, name)), act))));
variation({"name": "second generation", "evidenced": "markup notes of Autotask Queue Monitor"}, commands =>
  make('div.ToolBar', {}, commands.map(([name, act]) => make('div.ToolBarItem.Left', {}, press(make('div.Button2.ButtonIcon2.NormalBackground', { tabindex: 0 }, picture('M3 3h8l2 2v8H3z'), make('div.Spacer'), make('div.Text2', {}, name), make('div.Spacer')), act)))));
variation({"name": "buttons to submit", "evidenced": "clone of 2017: input[type=submit]"}, commands =>
  make('form.ButtonContainer.header-title', { onsubmit: event => event.preventDefault() }, make('ul.Bare', {}, commands.map(([name, act]) => make('li', {}, make('i.icon-1'), press(make('input', { type: 'submit', value: name }), act))))));
variation({"name": "buttons", "assumed": "plain HTML"}, commands =>
  make('div.ToolBar', {}, commands.map(([name, act]) => press(make('button', { type: 'button' }, name), act))));
variation({"name": "a button and a menu", "evidenced": "first generation: SaveDropDownButton, .Left and .Right; which command is which is not seen"}, commands => buttonAndMenu(commands, 'Save & Close'));
variation({"name": "Save & Close in a menu", "assumed": "the same the other way round"}, commands => buttonAndMenu(commands, commands[0][0]));
variation({"name": "harmful neighbours", "evidenced": "picture 2018-paid-resource-page: Save & Copy; 2021-edit-api-user: Erase (Redact)"}, commands =>
  make('div.ToolBar', {}, [['Save & Copy', harm('Save & Copy')], ...commands, ['Erase (Redact)', harm('Erase (Redact)')], ['Delete', harm('Delete')]].map(([name, act]) =>
    make('div.ToolBarItem.Left', {}, press(make('div.Button2.ButtonIcon2.NormalBackground', { tabindex: 0 }, make('div.Text2', {}, name)), act)))));

function buttonAndMenu(commands, first) {
  const button = ([name, act], what) => press(make(what, { tabindex: 0 }, make('span.Text', {}, name)), act);
  const menu = make('div.ContextOverlay', {}, commands.filter(([name]) => ![first, 'Cancel'].includes(name)).map(command => button(command, 'a.Button')));
  const arrow = press(make('a.Button.ButtonIcon.Right', { tabindex: 0, title: 'More' }, make('span.Icon', {}, picture('M4 6l4 4 4-4'))), () => menu.classList.toggle('Active'));
  return make('div.ButtonContainer', {},
    make('div.DropDownButtonContainer', {}, button(commands.find(([name]) => name === first), 'a.Button.ButtonIcon.Left'), arrow, menu),
    button(commands.find(([name]) => name === 'Cancel'), 'a.Button.ButtonIcon'));
}

// Save and its neighbours are greyed until something on the page was changed.
function grey(bar, forEver) {
  const buttons = [...bar.querySelectorAll('a, .Button2, button, input')].filter(node => (node.value || node.textContent).includes('Save'));
  const set = on => {
    bar.classList.toggle('Unchanged', on);
    buttons.forEach(node => { node.classList.toggle(node.matches('.Button2') ? 'Disabled2' : 'Disabled', on); if ('disabled' in node) node.disabled = on; });
  };
  set(true);
  if (!forEver) ['put', 'input', 'change', 'click'].forEach(kind => document.addEventListener(kind, event => { if (kind !== 'click' || event.target.closest('.PermissionLinks')) set(false); }));
}
