// The page as people use it: watch a run, change it, come back to it by its address.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inflateRawSync } from 'node:zlib';
import { theSite } from './chromium.mjs';
import { accessible, fitsSideways, openPage, painted, scenarioOf } from './harness.mjs';

const main = (page) => page.locator('main');
const attribute = (page, name) => main(page).getAttribute(name);
const still = { path: '?autoplay=0' };

/** Goes to the end of the run and waits until it is there. */
async function toTheEnd(page) {
  await page.getByRole('button', { name: 'To the end' }).click();
  await page.locator('main[data-ended="true"]').waitFor();
}

/** The text of the log at its end. */
async function story(page) {
  await page.getByRole('tab', { name: 'Story' }).click();
  return page.locator('.log').innerText();
}

test('play shows a request executed by all replicas, and the answer', async () => {
  const page = await openPage({ path: '?autoplay=0&speed=2000' });
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await page.locator('main[data-ended="true"]').waitFor({ timeout: 20_000 });
  const told = await story(page);
  assert.match(told, /Replicas 0, 1, 2 and 3 execute c4#1 as number 1/);
  assert.match(told, /Client 4 accepts the answer to c4#1/);
});

test('the address brings the same run back', async () => {
  const page = await openPage(still);
  const nodes = page.getByRole('textbox', { name: 'Replicas, n' });
  await nodes.fill('7');
  await page.getByText('n = 7 tolerates f = 2').waitFor();
  await scenarioOf(page, (run) => run.nodes === 7);
  await toTheEnd(page);
  const [hash, url] = [await attribute(page, 'data-trace-hash'), page.url()];
  const again = await openPage({ url });
  await again.getByText('n = 7 tolerates f = 2').waitFor();
  await toTheEnd(again);
  assert.equal(await attribute(again, 'data-trace-hash'), hash);
});

test('a half-typed number breaks nothing and is answered in words', async () => {
  const page = await openPage(still);
  const nodes = page.getByRole('textbox', { name: 'Replicas, n' });
  await nodes.fill('');
  await page.getByText('Type a number from 1 to 1024.').waitFor();
  await nodes.fill('4000');
  await page.getByText('4000 is out of range').waitFor();
  await page.getByText('n = 4 tolerates f = 1').waitFor();
  await nodes.fill('5');
  await page.getByText('n = 5 tolerates f = 1').waitFor();
});

test('beyond the bound the page warns, and lets you', async () => {
  const page = await openPage(still);
  await page.getByRole('textbox', { name: 'Traitors' }).fill('2');
  await page.locator('.warning').waitFor();
  await toTheEnd(page);
  assert.equal(await page.locator('.log').count(), 0);
  assert.doesNotMatch(await story(page), /executes? c4/);
});

test('what the system measures stands beside its promises, at the instant that is shown', async () => {
  const page = await openPage(still);
  const table = page.getByRole('region', { name: 'What is measured of this run' }).getByRole('table');
  const row = (name) => table.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) }).getByRole('cell');
  assert.equal(await row(/^Answered Operations/).innerText(), '0');
  assert.equal(await row(/^Mean latency/).innerText(), 'nothing yet');
  await toTheEnd(page);
  await row(/^Answered Operations/).getByText('5').waitFor();
  assert.equal(await row(/^Messages for an answer/).innerText(), '29');
  assert.match(await row(/^Mean latency/).innerText(), /^[\d.]+\s?ms$/);
});

test('a bad link says so and offers a way out', async () => {
  const page = await openPage({ path: '?autoplay=0#s=1.broken' });
  await page.getByRole('alert').getByText('This link cannot be opened').waitFor();
  await page.getByText('n = 4 tolerates f = 1').waitFor();
  await accessible(page);
});

test('back and on by keys leads to the same instant', async () => {
  const page = await openPage(still);
  const body = page.locator('body');
  for (let step = 0; step < 12; step += 1) await body.press('ArrowRight');
  const there = await attribute(page, 'data-trace-hash');
  const events = Number(await attribute(page, 'data-events'));
  assert.ok(events >= 12);
  for (let step = 0; step < 5; step += 1) await body.press('ArrowLeft');
  assert.ok(Number(await attribute(page, 'data-events')) < events);
  for (let step = 0; step < 5; step += 1) await body.press('ArrowRight');
  assert.equal(await attribute(page, 'data-trace-hash'), there);
});

for (const [name, options] of Object.entries({
  'in the dark on a phone': { width: 390, height: 844, dark: true, touch: true },
  'in a frame': { width: 640, height: 400, path: '?embed=1' },
  'with movement reduced': { calm: true },
  'at 320 pixels': { width: 320, height: 640, touch: true },
})) {
  test(`the page is accessible and fits ${name}`, async () => {
    const page = await openPage(options);
    await page.locator('body').press('ArrowRight');
    await page.locator('body').press('ArrowRight');
    await accessible(page);
    await fitsSideways(page);
  });
}

