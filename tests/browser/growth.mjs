// Whether a page that is left open grows: memory after warming up, and after many rounds more.
//
// Run after a build: node tests/browser/growth.mjs [ROUNDS]. A round is what an hour brings
// several times: the run plays to its end and begins again, somebody seeks, crashes a replica,
// takes it back, and looks into each panel. Garbage is collected before each reading.

import { closeAll, newPage } from './chromium.mjs';

const ROUNDS = Number(process.argv[2] ?? 200);
const WARM = 20;
const PANELS = ['Story', 'Inspect', 'Gallery', 'Break it', 'Set-up'];

try {
  const page = await newPage({ path: '?autoplay=1&loop=1&speed=2000' });
  const client = await page.context().newCDPSession(page);
  await client.send('Performance.enable');
  for (let round = 0; round < WARM; round += 1) await use(page, round);
  const before = await read(client, page);
  for (let round = 0; round < ROUNDS; round += 1) await use(page, round);
  const after = await read(client, page);
  for (const [name, value] of Object.entries(after)) {
    console.log(`${name.padEnd(20)} ${before[name]} after ${WARM} rounds, ${value} after ${WARM + ROUNDS}`);
  }
  for (const problem of page.problems) console.log(`  ${problem}`);
} finally {
  await closeAll();
}

/** One round of use. */
async function use(page, round) {
  await page.getByRole('tab', { name: PANELS[round % PANELS.length] }).click();
  await page.keyboard.press(String(round % 10));
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowRight');
  if (round % 4 === 0) {
    await page.getByRole('tab', { name: 'Set-up' }).click();
    await page.getByRole('textbox', { name: 'Replicas, n' }).fill(String(5 + (round % 7)));
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^Undo/ }).click();
  }
  await page.getByRole('button', { name: 'To the end' }).click();
  await page.locator('main[data-ended="true"]').waitFor();
  const play = page.getByRole('button', { name: 'Play', exact: true });
  if (await play.count()) await play.click();
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** What is held now, without what is only garbage. */
async function read(client, page) {
  await client.send('HeapProfiler.collectGarbage');
  const { metrics } = await client.send('Performance.getMetrics');
  const named = Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
  const wasm = await page.evaluate(() => globalThis.hasStarted.memory.buffer.byteLength);
  return {
    'JavaScript heap, kB': Math.round(named.JSHeapUsedSize / 1000),
    'wasm memory, kB': Math.round(wasm / 1000),
    'DOM nodes': named.Nodes,
    listeners: named.JSEventListeners,
  };
}
