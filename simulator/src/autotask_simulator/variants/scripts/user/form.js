// What the form of an API user is made of. parts: [{heading, columns: [[...], [...]]}]
dimension({"name": "form", "pages": ["user"], "varies": "what the parts of the form are made of", "usual": 0.25});

const sides = part => make('div.Columns', {}, part.columns.map(column => make('div.Column', {}, column)));

variation({"name": "four boxes", "evidenced": "pictures 2021-edit-api-user, 2025-api-user-general"}, parts => parts.map(part =>
  make('div.Section2', {}, make('div.Heading2', {}, make('div.Text2', {}, part.heading)), make('div.Content', {}, sides(part)))));
variation({"name": "four boxes, two headed General", "evidenced": "picture 2020-add-api-user"}, parts => parts.map(part =>
  make('div.Normal.Section', {}, make('div.Heading', {}, make('span.Text', {}, part.heading === 'Credentials' ? 'General' : part.heading)), make('div.Content', {}, sides(part)))));
variation({"name": "headings in capitals by style", "evidenced": "picture 2021-edit-api-user"}, parts => parts.map(part =>
  make('div.Normal.Section', {}, make('div.Heading', { style: 'text-transform: uppercase' }, make('span.Text', {}, part.heading)), make('div.Content', {}, sides(part)))));
variation({"name": "sections of the second generation", "evidenced": "AES; that they fold here is not seen"}, parts => parts.map((part, index) => {
  const node = make(`div.Normal.Section${index < 3 ? '' : '.Collapsed'}`);
  const heading = press(make('div.HeadingContainer', {}, make('div.Heading', {}, make('div.Toggle'), make('div.Text', {}, make('span.PrimaryText', {}, part.heading)))), () => node.classList.toggle('Collapsed'));
  node.append(make('div.CollapsibleSectionContainer', {}, heading), make('div.ContentContainer', {}, make('div.Content', {}, sides(part))));
  return node;
}));
variation({"name": "other headings", "assumed": "they were named otherwise before"}, parts => parts.map((part, index) =>
  make('div.Section2', {}, make('div.Heading2', {}, make('div.Text2', {}, ['User', 'API Access', 'Integration', 'Divisions'][index])), make('div.Content', {}, sides(part)))));
variation({"name": "one column, no headings", "assumed": "the plainest form"}, parts => parts.map(part => make('div.Flat', {}, part.columns)));
variation({"name": "field sets of the browser", "assumed": "accessible HTML"}, parts => parts.map(part => make('fieldset', {}, make('legend', {}, part.heading), sides(part))));
variation({"name": "h2", "assumed": "accessible HTML"}, parts => parts.map(part => make('section', {}, make('h2', {}, part.heading), sides(part))));
variation({"name": "tabs", "assumed": "older guides have tabs General and Security"}, parts => {
  const bodies = parts.map(part => make('div.TabPart', {}, sides(part)));
  const buttons = parts.map((part, index) => press(make('div.TabButton', { tabindex: 0, role: 'tab' }, make('div.Text', {}, part.heading)), () => show(index)));
  const show = index => {
    bodies.forEach((body, other) => { body.hidden = other !== index; });
    buttons.forEach((button, other) => { button.classList.toggle('Active', other === index); button.setAttribute('aria-selected', String(other === index)); });
  };
  show(0);
  return [make('div.TabHeadingContainer', { role: 'tablist' }, buttons), ...bodies];
});

dimension({"name": "stars", "pages": ["user"], "varies": "how what is required is marked", "usual": 0.4});
variation({"name": "asterisk", "evidenced": "pictures of all builds"}, () => make('span.Required.Active', {}, '*'));
variation({"name": "asterisk in the words", "assumed": "no element of its own"}, () => ' *');
variation({"name": "a drawn mark", "assumed": "by the style sheet, without words"}, () => make('span.Required.Mark'));
variation({"name": "the word", "assumed": "accessible forms"}, () => make('span.SecondaryText', {}, ' (required)'));
variation({"name": "no mark", "assumed": "found out at Save"}, () => null);

