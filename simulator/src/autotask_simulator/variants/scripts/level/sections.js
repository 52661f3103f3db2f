// What a section is made of. section: {heading, links, open, content()}; content is drawn when it is asked for.
dimension({"name": "sections", "pages": ["level"], "varies": "what the sections are made of", "usual": 0.2});

const toggling = (node, section) => press(node, event => { if (!event.target.closest('.PermissionLinks')) section.classList.toggle('Collapsed'); });

variation({"name": "first generation", "evidenced": "clone of 2017; picture 2025-editor-section-other"}, sections => sections.map(section => {
  const node = make(`div.Normal.Section${section.open ? '' : '.Collapsed'}`);
  const heading = make('div.Heading', {}, make('div.Toggle.Expand', { tabindex: 0 }, make('div.Vertical'), make('div.Horizontal')), make('span.Text', {}, section.heading), section.links);
  node.append(toggling(heading, node), make('div.Content', {}, make('div.Large.Column', {}, section.content())));
  return node;
}));

variation({"name": "first generation, opened by its toggle only", "evidenced": "clone of 2017"}, sections => sections.map(section => {
  const node = make(`div.Normal.Section${section.open ? '' : '.Collapsed'}`);
  const toggle = make('div.Toggle.Expand', { tabindex: 0 }, make('div.Vertical'), make('div.Horizontal'));
  node.append(make('div.Heading', {}, toggling(toggle, node), make('span.Text', {}, section.heading), section.links), make('div.Content', {}, make('div.Large.Column', {}, section.content())));
  return node;
}));

variation({"name": "second generation", "evidenced": "AES, markup notes of Autotask Queue Monitor"}, sections => sections.map(section => {
  const node = make(`div.Normal.Section${section.open ? '' : '.Collapsed'}`);
  const heading = make('div.HeadingContainer', {}, make('div.Heading', {}, make('div.Toggle'), make('div.Text', {}, make('span.PrimaryText', {}, section.heading))), section.links);
  node.append(make('div.CollapsibleSectionContainer', {}, toggling(heading, node)), make('div.ContentContainer', {}, make('div.Content', {}, section.content())));
  return node;
}));

variation({"name": "details headings", "evidenced": "AES: .DetailsSectionHeading .Left .Text"}, sections => sections.map(section => {
  const node = make(`div.Section${section.open ? '' : '.Collapsed'}`);
  node.append(toggling(make('div.DetailsSectionHeading', { tabindex: 0 }, make('div.Left', {}, make('div.Toggle'), make('div.Text', {}, section.heading)), make('div.Right', {}, section.links)), node), make('div.Content', {}, section.content()));
  return node;
}));

variation({"name": "details and summary", "assumed": "the browser's own"}, sections => sections.map(section =>
  make('details.Section', { open: section.open }, make('summary', {}, make('span.Text', {}, section.heading), section.links), make('div.Content', {}, section.content()))));

variation({"name": "headings with buttons", "assumed": "accessible accordions: h3 > button[aria-expanded]"}, sections => sections.map(section => {
  const content = identified(make('div.Content', { role: 'region', hidden: !section.open }, section.content()));
  const button = press(make('button.Bare', { type: 'button', 'aria-expanded': String(section.open), 'aria-controls': content.id }, section.heading), () => {
    content.hidden = !content.hidden;
    button.setAttribute('aria-expanded', String(!content.hidden));
  });
  return make('section.Section', {}, make('div.Heading', {}, make('h3', {}, button), section.links), content);
}));

variation({"name": "field sets", "assumed": "accessible HTML; nothing is folded"}, sections => sections.map(section =>
  make('fieldset.Section', {}, make('legend', {}, section.heading), section.links, make('div.Content', {}, section.content()))));

variation({"name": "one tab for each", "assumed": "tabs of the second generation (.TabHeadingContainer, .TabButton) are known, not that sections stand in them"}, sections => {
  const parts = sections.map(section => make('div.TabPart', {}, make('div.Heading', {}, make('span.Text', {}, section.heading), section.links), make('div.Content', {}, section.content())));
  const buttons = sections.map((section, index) => press(make('div.TabButton', { tabindex: 0 }, make('div.Text', {}, section.heading)), () => show(index)));
  const show = index => {
    parts.forEach((part, other) => { part.hidden = other !== index; });
    buttons.forEach((button, other) => button.classList.toggle('Active', other === index));
  };
  show(0);
  return [make('div.TabHeadingContainer', {}, buttons), ...parts];
});

variation({"name": "drawn when they are opened", "assumed": "long pages are often drawn in parts"}, sections => sections.map(section => {
  const node = make('div.Normal.Section.Collapsed');
  const content = make('div.Content');
  let drawn = false;
  const open = async () => { if (!drawn) { drawn = true; await later(250); content.append(...[section.content()].flat(9)); } };
  const heading = press(make('div.Heading', {}, make('div.Toggle', { tabindex: 0 }), make('span.Text', {}, section.heading), section.links), event => {
    if (event.target.closest('.PermissionLinks')) return;
    node.classList.toggle('Collapsed');
    open();
  });
  node.append(heading, content);
  if (section.open) { node.classList.remove('Collapsed'); open(); }
  return node;
}));

variation({"name": "headings alone", "assumed": "nothing folds, nothing frames a section but its heading"}, sections => sections.flatMap(section =>
  [make('h2', {}, section.heading), section.links, make('div.Flat', {}, section.content())]));

