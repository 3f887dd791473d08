// What people download: the one file opens from a disk, the sums are right, the policy holds.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { accessible, fitsSideways, hasStarted, openPage } from './harness.mjs';

const RELEASE = new URL('../../release/', import.meta.url);
let folder;
let file;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'a lecturer’s stick '));
  file = join(folder, 'run #1.html');
  await copyFile(new URL('quorumscope.html', RELEASE), file);
});

after(() => rm(folder, { recursive: true }));

const executed = (page) => page.locator('main[data-ended="true"]').waitFor({ timeout: 20_000 });

test('the one file opens from a disk and runs what its link says', async () => {
  const page = await openPage({ url: `${pathToFileURL(file)}?n=7&seed=42&requests=1&speed=2000` });
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.keyboard.press('End');
  await executed(page);
  const hash = await page.locator('main').getAttribute('data-trace-hash');
  const online = await openPage({ path: '?n=7&seed=42&requests=1&speed=2000' });
  await online.keyboard.press('End');
  await executed(online);
  assert.equal(await online.locator('main').getAttribute('data-trace-hash'), hash);
});

test('the one file asks for nothing but itself', async () => {
  const page = await openPage({ url: pathToFileURL(file).href, started: false });
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.reload();
  await hasStarted(page);
  assert.deepEqual(asked.filter((url) => !url.startsWith('data:')), [pathToFileURL(file).href]);
});

test('the one file writes files, too', async () => {
  const page = await openPage({ url: pathToFileURL(file).href });
  const write = async () => (await globalThis.quorumscopeFiles()).write('{ "nodes": 4 }', 'svg', 0, 200_000);
  const [ending, mime, text] = await page.evaluate(write);
  assert.deepEqual([ending, mime], ['svg', 'image/svg+xml']);
  assert.match(text, /^<svg[^]*<\/svg>\n$/);
});

test('the one file waits for a click where its address says so', async () => {
  const page = await openPage({ url: `${pathToFileURL(file)}?runonclick`, started: false });
  const run = page.getByRole('button', { name: 'Run it' });
  await run.waitFor();
  assert.equal(await page.evaluate(() => globalThis.hasStarted), undefined);
  await run.click();
  await hasStarted(page);
});

test('every preset has a page for previews of links, with a picture of its size', async () => {
  const page = await openPage({ path: 'presets/', started: false });
  const links = await page.locator('main li a').evaluateAll((all) => all.map((link) => link.href));
  assert.ok(links.length > 40);
  await accessible(page);
  await fitsSideways(page);
  await page.goto(links[0]);
  const meta = (name) => page.locator(`meta[property="og:${name}"]`).getAttribute('content');
  assert.ok((await meta('title')).length > 3 && (await meta('description')).length > 20);
  assert.match(await meta('image'), /picture\.png$/);
  const size = await page.evaluate(async () => {
    const image = new Image();
    image.src = 'picture.png';
    await image.decode();
    return [image.naturalWidth, image.naturalHeight];
  });
  assert.deepEqual(size, [1200, 630]);
  const frame = page.frames()[1];
  await hasStarted(frame);
  await frame.getByRole('button', { name: 'Play', exact: true }).waitFor();
  await accessible(page);
});

test('the sums are those of the files', async () => {
  const sums = await readFile(new URL('SHA256SUMS', RELEASE), 'utf8');
  const lines = sums.trimEnd().split('\n');
  assert.deepEqual(lines.map((line) => line.split('  ')[1]), ['site.zip', 'quorumscope.html']);
  for (const line of lines) {
    const [sum, name] = line.split('  ');
    const bytes = await readFile(new URL(name, RELEASE));
    assert.equal(createHash('sha256').update(bytes).digest('hex'), sum);
  }
});

/** Puts a script of somebody else's into the page, and says which rule of the policy stopped it. */
const smuggle = () =>
  new Promise((done) => {
    addEventListener('securitypolicyviolation', (event) => done(event.effectiveDirective), { once: true });
    const script = document.createElement('script');
    script.textContent = 'globalThis.smuggled = true';
    document.body.append(script);
    if (globalThis.smuggled) done('it ran');
  });

for (const [name, open] of Object.entries({
  'the site': () => openPage(),
  'the one file': () => openPage({ url: pathToFileURL(file).href }),
})) {
  test(`${name} lets no script in that is not its own`, async () => {
    const page = await open();
    assert.equal(await page.evaluate(smuggle), 'script-src-elem');
    // Chromium also says so on the console; that is as it should be.
    page.problems.length = 0;
  });
}
