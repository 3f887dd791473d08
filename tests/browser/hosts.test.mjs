// The page in frames of another site's pages, each of which treats it in its own way.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { theSite } from './chromium.mjs';
import { fitsSideways, hasStarted, openHost, painted } from './harness.mjs';

const PLAYER = createRequire(import.meta.url).resolve('player.js/dist/player-0.1.0.js');

/** Opens a page of hosts/; `sandbox` is what its frames are allowed, all if left out. */
async function openPageOf(name, sandbox) {
  let body = await readFile(new URL(`hosts/${name}.html`, import.meta.url), 'utf8');
  if (sandbox) body = body.replaceAll('<iframe ', `<iframe sandbox="${sandbox}" `);
  if (body.includes('{player}')) {
    (await theSite()).pages.set('/player.js', await readFile(PLAYER, 'utf8'));
    body = body.replace('{player}', '/player.js');
  }
  const host = await openHost(body);
  const frame = host.frames()[1];
  await hasStarted(frame);
  return { host, frame };
}

const heard = (host, what) => host.waitForFunction(what, null, { timeout: 15_000 });
const call = (host, method, params) => host.evaluate(([m, p]) => call(m, p), [method, params]);
const stateOf = async (host) => (await call(host, 'getState')).result;

for (const [kind, sandbox] of Object.entries({ 'with all rights': undefined, sandboxed: 'allow-scripts' })) {
  test(`in a plain frame, ${kind}, the run can be played`, async () => {
    const { frame } = await openPageOf('plain', sandbox);
    await fitsSideways(frame);
    assert.equal(await frame.locator('main').getAttribute('data-events'), '0', 'it does not start by itself');
    await frame.getByRole('button', { name: /play/i }).first().click();
    await frame.waitForFunction(() => Number(document.querySelector('main').dataset.events) > 3);
  });

  test(`in what Canvas leaves, ${kind}, everything fits`, async () => {
    const { frame } = await openPageOf('canvas', sandbox);
    await fitsSideways(frame);
    const box = await frame.getByRole('button', { name: /play/i }).first().boundingBox();
    assert.ok(box && box.height >= 24, 'play can be hit');
    const [high, seen] = await frame.evaluate(() => [document.documentElement.scrollHeight, innerHeight]);
    assert.ok(high <= seen + 1, `${high} px high in a frame of ${seen} px`);
  });

  test(`height is told in three dialects, ${kind}, and stays`, async () => {
    const { host, frame } = await openPageOf('height', sandbox);
    await heard(host, () => heard.plain.length > 0 && heard.canvas.length > 0 && heard.embedly.length > 0);
    await painted(frame, 30);
    const { embedly, plain, canvas } = await host.evaluate(() => heard);
    assert.deepEqual([embedly, canvas], [plain, plain]);
    assert.ok(plain.at(-1) > 250, 'from the content, not from the frame of 100 px');
    assert.ok(plain.length < 4, `it settles: ${plain}`);
  });

  test(`player.js plays, seeks and hears, ${kind}`, async () => {
    const { host } = await openPageOf('player', sandbox);
    if (sandbox) return; // Its library refuses an origin of "null" by itself.
    await heard(host, () => heard.some(({ event }) => event === 'ready'));
    const ask = (method) => host.evaluate((m) => new Promise((done) => player[m](done)), method);
    assert.equal(await ask('getPaused'), true);
    assert.ok((await ask('getDuration')) > 0);
    await host.evaluate(() => player.setCurrentTime(0.1));
    await heard(host, () => heard.some(({ event }) => event === 'seeked'));
    assert.equal(await ask('getCurrentTime'), 0.1);
    await host.evaluate(() => player.play());
    await heard(host, () => ['play', 'timeupdate', 'ended'].every((name) => heard.some(({ event }) => event === name)));
    assert.equal(await ask('getPaused'), true);
    await host.evaluate(() => player.setLoop(true));
    assert.equal(await ask('getLoop'), true);
  });

  test(`our own dialect drives the run, ${kind}`, async () => {
    const { host } = await openPageOf('api', sandbox);
    assert.equal((await call(host, 'subscribe', { events: ['stateChange', 'decision', 'viewChange', 'violation'] })).error, undefined);
    const loaded = await call(host, 'loadScenario', { scenario: { nodes: 4, seed: 3, workload: { requests: 1 } } });
    assert.equal(loaded.result.nodes.length, 5);
    await call(host, 'pause');
    const stepped = await call(host, 'step', { unit: 'event', count: 5 });
    assert.ok(stepped.result.events >= 5);
    assert.equal((await call(host, 'step', { count: -2 })).result.events < stepped.result.events, true);
    await call(host, 'seek', { ms: 19_000 });
    await heard(host, () => heard.some(({ event, data }) => event === 'stateChange' && data.ended));
    const { result } = await call(host, 'getMetrics');
    assert.equal(result.sent.commit, 12);
    assert.equal(await host.evaluate(() => heard.filter(({ event }) => event === 'decision').length), 4);
    const { result: file } = await call(host, 'exportTrace', { format: 'mermaid' });
    assert.ok(file.text.startsWith('sequenceDiagram') && file.name.endsWith('.mmd'));
    const { result: picture } = await call(host, 'screenshot');
    assert.ok(picture.url.startsWith('data:image/png;base64,'));
    const { result: scenario } = await call(host, 'getScenario');
    assert.equal(scenario.scenario.seed, 3);
    assert.ok(scenario.link.startsWith('#s=1.'));
    assert.equal((await call(host, 'reset')).result.now_ms, 0);
    assert.equal((await call(host, 'inject', { order: { do: 'crash', node: 2 } })).error, undefined);
    assert.equal((await call(host, 'getScenario')).result.scenario.script.length, 1);
  });
}

