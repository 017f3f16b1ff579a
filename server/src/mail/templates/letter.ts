import type { Language } from '@recaudo/shared';
import { z } from 'zod';

/** What a letter says, before it becomes text and HTML; plain words, nothing is escaped yet. */
export interface Letter {
  /** Whose letter it is: a site's name. */
  from: string;
  subject: string;
  parts: readonly Part[];
}
export type Part =
  { text: string } | { facts: readonly [name: string, value: string][] } | { act: string; url: string };

export interface Template<Data extends z.ZodType> {
  data: Data;
  write: (data: z.output<Data>, language: Language) => Letter;
}

/** Ties what a template is told to what it says. */
export function template<Data extends z.ZodType>(made: Template<Data>): Template<Data> {
  return made;
}

/** Longer than anything that our own columns hold; it keeps a letter far below 100 kB. */
const MOST_SIGNS = 1_000;
export const words = z.string().trim().min(1).max(MOST_SIGNS);
export const address = z.url({ protocol: /^https?$/ }).max(2_000);

const REGION: Record<Language, string> = { es: 'es-CO', en: 'en-US' };

/** A calendar day, YYYY-MM-DD, in words. */
export function dayWords(day: string, language: Language): string {
  return new Date(`${day}T12:00:00Z`).toLocaleDateString(REGION[language], {
    timeZone: 'UTC',
    dateStyle: 'long',
  });
}

/** An instant by the clock of a zone, which is named. */
export function instantWords(iso: string, zone: string, language: Language): string {
  const at = new Date(iso).toLocaleString(REGION[language], {
    timeZone: zone,
    dateStyle: 'long',
    timeStyle: 'short',
  });
  return `${at} (${zone})`;
}

/** An IANA zone that this machine knows. */
export const zoneName = z.string().refine((zone) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
});

/** "Visa terminada en 0081", as far as it is known. */
export function methodWords(
  { brandName, lastFour }: { brandName: string | null; lastFour: string | null },
  language: Language,
): string {
  const name = brandName ?? (language === 'es' ? 'Medio de pago' : 'Payment method');
  if (lastFour === null) return name;
  return language === 'es' ? `${name} terminada en ${lastFour}` : `${name} ending in ${lastFour}`;
}
