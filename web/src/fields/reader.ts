import { type Currency, formatAmount, type Language, localDay } from '@recaudo/shared';
import { useLocale, useTranslate } from 'react-admin';
import { now } from '../app/clock.js';
import { useSignedInOrNull } from '../app/login-state.js';
import {
  formatClock,
  formatClockIn,
  formatDay,
  formatInstant,
  formatInstantFully,
  formatList,
} from './instant.js';

export type Translate = (key: string, options?: Record<string, unknown>) => string;

/** How the person in front of the screen reads: their language, their zone, their way of writing money. */
export function useReader() {
  const translate = useTranslate() as Translate;
  const language: Language = useLocale() === 'en' ? 'en' : 'es';
  const signedIn = useSignedInOrNull();
  const zone = signedIn?.person.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const dayWords = (day: string) =>
    formatDay(day, language, day.slice(0, 4) !== localDay(now(), zone).slice(0, 4));
  const zoneOf = (siteId: string) => signedIn?.sites.find(({ id }) => id === siteId)?.zone ?? zone;
  return {
    t: translate,
    language,
    zone,
    amount: (amountMinor: number, currency: Currency) => formatAmount(amountMinor, currency, language),
    instant: (iso: string) => formatInstant(iso, now(), { language, zone }),
    clock: (iso: string) => formatClock(iso, now(), { language, zone }),
    /** By the clock of a place, which it names. */
    clockIn: (iso: string, place: string) => formatClockIn(iso, now(), { language, zone: place }),
    /** By the site's own clock: its cut-off and its settlement are hours of that place. */
    siteClock: (iso: string, siteId: string) => formatClockIn(iso, now(), { language, zone: zoneOf(siteId) }),
    /** In the shop's zone, whoever reads it: for what is printed for its payers. */
    siteInstantFully: (iso: string, siteId: string) =>
      formatInstantFully(iso, { language, zone: zoneOf(siteId) }),
    list: (words: readonly string[]) => formatList(words, language),
    /** A local day, with its year when it is another one. */
    day: dayWords,
    /** The day of an instant, where its hour means nothing. */
    dayOf: (iso: string) => dayWords(localDay(Date.parse(iso), zone)),
    instantFully: (iso: string) => formatInstantFully(iso, { language, zone }),
  };
}
