// Where the words of a check box are: (control, words) => both, words being what to put into the label.
dimension({"name": "labels", "pages": ["level", "user"], "varies": "where the words of a check box are", "usual": 0.25, "mixed": true});

const box = control => chosen('boxes', control.code)(control);

variation({"name": "behind, tied to it", "evidenced": "markup of the first MVC generation"}, (control, words) =>
  make('div.Editor.CheckBox', {}, make('div.InputField', {}, make('div', {}, box(control)),
    make('div.EditorLabelContainer', {}, make('div.Label', {}, tie(control, make('label', {}, words)))))));

variation({"name": "behind, not tied to it", "evidenced": "clone of 2017"}, (control, words) =>
  make('div.Normal.Editor.CheckBox', {}, make('div.InputField', {}, make('div', {}, box(control)),
    make('div.EditorLabelContainer', {}, make('div.Label', {}, make('label', {}, words))))));

variation({"name": "second generation", "evidenced": "markup notes of Autotask Queue Monitor, AES"}, (control, words) =>
  make('div.EditorContainer1.CheckboxContainer', {}, box(control),
    make('div.EditorLabelContainer1', {}, make('div.LabelContainer1', {}, make('div.Text', {}, make('span.PrimaryText', {}, words))))));

variation({"name": "second generation, label first and drawn behind", "evidenced": "the editor is the label container's next sibling"}, (control, words) =>
  make('div.EditorContainer1.CheckboxContainer.Reversed', {},
    make('div.EditorLabelContainer1', {}, make('div.LabelContainer1', {}, make('div.Text', {}, make('span.PrimaryText', {}, words)))), box(control)));

variation({"name": "around it", "assumed": "a label may hold its box"}, (control, words) => make('div.Line', {}, make('label', {}, box(control), ' ', words)));

variation({"name": "before it", "assumed": "as captions of texts"}, (control, words) => {
  const drawn = box(control);
  return make('div.Line', {}, tie(control, make('label', {}, words)), ' ', drawn);
});

variation({"name": "bare text behind it", "assumed": "no element around the words"}, (control, words) => make('div.Line', {}, box(control), ' ', words));

variation({"name": "bare text, one line after another in one block", "assumed": "lines parted by breaks"}, (control, words) =>
  [box(control), ' ', words, document.createElement('br')]);

variation({"name": "by aria-labelledby, elsewhere in the line", "assumed": "today's way"}, (control, words) => {
  const drawn = box(control);
  const text = identified(make('span.Words', {}, words));
  control.target.setAttribute('aria-labelledby', text.id);
  return make('div.Line.Spread', {}, text, make('span.Filler'), drawn);
});

variation({"name": "in the next cell of a layout table", "assumed": "pages of the oldest generation"}, (control, words) =>
  make('table.Layout', { role: 'presentation' }, make('tbody', {}, make('tr', {}, make('td', {}, box(control)), make('td.lblNormalClass', {}, words)))));

variation({"name": "items of a bulleted list", "assumed": "a form as a list"}, (control, words) => {
  const drawn = box(control);
  return make('ul.Bare', {}, make('li', {}, drawn, tie(control, make('label', {}, words))));
});

// The words above a list, a text or a number.
dimension({"name": "captions", "pages": ["level", "user"], "varies": "where the words of a list, a text or a number are", "usual": 0.25, "mixed": true});

variation({"name": "above, tied to it", "evidenced": "markup of the first MVC generation"}, (control, words, star, draw) => {
  const drawn = draw(control);
  return make('div.EditorContainer', {}, make('div.EditorLabelContainer', {}, make('div.Label', {}, tie(control, make('label', {}, words)), star)), drawn);
});

variation({"name": "above, not tied to it", "evidenced": "clone of 2017"}, (control, words, star, draw) =>
  make('div.Edit_DropdownHeader', {}, make('div.Edit_DropdownLabel', {}, words, star), make('div', {}, draw(control))));

variation({"name": "above, second generation", "evidenced": "markup notes of Autotask Queue Monitor, AES"}, (control, words, star, draw) =>
  make('div.EditorContainer1', {}, make('div.EditorLabelContainer1', {}, make('div.LabelContainer1', {}, make('div.Text', {}, make('span.PrimaryText', {}, words)), star)), draw(control)));

variation({"name": "around", "assumed": "a label may hold its control"}, (control, words, star, draw) =>
  make('div.Line', {}, make('label', {}, words, star, ' ', draw(control))));

variation({"name": "at the left, in a layout table", "evidenced": "page of an ordinary resource, oldest generation"}, (control, words, star, draw) =>
  make('table.Layout', {}, make('tbody', {}, make('tr', {}, make('td', {}, make('span.lblNormalClass', {}, words), star), make('td', {}, draw(control))))));

