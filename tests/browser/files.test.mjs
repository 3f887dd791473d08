// The run leaves the page as a file, and comes in as one.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { accessible, fitsSideways, hasStarted, openHost, openPage } from './harness.mjs';

const attribute = (page, name) => page.locator('main').getAttribute(name);
const still = { path: '?autoplay=0' };

/** Opens the dialog of files. */
async function files(page) {
  await page.getByRole('button', { name: 'Files: save, open' }).click();
  const dialog = page.getByRole('dialog', { name: 'Files' });
  await dialog.waitFor();
  return dialog;
}

/** Saves a kind of file, and reads it. */
async function saved(page, dialog, title) {
  const [download] = await Promise.all([
    page.waitForEvent('download', { timeout: 60_000 }),
    dialog.getByRole('button', { name: title }).click(),
  ]);
  const name = download.suggestedFilename();
  await dialog.getByText(`Saved ${name}`).waitFor();
  return { name, bytes: await readFile(await download.path()) };
}

const picked = (page, name, text) => page.setInputFiles('#file-in', { name, mimeType: 'application/json', buffer: Buffer.from(text) });

const TEXTS = [
  [/^Space-time diagram/, /^<svg[^]*<\/svg>\n$/],
  [/^Stage \(SVG\)/, /^<svg[^]*>C4<[^]*<\/svg>\n$/],
  [/^Mermaid/, /^sequenceDiagram/],
  [/^TikZ/, /\\begin\{tikzpicture\}/],
  [/^Scenario/, /"protocol": "pbft"/],
  [/^Recorded trace/, /^\{.*"trace_hash":"/],
  [/^Events \(CSV\)/, /,/],
  [/^Events \(JSON lines\)/, /^\{"at_ms"/],
  [/^Metrics \(CSV\)/, /,/],
  [/^Metrics \(JSON\)/, /^\{/],
  [/^ShiViz/, /\{/],
];

// A browser takes no more than ten downloads in a burst.
for (const kinds of [TEXTS.slice(0, 6), TEXTS.slice(6)]) {
  test(`every kind of text is saved, and is what it says it is: ${kinds.length} of them`, async () => {
    const page = await openPage(still);
    const dialog = await files(page);
    await accessible(page);
    for (const [title, looks] of kinds) {
      const { name, bytes } = await saved(page, dialog, title);
      assert.match(name, /^quorumscope-[a-z0-9-]+\.(svg|mmd|tex|json|jsonl|csv|log|txt)$/);
      assert.match(bytes.toString(), looks, name);
    }
  });
}

test('the stage is saved as it is: the picture has its size and the colours of messages', async () => {
  const page = await openPage(still);
  for (let step = 0; step < 4; step += 1) await page.locator('body').press('ArrowRight');
  const dialog = await files(page);
  const { name, bytes } = await saved(page, dialog, /^Stage \(PNG\)/);
  assert.match(name, /-stage\.png$/);
  const seen = await page.evaluate(async (data) => {
    const picture = await createImageBitmap(new Blob([Uint8Array.from(data)], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(picture.width, picture.height);
    const context = canvas.getContext('2d');
    context.drawImage(picture, 0, 0);
    const { data: pixels } = context.getImageData(0, 0, picture.width, picture.height);
    const colours = new Set();
    for (let at = 0; at < pixels.length; at += 4) colours.add((pixels[at] << 16) | (pixels[at + 1] << 8) | pixels[at + 2]);
    const stage = document.querySelector('.stage canvas');
    return { width: picture.width, twice: stage.clientWidth * 2, colours: [...colours] };
  }, [...bytes]);
  assert.equal(seen.width, seen.twice);
  // Paper, and the sky of a request or the orange of a pre-prepare.
  assert.ok(seen.colours.includes(0xf4f2ec));
  assert.ok(seen.colours.includes(0x56b4e9) || seen.colours.includes(0xe69f00));
});

test('a stretch holds only what lies in it', async () => {
  const page = await openPage(still);
  const dialog = await files(page);
  const whole = await saved(page, dialog, /^Events \(JSON lines\)/);
  await dialog.getByRole('textbox', { name: 'To' }).fill('100');
  const part = await saved(page, dialog, /^Events \(JSON lines\)/);
  const events = part.bytes.toString().trim().split('\n').map((line) => JSON.parse(line));
  assert.ok(events.length > 3 && part.bytes.length < whole.bytes.length);
  assert.ok(events.every((event) => event.at_ms <= 100));
  await dialog.getByRole('button', { name: 'Whole run', exact: true }).click();
  assert.equal((await saved(page, dialog, /^Events \(JSON lines\)/)).bytes.length, whole.bytes.length);
});

test('a GIF moves, and shows the stage', async () => {
  const page = await openPage({ path: '?autoplay=0&speed=200', width: 640, height: 800 });
  for (let step = 0; step < 6; step += 1) await page.locator('body').press('ArrowRight');
  const there = await attribute(page, 'data-trace-hash');
  const dialog = await files(page);
  await dialog.getByRole('textbox', { name: 'To' }).fill('400');
  const { name, bytes } = await saved(page, dialog, /^GIF/);
  assert.match(name, /\.gif$/);
  const film = await page.evaluate(async (data) => {
    const decoder = new ImageDecoder({ data: Uint8Array.from(data), type: 'image/gif' });
    await decoder.tracks.ready;
    const count = decoder.tracks.selectedTrack.frameCount;
    const pixels = async (frameIndex) => {
      const { image } = await decoder.decode({ frameIndex });
      const canvas = new OffscreenCanvas(image.displayWidth, image.displayHeight);
      const context = canvas.getContext('2d');
      context.drawImage(image, 0, 0);
      return context.getImageData(0, 0, canvas.width, canvas.height).data;
    };
    const [first, middle] = [await pixels(0), await pixels(Math.floor(count / 2))];
    let differ = 0;
    for (let at = 0; at < first.length; at += 4) differ += first[at] !== middle[at] || first[at + 1] !== middle[at + 1];
    return { count, differ, ground: [...first.slice(0, 3)], pixels: first.length / 4 };
  }, [...bytes]);
  assert.equal(film.count, 21);
  assert.deepEqual(film.ground, [0xf4, 0xf2, 0xec]);
  assert.ok(film.differ > 200 && film.differ < film.pixels / 2, `${film.differ} pixels move`);
  assert.ok(bytes.length < 1_500_000, `${bytes.length} bytes`);
  await page.waitForFunction((hash) => document.querySelector('main').dataset.traceHash === hash, there);
});

test('a video is recorded, and a film can be given up', async () => {
  const page = await openPage({ path: '?autoplay=0&speed=200', width: 640, height: 800 });
  for (let step = 0; step < 6; step += 1) await page.locator('body').press('ArrowRight');
  const there = await attribute(page, 'data-trace-hash');
  const dialog = await files(page);
  await dialog.getByRole('textbox', { name: 'To' }).fill('300');
  const { name, bytes } = await saved(page, dialog, /^Video/);
  assert.match(name, /\.webm$/);
  assert.equal(bytes.subarray(0, 4).toString('hex'), '1a45dfa3');
  assert.ok(bytes.length > 5_000, `${bytes.length} bytes`);
  await dialog.getByRole('textbox', { name: 'To' }).fill('4000');
  await dialog.getByRole('button', { name: /^Video/ }).click();
  await dialog.getByRole('status').getByText(/^Video: \d+ %/).waitFor();
  await dialog.getByRole('button', { name: 'Give up' }).click();
  await dialog.getByRole('button', { name: /^Video/, disabled: false }).waitFor();
  await page.waitForFunction((hash) => document.querySelector('main').dataset.traceHash === hash, there);
});

test('print has the diagram with caption, legend and link, and nothing else', async () => {
  const page = await openPage(still);
  await page.evaluate(() => (globalThis.print = () => (globalThis.printed = true)));
  const dialog = await files(page);
  await dialog.getByRole('button', { name: /^Print or PDF/ }).click();
  await page.waitForFunction(() => globalThis.printed);
  assert.ok(await page.locator('#figure-to-print svg').count() > 2, 'a long run is printed in rows');
  await dialog.getByRole('textbox', { name: 'To' }).fill('400');
  await page.evaluate(() => (globalThis.printed = false));
  await dialog.getByRole('button', { name: /^Print or PDF/ }).click();
  await page.waitForFunction(() => globalThis.printed);
  await page.emulateMedia({ media: 'print' });
  const figure = page.locator('#figure-to-print');
  assert.ok(await figure.locator('svg').isVisible());
  const told = await figure.innerText();
  for (const words of ['4 replicas', 'pre-prepare', 'commit', '#s=1.']) assert.ok(told.includes(words), words);
  assert.equal(await page.locator('#page').isVisible(), false);
  const pdf = await page.pdf({ format: 'A4', landscape: true });
  assert.equal(pdf.subarray(0, 5).toString(), '%PDF-');
  assert.equal(pdf.toString('latin1').match(/\/Type \/Page\b/g).length, 1, 'one page');
  await page.emulateMedia({ media: 'screen' });
  assert.equal(await figure.isVisible(), false);
  await dialog.getByRole('button', { name: 'Close' }).click();
  await figure.waitFor({ state: 'detached' });
});

test('in a sandbox the file itself is shown, with a sentence', async () => {
  const host = await openHost('<iframe sandbox="allow-scripts" src="{page}?autoplay=0" width="1000" height="760" title="A run"></iframe>');
  const frame = host.frames()[1];
  await hasStarted(frame);
  const dialog = await files(frame);
  await dialog.getByRole('button', { name: /^Mermaid/ }).click();
  await dialog.getByText('may refuse downloads; here is the file itself').waitFor();
  assert.match(await dialog.getByRole('textbox', { name: /mermaid/ }).inputValue(), /^sequenceDiagram/);
  await dialog.getByRole('button', { name: /^Stage \(PNG\)/ }).click();
  await frame.waitForFunction(() => document.querySelector('.inline img')?.naturalWidth > 100);
});

const CRASH = '{ "seed": 5, "nodes": 7, "script": [{ "at_ms": 100, "do": "crash", "node": 2 }] }';
const opened = (page) => page.getByText('n = 7 tolerates f = 2').waitFor();

test('a scenario comes in by file, by paste and by drop', async () => {
  const page = await openPage(still);
  await files(page);
  await picked(page, 'crash.json', CRASH);
  await page.getByRole('status').getByText('crash.json is open.').waitFor();
  await opened(page);
  await accessible(page);

  const send = (target, kind, text) => target.evaluate(([kind, text]) => {
    const data = new DataTransfer();
    data.setData('text', text);
    const event = kind === 'paste'
      ? new ClipboardEvent('paste', { clipboardData: data, bubbles: true })
      : new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true });
    document.body.dispatchEvent(event);
  }, [kind, text]);
  for (const kind of ['paste', 'drop']) {
    const other = await openPage(still);
    await send(other, kind, CRASH);
    await opened(other);
  }
  const link = await page.evaluate(() => location.href);
  const linked = await openPage(still);
  await send(linked, 'paste', link);
  await opened(linked);
  await send(linked, 'paste', '?n=10');
  await linked.getByText('n = 10 tolerates f = 3').waitFor();
});

test('what is dropped as a file opens, and the page says so while it is dragged', async () => {
  const page = await openPage(still);
  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], 'crash.json'));
    globalThis.data = data;
    document.body.dispatchEvent(new DragEvent('dragover', { dataTransfer: data, bubbles: true, cancelable: true }));
  }, CRASH);
  assert.equal(await page.evaluate(() => getComputedStyle(document.body, '::after').content), '"Drop to open"');
  await page.evaluate(() => document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: globalThis.data, bubbles: true, cancelable: true })));
  await page.getByRole('status').getByText('crash.json is open.').waitFor();
  await opened(page);
  assert.equal(await page.evaluate(() => document.documentElement.classList.contains('dropping')), false);
});

