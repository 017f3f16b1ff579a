import { describe, expect, it } from '@jest/globals';
import { formatAmount, termsOf, type SessionView, type TransactionView } from '@recaudo/shared';
import polyglotI18nProvider from 'ra-i18n-polyglot';
import type { TranslationMessages } from 'react-admin';
import { formatClock, formatDay, formatInstant } from '../../fields/instant.js';
import { timeLeft } from '../../fields/time-left.js';
import { english } from '../../i18n/en/index.js';
import { spanish } from '../../i18n/es/index.js';
import { filledAction, inOrder } from '../action-order.js';
import { attemptRows } from '../attempt-rows.js';
import { sessionSentence } from '../sentence.js';
import type { SentenceSubject } from '../sentence-subject.js';

const NOW = Date.parse('2026-03-10T15:00:00Z');

function translator(language: 'es' | 'en') {
  const messages = (language === 'es' ? spanish : english) as unknown as TranslationMessages;
  return polyglotI18nProvider(() => messages, language).translate;
}

function say(change: Partial<SentenceSubject>, language: 'es' | 'en' = 'es'): string {
  return sessionSentence(
    { ...SUBJECT, ...change },
    {
      t: translator(language),
      now: NOW,
      amount: (minor, currency) => formatAmount(minor, currency, language).replaceAll('\u00a0', ' '),
      instant: (iso) => formatInstant(iso, NOW, { language, zone: 'America/Bogota' }),
      clock: (iso) => formatClock(iso, NOW, { language, zone: 'America/Bogota' }),
      day: (day) => formatDay(day, language),
    },
  );
}

const SUBJECT: SentenceSubject = {
  kind: 'basic',
  origin: 'us',
  state: 'approved',
  reason: '00',
  message: null,
  amountMinor: 100_000_00,
  approvedMinor: 0,
  currency: 'COP',
  orderState: 'due',
  createdAt: '2026-03-10T12:00:00Z',
  expiresAt: '2026-03-10T17:00:00Z',
  endedAt: null,
  nextProbeAt: null,
  cancelAskedAt: null,
  terms: termsOf({}),
  hold: null,
  instrument: null,
  recurrence: null,
  collect: null,
  confirmation: null,
  transactions: [],
  reviews: [],
  availableActions: [],
  order: {
    id: 'o',
    state: 'due',
    dueMinor: 100_000_00,
    reservedMinor: 0,
    heldMinor: 0,
    settledMinor: 0,
    returnedMinor: 0,
    agreed: null,
    linkUrl: 'http://localhost/p/x',
    linkExpiresAt: '2026-03-11T15:00:00Z',
    sessions: [],
  },
};
const PAID_ORDER = { ...SUBJECT.order, state: 'paid' as const, settledMinor: 100_000_00 };
const CARD: NonNullable<SessionView['instrument']> = {
  id: 'i',
  type: 'token',
  brand: 'visa',
  brandName: 'Visa',
  issuer: null,
  lastFour: '1111',
  validUntil: '2029-12-31',
  createdAt: '2026-03-10T14:00:00Z',
  state: 'active',
  revoked: null,
};

function transaction(change: Partial<TransactionView>): TransactionView {
  return {
    id: 'a',
    kind: 'payment',
    groupId: null,
    parentId: null,
    grade: null,
    state: 'approved',
    at: '2026-03-10T14:00:00Z',
    ...change,
  } as TransactionView;
}

