// Takes the pictures of the page: the README's, and one of each size and theme to look at.

import { closeAll, newPage, shot } from './chromium.mjs';

const README = new URL('../../docs/quorumscope.png', import.meta.url);
// Each picture shows an instant at which PREPAREs and COMMITs are under way.
const SIZES = {
  desk: { width: 1280, height: 800, path: '?t=0.124' },
  phone: { width: 390, height: 844, touch: true, path: '?t=0.124' },
  frame: { width: 640, height: 400, path: '?embed=1&t=0.124' },
};

try {
  for (const [name, size] of Object.entries(SIZES)) {
    for (const dark of [false, true]) await take(dark ? `${name}-dark` : name, { ...size, dark });
  }
  await take('readme', SIZES.desk, README);
} finally {
  await closeAll();
}

async function take(name, options, file) {
  const page = await newPage(options);
  console.log(await shot(page, name, file));
  for (const problem of page.problems) console.log(`  ${problem}`);
  await page.context().close();
}
