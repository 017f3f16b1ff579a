import { addDays } from '@recaudo/shared';

/**
 * What an unpaid period's answer means. `balance`: the payer lacks money now. `limit`: beyond what the issuer allows now.
 * `hard`: the same charge tomorrow makes no sense. `technical`: nobody judged the charge. `unlisted`: a code that nobody
 * documents, so that nothing is tried again, and nothing is taken away either.
 */
export const REASON_CLASSES = ['balance', 'limit', 'hard', 'technical', 'unlisted'] as const;
export type ReasonClass = (typeof REASON_CLASSES)[number];

/** ISO 8583 response codes and the gateway's own, see docs/gateways/placetopay.md. */
const CODES: Record<Exclude<ReasonClass, 'unlisted'>, readonly string[]> = {
  balance: ['51', 'XA', 'R01'],
  limit: ['61', '65'],
  hard: [
    ...[
      '01',
      '02',
      '03',
      '04',
      '05',
      '07',
      '12',
      '13',
      '14',
      '15',
      '31',
      '38',
      '41',
      '43',
      '54',
      '55',
      '57',
      '58',
    ],
    ...[
      '62',
      '75',
      'R0',
      'R1',
      'R3',
      'R02',
      'R03',
      'XE',
      'XF',
      'XX',
      'XN',
      'X3',
      'SU',
      'BR',
      'NF',
      '?I',
      'NR',
      'OT1',
    ],
  ],
  // The words in small letters are our own: nothing left, we were not believed, an earlier charge was in the way.
  technical: ['68', '91', '96', 'XH', 'XR', 'RM', 'unsent', 'credentials', 'shield'],
};

const CLASS_OF = new Map<string, ReasonClass>(
  REASON_CLASSES.flatMap((name) =>
    name === 'unlisted' ? [] : CODES[name].map((code): [string, ReasonClass] => [code, name]),
  ),
);

export function reasonClass(reason: string): ReasonClass {
  return CLASS_OF.get(reason) ?? 'unlisted';
}

/** Those that a policy may try again. */
export type Retried = Extract<ReasonClass, 'balance' | 'limit' | 'hard'>;
/** What becomes of the schedule when the last try was in vain; `keep`: it stays past due. */
export type LastAction = 'cancel' | 'pause' | 'keep';

export interface Policy {
  /** By the class of the first answer that counts: on which days after it, and what when all were in vain. */
  by: Record<Retried, { days: readonly number[]; last: LastAction }>;
  /** Local hour of the tries, 0 to 23; null: the schedule's own. */
  hour: number | null;
}

/** The rule that shops know: daily for three days where the balance was short, and no other decline again. */
export const DEFAULT_POLICY: Policy = {
  by: {
    balance: { days: [1, 2, 3], last: 'cancel' },
    limit: { days: [], last: 'keep' },
    hard: { days: [], last: 'keep' },
  },
  hour: null,
};

/** A try of a period that was not paid, on the local day on which it was sent. */
export interface Failed {
  day: string;
  class: ReasonClass;
}

/** `again`: nobody judged the last try: it is made once more, and does not count. `over`: nothing more is tried. */
export type Step =
  { kind: 'retry'; day: string } | { kind: 'again'; day: string } | { kind: 'over'; last: LastAction };

/** House rule: so many technical failures in a row are left to a person. */
const MOST_TECHNICAL = 7;

const counts = ({ class: name }: Failed): boolean =>
  name === 'balance' || name === 'limit' || name === 'hard';

/** What follows the tries so far, oldest first, at least one; none of them brought money. */
export function nextStep(policy: Policy, failed: readonly Failed[]): Step {
  const last = failed.at(-1);
  if (!last) throw new Error('nothing has failed yet');
  if (last.class === 'unlisted') return { kind: 'over', last: 'keep' };
  if (last.class === 'technical') {
    const inRow = failed.length - 1 - failed.findLastIndex(({ class: name }) => name !== 'technical');
    return inRow >= MOST_TECHNICAL
      ? { kind: 'over', last: 'keep' }
      : { kind: 'again', day: addDays(last.day, 1) };
  }
  const counted = failed.filter(counts);
  const [first] = counted;
  const rule = policy.by[first?.class as Retried];
  const wait = rule.days[counted.length - 1];
  // A later answer says that to go on makes no sense, unless the policy tries that too.
  const senseless = last.class === 'hard' && policy.by.hard.days.length === 0;
  if (wait === undefined || senseless)
    return { kind: 'over', last: senseless ? policy.by.hard.last : rule.last };
  const planned = addDays(first?.day ?? last.day, wait);
  const tomorrow = addDays(last.day, 1);
  return { kind: 'retry', day: planned > tomorrow ? planned : tomorrow };
}
