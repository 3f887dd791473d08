// What the tests of the page are written with: open it, use it, and nothing may go wrong meanwhile.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, afterEach } from 'node:test';
import { inflateRawSync } from 'node:zlib';
import { closeAll, hasStarted, newPage, shot, theSite } from './chromium.mjs';

export { hasStarted, shot };

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const open = new Set();

/** Opens the page for the running test (options: see `newPage`), and closes it after. */
export async function openPage(options) {
  const page = await newPage(options);
  open.add(page);
  return page;
}

/** Opens a page of another site that holds `body`, where `{page}` stands for our address. */
export async function openHost(body, options = {}) {
  const { origin, foreign, below, pages } = await theSite();
  const head = '<!doctype html><html lang="en"><title>A host</title><link rel="icon" href="data:,">';
  pages.set('/host', head + body.replaceAll('{page}', origin + below));
  return openPage({ ...options, url: `${foreign}/host`, started: false });
}

/** The scenario in the page's address, once it is one that `fits`. */
export async function scenarioOf(page, fits = () => true) {
  let found;
  await page.waitForURL(({ hash }) => {
    const [, code] = /^#s=1\.([^&]+)/.exec(hash) ?? [];
    found = code && JSON.parse(inflateRawSync(Buffer.from(code, 'base64url')));
    return found !== undefined && fits(found);
  });
  return found;
}

/** Waits until a frame has been painted so many times. */
export const painted = (frame, times) => frame.evaluate(async (count) => {
  for (let n = 0; n < count; n += 1) await new Promise(requestAnimationFrame);
}, times);

/** Fails with a line for each rule of accessibility that the page breaks. */
export async function accessible(page) {
  const axe = await readFile(AXE, 'utf8');
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  const lines = violations.map(({ id, help, nodes }) => {
    const places = nodes.map(({ target }) => target.join(' ')).join(', ');
    return `${id}: ${help} (${places})`;
  });
  assert.deepEqual(lines, []);
}

/** Fails if the page is wider than its window: it must never scroll sideways. */
export async function fitsSideways(page) {
  const [wide, seen] = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return [scrollWidth, clientWidth];
  });
  assert.ok(wide <= seen, `the page is ${wide} px wide in a window of ${seen} px`);
}

afterEach(async () => {
  const pages = [...open];
  open.clear();
  const problems = pages.flatMap((page) => page.problems);
  for (const page of pages) await page.context().close();
  assert.deepEqual(problems, []);
});

after(closeAll);
