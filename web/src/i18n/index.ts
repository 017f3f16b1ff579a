import type { Language } from '@recaudo/shared';
import polyglotI18nProvider from 'ra-i18n-polyglot';
import type { I18nProvider, TranslationMessages } from 'react-admin';
import { spanish } from './es/index.js';

const NAMES = [
  { locale: 'es', name: 'Español' },
  { locale: 'en', name: 'English' },
];

/** Spanish comes with the page; English is fetched by whoever reads it. */
export async function createI18n(first: Language): Promise<I18nProvider> {
  const english = first === 'en' ? await loadEnglish() : null;
  const messages = (locale: string) => (locale === 'en' ? (english ?? loadEnglish()) : asMessages(spanish));
  const provider = polyglotI18nProvider(messages, first, NAMES, {
    allowMissing: false,
    onMissingKey: showKey,
  });
  const follow = () => (document.documentElement.lang = provider.getLocale());
  follow();
  return {
    ...provider,
    changeLocale: async (locale: string) => {
      await provider.changeLocale(locale);
      follow();
    },
  };
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
