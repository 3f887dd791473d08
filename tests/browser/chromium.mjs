// One Chromium for a process: opens pages in it and notes all that goes wrong in them.

import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { serveSite } from './site.mjs';

const ARGS = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
];

let site;
let browser;

/** The server of the page, started when first asked for. */
export async function theSite() {
  site ??= await serveSite();
  return site;
}

/** Where a browser may be: where CHROMIUM says, the driver's own, or one of the machine's. */
const PLACES = process.env.CHROMIUM ? [{ executablePath: process.env.CHROMIUM }] : [
  {}, { channel: 'chrome' }, { channel: 'msedge' },
  { executablePath: '/usr/bin/chromium' }, { executablePath: '/usr/bin/chromium-browser' },
];

/** The browser: the first that starts. */
export async function theBrowser() {
  const failures = [];
  for (const place of browser ? [] : PLACES) {
    browser ??= await chromium.launch({ ...place, args: ARGS }).catch((error) => void failures.push(error.message));
  }
  if (!browser) throw new Error(failures.join('\n'));
  return browser;
}

/**
 * Opens the page and waits until it has started.
 *
 * `path` is what follows the address (`?embed=1`, `#s=...`), `url` replaces the address whole,
 * `dark`, `calm` (reduced motion) and `touch` are the visitor's wishes and means; anything
 * else is handed to the browser's context. `page.problems` collects console errors,
 * failed requests, and requests that leave the site.
 */
export async function newPage(options = {}) {
  const { width = 1280, height = 800, dark = false, calm = false, touch = false } = options;
  const { path = '', url, started = true, ...rest } = options;
  for (const own of ['width', 'height', 'dark', 'calm', 'touch']) delete rest[own];
  const { origin, foreign, below } = await theSite();
  const context = await (await theBrowser()).newContext({
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: calm ? 'reduce' : 'no-preference',
    hasTouch: touch,
    // What one test keeps is nothing to the next.
    serviceWorkers: 'block',
    ...rest,
  });
  const page = await context.newPage();
  page.problems = watch(page, [origin, foreign]);
  await page.addInitScript(() => {
    addEventListener('QuorumscopeStarted', ({ detail }) => (globalThis.hasStarted = detail?.wasm ?? true));
  });
  await page.goto(url ?? origin + below + path);
  if (started) await hasStarted(page);
  return page;
}

/** Waits until wasm runs in the page, or in a frame of one, is there to its last part, and has been painted. */
export async function hasStarted(frame) {
  const whole = () => globalThis.hasStarted && document.querySelector('.side:not([aria-busy])');
  await frame.waitForFunction(whole, null, { timeout: 20_000 });
  await frame.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** Puts a picture of the page into `file`, a URL; by default into tests/browser/shots/. */
export async function shot(page, name, file = new URL(`shots/${name}.png`, import.meta.url)) {
  const path = fileURLToPath(file);
  await mkdir(dirname(path), { recursive: true });
  await page.screenshot({ path });
  return path;
}

/** Ends the browser and the server. */
export async function closeAll() {
  await browser?.close();
  await site?.close();
  browser = site = undefined;
}

function watch(page, homes) {
  const problems = [];
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`exception: ${error.message}`));
  page.on('response', (response) => {
    if (response.status() >= 400) problems.push(`${response.status()}: ${response.url()}`);
  });
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    const local = ['data:', 'blob:', 'about:', 'file:'].includes(protocol) || homes.includes(origin);
    if (!local) problems.push(`asked elsewhere: ${request.url()}`);
  });
  return problems;
}
