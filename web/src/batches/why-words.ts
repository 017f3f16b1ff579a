import type { Translate } from '../fields/reader.js';
import { reasonWords } from '../sessions/sentence.js';

/** Why a row cannot be or was not done: a rule by its key, a problem by its code, or the gateway's reason; by whom, where a person's request is in the way. */
export function rowWhy(why: string, t: Translate, by: string | null = null): string {
  if (by !== null) return t(`why.${why}_of`, { name: by, _: t(`why.${why}`) });
  const rule = t(`why.${why}`, { _: '' });
  if (rule !== '') return rule;
  const refund = t(`refundWhy.${why}`, { _: '' });
  if (refund !== '' && !refund.includes('%{')) return refund;
  const problem = t(`problems.title.${why}`, { _: '' });
  return problem === '' ? reasonWords(why, t) : problem;
}