test('what is malformed changes nothing and gets at most an error', async () => {
  const { host } = await openPageOf('api');
  const before = await stateOf(host);
  const count = await host.evaluate(() => heard.length);
  for (const message of ['', 'quorumscope', 7, null, [], { context: 'other' }, '{"context":"player.js"}', { context: 'player.js', method: 5 }]) {
    await host.evaluate((m) => post(m), message);
  }
  const refusals = [
    ['fly', {}, 'unknown-method', 'method'],
    ['loadScenario', { scenario: { nodes: 0 } }, 'bad-params', 'params.scenario.nodes'],
    ['inject', { order: { do: 'crash', node: 99 } }, 'refused', 'node'],
    ['step', { count: 1e9 }, 'bad-params', 'params.count'],
  ];
  for (const [method, params, code, path] of refusals) {
    const { error } = await call(host, method, params);
    assert.deepEqual([error.code, error.path], [code, path]);
  }
  assert.deepEqual(await stateOf(host), before);
  assert.equal(await host.evaluate(() => heard.length), count + refusals.length + 1, 'the others got no answer');
});

test('nobody but the parent is heard', async () => {
  const { host, frame } = await openPageOf('api');
  const before = await stateOf(host);
  const load = { context: 'quorumscope', v: 1, id: 1, method: 'loadScenario', params: { scenario: { nodes: 9 } } };
  const arrived = frame.evaluate(() => new Promise((done) => {
    let count = 0;
    addEventListener('message', ({ data }) => data?.method === 'loadScenario' && (count += 1) === 2 && done());
  }));
  await frame.evaluate((message) => postMessage(message, '*'), load);
  await host.evaluate((message) => {
    const other = document.createElement('iframe');
    other.srcdoc = `<script>parent.frames[0].postMessage(${JSON.stringify(message)}, '*')</script>`;
    document.body.append(other);
  }, load);
  await arrived;
  assert.deepEqual(await stateOf(host), before);
});

test('with origin= in the address, only that origin is heard', async () => {
  const { foreign } = await theSite();
  const body = await readFile(new URL('hosts/api.html', import.meta.url), 'utf8');
  for (const [origin, answered] of [[foreign, true], ['https://elsewhere.example', false]]) {
    const host = await openHost(body.replace('?embed=1', `?embed=1&origin=${encodeURIComponent(origin)}`));
    await hasStarted(host.frames()[1]);
    const frame = host.frames()[1];
    const arrived = frame.evaluate(() => new Promise((done) => addEventListener('message', ({ data }) => data.method === 'getState' && done())));
    await host.evaluate(() => {
      globalThis.answers = 0;
      addEventListener('message', ({ data }) => (globalThis.last = data));
      call('getState').then(({ result }) => result && (answers += 1));
    });
    await arrived;
    // What the frame says after an answer comes after it.
    await frame.evaluate(() => parent.postMessage('after', '*'));
    await heard(host, () => globalThis.last === 'after');
    assert.equal(await host.evaluate(() => answers), answered ? 1 : 0, origin);
    // Chromium says on the console what it did not deliver.
    host.problems.length = 0;
  }
});

test('the element makes frames, sizes them and answers', async () => {
  const body = await readFile(new URL('hosts/element.html', import.meta.url), 'utf8');
  const host = await openHost(body);
  const on = (id, method, params) => host.evaluate(([i, m, p]) => document.getElementById(i).call(m, p), [id, method, params]);
  assert.equal((await on('query', 'getScenario')).scenario.nodes, 7);
  assert.equal((await on('preset', 'getScenario')).scenario.script[0].do, 'crash');
  assert.equal((await on('document', 'getScenario')).scenario.nodes, 10);
  await host.waitForFunction(() => {
    const { clientHeight } = document.querySelector('iframe');
    return clientHeight > 250 && clientHeight !== 480;
  });
  const heights = await host.evaluate(() => [...document.querySelectorAll('iframe')].map((frame) => frame.clientHeight));
  assert.deepEqual(heights.slice(1), [400, 400]);
  assert.equal(await host.frames()[2].evaluate(() => document.documentElement.dataset.theme), 'dark');
  await assert.rejects(on('query', 'fly'), /unknown method/);
});
