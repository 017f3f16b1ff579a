import { RETRIED_CLASSES, type LastAction, type PolicyRules, type RetriedClass } from '@recaudo/shared';

/** A policy as it is typed, named as the API names it, so that its errors find their field. */
export interface PolicyForm {
  siteId: string;
  name: string;
  rules: {
    by: Record<RetriedClass, { days: string; last: LastAction; mail: boolean }>;
    /** Empty: the hour of each schedule. */
    hour: string;
  };
}

export function rulesToForm({ by, hour }: PolicyRules): PolicyForm['rules'] {
  const typed = ({ days, last, mail }: PolicyRules['by'][RetriedClass]) => ({
    ...{ days: days.join(', '), last, mail },
  });
  return {
    by: { balance: typed(by.balance), limit: typed(by.limit), hard: typed(by.hard) },
    hour: hour === null ? '' : String(hour),
  };
}

export function rulesOfForm({ by, hour }: PolicyForm['rules']): PolicyRules {
  const read = (name: RetriedClass) => ({ ...by[name], days: daysOf(by[name].days) });
  return {
    by: { balance: read('balance'), limit: read('limit'), hard: read('hard') },
    hour: hour === '' ? null : Number(hour),
  };
}

/** Parted by commas or spaces; what is no number becomes one that no rule takes. */
function daysOf(text: string): number[] {
  const parts = text.split(/[\s,;]+/).filter(Boolean);
  return parts.map((part) => (/^\d{1,4}$/.test(part) ? Number(part) : Number.NaN));
}

/** The days of a class are one field: whatever is wrong with them is said there, with what they may be. */
export function atItsField(errors: Record<string, string>): Record<string, string> {
  const days = RETRIED_CLASSES.map((name) => `rules.by.${name}.days`);
  return Object.fromEntries(
    Object.entries(errors).map(([path, message]) => {
      const field = days.find((each) => path === each || path.startsWith(`${each}.`));
      return field ? [field, 'problems.field.retry_days'] : [path, message];
    }),
  );
}
