import { describe, expect, it } from '@jest/globals';
import { formatAmount, termsOf, type ReviewView, type TransactionView } from '@recaudo/shared';
import polyglotI18nProvider from 'ra-i18n-polyglot';
import type { TranslationMessages } from 'react-admin';
import { formatClock, formatDay, formatInstant } from '../fields/instant.js';
import { english } from '../i18n/en/index.js';
import { spanish } from '../i18n/es/index.js';
import { reasonWords, sessionSentence } from './sentence.js';
import type { SentenceSubject } from './sentence-subject.js';

const NOW = Date.parse('2026-03-10T15:00:00Z');

function translator(language: 'es' | 'en') {
  const messages = (language === 'es' ? spanish : english) as unknown as TranslationMessages;
  return polyglotI18nProvider(() => messages, language).translate;
}

function tools(language: 'es' | 'en' = 'es') {
  return {
    t: translator(language),
    now: NOW,
    amount: (minor: number, currency: SentenceSubject['currency']) => formatAmount(minor, currency, language),
    instant: (iso: string) => formatInstant(iso, NOW, { language, zone: 'America/Bogota' }),
    clock: (iso: string) => formatClock(iso, NOW, { language, zone: 'America/Bogota' }),
    day: (day: string) => formatDay(day, language),
  };
}

function subject(change: Partial<SentenceSubject> = {}): SentenceSubject {
  return {
    kind: 'basic',
    origin: 'us',
    state: 'pending',
    reason: 'PT',
    message: null,
    amountMinor: 8_450_000,
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
    availableActions: [{ action: 'copyLink', allowed: true, why: null }],
    order: {
      id: 'o',
      state: 'due',
      dueMinor: 8_450_000,
      reservedMinor: 0,
      heldMinor: 0,
      settledMinor: 0,
      returnedMinor: 0,
      agreed: null,
      linkUrl: 'http://localhost/p/x',
      linkExpiresAt: '2026-03-11T15:00:00Z',
      sessions: [],
    },
    ...change,
  };
}

function attempt(change: Partial<TransactionView> = {}): TransactionView {
  return {
    kind: 'payment',
    groupId: null,
    parentId: null,
    state: 'rejected',
    reason: '51',
    at: '2026-03-10T14:40:00Z',
    issuer: null,
    ...change,
  } as TransactionView;
}

function review(change: Partial<ReviewView> = {}): ReviewView {
  return { kind: 'contradiction', resolvedAt: null, ...change } as ReviewView;
}

type Sibling = SentenceSubject['order']['sessions'][number];

function sibling(change: Partial<Sibling> = {}): Sibling {
  return {
    id: 'b',
    kind: 'basic',
    state: 'expired',
    amountMinor: 8_450_000,
    approvedMinor: 0,
    createdAt: '2026-03-10T14:30:00Z',
    ...change,
  };
}

function order(change: Partial<SentenceSubject['order']>): SentenceSubject['order'] {
  return { ...subject().order, ...change };
}

