// Three pictures under one cursor: what is selected in one is lit in all; what can be done stands beside it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible, openPage } from './harness.mjs';

const still = { path: '?autoplay=0&t=0.124' };
const menu = (page) => page.getByRole('dialog', { name: 'What can be done' });
const chip = (page) => page.locator('.chip .what');
const replica = (page, id) => page.getByRole('button', { name: new RegExp(`^Replica ${id}\\b`) }).first();
const tab = (page, name) => page.getByRole('tab', { name, exact: true });

/** The middle of a node on the stage. */
async function place(page, id) {
  const { x, y, width, height } = await replica(page, id).boundingBox();
  return [x + width / 2, y + height / 2];
}

/** Pulls a line with the mouse from one replica to another. */
async function pull(page, from, to) {
  await page.mouse.move(...(await place(page, from)));
  await page.mouse.down();
  await page.mouse.move(...(await place(page, to)), { steps: 6 });
  await page.mouse.up();
}

async function told(page) {
  await tab(page, 'Break it').click();
  return page.locator('.script').innerText();
}

test('a node that is selected in the ledger is lit on the stage and in its row', async () => {
  const page = await openPage(still);
  await tab(page, 'Ledger').click();
  await page.locator('.ledger').getByRole('button', { name: 'R2', exact: false }).first().click();
  await page.getByRole('button', { name: /^Replica 2/, pressed: true }).waitFor();
  await page.locator('.ledger tr.lit').getByText('R2').waitFor();
  assert.equal(await chip(page).innerText(), 'Replica 2');
});

test('a message that has landed keeps its contents, and names the rule that it fed', async () => {
  const page = await openPage({ path: '?preset=crashed-primary&autoplay=0&t=3.9' });
  await tab(page, 'Story').click();
  await page.getByRole('button', { name: 'Paper', exact: true }).click();
  await page.getByRole('searchbox').fill('receives view-change');
  await page.locator('.log .entry').first().click();
  await tab(page, 'Inspect').click();
  await page.getByRole('button', { name: /^View-change, R\d → R\d/ }).click();
  await page.getByRole('heading', { name: /^View-change/ }).waitFor();
  const facts = await page.locator('.pane .facts').first().innerText();
  assert.match(facts, /prepared[\s\S]*voters[\s\S]*stable/);
  await page.getByText('What it led to').waitFor();
  await accessible(page);
  await page.locator('.pane .back').click();
  await page.getByRole('button', { name: /^View-change, R\d → R\d/ }).waitFor();
});

test('a right click on a node asks what can be done, and does it at once', async () => {
  const page = await openPage(still);
  await page.mouse.click(...(await place(page, 1)), { button: 'right' });
  await accessible(page);
  await menu(page).getByRole('button', { name: 'Restart stale' }).waitFor();
  await menu(page).getByRole('button', { name: 'Crash', exact: true }).click();
  await page.getByRole('button', { name: /^Replica 1, crashed/ }).waitFor();
  await menu(page).waitFor({ state: 'hidden' });
});

test('the menu opens and closes by keyboard, and gives the focus back', async () => {
  const page = await openPage(still);
  await replica(page, 3).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('m');
  await menu(page).waitFor();
  const focused = () => page.evaluate(() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent);
  assert.equal(await focused(), 'Inspect');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  assert.equal(await focused(), 'Crash');
  await page.keyboard.press('Escape');
  await menu(page).waitFor({ state: 'hidden' });
  assert.match(await focused(), /^Replica 3/);
});

test('a line pulled from node to node takes that link, and cuts one direction of it', async () => {
  const page = await openPage(still);
  await pull(page, 0, 2);
  assert.equal(await chip(page).innerText(), 'Link R0 – R2');
  await menu(page).getByRole('button', { name: 'Cut a link R0 → R2' }).click();
  await menu(page).waitFor({ state: 'hidden' });
  await tab(page, 'Inspect').click();
  const ways = await page.locator('.pane .facts').innerText();
  assert.match(ways, /R0 → R2\s+cut/);
  assert.match(ways, /R2 → R0\s+whole/);
});

test('a fault is dragged from its list onto a node', async () => {
  const page = await openPage(still);
  await tab(page, 'Break it').click();
  const crash = await page.locator('[data-fault="crash"]').boundingBox();
  await page.mouse.move(crash.x + 10, crash.y + 10);
  await page.mouse.down();
  await page.mouse.move(...(await place(page, 2)), { steps: 8 });
  await page.locator('.carried').waitFor();
  await page.mouse.up();
  await page.getByRole('button', { name: /^Replica 2, crashed/ }).waitFor();
  assert.match(await told(page), /Replica 2|replica 2/);
});

test('a message under way is found by keyboard, and dropped while time waits', async () => {
  const page = await openPage(still);
  await tab(page, 'Inspect').click();
  await page.getByRole('button', { name: /^Commit 1, R3 → R0/ }).press('Enter');
  await page.getByRole('heading', { name: /^Commit 1, R3 → R0/ }).waitFor();
  await page.getByRole('button', { name: 'Drop, delay or double it' }).press('Enter');
  await menu(page).getByRole('button', { name: /drop$/i }).press('Enter');
  await page.getByText(/, and lost\./).waitFor();
});

test('seen through one node, the page shows what that node has heard, and nothing else', async () => {
  const page = await openPage({ path: '?preset=two-of-four&autoplay=0&t=0.19' });
  await replica(page, 3).click();
  await page.getByRole('button', { name: 'Only what it has seen' }).click();
  await page.getByText('Only what replica 3 has seen').waitFor();
  assert.equal(await page.getByRole('button', { name: /traitor|two-faced/ }).count(), 0);
  await tab(page, 'Ledger').click();
  assert.equal(await page.locator('.ledger').getByText('not seen').count(), 3);
  await tab(page, 'Story').click();
  assert.equal(await page.locator('.log').getByText(/is broken/).count(), 0);
  await replica(page, 0).click();
  await page.getByText('cannot know').waitFor();
  await accessible(page);
  await page.locator('.glass').getByRole('button', { name: 'Reveal' }).click();
  await page.getByRole('button', { name: /traitor/ }).first().waitFor();
});

test('two honest replicas that differ are shouted in the ledger, vote by vote', async () => {
  const page = await openPage({ path: '?preset=two-of-four&autoplay=0&t=1.2' });
  await tab(page, 'Ledger').click();
  await page.locator('.ledger th.clash').getByText('CONFLICT').first().waitFor();
  assert.ok((await page.locator('.ledger .cell.clash').count()) >= 2);
  assert.ok((await page.locator('.ledger .mark.second').count()) > 0);
  await accessible(page);
});

test('a click on an arrow of the diagram selects its message and goes there', async () => {
  const page = await openPage({ path: '?preset=one-way&autoplay=0&t=0.7' });
  const { x, y, width, height } = await page.locator('.spacetime canvas').boundingBox();
  // The cross of a PRE-PREPARE that was lost on its way to R2.
  await page.mouse.click(x + width * 0.6785, y + height * 0.6415);
  await page.getByRole('heading', { name: /^Pre-prepare 2, R0 → R2/ }).waitFor();
  await page.getByText(/, and lost\./).waitFor();
  await page.mouse.click(x + 12, y + height * 0.5);
  assert.match(await page.locator('.clock b').innerText(), /6\d\d\.\d ms/);
});
