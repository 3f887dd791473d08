// The page opens, at every size and in both themes, quietly, alone and for everyone.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible, fitsSideways, hasStarted, openHost, openPage } from './harness.mjs';

for (const [name, options] of Object.entries({
  'on a desk': { width: 1280, height: 800 },
  'on a phone': { width: 390, height: 844, touch: true },
  'on a narrow phone': { width: 320, height: 568, touch: true },
  'in the dark': { dark: true },
})) {
  test(`the page opens ${name}`, async () => {
    const page = await openPage(options);
    assert.match(await page.title(), /Quorumscope/);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await fitsSideways(page);
    await accessible(page);
  });
}

test('the page opens in a frame of another site', async () => {
  const host = await openHost('<iframe src="{page}?embed=1" title="A run" width="640" height="400"></iframe>');
  await hasStarted(host.frames()[1]);
});

test('the page opens in a sandboxed frame', async () => {
  const host = await openHost(
    '<iframe sandbox="allow-scripts" src="{page}?embed=1" title="A run" width="640" height="400"></iframe>',
  );
  await hasStarted(host.frames()[1]);
});
