import type { SessionView } from '@recaudo/shared';
import { Box, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { Amount } from '../../fields/Amount.js';
import { Block } from '../../fields/Block.js';
import { FactList } from '../../fields/FactList.js';
import { useReader } from '../../fields/reader.js';

/** Items, taxes, details, shipping and extra data, where the payment was opened with any. */
export function TermsBlock({ session: { terms, currency } }: { session: SessionView }) {
  const { t } = useReader();
  const { items, taxes, details, shipping, fields } = terms;
  const money = (minor: number) => <Amount minor={minor} currency={currency} />;
  const facts: [string, ReactNode][] = [
    ...taxes.map((tax): [string, ReactNode] => [t(`opening.tax.${tax.kind}`), money(tax.amountMinor)]),
    ...details.map((detail): [string, ReactNode] => [
      t(`opening.detail.${detail.kind}`),
      money(detail.amountMinor),
    ]),
    ...(shipping ? [[t('opening.detail.shipping'), shippingWords(shipping)] as [string, ReactNode]] : []),
    ...fields.map((field): [string, ReactNode] => [field.keyword, field.value]),
  ];
  if (items.length === 0 && facts.length === 0) return null;
  return (
    <Block title={t('blocks.terms')}>
      {items.length > 0 ? (
        <Box component="ul" aria-label={t('opening.items')} sx={{ listStyle: 'none', m: 0, mb: 1, p: 0 }}>
          {items.map((item, index) => (
            <Box
              component="li"
              key={index}
              sx={{ display: 'flex', gap: 2, py: 0.5, fontSize: 13, justifyContent: 'space-between' }}
            >
              <Typography component="span" variant="body2" sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
                {item.quantity} × {item.name}
              </Typography>
              {money(item.priceMinor * item.quantity)}
            </Box>
          ))}
        </Box>
      ) : null}
      {facts.length > 0 ? <FactList facts={facts} /> : null}
    </Block>
  );
}

function shippingWords(shipping: NonNullable<SessionView['terms']['shipping']>): string {
  const { name, surname, address } = shipping;
  const who = [name, surname].filter(Boolean).join(' ');
  return [who, address?.street, address?.city, address?.country].filter(Boolean).join(', ') || '–';
}
