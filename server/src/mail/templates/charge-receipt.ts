import { currencySchema, formatAmount, instantSchema } from '@recaudo/shared';
import { z } from 'zod';
import { instantWords, methodWords, template, words, zoneName } from './letter.js';

/** To a payer: a period of the subscription was charged. */
export const chargeReceipt = template({
  data: z.object({
    siteName: words,
    planName: words,
    reference: words,
    amountMinor: z.int().positive(),
    currency: currencySchema,
    paidAt: instantSchema,
    zone: zoneName,
    lastFour: words.nullable(),
    brandName: words.nullable(),
  }),
  write(data, language) {
    const amount = formatAmount(data.amountMinor, data.currency, language);
    const at = instantWords(data.paidAt, data.zone, language);
    const method = methodWords(data, language);
    if (language === 'es') {
      return {
        from: data.siteName,
        subject: `Comprobante de ${data.planName} (${data.reference})`,
        parts: [
          { text: `Hicimos el cobro de ${data.planName}. Este es su comprobante.` },
          {
            facts: [
              ['Valor cobrado', amount],
              ['Fecha', at],
              ['Medio de pago', method],
              ['Referencia', data.reference],
            ],
          },
        ],
      };
    }
    return {
      from: data.siteName,
      subject: `Receipt for ${data.planName} (${data.reference})`,
      parts: [
        { text: `We charged ${data.planName}. This is your receipt.` },
        {
          facts: [
            ['Amount charged', amount],
            ['Date', at],
            ['Payment method', method],
            ['Reference', data.reference],
          ],
        },
      ],
    };
  },
});
