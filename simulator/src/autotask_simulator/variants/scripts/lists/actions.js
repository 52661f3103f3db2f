dimension({"name": "row icons", "pages": ["lists"], "varies": "what opens the menu of a row", "usual": 0.25});
// (openMenu, row) => nodes; openMenu takes the event. byRightClick: a right click opens the menu, whatever else is drawn.
const lines = 'M2 4h1M5 4h9M2 8h1M5 8h9M2 12h1M5 12h9';
const bin = 'M3 4h10M6 4V2h4v2M4 4l1 10h6l1-10';
variation({"name": "an icon of lines", "evidenced": "picture 2025-admin-menu-and-new-api-user; markup notes: .Button.ContextMenu[data-route-key]"}, open => press(make('div.Button.ButtonIcon.ContextMenu', { tabindex: 0, 'data-route-key': '1' }, picture(lines)), open));
variation({"name": "a link of the first generation", "evidenced": "clone of 2017"}, open => press(make('a.Button.ButtonIcon.ContextMenu', { tabindex: 0 }, make('span.Icon', {}, picture(lines))), open));
variation({"name": "a button that says that it has a menu", "assumed": "component libraries"}, open => press(make('button', { type: 'button', 'aria-haspopup': 'menu', 'aria-label': 'Row actions' }, '⋮'), open));
variation({"name": "Menu, as its title", "assumed": "a tooltip"}, open => press(make('span.Icon', { tabindex: 0, title: 'Context Menu' }, picture(lines)), open));
variation({"name": "none, by right click only", "evidenced": "guides: right-click the row"}, Object.assign(() => null, { byRightClick: true }));
variation({"name": "with harmful icons beside it that say what they are", "assumed": "icons for single actions"}, open => [
  press(make('span.Icon', { tabindex: 0, title: 'Delete' }, picture(bin)), harm('Delete icon')), press(make('div.Button.ButtonIcon.ContextMenu', { tabindex: 0 }, picture(lines)), open)]);
variation({"name": "an icon that says nothing, a harmful one beside it", "assumed": "icons for single actions"}, open => [
  press(make('span.i1', { tabindex: 0 }, picture(bin)), harm('an unknown icon')), press(make('span.i2', { tabindex: 0 }, picture(lines)), open)]);

dimension({"name": "right click", "pages": ["lists"], "varies": "whether a right click opens the menu of a row", "usual": 0.7});
variation({"name": "opens it", "evidenced": "guides: right-click the row"}, true);
variation({"name": "does nothing", "evidenced": "a preference of the user can switch it off"}, false);

dimension({"name": "menus", "pages": ["lists"], "varies": "what the menu of a row is made of", "usual": 0.35});
// (items: [{label, disabled, act}]) => node
variation({"name": "overlay of the second generation", "evidenced": "markup notes: .ContextOverlay full of .Button2"}, items => make('div.ContextOverlayContainer', {}, make('div.ContextOverlay.Active', {}, items.map(item => {
  const node = make(`div.Button2.ButtonIcon2${item.disabled ? '.Disabled2' : ''}`, { tabindex: 0 }, make('div.Spacer'), make('div.Text2', {}, item.label), make('div.Spacer'));
  return item.disabled ? node : press(node, item.act);
}))));
variation({"name": "menu of the clone", "evidenced": "clone of 2017: a list of items"}, items => make('div.menu', {}, make('ul.Bare.Column', {}, items.map(item => { const node = make(`li${item.disabled ? '.Disabled' : ''}`, {}, item.label); return item.disabled ? node : press(node, item.act); }))));
variation({"name": "ARIA menu", "assumed": "component libraries"}, items => make('ul.AriaPopup', { role: 'menu' }, items.map(item => { const node = make('li', { role: 'menuitem', tabindex: -1, 'aria-disabled': String(Boolean(item.disabled)) }, item.label); return item.disabled ? node : press(node, item.act); })));
variation({"name": "buttons in a layer", "assumed": "plain HTML"}, items => make('div.Layer', {}, items.map(item => { const node = make('button', { type: 'button', disabled: Boolean(item.disabled) }, item.label); return item.disabled ? node : press(node, item.act); })));

