// Keeps one whole build of the app in this browser, so that every page opens without a connection.
//
// A template: `xtask/pack` fills in the build and the SHA-256 of each of its files. A build is taken
// in whole or not at all, and takes over only when a page says so or when none is open. Until then, and
// whenever the host holds only half of a new one, the build that is here goes on unchanged.

const BUILD = 'BUILD';
const FILES = 'FILES';
const SCOPE = registration.scope;
// Many sites may share this origin, and so their caches: ours are told by app and place.
const MINE = `ask-around:${new URL(SCOPE).pathname}:`;
const CACHE = MINE + BUILD;
/** The page itself, under the address that people open. */
const PAGE = './';
/**
 * Lies in the cache of each build that was told to take over. Chromium may let the worker of that build
 * wait for minutes, if other tabs keep the earlier one busy; but any worker can hand out what lies in here.
 */
const CHOSEN = './chosen';

/** Takes in every file of this build, or fails and leaves nothing. The browser tries again later. */
async function takeIn() {
  // The caches lie in the order in which they were made, and a build may come back.
  await caches.delete(CACHE);
  const cache = await caches.open(CACHE);
  try {
    const names = Object.entries(FILES);
    await Promise.all(names.map(async ([name, hash]) => cache.put(name, await verified(name, hash))));
  } catch (error) {
    await caches.delete(CACHE);
    throw error;
  }
}

/**
 * A file with exactly this hash; the browser itself refuses another. A cache on the way may still hold
 * the file of an earlier build, so it is asked for a second time under an address nobody has asked for.
 */
async function verified(name, integrity) {
  const ask = async (address, cache) => {
    const response = await fetch(address, { cache, integrity, redirect: 'error' });
    if (!response.ok) throw new Error(`${name}: ${response.status}`);
    return response;
  };
  try {
    return await ask(name, 'no-cache');
  } catch {
    return ask(`${name}?${BUILD}`, 'reload');
  }
}

async function choose() {
  await (await caches.open(CACHE)).put(CHOSEN, new Response(BUILD));
}

/** The caches of all builds here, the latest first. */
async function builds() {
  return (await caches.keys()).filter((name) => name.startsWith(MINE)).reverse();
}

/** Lets go of earlier builds, but for the last one: a tab may still run it. */
async function tidy() {
  const earlier = (await builds()).filter((name) => name !== CACHE).reverse();
  await Promise.all(earlier.slice(0, -1).map((name) => caches.delete(name)));
}

/** A file of the build that was chosen last, or a piece of another one that a tab still runs. */
async function kept(name) {
  let piece;
  for (const cacheName of await builds()) {
    const found = await caches.match(name, { cacheName });
    if (found && await caches.match(CHOSEN, { cacheName })) return found;
    piece ??= name === PAGE ? undefined : found;
  }
  return piece;
}

/** Whether this is for a page that could not start from what is kept (see boot.js). */
function isAfresh(request) {
  if (request.mode !== 'navigate') return request.cache === 'reload';
  return new URL(request.url).searchParams.has('fresh');
}

async function answer(event, name) {
  if (isAfresh(event.request)) {
    try {
      const response = await fetch(event.request.url, { cache: 'reload' });
      if (response.ok) return response;
    } catch {
      // Without a connection what is kept is all there is.
    }
  }
  const found = await kept(name);
  if (found) return found;
  // The browser has let go of what was kept, to make room: take it in again if it is still to be had.
  if (name === PAGE) event.waitUntil(takeIn().then(choose).catch(() => {}));
  return fetch(event.request);
}

addEventListener('install', (event) => event.waitUntil(takeIn()));

addEventListener('activate', (event) => {
  event.waitUntil(choose().then(tidy).then(() => clients.claim()));
});

addEventListener('message', (event) => {
  if (event.data === 'take over') event.waitUntil(choose().then(() => skipWaiting()));
});

addEventListener('fetch', (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== 'GET' || !address.href.startsWith(SCOPE)) return;
  const path = address.pathname.slice(new URL(SCOPE).pathname.length);
  const name = path === '' || path === 'index.html' ? PAGE : path;
  // What is no part of the app is none of our business.
  if (name in FILES || path.startsWith('chunks/') || path.startsWith('ask-around-')) {
    event.respondWith(answer(event, name));
  }
});
