// The clients have Autotask's address built in; here it leads to the simulator. Nothing of the clients is changed.
const autotask = /^https:\/\/webservices\d*\.autotask\.net/i;
const fetchThere = globalThis.fetch;
globalThis.fetch = (url, options) => fetchThere(String(url).replace(autotask, process.env.AUTOTASK_SIMULATOR), options);
