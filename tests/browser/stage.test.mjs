// The stage under the hand: cut it, drag and pinch the diagram, scrub, go round, flip, project.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible, fitsSideways, openPage } from './harness.mjs';

const still = { path: '?autoplay=0&t=0.1' };
const phone = { width: 390, height: 844, touch: true, ...still };
const now = (page) => page.locator('.clock b').innerText();
const undo = (page) => page.getByRole('button', { name: 'Undo the last change of the run' });

/** The corners of a picture on the page. */
async function box(page, selector) {
  const place = page.locator(`${selector} canvas`);
  await place.scrollIntoViewIfNeeded();
  return place.boundingBox();
}

/** Draws a line with the mouse between two parts of the stage; lets go at its end, or not. */
async function stroke(page, from, to, release = true) {
  const { x, y, width, height } = await box(page, '.stage');
  await page.mouse.move(x + width * from[0], y + height * from[1]);
  await page.mouse.down();
  await page.mouse.move(x + width * to[0], y + height * to[1], { steps: 8 });
  if (release) await page.mouse.up();
}

/** Fingers that move across a picture: lists of their places, as parts of it. */
async function fingers(page, selector, ...ways) {
  const { x, y, width, height } = await box(page, selector);
  const driver = await page.context().newCDPSession(page);
  const at = (step) => ways.map((way, id) => ({ id, x: x + width * way[step][0], y: y + height * way[step][1] }));
  const send = (type, touchPoints) => driver.send('Input.dispatchTouchEvent', { type, touchPoints });
  await send('touchStart', at(0));
  for (let step = 1; step < ways[0].length; step += 1) await send('touchMove', at(step));
  await send('touchEnd', []);
}

/** A way in steps from one place to another. */
function way(from, to, steps = 10) {
  return Array.from({ length: steps + 1 }, (_, step) => from.map((start, axis) => start + ((to[axis] - start) * step) / steps));
}

/** From when to when the diagram shows the run, in milliseconds. */
async function span(page) {
  const says = await page.locator('.spacetime canvas').getAttribute('aria-label');
  return says.match(/from ([\d.]+) to ([\d.]+)/).slice(1).map(Number);
}

