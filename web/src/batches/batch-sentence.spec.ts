import { describe, expect, it } from '@jest/globals';
import { BATCH_STATES } from '@recaudo/shared';
import polyglotI18nProvider from 'ra-i18n-polyglot';
import { formatClock } from '../fields/instant.js';
import { spanish } from '../i18n/es/index.js';
import { batchSentence, isMoving, type BatchSubject } from './batch-sentence.js';

const NOW = Date.parse('2026-03-10T15:00:00Z');
const t = polyglotI18nProvider(() => spanish, 'es').translate;

function batch(change: Partial<BatchSubject> = {}): BatchSubject {
  const none = {
    waiting: 0,
    sending: 0,
    approved: 0,
    rejected: 0,
    pending: 0,
    unknown: 0,
    refused: 0,
    undone: 0,
  };
  return {
    ...{ state: 'done', sendAt: null, finishedAt: null, endedBy: null, rows: 3 },
    counts: { ...none, approved: 3 },
    ...change,
  };
}

const clock = (iso: string) => formatClock(iso, NOW, { language: 'es', zone: 'America/Bogota' });
const say = (change: Partial<BatchSubject>) => batchSentence(batch(change), NOW, { t, clock });

describe('the sentence about a batch', () => {
  it('counts down while it can still be undone', () => {
    expect(say({ state: 'scheduled', sendAt: '2026-03-10T15:00:42Z' })).toContain('42 segundos');
    expect(say({ state: 'scheduled', sendAt: '2026-03-10T15:04:30Z' })).toContain('5 minutos');
    expect(say({ state: 'scheduled', sendAt: '2026-03-10T14:59:59Z' })).toBe('Se está por enviar.');
  });

  it('says at the end how many were approved', () => {
    expect(say({})).toBe('Terminó: 3 aprobadas de 3.');
  });

  it('says who undid it and when', () => {
    const finishedAt = '2026-03-10T14:36:00Z';
    expect(say({ state: 'undone', sendAt: '2026-03-10T14:40:00Z', finishedAt, endedBy: 'Sofía' })).toBe(
      'Sofía lo deshizo hoy 09:36, antes de enviarse: no se movió dinero.',
    );
  });

  it('asks nobody to repeat rows without a final result', () => {
    const counts = { ...batch().counts, approved: 2, unknown: 1 };
    expect(say({ counts })).toContain('1 todavía sin resultado final');
    expect(isMoving(batch({ counts }))).toBe(true);
  });

  it('stands still once every row has its last word', () => {
    expect(isMoving(batch())).toBe(false);
  });

  it.each(BATCH_STATES)('has words for %s', (state) => {
    expect(say({ state })).not.toMatch(/batches\.|%\{/);
  });
});
