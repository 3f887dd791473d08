// The run leaves the page as a link: what it brings back, in which forms, and how it is copied.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible, fitsSideways, openPage } from './harness.mjs';

const attribute = (page, name) => page.locator('main').getAttribute(name);
const dialogOf = (page) => page.getByRole('dialog', { name: 'Share this run' });

/** Opens the share dialog. */
async function share(page) {
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const dialog = dialogOf(page);
  await dialog.waitFor();
  return dialog;
}

/** What the dialog hands out, in a form. */
async function handed(dialog, form) {
  await dialog.getByRole('button', { name: form, exact: true }).click();
  return dialog.getByRole('textbox', { name: form, exact: true }).inputValue();
}

test('a link brings back the moment, what is open and what is selected', async () => {
  const page = await openPage({ path: '?autoplay=0' });
  const body = page.locator('body');
  for (let step = 0; step < 9; step += 1) await body.press('ArrowRight');
  await page.getByRole('tab', { name: 'Ledger' }).click();
  await page.getByRole('tab', { name: 'Story' }).click();
  await page.getByRole('button', { name: 'Paper', exact: true }).click();
  await page.getByRole('button', { name: /^Replica 2/ }).first().click();
  const there = [await attribute(page, 'data-trace-hash'), await attribute(page, 'data-events')];
  const dialog = await share(page);
  const link = await handed(dialog, 'Link');
  await accessible(page);

  const again = await openPage({ url: link.replace('#', '?autoplay=0#') });
  assert.deepEqual([await attribute(again, 'data-trace-hash'), await attribute(again, 'data-events')], there);
  const chosen = (name) => again.getByRole('tab', { name }).getAttribute('aria-selected');
  assert.equal(await chosen('Ledger'), 'true');
  assert.equal(await chosen('Inspect'), 'true');
  await again.getByRole('heading', { name: 'Replica 2', exact: true }).waitFor();
  await again.getByRole('tab', { name: 'Story' }).click();
  assert.equal(await again.getByRole('button', { name: 'Paper', exact: true }).getAttribute('aria-pressed'), 'true');

  for (const box of ['This moment', 'What is open', 'What is selected']) await dialog.getByLabel(box).uncheck();
  const bare = await handed(dialog, 'Link');
  assert.ok(bare.length < link.length);
  const plain = await openPage({ url: bare.replace('#', '?autoplay=0#') });
  assert.equal(await attribute(plain, 'data-events'), '0');
  assert.equal(await plain.getByRole('tab', { name: 'Set-up' }).getAttribute('aria-selected'), 'true');
});

test('a link with a nonsensical view opens, and shows what makes sense of it', async () => {
  const page = await openPage({ path: '?autoplay=0' });
  // Made by hand, as a hostile or a newer page would: {"view":{"deck":"ledger","panel":7,"selected":["node",99],"through":-1}}
  const link = await page.evaluate(async () => {
    const view = { deck: 'ledger', panel: 7, level: ['x'], selected: ['cell', 99, 1], through: -1, more: null };
    const packed = new Blob([JSON.stringify({ view })]).stream().pipeThrough(new CompressionStream('deflate-raw'));
    const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
    return '#s=1.' + btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  });
  const again = await openPage({ path: `?autoplay=0${link}` });
  assert.equal(await again.getByRole('tab', { name: 'Ledger' }).getAttribute('aria-selected'), 'true');
  assert.equal(await again.getByRole('alert').count(), 0);
});

