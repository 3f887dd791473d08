// A second system on a page built with it: everything is there, and no word of the first is said about it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible, fitsSideways, openPage } from './harness.mjs';

const FILE = new URL('../../target/echo.html', import.meta.url).href;
/** What only the first system has. */
const OTHERS = /replica|primary|backup|prepare|commit|checkpoint|view \d|view.change|quorum of|pbft/i;

/** What the page says, without the menu of systems. */
const said = (page) => page.evaluate(() => {
  const copy = document.body.cloneNode(true);
  for (const hidden of copy.querySelectorAll('select, script, style, [hidden]')) hidden.remove();
  const labels = [...copy.querySelectorAll('[aria-label], [title]')].map((e) => `${e.ariaLabel ?? ''} ${e.title}`);
  return [copy.textContent, ...labels].join('\n');
});

test('another system has its set-up, ring, diagram, story and promises, in its own words', async () => {
  const page = await openPage({ url: `${FILE}?protocol=echo&autoplay=0`, height: 1000 });
  await page.getByText('Echo · 2 servers').waitFor();
  await page.getByLabel('Servers', { exact: true }).waitFor();
  await page.getByRole('button', { name: /^Server 0/ }).waitFor();
  await page.getByText('True-echo').waitFor();
  await page.keyboard.press('End');
  await page.locator('main[data-ended="true"]').waitFor();
  await page.getByRole('row', { name: /True-echo.*holds/ }).waitFor();
  for (const panel of ['Set-up', 'Break it', 'Story', 'Inspect', 'Gallery']) {
    await page.getByRole('tab', { name: panel }).click();
    assert.doesNotMatch(await said(page), OTHERS, panel);
    await fitsSideways(page);
    await accessible(page);
  }
  await page.getByRole('tab', { name: 'Story' }).click();
  await page.getByText(/accepts the answer/).first().waitFor();
});

test('a server that lies breaks what Echo promises, and the page says so', async () => {
  const page = await openPage({ url: `${FILE}?protocol=echo&f=1&behaviour=wrong-echo&autoplay=0` });
  await page.keyboard.press('End');
  await page.locator('main[data-ended="true"]').waitFor();
  await page.getByRole('row', { name: /True-echo.*broken/ }).waitFor();
  assert.doesNotMatch(await said(page), OTHERS);
});

test('from one system to another and back, with undo', async () => {
  const page = await openPage({ url: `${FILE}?autoplay=0` });
  await page.getByRole('combobox', { name: 'System' }).selectOption('echo');
  await page.getByLabel('Servers', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Undo the last change of the run' }).click();
  await page.getByLabel('Replicas, n', { exact: true }).waitFor();
});
