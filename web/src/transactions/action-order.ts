import type { TransactionAction } from '@recaudo/shared';

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
const FILLED: readonly TransactionActionName[] = ['settle', 'confirm', 'checkout', 'reverse', 'letter'];

export function actionsInOrder(actions: readonly TransactionAction[]): TransactionAction[] {
  return ORDER.flatMap((name) => actions.filter(({ action }) => action === name));
}

export function filledAction(actions: readonly TransactionAction[]): TransactionActionName | null {
  return FILLED.find((name) => actions.some(({ action, allowed }) => action === name && allowed)) ?? null;
}
