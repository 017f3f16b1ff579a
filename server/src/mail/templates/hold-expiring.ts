import { currencySchema, formatAmount, idSchema, instantSchema } from '@recaudo/shared';
import { z } from 'zod';
import { address, instantWords, template, words, zoneName } from './letter.js';

/** To a person of the house: a hold is let go by itself soon. */
export const holdExpiring = template({
  data: z.object({
    preauthorizationId: idSchema,
    siteName: words,
    reference: words,
    hours: z.int().positive(),
    amountMinor: z.int(),
    currency: currencySchema,
    expiresAt: instantSchema,
    zone: zoneName,
    url: address,
  }),
  write(data, language) {
    const amount = formatAmount(data.amountMinor, data.currency, language);
    const until = instantWords(data.expiresAt, data.zone, language);
    if (language === 'es') {
      return {
        from: data.siteName,
        subject: `Quedan menos de ${data.hours} horas para capturar ${amount} (${data.reference})`,
        parts: [
          { text: 'Una preautorización está por vencer. Si nadie la captura, el dinero se libera solo.' },
          {
            facts: [
              ['Referencia', data.reference],
              ['Retenido', amount],
              ['Vence', until],
            ],
          },
          { act: 'Ver la preautorización', url: data.url },
        ],
      };
    }
    return {
      from: data.siteName,
      subject: `Less than ${data.hours} hours left to capture ${amount} (${data.reference})`,
      parts: [
        { text: 'A preauthorization is about to expire. Unless somebody captures it, the money is let go.' },
        {
          facts: [
            ['Reference', data.reference],
            ['Held', amount],
            ['Expires', until],
          ],
        },
        { act: 'See the preauthorization', url: data.url },
      ],
    };
  },
});
