// What the address says about the page itself: each parameter does what docs/embedding.md promises.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { theSite } from './chromium.mjs';
import { accessible, fitsSideways, hasStarted, openHost, openPage } from './harness.mjs';

const events = async (page) => Number(await page.locator('main').getAttribute('data-events'));
const complaint = (page) => page.locator('.notice:not([hidden]) p').allTextContents();
const shown = (page, selector) => page.locator(selector).first().isVisible();

/** Fails if anything is cut off by the frame, up or down. */
async function fitsUpright(frame) {
  const [high, seen] = await frame.evaluate(() => [document.documentElement.scrollHeight, innerHeight]);
  assert.ok(high <= seen + 1, `${high} px high in a window of ${seen} px`);
}

test('hide= hides parts by name, and the rest takes their place', async () => {
  const page = await openPage({ path: '?autoplay=0&HIDE=phases,caption,Side,deck' });
  for (const part of ['.phases', '.caption', '.side', '.deck']) assert.equal(await shown(page, part), false, part);
  const stage = await page.locator('.stage').boundingBox();
  assert.ok(stage.width === 1280 && stage.height > 550, JSON.stringify(stage));
  await accessible(page);
  assert.deepEqual(await complaint(page), []);
});

test('hidden panels have no tab, and keys do not lead to them', async () => {
  const page = await openPage({ path: '?autoplay=0&hide=setup,log,gallery' });
  const tabs = page.getByRole('tablist', { name: 'Side panel' }).getByRole('tab');
  assert.deepEqual(await tabs.allTextContents(), ['Break it', 'Inspect']);
  await tabs.first().focus();
  await page.keyboard.press('ArrowRight');
  assert.equal(await tabs.nth(1).getAttribute('aria-selected'), 'true');
  await page.keyboard.press('ArrowRight');
  assert.equal(await tabs.first().getAttribute('aria-selected'), 'true');
});

test('controls=0 takes the transport away, and the run still plays', async () => {
  const page = await openPage({ path: '?embed=1&controls=0&autoplay=1', width: 320, height: 400 });
  assert.equal(await shown(page, '.transport'), false);
  await page.waitForFunction(() => Number(document.querySelector('main').dataset.events) > 3);
  await fitsSideways(page);
  await fitsUpright(page);
  await accessible(page);
});

test('editable=0 leaves a run to be watched: no set-up, no faults, no undo', async () => {
  const page = await openPage({ path: '?autoplay=0&editable=0&preset=crashed-primary' });
  const tabs = await page.getByRole('tablist', { name: 'Side panel' }).getByRole('tab').allTextContents();
  assert.deepEqual(tabs, ['Story', 'Inspect']);
  assert.equal(await page.getByRole('button', { name: /Undo/ }).count(), 0);
  const address = page.url();
  await page.getByRole('button', { name: /^Replica 2/ }).click();
  assert.equal(await page.getByRole('button', { name: 'Do something to it' }).count(), 0);
  await page.keyboard.press('z');
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await page.waitForFunction(() => Number(document.querySelector('main').dataset.events) > 3);
  await accessible(page);
  assert.equal(new URL(page.url()).search, new URL(address).search);
});

test('editable=0 plays on where a traitor would ask what to send, and asks nobody', async () => {
  const page = await openPage({ path: '?f=1&behaviour=puppet&editable=0&autoplay=1&speed=400' });
  await page.waitForFunction(() => Number(document.querySelector('main').dataset.events) > 40);
  assert.equal(await page.getByRole('button', { name: 'Send', exact: true }).count(), 0);
  assert.equal(await page.getByText('is about to send').count(), 0);
  await accessible(page);
});

test('view= names what is in front, on the page and in a frame', async () => {
  const page = await openPage({ path: '?autoplay=0&view=ledger,story' });
  const open = page.locator('[role="tab"][aria-selected="true"]');
  assert.deepEqual((await open.allTextContents()).sort(), ['Ledger', 'Story']);
  const frame = await openPage({ path: '?embed=1&view=spacetime', width: 320, height: 400 });
  assert.equal(await shown(frame, '.stage'), false);
  assert.ok((await frame.locator('.spacetime canvas').boundingBox()).height > 100);
  const both = await openPage({ path: '?embed=1&view=ring,story', width: 640, height: 400 });
  assert.ok((await shown(both, '.stage')) && (await shown(both, '.log')));
  for (const small of [frame, both]) {
    await fitsSideways(small);
    await fitsUpright(small);
    await accessible(small);
  }
});