test('whoever pastes into a field means the field', async () => {
  const page = await openPage(still);
  const nodes = page.getByRole('textbox', { name: 'Replicas, n' });
  await nodes.focus();
  await nodes.evaluate((field, text) => {
    const data = new DataTransfer();
    data.setData('text', text);
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));
  }, CRASH);
  await page.locator('body').press('End');
  await page.getByText('n = 4 tolerates f = 1').waitFor();
});

test('a run that is only to be watched takes no other in', async () => {
  const page = await openPage({ path: '?autoplay=0&editable=0' });
  const dialog = await files(page);
  assert.equal(await dialog.getByText('Choose a file').isVisible(), false);
  await picked(page, 'crash.json', CRASH);
  await page.getByRole('alert').getByText('crash.json cannot be opened: this run is only to be watched').waitFor();
  assert.match(await page.locator('.head .title').innerText(), /4 replicas/);
});

test('what cannot be opened is said with its place, and the run stays', async () => {
  const page = await openPage(still);
  for (let step = 0; step < 5; step += 1) await page.locator('body').press('ArrowRight');
  const before = [await attribute(page, 'data-trace-hash'), await attribute(page, 'data-events')];
  const bad = [
    ['{\n  "nodes": 4,,\n}', 'line 2 column 14'],
    ['{ "script": [{ "at_ms": 0, "do": "crash", "node": 99 }] }', 'script[0].node'],
    ['{ "nodse": 4 }', 'did you mean "nodes"?'],
    ['', null],
    ['\u0000\u0001', 'it seems to be a binary file'],
    ['Why is 2f+1 wrong? See https://example.org/?n=7 for more.', 'it seems to be a text; what can be opened is'],
    ['<svg xmlns="http://www.w3.org/2000/svg"><a href="https://x.org/#s=1.abc"/></svg>', 'an SVG picture'],
    ['{"event":"commit","node":"p0"}\n{"event":"prepare","node":"p1"}', 'JSON lines of another program'],
    ['['.repeat(200_000), 'not valid JSON'],
    [`{ "seed": 1, "x": "${'y'.repeat(1_100_000)}" }`, 'longer than 1 MB'],
    ['https://host/#s=1.broken', 'damaged'],
    ['{"scenario":{"nodes":0},"trace_hash":"0","events":1}\n', 'scenario.nodes'],
  ];
  for (const [text, says] of bad) {
    await picked(page, 'bad.json', text);
    if (says) {
      const alert = page.getByRole('alert').filter({ hasText: 'bad.json cannot be opened' });
      await alert.getByText(says).waitFor();
      assert.match(await alert.innerText(), /The run below is unchanged/);
      await alert.getByRole('button', { name: 'Close' }).click();
    }
    assert.deepEqual([await attribute(page, 'data-trace-hash'), await attribute(page, 'data-events')], before);
  }
});

