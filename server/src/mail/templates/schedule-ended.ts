import { daySchema, type Language } from '@recaudo/shared';
import { z } from 'zod';
import { address, dayWords, template, words, type Part } from './letter.js';

const WHYS = ['unpaid', 'chosen', 'finished'] as const;

const WHY: Record<Language, Record<(typeof WHYS)[number], string>> = {
  es: {
    unpaid: 'terminó porque no fue posible hacer el cobro.',
    chosen: 'terminó, como se pidió. No habrá más cobros.',
    finished: 'llegó a su fin. No habrá más cobros.',
  },
  en: {
    unpaid: 'has ended because the charge was not possible.',
    chosen: 'has ended, as was asked for. There will be no more charges.',
    finished: 'has come to its end. There will be no more charges.',
  },
};

/** To a payer: the subscription is over, why, and until when they have what they paid for. */
export const scheduleEnded = template({
  data: z.object({
    siteName: words,
    planName: words,
    reference: words,
    accessEndsOn: daySchema.nullable(),
    why: z.enum(WHYS),
    /** Where what is owed can still be paid. */
    payUrl: address.nullable(),
  }),
  write(data, language) {
    const es = language === 'es';
    const lastDay = data.accessEndsOn && dayWords(data.accessEndsOn, language);
    const opening = es ? `Su suscripción a ${data.planName}` : `Your subscription to ${data.planName}`;
    const facts: [string, string][] = [[es ? 'Referencia' : 'Reference', data.reference]];
    if (lastDay) facts.push([es ? 'Acceso hasta' : 'Access until', lastDay]);
    const pay: Part[] = data.payUrl
      ? [
          {
            text: es
              ? 'Todavía puede pagar lo que quedó pendiente.'
              : 'You can still pay what is left to pay.',
          },
          { act: es ? 'Pagar' : 'Pay', url: data.payUrl },
        ]
      : [];
    return {
      from: data.siteName,
      subject: es
        ? `Su suscripción a ${data.planName} terminó (${data.reference})`
        : `Your subscription to ${data.planName} has ended (${data.reference})`,
      parts: [{ text: `${opening} ${WHY[language][data.why]}` }, { facts }, ...pay],
    };
  },
});