dimension({"name": "secret", "pages": ["user"], "varies": "how the secret of a user comes about", "usual": 0.4});
// {onNew, onEdit}: box (at once), button (a box after Generate Secret), text (a text after it).
variation({"name": "a box for a new user, none for one that exists until Generate Secret", "evidenced": "pictures 2020-add-api-user, 2021-edit-api-user; the box that comes is likely"}, { onNew: 'box', onEdit: 'button' });
variation({"name": "a box for a new user, a text for one that exists", "assumed": "whether a box or a text comes was not seen"}, { onNew: 'box', onEdit: 'text' });
variation({"name": "a box at once", "assumed": "contradicted for users that exist by the picture of 2021"}, { onNew: 'box', onEdit: 'box' });
variation({"name": "no box until Generate Secret", "assumed": "as for users that exist"}, { onNew: 'button', onEdit: 'button' });
variation({"name": "a box that hides what is typed", "assumed": "input[type=password]"}, { onNew: 'box', onEdit: 'button', type: 'password' });
variation({"name": "a box that takes characters out", "assumed": "characters that the server does not want", "stops": "what is stored would not be what was typed"}, { onNew: 'box', onEdit: 'button', takes: text => text.replaceAll('-', '') });
variation({"name": "a box that takes twelve characters", "assumed": "a longest length", "stops": "what is stored would not be what was typed"}, { onNew: 'box', onEdit: 'button', takes: text => text.slice(0, 12) });
variation({"name": "a box that is made anew when it is left", "assumed": "pages that redraw themselves"}, { onNew: 'box', onEdit: 'button', anew: true });

dimension({"name": "key", "pages": ["user"], "varies": "how the user name is typed", "usual": 0.3});
// {shown(name), split, late}
variation({"name": "whole", "evidenced": "picture 2020-add-api-user"}, {});
variation({"name": "its domain in capitals", "evidenced": "picture 2021-edit-api-user"}, { shown: name => name.replace(/@.*/, domain => domain.toUpperCase()) });
variation({"name": "a box and the domain behind it", "assumed": "only the part before the @ is free"}, { split: 'text' });
variation({"name": "a box and a list of domains", "assumed": "instances with several domains"}, { split: 'list' });
variation({"name": "in lower case when it is left", "assumed": "names are compared without regard to case"}, { takes: name => name.toLowerCase() });
variation({"name": "Generate Key answers late", "assumed": "the server makes it"}, { late: 1500 });

dimension({"name": "radios", "pages": ["user"], "varies": "how the kind of tracking identifier is chosen", "usual": 0.25});
// kinds: [[kind, word]]; (control) => node
variation({"name": "two drawn radio buttons", "evidenced": "picture 2025-api-user-tracking-identifier; AES"}, { kinds: 2, draw: control => drawn.choices['drawn radio buttons'](control) });
variation({"name": "three drawn radio buttons", "evidenced": "picture 2021-edit-api-user"}, { kinds: 3, draw: control => drawn.choices['drawn radio buttons'](control) });
variation({"name": "three native radio buttons", "evidenced": "picture 2020-add-api-user"}, { kinds: 3, draw: control => {
  const name = newId();
  const radios = control.words.map((_word, index) => identified(make('input', { type: 'radio', name, onchange: () => control.put(index) })));
  const group = make('div.RadioLines', {}, radios.map((radio, index) => make('div', {}, radio, make('label', { for: radio.id }, control.words[index]))));
  control.showing(group, () => radios.forEach((radio, index) => { radio.checked = index === control.value; radio.disabled = !control.enabled; }));
  return group;
} });
variation({"name": "ARIA radio buttons", "assumed": "component libraries"}, { kinds: 3, draw: control => {
  const radios = control.words.map((word, index) => press(make('div.AriaRadio', { role: 'radio', tabindex: 0 }, make('span.Dot'), word), () => control.put(index)));
  const group = make('div', { role: 'radiogroup' }, radios);
  control.showing(group, () => radios.forEach((radio, index) => { radio.setAttribute('aria-checked', String(index === control.value)); radio.setAttribute('aria-disabled', String(!control.enabled)); }));
  return group;
} });
variation({"name": "buttons side by side", "assumed": "segments, one of them pressed"}, { kinds: 2, draw: control => {
  const buttons = control.words.map((word, index) => press(make('button.Segment', { type: 'button' }, word), () => control.put(index)));
  const group = make('div.Segments', { role: 'group' }, buttons);
  control.showing(group, () => buttons.forEach((button, index) => { button.setAttribute('aria-pressed', String(index === control.value)); button.disabled = !control.enabled; }));
  return group;
} });

