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

type Subject = Pick<SessionView, 'kind' | 'state' | 'confirmation' | 'availableActions'>;

/**
 * The server says what the payment and the person's role allow; here it is put in order, and what no such payment
 * ever offers is left out: nobody asks why a plain payment cannot be confirmed.
 */
export function inOrder(session: Subject): AvailableAction[] {
  return (isLive(session) ? WAITING : ENDED)
    .flatMap((name) => session.availableActions.filter(({ action }) => action === name))
    .filter((action) => (action.allowed ? isOfUse(action, session) : concerns(action, session)));
}

/** A payer who has done their part needs no link. */
function isOfUse({ action }: AvailableAction, { confirmation }: Subject): boolean {
  return action !== 'copyLink' || confirmation === null;
}

function concerns({ action, why }: AvailableAction, { kind }: Subject): boolean {
  if (action === 'confirm' || action === 'cancelConfirmation') return kind === 'confirmation';
  if (action === 'remainder' || action === 'agree')
    return kind === 'partial' || kind === 'dispersion' || (why !== 'no_remainder' && why !== 'nothing_due');
  return true;
}

export function filledAction(session: Subject): ActionName | null {
  const allowed = session.availableActions.filter((action) => action.allowed).map(({ action }) => action);
  const first = FILLED.find((name) => allowed.includes(name)) ?? null;
  return first === 'check' && !isLive(session) ? null : first;
}
