import type { Translate } from '../fields/reader.js';
import { reasonWords } from '../sessions/sentence.js';

/** Why a row cannot be or was not done: a rule by its key, a problem by its code, or the gateway's reason. */
export function rowWhy(why: string, t: Translate): string {
  const rule = t(`why.${why}`, { _: '' });
  if (rule !== '') return rule;
  const refund = t(`refundWhy.${why}`, { _: '' });
  if (refund !== '' && !refund.includes('%{')) return refund;
  const problem = t(`problems.title.${why}`, { _: '' });
  return problem === '' ? reasonWords(why, t) : problem;
}
