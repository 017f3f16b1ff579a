import type { SessionForm } from './new-session.js';

const KEY = 'recaudo.newPayment';

/** Whose draft it is, and from which payment it started: nobody else's form is ever filled with it. */
export interface DraftOwner {
  personId: string;
  from: string | null;
}

type DraftStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Keeps what was typed for as long as the tab lives, so that an ended login or a reload takes nothing away. */
export function keepDraft(form: SessionForm, owner: DraftOwner, storage = ofTheTab()): void {
  attempt(() => storage?.setItem(KEY, JSON.stringify({ ...owner, form })));
}

/** What the same person had typed into the same form, or null. */
export function draftOf(owner: DraftOwner, storage = ofTheTab()): SessionForm | null {
  const kept = attempt(() => JSON.parse(storage?.getItem(KEY) ?? 'null') as unknown) as
    (DraftOwner & { form: SessionForm }) | null | undefined;
  return kept?.personId === owner.personId && kept.from === owner.from ? kept.form : null;
}

/** When it was sent, cancelled, or its owner logs out. */
export function dropDraft(storage = ofTheTab()): void {
  attempt(() => storage?.removeItem(KEY));
}

function ofTheTab(): DraftStorage | undefined {
  return attempt(() => sessionStorage);
}

/** Storage may be closed to us or full; then there simply is no draft. */
function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
