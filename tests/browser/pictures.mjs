// Takes the picture that previews of links show of each preset, into dist/presets/NAME/picture.png.

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { closeAll, newPage, shot } from './chromium.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const list = spawnSync('cargo', ['run', '--quiet', '--package', 'quorumscope', '--', 'presets', '--json'], { cwd: ROOT, encoding: 'utf8' });

/** The instant that tells most: a promise breaks, or many messages are under way after the last order. */
function telling(events) {
  const broken = events.find(({ what }) => what === 'broken');
  if (broken) return broken.at_ms;
  const from = events.findLast(({ what }) => what === 'ordered')?.at_ms ?? 0;
  const flights = events.filter(({ what, sent_at_ms: sent }) => what === 'delivered' && sent >= from && sent < from + 3000);
  const underWay = (at) => flights.filter(({ sent_at_ms: sent, at_ms: lands }) => sent <= at && at < lands).length;
  const instants = flights.map(({ sent_at_ms: sent, at_ms: lands }) => (sent + lands) / 2);
  return instants.reduce((best, at) => (underWay(at) > underWay(best) ? at : best), instants[0] ?? from);
}

/** Two at a time: a browser mostly waits. */
const WORKERS = 2;

/** Takes pictures until none is left to take. */
async function work(page, left) {
  for (let line = left.shift(); line; line = left.shift()) {
    const { name, document } = JSON.parse(line);
    const write = async (text) => (await (await globalThis.quorumscopeFiles()).write(text, 'events-jsonl', 0, 30_000_000))[2];
    const lines = await page.evaluate(write, JSON.stringify(document));
    const at = telling(lines.trim().split('\n').map((event) => JSON.parse(event)));
    const run = await newPage({ path: `?preset=${name}&t=${(at / 1000).toFixed(6)}&autoplay=0&editable=0&hide=side,deck,controls&theme=light`, width: 1200, height: 630 });
    await shot(run, name, new URL(`../../dist/presets/${name}/picture.png`, import.meta.url));
    await run.context().close();
  }
}

try {
  const page = await newPage({ path: '?autoplay=0' });
  const left = list.stdout.trim().split('\n');
  await Promise.all(Array.from({ length: WORKERS }, () => work(page, left)));
} finally {
  await closeAll();
}
