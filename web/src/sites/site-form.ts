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
  hasLimits: boolean;
  refundLimits: Record<keyof RefundLimits, string>;
  hasCollectLimits: boolean;
  collectLimits: Record<keyof CollectLimits, string>;
}

export const NO_TERMS: SiteTerms = {
  undoMinutes: '5',
  hasLimits: false,
  refundLimits: { operationMinor: '', paymentMinor: '', dayMinor: '' },
  hasCollectLimits: false,
  collectLimits: { operationMinor: '', dayMinor: '' },
};

export function termsToForm(site: SiteView, language: Language): SiteTerms {
  const { refundLimits, collectLimits, currency, undoMinutes } = site;
  const typed = (minor: number) => minorToTyped(minor, currency, language);
  return {
    undoMinutes: String(undoMinutes),
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
  { undoMinutes, hasLimits, refundLimits, hasCollectLimits, collectLimits }: SiteTerms,
  currency: string,
  language: Language,
): Pick<CreateSite, 'undoMinutes' | 'refundLimits' | 'collectLimits'> {
  const minutes = undoMinutes.trim() === '' ? undefined : Number(undoMinutes);
  const read = (text: string) => {
    if (/^0+$/.test(text.trim())) return 0;
    return isCurrency(currency) ? typedMinor(text, currency, language) : undefined;
  };
  return {
    undoMinutes: minutes as number,
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
