import { currencySchema, formatAmount, idSchema, instantSchema, type Language } from '@recaudo/shared';
import { z } from 'zod';
import { instantWords, template, words, zoneName } from './letter.js';

const NAMES = {
  es: {
    subject: 'Comprobante de su pago a',
    opening: 'Este es el comprobante de su pago.',
    paid: 'Valor pagado',
    returned: 'Devuelto',
    chargedBack: 'Devuelto por contracargo',
    description: 'Concepto',
    reference: 'Referencia',
    at: 'Fecha',
    card: 'Medio de pago',
    authorization: 'Autorización',
    receipt: 'Recibo',
  },
  en: {
    subject: 'Receipt of your payment to',
    opening: 'This is the receipt of your payment.',
    paid: 'Amount paid',
    returned: 'Given back',
    chargedBack: 'Given back by chargeback',
    description: 'Description',
    reference: 'Reference',
    at: 'Date',
    card: 'Payment method',
    authorization: 'Authorization',
    receipt: 'Receipt number',
  },
} satisfies Record<Language, Record<string, string>>;

/** To a payer: what was paid, and what of it was given back. */
export const receipt = template({
  data: z.object({
    transactionId: idSchema,
    siteName: words,
    reference: words,
    description: z.string().max(1_000),
    amountMinor: z.int(),
    currency: currencySchema,
    returnedMinor: z.int(),
    chargedBackMinor: z.int(),
    authorization: words.nullable(),
    receipt: words.nullable(),
    lastFour: words.nullable(),
    at: instantSchema,
    zone: zoneName,
  }),
  write(data, language) {
    const name = NAMES[language];
    const sum = (minor: number) => formatAmount(minor, data.currency, language);
    const known: [string, string | null][] = [
      [name.paid, sum(data.amountMinor)],
      [name.returned, data.returnedMinor > 0 ? sum(data.returnedMinor) : null],
      [name.chargedBack, data.chargedBackMinor > 0 ? sum(data.chargedBackMinor) : null],
      [name.description, data.description || null],
      [name.reference, data.reference],
      [name.at, instantWords(data.at, data.zone, language)],
      [name.card, data.lastFour && `•••• ${data.lastFour}`],
      [name.authorization, data.authorization],
      [name.receipt, data.receipt],
    ];
    return {
      from: data.siteName,
      subject: `${name.subject} ${data.siteName} (${data.reference})`,
      parts: [
        { text: name.opening },
        { facts: known.filter((fact): fact is [string, string] => fact[1] !== null) },
      ],
    };
  },
});
