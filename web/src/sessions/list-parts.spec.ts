import { describe, expect, it } from '@jest/globals';
import { EXPORT_COLUMNS, type SessionKind } from '@recaudo/shared';
import { COLUMNS, exportColumns, HIDDEN_AT_FIRST } from './columns.js';
import { timelineWords } from './timeline-words.js';

describe('the downloaded columns', () => {
  it('are those in sight, in the order of the table', () => {
    expect(exportColumns(HIDDEN_AT_FIRST, undefined)).toBe(
      'createdAt,state,reference,kind,payerName,description,site,amount,currency',
    );
  });

  it('follow the order that the person chose', () => {
    const ranks = COLUMNS.map((_, index) => index);
    [ranks[0], ranks[2]] = [2, 0];
    expect(exportColumns(HIDDEN_AT_FIRST, ranks)).toMatch(/^reference,state,createdAt,kind,payerName/);
  });

  it('are all known to the server', () => {
    const known: readonly string[] = EXPORT_COLUMNS;
    expect(
      exportColumns([], undefined)
        .split(',')
        .filter((column) => !known.includes(column)),
    ).toEqual([]);
  });
});

describe('a line of the timeline', () => {
  const amount = (minor: number) => String(minor);
  const t = (key: string, options?: Record<string, unknown>) =>
    key.includes('nobody') ? String(options?._) : key;

  it('of an unknown kind shows its own key', () => {
    expect(timelineWords({ kind: 'nobody.heard', data: {} }, t, amount)).toBe('nobody.heard');
  });

  it('of an approval depends on what was asked for', () => {
    const words = (of: SessionKind) => timelineWords({ kind: 'session.approved', data: {} }, t, amount, of);
    expect(words('preauthorization')).toBe('timeline.approved_of.preauthorization');
    expect(words('subscription')).toBe('timeline.approved_of.subscription');
    expect(words('basic')).toBe('timeline.kinds.session.approved');
  });

  it('of a question tells who asked and what was answered', () => {
    const words = timelineWords(
      { kind: 'session.asked', data: { source: 'probe', answer: 'PENDING' } },
      t,
      amount,
    );
    expect(words).toBe('timeline.asked_by.probe: timeline.answers.pending');
  });
});
