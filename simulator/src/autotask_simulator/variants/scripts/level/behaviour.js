// When things are there: milliseconds after the page.
dimension({"name": "timing", "pages": ["level"], "varies": "when the page is complete", "usual": 0.4});
variation({"name": "at once", "evidenced": "clone of 2017"}, {});
variation({"name": "behind a loading indicator", "evidenced": "a public driver, a clone: #LoadingIndicator.Active"}, { busy: 1500, sections: 1200 });
variation({"name": "handlers late", "assumed": "scripts that load after the page"}, { handlers: 1200 });
variation({"name": "sections late", "assumed": "a page that asks for its parts"}, { sections: 3000 });
variation({"name": "sections one after another", "assumed": "the same, each by itself"}, { sections: 300, step: 150 });
variation({"name": "values late", "assumed": "controls first, what they hold after"}, { values: 1500 });
variation({"name": "values late, seen to be loading", "assumed": "the same, with the indicator that the pages have"}, { values: 1500, busy: 1600 });
variation({"name": "links late", "assumed": "the heading first, its links when the section is ready"}, { links: 1000 });

dimension({"name": "question", "pages": ["level"], "varies": "what No Permission asks", "usual": 0.6});
variation({"name": "nothing", "evidenced": "guides press No Permission and mention no question"}, () => true);
variation({"name": "the browser's question", "assumed": "pages of the first generation ask so elsewhere"}, words => confirm(words));
variation({"name": "the page's question", "assumed": "ConfirmationDialog of the pages"}, async words => (await dialog(words, 'Yes', 'No')) === 'Yes');
variation({"name": "the page's question, OK and Cancel", "assumed": "other words for the same"}, async words => (await dialog(words, 'Cancel', 'OK')) === 'OK');

dimension({"name": "clearing", "pages": ["level"], "varies": "what No Permission leaves", "usual": 0.4});
variation({"name": "nothing is left", "evidenced": "guides; clone of 2017"}, controls => controls.forEach(clear));
variation({"name": "some settings are left", "assumed": "settings that the link forgets"}, controls => controls.filter((_control, index) => index % 4 !== 2).forEach(clear));
variation({"name": "all settings are left", "assumed": "a link out of order"}, () => {});
variation({"name": "boxes only are cleared", "assumed": "lists are left"}, controls => controls.filter(control => control.kind === 'box').forEach(clear));
variation({"name": "lists stay at another word", "assumed": "the link knows the first word that is not the highest"}, controls => controls.forEach(control => (control.kind === 'list' && control.words.length > 2 ? control.set(1) : clear(control))));
variation({"name": "slowly, seen to be busy", "assumed": "the server is asked"}, async controls => { busy(true); await later(1500); controls.forEach(clear); busy(false); });
variation({"name": "slowly, unseen", "assumed": "the server is asked"}, async controls => { await later(900); controls.forEach(clear); });
variation({"name": "one after another", "assumed": "a script that goes from control to control"}, async controls => { for (const control of controls) { await later(10); clear(control); } });

function clear(control) { control.set(control.empty); }

// What the page holds beside what the catalog of settings knows.
dimension({"name": "content", "pages": ["level"], "varies": "what is on the page, or lacks", "usual": 0.5});
variation({"name": "the usual settings", "evidenced": "vendors' guides"});
variation({"name": "Workforce Management", "evidenced": "online help, zone ww1; labels assumed", "options": {"workforce_management": true}});
variation({"name": "Cooper Copilot", "evidenced": "online help, zones ww13, ww17, ww19", "options": {"cooper_copilot": true}});
variation({"name": "a section nobody knows", "assumed": "activations bring sections", "options": {"extra_settings": [
  {"section": "outsourcing", "heading": "Outsourcing", "group": "Object Permissions", "label": "Outsourced Tickets", "row": {"view": "all_mine_none", "add": "yes_no", "edit": "all_none", "delete": "all_none"}},
  {"section": "outsourcing", "heading": "Outsourcing", "group": "Other Permissions", "label": "Can accept outsourced work"},
  {"section": "outsourcing", "heading": "Outsourcing", "group": "Other Permissions", "label": "Can see partners", "list": ["All", "Mine", "None"]}]}});
variation({"name": "settings nobody knows", "assumed": "activations bring settings", "options": {"extra_settings": [
  {"section": "other", "group": "Miscellaneous", "label": "Can use AI assistance"},
  {"section": "crm", "group": "Feature Access", "label": "Marketing Lists"},
  {"section": "inventory", "group": "Object Permissions", "label": "Serial Numbers", "row": {"view": "all_none", "add": "yes_no", "edit": "all_none", "delete": "all_none"}}]}});
variation({"name": "a list nobody knows, without a word for nothing", "assumed": "as dashboards and form templates have none", "stops": "none of its words grants nothing", "options": {"extra_settings": [
  {"section": "other", "group": "Miscellaneous", "label": "Default calendar", "list": ["Company calendar", "Department calendar", "Own calendar"]}]}});
variation({"name": "two settings of one name in two groups", "evidenced": "impersonation tables: Tickets stands in two", "options": {"extra_settings": [
  {"section": "other", "group": "Mobile Application", "label": "Can Export Grid Data"}]}});
