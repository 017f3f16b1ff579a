import type { AvailableAction, SessionView } from '@recaudo/shared';

export type ActionName = AvailableAction['action'];

const WAITING: readonly ActionName[] = [
  'confirm',
  'cancelConfirmation',
  'check',
  'copyLink',
  'cancel',
  'openAgain',
  'remainder',
  'agree',
];
const ENDED: readonly ActionName[] = [
  'remainder',
  'agree',
  'openAgain',
  'copyLink',
  'check',
  'cancel',
  'confirm',
  'cancelConfirmation',
];

/** At most one of them is filled: what the page is most likely opened for. */
const FILLED: readonly ActionName[] = ['confirm', 'remainder', 'check'];

const LIVE = new Set<SessionView['state']>(['opening', 'pending', 'partial']);

/** Not final: the gateway may still say something else. */
export function isLive({ state }: Pick<SessionView, 'state'>): boolean {
  return LIVE.has(state);
}

type Subject = Pick<SessionView, 'state' | 'confirmation' | 'availableActions'>;

/**
 * The server says what the payment and the person's role allow; here it is only put in order.
 * A payer who has done their part needs no link any more.
 */
export function inOrder(session: Subject): AvailableAction[] {
  return (isLive(session) ? WAITING : ENDED)
    .flatMap((name) => session.availableActions.filter(({ action }) => action === name))
    .filter(({ action }) => action !== 'copyLink' || session.confirmation === null);
}

export function filledAction(session: Subject): ActionName | null {
  const allowed = session.availableActions.filter((action) => action.allowed).map(({ action }) => action);
  const first = FILLED.find((name) => allowed.includes(name)) ?? null;
  return first === 'check' && !isLive(session) ? null : first;
}
