// The forms: what is typed takes effect when it is typed to its end, and what would make no sense is said.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible, openPage, scenarioOf } from './harness.mjs';

const still = { path: '?autoplay=0' };
const undo = (page) => page.getByRole('button', { name: 'Undo the last change of the run' });
const field = (page, name) => page.getByRole('textbox', { name, exact: true });

/** Opens the form of a fault. */
async function form(page, fault) {
  await page.getByRole('tab', { name: 'Break it' }).click();
  await page.getByRole('button', { name: fault, exact: true }).click();
}

test('a number typed digit by digit is one change, made from what was there before', async () => {
  const page = await openPage({ path: '?autoplay=0&n=13&f=4&behaviour=two-faced&quorum=8' });
  await field(page, 'Replicas, n').click();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('1');
  await page.getByText('n = 1 tolerates f = 0').waitFor();
  await page.keyboard.type('0');
  await page.keyboard.press('Enter');
  await page.getByText('n = 10 tolerates').waitFor();
  const ten = await scenarioOf(page, ({ nodes }) => nodes === 10);
  assert.equal(ten.quorum, 8);
  assert.deepEqual(ten.script.map(({ behaviour }) => behaviour), Array(4).fill('two-faced'));
  await undo(page).click();
  await page.getByText('n = 13 tolerates').waitFor();
  assert.ok(await undo(page).isDisabled());
});

test('the least latency stays while the most is typed, and another model comes back as it was', async () => {
  const page = await openPage(still);
  await field(page, 'At most').click();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('80', { delay: 30 });
  await page.keyboard.press('Tab');
  assert.equal(await field(page, 'At least').inputValue(), '20');
  await page.getByLabel('Latency').selectOption('Exponential');
  await field(page, 'On top, mean').waitFor();
  await page.getByLabel('Latency').blur();
  await page.getByLabel('Latency').selectOption('Evenly spread');
  assert.equal(await field(page, 'At most').inputValue(), '80');
});

test('what a smaller cluster leaves out of the script is said, and undo brings it back', async () => {
  const page = await openPage({ path: '?autoplay=0&n=7' });
  await form(page, 'Crash');
  await page.getByLabel('Node', { exact: true }).selectOption('Replica 6');
  await page.getByRole('button', { name: /^Do it now/ }).click();
  await page.getByRole('tab', { name: 'Set-up' }).click();
  await field(page, 'Replicas, n').fill('4');
  await page.getByText(/was left out: Replica 6 crashes/).waitFor();
  await accessible(page);
  await undo(page).click();
  await page.getByText('n = 7 tolerates').waitFor();
  await scenarioOf(page, ({ script }) => script?.length === 1);
});

test('an order is taken out at the instant that it is, and the keyboard stays in the list', async () => {
  const page = await openPage(still);
  for (let step = 0; step < 20; step += 1) await page.locator('body').press('ArrowRight');
  for (const replica of [1, 2]) {
    await form(page, replica === 1 ? 'Crash' : 'Silence');
    await page.getByLabel('Node', { exact: true }).selectOption(`Replica ${replica}`);
    await page.getByRole('button', { name: /^Do it now/ }).click();
  }
  const list = page.locator('.script');
  const instant = async () => (await page.locator('.clock').first().innerText()).split(' of ')[0];
  const now = await instant();
  await list.getByRole('button', { name: /^Take out: Replica 1 crashes/ }).click();
  await list.getByRole('button', { name: /^Take out: Replica 1 crashes/ }).waitFor({ state: 'detached' });
  assert.equal(await instant(), now);
  assert.match(await page.evaluate(() => document.activeElement.ariaLabel), /^Take out: Replica 2/);
  await accessible(page);
});

test('a form keeps what is typed, and a click on the stage fills its node in', async () => {
  const page = await openPage(still);
  await form(page, 'Slow');
  await field(page, 'Extra, ms').fill('1,5');
  await page.getByRole('tab', { name: 'Story' }).click();
  await page.getByRole('tab', { name: 'Break it' }).click();
  assert.equal(await field(page, 'Extra, ms').inputValue(), '1,5');
  await page.getByRole('button', { name: /^Replica 2/ }).first().click();
  assert.equal(await page.locator('#knob-from').inputValue(), '2');
  assert.equal(await field(page, 'Extra, ms').inputValue(), '1,5');
  await page.getByRole('button', { name: /^Do it now/ }).click();
  const { script } = await scenarioOf(page, (run) => run.script?.length === 1);
  assert.deepEqual([script[0].from, script[0].extra_ms], [2, 1.5]);
});

test('what makes no sense is refused beside its field, in words', async () => {
  const page = await openPage(still);
  await form(page, 'Crash');
  await page.getByRole('button', { name: /^Do it now/ }).click();
  const node = page.getByLabel('Node', { exact: true });
  await page.getByText('Choose a node.').waitFor();
  assert.equal(await node.getAttribute('aria-invalid'), 'true');
  assert.match(await node.getAttribute('aria-describedby'), /error/);
  await accessible(page);
  await page.getByRole('button', { name: 'Partition', exact: true }).click();
  const groups = field(page, 'Groups');
  assert.equal(await groups.inputValue(), 'R0, R1 | R2, R3');
  await groups.fill('');
  await page.getByRole('button', { name: /^Do it now/ }).click();
  await page.getByText('Name at least two groups').waitFor();
  assert.ok(await undo(page).isDisabled());
});

test('a message is chosen by its name, and the order knows what it looks like', async () => {
  const page = await openPage(still);
  for (let step = 0; step < 12; step += 1) await page.locator('body').press('ArrowRight');
  await form(page, 'One message');
  const message = page.locator('#knob-message');
  const names = await message.locator('option').allInnerTexts();
  assert.match(names[1], /^[A-Z][a-z-]+ \d+, [RC]\d → [RC]\d, arrives [\d.]+ ms$/);
  await message.selectOption({ index: 1 });
  await page.getByRole('button', { name: /^Do it now/ }).click();
  const { script } = await scenarioOf(page, (run) => run.script?.length === 1);
  assert.deepEqual(Object.keys(script[0]).sort(), ['at_ms', 'do', 'from', 'how', 'kinds', 'message', 'sequence', 'to', 'view']);
  await page.getByRole('button', { name: /^Do it now/ }).click();
  await page.getByText('It is not under way any more').waitFor();
});

test('loss is a field of the set-up, read from the address and written to the script', async () => {
  const page = await openPage({ path: '?autoplay=0&loss=5' });
  assert.equal(await field(page, 'Loss').inputValue(), '5');
  await field(page, 'Loss').fill('2.5');
  await page.keyboard.press('Enter');
  const { script } = await scenarioOf(page, (run) => run.script?.[0]?.per_mille !== 50);
  assert.deepEqual(script, [{ do: 'omit', per_mille: 25 }]);
});
