// Loads the app, watches over its start, and hands out the raw data if it fails.
//
// It stands alone on purpose: when the app does not start, this must still run.
// It writes nothing, and asks nobody but this page's own host for the app.
// Its name never changes, so any page finds some version of it: what the page tells it (`data-js`,
// `data-wasm`, the ids of the rescue) must stay as it is.

const PREFIX = 'ask-around:';
const DATABASE = 'ask-around';
const PATIENCE_MS = 20_000;
const DATABASE_PATIENCE_MS = 1_500;
const loader = document.querySelector('script[data-wasm]');
/** In the single file the program stands in the page itself. */
const program = document.getElementById('program');
const rescue = document.getElementById('rescue');
const splash = document.getElementById('splash');
/** Whether this is the second try, which goes past every cache. */
const afresh = new URL(location).searchParams.has('fresh');
let started = false;
let watchdog;

/**
 * What lies in the stores of the app's database, as `{store: {key: value}}`. It is put into `found` as it comes, so that
 * what has come is there even if this is rejected: when the database is denied, or says nothing for a while.
 */
function readDatabase(found) {
  return new Promise((resolve, reject) => {
    let timer;
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(reject, DATABASE_PATIENCE_MS, 'no answer');
    };
    wait();
    const request = indexedDB.open(DATABASE);
    // There is none, and looking for it must not make one.
    request.onupgradeneeded = () => {
      request.transaction.abort();
      resolve();
    };
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const database = request.result;
      try {
        wait();
        const transaction = database.transaction(database.objectStoreNames);
        transaction.oncomplete = resolve;
        transaction.onabort = () => reject(transaction.error);
        for (const name of ['texts', 'abouts', 'snapshots']) {
          const store = transaction.objectStore(name);
          const keys = store.getAllKeys();
          store.getAll().onsuccess = ({ target }) => {
            found[name] = Object.fromEntries(keys.result.map((key, i) => [key, target.result[i]]));
            wait();
          };
        }
      } catch (error) {
        reject(error);
      } finally {
        // It closes once everything is read, and then stands in nobody's way.
        database.close();
      }
    };
  });
}

/** Everything this app has stored, to the letter, and whether some of it can't be had. */
async function rawData() {
  const texts = {};
  const found = {};
  let denied = false;
  try {
    for (let i = 0; i < localStorage.length; i += 1) {
      const key = localStorage.key(i);
      if (key !== null && key.startsWith(PREFIX)) texts[key] = localStorage.getItem(key);
    }
  } catch {
    denied = true;
  }
  try {
    await readDatabase(found);
  } catch {
    denied = true;
  }
  const snapshots = {};
  for (const [id, text] of Object.entries(found.snapshots ?? {})) snapshots[id] = { about: found.abouts?.[id], text };
  return { texts, shadow: found.texts ?? {}, snapshots, denied };
}

async function offerRescue(reason) {
  if (!rescue || !rescue.hidden) return;
  if (splash) splash.hidden = true;
  rescue.hidden = false;
  document.getElementById('rescue-reason').textContent = reason;
  rescue.querySelector('h1').focus();
  const { texts, shadow, snapshots, denied } = await rawData();
  // Most entries are in both places.
  const count = Object.keys({ ...texts, ...shadow }).length;
  const copies = Object.keys(snapshots).length;
  const text = document.getElementById('rescue-data');
  if (count > 0) {
    text.textContent = `What you wrote is still stored in this browser (${count} entries). Download it before you try anything else.`;
  } else if (copies > 0) {
    text.textContent = `Earlier copies of what you wrote are still stored in this browser (${copies}). Download them before you try anything else.`;
  } else if (denied) {
    text.textContent = 'This browser does not let the page read what it keeps, so there is nothing to download here.';
  } else {
    text.textContent = 'Nothing has been stored in this browser yet, so nothing is lost.';
  }
  document.getElementById('rescue-download').hidden = count + copies === 0;
}