/** Waits until what the diagram shows is so. */
async function shows(page, so) {
  for (let tries = 0; tries < 100; tries += 1) {
    const [from, to] = await span(page);
    if (so(from, to)) return [from, to];
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
  throw new Error(`the diagram shows ${await span(page)}: not ${so}`);
}

/** Fails unless nothing was done to the run. */
async function untouched(page) {
  await page.getByRole('tab', { name: 'Break it' }).click();
  await page.getByText('Nothing: the run is as the set-up says.').waitFor();
}

async function parted(page) {
  await page.getByRole('tab', { name: 'Break it' }).click();
  await page.locator('.script').getByText(/network falls apart/).waitFor();
  return page.locator('.script').innerText();
}

test('a line drawn across the ring parts it, as the form would', async () => {
  const page = await openPage(still);
  await stroke(page, [0.25, 0.4], [0.95, 0.4], false);
  await page.getByText('A: R0 | B: R1, R2, R3. Let go to part them.').waitFor();
  await page.mouse.up();
  const told = await parted(page);
  assert.match(told, /0.*\|.*1, 2 and 3/);
  await undo(page).click();
  await untouched(page);
});

test('Escape puts the knife away, and a line beside the ring cuts nothing', async () => {
  const page = await openPage(still);
  await stroke(page, [0.25, 0.4], [0.95, 0.4], false);
  await page.getByText('Let go to part them.').waitFor();
  await page.keyboard.press('Escape');
  await page.getByText('Let go to part them.').waitFor({ state: 'hidden' });
  await page.mouse.up();
  await stroke(page, [0.25, 0.02], [0.6, 0.02]);
  await untouched(page);
});

test('the keyboard takes up the knife and gets the form with it', async () => {
  const page = await openPage(still);
  await page.getByRole('button', { name: 'Cut', exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('Draw a line across the ring').waitFor();
  await accessible(page);
  await page.getByLabel('Groups').fill('0, 1 | 2, 3');
  await page.keyboard.press('Enter');
  assert.match(await parted(page), /0 and 1.*\|.*2 and 3/);
  await page.getByRole('button', { name: 'Cut', exact: true, pressed: false }).waitFor();
});

test('a finger cuts with the knife, and scrolls without it', async () => {
  const page = await openPage(phone);
  await fingers(page, '.stage', way([0.6, 0.7], [0.6, 0.2]));
  await page.waitForFunction(() => scrollY > 50);
  await untouched(page);
  await page.getByRole('button', { name: 'Cut', exact: true }).click();
  await accessible(page);
  await fingers(page, '.stage', way([0.2, 0.42], [0.98, 0.42]));
  assert.match(await parted(page), /0.*\|.*1, 2 and 3/);
  await fitsSideways(page);
});

test('the mouse drags the diagram, its wheel zooms at the pointer, a click goes there', async () => {
  const page = await openPage(still);
  const { x, y, width, height } = await box(page, '.spacetime');
  const first = await span(page);
  await page.mouse.move(x + width * 0.8, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width * 0.4, y + height / 2, { steps: 5 });
  await page.mouse.up();
  const wide = first[1] - first[0];
  const dragged = await shows(page, (from) => Math.abs((from - first[0]) / wide - 0.42) < 0.02);
  assert.equal(await now(page), '100.0 ms');
  await page.mouse.move(x + width - 1, y + height / 2);
  await page.mouse.wheel(0, -100);
  await shows(page, (from, to) => Math.abs(to - dragged[1]) < 2 && from > dragged[0] + 20);
  await page.mouse.click(x + width * 0.5, y + height - 6);
  await page.waitForFunction(() => document.querySelector('.clock b').textContent !== '100.0 ms');
});

test('a finger pans the diagram, two pinch it, a tap goes there, and the page still scrolls', async () => {
  const page = await openPage(phone);
  const first = await span(page);
  await fingers(page, '.spacetime', way([0.8, 0.5], [0.3, 0.5]));
  const wide = first[1] - first[0];
  const panned = await shows(page, (from) => from > first[0] + wide / 2);
  await fingers(page, '.spacetime', way([0.5, 0.5], [0.25, 0.5]), way([0.6, 0.5], [0.85, 0.5]));
  const pinched = await shows(page, (from, to) => Math.abs((to - from) * 6 - wide) < wide / 20 && from > panned[0]);
  const before = await page.evaluate(() => scrollY);
  await fingers(page, '.spacetime', way([0.5, 0.3], [0.5, 0.9]));
  await page.waitForFunction((before) => scrollY < before - 30, before);
  assert.deepEqual(await span(page), pinched);
  await fingers(page, '.spacetime', [[0.7, 0.95]]);
  await page.waitForFunction(() => document.querySelector('.clock b').textContent !== '100.0 ms');
});

test('keys move the diagram', async () => {
  const page = await openPage(still);
  const first = await span(page);
  await page.keyboard.press('Shift+ArrowRight');
  const later = await shows(page, (from) => from > first[0]);
  await page.keyboard.press('+');
  await shows(page, (from, to) => to - from < (later[1] - later[0]) * 0.9);
  assert.equal(await now(page), '100.0 ms');
});

test('the scrubber says what happens under the pointer', async () => {
  const page = await openPage(still);
  const slider = page.getByRole('slider', { name: 'Instant' });
  const { x, y, width, height } = await slider.boundingBox();
  await page.mouse.move(x + 8, y + height / 2);
  const bubble = page.locator('.bubble');
  await bubble.getByText('Client 4 wants its request c4#1 executed').waitFor();
  await page.mouse.move(x + width * 0.998, y + height / 2);
  await bubble.getByText(/view 0/).waitFor();
  await bubble.getByText('Client 4 accepts the answer').waitFor();
  await page.mouse.move(x, y - 200);
  await bubble.waitFor({ state: 'hidden' });
  assert.equal(await now(page), '100.0 ms');
});

/** Plays until time went back by itself, and says from where at least and to where. */
function wentBack(page) {
  return page.evaluate(() => new Promise((done) => {
    const read = () => parseFloat(document.querySelector('.clock b').textContent);
    let last = read();
    const look = () => {
      const now = read();
      if (now < last - 5) return done([last, now]);
      last = now;
      requestAnimationFrame(look);
    };
    look();
  }));
}

test('play goes round between two marks until they are cleared', async () => {
  const page = await openPage({ path: '?autoplay=0&t=0.1&speed=200' });
  await page.keyboard.press('i');
  await page.getByRole('button', { name: 'Go round to here (O)' }).waitFor();
  await page.keyboard.press('5');
  await page.keyboard.press('Home');
  for (let step = 0; step < 30; step += 1) await page.keyboard.press('ArrowRight');
  const to = parseFloat(await now(page));
  assert.ok(to > 100);
  await page.keyboard.press('o');
  await page.getByRole('button', { name: 'Go round no more (X)' }).waitFor();
  await accessible(page);
  await page.keyboard.press(' ');
  const [left, came] = await wentBack(page);
  assert.ok(left <= to + 0.1 && came >= 99.9, `from ${left} to ${came} in a span from 100 to ${to}`);
  await page.keyboard.press(' ');
  await page.getByRole('button', { name: 'Go round no more (X)' }).click();
  await page.getByRole('button', { name: 'Go round from here (I)' }).waitFor();
});

test('the address says in which span play goes round', async () => {
  const page = await openPage({ path: '?autoplay=1&t=0.05&speed=200&loop=0.05..0.1' });
  const [left, came] = await wentBack(page);
  assert.ok(left <= 100.1 && came >= 49.9, `from ${left} to ${came}`);
});

test('before and after a change are a click apart, at the same instant', async () => {
  const page = await openPage(still);
  await stroke(page, [0.25, 0.4], [0.95, 0.4]);
  const ways = page.getByRole('group', { name: /^The run before and after the last change/ });
  await ways.waitFor();
  await accessible(page);
  for (let step = 0; step < 12; step += 1) await page.keyboard.press('ArrowRight');
  const at = await now(page);
  const hash = () => page.locator('main').getAttribute('data-trace-hash');
  const after = await hash();
  await ways.getByRole('button', { name: 'Before' }).click();
  await ways.getByRole('button', { name: 'After', disabled: false }).waitFor();
  assert.equal(await now(page), at);
  assert.notEqual(await hash(), after);
  await ways.getByRole('button', { name: 'After' }).click();
  await ways.getByRole('button', { name: 'Before', disabled: false }).waitFor();
  assert.deepEqual([await now(page), await hash()], [at, after]);
});

test('for a wall everything is large, and clicks still meet the nodes', async () => {
  const page = await openPage({ path: '?autoplay=0&t=0.1&projector=1' });
  const size = () => page.evaluate(() => parseFloat(getComputedStyle(document.documentElement).fontSize));
  assert.ok((await size()) > 20);
  await accessible(page);
  await fitsSideways(page);
  const button = await page.getByRole('button', { name: /^Replica 1/ }).boundingBox();
  await page.mouse.click(button.x + button.width / 2, button.y + button.height / 2);
  await page.getByRole('heading', { name: 'Replica 1' }).waitFor();
  await page.getByRole('button', { name: 'Large and strong, for a wall' }).click();
  assert.equal(await size(), 16);
});

for (const [name, options] of Object.entries({
  'in colours of the visitor': { forcedColors: 'active' },
  'zoomed to 200 %': { width: 640, height: 400, deviceScaleFactor: 2 },
  'on a wall of 4K': { width: 3840, height: 2160 },
})) {
  test(`the page is accessible and fits ${name}`, async () => {
    const page = await openPage({ ...options, ...still });
    await accessible(page);
    await fitsSideways(page);
  });
}
