// How a run ends once nothing is under way any more: people state what nobody could find out, and both sides are compared.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { settleByHand } from './by-hand.js';
import { call } from './caller.js';
import { compare, readOurs } from './comparer.js';
import { leftToPeople, letMonthPass } from './quiet.js';

/** The practice gateway's book; what its own staff did is marked, `made` names it by number. */
async function readBook(stage, made) {
  const { text } = await call('GET', `${stage.gateway.url}/control/book?limit=100000`);
  const lines = text.split('\n').filter(Boolean);
  return lines
    .map((line) => JSON.parse(line))
    .map((line) => (made.has(line.internalReference) ? { ...line, console: true } : line));
}

/** Answers what the comparer found, and what was left to people; see `play`. */
export async function conclude({ stage, console }, folder) {
  const attention = kindsOf(await leftToPeople(stage));
  let complaint = null;
  try {
    await settleByHand(stage, await readOurs(stage.database), await readBook(stage, console));
    await letMonthPass(stage);
    // In so many days the sweep sees what somebody refunded in the gateway's console: that is stated too.
    await settleByHand(stage, await readOurs(stage.database), await readBook(stage, console));
  } catch (error) {
    complaint = error.message;
  }
  const ours = await readOurs(stage.database);
  const book = await readBook(stage, console);
  if (folder) {
    mkdirSync(folder, { recursive: true });
    const write = (name, lines) =>
      writeFileSync(join(folder, name), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    write('ours.jsonl', ours);
    write('book.jsonl', book);
  }
  const result = compare(ours, book);
  if (complaint) result.broken.push(complaint);
  return { ...result, attention };
}

/** What was left to people, counted by kind. */
function kindsOf({ operations, holds }) {
  const counts = {};
  const count = (kind) => (counts[kind] = (counts[kind] ?? 0) + 1);
  for (const operation of operations) {
    const { kind, state, origin, route, whole, later, of } = operation;
    if (kind === 'reauthorization') continue;
    if (origin === 'gateway') count('refund made in the console, to be stated');
    else if (route === 'letter') count('letter of late reversal');
    else if (kind !== 'reverse') count(`${kind}, ${state}`);
    else if (state === 'pending') count('refund, pending for ever');
    else count(`${later ? 'later' : 'first'} refund of a ${of}, ${whole ? 'whole' : 'part'}, ${state}`);
  }
  for (const { unclear } of holds) count(`hold, ${unclear}`);
  return counts;
}