/** What screen readers were told last. */
const announced = (page) => page.locator('.floor > p[role="status"]').innerText();

test('a broken promise is held, announced at once, and leaves a button that goes there', async () => {
  const page = await openPage({ path: '?preset=two-of-four' });
  await page.locator('.caption.bad').waitFor();
  await page.waitForFunction(() => /is broken/.test(document.querySelector('.floor > p[role="status"]').textContent));
  const events = Number(await attribute(page, 'data-events'));
  await page.waitForFunction((before) => Number(document.querySelector('main').dataset.events) > before + 3, events);
  assert.equal(await page.locator('.caption.bad').count(), 1);
  const sign = page.getByRole('button', { name: /^Agreement broke at \d+ ms/ });
  await sign.waitFor();
  await sign.click();
  await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
  await page.locator('.caption.bad').getByText('Agreement is broken.').waitFor();
  await accessible(page);
  await page.getByRole('button', { name: 'Back to the start' }).click();
  await sign.waitFor({ state: 'hidden' });
});

test('each step is announced, and says what it led to', async () => {
  const page = await openPage(still);
  const told = new Set();
  for (let step = 0; step < 12; step += 1) {
    const before = await announced(page);
    // Screen readers are told at most ten times a second.
    await painted(page, 10);
    await page.locator('body').press('ArrowRight');
    await page.waitForFunction((old) => document.querySelector('.floor > p[role="status"]').innerText !== old, before);
    told.add(await announced(page));
  }
  assert.equal(told.size, 12);
  assert.ok([...told].some((text) => /proposes c4#1 as number 1/.test(text)), [...told].join('\n'));
});

test('the log finds words in any order, filters, and keeps what is known to come', async () => {
  const page = await openPage(still);
  await page.getByRole('tab', { name: 'Story' }).click();
  assert.ok((await page.locator('.log .ahead').count()) > 10);
  await toTheEnd(page);
  const search = page.getByRole('searchbox', { name: 'Search the log' });
  await search.fill('commit replica 2');
  await page.getByText('Nothing fits').waitFor({ state: 'hidden' });
  const found = await page.locator('.log .entry').allInnerTexts();
  assert.ok(found.length > 3 && found.every((text) => /commit/i.test(text) && /2/.test(text)));
  await search.fill('zebra');
  await page.getByText('Nothing fits.').waitFor();
  await search.fill('');
  await page.getByLabel('What it is about').selectOption('Decisions');
  await page.waitForFunction(() => [...document.querySelectorAll('.log .entry')].every((e) => /execute|accepts/.test(e.textContent)));
  await page.getByLabel('Which node').selectOption('Client 4');
  const lines = page.locator('.log .entry');
  await page.waitForFunction(() => document.querySelectorAll('.log .entry').length === 5);
  await lines.first().click();
  await page.waitForFunction(() => document.querySelectorAll('.log .ahead').length === 4);
  await accessible(page);
});

test('a replica is crashed by hand, and undo brings it back', async () => {
  const page = await openPage(still);
  for (let step = 0; step < 6; step += 1) await page.locator('body').press('ArrowRight');
  await page.getByRole('button', { name: /^Replica 2/ }).click();
  await page.getByRole('button', { name: 'Do something to it' }).click();
  await accessible(page);
  await page.getByRole('dialog', { name: 'What can be done' }).getByRole('button', { name: 'Crash', exact: true }).click();
  await page.getByRole('button', { name: /^Replica 2, crashed/ }).waitFor();
  await page.getByRole('button', { name: 'Undo the last change of the run' }).click();
  await page.getByRole('button', { name: /^Replica 2, (?!crashed)/ }).waitFor();
});

test('between places, each node says where it is, and is moved', async () => {
  const page = await openPage(still);
  await page.getByLabel('Latency').selectOption('Between places');
  await page.getByText('Where each node is').click();
  const place = page.getByLabel('Replica 1', { exact: true });
  await page.getByText('33 ms from replica 0').waitFor();
  assert.equal(await place.locator('option:checked').innerText(), 'oregon');
  await accessible(page);
  await place.selectOption('ireland');
  await page.getByText('33 ms from replica 0').waitFor({ state: 'hidden' });
  assert.equal(await place.locator('option:checked').innerText(), 'ireland');
});

test('a form shows what it will do, whatever is left out', async () => {
  const page = await openPage(still);
  await page.getByRole('tab', { name: 'Break it' }).click();
  await page.getByRole('button', { name: 'Partition', exact: true }).click();
  for (const flag of ['One way', 'Hold']) {
    assert.equal(await page.getByLabel(flag).locator('option:checked').innerText(), 'No (default)');
  }
  await page.getByLabel('Hold').selectOption('Yes');
  await page.waitForFunction(() => location.hash.startsWith('#s=1.'));
  const before = await page.evaluate(() => location.hash);
  await page.getByRole('button', { name: /^Do it now/ }).click();
  await page.waitForFunction((old) => location.hash !== old, before);
  const code = page.url().split('#s=1.')[1];
  const { script } = JSON.parse(inflateRawSync(Buffer.from(code, 'base64url')).toString());
  assert.deepEqual(script.map(({ hold, one_way }) => [hold, one_way]), [[true, undefined]]);
});

test('every panel is accessible', async () => {
  const page = await openPage(still);
  for (let step = 0; step < 30; step += 1) await page.locator('body').press('ArrowRight');
  for (const name of ['Break it', 'Story', 'Inspect', 'Gallery', 'Ledger']) {
    await page.getByRole('tab', { name }).click();
    await accessible(page);
  }
  await page.getByRole('button', { name: /^Replica 1/ }).first().click();
  await page.getByRole('button', { name: 'Only what it has seen' }).click();
  await accessible(page);
});

test('a preset from the gallery runs, and a broken promise is shouted', async () => {
  const page = await openPage(still);
  await page.getByRole('tab', { name: 'Gallery' }).click();
  await page.locator('.card').filter({ hasText: /two of four|Two of four/i }).first().click();
  await toTheEnd(page);
  await page.getByRole('tab', { name: 'Set-up' }).click();
  await page.getByText('broken').first().waitFor();
});

test('the dialogs open by key, are accessible, and letters can be switched off', async () => {
  const page = await openPage(still);
  const body = page.locator('body');
  await body.press('s');
  await page.getByRole('dialog', { name: 'Share this run' }).waitFor();
  await accessible(page);
  await body.press('Escape');
  await body.press('?');
  await page.getByRole('dialog').getByLabel('Single letters and signs are keys').uncheck();
  await accessible(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await body.press('s');
  assert.equal(await page.locator('dialog[open]').count(), 0);
});

test('a traitor asks what to send, and the keyboard alone answers', async () => {
  const page = await openPage({ path: '?autoplay=0&speed=2000' });
  await page.getByRole('combobox', { name: 'They are' }).selectOption('puppet');
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  const question = page.getByRole('region', { name: /^Your traitor, replica 3, is about to send a PREPARE/ });
  await question.waitFor();
  await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
  await accessible(page);
  await question.getByLabel('Replica 1').focus();
  await page.keyboard.press('ArrowDown');
  await page.getByRole('button', { name: 'Send' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: /is about to send a COMMIT/ }).waitFor();
  await page.getByRole('button', { name: 'Undo the last change of the run' }).click();
  await question.waitFor();
});

test('the run plays before the later part of the page comes, and without it', async () => {
  const page = await openPage({ started: false, url: 'about:blank' });
  let cut = true;
  await page.route(/split_later\.wasm/, (route) => (cut ? route.abort() : route.continue()));
  const { origin, below } = await theSite();
  await page.goto(origin + below);
  await page.getByText('The rest of the page could not be loaded').waitFor();
  await page.waitForFunction(() => Number(document.querySelector('main').dataset.events) > 10);
  await accessible(page);
  await page.keyboard.press('ArrowLeft');
  cut = false;
  page.problems.length = 0;
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('n = 4 tolerates f = 1').waitFor();
  await page.waitForFunction(() => location.hash.startsWith('#s=1.'));
});

test('a link whose reader does not come is read by what comes later', async () => {
  const page = await openPage({ started: false, url: 'about:blank' });
  await page.route(/split_reading\.wasm/, (route) => route.abort());
  const { origin, below } = await theSite();
  await page.goto(`${origin}${below}?n=7`);
  await page.getByText('n = 7 tolerates f = 2').waitFor();
  page.problems.length = 0;
});

test('a link whose reader does not come is not taken for the default run', async () => {
  const page = await openPage({ started: false, url: 'about:blank' });
  await page.route(/split_(later|reading)\.wasm/, (route) => route.abort());
  const { origin, below } = await theSite();
  await page.goto(`${origin}${below}?n=7`);
  await page.getByText('This link cannot be opened: a part of the page could not be loaded').waitFor();
  const again = page.getByRole('button', { name: 'Try again' });
  await again.waitFor();
  await page.unrouteAll();
  page.problems.length = 0;
  await again.click();
  await page.getByText('n = 7 tolerates f = 2').waitFor();
});
