import type { TransactionView } from '@recaudo/shared';

/** A row of the attempts, and whether it stands beneath another: a part of a whole, or what was done to a payment. */
export interface AttemptRow {
  transaction: TransactionView;
  beneath: boolean;
}

/** Newest attempt first; the charges that the gateway repeats by itself have a table of their own. */
export function attemptRows(transactions: readonly TransactionView[]): AttemptRow[] {
  const shown = transactions.filter(({ kind }) => kind !== 'recurring');
  const ids = new Set(shown.map(({ id }) => id));
  const above = ({ groupId, parentId }: TransactionView) =>
    [groupId, parentId].find((id) => id !== null && ids.has(id)) ?? null;
  const roots = shown
    .filter((transaction) => above(transaction) === null)
    .sort((one, other) => Date.parse(other.at) - Date.parse(one.at));
  // Parts keep the order in which the gateway tried them; those of one second have its numbers.
  const oldestFirst = [...shown].sort(
    (one, other) =>
      Date.parse(one.at) - Date.parse(other.at) ||
      Number(one.internalReference) - Number(other.internalReference),
  );
  return roots.flatMap((root) => [
    { transaction: root, beneath: false },
    ...oldestFirst
      .filter((transaction) => above(transaction) === root.id)
      .map((transaction) => ({ transaction, beneath: true })),
  ]);
}