test('keyboard=0: single letters are no keys, players’ keys are', async () => {
  const page = await openPage({ path: '?autoplay=0&keyboard=0' });
  await page.keyboard.press('s');
  await page.keyboard.press('k');
  assert.equal(await page.locator('dialog[open]').count(), 0);
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction(() => document.querySelector('main').dataset.events !== '0');
  await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
});

test('motion=0 keeps still, whatever the system says', async () => {
  const page = await openPage({ path: '?motion=0' });
  assert.equal(await events(page), 0);
  await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
  assert.ok(await page.evaluate(() => document.documentElement.classList.contains('reduced-motion')));
});

test('theme= is worn at once, in any case, and auto is what the visitor likes', async () => {
  const worn = async (options) => (await openPage(options)).evaluate(() => document.documentElement.dataset.theme);
  assert.equal(await worn({ path: '?Theme=DARK' }), 'dark');
  assert.equal(await worn({ path: '?theme=light', dark: true }), 'light');
  assert.equal(await worn({ path: '?theme=auto', dark: true }), 'dark');
});

test('loop=1 begins again', async () => {
  const page = await openPage({ path: '?loop=1&autoplay=1&requests=1&speed=20000' });
  await page.waitForFunction(() => {
    const now = Number(document.querySelector('main').dataset.events);
    const before = globalThis.most ?? 0;
    globalThis.most = Math.max(before, now);
    return now < before;
  }, null, { polling: 20 });
});

test('a bad value is said and left out, a strange name is only noted', async () => {
  const page = await openPage({ path: '?autoplay=perhaps&t=soon&hide=everything&origin=me&utm_source=mail', started: false });
  const noted = [];
  page.on('console', (message) => noted.push(message.text()));
  await page.reload();
  await hasStarted(page);
  const [said] = await complaint(page);
  for (const part of ['autoplay=perhaps is not 1 or 0', 't=soon is not a number', 'hide=everything is not one of: head', 'origin=me']) {
    assert.ok(said.includes(part), said);
  }
  assert.ok(!said.includes('utm_source'));
  assert.ok(noted.some((text) => text.includes('utm_source')));
  const small = await openPage({ path: '?embed=1&t=soon', width: 320, height: 400 });
  await fitsSideways(small);
  await fitsUpright(small);
  assert.equal((await complaint(small)).length, 1);
});

test('instance= comes back with every message of our dialect', async () => {
  const host = await openHost(`<iframe src="{page}?embed=1&instance=left" title="A run" width="640" height="400"></iframe>
    <script>heard = []; addEventListener('message', ({ data }) => heard.push(data));</script>`);
  await hasStarted(host.frames()[1]);
  await host.evaluate(() => frames[0].postMessage({ context: 'quorumscope', v: 1, id: 7, method: 'getState' }, '*'));
  await host.waitForFunction(() => heard.some(({ id }) => id === 7));
  const own = await host.evaluate(() => heard.filter(({ context }) => context === 'quorumscope'));
  assert.deepEqual([...new Set(own.map(({ instance }) => instance))], ['left']);
});

for (const [kind, sandbox] of Object.entries({ 'with all rights': '', sandboxed: 'sandbox="allow-scripts"' })) {
  test(`runonclick loads nothing until somebody clicks, then plays, ${kind}`, async () => {
    const host = await openHost(`<iframe ${sandbox} src="{page}?embed=1&runonclick&preset=crashed-primary" title="A run" width="320" height="400"></iframe>`);
    const frame = host.frames()[1];
    const run = frame.getByRole('button', { name: 'Run it' });
    await run.waitFor();
    await accessible(frame);
    await fitsSideways(frame);
    await fitsUpright(frame);
    assert.equal(await frame.evaluate(() => globalThis.hasStarted), undefined);
    const fetched = await frame.evaluate(() => performance.getEntriesByType('resource').filter(({ name, transferSize }) => /wasm/.test(name) && transferSize > 0).length);
    assert.equal(fetched, 0, 'the program was not loaded');
    await run.focus();
    await host.keyboard.press('Enter');
    await hasStarted(frame);
    assert.match(frame.url(), /autoplay=1/);
    await frame.waitForFunction(() => Number(document.querySelector('main').dataset.events) > 3);
    assert.match(frame.url(), /preset=crashed-primary/);
  });
}
