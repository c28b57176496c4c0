// Once the app runs: has a service worker keep it for when there is no connection, and tells the app when
// a newer version is here, whole and verified. The app offers it (never in the middle of a talk), writes
// everything down and says the word; then, and only then, the newer version takes over.

const HOUR_MS = 3_600_000;
const PATIENCE_MS = 2_000;
const workers = navigator.serviceWorker;
/** Whether this tab asked for the change, or another one did. */
let asked = false;
/** Whether this tab was opened before anything was kept: then the first worker is nothing newer. */
let first = !workers.controller;

function offer() {
  document.documentElement.dataset.newer = '';
  dispatchEvent(new Event('ask-around:newer'));
}

workers.addEventListener('controllerchange', () => {
  if (asked) location.reload();
  else if (!first) offer();
  first = false;
});

workers.ready.then(() => {
  document.documentElement.dataset.offline = '';
});

try {
  const registration = await workers.register('./service-worker.js', { updateViaCache: 'none' });
  const waits = async () => {
    if (!registration.waiting || !workers.controller) return;
    const mine = `ask-around:${new URL(registration.scope).pathname}:`;
    const latest = (await caches.keys()).filter((name) => name.startsWith(mine)).pop();
    // It was told to already, and only waits for other tabs.
    if (latest && await caches.match('./chosen', { cacheName: latest })) return;
    offer();
  };
  waits();
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', waits);
  });

  addEventListener('ask-around:use-newer', () => {
    asked = true;
    if (!registration.waiting) return location.reload();
    registration.waiting.postMessage('take over');
    // Long enough for the worker to note it down. Whichever worker answers then hands out the newer one.
    setTimeout(() => location.reload(), PATIENCE_MS);
  });

  // A tab may stay open for days.
  let looked = Date.now();
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible' || Date.now() - looked < HOUR_MS) return;
    looked = Date.now();
    // Without a connection there is nothing newer.
    registration.update().catch(() => {});
  });
} catch {
  // A browser that keeps nothing, or a host without the worker: the app works, with a connection.
}
