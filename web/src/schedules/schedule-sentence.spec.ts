import { describe, expect, it } from '@jest/globals';
import {
  formatAmount,
  localDay,
  PERIOD_STATES,
  SCHEDULE_ENDS,
  SCHEDULE_STATES,
  type Currency,
} from '@recaudo/shared';
import polyglotI18nProvider from 'ra-i18n-polyglot';
import type { TranslationMessages } from 'react-admin';
import { formatClock, formatDay, formatInstant } from '../fields/instant.js';
import { english } from '../i18n/en/index.js';
import { spanish } from '../i18n/es/index.js';
import { periodSentence, refusalCode, type PeriodSubject } from './period-words.js';
import { scheduleSentence, type ScheduleSubject } from './schedule-sentence.js';

const NOW = Date.parse('2026-11-10T15:00:00Z');
const zone = 'America/Bogota';

function tools(language: 'es' | 'en' = 'es') {
  const messages = (language === 'es' ? spanish : english) as unknown as TranslationMessages;
  const reader = { language, zone };
  return {
    language,
    now: NOW,
    t: polyglotI18nProvider(() => messages, language).translate,
    amount: (minor: number, currency: Currency) => formatAmount(minor, currency, language),
    instant: (iso: string) => formatInstant(iso, NOW, reader),
    clock: (iso: string) => formatClock(iso, NOW, reader),
    day: (day: string) => formatDay(day, language),
    dayOf: (iso: string) => formatDay(localDay(Date.parse(iso), zone), language),
  };
}

function period(change: Partial<PeriodSubject> = {}): PeriodSubject & { number: number } {
  return {
    number: 2,
    state: 'retrying',
    why: 'balance',
    until: null,
    reason: '51',
    at: '2026-11-08T14:00:00Z',
    nextTryAt: '2026-11-11T14:00:00Z',
    paidAt: null,
    paidBy: null,
    orderId: 'order',
    availableActions: [],
    ...change,
  };
}

function schedule(change: Partial<ScheduleSubject> = {}): ScheduleSubject {
  return {
    state: 'active',
    amountMinor: 4_000_000,
    currency: 'COP',
    unit: 'month',
    interval: 1,
    startOn: '2026-08-31',
    trialDays: 0,
    anchorDay: null,
    maxPeriods: null,
    endOn: null,
    zone,
    next: { day: '2026-11-30', at: '2026-11-30T14:00:00Z', amountMinor: 4_000_000 },
    whyNotCharged: null,
    prices: [],
    pastDueSince: null,
    endsOn: null,
    endedAt: null,
    endedWhy: null,
    periods: [],
    outlook: { accessEndsOn: null, owed: { count: 0, amountMinor: 0 } },
    ...change,
  };
}

const say = (change: Partial<ScheduleSubject>) =>
  scheduleSentence(schedule(change), tools()).replaceAll('\u00a0', ' ');

