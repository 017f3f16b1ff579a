import { beforeEach, describe, expect, it } from '@jest/globals';
import { draftOf, dropDraft, keepDraft } from './draft.js';
import { EMPTY_FORM, type SessionForm } from './new-session.js';

const ana = { personId: 'ana', from: null };
const form: SessionForm = {
  ...EMPTY_FORM,
  siteId: 's',
  reference: 'PED-1',
  description: 'Pedido',
  amountMinor: '84.500',
  life: '24h',
  locale: 'site',
  payer: { name: 'Luz' },
};

let storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
beforeEach(() => {
  const kept = new Map<string, string>();
  storage = {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
});

describe('the draft of a new payment', () => {
  it('comes back to the same person as it was typed', () => {
    keepDraft(form, ana, storage);
    expect(draftOf(ana, storage)).toEqual(form);
  });

  it('is nobody else’s', () => {
    keepDraft(form, ana, storage);
    expect(draftOf({ personId: 'beto', from: null }, storage)).toBeNull();
  });

  it('does not fill the form of another order', () => {
    keepDraft(form, ana, storage);
    expect(draftOf({ personId: 'ana', from: 'another-payment' }, storage)).toBeNull();
  });

  it('is gone once it was sent or cancelled', () => {
    keepDraft(form, ana, storage);
    dropDraft(storage);
    expect(draftOf(ana, storage)).toBeNull();
  });

  it('that cannot be read is none', () => {
    storage.setItem('recaudo.newPayment', '{');
    expect(draftOf(ana, storage)).toBeNull();
  });
});