test('a recorded trace is held against its replay, and the first difference is named', async () => {
  const page = await openPage({ path: '?autoplay=0&n=7&seed=5&requests=2' });
  const dialog = await files(page);
  const trace = (await saved(page, dialog, /^Recorded trace/)).bytes.toString();
  const other = await openPage(still);
  await picked(other, 'run.jsonl', trace);
  await other.getByRole('status').getByText(/run\.jsonl is open: \d+ recorded events are the same in the replay, to the end/).waitFor();
  await opened(other);

  const lines = trace.split('\n');
  const event = JSON.parse(lines[21]);
  lines[21] = JSON.stringify({ ...event, at_ms: event.at_ms + 1 });
  await picked(other, 'changed.jsonl', lines.join('\n'));
  await other.getByRole('alert').getByText(/first in event 20 at .*: at_ms was recorded as/).waitFor();
  // A step is several events: the page stands right after the one in which it is.
  const stands = Number(await attribute(other, 'data-events'));
  assert.ok(stands > 20 && stands < 30, `after ${stands} events`);
  await other.getByText('Why this happened').waitFor();
  await accessible(other);
});

for (const [name, options] of Object.entries({
  'on a phone in the dark': { width: 390, height: 844, dark: true, touch: true },
  'at 320 pixels': { width: 320, height: 640, touch: true },
})) {
  test(`the dialog is accessible and fits ${name}`, async () => {
    const page = await openPage({ ...options, ...still });
    await page.getByRole('button', { name: 'Files: save, open' }).click();
    await page.getByRole('dialog', { name: 'Files' }).waitFor();
    await accessible(page);
    await fitsSideways(page);
  });
}