describe('a partial payment', () => {
  const partial = { kind: 'partial', approvedMinor: 40_000_00 } as const;

  it('that is open says what is paid, what is missing, and until when', () => {
    expect(say({ ...partial, state: 'partial' })).toBe(
      'Van $ 40.000 COP de $ 100.000 COP; faltan $ 60.000 COP. El pagador puede completar con el mismo enlace hasta hoy 12:00; mientras tanto no se puede cancelar.',
    );
  });

  it('that ended says what can be done about the rest', () => {
    const ended = { ...partial, state: 'partial_expired', endedAt: '2026-03-10T13:00:00Z' } as const;
    expect(say(ended)).toBe(
      'Terminó hoy 08:00 con $ 40.000 COP pagados de $ 100.000 COP; faltan $ 60.000 COP. Envíe un enlace nuevo por lo que falta o márquelo como acordado.',
    );
    const agreed = { at: '2026-03-10T14:00:00Z', by: 'Ana', reason: 'lo perdonamos' };
    expect(say({ ...ended, order: { ...SUBJECT.order, agreed } })).toContain(
      'Ana dio el resto por acordado: «lo perdonamos».',
    );
    const live = {
      id: 'b',
      kind: 'basic',
      state: 'pending',
      amountMinor: 60_000_00,
      approvedMinor: 0,
      createdAt: '2026-03-10T14:00:00Z',
    } as const;
    expect(say({ ...ended, order: { ...SUBJECT.order, sessions: [live] } })).toContain(
      'Lo que falta se está cobrando con otro pago',
    );
  });

  it('waits for the bank before anything else is asked of anybody', () => {
    const waiting = [transaction({ state: 'pending' })];
    expect(say({ ...partial, state: 'partial', transactions: waiting })).toContain('No cobre otra vez');
  });
});

describe('a dispersion', () => {
  it('tells how many parts were approved', () => {
    const transactions = [
      transaction({ id: 'g', kind: 'dispersion', state: 'partial' }),
      transaction({ id: 'p1', groupId: 'g' }),
      transaction({ id: 'p2', groupId: 'g', state: 'rejected' }),
    ];
    expect(
      say({ kind: 'dispersion', state: 'partial_expired', approvedMinor: 60_000_00, transactions }),
    ).toContain('Se aprobaron 1 de 2 partes: $ 60.000 COP de $ 100.000 COP');
  });
});

describe('a payment that waits for a word', () => {
  const confirmation = (operation: NonNullable<SessionView['confirmation']>['operation']) => ({
    kind: 'confirmation' as const,
    state: 'pending' as const,
    confirmation: { transactionId: 'a', deadline: '2026-03-10T20:00:00Z', operation },
  });

  it('says so, and until when', () => {
    expect(say(confirmation(null))).toBe(
      'El pagador ya hizo su parte por $ 100.000 COP: falta que alguien lo confirme o lo cancele. El plazo termina hoy 15:00; sin decisión, la pasarela lo rechaza sola.',
    );
  });

  it('never takes silence for a result', () => {
    expect(say(confirmation({ kind: 'confirm', state: 'unknown' }))).toBe(
      'La pasarela no respondió cuando se pidió confirmarlo; no sabemos si cobró y lo averiguamos solos. No lo repita mientras tanto.',
    );
    expect(say(confirmation({ kind: 'cancel', state: 'started' }), 'en')).toContain('has not answered yet');
  });
});

describe('what was approved', () => {
  it('of a preauthorization is held, not paid', () => {
    const hold = {
      id: 'h',
      state: 'active',
      amountMinor: 100_000_00,
      currency: 'COP',
      expiresAt: '2026-04-09T15:00:00Z',
    } as const;
    const held = { kind: 'preauthorization' as const, transactions: [transaction({ kind: 'checkin' })] };
    expect(say({ ...held, hold })).toMatch(
      /^Se retuvieron .* todavía no se ha cobrado nada\. La retención dura/,
    );
    expect(say({ ...held, hold: { ...hold, state: 'presumed_released' } })).toContain('se presume');
    expect(say({ ...held, hold: { ...hold, state: 'released' } })).toContain('se liberó');
  });

  it('of a subscription is a means of payment, and no money', () => {
    expect(say({ kind: 'subscription', instrument: CARD, endedAt: '2026-03-10T14:30:00Z' })).toBe(
      'El pagador guardó su medio de pago hace 30 min: Visa ···· 1111. No se cobró nada.',
    );
  });

  it('of a payment that offered to store says whether the payer agreed', () => {
    const paid = { terms: termsOf({ subscribe: true }), orderState: 'paid', order: PAID_ORDER } as const;
    expect(say({ ...paid, instrument: CARD })).toContain('Además guardó su medio de pago: Visa ···· 1111.');
    expect(say(paid)).toContain('prefirió no guardar');
  });

  it('of a recurrence names the next charge, or the one nobody reported', () => {
    const calendar = (state: 'expected' | 'missing') => [
      { day: '2026-04-10', state, transactionIds: [] as string[] },
    ];
    const recurring = (state: 'expected' | 'missing') => ({
      kind: 'recurring' as const,
      recurrence: {
        id: 'r',
        state: 'active' as const,
        periodicity: 'M' as const,
        interval: 1,
        maxPeriods: -1,
        dueDate: null,
        amountMinor: 100_000_00,
        currency: 'COP' as const,
        calendar: calendar(state),
      },
    });
    expect(say(recurring('expected'))).toContain(
      'La pasarela cobra sola $ 100.000 COP cada mes; el próximo cobro es el 10 abr.',
    );
    expect(say(recurring('missing'))).toContain('El cobro del 10 abr no se ha informado');
  });
});

