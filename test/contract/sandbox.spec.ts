/** The practice gateway answers every golden pair as the protocol document says. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { alterationsOf } from './placetopay/alterations.js';
import { differences, looksLike } from './placetopay/compare.js';
import { EVERY_PAIR, type GoldenAnswer, type GoldenPair } from './placetopay/index.js';
import { at, expand, has } from './placetopay/paths.js';
import { PracticeGateway } from './placetopay/practice-gateway.js';
import { OLD_SHOP, SHOP, signed } from './placetopay/samples.js';

let gateway: PracticeGateway;
/** What the gateway really answered in this run, by name of the pair. */
const answers = new Map<string, GoldenAnswer>();

beforeAll(async () => {
  gateway = await PracticeGateway.start();
});
afterAll(() => gateway.stop());

const BY_NAME = EVERY_PAIR.map((pair): [string, GoldenPair] => [`${pair.name} (${pair.section})`, pair]);

describe('the golden pairs', () => {
  test('have names of their own', () => {
    const names = EVERY_PAIR.map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  // Section 3, without the service's own refresh (3.10).
  test.each([
    /^\/api\/session$/,
    /^\/api\/session\/\d+$/,
    /^\/api\/session\/\d+\/cancel$/,
    /^\/api\/collect$/,
    /^\/api\/reverse$/,
    /^\/api\/instrument\/invalidate$/,
    /^\/api\/gateway\/information$/,
    /^\/api\/gateway\/token$/,
  ])('call %p and are answered and refused', (path) => {
    const called = EVERY_PAIR.filter(({ request }) => path.test(request?.path ?? ''));
    expect(new Set(called.map(({ expect: wanted }) => wanted.kind === 'refused'))).toEqual(
      new Set([true, false]),
    );
  });

  test.each(['checkout', 'reauthorization', 'reverse', 'confirm', 'cancel'])(
    'act on a transaction by %s and are answered, declined or refused',
    (action) => {
      const asked = EVERY_PAIR.filter(({ request }) => request?.body?.action === action);
      const outcomes = asked.map(({ expect: wanted }) =>
        wanted.kind === 'transaction' ? wanted.state : wanted.kind,
      );
      const wanted = action === 'cancel' ? ['REJECTED', 'refused'] : ['APPROVED', 'REJECTED', 'refused'];
      expect([...new Set(outcomes)].sort()).toEqual(wanted);
    },
  );

  test('cite the section that they come from', () => {
    expect(EVERY_PAIR.filter(({ section }) => !/^\d/.test(section))).toEqual([]);
  });

  test('leave free only what looks as they say themselves', () => {
    const wrong = EVERY_PAIR.flatMap(({ name, answer, free }) =>
      Object.entries(free).flatMap(([pattern, look]) =>
        expand(answer.body, pattern)
          .filter((path) => has(answer.body, path) && !looksLike(at(answer.body, path), look))
          .map((path) => `${name}: ${path}`),
      ),
    );
    expect(wrong).toEqual([]);
  });

  test.each([
    [OLD_SHOP, 83, 'APPROVED', '2016-10-10T16:39:57-05:00', '8fb4beea130ab3e75a1de956bd0213892e0f6839'],
    [OLD_SHOP, 126, 'REJECTED', '2016-10-12T01:44:37-05:00', '554fa6c36bd5d1376b192b8bc3a1e3dd9a01e448'],
    [
      SHOP,
      4821,
      'APPROVED',
      '2026-03-02T10:21:07-05:00',
      'sha256:56ae6d9f84aeaaca6d3a8cd2ac2d97d077606d0f0b9ee63ceb6479837331d59b',
    ],
    [
      SHOP,
      700412,
      'APPROVED',
      '2026-04-02T03:00:11-05:00',
      'sha256:a91318b4cfc0c3ee5c3b73dc94a584024e1a9b8279213b0212b2e33b4e948f47',
    ],
  ])('sign as the vectors of the document do: %# %j', (site, number, status, date, signature) => {
    expect(signed(site, number, status, date)).toBe(signature);
  });
});

describe('the practice gateway', () => {
  test.each(BY_NAME)('%s', async (_name, pair) => {
    const answer = await gateway.answerTo(pair);
    answers.set(pair.name, answer);
    expect(differences(pair, answer)).toEqual([]);
  });
});

describe('one altered value in what is expected of the practice gateway', () => {
  // What it answered above is held against pairs that are wrong in one place each: none may pass.
  test.each(BY_NAME)('is noticed in: %s', (_name, pair) => {
    const answer = answers.get(pair.name);
    const unnoticed = alterationsOf(pair)
      .filter(({ gateway: side }) => side.mustNotice)
      .filter((altered) => answer && differences({ ...pair, answer: altered.answer }, answer).length === 0);
    expect([answer === undefined, unnoticed.map(({ what }) => what)]).toEqual([false, []]);
  });
});
