// pBFT messages a second in wasm, every promise held: rows of one run, to be compared with each
// other and with `cargo xtask bench` on the same machine.

import { readFile } from 'node:fs/promises';
import { initSync, messages } from '../wasm/pkg/quorumscope_in_wasm.js';

const MODELS = [
  { model: 'constant', ms: 20 },
  { model: 'uniform', min_ms: 20, max_ms: 60 },
];
const SIZES = [[4, 20_000], [16, 2000], [64, 100], [128, 30], [256, 8], [1000, 1]];

const module = await readFile(new URL('../wasm/pkg/quorumscope_in_wasm_bg.wasm', import.meta.url));
initSync({ module });

function measure(nodes, requests, latency) {
  const document = JSON.stringify({
    nodes, latency, until_ms: 1e9, workload: { requests, gap_ms: 0 },
  });
  const rates = [];
  for (let round = 0; round < 7; round += 1) {
    const start = performance.now();
    const sent = messages(document);
    rates.push(sent / (performance.now() - start) / 1000);
  }
  return rates.sort((a, b) => a - b)[3];
}

for (const latency of MODELS) {
  const row = SIZES.map(([n, requests]) => `n=${n} ${measure(n, requests, latency).toFixed(1)}`);
  console.log(`${latency.model.padEnd(10)}${row.join('   ')}   million messages a second, median of 7`);
}
