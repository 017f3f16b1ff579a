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
 * Settles every operation that is still open, as `rows` (ours, as the comparer reads them) and the book say. A change of
 * a hold needs nobody: the hold is a range. Throws when the product does not take what a person states.
 */
export async function settleByHand(stage, rows, book) {
  const { finance, manager } = stage.people;
  const [{ url }] = await stage.up();
  const taken = explained(rows, book);
  const open = rows.filter(
    ({ parentId, state, kind }) =>
      parentId && ['unknown', 'pending'].includes(state) && kind !== 'reauthorization',
  );
  for (const row of open) {
    const line = truthOf(row, book, taken);
    const asked = await finance.post(url, `/api/transactions/${row.id}/settle`, {
      state: line ? 'approved' : 'rejected',
      ...(line && { amountMinor: line.amountMinor }),
      evidence: line ? `Libro de la pasarela, movimiento ${line.internalReference}` : 'No está en el libro',
      reason: 'Visto en el libro de la pasarela',
    });
    const approval = asked.body?.approval?.id;
    if (!approval) throw new Error(`${row.kind} ${row.id} cannot be stated: ${asked.status} ${asked.text}`);
    const done = await manager.post(url, `/api/approvals/${approval}/approve`);
    if (done.body?.state !== 'done')
      throw new Error(`${row.kind} ${row.id}, stated, is not settled: ${done.status} ${done.text}`);
  }
}
