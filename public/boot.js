// Loads the app, watches over its start, and hands out the raw data if it fails.
//
// It stands alone on purpose: when the app does not start, this must still run.
// It writes nothing, and asks nobody but this page's own host for the app.

const PREFIX = 'ask-around:';
const PATIENCE_MS = 20_000;
const loader = document.querySelector('script[data-wasm]');
const rescue = document.getElementById('rescue');
const splash = document.getElementById('splash');

/** Everything this app has stored, to the letter, or a word on why it can't be had. */
function rawData() {
  const texts = {};
  let denied = null;
  try {
    for (let i = 0; i < localStorage.length; i += 1) {
      const key = localStorage.key(i);
      if (key !== null && key.startsWith(PREFIX)) texts[key] = localStorage.getItem(key);
    }
  } catch (error) {
    denied = String(error);
  }
  return { texts, denied };
}

function offerRescue(reason) {
  if (!rescue || !rescue.hidden) return;
  if (splash) splash.hidden = true;
  rescue.hidden = false;
  const { texts, denied } = rawData();
  const count = Object.keys(texts).length;
  const button = document.getElementById('rescue-download');
  const text = document.getElementById('rescue-data');
  if (denied) {
    text.textContent = 'This browser does not let the page read what it keeps, so there is nothing to download here.';
    button.hidden = true;
  } else if (count === 0) {
    text.textContent = 'Nothing has been stored in this browser yet, so nothing is lost.';
    button.hidden = true;
  } else {
    text.textContent = `What you wrote is still stored in this browser (${count} entries). Download it before you try anything else.`;
  }
  document.getElementById('rescue-reason').textContent = reason;
  rescue.querySelector('h1').focus();
}

document.getElementById('rescue-download')?.addEventListener('click', () => {
  const { texts } = rawData();
  const file = { app: 'ask-around', rescue: 1, saved: new Date().toISOString(), texts };
  const blob = new Blob([JSON.stringify(file, null, 1)], { type: 'application/json' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = `ask-around-rescue-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
});
document.getElementById('rescue-reload')?.addEventListener('click', () => location.reload());

// A panic ends in a trap: the app is dead from then on, but the page is not.
addEventListener('error', (event) => {
  if (event.error instanceof WebAssembly.RuntimeError) offerRescue(`The app stopped: ${event.message}`);
});
addEventListener('unhandledrejection', (event) => {
  if (event.reason instanceof WebAssembly.RuntimeError) offerRescue(`The app stopped: ${event.reason.message}`);
});

const watchdog = setTimeout(() => {
  offerRescue('The app did not start in time. Perhaps the connection is slow: wait, or reload the page.');
}, PATIENCE_MS);

async function start() {
  const url = (name) => new URL(loader.dataset[name], document.baseURI).href;
  const app = await import(url('js'));
  await app.default({ module_or_path: url('wasm') });
}

start().then(
  () => {
    clearTimeout(watchdog);
    splash?.remove();
    // A start that was only slow takes the screen back.
    if (rescue && document.querySelector('.shell')) rescue.hidden = true;
  },
  (error) => {
    clearTimeout(watchdog);
    offerRescue(`The app could not start: ${error}`);
  },
);
