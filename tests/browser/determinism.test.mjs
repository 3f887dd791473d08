// The core compiled to wasm does what the native core does, event for event.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { initSync, presets, run } from '../wasm/pkg/quorumscope_in_wasm.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const NATIVE = ['run', '--release', '--quiet', '--package', 'quorumscope', '--', 'run', '-'];

const LATENCIES = [
  { model: 'constant', ms: 20 },
  { model: 'uniform', min_ms: 20, max_ms: 60 },
  { model: 'normal', mean_ms: 40, sd_ms: 15 },
  { model: 'exponential', min_ms: 5, mean_ms: 40 },
  { model: 'pareto', min_ms: 10, shape: 1.5 },
  { model: 'regions', places: ['virginia', 'ireland', 'tokyo', 'sydney'], jitter_ms: 4 },
];

const SCRIPT = [
  { at_ms: 0, do: 'corrupt', node: 0, behaviour: 'two-faced' },
  { at_ms: 300, do: 'crash', node: 2 },
  { at_ms: 900, do: 'restart', node: 2 },
  { at_ms: 1500, do: 'partition', groups: [[0, 1], [2, 3]] },
  { at_ms: 4000, do: 'heal' },
];

before(async () => {
  const module = await readFile(new URL('../wasm/pkg/quorumscope_in_wasm_bg.wasm', import.meta.url));
  initSync({ module });
});

/** Broken promises (status 1) are a result like any other here. */
function runNatively(document) {
  const options = { cwd: ROOT, input: document, encoding: 'utf8', maxBuffer: 1 << 28 };
  const { status, stdout, stderr } = spawnSync('cargo', NATIVE, options);
  assert.ok(status === 0 || status === 1, stderr);
  return stdout.trim();
}

function same(document) {
  const native = runNatively(document);
  assert.match(JSON.parse(native).trace_hash, /^[0-9a-f]{16}$/);
  assert.equal(run(document).trim(), native);
}

test('every preset', () => {
  assert.notEqual(presets().length, 0);
  for (const document of presets()) same(document);
});

for (const latency of LATENCIES) {
  test(`${latency.model} latencies, small and troubled, large and calm`, () => {
    same(JSON.stringify({ version: 1, nodes: 4, seed: 7, latency, script: SCRIPT }));
    same(JSON.stringify({ version: 1, nodes: 31, clients: 3, seed: 11, latency }));
  });
}

test('a document that the one refuses, the other refuses too', () => {
  assert.throws(() => run('{ "version": 1, "nodes": 0 }'));
});
