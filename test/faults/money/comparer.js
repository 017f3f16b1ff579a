// Our rows beside the practice gateway's book. It knows tables and lines, and nothing of how either program works:
//
//   node test/faults/money/comparer.js ours.jsonl book.jsonl     says again what a run that was kept came to.
//
// Amounts are minor units. Ours: one line per transaction, per hold, per order, per approval (`type`).
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const OPERATIONS = ['reverse', 'checkout', 'release', 'reauthorization', 'confirm', 'cancel'];
const LIVE = ['waiting', 'started', 'pending', 'unknown'];

const ROWS = {
  transaction: `
    SELECT t.id, s.code AS site, t.kind, t.state, t.origin, t.grade, t.parent_id AS "parentId", t.sends, t.route,
      t.gateway_reference AS reference, t.internal_reference AS number,
      COALESCE(p.internal_reference, g.internal_reference) AS "parentNumber",
      COALESCE(t.from_minor, t.asked_minor)::float8 AS "amountMinor", t.asked_minor::float8 AS "askedMinor",
      COALESCE(t.from_currency, t.asked_currency) AS currency, t.reason, t.created_at AS "createdAt",
      (SELECT min(o.at) FROM outcomes o WHERE o.transaction_id = t.id AND o.state IN ('approved', 'rejected')) AS "endedAt",
      EXISTS (SELECT FROM outcomes o WHERE o.transaction_id = t.id AND o.state = 'unknown') AS "wasUnknown"
    FROM transactions t JOIN sites s ON s.id = t.site_id
      LEFT JOIN transactions p ON p.id = t.parent_id LEFT JOIN transactions g ON g.id = p.parent_id
    ORDER BY t.created_at, t.id`,
  hold: `
    SELECT p.id, s.code AS site, t.internal_reference AS number, p.state, a.over_capture AS "overCapture",
      p.captured_minor::float8 AS "capturedMinor"
    FROM preauthorizations p JOIN transactions t ON t.id = p.id JOIN sites s ON s.id = p.site_id
      JOIN gateway_accounts a ON a.id = p.gateway_account_id ORDER BY p.placed_at, p.id`,
  order: `
    SELECT o.id, s.code AS site, o.reference, b.settled_minor::float8 AS "settledMinor",
      b.returned_minor::float8 AS "returnedMinor"
    FROM orders o JOIN obligations b ON b.id = o.obligation_id JOIN sites s ON s.id = o.site_id ORDER BY o.id`,
  approval: `SELECT id, kind, state, makers, decided_by AS "decidedBy" FROM approvals ORDER BY id`,
};

/** Everything of ours that is compared, as lines. */
export async function readOurs(db) {
  const lines = [];
  for (const [type, sql] of Object.entries(ROWS)) {
    const { rows } = await db.query(sql);
    lines.push(...rows.map((row) => ({ type, ...row })));
  }
  return JSON.parse(JSON.stringify(lines));
}

const groupBy = (items, keyOf) => Map.groupBy?.(items, keyOf) ?? grouped(items, keyOf);

