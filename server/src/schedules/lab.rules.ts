import { RETRIED_CLASSES, type Currency, type LabResult, type PolicyRules } from '@recaudo/shared';
import { nextStep, type Failed } from './dunning.rules.js';

/** A period that was refused at least once, as it went; minor units. */
export interface Story {
  currency: Currency;
  amountMinor: number;
  /** Oldest first, at least one. */
  failed: readonly Failed[];
  /** The local day on which a later try took the money; null: none did. */
  collectedOn: string | null;
  /** Its schedule was cancelled or paused because nobody paid. */
  ended: boolean;
}

/** What a policy would have made of one: what is certain, and what at most. */
interface Replay {
  tries: { least: number; most: number };
  recovered: 'yes' | 'maybe' | 'no';
  ended: { least: number; most: number };
}

/** No policy asks more often. */
const MOST_STEPS = 100;

/**
 * Plays the policy from the first refusal on. A try on or after the day on which the money was there takes it; one on a day
 * when the bank refused before is refused again; what a bank would have said later than it was ever asked nobody knows.
 */
export function replay(policy: PolicyRules, { failed, collectedOn }: Story): Replay {
  const [first] = failed;
  if (!first) throw new Error('nothing has failed');
  const lastAsked = failed.at(-1)?.day ?? first.day;
  const tried: Failed[] = [first];
  let retries = 0;
  let maybe: number | null = null;
  for (let steps = 0; steps < MOST_STEPS; steps += 1) {
    const step = nextStep(policy, tried);
    if (step.kind === 'over') {
      const gone = step.last === 'keep' ? 0 : 1;
      if (maybe === null) return done(retries, retries, 'no', gone, gone);
      return done(maybe, retries, 'maybe', 0, gone);
    }
    retries += 1;
    if (collectedOn !== null && step.day >= collectedOn) return done(retries, retries, 'yes', 0, 0);
    if (collectedOn === null && step.day > lastAsked) maybe ??= retries;
    tried.push({ day: step.day, class: answerOn(step.day, failed) });
  }
  return done(maybe ?? retries, retries, maybe === null ? 'no' : 'maybe', 0, 1);
}

/** What the bank said on that day, or last before it. */
function answerOn(day: string, failed: readonly Failed[]): Failed['class'] {
  const known = failed.findLast((each) => each.day <= day && each.class !== 'technical');
  return known?.class ?? 'balance';
}

const done = (
  least: number,
  most: number,
  recovered: Replay['recovered'],
  endedLeast: number,
  endedMost: number,
): Replay => ({ tries: { least, most }, recovered, ended: { least: endedLeast, most: endedMost } });

/** Over all stories. Amounts are never added across currencies. */
export function labResult(policy: PolicyRules, stories: readonly Story[]): LabResult {
  const replays = stories.map((story) => ({ story, ...replay(policy, story) }));
  const sum = <T>(items: readonly T[], of: (item: T) => number): number =>
    items.reduce((total, item) => total + of(item), 0);
  const currencies = [...new Set(stories.map(({ currency }) => currency))].sort();
  const ofClass = (name: string): number => stories.filter(({ failed }) => failed[0]?.class === name).length;
  const retried = sum(RETRIED_CLASSES, ofClass);
  return {
    periods: {
      ...{ balance: ofClass('balance'), limit: ofClass('limit'), hard: ofClass('hard') },
      other: stories.length - retried,
    },
    tries: {
      made: sum(stories, ({ failed, collectedOn }) => failed.length - 1 + (collectedOn === null ? 0 : 1)),
      would: {
        least: sum(replays, (each) => each.tries.least),
        most: sum(replays, (each) => each.tries.most),
      },
    },
    recovered: currencies.map((currency) => {
      const here = replays.filter(({ story }) => story.currency === currency);
      const made = here.filter(({ story }) => story.collectedOn !== null);
      const surely = here.filter(({ recovered }) => recovered === 'yes');
      const perhaps = here.filter(({ recovered }) => recovered !== 'no');
      const amount = (some: typeof here): number => sum(some, ({ story }) => story.amountMinor);
      return {
        currency,
        made: { count: made.length, amountMinor: amount(made) },
        would: {
          count: { least: surely.length, most: perhaps.length },
          amountMinor: { least: amount(surely), most: amount(perhaps) },
        },
      };
    }),
    ended: {
      made: stories.filter(({ ended }) => ended).length,
      would: {
        least: sum(replays, ({ ended }) => ended.least),
        most: sum(replays, ({ ended }) => ended.most),
      },
    },
  };
}