dimension({"name": "new", "pages": ["lists"], "varies": "how a new API user is begun", "usual": 0.2});
// (paid, user, layer) => node; paid opens what costs money
const entries = (paid, user) => [['New Resource', paid], ['New API User', user]].map(([label, act]) => press(make('div.Button2.ButtonIcon2', { tabindex: 0 }, make('div', {}, make('span.Text2', {}, label))), act));
const layer = children => make('div.ContextOverlayContainer', {}, make('div.ContextOverlay', {}, children));
const plus = 'M8 2v12M2 8h12';
variation({"name": "a button in two halves", "evidenced": "picture 2025-admin-menu-and-new-api-user"}, (paid, user) => {
  const menu = layer(entries(paid, user));
  return make('div.DropDownButton2.Combined', {}, press(make('div.Button2.ButtonIcon2.NormalBackground', { tabindex: 0 }, picture(plus), make('div.Text2', {}, 'New')), paid),
    press(make('div.Button2.ButtonIcon2.NormalBackground', { tabindex: 0 }, picture('M4 6l4 4 4-4')), () => menu.firstChild.classList.toggle('Active')), menu);
});
variation({"name": "a button in two halves, opened by hovering", "evidenced": "guides: hover over New"}, (paid, user) => {
  const menu = layer(entries(paid, user));
  const whole = make('div.DropDownButton2.Combined', {}, press(make('div.Button2.ButtonIcon2.NormalBackground', { tabindex: 0 }, picture(plus), make('div.Text2', {}, 'New')), paid), make('div.Button2.ButtonIcon2.NormalBackground', {}, picture('M4 6l4 4 4-4')), menu);
  whole.addEventListener('mouseenter', () => menu.firstChild.classList.add('Active'));
  whole.addEventListener('mouseleave', () => menu.firstChild.classList.remove('Active'));
  return whole;
});
variation({"name": "a separate arrow, an export icon beside it", "evidenced": "picture 2020-resources-list-new-menu"}, (paid, user) => {
  const menu = layer(entries(paid, user));
  return make('div.ToolBarItem', {}, press(make('div.Button2', { tabindex: 0 }, picture(plus), make('span.Text', {}, 'New')), paid), press(make('div.Button2', { tabindex: 0 }, make('span', {}, '▾')), () => menu.firstChild.classList.toggle('Active')), menu,
    press(make('div.Button2', { tabindex: 0 }, picture('M8 10V2M5 5l3-3 3 3M2 10v4h12v-4')), harm('Export')));
});
variation({"name": "a picture in the half that costs money, a glyph as arrow", "assumed": "halves that say little"}, (paid, user) => {
  const menu = layer(entries(paid, user));
  return make('div.DropDownButtonContainer', {}, press(make('a.Button.ButtonIcon.Left', { tabindex: 0 }, make('img', { alt: '', src: 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', width: 14, height: 14 }), make('span.Text', {}, 'New')), paid),
    press(make('a.Button.ButtonIcon.Right', { tabindex: 0 }, '▼'), () => menu.firstChild.classList.toggle('Active')), menu);
});
variation({"name": "one button that says that it has a menu", "assumed": "component libraries"}, (paid, user) => {
  const menu = make('ul.AriaPopup', { role: 'menu', hidden: true }, [['New Resource', paid], ['New API User', user]].map(([label, act]) => press(make('li', { role: 'menuitem', tabindex: -1 }, label), () => { menu.hidden = true; act(); })));
  const button = press(make('button', { type: 'button', 'aria-haspopup': 'menu', 'aria-expanded': 'false' }, '+ New'), () => { menu.hidden = !menu.hidden; button.setAttribute('aria-expanded', String(!menu.hidden)); });
  return make('div.DropDownButton2', {}, button, menu);
});
variation({"name": "two buttons", "assumed": "no menu"}, (paid, user) => make('div.ToolBarItem', {}, press(make('div.Button2', { tabindex: 0 }, make('div.Text2', {}, 'New Resource')), paid), press(make('div.Button2', { tabindex: 0 }, make('div.Text2', {}, 'New API User')), user)));
variation({"name": "entries Resource and API User below New", "assumed": "shorter words"}, (paid, user) => {
  const menu = layer([['Resource', paid], ['API User', user]].map(([label, act]) => press(make('div.Button2', { tabindex: 0 }, make('div.Text2', {}, label)), act)));
  return make('div.DropDownButton2.Combined', {}, press(make('div.Button2.ButtonIcon2.NormalBackground', { tabindex: 0 }, picture(plus), make('div.Text2', {}, 'New')), paid), press(make('div.Button2.ButtonIcon2.NormalBackground', { tabindex: 0, title: 'More' }, picture('M4 6l4 4 4-4')), () => menu.firstChild.classList.toggle('Active')), menu);
});

dimension({"name": "rows arrive", "pages": ["lists"], "varies": "when the rows of a list are there", "usual": 0.4});
variation({"name": "soon", "evidenced": "lists are filled by a script"}, { rows: 50 });
variation({"name": "after a while", "assumed": "a slow server"}, { rows: 1800 });
variation({"name": "behind a loading indicator", "evidenced": "a public driver: #LoadingIndicator.Active"}, { rows: 1500, busy: true });
variation({"name": "after the words that there are none", "assumed": "pages that begin empty"}, { rows: 1200, none: true });
variation({"name": "some, then the others", "assumed": "rows that come in parts"}, { rows: 300, part: 900 });
