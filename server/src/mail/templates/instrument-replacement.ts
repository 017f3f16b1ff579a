import { daySchema } from '@recaudo/shared';
import { z } from 'zod';
import { address, dayWords, methodWords, template, words } from './letter.js';

/** To a payer: another means of payment is to be stored, because this one expires or a person asked for it. */
export const instrumentReplacement = template({
  data: z.object({
    siteName: words,
    planName: words.nullable(),
    lastFour: words.nullable(),
    brandName: words.nullable(),
    /** Its last day; null: nobody said, or it is not why. */
    validUntil: daySchema.nullable(),
    url: address,
  }),
  write(data, language) {
    const method = methodWords(data, language);
    const until = data.validUntil && dayWords(data.validUntil, language);
    if (language === 'es') {
      const plan = data.planName ? ` de ${data.planName}` : '';
      return {
        from: data.siteName,
        subject: `Actualice el medio de pago${plan || ` de ${data.siteName}`}`,
        parts: [
          {
            text: until
              ? `El medio de pago guardado para los cobros${plan} vence pronto. Para que sigan sin interrupciones, guarde otro.`
              : `Es necesario guardar otro medio de pago para los cobros${plan}.`,
          },
          { facts: [['Guardado ahora', method], ...(until ? [['Vence', until] as [string, string]] : [])] },
          { text: 'Los datos se escriben en la página segura de la pasarela. Hoy no se cobra nada.' },
          { act: 'Guardar otro medio de pago', url: data.url },
        ],
      };
    }
    const plan = data.planName ? ` for ${data.planName}` : '';
    return {
      from: data.siteName,
      subject: `Update the payment method${plan || ` for ${data.siteName}`}`,
      parts: [
        {
          text: until
            ? `The payment method stored for the charges${plan} expires soon. Store another one so that they go on without a break.`
            : `Another payment method has to be stored for the charges${plan}.`,
        },
        { facts: [['Stored now', method], ...(until ? [['Expires', until] as [string, string]] : [])] },
        { text: 'The details are typed on the gateway’s secure page. Nothing is charged today.' },
        { act: 'Store another payment method', url: data.url },
      ],
    };
  },
});