dimension({"name": "tracking at first", "pages": ["user"], "varies": "which kind of tracking identifier is chosen at first", "usual": 0.5});
variation({"name": "vendor", "evidenced": "pictures 2020-add-api-user, 2025-api-user-tracking-identifier"}, 'vendor');
variation({"name": "custom", "assumed": "any of them may be"}, 'custom');
variation({"name": "the last", "assumed": "any of them may be"}, 'last');
variation({"name": "none of them", "assumed": "any of them may be, or none"}, 'nothing');

dimension({"name": "tracking of a user that exists", "pages": ["user"], "varies": "how its tracking identifier is shown", "usual": 0.4});
variation({"name": "greyed", "evidenced": "picture 2021-edit-api-user"}, { radios: true, list: true });
variation({"name": "greyed, without radio buttons", "assumed": "there is nothing to choose"}, { radios: false, list: true });
variation({"name": "a text", "assumed": "there is nothing to choose"}, { radios: false, list: false });
variation({"name": "a text below the radio buttons", "assumed": "there is nothing to choose"}, { radios: true, list: false });

dimension({"name": "vendor", "pages": ["user"], "varies": "what choosing a vendor does", "usual": 0.5});
variation({"name": "nothing else", "evidenced": "guides of many vendors mention nothing"}, {});
variation({"name": "asks, in a box of the page", "evidenced": "an old guide of IT Glue: a warning that is answered Yes"}, { ask: async words => (await dialog(words, 'Yes', 'No')) === 'Yes' });
variation({"name": "asks, by the browser", "evidenced": "an old guide of IT Glue: a warning that is answered Yes; how it is made is not seen"}, { ask: words => confirm(words) });
variation({"name": "sets the security level", "assumed": "a vendor with a level of its own"}, { level: true });
variation({"name": "sets the e-mail address", "assumed": "a vendor's own address for notices"}, { email: 'notices@vendor.example' });
variation({"name": "a vendor is chosen at first", "assumed": "the first of the list"}, { first: true });

dimension({"name": "location", "pages": ["user"], "varies": "the primary internal location", "usual": 0.4});
variation({"name": "one of a list", "evidenced": "pictures 2021-edit-api-user, 2025-api-user-general"}, {});
variation({"name": "none", "evidenced": "picture 2020-add-api-user"}, { lacks: true });
variation({"name": "in a picker", "assumed": "the control that the pages have for long lists", "options": {"locations": ["Headquarters", "North - Branch", "North - Depot"]}}, { picker: true });
variation({"name": "several, none chosen", "evidenced": "must be chosen in most guides", "options": {"locations": ["Headquarters", "North - Branch", "North"]}}, {});
variation({"name": "chosen at first", "assumed": "the default location"}, { first: true });

dimension({"name": "arrival", "pages": ["user"], "varies": "when the form is complete", "usual": 0.4});
variation({"name": "at once", "evidenced": "no guide mentions anything"}, {});
variation({"name": "behind a loading indicator", "evidenced": "a public driver: #LoadingIndicator.Active"}, { busy: 1200, form: 1000 });
variation({"name": "defaults late", "assumed": "the formats of the default location, 0.9 s after the form"}, { defaults: 900 });
variation({"name": "the form late", "assumed": "drawn by a script that asks the server first"}, { form: 2000 });
variation({"name": "lists late", "assumed": "words that come after the controls"}, { lists: 1500 });
variation({"name": "handlers late", "assumed": "scripts that load after the page"}, { handlers: 1200 });
