// What nobody could find out is stated by a person, with the gateway's book as the evidence, and approved by another.

const truthOf = ({ kind, parentNumber, site, amountMinor }, book, taken) => {
  const lines = book.filter(
    (line) =>
      line.kind === kind &&
      line.site.toLowerCase() === site &&
      String(line.parent) === parentNumber &&
      !taken.has(line),
  );
  const line = lines.find((each) => each.amountMinor === amountMinor) ?? lines[0];
  if (line) taken.add(line);
  return line ?? null;
};

/** Lines of the book that a row of ours stands for already. */
function explained(rows, book) {
  const taken = new Set();
  const approved = rows.filter(({ state, parentId }) => state === 'approved' && parentId);
  const own = (row, line) => row.number !== null && row.number === String(line.internalReference);
  for (const row of approved) {
    const line = book.find((each) => own(row, each) && each.kind === row.kind) ?? null;
    if (line) taken.add(line);
  }
  for (const row of approved) {
    if (![...taken].some((line) => own(row, line))) truthOf(row, book, taken);
  }
  return taken;
}

/**
 * Settles every operation that is still open, and every hold of which nobody knows how it ended, as `ours` (as the
 * comparer reads it) and the book say. A change of a hold needs nobody: the hold is a range. Throws when the product does not take what a person states.
 */
export async function settleByHand(stage, ours, book) {
  const rows = ours.filter(({ type }) => type === 'transaction');
  const taken = explained(rows, book);
  const open = rows.filter(
    ({ parentId, state, kind }) =>
      parentId && ['unknown', 'pending'].includes(state) && kind !== 'reauthorization',
  );
  for (const row of open) {
    const line = truthOf(row, book, taken);
    await declare(stage, `transactions/${row.id}`, {
      state: line ? 'approved' : 'rejected',
      ...(line && { amountMinor: line.amountMinor }),
      evidence: line ? `Libro de la pasarela, movimiento ${line.internalReference}` : 'No está en el libro',
    });
  }
  for (const hold of ours.filter((row) => row.type === 'hold' && row.state === 'unclear')) {
    const of = ({ kind, parentId }) => parentId === hold.id && ['checkout', 'release'].includes(kind);
    // Whoever refuses a capture may hold the money all the same: then there is nothing to state.
    const line = ['checkout', 'release']
      .map((kind) => truthOf({ ...hold, kind, parentNumber: hold.number }, book, taken))
      .find(Boolean);
    if (!line || rows.some((row) => of(row) && ['unknown', 'pending'].includes(row.state))) continue;
    await declare(stage, `preauthorizations/${hold.id}`, {
      ...(line.kind === 'checkout'
        ? { ended: 'captured', amountMinor: line.amountMinor, day: dayOf(stage.now()) }
        : { ended: 'released' }),
      evidence: `Libro de la pasarela, movimiento ${line.internalReference}`,
    });
  }
}

/** The day in none of the zones after tomorrow; of a hold in the harness only that it is stated counts. */
const dayOf = (ms) => new Date(ms - 12 * 3_600_000).toISOString().slice(0, 10);

/** One states it, another approves. */
async function declare(stage, path, said) {
  const { finance, manager } = stage.people;
  const [{ url }] = await stage.up();
  const reason = 'Visto en el libro de la pasarela';
  const asked = await finance.post(url, `/api/${path}/settle`, { ...said, reason });
  const approval = asked.body?.approval?.id;
  if (!approval) throw new Error(`${path} cannot be stated: ${asked.status} ${asked.text}`);
  const done = await manager.post(url, `/api/approvals/${approval}/approve`);
  if (done.body?.state !== 'done')
    throw new Error(`${path}, stated, is not settled: ${done.status} ${done.text}`);
}