variation({"name": "two sections of one name", "assumed": "the form of an API user has two of one name", "stops": "which of the two is meant cannot be told", "options": {"extra_settings": [
  {"section": "crm_too", "heading": "CRM", "group": "Other Permissions", "label": "Can see all leads"}]}});
variation({"name": "a section lacks", "assumed": "not every tenant may have all", "stops": "nobody said that it may be lacking", "options": {"hidden_settings": [
  "can_access_knowledge_base", "can_manage_knowledge_base", "can_access_documents", "can_manage_documents"]}});
variation({"name": "a setting lacks", "evidenced": "settings come and go with activations", "options": {"hidden_settings": ["device_discovery_wizard", "quickbooks_new"]}});

// One setting that cannot be told what it is; the level that is copied grants it.
dimension({"name": "obstacle", "pages": ["level"], "varies": "a setting that is hard to understand", "usual": 0.8});
const PUZZLE = 'Can use the new assistant';

variation({"name": "none", "evidenced": "nothing of the kind has been seen"}, null);
variation({"name": "indeterminate until somebody decides", "assumed": "a third state of check boxes", "options": {"extra_settings": [{"section": "other", "group": "Miscellaneous", "label": "Can use the new assistant"}]}}, control => {
  const node = make('input', { type: 'checkbox', onchange: () => { node.indeterminate = false; control.decided = true; control.put(node.checked); } });
  control.showing(node, () => { node.checked = control.value; node.indeterminate = control.value && !control.decided; node.disabled = !control.enabled; });
  return make('div.Line', {}, node, tie(control, make('label', {}, PUZZLE)));
});
variation({"name": "indeterminate for ever", "assumed": "a third state of check boxes", "operable": false, "stops": "it cannot be brought to nothing", "options": {"extra_settings": [{"section": "other", "group": "Miscellaneous", "label": "Can use the new assistant"}]}}, control => {
  const node = make('input', { type: 'checkbox', onchange: () => { node.indeterminate = true; } });
  control.showing(node, () => { node.indeterminate = true; });
  control.skipped = true;
  return make('div.Line', {}, node, tie(control, make('label', {}, PUZZLE)));
});
variation({"name": "on a canvas", "assumed": "drawn by a script", "operable": false, "stops": "it cannot be read", "options": {"extra_settings": [{"section": "other", "group": "Miscellaneous", "label": "Can use the new assistant"}]}}, control => {
  const canvas = make('canvas', { width: 300, height: 24 });
  canvas.addEventListener('click', () => control.put(!control.value));
  control.showing(canvas, () => {
    const pen = canvas.getContext('2d');
    pen.clearRect(0, 0, 300, 24);
    pen.font = '12px sans-serif';
    pen.strokeRect(2, 4, 14, 14);
    if (control.value) pen.fillRect(5, 7, 8, 8);
    pen.fillText(PUZZLE, 24, 16);
  });
  return make('div.Line', {}, canvas);
});
variation({"name": "in a closed shadow root", "assumed": "web components", "operable": false, "stops": "it cannot be read", "options": {"extra_settings": [{"section": "other", "group": "Miscellaneous", "label": "Can use the new assistant"}]}}, control => {
  const host = make('at-closed');
  const node = make('input', { type: 'checkbox', onchange: () => control.put(node.checked) });
  host.attachShadow({ mode: 'closed' }).append(node, ` ${PUZZLE}`);
  control.showing(host, () => { node.checked = control.value; });
  return make('div.Line', {}, host);
});
variation({"name": "in a frame from elsewhere", "assumed": "parts of other products", "operable": false, "stops": "it cannot be read", "options": {"extra_settings": [{"section": "other", "group": "Miscellaneous", "label": "Can use the new assistant"}]}}, control => {
  const inside = `<input type=checkbox checked onchange="parent.postMessage(this.checked, '*')"> ${PUZZLE}`;
  const frame = make('iframe', { sandbox: 'allow-scripts', srcdoc: inside, height: 40 });
  addEventListener('message', event => { if (event.source === frame.contentWindow) control.put(event.data); });
  control.showing(frame, () => {});
  return frame;
});
variation({"name": "an element that only a press shows to be one", "assumed": "drawn boxes of careless pages: no role, no name of a class", "operable": false, "stops": "nothing says what it is", "options": {"extra_settings": [{"section": "other", "group": "Miscellaneous", "label": "Can use the new assistant"}]}}, control => {
  const node = press(make('div.q7x', { style: 'display: inline-block; width: 14px; height: 14px; border: 1px solid; cursor: pointer' }), () => control.put(!control.value));
  control.showing(node, () => { node.style.background = control.value ? '#1b6b93' : ''; });
  return make('div.Line', {}, node, ' ', PUZZLE);
});
variation({"name": "a tick as a background picture", "evidenced": "clone of 2017: a list can hold its tick as a background picture", "operable": false, "stops": "its state cannot be read", "options": {"extra_settings": [{"section": "other", "group": "Miscellaneous", "label": "Can use the new assistant"}]}}, control => {
  const node = press(make('a', { tabindex: 0, style: 'display: inline-block; width: 16px; height: 16px; border: 1px solid #888' }), () => control.put(!control.value));
  control.showing(node, () => { node.style.backgroundImage = control.value ? 'linear-gradient(45deg, transparent 45%, #000 45% 55%, transparent 55%)' : 'none'; });
  return make('div.Line', {}, node, ' ', PUZZLE);
});
