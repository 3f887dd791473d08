// Every example of the pages for instructors and for embedding does what it says.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { hasStarted, openHost, openPage } from './harness.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PLACE = /https:\/\/quorumscope\.example\/(v\/\d+\.\d+\.\d+\/)?/g;

/** The fenced blocks of a document: language and text, and where it begins. */
function blocks(text) {
  const fenced = [...text.matchAll(/^```(\w+)\n([^]*?)^```$/gm)];
  return fenced.map(({ 1: language, 2: body, index }) => ({
    language,
    body,
    line: text.slice(0, index).split('\n').length,
  }));
}

/** Every frame in a page runs, and none has anything to complain about. */
async function framesRun(host, count) {
  await host.waitForFunction((n) => document.querySelectorAll('iframe').length >= n, count);
  const frames = host.frames().slice(1);
  assert.ok(frames.length >= count);
  for (const frame of frames) {
    if (/[?&]runonclick/.test(frame.url())) await frame.getByRole('button', { name: 'Run it' }).click();
    await hasStarted(frame);
    await noComplaint(frame);
  }
}

const noComplaint = async (page) => assert.deepEqual(await page.locator('.notice:not([hidden]) p').allTextContents(), []);

async function inPage(body) {
  // A frame out of sight is not painted, and never would be.
  const host = await openHost(body.replaceAll(PLACE, '{page}'), { height: 2000 });
  await framesRun(host, body.match(/<iframe|<quorumscope-run/g).length);
  if (body.includes('<output>')) {
    await host.waitForFunction(() => document.querySelector('output').textContent !== '', null, { timeout: 15_000 });
  }
}

/** Addresses in any other text open the page as they stand. */
async function addresses(body) {
  const found = [...body.matchAll(/https:\/\/quorumscope\.example\/([^\s"<>})]*)/g)];
  assert.notEqual(found.length, 0);
  for (const [, path] of found) await noComplaint(await openPage({ path }));
}

function onTheCommandLine(body) {
  for (const line of body.trim().split('\n')) {
    const [command] = line.replace(' < scenario.json', '').split(' > ');
    const words = [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare);
    assert.equal(words.shift(), 'quorumscope');
    const args = ['run', '--release', '--quiet', '--package', 'quorumscope', '--', ...words];
    const { status, stdout, stderr } = spawnSync('cargo', args, { cwd: ROOT, input: '{}', encoding: 'utf8' });
    assert.equal(status, 0, `${line}: ${stderr}`);
    assert.notEqual(stdout, '');
  }
}

const HOW = {
  html: inPage,
  markdown: (body) => (body.includes('<iframe') ? inPage(body) : addresses(body)),
  python: addresses,
  latex: addresses,
  sh: onTheCommandLine,
};

for (const name of ['instructors', 'embedding']) {
  const text = await readFile(new URL(`../../docs/${name}.md`, import.meta.url), 'utf8');
  for (const { language, body, line } of blocks(text)) {
    test(`docs/${name}.md, line ${line}: ${language}`, async () => {
      assert.ok(language in HOW, `nothing here can run ${language}`);
      await HOW[language](body);
    });
  }
  test(`docs/${name}.md: addresses in the text`, () => addresses(text.replaceAll(/^```[^]*?^```$/gm, '').replaceAll('`', ' ')));
}