describe('the rows of the attempts', () => {
  it('put parts under their whole and what was done under its payment', () => {
    const rows = attemptRows([
      transaction({ id: 'p1', groupId: 'g', at: '2026-03-10T14:00:01Z' }),
      transaction({ id: 'g', kind: 'dispersion' }),
      transaction({ id: 'first', state: 'rejected', at: '2026-03-10T13:00:00Z' }),
      transaction({ id: 'c', kind: 'confirm', parentId: 'first', at: '2026-03-10T14:30:00Z' }),
      transaction({ id: 'r', kind: 'recurring', grade: 'reported' }),
    ]);
    expect(rows.map(({ transaction: { id }, beneath }) => (beneath ? `-${id}` : id))).toEqual([
      'g',
      '-p1',
      'first',
      '-c',
    ]);
  });
});

describe('the actions', () => {
  const action = (name: SessionView['availableActions'][number]['action'], why: string | null = null) => ({
    action: name,
    allowed: why === null,
    why,
  });

  it('put what is likeliest first, by whether the payment is over', () => {
    const availableActions = [action('check'), action('copyLink'), action('cancel')];
    const names = (state: SessionView['state']) =>
      inOrder({ ...SUBJECT, state, availableActions }).map((each) => each.action);
    expect(names('pending')).toEqual(['copyLink', 'check', 'cancel']);
    expect(names('expired')).toEqual(['copyLink', 'check', 'cancel']);
    const ended = { ...SUBJECT, state: 'partial_expired' as const };
    const rest = [action('check'), action('remainder')];
    expect(inOrder({ ...ended, availableActions: rest })[0]?.action).toBe('remainder');
  });

  it('offer no link to a payer who has done their part', () => {
    const confirmation = { transactionId: 'a', deadline: '2026-03-10T20:00:00Z', operation: null };
    const availableActions = [action('confirm'), action('copyLink')];
    expect(inOrder({ ...SUBJECT, state: 'pending', confirmation, availableActions })).toEqual([
      action('confirm'),
    ]);
  });

  it('fill the link until somebody pays with it, then the question to the gateway', () => {
    const fresh: SentenceSubject = {
      ...SUBJECT,
      state: 'pending',
      availableActions: [action('check'), action('copyLink')],
    };
    expect(filledAction(fresh)).toBe('copyLink');
    const paying = { ...fresh, transactions: [transaction({ state: 'pending' })] };
    expect(filledAction(paying)).toBe('check');
    expect(inOrder(paying).map((each) => each.action)).toEqual(['check', 'copyLink']);
  });

  it('fill one button at most, the decision before the question', () => {
    const waiting = { ...SUBJECT, state: 'pending' } as const;
    expect(filledAction({ ...waiting, availableActions: [action('check'), action('confirm')] })).toBe(
      'confirm',
    );
    expect(filledAction({ ...waiting, state: 'approved', availableActions: [action('check')] })).toBeNull();
  });
});

describe('the time left', () => {
  const left = (until: string) => timeLeft(until, NOW, translator('es'));

  it('is told in the largest whole unit', () => {
    expect(left('2026-03-13T15:30:00Z').words).toBe('quedan 3 días');
    expect(left('2026-03-10T16:10:00Z').words).toBe('queda 1 hora');
    expect(left('2026-03-10T15:00:20Z').words).toBe('queda 1 minuto');
  });

  it('is amber when it presses, and over when it is over', () => {
    expect(left('2026-03-10T16:10:00Z').meaning).toBe('attention');
    expect(left('2026-03-10T14:59:00Z')).toEqual({ words: 'plazo terminado', meaning: 'failed' });
  });
});