describe('the sentence about a schedule', () => {
  it('says what is charged, when, and which day comes next by its own clock', () => {
    expect(say({})).toBe(
      'Se cobra $ 40.000 COP cada mes, el 31 o el último día. Próximo cobro: 30 nov 09:00 (GMT-5).',
    );
  });

  it('says that its means of payment keeps it from being charged', () => {
    expect(say({ whyNotCharged: 'instrument_revoked' })).toContain(
      'El próximo cobro sería 30 nov 09:00 (GMT-5). El medio de pago fue revocado: no se cobrará mientras no tenga otro.',
    );
  });

  it('says so also while it is paused', () => {
    expect(say({ state: 'paused', next: null, whyNotCharged: 'instrument_suspended' })).toContain(
      'El medio de pago está suspendido: no se cobrará',
    );
  });

  it('promises no access once it has ended with a period that nobody paid', () => {
    const ended = {
      state: 'finished',
      endedAt: '2026-11-09T20:00:00Z',
      endedWhy: 'finished',
      ...{
        pastDueSince: '2026-11-08T14:00:00Z',
        outlook: { accessEndsOn: '2026-12-08', owed: { count: 1, amountMinor: 4_000_000 } },
      },
    } as const;
    expect(say(ended)).not.toContain('Acceso hasta');
  });

  it('says that no charge is left', () => {
    expect(say({ next: null })).toContain('No queda ningún cobro por hacer.');
  });

  it('tells a change of the amount before it begins', () => {
    expect(say({ prices: [{ fromOn: '2027-01-31', amountMinor: 4_500_000, taxes: [] }] })).toContain(
      'Desde el 31 ene se cobra $ 45.000 COP.',
    );
  });

  it('does not tell twice what the next charge already costs', () => {
    expect(say({ prices: [{ fromOn: '2026-11-20', amountMinor: 4_000_000, taxes: [] }] })).not.toContain(
      'Desde el',
    );
  });

  it('says since when nobody pays, why, and when it is tried again', () => {
    expect(say({ pastDueSince: '2026-11-08T14:00:00Z', periods: [period()] })).toContain(
      'Está en mora desde el 8 nov. Al pagador le faltaron fondos. Se intenta otra vez 11 nov 09:00 (GMT-5).',
    );
  });

  it('speaks of the oldest period that is open', () => {
    const newer = { ...period({ state: 'blocked', why: 'session_live' }), number: 3 };
    expect(say({ periods: [newer, period()] })).toContain('Al pagador le faltaron fondos.');
  });

  it('says what blocks a charge and until when', () => {
    const blocked = period({ state: 'blocked', why: 'session_live', until: '2026-11-10T18:30:00Z' });
    expect(say({ periods: [blocked] })).toContain(
      'mientras alguien pueda pagarlo dos veces. A más tardar hasta hoy 13:30 (GMT-5).',
    );
  });

  it('says until when access lasts once it is cancelled for later', () => {
    expect(say({ endsOn: '2026-11-29' })).toBe(
      'Se canceló: no se cobra ningún período más y el acceso sigue hasta el 29 nov.',
    );
  });

  it('says who ended it', () => {
    const ended = { state: 'cancelled', endedAt: '2026-11-09T20:00:00Z', endedWhy: 'unpaid' } as const;
    expect(say(ended)).toBe('Se canceló 9 nov 15:00 porque no se pagó.');
  });

  it('says what is still owed once it is cancelled, and that we do not charge it any more', () => {
    const ended = { state: 'cancelled', endedAt: '2026-11-09T20:00:00Z', endedWhy: 'chosen' } as const;
    const outlook = { accessEndsOn: null, owed: { count: 2, amountMinor: 8_000_000 } };
    expect(say({ ...ended, outlook })).toBe(
      'Se canceló 9 nov 15:00 porque así se pidió. Queda debiendo $ 80.000 COP de 2 períodos: el pagador puede pagarlos con sus enlaces, o se condonan; ya no los cobramos.',
    );
  });

  it.each(['es', 'en'] as const)('has words for every state and every end (%s)', (language) => {
    const sentences = SCHEDULE_STATES.flatMap((state) =>
      SCHEDULE_ENDS.map((endedWhy) => scheduleSentence(schedule({ state, endedWhy }), tools(language))),
    );
    expect(sentences.filter((sentence) => sentence === '' || /schedules\.|%\{/.test(sentence))).toEqual([]);
  });
});

const WHYS = [
  ...['session_live', 'unknown_alive', 'shield', 'instrument_revoked', 'instrument_suspended', 'overdue'],
  ...['instrument_expired', 'instrument_is_account', 'account_stopped', 'late', 'technical', 'balance'],
  ...['instrument_expires', 'limit', 'hard', 'unlisted', 'paused', 'cancelled', 'waived', 'skipped'],
  ...['reference_taken', 'unknown', 'unknown_left'],
];

describe('the words about a period', () => {
  it.each(['es', 'en'] as const)('exist for every reason why (%s)', (language) => {
    const sentences = WHYS.map((why) => periodSentence(period({ why }), tools(language)));
    expect(sentences.filter((sentence) => /schedules\.|%\{|^(Motivo|Reason)/.test(sentence))).toEqual([]);
  });

  it.each(['es', 'en'] as const)('exist for every state (%s)', (language) => {
    const { t } = tools(language);
    const words = PERIOD_STATES.flatMap((state) => [
      periodSentence(period({ state }), tools(language)),
      t(`schedules.period_state.${state}`),
    ]);
    expect(words.filter((text) => /schedules\.|%\{/.test(text))).toEqual([]);
  });

  it.each(['paused', 'cancelled', 'instrument_revoked'])('promise no charge of a planned one: %s', (why) => {
    expect(periodSentence(period({ state: 'planned', why, nextTryAt: null }), tools())).not.toContain(
      'Se cobra ',
    );
  });

  it('say of tries that a pause has ended that it did, whether it is paused still or not', () => {
    expect(periodSentence(period({ state: 'unpaid', why: 'paused' }), tools())).toContain(
      'Dejó de intentarse cuando la programación se pausó.',
    );
  });

  it('ask for a person where nobody can find it out any more', () => {
    expect(periodSentence(period({ state: 'unknown', why: 'unknown_left' }), tools())).toContain(
      'Una persona debe mirarlo',
    );
  });

  it.each([
    ['balance', '51'],
    ['technical', '96'],
  ])('leave the bank’s code beside a refusal: %s', (why, reason) => {
    expect(refusalCode({ why, reason })).toBe(reason);
  });

  it.each(['unsent', 'credentials', 'shield'])('call no reason of ours a code: %s', (reason) => {
    expect(refusalCode({ why: 'technical', reason })).toBeNull();
  });

  it.each(['unknown', 'unknown_left', 'shield', null])(
    'leave out the code of an earlier try where no refusal is what it waits for: %s',
    (why) => {
      expect(refusalCode({ why, reason: '54' })).toBeNull();
    },
  );

  it('show a reason nobody has named by its key', () => {
    expect(periodSentence(period({ why: 'moon' }), tools())).toContain('Motivo: moon.');
  });

  it('give the gateway’s reason where there is no other', () => {
    expect(periodSentence(period({ state: 'unpaid', why: null }), tools())).toBe(
      'Fondos insuficientes. No se intenta más sin que alguien lo decida.',
    );
  });

  it.each([
    ['schedule_over', 'order', 'con su enlace, o se condona.'],
    ['schedule_over', null, 'solo se puede condonar.'],
    ['reference_taken', null, 'cóbrelo aparte con otra referencia.'],
  ])('offer no charge that cannot be made (%s, %s)', (why, orderId, end) => {
    const availableActions = [{ action: 'charge' as const, allowed: false, why }];
    const left = period({ state: 'unpaid', why: 'hard', orderId, availableActions });
    const said = periodSentence(left, tools());
    expect([said.endsWith(end), said.includes('No se intenta más')]).toEqual([true, false]);
  });

  it('say who paid it', () => {
    const paid = { state: 'paid', why: null, paidAt: '2026-11-09T20:00:00Z' } as const;
    const said = [period({ ...paid, paidBy: 'link' }), period({ ...paid, paidBy: 'collect' })].map((one) =>
      periodSentence(one, tools()),
    );
    expect(said).toEqual(['El pagador lo pagó con el enlace 9 nov 15:00.', 'Se cobró 9 nov 15:00.']);
  });
});
