import type { AvailableAction, SessionView, TransactionView } from '@recaudo/shared';

export type ActionName = AvailableAction['action'];

const WAITING: readonly ActionName[] = [
  'confirm',
  'cancelConfirmation',
  'copyLink',
  'check',
  'cancel',
  'openAgain',
  'remainder',
  'agree',
  'refundPaid',
  'uncharged',
];
const ENDED: readonly ActionName[] = [
  'uncharged',
  'remainder',
  'agree',
  'refundPaid',
  'openAgain',
  'copyLink',
  'check',
  'cancel',
  'confirm',
  'cancelConfirmation',
];

/** At most one of them is filled: what the page is most likely opened for. */
const FILLED: readonly ActionName[] = ['confirm', 'remainder', 'copyLink', 'check'];
const WHILE_LIVE = new Set<ActionName>(['copyLink', 'check']);
const AT_THE_BANK = new Set<TransactionView['state']>(['started', 'pending', 'unknown']);

const LIVE = new Set<SessionView['state']>(['opening', 'unknown', 'pending', 'partial']);

/** Not final: the gateway may still say something else. */
export function isLive({ state }: Pick<SessionView, 'state'>): boolean {
  return LIVE.has(state);
}

type Subject = Pick<SessionView, 'state' | 'confirmation' | 'transactions' | 'availableActions'>;

/**
 * The server says what the payment and the person's role allow; here it is only put in order.
 * A payer who has done their part needs no link any more.
 */
export function inOrder(session: Subject): AvailableAction[] {
  const filled = filledAction(session);
  return [...new Set([...(filled ? [filled] : []), ...(isLive(session) ? WAITING : ENDED)])]
    .flatMap((name) => session.availableActions.filter(({ action }) => action === name))
    .filter(({ action }) => action !== 'copyLink' || session.confirmation === null);
}

/** A link is to be sent until somebody pays with it; from then on the question is what the bank says. */
export function filledAction(session: Subject): ActionName | null {
  const sent =
    session.confirmation !== null || session.transactions.some(({ state }) => AT_THE_BANK.has(state));
  const offered = session.availableActions
    .filter(({ action, allowed }) => allowed && (isLive(session) || !WHILE_LIVE.has(action)))
    .filter(({ action }) => action !== 'copyLink' || !sent)
    .map(({ action }) => action);
  return FILLED.find((name) => offered.includes(name)) ?? null;
}
