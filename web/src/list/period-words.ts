import type { Language } from '@recaudo/shared';
import { formatDay } from '../fields/instant.js';
import type { Translate } from '../fields/reader.js';
import type { ListView } from './list-view.js';

/** "Últimos 7 días", "3 mar – 9 mar", "desde el 3 mar". */
export function periodWords(
  view: Pick<ListView, 'period' | 'from' | 'to'>,
  t: Translate,
  language: Language,
): string {
  if (view.period !== 'days') return t(`periods.${view.period}`);
  const from = view.from ? formatDay(view.from, language) : null;
  const to = view.to ? formatDay(view.to, language) : null;
  if (from && to) return from === to ? from : `${from} – ${to}`;
  return from ? t('periods.since', { day: from }) : t('periods.until', { day: to });
}
