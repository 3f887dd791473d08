// The core compiled to wasm does what the native core does, event for event.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { behaviours, faults, initSync, presets, run, systems } from '../wasm/pkg/quorumscope_in_wasm.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const NATIVE = ['run', '--release', '--quiet', '--package', 'quorumscope-echo', '--example', 'report'];

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

/** Every fault, in every one of its mechanisms. */
const FAULTS = [
  [{ do: 'crash', node: 0, at_ms: 70 }, { do: 'restart', node: 0, at_ms: 900, keeps: 'everything' }],
  [{ do: 'restart', node: 1, at_ms: 500, keeps: 'stale', lost_writes: 3 }],
  [{ do: 'restart', node: 2, at_ms: 700, keeps: 'checkpoint' }, { do: 'restart', node: 3, at_ms: 3000, keeps: 'nothing' }],
  [{ do: 'silence', node: 0, until_ms: 2500 }],
  [{ do: 'omit', per_mille: 150 }, { do: 'omit', node: 2, cause: 'corruption', checksum: false, per_mille: 300 }],
  [{ do: 'omit', node: 1, direction: 'send', capacity: 4, service_ms: 3 }, { do: 'omit', node: 2, direction: 'receive', capacity: 3, service_ms: 2 }],
  [{ do: 'duplicate', per_mille: 400, within_ms: 300 }, { do: 'reorder', per_mille: 500, spread_ms: 400 }],
  [{ do: 'tamper', at_ms: 30, message: 2, to: 1, how: 'drop' }, { do: 'tamper', at_ms: 30, message: 2, to: 2, how: 'delay', extra_ms: 77.125 }, { do: 'tamper', at_ms: 30, message: 2, to: 3, how: 'duplicate' }],
  [{ do: 'slow', from: 0, extra_ms: 100, spread_ms: 200, tail: 'even' }, { do: 'slow', from: 1, extra_ms: 1, spread_ms: 50, tail: 'exponential' }, { do: 'slow', to: 3, extra_ms: 1, spread_ms: 20, tail: 'pareto' }],
  [{ do: 'drift', node: 2, ppm: 300000 }, { do: 'drift', node: 3, ppm: -400000 }, { do: 'silence', node: 0 }],
  [{ do: 'partition', groups: [[0, 1], [2, 3]], hold: true, until_ms: 1500 }, { do: 'partition', at_ms: 2000, groups: [[0], [1, 2]], one_way: true }, { do: 'heal', at_ms: 5000 }],
  [{ do: 'cut', from: 0, to: 1, both: true }, { do: 'cut', from: 2, to: 3, hold: true, until_ms: 3000 }],
  [{ do: 'corrupt', node: 0, behaviour: 'puppet' }, { do: 'dictate', at_ms: 500, message: 2, to: 1, choice: 'null-proposal' }],
  [{ do: 'corrupt', node: 1, behaviour: 'silent' }],
  [{ do: 'request', at_ms: 100, read: true }],
  [{ do: 'weaken', at_ms: 100, node: 2, per_mille: 150, until_ms: 1500 }],
  [{ do: 'surge', at_ms: 100, per_mille: 3000, until_ms: 900 }],
  [{ do: 'wear', mttf_ms: 900, mttr_ms: 300, until_ms: 6000 }],
];

/** Four nodes that serve and two that ask, of each system. */
const SETUPS = {
  pbft: { clients: 2, settings: { checkpoint_interval: 2, batch: 2, tentative: true } },
  service: {
    cast: { balancers: 2, servers: 2, clients: 2 },
    settings: { policy: 'two-choices', probe_ms: 300, attempts: 3, timeout_ms: 400, backoff_ms: 20 },
    workload: { arrivals: 'poisson', rate_per_s: 20, requests: 40, work: 'exponential' },
  },
  echo: { nodes: 4, clients: 2, settings: { timeout_ms: 120 } },
};

function scenario(system, seed, more) {
  return JSON.stringify({ version: 1, protocol: system, seed, ...SETUPS[system], ...more });
}

before(async () => {
  const module = await readFile(new URL('../wasm/pkg/quorumscope_in_wasm_bg.wasm', import.meta.url));
  initSync({ module });
});

function runNatively(document) {
  const options = { cwd: ROOT, input: document, encoding: 'utf8', maxBuffer: 1 << 28 };
  const { status, stdout, stderr } = spawnSync('cargo', NATIVE, options);
  assert.equal(status, 0, stderr);
  return stdout.trim();
}

/** Not all systems have every disk image, behaviour and choice. */
function accepted(document) {
  try {
    return Boolean(run(document));
  } catch {
    return false;
  }
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

test('every system is set up', () => {
  assert.deepEqual(systems().sort(), Object.keys(SETUPS).sort());
});

for (const system of Object.keys(SETUPS)) {
  test(`${system}: every kind of latency`, () => {
    for (const latency of LATENCIES) same(scenario(system, 7, { latency }));
  });

  test(`${system}: every fault`, () => {
    const scripts = FAULTS.filter((script) => accepted(scenario(system, 5, { script })));
    const drawn = new Set(scripts.flat().map((order) => order.do));
    assert.deepEqual([...drawn].sort(), faults(system).sort());
    for (const script of scripts) same(scenario(system, 5, { script }));
  });

  test(`${system}: every behaviour of a traitor`, () => {
    assert.notEqual(behaviours(system).length, 0);
    for (const behaviour of behaviours(system)) {
      const script = [0, 3].map((node) => ({ do: 'corrupt', node, behaviour, at_ms: node * 100 }));
      same(scenario(system, 6, { script }));
    }
  });
}

test('a document that the one refuses, the other refuses too', () => {
  assert.throws(() => run('{ "version": 1, "nodes": 0 }'));
});
