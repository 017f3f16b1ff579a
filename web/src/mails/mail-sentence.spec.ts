import { describe, expect, it } from '@jest/globals';
import { MAIL_REASONS, MAIL_STATES, MAIL_TEMPLATES } from '@recaudo/shared';
import polyglotI18nProvider from 'ra-i18n-polyglot';
import { english } from '../i18n/en/index.js';
import { spanish } from '../i18n/es/index.js';
import { mailSentence } from './mail-sentence.js';

const t = polyglotI18nProvider(() => spanish, 'es').translate;
const clock = (iso: string) => (iso === '' ? 'nunca' : `a las ${iso.slice(11, 16)}`);
const mail = { state: 'queued', sends: 0, reason: null, sentAt: null, nextTryAt: null } as const;
const AT = '2026-03-10T15:00:00Z';

describe('what is said of a letter', () => {
  it.each([
    [mail, 'sent', 'Sale en unos segundos.'],
    [mail, 'waits', 'Espera: no hay servidor de correo.'],
    [{ ...mail, state: 'shown' }, 'shown', 'Se muestra aquí: en pruebas no sale de esta máquina.'],
    [{ ...mail, state: 'sent', sentAt: AT }, 'sent', 'El servidor de correo lo recibió a las 15:00.'],
    [
      { ...mail, sends: 2, reason: 'put_off', nextTryAt: AT },
      'sent',
      'El servidor de correo pidió esperar. Se intenta de nuevo a las 15:00.',
    ],
    [
      { ...mail, state: 'failed', sends: 1, reason: 'recipient_refused' },
      'sent',
      'El servidor de correo no acepta esa dirección. Se intentó una vez y no se intenta más.',
    ],
    [
      { ...mail, state: 'failed', reason: 'invalid_address' },
      'sent',
      'La dirección está mal escrita. No se envió.',
    ],
  ] as const)('is true: %#', (told, delivery, sentence) => {
    expect(mailSentence(told, delivery, { t, clock })).toBe(sentence);
  });
});

describe('every word about letters', () => {
  it.each([
    ['es', spanish],
    ['en', english],
  ])('is there in %s', (_, words) => {
    expect([
      Object.keys(words.mails.reason).sort(),
      Object.keys(words.mails.template).sort(),
      Object.keys(words.states.mail).sort(),
    ]).toEqual([[...MAIL_REASONS].sort(), [...MAIL_TEMPLATES].sort(), [...MAIL_STATES].sort()]);
  });
});
