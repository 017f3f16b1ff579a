import type { Language } from '@recaudo/shared';
import polyglotI18nProvider from 'ra-i18n-polyglot';
import type { I18nProvider, TranslationMessages } from 'react-admin';
import { door } from './es/door.js';

const NAMES = [
  { locale: 'es', name: 'Español' },
  { locale: 'en', name: 'English' },
];

let provider: I18nProvider;
/** Somebody is in, or was. */
let entered = false;

/** The Spanish of the door comes with the page; that of the rooms, and English, are fetched by whoever reads them. */
export async function createI18n(first: Language): Promise<I18nProvider> {
  const english = first === 'en' ? await loadEnglish() : null;
  const messages = (locale: string) => {
    if (locale === 'en') return english ?? loadEnglish();
    return entered ? loadSpanish() : asMessages(door);
  };
  const base = polyglotI18nProvider(messages, first, NAMES, { allowMissing: false, onMissingKey: showKey });
  const follow = () => (document.documentElement.lang = base.getLocale());
  follow();
  provider = {
    ...base,
    changeLocale: async (locale: string) => {
      await base.changeLocale(locale);
      follow();
    },
  };
  return provider;
}

/** The words of all rooms, before the first of them is shown. */
export async function enterRooms(): Promise<void> {
  if (entered) return;
  entered = true;
  try {
    await provider.changeLocale(provider.getLocale());
  } catch (error) {
    entered = false;
    throw error;
  }
}

async function loadSpanish(): Promise<TranslationMessages> {
  return asMessages((await import('./es/index.js')).spanish);
}

async function loadEnglish(): Promise<TranslationMessages> {
  return asMessages((await import('./en/index.js')).english);
}

function asMessages(messages: object): TranslationMessages {
  return messages as TranslationMessages;
}

/** A word that is missing shows its own key: ugly, and never empty. */
function showKey(key: string): string {
  return key;
}
