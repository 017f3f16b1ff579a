import { termsOf, type DispersionPart, type SessionKind, type Terms } from '@recaudo/shared';

/** What is worth keeping of terms in a row: most payments ask for nothing but an amount. */
export function keptTerms(terms: Terms): Partial<Terms> | null {
  const { kind: _kind, ...rest } = terms;
  const said = Object.entries(rest).filter(([, value]) =>
    Array.isArray(value) ? value.length > 0 : Boolean(value),
  );
  return said.length > 0 ? Object.fromEntries(said) : null;
}

export function termsOfRow(row: { kind: SessionKind; terms: Partial<Terms> | null }): Terms {
  return { ...termsOf({}), ...row.terms, kind: row.kind };
}

/**
 * What to ask for when part of an order is paid: the parts of a dispersion that were not approved, with their
 * agreements; of anything else the plain rest. Null when the parts do not make up what is left.
 */
export function termsOfRemainder(
  terms: Terms,
  approved: { agreement: string | null; amountMinor: number }[],
  leftMinor: number,
): Terms | null {
  if (terms.kind !== 'dispersion') return termsOf({});
  const paid = [...approved];
  const unpaid = terms.dispersion.filter((part: DispersionPart) => {
    const index = paid.findIndex(
      (each) => each.agreement === part.agreement && each.amountMinor === part.amountMinor,
    );
    if (index === -1) return part.amountMinor > 0;
    paid.splice(index, 1);
    return false;
  });
  const sum = unpaid.reduce((total, part) => total + part.amountMinor, 0);
  return sum === leftMinor ? termsOf({ dispersion: unpaid }) : null;
}