variation({"name": "bare text before it", "assumed": "no element around the words"}, (control, words, star, draw) => make('div.Line', {}, words, star, ' ', draw(control)));

variation({"name": "term and description", "assumed": "a form as a list of definitions"}, (control, words, star, draw) =>
  make('dl', {}, make('dt', {}, words, star), make('dd', {}, draw(control))));

variation({"name": "caption by aria-labelledby", "assumed": "today's way"}, (control, words, star, draw) => {
  const drawn = draw(control);
  const text = identified(make('span.Words', {}, words));
  control.target.setAttribute('aria-labelledby', text.id);
  return make('div.Stack', {}, make('div', {}, text, star), drawn);
});

variation({"name": "below it", "assumed": "a caption under its box; order in the page and place agree"}, (control, words, star, draw) => {
  const drawn = draw(control);
  return make('div.Stack.Card', {}, drawn, make('small', {}, tie(control, make('label', {}, words)), star));
});

// What a label says: (text, hint) => what to put into it.
dimension({"name": "words", "pages": ["level", "user"], "varies": "what stands in a label beside its words", "usual": 0.25, "mixed": true});

const hinted = (text, hint) => [text, hint ? [' ', make('span.SecondaryText', {}, hint)] : []].flat();
const between = (text, mark) => text.replace(/([a-z]{4})(?=[a-z]{3})/g, `$1${mark}`);

variation({"name": "hint in small type", "evidenced": "picture 2025-editor-section-other"}, hinted);

variation({"name": "hint as part of the text", "evidenced": "picture 2025-editor-section-other; how it is made is not seen"}, (text, hint) => [hint ? `${text} ${hint}` : text]);

variation({"name": "explanation beneath", "evidenced": "clone of 2017: beneath, inside the same block"}, (text, hint) => [...hinted(text, hint), make('div.Explanation', {}, 'See the online help before you change this.')]);

variation({"name": "placeholder of a guide", "evidenced": "markup notes: WalkMe placeholders in every label"}, (text, hint) => [make('span.walkme-placeholder', { style: 'display: none' }, 'SmartTip'), ...hinted(text, hint)]);

variation({"name": "explanation behind a dash", "assumed": "clone of 2017, where one label is so made"}, (text, hint) => [hint ? `${text} ${hint}` : text, make('span', {}, ' - see the online help')]);

variation({"name": "tooltip and its sign", "assumed": "usual in forms"}, (text, hint) => [...hinted(text, hint), ' ', make('span.Info', { title: 'What this permission means', 'aria-hidden': 'true' }, 'ⓘ')]);

variation({"name": "tooltip on the words", "assumed": "usual in forms"}, (text, hint) => [make('span', { title: `Permission of this level: ${text}` }, text), ...hinted('', hint)]);

variation({"name": "soft hyphens", "assumed": "long words in narrow columns"}, (text, hint) => hinted(between(text, '\u00ad'), hint));

variation({"name": "zero-width spaces", "assumed": "the same, by script"}, (text, hint) => hinted(between(text, '\u200b'), hint));

variation({"name": "marks of direction", "assumed": "pages that know right-to-left languages"}, (text, hint) => hinted(`\u200e${text}\u200e`, hint));

variation({"name": "wbr", "assumed": "the same, by element"}, (text, hint) => [between(text, '\u0000').split('\u0000').flatMap((part, index) => (index ? [make('wbr'), part] : [part])), ...hinted('', hint)].flat());

variation({"name": "words in elements of their own", "assumed": "search results that mark words, translated pages"}, (text, hint) => [text.split(/(?<= )/).map(word => make('span', {}, word)), ...hinted('', hint)].flat());

variation({"name": "capitals by style", "assumed": "headings are in capitals in several builds"}, (text, hint) => [make('span', { style: 'text-transform: uppercase' }, text), ...hinted('', hint)]);

variation({"name": "blanks of the source", "assumed": "line breaks and several blanks, as templates leave them"}, (text, hint) => [`\n      ${text.replaceAll(' ', '\n   ')}\n`, ...hinted('', hint)]);

variation({"name": "blanks that do not break", "assumed": "typed in from a word processor"}, (text, hint) => hinted(text.replaceAll(' ', '\u00a0'), hint));

variation({"name": "words for screen readers only", "assumed": "usual: clipped, not displayed"}, (text, hint) => [...hinted(text, hint), make('span.ScreenReaderOnly', {}, 'Permission')]);

variation({"name": "colon", "assumed": "usual behind captions"}, (text, hint) => hinted(text.endsWith(':') ? text : `${text}:`, hint));