test('each form is what its place wants', async () => {
  const page = await openPage({ path: '?autoplay=0' });
  const dialog = await share(page);
  const link = await handed(dialog, 'Link');
  assert.ok((await handed(dialog, 'Description')).endsWith(link));
  const markup = await handed(dialog, 'iframe');
  const frame = await page.evaluate((text) => {
    const frame = new DOMParser().parseFromString(text, 'text/html').querySelector('iframe');
    return [frame.src, frame.title];
  }, markup);
  assert.ok(frame[0].includes('?embed=1#s=1.') && frame[1].includes('replicas'));
  assert.match(await handed(dialog, 'Markdown'), /^\[.*\]\(http.*#s=1\..*\)$/);
  assert.match(await handed(dialog, 'Jupyter'), /^from IPython\.display import IFrame\nIFrame\("http.*\?embed=1#s=1\.[^"]*", /);
  assert.match(await handed(dialog, 'LaTeX'), /^\\href\{http[^#]*\\#s=1\.[^}]*\}\{.*\}$/);
  await dialog.getByLabel('As a frame: the run alone').check();
  assert.ok((await handed(dialog, 'Link')).includes('?embed=1#'));
});

test('the clipboard has the link, and it is said', async () => {
  const page = await openPage({ path: '?autoplay=0', permissions: ['clipboard-read', 'clipboard-write'] });
  const dialog = await share(page);
  await dialog.getByRole('button', { name: 'Copy', exact: true }).click();
  await dialog.getByRole('status').getByText('Link: copied.').waitFor();
  const link = await handed(dialog, 'Link');
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), link);
});

for (const [open, said] of [[true, 'Link: copied.'], [false, 'Link: selected; press Ctrl+C or ⌘C.']]) {
  test(`where the clipboard is closed, the old command ${open ? 'copies' : 'is tried, and the text stays selected'}`, async () => {
    const page = await openPage({ path: '?autoplay=0' });
    await page.evaluate((open) => {
      navigator.clipboard.writeText = () => Promise.reject(new Error('closed'));
      document.execCommand = (name) => {
        globalThis.copied = [name, document.activeElement.value.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd)];
        return open;
      };
    }, open);
    const dialog = await share(page);
    const link = await handed(dialog, 'Link');
    await dialog.getByRole('button', { name: 'Copy', exact: true }).click();
    await dialog.getByRole('status').getByText(said).waitFor();
    assert.deepEqual(await page.evaluate(() => globalThis.copied), ['copy', link]);
  });
}

test('the browser’s own way to share is offered where there is one', async () => {
  const page = await openPage({ path: '?autoplay=0' });
  await page.evaluate(() => {
    Object.defineProperty(navigator, 'share', { configurable: true, value: async (what) => void (globalThis.sent = what) });
  });
  const dialog = await share(page);
  await dialog.getByRole('button', { name: 'Send with…' }).click();
  await dialog.getByRole('status').getByText('Sent on.').waitFor();
  const sent = await page.evaluate(() => globalThis.sent);
  assert.equal(sent.url, await handed(dialog, 'Link'));
  assert.ok(sent.title && sent.text);
});

test('the QR code is that of the link', async () => {
  const page = await openPage({ path: '?autoplay=0' });
  const dialog = await share(page);
  await dialog.getByRole('button', { name: 'QR code' }).click();
  const picture = dialog.getByRole('img', { name: 'QR code of the link' });
  await picture.waitFor();
  await accessible(page);
  const side = Number((await picture.getAttribute('viewBox')).split(' ')[2]) - 8;
  const dark = new Set((await picture.locator('path').getAttribute('d')).split('M').slice(1).map((square) => square.split('h')[0]));
  // Three corners have the finder's ring; the fourth does not. 17 more than four times the version.
  assert.equal((side - 17) % 4, 0);
  for (const [x, y] of [[0, 0], [side - 7, 0], [0, side - 7]]) {
    for (let at = 0; at < 7; at += 1) assert.ok(dark.has(`${x + at} ${y}`) && dark.has(`${x} ${y + at}`));
    assert.ok(!dark.has(`${x + 1} ${y + 1}`) && dark.has(`${x + 3} ${y + 3}`));
  }
  if (await page.evaluate(() => 'BarcodeDetector' in globalThis)) {
    const formats = await page.evaluate(() => globalThis.BarcodeDetector.getSupportedFormats());
    if (formats.includes('qr_code')) {
      const read = await picture.evaluate(async (svg) => {
        const image = new Image();
        image.src = 'data:image/svg+xml,' + encodeURIComponent(new XMLSerializer().serializeToString(svg));
        await image.decode();
        return (await new globalThis.BarcodeDetector({ formats: ['qr_code'] }).detect(image))[0]?.rawValue;
      });
      assert.equal(read, await handed(dialog, 'Link'));
    }
  }
});

test('a link that no QR code holds is said, with what can be left out', async () => {
  const page = await openPage({ path: '?autoplay=0' });
  // So many faults that their link alone is too long.
  await page.evaluate(() => {
    const fault = (i) => ({ at_ms: (i * i * 7919) % 100_003, do: 'slow', from: i % 4, extra_ms: (i * i * 104_729) % 9_973 });
    const document = { until_ms: 100_003, script: Array.from({ length: 700 }, (_, i) => fault(i)) };
    const data = new DataTransfer();
    data.setData('text', JSON.stringify(document));
    globalThis.document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));
  });
  await page.getByRole('status').getByText('What was pasted is open.').waitFor();
  for (let step = 0; step < 6; step += 1) await page.locator('body').press('ArrowRight');
  const dialog = await share(page);
  await dialog.getByRole('button', { name: 'QR code' }).click();
  const alert = dialog.getByRole('alert');
  await alert.getByText('letters are too many: a QR code holds at most 2,953').waitFor();
  await accessible(page);
  await alert.getByRole('button', { name: 'Leave out moment and view' }).click();
  assert.equal(await dialog.getByLabel('This moment').isChecked(), false);
  await dialog.getByRole('button', { name: 'QR code' }).click();
  await alert.getByText('Nothing more can be left out').waitFor();
});

test('a run that goes another way than the link’s maker saw is said, once', async () => {
  const page = await openPage({ path: '?autoplay=0' });
  const made = (seen) => page.evaluate(async (seen) => {
    const packed = new Blob([JSON.stringify(seen)]).stream().pipeThrough(new CompressionStream('deflate-raw'));
    const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
    return '#s=1.' + btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  }, seen);
  const dialog = await share(page);
  const mine = await openPage({ url: (await handed(dialog, 'Link')).replace('#', '?autoplay=0#') });
  assert.equal(await mine.getByText('This link was made').isVisible(), false);
  for (const [path, end] of [['?autoplay=0', false], ['?autoplay=0', true]]) {
    const long = end ? { until_ms: 300_000, nodes: 31, workload: { requests: 400, gap_ms: 1 } } : {};
    const other = await openPage({ path: path + (await made({ ...long, engine: '0.0.1', trace: 123 })) });
    // A long run's end is not known at once; it is held against the link when it is.
    if (end) {
      await other.keyboard.press('End');
      await other.locator('main[data-ended="true"]').waitFor({ timeout: 90_000 });
    }
    await other.getByRole('status').getByText(/This link was made with version 0\.0\.1\. With this version, \d+\.\d+\.\d+, the run comes out differently\./).waitFor();
    await accessible(other);
    await other.getByRole('button', { name: 'Close' }).first().click();
    assert.equal(await other.getByText('This link was made').isVisible(), false);
  }
});

for (const [name, options] of Object.entries({
  'on a phone in the dark': { width: 390, height: 844, dark: true, touch: true },
  'at 320 pixels': { width: 320, height: 640, touch: true },
})) {
  test(`the dialog is accessible and fits ${name}`, async () => {
    const page = await openPage({ ...options, path: '?autoplay=0' });
    const dialog = await share(page);
    await dialog.getByRole('button', { name: 'QR code' }).click();
    await dialog.getByRole('img', { name: 'QR code of the link' }).waitFor();
    await accessible(page);
    await fitsSideways(page);
  });
}
