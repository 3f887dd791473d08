// Without a network: what was visited once opens again, and a new release arrives all the same.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { afterEach, test } from 'node:test';
import { theSite } from './chromium.mjs';
import { hasStarted, openHost, openPage } from './harness.mjs';

const DIST = new URL('../../dist/', import.meta.url);
const allowed = { serviceWorkers: 'allow' };

afterEach(async () => (await theSite()).pages.clear());

/** Waits until the worker has kept everything. */
const kept = (page) => page.evaluate(() => navigator.serviceWorker.ready.then(({ active }) =>
  active.state === 'activated' || new Promise((done) => active.addEventListener('statechange', () => active.state === 'activated' && done(true)))));

/** Plays to the end and back home. */
async function plays(page) {
  await hasStarted(page);
  await page.getByRole('button', { name: 'To the end' }).click();
  await page.locator('main[data-ended="true"]').waitFor();
  return page.locator('main').getAttribute('data-trace-hash');
}

test('after one visit the page opens without a network, runs and writes files', async () => {
  const page = await openPage({ ...allowed, path: '?autoplay=0&n=7&seed=42' });
  const online = await plays(page);
  await kept(page);
  await page.context().setOffline(true);
  await page.reload();
  assert.equal(await plays(page), online);
  const svg = await page.evaluate(async () => (await globalThis.quorumscopeFiles()).write('{ "nodes": 4 }', 'svg', 0, 200_000));
  assert.match(svg[2], /^<svg/);
  // Another address of the page opens, too.
  const { origin, below } = await theSite();
  await page.goto(`${origin}${below}index.html?preset=crashed-primary&autoplay=0`);
  await plays(page);
});

test('a new release arrives at once, and the old one’s files go with its last page', async () => {
  const { origin, below, pages } = await theSite();
  const page = await openPage({ ...allowed, path: '?autoplay=0' });
  await kept(page);
  const [before] = await page.evaluate(() => caches.keys());
  const html = await readFile(new URL('index.html', DIST), 'utf8');
  pages.set(below, html.replace('<title>', '<title>Newer '));
  const worker = await readFile(new URL('sw.js', DIST), 'utf8');
  pages.set(`${below}sw.js`, worker.replace(/VERSION = '\w+'/, "VERSION = 'newer'"));
  await page.reload();
  assert.match(await page.title(), /^Newer/);
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
    const coming = registration.installing;
    if (coming) await new Promise((done) => coming.addEventListener('statechange', () => coming.state === 'installed' && done()));
  });
  assert.ok((await page.evaluate(() => caches.keys())).includes(before), 'while a page of it is open');
  await page.goto('about:blank');
  await page.goto(origin + below);
  await page.waitForFunction(async (old) => !(await caches.keys()).includes(old), before);
  assert.equal((await page.evaluate(() => caches.keys())).length, 1);
  await plays(page);
});

test('a worker above does not touch a release below it', async () => {
  const { origin, below, pages } = await theSite();
  const page = await openPage({ ...allowed, path: '?autoplay=0' });
  await kept(page);
  pages.set(`${below}v/0.0.1/`, '<!doctype html><link rel="icon" href="data:,"><title>An old release</title><script src="embed.js"></script>');
  pages.set(`${below}v/0.0.1/embed.js`, 'document.title += ", with its own files";');
  await page.goto(`${origin}${below}v/0.0.1/`);
  assert.equal(await page.title(), 'An old release, with its own files');
});

for (const sandbox of ['', 'sandbox="allow-scripts"']) {
  test(`a frame keeps nothing, and misses nothing, ${sandbox || 'with all rights'}`, async () => {
    const host = await openHost(`<iframe ${sandbox} src="{page}?embed=1" title="A run" width="640" height="400"></iframe>`, allowed);
    const frame = host.frames()[1];
    await hasStarted(frame);
    await frame.getByRole('button', { name: 'Play', exact: true }).click();
    await frame.waitForFunction(() => Number(document.querySelector('main').dataset.events) > 3);
    assert.equal(host.context().serviceWorkers().length, 0);
  });
}

test('the manifest makes the page an app: every icon is there, in its size', async () => {
  const page = await openPage();
  const manifest = JSON.parse(await readFile(new URL('site.webmanifest', DIST), 'utf8'));
  for (const key of ['name', 'short_name', 'start_url', 'display']) assert.ok(manifest[key], key);
  for (const { src, sizes } of manifest.icons) {
    const [width, loaded] = await page.evaluate(async (url) => {
      const image = new Image();
      image.src = url;
      await image.decode();
      return [image.naturalWidth, image.complete];
    }, src);
    assert.ok(loaded && (sizes === 'any' || sizes.startsWith(`${width}x`)), src);
  }
  const session = await page.context().newCDPSession(page);
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  const ids = installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito');
  assert.deepEqual(ids, []);
});
