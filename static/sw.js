// Keeps this build's own files after the first visit, so that the page opens without a network.
//
// The page itself is asked for first, so that a new release arrives; its files lie in
// a folder named after their content, or VERSION tells of it, and come from the cache. A new worker
// takes over when no page of the old release is open, and clears the old files away.
// What is neither on the list nor in such a folder is none of its business: it passes by.

// The build writes these two.
const VERSION = 'none';
const FILES = [];

const OURS = `quorumscope ${registration.scope} `;
const CACHE = OURS + VERSION;
const LASTING = /^[0-9a-f]{16}\//;
/** So many milliseconds a network may keep a visitor waiting who has the page already. */
const PATIENCE = 4000;

const home = registration.scope;
const kept = new Set(FILES.map((name) => new URL(name, home).href));

addEventListener('install', (event) => event.waitUntil(keep()));
addEventListener('activate', (event) => event.waitUntil(clear()));

addEventListener('fetch', (event) => {
  const { method, mode, url } = event.request;
  if (method !== 'GET') return;
  const place = url.split(/[?#]/)[0];
  if (mode === 'navigate' && (place === home || place === `${home}index.html`)) event.respondWith(page(event.request));
  else if (mode !== 'navigate' && (kept.has(place) || LASTING.test(place.slice(home.length)))) event.respondWith(file(event.request, place));
});

async function keep() {
  const cache = await caches.open(CACHE);
  // What the page has just loaded under a lasting name is not loaded again.
  const request = (name) => new Request(new URL(name, home), { cache: LASTING.test(name) ? 'default' : 'no-cache' });
  await cache.addAll(FILES.map(request));
}

async function clear() {
  const old = (await caches.keys()).filter((name) => name.startsWith(OURS) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
}

async function page(request) {
  const copy = () => caches.match(`${home}index.html`, { cacheName: CACHE });
  try {
    const response = await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
    return response.ok || response.type === 'opaqueredirect' ? response : (await copy()) ?? response;
  } catch (error) {
    return (await copy()) ?? fetch(request);
  }
}

async function file(request, place) {
  const copy = await caches.match(place, { cacheName: CACHE });
  if (copy) return copy;
  const response = await fetch(request);
  // A system that was asked for once is there without a network from then on.
  if (response.ok && !kept.has(place)) await (await caches.open(CACHE)).put(place, response.clone());
  return response;
}