describe('the sentence about a payment', () => {
  it('tells until when an untouched payment can be paid', () => {
    expect(sessionSentence(subject(), tools())).toBe(
      'El pagador todavía no ha pagado. Puede pagar con el enlace; vence hoy 12:00.',
    );
  });

  it('names why the last attempt failed while the payer may try again', () => {
    expect(sessionSentence(subject({ transactions: [attempt()] }), tools())).toBe(
      'El último intento fue rechazado: fondos insuficientes. Puede pagar con el enlace; vence hoy 12:00.',
    );
  });

  it('warns against charging again while the bank has not answered', () => {
    const waiting = subject({ transactions: [attempt({ state: 'pending', reason: '?-' })] });
    expect(sessionSentence(waiting, tools())).toMatch(/El banco recibió el pago .* No cobre otra vez/);
    const unknown = subject({ transactions: [attempt({ state: 'unknown', reason: null })] });
    expect(sessionSentence(unknown, tools())).toMatch(/no sabemos si cobró.* No cobre otra vez/);
  });

  it('says that a payment past its time is late, and when it is asked about next', () => {
    const late = subject({ expiresAt: '2026-03-10T10:00:00Z', nextProbeAt: '2026-03-10T15:04:00Z' });
    expect(sessionSentence(late, tools())).toBe(
      'Venció hoy 05:00 y la pasarela todavía no da un resultado final. Preguntamos otra vez en 4 min.',
    );
  });

  it('does not announce a question that is past already', () => {
    const late = subject({ expiresAt: '2026-03-10T10:00:00Z', nextProbeAt: '2026-03-10T14:50:00Z' });
    expect(sessionSentence(late, tools())).toContain('Seguimos preguntando solos.');
  });

  it('names the bank of an approved payment and that nothing is left to do', () => {
    const paid = subject({
      state: 'approved',
      orderState: 'paid',
      order: order({ state: 'paid', settledMinor: 8_450_000 }),
      transactions: [
        attempt({ state: 'approved', reason: '00', issuer: 'BANCOLOMBIA', at: '2026-03-09T14:00:00Z' }),
      ],
    });
    expect(sessionSentence(paid, tools())).toBe(
      'Aprobado 9 mar 09:00 por BANCOLOMBIA. La orden quedó pagada; no hay que hacer nada.',
    );
  });

  it('sends a person to look while a review of an approved payment is open', () => {
    const paid = subject({
      state: 'approved',
      orderState: 'paid',
      order: order({ state: 'paid', settledMinor: 8_450_000 }),
    });
    const open = sessionSentence({ ...paid, reviews: [review()] }, tools());
    expect(open).toMatch(/^Aprobado .* una persona debe mirarlo/);
    expect(open).not.toContain('no hay que hacer nada');
    const resolved = { ...paid, reviews: [review({ resolvedAt: '2026-03-10T14:00:00Z' })] };
    expect(sessionSentence(resolved, tools())).toContain('no hay que hacer nada');
  });

  it('offers no other charge while a review of an unpaid end is open', () => {
    const rejected = subject({ state: 'rejected', endedAt: '2026-03-10T14:50:00Z', reviews: [review()] });
    expect(sessionSentence(rejected, tools())).toMatch(/^Rechazado .* una persona debe mirarlo/);
  });

  it('says how much an order received too much', () => {
    const paid = subject({
      state: 'approved',
      orderState: 'overpaid',
      order: order({ state: 'overpaid', settledMinor: 16_900_000 }),
      transactions: [attempt({ state: 'approved', reason: '00' })],
    });
    expect(sessionSentence(paid, tools())).toContain('La orden recibió $\u00a084.500\u00a0COP de más');
  });

  it('says how much is still missing of an order paid in part', () => {
    const paid = subject({ state: 'approved', order: order({ settledMinor: 4_450_000 }) });
    expect(sessionSentence(paid, tools())).toContain('Faltan $\u00a040.000\u00a0COP');
  });

  it('offers the same link after an unpaid end while it works', () => {
    const rejected = subject({
      state: 'rejected',
      endedAt: '2026-03-10T14:50:00Z',
      transactions: [attempt({ reason: '54' })],
    });
    expect(sessionSentence(rejected, tools())).toBe(
      'Rechazado hace 10 min: tarjeta vencida. El mismo enlace abre otro pago; sirve hasta 11 mar 10:00.',
    );
  });

  it('tells by the clock until when a link works, however near that is', () => {
    const soon = subject({ state: 'expired', order: order({ linkExpiresAt: '2026-03-10T15:40:00Z' }) });
    expect(sessionSentence(soon, tools())).toContain('sirve hasta hoy 10:40.');
  });

  it('offers no link where we cancelled: only somebody of ours can open another payment', () => {
    const cancelled = subject({
      state: 'cancelled',
      reason: 'MC',
      endedAt: '2026-03-10T14:50:00Z',
      availableActions: [{ action: 'copyLink', allowed: false, why: 'closed_by_us' }],
    });
    expect(sessionSentence(cancelled, tools())).toBe(
      'El comercio lo canceló hace 10 min; no se cobró nada. El enlace dejó de servir. Si todavía se debe, abra otro pago para la misma orden.',
    );
  });

  it('asks for nothing after an unpaid end when the order was paid otherwise', () => {
    const expired = subject({ state: 'expired', orderState: 'paid', endedAt: '2026-03-10T14:00:00Z' });
    expect(sessionSentence(expired, tools())).toContain('La orden se pagó con otro pago');
  });

  it('points to the other payment when one is open', () => {
    const cancelled = subject({
      state: 'cancelled',
      reason: '?C',
      endedAt: '2026-03-10T14:00:00Z',
      order: order({ sessions: [sibling({ state: 'pending' })] }),
    });
    expect(sessionSentence(cancelled, tools())).toMatch(/El pagador canceló .* otro pago abierto/);
  });

  it('says that nothing was charged when the gateway never opened it', () => {
    expect(sessionSentence(subject({ state: 'failed' }), tools())).toContain('No se cobró nada.');
    expect(
      sessionSentence(subject({ state: 'failed', message: 'Autenticación fallida 102' }), tools()),
    ).toContain('«Autenticación fallida 102»');
  });

  it('is patient with an opening, and honest about one that takes long', () => {
    expect(
      sessionSentence(subject({ state: 'opening', createdAt: '2026-03-10T14:59:30Z' }), tools()),
    ).toContain('Se está abriendo');
    expect(sessionSentence(subject({ state: 'opening' }), tools())).toContain('No cobre otra vez');
  });

  it('speaks English too', () => {
    expect(sessionSentence(subject(), tools('en'))).toBe(
      'The payer has not paid yet. They can pay with the link; it expires today 12:00.',
    );
  });
});

describe('the gateway’s reason', () => {
  it.each(['?-', '?!', '?C', 'EX', '51', 'XA', '05', '38', 'XN', 'OT1', 'R1', 'RM'])(
    '%s has words in both languages',
    (code) => {
      for (const language of ['es', 'en'] as const) {
        expect(reasonWords(code, translator(language))).not.toContain(code);
      }
    },
  );

  it('that nobody has named is shown as it is', () => {
    expect(reasonWords('Z9', translator('es'))).toBe('motivo Z9 de la pasarela');
  });

  it.each([
    [
      '2026-03-10T15:10:00Z',
      'La pasarela no respondió al cobro: puede haberse hecho. Lo averiguamos solos; la próxima vez hoy 10:10. No lo repita.',
    ],
    [
      null,
      'La pasarela no respondió al cobro: puede haberse hecho. Ya no se puede averiguar sin riesgo: una persona debe mirar en la consola de la pasarela. No lo repita.',
    ],
  ])('never ages a charge of unknown outcome into anything else (next look %s)', (nextLookAt, words) => {
    const sent = { firstSentAt: '2026-03-10T15:00:00Z', sends: 1, by: null, motive: null };
    const collect = { ...sent, instrumentId: 'i', nextLookAt };
    expect(sessionSentence(subject({ state: 'unknown', collect }), tools())).toBe(words);
  });
});
