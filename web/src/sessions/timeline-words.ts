import type { TimelineEntry } from '@recaudo/shared';
import type { Translate } from '../fields/reader.js';

/** One line for one event. A kind nobody has named shows its own key, so that no event is ever invisible. */
export function timelineWords(entry: Pick<TimelineEntry, 'kind' | 'data'>, t: Translate): string {
  if (entry.kind === 'session.asked') {
    const source = text(entry.data.source);
    const answer = text(entry.data.answer);
    const asked = t(`timeline.asked_by.${source}`, { _: t('timeline.asked_by.other') });
    return answer ? `${asked}: ${t(`timeline.answers.${answer.toLowerCase()}`, { _: answer })}` : asked;
  }
  return t(`timeline.kinds.${entry.kind}`, { _: entry.kind });
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
