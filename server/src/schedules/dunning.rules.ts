import {
  addDays,
  REASON_CLASSES,
  type LastAction,
  type PolicyRules,
  type ReasonClass,
  type RetriedClass,
} from '@recaudo/shared';

/** ISO 8583 response codes and the gateway's own, see docs/gateways/placetopay.md. */
const CODES: Record<Exclude<ReasonClass, 'unlisted'>, string> = {
  balance: '51 XA R01',
  limit: '61 65',
  hard: '01 02 03 04 05 07 12 13 14 15 31 38 41 43 54 55 57 58 62 75 R0 R1 R3 R02 R03 XE XF XX XN X3 SU BR NF ?I NR OT1',
  // The words in small letters are our own: nothing left, we were not believed, an earlier charge was in the way.
  technical: '68 91 96 XH XR RM unsent credentials shield',
};

const CLASS_OF = new Map<string, ReasonClass>(
  REASON_CLASSES.flatMap((name) =>
    name === 'unlisted' ? [] : CODES[name].split(' ').map((code): [string, ReasonClass] => [code, name]),
  ),
);

export function reasonClass(reason: string): ReasonClass {
  return CLASS_OF.get(reason) ?? 'unlisted';
}

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
export function nextStep(policy: PolicyRules, failed: readonly Failed[]): Step {
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
  const rule = policy.by[first?.class as RetriedClass];
  const wait = rule.days[counted.length - 1];
  // A later answer says that to go on makes no sense, unless the policy tries that too.
  const senseless = last.class === 'hard' && policy.by.hard.days.length === 0;
  if (wait === undefined || senseless)
    return { kind: 'over', last: senseless ? policy.by.hard.last : rule.last };
  const planned = addDays(first?.day ?? last.day, wait);
  const tomorrow = addDays(last.day, 1);
  return { kind: 'retry', day: planned > tomorrow ? planned : tomorrow };
}