dimension({"name": "opening", "pages": ["level"], "varies": "which sections lie open at the start", "usual": 0.5});
variation({"name": "closed", "evidenced": "clone of 2017"}, () => false);
variation({"name": "open", "evidenced": "kept per user, so an editor may come with all open"}, () => true);
variation({"name": "some open", "evidenced": "kept per user"}, index => index % 3 === 0);

dimension({"name": "links", "pages": ["level"], "varies": "what the two links of a section are", "usual": 0.3});

const link = (node, act, what) => press(node, event => { event.stopPropagation(); act(what); });

variation({"name": "Full Permission, No Permission", "evidenced": "picture 2025-editor-section-other"}, act =>
  make('div.PermissionLinks', {}, ['Full', 'No'].map(what => link(make('a.Button.ButtonIcon.Link', { tabindex: 0 }, make('span.Text', {}, `${what} Permission`)), act, what))));
variation({"name": "Permission: Full | None", "evidenced": "clone of 2017"}, act =>
  make('span.Right.PermissionLinks', {}, make('span.Text', {}, 'Permission:'), link(make('a.Button.ButtonIcon.Link.NormalState.Full', { tabindex: 0 }, 'Full'), act, 'Full'), make('span.VerticalSeparator'),
    link(make('a.Button.ButtonIcon.Link.NormalState.Empty', { tabindex: 0 }, 'None'), act, 'No')));
variation({"name": "links of the second generation", "evidenced": "buttons of the second generation: div.Button2 > .Text2"}, act =>
  make('div.PermissionLinks', {}, ['Full', 'No'].map(what => link(make('div.Button2.Link2', { tabindex: 0 }, make('div.Spacer'), make('div.Text2', {}, `${what} Permission`), make('div.Spacer')), act, what))));
variation({"name": "links with an address", "assumed": "href with a script or a hash"}, act =>
  make('div.PermissionLinks', {}, ['Full', 'No'].map(what => link(make('a', { href: '#' }, `${what} Permission`), act, what))));
variation({"name": "buttons to submit", "assumed": "buttons of the oldest pages are input[type=submit]"}, act =>
  make('form.PermissionLinks', { onsubmit: event => event.preventDefault() }, ['Full', 'No'].map(what => link(make('input', { type: 'submit', value: `${what} Permission` }), act, what))));
variation({"name": "buttons", "assumed": "plain HTML"}, act =>
  make('div.PermissionLinks', {}, ['Full', 'No'].map(what => link(make('button', { type: 'button' }, `${what} Permission`), act, what))));
variation({"name": "no links", "assumed": "a build may lack them"}, () => null);
variation({"name": "in a menu", "assumed": "actions of a section behind three dots"}, act => {
  const menu = make('div.ContextOverlay', {}, ['Full', 'No'].map(what => link(make('div.Button2', { tabindex: 0, role: 'menuitem' }, make('div.Text2', {}, `${what} Permission`)), act, what)));
  return make('div.PermissionLinks', {}, press(make('button', { type: 'button', title: 'Actions', 'aria-haspopup': 'menu' }, '⋮'), event => { event.stopPropagation(); menu.classList.toggle('Active'); }), menu);
});

dimension({"name": "groups", "pages": ["level"], "varies": "what the heading of a group is", "usual": 0.3, "mixed": true});

const annotated = (group, what) => make(what, {}, group.title, group.annotation ? [' ', make('span.Edit_TableTitleAnnotion', {}, group.annotation)] : []);
const explained = group => (group.text ? make('div.Explanation', {}, group.text) : null);

variation({"name": "bold", "evidenced": "picture 2025-editor-section-other"}, (group, content) =>
  make('div.Edit_LayoutBlock', {}, group.title && annotated(group, 'div.Edit_TableTitle'), explained(group), content));
variation({"name": "not bold", "evidenced": "clone of 2017: CheckBoxGroupLabel"}, (group, content) =>
  make('div.CheckBoxGroupContainer', {}, group.title && make('div.CheckBoxGroupLabel', {}, make('div', {}, make('span.Label', {}, group.title))), group.annotation && make('div.Edit_TableTitleAnnotion', {}, group.annotation), explained(group), content));
variation({"name": "not bold, all groups in one block", "evidenced": "clone of 2017"}, (group, content) =>
  [group.title && make('div.CheckBoxGroupLabel', {}, make('div', {}, make('span.Label', {}, group.title))), group.annotation && make('div.Edit_TableTitleAnnotion', {}, group.annotation), explained(group), content]);
variation({"name": "h4", "assumed": "accessible HTML"}, (group, content) =>
  make('div.Group', {}, group.title && annotated(group, 'h4'), explained(group), content));
variation({"name": "legend", "assumed": "accessible HTML"}, (group, content) =>
  make('fieldset', {}, group.title && annotated(group, 'legend'), explained(group), content));
variation({"name": "capitals by style", "assumed": "headings are in capitals in several builds"}, (group, content) =>
  make('div.Group', {}, group.title && make('p', { style: 'text-transform: uppercase; color: #6b7a83' }, group.title), explained(group), content));
variation({"name": "group named by its heading", "assumed": "accessible HTML: role=group, aria-labelledby"}, (group, content) => {
  const heading = identified(make('div', { style: 'color: #2b4656' }, group.title));
  return make('div.Group', group.title ? { role: 'group', 'aria-labelledby': heading.id } : {}, group.title && heading, explained(group), content);
});
