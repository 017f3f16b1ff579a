import { currencySchema, daySchema, formatAmount, type Language } from '@recaudo/shared';
import { z } from 'zod';
import { address, dayWords, template, words, zoneName } from './letter.js';

const REASON_CLASSES = ['balance', 'limit', 'hard', 'technical', 'unlisted'] as const;

const WHY: Record<Language, Record<(typeof REASON_CLASSES)[number], string>> = {
  es: {
    balance: 'El medio de pago no tenía fondos suficientes.',
    limit: 'El cobro supera un límite que su banco tiene puesto.',
    hard: 'Su banco no permite este cobro con el medio de pago guardado.',
    technical: 'Hubo una falla técnica entre los bancos; no se debe a usted.',
    unlisted: 'Su banco no aprobó el cobro y no dijo por qué.',
  },
  en: {
    balance: 'The payment method had insufficient funds.',
    limit: 'The charge is above a limit that your bank has set.',
    hard: 'Your bank does not allow this charge with the stored payment method.',
    technical: 'There was a technical failure between the banks; it is not your doing.',
    unlisted: 'Your bank did not approve the charge and did not say why.',
  },
};

/** To a payer: a period of the subscription could not be charged, why, what comes next, and how to pay now. */
export const chargeFailed = template({
  data: z.object({
    siteName: words,
    planName: words,
    reference: words,
    amountMinor: z.int().positive(),
    currency: currencySchema,
    reasonClass: z.enum(REASON_CLASSES),
    /** A day of `zone` on which it is tried again; null: it is not. */
    nextTryOn: daySchema.nullable(),
    payUrl: address,
    zone: zoneName,
  }),
  write(data, language) {
    const amount = formatAmount(data.amountMinor, data.currency, language);
    const next = data.nextTryOn && `${dayWords(data.nextTryOn, language)} (${data.zone})`;
    if (language === 'es') {
      return {
        from: data.siteName,
        subject: `No pudimos cobrar ${data.planName} (${data.reference})`,
        parts: [
          { text: `No fue posible hacer el cobro de ${data.planName}. ${WHY.es[data.reasonClass]}` },
          {
            facts: [
              ['Valor', amount],
              ['Referencia', data.reference],
              ['Próximo intento', next ?? 'No se intentará de nuevo'],
            ],
          },
          { text: 'Puede pagar ahora mismo. Si lo hace, este cobro no se intenta más.' },
          { act: `Pagar ${amount}`, url: data.payUrl },
        ],
      };
    }
    return {
      from: data.siteName,
      subject: `We could not charge ${data.planName} (${data.reference})`,
      parts: [
        { text: `The charge for ${data.planName} was not possible. ${WHY.en[data.reasonClass]}` },
        {
          facts: [
            ['Amount', amount],
            ['Reference', data.reference],
            ['Next try', next ?? 'It will not be tried again'],
          ],
        },
        { text: 'You can pay right now. If you do, this charge is not tried any more.' },
        { act: `Pay ${amount}`, url: data.payUrl },
      ],
    };
  },
});
