import {
  isCurrency,
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
}

export const NO_TERMS: SiteTerms = {
  undoMinutes: '5',
  hasLimits: false,
  refundLimits: { operationMinor: '', paymentMinor: '', dayMinor: '' },
};

export function termsToForm(site: SiteView, language: Language): SiteTerms {
  const { refundLimits, currency, undoMinutes } = site;
  const typed = (minor: number) => minorToTyped(minor, currency, language);
  if (!refundLimits) return { ...NO_TERMS, undoMinutes: String(undoMinutes) };
  return {
    undoMinutes: String(undoMinutes),
    hasLimits: true,
    refundLimits: {
      operationMinor: typed(refundLimits.operationMinor),
      paymentMinor: typed(refundLimits.paymentMinor),
      dayMinor: typed(refundLimits.dayMinor),
    },
  };
}

/** As the API wants it; what cannot be read stays missing, so that its field says so. */
export function termsOfForm(
  { undoMinutes, hasLimits, refundLimits }: SiteTerms,
  currency: string,
  language: Language,
): Pick<CreateSite, 'undoMinutes' | 'refundLimits'> {
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
  };
}
