import { describe, expect, it } from '@jest/globals';
import { termsOf } from '@recaudo/shared';
import { keptTerms, termsOfRemainder, termsOfRow } from './terms.rules.js';

const part = (amountMinor: number, agreement: string | null = null) => ({
  amountMinor,
  agreement,
  agreementType: 'MERCHANT' as const,
  taxes: [],
  details: [],
});

describe('terms in a row', () => {
  it('are nothing for a payment that asks for an amount alone', () => {
    expect(keptTerms(termsOf({}))).toBeNull();
  });

  it('come back as they went in', () => {
    const terms = termsOf({
      dispersion: [part(500, '12')],
      fields: [{ keyword: 'a', value: 'b', displayOn: 'none' }],
    });
    expect(termsOfRow({ kind: terms.kind, terms: keptTerms(terms) })).toEqual(terms);
  });
});

describe('what a remainder asks for', () => {
  it('is the plain rest of a partial payment', () => {
    expect(termsOfRemainder(termsOf({ allowPartial: true }), [], 300)).toEqual(termsOf({}));
  });

  it('is the parts of a dispersion that were not approved, with their agreements', () => {
    const terms = termsOf({ dispersion: [part(500, '1'), part(300, '2'), part(200)] });
    const left = termsOfRemainder(terms, [{ agreement: '1', amountMinor: 500 }], 500);
    expect(left?.dispersion.map((each) => each.agreement)).toEqual(['2', null]);
  });

  it('counts two equal parts as two', () => {
    const terms = termsOf({ dispersion: [part(500, '1'), part(500, '1')] });
    const left = termsOfRemainder(terms, [{ agreement: '1', amountMinor: 500 }], 500);
    expect(left?.dispersion).toHaveLength(1);
  });

  it('is nothing that anybody may guess when the parts do not make up what is left', () => {
    const terms = termsOf({ dispersion: [part(500, '1'), part(300, '2')] });
    expect(termsOfRemainder(terms, [{ agreement: '1', amountMinor: 400 }], 400)).toBeNull();
  });
});
