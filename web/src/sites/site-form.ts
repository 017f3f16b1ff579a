import {
  isCurrency,
  type CollectLimits,
  type CreateSite,
  type Language,
  type RefundLimits,
  type SiteView,
} from '@recaudo/shared';
import { minorToTyped } from '../fields/typed-amount.js';
import { typedMinor } from '../money/typed-money.js';

/** What a person types about a site: amounts and numbers are text. */
export interface SiteTerms {
  undoMinutes: string;
  lateDays: string;
  hasLimits: boolean;
  refundLimits: Record<keyof RefundLimits, string>;
  hasCollectLimits: boolean;
  collectLimits: Record<keyof CollectLimits, string>;
}

export const NO_TERMS: SiteTerms = {
  undoMinutes: '5',
  lateDays: '3',
  hasLimits: false,
  refundLimits: { operationMinor: '', paymentMinor: '', dayMinor: '' },
  hasCollectLimits: false,
  collectLimits: { operationMinor: '', dayMinor: '' },
};

export function termsToForm(site: SiteView, language: Language): SiteTerms {
  const { refundLimits, collectLimits, currency, undoMinutes, lateDays } = site;
  const typed = (minor: number) => minorToTyped(minor, currency, language);
  return {
    undoMinutes: String(undoMinutes),
    lateDays: String(lateDays),
    hasLimits: refundLimits !== null,
    refundLimits: refundLimits
      ? {
          operationMinor: typed(refundLimits.operationMinor),
          paymentMinor: typed(refundLimits.paymentMinor),
          dayMinor: typed(refundLimits.dayMinor),
        }
      : NO_TERMS.refundLimits,
    hasCollectLimits: collectLimits !== null,
    collectLimits: collectLimits
      ? { operationMinor: typed(collectLimits.operationMinor), dayMinor: typed(collectLimits.dayMinor) }
      : NO_TERMS.collectLimits,
  };
}

/** As the API wants it; what cannot be read stays missing, so that its field says so. */
export function termsOfForm(
  { undoMinutes, lateDays, hasLimits, refundLimits, hasCollectLimits, collectLimits }: SiteTerms,
  currency: string,
  language: Language,
): Pick<CreateSite, 'undoMinutes' | 'lateDays' | 'refundLimits' | 'collectLimits'> {
  // Nothing typed is missing, so that its field says so.
  const number = (text: string) => (text.trim() === '' ? undefined : Number(text)) as number;
  const read = (text: string) => {
    if (/^0+$/.test(text.trim())) return 0;
    return isCurrency(currency) ? typedMinor(text, currency, language) : undefined;
  };
  return {
    undoMinutes: number(undoMinutes),
    lateDays: number(lateDays),
    refundLimits: hasLimits
      ? ({
          operationMinor: read(refundLimits.operationMinor),
          paymentMinor: read(refundLimits.paymentMinor),
          dayMinor: read(refundLimits.dayMinor),
        } as RefundLimits)
      : null,
    collectLimits: hasCollectLimits
      ? ({
          operationMinor: read(collectLimits.operationMinor),
          dayMinor: read(collectLimits.dayMinor),
        } as CollectLimits)
      : null,
  };
}
