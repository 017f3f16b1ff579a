import type { TransactionAction, TransactionDetail } from '@recaudo/shared';
import { isUnstated } from './sentence.js';

export type TransactionActionName = TransactionAction['action'];

/** In order of likelihood; `note` is not among them, its form stands above the timeline. */
const ORDER: readonly TransactionActionName[] = [
  'settle',
  'confirm',
  'cancel',
  'checkout',
  'reverse',
  'withdraw',
  'letter',
  'reauthorization',
  'release',
  'receipt',
  'check',
  'chargeback',
  'chargebackReversal',
];

/** What the page is most likely opened for; at most one of them is filled. */
const FILLED: readonly TransactionActionName[] = ['confirm', 'checkout', 'reverse', 'letter'];

export function actionsInOrder(actions: readonly TransactionAction[]): TransactionAction[] {
  return ORDER.flatMap((name) => actions.filter(({ action }) => action === name));
}

/** Stating by hand how something ended is the last resort, unless nobody else can ever say it. */
export function filledAction(transaction: TransactionDetail): TransactionActionName | null {
  const likely = isUnstated(transaction) ? (['settle', ...FILLED] as const) : FILLED;
  const { availableActions } = transaction;
  return (
    likely.find((name) => availableActions.some(({ action, allowed }) => action === name && allowed)) ?? null
  );
}
