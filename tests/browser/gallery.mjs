// Takes pictures of the page to look at: its sizes, its themes, and the states that it can be in.
//
// They go into tests/browser/shots/, with a page that shows them all; the README's picture is among them.

import { writeFile } from 'node:fs/promises';
import { closeAll, newPage, shot } from './chromium.mjs';

const README = new URL('../../docs/quorumscope.png', import.meta.url);
const SHEET = new URL('shots/index.html', import.meta.url);
// An instant at which PREPAREs and COMMITs are under way.
const MID = '?t=0.124';
const DESK = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844, touch: true };
const FRAME = { width: 640, height: 400 };

/** Each size in each theme, as the page opens. */
const SIZES = {
  desk: { ...DESK, path: MID },
  phone: { ...PHONE, path: MID },
  frame: { ...FRAME, path: `${MID}&embed=1` },
};

/** What can be seen on the page, one thing each, and what it takes to see it. */
const STATES = {
  'view-change': { path: '?preset=crashed-primary&autoplay=0&t=2.16' },
  partition: { path: '?preset=cut-off-minority&autoplay=0&t=0.9' },
  'one-way': { path: '?preset=one-way&autoplay=0&t=0.7' },
  menu: { path: `${MID}&autoplay=0`, see: (page) => node(page, 1, { button: 'right' }) },
  message: { path: '?preset=crashed-primary&autoplay=0&t=2.16', see: (page) => inspectMessage(page, /^View-change, R3/) },
  through: { path: '?preset=two-of-four&autoplay=0&t=0.19', see: through },
  broken: { path: '?preset=two-of-four&autoplay=0&t=1.2997', see: (page) => tab(page, 'Ledger') },
  ghost: { path: '?autoplay=0&t=0.1', see: crash },
  form: { path: `${MID}&autoplay=0`, see: form },
  story: { path: '?autoplay=0&t=0.3', see: (page) => tab(page, 'Story') },
  gallery: { path: '?autoplay=0', see: (page) => tab(page, 'Gallery') },
  'traitor-asks': { path: '?f=1&behaviour=puppet&autoplay=1&speed=400', see: (page) => page.locator('.puppet').waitFor() },
  'seven-traitors': { path: '?n=7&f=2&behaviour=two-faced&autoplay=0&t=0.15' },
  'n-31': { path: '?n=31&f=11&behaviour=two-faced&autoplay=0&t=0.136' },
  'n-100': { path: '?n=100&autoplay=0&t=0.13' },
  'n-1000': { path: '?n=1000&autoplay=0&t=0.1' },
  calm: { path: `${MID}&autoplay=0`, calm: true },
  projector: { path: `${MID}&projector=1&autoplay=0` },
  forced: { path: `${MID}&autoplay=0`, forcedColors: 'active' },
  zoomed: { path: `${MID}&autoplay=0`, width: 640, height: 400, deviceScaleFactor: 2 },
  narrow: { path: `${MID}&autoplay=0`, width: 320, height: 640, touch: true },
  wall: { path: `${MID}&autoplay=0`, width: 3840, height: 2160 },
};

const taken = [];
try {
  for (const [name, size] of Object.entries(SIZES)) {
    for (const dark of [false, true]) await take(dark ? `${name}-dark` : name, { ...size, dark });
  }
  for (const [name, state] of Object.entries(STATES)) await take(name, { ...DESK, ...state });
  await take('readme', SIZES.desk, README);
  await writeFile(SHEET, sheet());
} finally {
  await closeAll();
}

async function take(name, { see, ...options }, file) {
  const page = await newPage(options);
  try {
    await see?.(page);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    console.log(await shot(page, name, file));
    if (!file) taken.push(name);
  } catch (error) {
    console.log(`  ${name} was not seen: ${error.message.split('\n')[0]}`);
    process.exitCode = 1;
  }
  for (const problem of page.problems) console.log(`  ${problem}`);
  await page.context().close();
}

/** All pictures on one page. */
function sheet() {
  const figure = (name) => `<figure><img src="${name}.png" alt="${name}" loading="lazy"><figcaption>${name}</figcaption></figure>`;
  const style = 'body{font:14px sans-serif;display:flex;flex-wrap:wrap;gap:1rem}figure{margin:0}img{height:300px;border:1px solid #888}';
  return `<!doctype html><html lang="en"><title>How the page looks</title><style>${style}</style>${taken.map(figure).join('')}`;
}

async function tab(page, name) {
  await page.getByRole('tab', { name, exact: true }).click();
}

async function node(page, id, options) {
  const { x, y, width, height } = await page.getByRole('button', { name: new RegExp(`^Replica ${id}\\b`) }).first().boundingBox();
  await page.mouse.click(x + width / 2, y + height / 2, options);
}

async function inspectMessage(page, name) {
  await tab(page, 'Inspect');
  await page.getByRole('button', { name }).first().click();
  await page.getByRole('heading', { name }).waitFor();
}

async function through(page) {
  await node(page, 3);
  await page.getByRole('button', { name: 'Only what it has seen' }).click();
  await page.getByText('Only what replica 3 has seen').waitFor();
}

async function crash(page) {
  await node(page, 2, { button: 'right' });
  await page.getByRole('dialog').getByRole('button', { name: 'Crash', exact: true }).click();
  for (let step = 0; step < 12; step += 1) await page.keyboard.press('ArrowRight');
}

async function form(page) {
  await tab(page, 'Break it');
  await page.locator('[data-fault="slow"]').click();
}
