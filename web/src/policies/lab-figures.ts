import type { Currency, LabResult } from '@recaudo/shared';
import type { Translate } from '../fields/reader.js';

/** What was, beside what the policy would have come to at least and at most. Amounts in minor units. */
export interface Figure {
  key: string;
  label: string;
  currency: Currency | null;
  made: number;
  would: { least: number; most: number };
  /** How many there are behind an amount. */
  count: { made: number; would: { least: number; most: number } } | null;
}

/** Amounts are never added across currencies: each has its own line. */
export function labFigures({ tries, recovered, ended }: LabResult, t: Translate): Figure[] {
  const plain = { currency: null, count: null };
  return [
    { key: 'tries', label: t('policies.lab.tries'), ...plain, ...tries },
    ...recovered.map(({ currency, made, would }): Figure => ({
      ...{ key: `recovered ${currency}`, label: t('policies.lab.recovered', { currency }), currency },
      ...{ made: made.amountMinor, would: would.amountMinor },
      count: { made: made.count, would: would.count },
    })),
    { key: 'ended', label: t('policies.lab.ended'), ...plain, ...ended },
  ];
}

interface Words {
  t: Translate;
  amount: (minor: number, currency: Currency) => string;
}

export function figureWords(value: number, currency: Currency | null, { amount }: Words): string {
  return currency === null ? String(value) : amount(value, currency);
}

/** "entre 3 y 5", or the one number where both ends are the same. */
export function rangeWords({ would: { least, most }, currency }: Figure, words: Words): string {
  const write = (value: number) => figureWords(value, currency, words);
  if (least === most) return write(least);
  return words.t('policies.lab.between', { least: write(least), most: write(most) });
}

/** What the policy would have changed: "2 menos", "hasta 3 más", "de 2 menos a 1 más", "igual". */
export function differenceWords({ made, would, currency }: Figure, words: Words): string {
  const { t } = words;
  const [low, high] = [would.least - made, would.most - made];
  const plain = (value: number) => figureWords(Math.abs(value), currency, words);
  const fewer = currency === null ? 'fewer' : 'less';
  const said = (value: number, count = plain(value)) =>
    value === 0 ? t('policies.lab.same') : t(`policies.lab.${value < 0 ? fewer : 'more'}`, { count });
  if (low === high) return said(low);
  if (low < 0 && high > 0) return t('policies.lab.from_to', { least: said(low), most: said(high) });
  const [near, far] = low < 0 ? [high, low] : [low, high];
  return near === 0
    ? t('policies.lab.up_to', { what: said(far) })
    : said(far, t('policies.lab.from_to', { least: plain(near), most: plain(far) }));
}

/** The classes of what it rests on, those that there are. */
export function basisWords({ periods }: LabResult, { t }: Pick<Words, 't'>): string[] {
  return (['balance', 'limit', 'hard', 'other'] as const)
    .filter((name) => periods[name] > 0)
    .map((name) => t(`policies.lab.part.${name}`, { count: periods[name] }));
}