document.getElementById('rescue-download')?.addEventListener('click', async () => {
  const { texts, shadow, snapshots } = await rawData();
  const file = { app: 'ask-around', rescue: 1, saved: new Date().toISOString(), texts, shadow, snapshots };
  const blob = new Blob([JSON.stringify(file, null, 1)], { type: 'application/json' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = `ask-around-rescue-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
});
document.getElementById('rescue-reload')?.addEventListener('click', () => location.reload());

// The app is there once its frame is, which may be a while after its code has run: it opens its storage first.
const observer = new MutationObserver(() => {
  if (!document.querySelector('.shell')) return;
  observer.disconnect();
  clearTimeout(watchdog);
  started = true;
  splash?.remove();
  // A start that was only slow takes the screen back.
  if (rescue) rescue.hidden = true;
  if (afresh) history.replaceState(null, '', location.pathname + location.hash);
  if (!program && navigator.serviceWorker) setTimeout(() => import('./updates.js'), 1_000);
});

/** Loads the page once more, past every cache: one of them may hold half of another version. */
function triesAfresh() {
  if (started || afresh || program) return false;
  const address = new URL(location);
  address.searchParams.set('fresh', Date.now());
  location.replace(address);
  return true;
}

/** As long as something arrives the connection is only slow. */
function wait() {
  clearTimeout(watchdog);
  watchdog = setTimeout(() => {
    if (triesAfresh()) return;
    offerRescue('The app did not start in time. Perhaps the connection is slow: wait, or reload the page.');
  }, PATIENCE_MS);
}

/** For good: what may still come on the page does not take the screen back. */
function stopped(reason) {
  observer.disconnect();
  clearTimeout(watchdog);
  if (!triesAfresh()) offerRescue(reason);
}

// A panic ends in a trap: the app is dead from then on, but the page is not.
addEventListener('error', (event) => {
  if (event.error instanceof WebAssembly.RuntimeError) stopped(`The app stopped: ${event.message}`);
});
addEventListener('unhandledrejection', (event) => {
  if (event.reason instanceof WebAssembly.RuntimeError) stopped(`The app stopped: ${event.reason.message}`);
});

/** The same response; whoever reads it keeps the watchdog quiet. */
function watched(response) {
  if (!response.ok) throw new Error(`${response.status} for ${response.url}`);
  const heard = new TransformStream({
    transform(piece, controller) {
      wait();
      controller.enqueue(piece);
    },
  });
  return new Response(response.body.pipeThrough(heard), response);
}

async function start() {
  if (program) {
    const zipped = Uint8Array.from(atob(program.textContent), (letter) => letter.charCodeAt(0));
    const stream = new Blob([zipped]).stream().pipeThrough(new DecompressionStream('gzip'));
    await globalThis.askAround({ module_or_path: await new Response(stream).arrayBuffer() });
    return;
  }
  // A page without its style sheet is no page; the second try takes what there is.
  if (splash && getComputedStyle(splash).display !== 'grid' && triesAfresh()) return;
  const url = (name) => new URL(loader.dataset[name], document.baseURI).href;
  const [app, response] = await Promise.all([import(url('js')), fetch(url('wasm'), { cache: afresh ? 'reload' : 'default' })]);
  await app.default({ module_or_path: watched(response) });
}

if (window.top === window) {
  observer.observe(document.body, { childList: true, subtree: true });
  wait();
  start().catch((error) => stopped(`The app could not start: ${error}`));
} else {
  // Inside another page somebody else could lay things over it and catch what is pressed.
  const link = document.createElement('a');
  link.href = location.href;
  link.target = '_blank';
  link.rel = 'noopener';
  link.textContent = 'Open it by itself';
  const text = document.createElement('p');
  text.append('What you write here is private, so Ask Around does not open inside another page. ', link, '.');
  splash.replaceChildren(text);
}
