// How long frames take while a run plays: median, 99th percentile and longest, by cluster size.
//
// Run after a build: node tests/browser/frames.mjs. The case of five replicas is as large as
// RaftScope's; the others are the page's own promises.

import { closeAll, newPage } from './chromium.mjs';

const SECONDS = 6;
const CASES = [
  ['5 replicas', '?n=5&autoplay=1'],
  ['31 replicas, everything open', '?n=31&autoplay=1'],
  ['100 replicas', '?n=100&autoplay=1'],
];

try {
  for (const [name, path] of CASES) {
    const page = await newPage({ path });
    await page.waitForTimeout(1000);
    const frames = await page.evaluate(measure, SECONDS * 1000);
    frames.sort((a, b) => a - b);
    const at = (part) => frames[Math.min(frames.length - 1, Math.floor(frames.length * part))].toFixed(1);
    console.log(`${name.padEnd(30)} ${frames.length} frames, median ${at(0.5)} ms, 99th percentile ${at(0.99)} ms, longest ${at(1)} ms`);
    await page.context().close();
  }
} finally {
  await closeAll();
}

/** Collects the times between frames. */
function measure(ms) {
  return new Promise((done) => {
    const frames = [];
    let last = performance.now();
    const end = last + ms;
    const frame = (now) => {
      frames.push(now - last);
      last = now;
      if (now < end) requestAnimationFrame(frame);
      else done(frames.slice(2));
    };
    requestAnimationFrame(frame);
  });
}
