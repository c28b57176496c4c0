// Loads the app, watches over its start, and hands out the raw data if it fails.
//
// It stands alone on purpose: when the app does not start, this must still run.
// It writes nothing, and asks nobody but this page's own host for the app.

const PREFIX = 'ask-around:';
const DATABASE = 'ask-around';
const PATIENCE_MS = 20_000;
const DATABASE_PATIENCE_MS = 1_500;
const loader = document.querySelector('script[data-wasm]');
const rescue = document.getElementById('rescue');
const splash = document.getElementById('splash');

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
  splash?.remove();
  // A start that was only slow takes the screen back.
  if (rescue) rescue.hidden = true;
});
observer.observe(document.body, { childList: true, subtree: true });

const watchdog = setTimeout(() => {
  offerRescue('The app did not start in time. Perhaps the connection is slow: wait, or reload the page.');
}, PATIENCE_MS);

/** For good: what may still come on the page does not take the screen back. */
function stopped(reason) {
  observer.disconnect();
  clearTimeout(watchdog);
  offerRescue(reason);
}

// A panic ends in a trap: the app is dead from then on, but the page is not.
addEventListener('error', (event) => {
  if (event.error instanceof WebAssembly.RuntimeError) stopped(`The app stopped: ${event.message}`);
});
addEventListener('unhandledrejection', (event) => {
  if (event.reason instanceof WebAssembly.RuntimeError) stopped(`The app stopped: ${event.reason.message}`);
});

async function start() {
  const url = (name) => new URL(loader.dataset[name], document.baseURI).href;
  const app = await import(url('js'));
  await app.default({ module_or_path: url('wasm') });
}

start().catch((error) => stopped(`The app could not start: ${error}`));
