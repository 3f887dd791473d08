// Where things stand, from a small phone to a wall: nothing covered, cut off or out of reach.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible, fitsSideways, openPage } from './harness.mjs';

const still = '?autoplay=0&t=0.1';
const SIZES = {
  small: { width: 320, height: 640, touch: true },
  phone: { width: 390, height: 844, touch: true },
  enlarged: { width: 640, height: 400, deviceScaleFactor: 2 },
  aside: { width: 844, height: 390, touch: true },
  tablet: { width: 768, height: 1024, touch: true },
  usual: { width: 1280, height: 800 },
  wall: { width: 3840, height: 2160 },
};
const FRAME = { path: `${still}&embed=1`, width: 320, height: 480 };

/** The edges of an element in the window. */
function edges(page, selector) {
  return page.locator(selector).evaluate((element) => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    return { left, top, right, bottom };
  });
}

/** Whether a pointer at the middle of an element reaches it, and nothing over it. */
function reached(locator) {
  return locator.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return element.contains(document.elementFromPoint(left + width / 2, top + height / 2));
  });
}

/** Fails if the text of an element is wider than the element. */
async function whole(page, selector) {
  const cut = await page.locator(selector).evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.innerText));
  assert.deepEqual(cut, [], selector);
}

async function asked(page) {
  await page.getByRole('combobox', { name: 'They are' }).selectOption('puppet');
  await page.evaluate(() => scrollTo(0, 0));
  await page.evaluate(() => new Promise(requestAnimationFrame));
  const before = await page.locator('.stage').boundingBox();
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await page.getByRole('button', { name: 'Send' }).waitFor();
  return before;
}

for (const [name, size] of Object.entries({ ...SIZES, between: { width: 900, height: 700 } })) {
  test(`a traitor's question covers no button and moves nothing: ${name}`, async () => {
    const page = await openPage({ path: '?autoplay=0&speed=2000', ...size });
    const before = await asked(page);
    for (const button of ['Send', 'All as it is', 'Play']) {
      assert.ok(await reached(page.getByRole('button', { name: button, exact: true })), button);
    }
    assert.deepEqual(await page.locator('.stage').boundingBox(), before);
    await accessible(page);
    await page.getByRole('button', { name: 'All as it is' }).click();
    await page.getByRole('region', { name: /is about to send a COMMIT/ }).waitFor();
  });
}

test('a traitor that is not answered keeps silent while time plays on', async () => {
  const page = await openPage({ path: '?autoplay=0&speed=2000' });
  await asked(page);
  await page.getByText('Or play on: it waits, silent.').waitFor();
  await page.getByRole('button', { name: 'To the end' }).click();
  await page.waitForFunction(() => document.querySelector('main').dataset.ended === 'true');
  assert.ok(await page.getByRole('button', { name: 'Send' }).isVisible());
});

for (const [name, size] of Object.entries(SIZES)) {
  test(`ring, caption and transport are in sight together, and all is read: ${name}`, async () => {
    const page = await openPage({ path: still, ...size });
    await fitsSideways(page);
    const [stage, desk] = [await edges(page, '.stage'), await edges(page, '.desk')];
    const caption = await edges(page, '.caption');
    assert.ok(stage.top >= 0 && caption.bottom <= desk.top + 1, JSON.stringify([stage, caption, desk]));
    assert.ok(desk.bottom <= size.height, JSON.stringify(desk));
    for (const text of ['.clock', '.head .strong', '.caption .says']) await whole(page, text);
    await accessible(page);
  });
}

test('the clock is whole at every width', async () => {
  const page = await openPage({ path: `${still}25`, height: 700 });
  for (let width = 320; width <= 1360; width += 40) {
    await page.setViewportSize({ width, height: 700 });
    await fitsSideways(page);
    const cut = await page.evaluate(() => {
      const part = (selector) => document.querySelector(selector).getBoundingClientRect();
      const [clock, speed, main] = ['.clock b', '.speed', '.main'].map(part);
      return [clock.right > speed.left && clock.bottom > speed.top && clock.top < speed.bottom, speed.right > main.right];
    });
    assert.deepEqual(cut, [false, false], `${width} px`);
    await whole(page, '.clock');
  }
});

test('a frame of 320 pixels holds the run and its clock', async () => {
  for (const touch of [false, true]) {
    const page = await openPage({ ...FRAME, touch });
    await fitsSideways(page);
    await whole(page, '.clock');
    for (const part of ['.transport .buttons', '.clock b', '.home']) {
      const { left, right, bottom } = await edges(page, part);
      assert.ok(left >= 0 && right <= 320 && bottom <= 480, part);
    }
    await accessible(page);
  }
});

test('where the side panel is far below, the next thing to do is under the caption', async () => {
  for (const size of [SIZES.phone, SIZES.small, SIZES.enlarged]) {
    const page = await openPage({ path: still, ...size });
    const next = page.getByRole('button', { name: 'Crash the primary' });
    const [caption, place] = [await edges(page, '.caption'), await edges(page, '.next.here')];
    assert.ok(place.top - caption.bottom < 20, JSON.stringify(place));
    await next.click();
    await page.getByRole('button', { name: 'Crash the primary' }).waitFor({ state: 'hidden' });
    const { top } = await edges(page, '.stage');
    assert.ok(top >= -1 && top < size.height / 2, `${top}`);
    await page.context().close();
  }
  const page = await openPage({ path: still });
  assert.ok((await page.getByRole('button', { name: 'Crash the primary' }).boundingBox()).x > 900);
});