/** Node 20 has no Map.groupBy. */
function grouped(items, keyOf) {
  const groups = new Map();
  for (const item of items) {
    const key = keyOf(item);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
}

const sum = (items) => items.reduce((total, { amountMinor }) => total + amountMinor, 0);
const isMoney = ({ kind }) => kind !== 'confirm' && kind !== 'cancel' && kind !== 'dispersion';

/** What of each side belongs together: a payer's own payment by its number, a step by the number of what it acts on. */
const keyOfOurs = ({ site, kind, parentId, parentNumber, number }) =>
  `${site} ${kind} ${parentId ? parentNumber : number}`;
const keyOfLine = ({ site, kind, parent, internalReference }) =>
  `${site.toLowerCase()} ${kind} ${parent ?? internalReference}`;

/**
 * `{ operations, approved, unsent, chargedTwice, refundedTwice, lost, broken }`: the last four are sentences, and none is what
 * a run should find. Lines of the book that carry `console: true` were made in the gateway's own console.
 */
export function compare(ours, book) {
  const of = groupBy(ours, ({ type }) => type);
  const rows = (of.get('transaction') ?? []).filter(isMoney);
  const holds = of.get('hold') ?? [];
  const found = { chargedTwice: [], refundedTwice: [], lost: [], broken: [] };
  const mine = groupBy(rows, keyOfOurs);
  const theirs = groupBy(book, keyOfLine);
  for (const key of new Set([...mine.keys(), ...theirs.keys()])) {
    const group = { key, kind: key.split(' ')[1], rows: mine.get(key) ?? [], lines: theirs.get(key) ?? [] };
    beyondAttempts(group, found);
    unmatched(group, holds, found.lost);
    disowned(group, found.lost);
  }
  limits(book, holds, found);
  sums(of.get('order') ?? [], book, found.broken);
  atOnce(rows, found.broken);
  for (const { id, makers, decidedBy } of of.get('approval') ?? [])
    if (makers.includes(decidedBy)) found.broken.push(`approval ${id} was decided by one of its makers`);
  const operations = (of.get('transaction') ?? []).filter(isOperation);
  const approved = operations.filter(({ state }) => state === 'approved').length;
  const unsent = operations.filter(({ state, reason }) => state === 'rejected' && reason === 'unsent').length;
  return { operations: operations.length, approved, unsent, ...found };
}

/** What was asked of us and not taken back before it was sent. */
const isOperation = ({ kind, origin, sends, state }) =>
  OPERATIONS.includes(kind) && origin === 'us' && (sends > 0 || state !== 'rejected');

function beyondAttempts({ key, kind, rows, lines }, found) {
  const made = lines.filter((line) => !line.console).length;
  // One that is taken from a payer's own form is an attempt of the payer's, and as many as we know of.
  const attempts = rows.filter(
    ({ origin, sends, parentId }) => !parentId || (origin === 'us' && sends > 0),
  ).length;
  if (made <= attempts) return;
  const sentence = `${key}: ${made} in the book, ${attempts} attempts of ours`;
  if (kind === 'checkout' || kind === 'payment') found.chargedTwice.push(sentence);
  if (kind === 'reverse') found.refundedTwice.push(sentence);
}

/** What we did ourselves is a row of ours: that it was found later as somebody else's deed hides that we lost it. */
function disowned({ key, kind, rows, lines }, lost) {
  if (kind !== 'reverse' && kind !== 'checkout') return;
  const made = lines.filter((line) => !line.console).length;
  const own = rows.filter(({ origin, state }) => origin === 'us' && state === 'approved').length;
  if (made > own) lost.push(`${key}: ${made} of ours in the book, ${own} approved here as ours`);
}

/** Pairs what is approved here with what is in the book there: by number, then by amount, then whatever is left. */
function unmatched({ key, kind, rows, lines }, holds, lost) {
  const left = rows.filter(({ state }) => state === 'approved');
  const books = [...lines];
  const pair = (fits) => {
    for (const row of [...left]) {
      const at = books.findIndex((line) => fits(row, line));
      if (at < 0) continue;
      const [line] = books.splice(at, 1);
      left.splice(left.indexOf(row), 1);
      // Of a release only that it happened counts: it moves nothing.
      const same =
        kind === 'release' || (row.amountMinor === line.amountMinor && row.currency === line.currency);
      if (!same)
        lost.push(
          `${key}: ours ${row.amountMinor} ${row.currency}, theirs ${line.amountMinor} ${line.currency}`,
        );
    }
  };
  pair((row, line) => row.number === String(line.internalReference));
  pair((row, line) => row.amountMinor === line.amountMinor);
  pair(() => true);
  for (const { amountMinor, id } of left)
    lost.push(`${key}: ours ${id} of ${amountMinor} is not in the book`);
  for (const line of books) {
    if (isExplained(line, rows, holds)) continue;
    lost.push(`${key}: ${line.amountMinor} in the book is not approved here`);
  }
}

/** What the gateway did, and we may know only in part: holds that it let go, and changes of which no answer came. */
function isExplained(line, rows, holds) {
  if (line.kind === 'reauthorization')
    return rows.some(({ state, askedMinor }) => LIVE.includes(state) && askedMinor === line.amountMinor);
  if (line.kind !== 'release') return false;
  const hold = holds.find(
    ({ number, site }) => number === String(line.parent) && site === line.site.toLowerCase(),
  );
  return ['released', 'presumed_released', 'unclear'].includes(hold?.state);
}

/** Nothing is given back beyond what was taken, or taken beyond what was held; by the book alone. */
function limits(book, holds, found) {
  for (const [key, refunds] of groupBy(
    book.filter(({ kind }) => kind === 'reverse'),
    ({ site, parent }) => `${site} ${parent}`,
  )) {
    const [site, parent] = key.split(' ');
    const taken = book.filter(
      (line) =>
        line.site === site &&
        ['payment', 'checkout'].includes(line.kind) &&
        (String(line.internalReference) === parent ||
          (line.kind === 'checkout' && String(line.parent) === parent)),
    );
    if (sum(refunds) > sum(taken))
      found.refundedTwice.push(`${key}: ${sum(refunds)} given back of ${sum(taken)}`);
  }
  for (const hold of holds) {
    if (hold.overCapture) continue;
    const steps = book.filter(
      ({ site, parent, internalReference, kind }) =>
        site.toLowerCase() === hold.site &&
        (String(parent) === hold.number || (kind === 'checkin' && String(internalReference) === hold.number)),
    );
    const held = steps.filter(({ kind }) => kind === 'checkin' || kind === 'reauthorization').at(-1);
    const taken = sum(steps.filter(({ kind }) => kind === 'checkout'));
    if (held && taken > held.amountMinor)
      found.chargedTwice.push(`hold ${hold.number}: ${taken} taken of ${held.amountMinor}`);
  }
}

function sums(orders, book, broken) {
  for (const { site, reference, settledMinor, returnedMinor } of orders) {
    const lines = book.filter((line) => line.site.toLowerCase() === site && line.reference === reference);
    const taken = sum(lines.filter(({ kind }) => kind === 'payment' || kind === 'checkout'));
    const returned = sum(lines.filter(({ kind }) => kind === 'reverse'));
    if (settledMinor !== taken)
      broken.push(`order ${reference}: ${settledMinor} settled here, ${taken} in the book`);
    if (returnedMinor !== returned)
      broken.push(`order ${reference}: ${returnedMinor} given back here, ${returned} in the book`);
  }
}

/** No two operations of ours were live on one money object at the same moment. */
function atOnce(rows, broken) {
  const operations = rows.filter(
    (row) => row.parentId && row.origin === 'us' && OPERATIONS.includes(row.kind),
  );
  for (const [parent, group] of groupBy(operations, ({ parentId }) => parentId)) {
    for (const [index, later] of group.entries()) {
      const live = group
        .slice(0, index)
        .find(
          (earlier) => !mayStay(earlier) && (earlier.endedAt === null || earlier.endedAt > later.createdAt),
        );
      if (live)
        broken.push(`${later.kind} ${later.id} began while ${live.kind} ${live.id} of ${parent} was live`);
    }
  }
}

/** A change of a hold that nobody knows the outcome of makes it a range, and stands in nobody's way. */
const mayStay = ({ kind, wasUnknown, endedAt, state }) =>
  (kind === 'reauthorization' && wasUnknown) || (endedAt === null && !LIVE.includes(state));

const linesOf = (file) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [ours, book] = process.argv.slice(2).map(linesOf);
  console.log(JSON.stringify(compare(ours, book), null, 2));
}
