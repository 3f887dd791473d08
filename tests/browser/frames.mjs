// How long frames take while a run plays: median, 99th percentile and longest, by cluster size.
//
// Run after a build: node tests/browser/frames.mjs. The case of five replicas is as large as
// RaftScope's; the others are the page's own promises: 60 frames a second with 31 replicas, and
// none over 50 ms with 100. Beside the time between frames stands what the main thread did in
// each: program, style, layout and paint, which a busy machine stretches less.

import { closeAll, newPage } from './chromium.mjs';

const SECONDS = 6;
const CASES = [
  ['5 replicas', '?n=5&autoplay=1'],
  ['31 replicas, story and diagram', '?n=31&autoplay=1', 'Story'],
  ['31 replicas, story and ledger', '?n=31&autoplay=1', 'Story', 'Ledger'],
  ['100 replicas, diagram', '?n=100&autoplay=1'],
  ['100 replicas, story and diagram', '?n=100&autoplay=1', 'Story'],
  ['100 replicas, story and ledger', '?n=100&autoplay=1', 'Story', 'Ledger'],
];

try {
  for (const [name, path, ...open] of CASES) {
    const page = await newPage({ path });
    for (const tab of open) await page.getByRole('tab', { name: tab }).click();
    await page.waitForTimeout(1000);
    const { frames, work } = await page.evaluate(measure, SECONDS * 1000);
    console.log(`${name.padEnd(32)} ${String(frames.length).padStart(3)} frames: ${says(frames)}; work in one: ${says(work)}`);
    await page.context().close();
  }
} finally {
  await closeAll();
}

function says(times) {
  times.sort((a, b) => a - b);
  const at = (part) => times[Math.min(times.length - 1, Math.floor(times.length * part))].toFixed(1);
  return `median ${at(0.5)} ms, 99th percentile ${at(0.99)} ms, longest ${at(1)} ms`;
}

/** Collects the times between frames, and those that the main thread is busy with each. */
function measure(ms) {
  return new Promise((done) => {
    const [frames, work] = [[], []];
    const channel = new MessageChannel();
    let begun = 0;
    channel.port1.onmessage = () => work.push(performance.now() - begun);
    let last = performance.now();
    const end = last + ms;
    const frame = (now) => {
      frames.push(now - last);
      last = now;
      begun = Math.max(begun, now);
      // A message comes after this frame was painted.
      channel.port2.postMessage(0);
      if (now < end) requestAnimationFrame(frame);
      else done({ frames: frames.slice(2), work: work.slice(2) });
    };
    requestAnimationFrame(frame);
  });
}