test('a tap on a node of a phone leads to what is known about it', async () => {
  const page = await openPage({ path: still, ...SIZES.phone });
  const { x, y, width, height } = await page.getByRole('button', { name: /^Replica 1,/ }).boundingBox();
  await page.touchscreen.tap(x + width / 2, y + height / 2);
  const way = page.locator('.chip').getByRole('button', { name: 'Inspect' });
  await accessible(page);
  await way.click();
  const tab = page.getByRole('tab', { name: 'Inspect' });
  await page.waitForFunction(() => document.activeElement?.textContent === 'Inspect' && document.activeElement.role === 'tab');
  const place = await tab.boundingBox();
  assert.ok(place.y >= 0 && place.y < 400, JSON.stringify(place));
});

test('with the knife in hand a finger may begin at the top of the stage', async () => {
  const page = await openPage({ path: still, ...SIZES.phone });
  await page.getByRole('button', { name: 'Cut', exact: true }).click();
  await page.getByText('Cut puts the knife away').waitFor();
  const { x, y } = await page.locator('.stage').boundingBox();
  const driver = await page.context().newCDPSession(page);
  const send = (type, touchPoints) => driver.send('Input.dispatchTouchEvent', { type, touchPoints });
  await send('touchStart', [{ x: x + 130, y: y + 20 }]);
  for (let step = 1; step <= 10; step += 1) await send('touchMove', [{ x: x + 130 + step * 16, y: y + 20 + step * 30 }]);
  await page.getByText(/Let go to part them/).waitFor();
  await send('touchEnd', []);
  await page.getByRole('tab', { name: 'Break it' }).click();
  await page.locator('.script').getByText(/\|/).waitFor();
});

test('every kind of message is seen, however narrow the strip', async () => {
  const path = '?preset=crashed-primary&autoplay=0&t=4';
  const wide = [{}, { path: `${path}&projector=1` }, { path: `${path}&embed=1`, width: 600, height: 400 }, SIZES.tablet, SIZES.small];
  for (const size of wide) {
    const page = await openPage({ path, ...size });
    const hidden = await page.evaluate(() => {
      const strip = document.querySelector('.phases').getBoundingClientRect();
      const shown = [...document.querySelectorAll('.phase:not([hidden])')];
      const out = (sign) => sign.left < strip.left || sign.right > strip.right || sign.bottom > strip.bottom + 1;
      return [shown.length, shown.filter((kind) => out(kind.getBoundingClientRect())).map((kind) => kind.innerText)];
    });
    assert.ok(hidden[0] >= 8, `${hidden}`);
    assert.deepEqual(hidden[1], [], JSON.stringify(size));
    await whole(page, '.phase .name');
    await page.context().close();
  }
});

test('a long caption wraps and stays in its place', async () => {
  const page = await openPage({ path: `${still}&clients=8`, width: 320, height: 640 });
  const fits = await page.locator('.caption .says').evaluate((says) => {
    says.textContent = `Replica 1 holds ${Array.from({ length: 9 }, (_, client) => `c${client}#2`).join(',')} for number 12.`;
    const { right } = says.getBoundingClientRect();
    return [says.scrollWidth <= says.clientWidth, right <= innerWidth];
  });
  assert.deepEqual(fits, [true, true]);
  await accessible(page);
});

test('diagram and ledger stand side by side on a wide page, and one below the other on a narrow one', async () => {
  const page = await openPage({ path: '?autoplay=0&t=0.01', width: 1600, height: 900 });
  await page.getByRole('tab', { name: 'Both' }).click();
  await accessible(page);
  const sides = async () => [await edges(page, '.spacetime'), await edges(page, '.deck .scroll')];
  let [diagram, ledger] = await sides();
  assert.ok(diagram.right <= ledger.left && diagram.right - diagram.left > 600, JSON.stringify([diagram, ledger]));
  await page.locator('table.ledger').getByText('R1').first().waitFor();
  await page.setViewportSize({ width: 390, height: 844 });
  [diagram, ledger] = await sides();
  assert.ok(diagram.bottom <= ledger.top + 1, JSON.stringify([diagram, ledger]));
  await fitsSideways(page);
  await page.getByRole('tab', { name: 'Ledger', exact: true }).click();
  assert.equal(await page.getByRole('tab', { name: 'Both' }).count(), 0);
});

test('forced colours keep apart what is chosen, what is off, and what happened', async () => {
  for (const dark of [false, true]) {
    const page = await openPage({ path: '?preset=crashed-primary&autoplay=0&t=2', forcedColors: 'active', dark });
    const look = await page.evaluate(() => {
      const of = (selector) => getComputedStyle(document.querySelector(selector));
      const probe = document.body.appendChild(document.createElement('i'));
      const colour = (name) => ((probe.style.color = name), getComputedStyle(probe).color);
      return {
        play: [of('.play').color, of('.play').backgroundColor, colour('HighlightText'), colour('Highlight')],
        off: [of('.button[aria-disabled="true"]').color, colour('GrayText')],
        tabs: [of('.tab[aria-selected="true"]').borderBottomColor, of('.tab[aria-selected="false"]').borderBottomColor],
        ticks: new Set([...document.querySelectorAll('.tick')].map((tick) => tick.getAttribute('d'))).size,
      };
    });
    assert.deepEqual(look.play.slice(0, 2), look.play.slice(2));
    assert.equal(look.off[0], look.off[1]);
    assert.notEqual(look.tabs[0], look.tabs[1]);
    assert.equal(look.ticks, 3);
    await page.context().close();
  }
});
