import type { PolicyRules, RetriedClass } from '@recaudo/shared';
import type { Translate } from '../fields/reader.js';

interface Words {
  t: Translate;
  list: (words: readonly string[]) => string;
}

/** "Se reintenta 1, 2 y 3 días después y entonces se cancela. Se avisa al pagador con un enlace para pagar." */
export function ruleWords({ days, last, mail }: PolicyRules['by'][RetriedClass], { t, list }: Words): string {
  const [first] = days;
  const tries =
    first === undefined
      ? t('policies.words.no_tries')
      : t('policies.words.tries', {
          days: list(days.map(String)),
          smart_count: days.length === 1 && first === 1 ? 1 : 2,
        });
  return `${tries} ${t(`policies.words.${last}`)}. ${t(`policies.words.${mail ? 'mail' : 'no_mail'}`)}`;
}

export function hourWords(hour: number | null, t: Translate): string {
  return hour === null
    ? t('policies.words.hour_own')
    : t('policies.words.hour', { hour: String(hour).padStart(2, '0') });
}
