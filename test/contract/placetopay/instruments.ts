/** What is asked of a stored card: invalidate, information, token search (sections 3.7, 3.8, 3.9, 10). */
import type { GoldenAuth, GoldenPair, GoldenStep, Json, Understood } from './golden-pair.js';
import { CARDS, CHILEAN_SHOP, SHOP, SUBTOKEN, TOKEN } from './samples.js';
import { refused } from './sentences.js';
import { calls, on, opens } from './steps.js';
import { STORES, TO_STORE } from './subscription.js';

const AT = on('12:00:00');
const INVALIDATE = '/api/instrument/invalidate';
const SEARCH = '/api/gateway/token';
const INFORMATION = '/api/gateway/information';

const named = (token: Json): Json => ({ instrument: { token } });
const byToken = named({ token: TOKEN });
const bySubtoken = named({ subtoken: SUBTOKEN });
const UNKNOWN = named({ token: '0'.repeat(64) });

const stored = (requestId: number): { numbers: { requestId: number }; given: GoldenStep[] } => ({
  numbers: { requestId },
  given: [opens(TO_STORE), STORES],
});
const dies = (by = byToken): GoldenStep => calls(on('11:00:00'), INVALIDATE, by);

/** An answer with OK/00 and what belongs to it. */
function told(
  pair: Pick<GoldenPair, 'name' | 'section' | 'given' | 'numbers'>,
  path: string,
  body: Json,
  [more, expect]: [Json, Understood],
  free: Record<string, RegExp> = {},
): GoldenPair {
  const message = 'La petición se ha procesado correctamente';
  return {
    ...pair,
    site: SHOP,
    request: { at: AT, path, body },
    answer: { http: 200, body: { status: { status: 'OK', reason: '00', message, date: AT }, ...more } },
    free: { 'status.message': /./, ...free },
    expect,
  };
}

/** HTTP 400, XN: the token is unknown, dead, or of another site. */
function notValid(
  name: string,
  section: string,
  path: string,
  body: Json,
  more: { numbers?: { requestId: number }; given?: GoldenStep[]; auth?: GoldenAuth } = {},
): GoldenPair {
  const { numbers, given = [], auth } = more;
  return refused(
    { name, section, ...(numbers && { numbers }) },
    { at: AT, path, body, ...(auth && { auth }) },
    { http: 400, reason: 'XN', message: 'El token usado no es válido', free: /./ },
    given,
  );
}

const fromChile: GoldenAuth = { login: CHILEAN_SHOP.login, secretKey: CHILEAN_SHOP.secretKey };

const INVALIDATED: GoldenPair[] = [
  told({ name: 'a token is invalidated', section: '3.7', ...stored(5551) }, INVALIDATE, byToken, [
    {},
    { kind: 'invalidated' },
  ]),
  told(
    { name: 'a token is invalidated by its subtoken', section: '3.7, 10', ...stored(5552) },
    INVALIDATE,
    bySubtoken,
    [{}, { kind: 'invalidated' }],
  ),
  notValid('a token dies only once', '2.3, 3.7', INVALIDATE, byToken, {
    ...stored(5553),
    given: [...stored(5553).given, dies()],
  }),
  notValid('with its subtoken a token is dead', '2.3, 3.7', INVALIDATE, byToken, {
    ...stored(5554),
    given: [...stored(5554).given, dies(bySubtoken)],
  }),
  notValid('an unknown token is not invalidated', '2.3, 3.7', INVALIDATE, UNKNOWN),
  notValid('a token of another site is not invalidated', '3.7, 8.6', INVALIDATE, byToken, {
    ...stored(5556),
    auth: fromChile,
  }),
];

const SAMPLE = {
  id: 1,
  type: 'card',
  token: TOKEN,
  subtoken: SUBTOKEN,
  franchise: 'visa',
  franchiseName: 'Visa',
  issuerName: 'TESTING',
  lastDigits: '1111',
  validUntil: '12/30',
  owner: 'Ana Ruiz',
  bin: '411111',
  accountType: null,
};
const FOUND: Understood = {
  kind: 'token',
  type: 'card',
  token: TOKEN,
  subtoken: SUBTOKEN,
  brand: 'visa',
  lastFour: '1111',
  validUntil: '12/30',
  bin: '411111',
};
const OF_THE_GATEWAY = { 'data.id': /^\d+$/, 'data.issuerName': /./ };

const SEARCHED: GoldenPair[] = [
  told(
    { name: 'a token is looked up', section: '3.9, 10', ...stored(5561) },
    SEARCH,
    byToken,
    [{ data: SAMPLE }, FOUND],
    OF_THE_GATEWAY,
  ),
  told(
    { name: 'a token is looked up by its subtoken', section: '3.9', ...stored(5562) },
    SEARCH,
    bySubtoken,
    [{ data: SAMPLE }, FOUND],
    OF_THE_GATEWAY,
  ),
  notValid('an unknown token is not found', '2.3, 3.9', SEARCH, UNKNOWN),
  notValid('a dead token is not found', '2.3, 3.9', SEARCH, byToken, {
    ...stored(5564),
    given: [...stored(5564).given, dies()],
  }),
  notValid('a token of another site is not found', '3.9, 8.6', SEARCH, byToken, {
    ...stored(5565),
    auth: fromChile,
  }),
];

/** The sample of section 10. */
const NEEDS = {
  provider: 'CREDIBANCO',
  serviceCode: 'CR_VS',
  cardType: 'C',
  cardTypes: ['C', 'R', 'A'],
  displayInterest: false,
  requireOtp: false,
  requireCvv2: true,
  threeDS: 'optional',
  credits: [{ description: 'Cuotas', code: '0', groupCode: 'C', type: '00', installments: [1, 2, 3] }],
};
const CARD: Understood = {
  kind: 'card',
  provider: 'CREDIBANCO',
  serviceCode: 'CR_VS',
  cardType: 'C',
  requireCvv2: true,
  requireOtp: false,
  threeDS: 'optional',
  installments: [1, 2, 3],
};
/** Section 3.8 requires status, provider and serviceCode alone; of the rest the sample shows these. */
const NOT_REQUIRED =
  'requirePockets pockets requireAvs zipCodeFormat accountVerification requirePin requireRedirection bankList'.split(
    ' ',
  );

/** How many instalments there are depends on the card. */
const needs = (pair: GoldenPair): GoldenPair => ({
  ...pair,
  free: { ...pair.free, 'credits.0.installments': /^1(,\d+)*$/ },
  optional: NOT_REQUIRED,
});

const INFORMED: GoldenPair[] = [
  needs(
    told(
      { name: 'what a card needs is told by its number', section: '3.8, 10', given: [] },
      INFORMATION,
      { instrument: { card: { number: '4110760000000008' } } },
      [NEEDS, CARD],
    ),
  ),
  needs(
    told(
      { name: 'what a stored card needs is told by its token', section: '3.8', ...stored(5572) },
      INFORMATION,
      byToken,
      [NEEDS, CARD],
    ),
  ),
  needs(
    told(
      { name: 'what a card needs is told for a payment as well', section: '3.8', given: [] },
      INFORMATION,
      {
        instrument: { card: { number: CARDS.approved.number } },
        payment: { reference: 'ORD-1001', amount: { currency: 'COP', total: 84500 } },
        ipAddress: '190.85.10.20',
        userAgent: 'Mozilla/5.0',
      },
      [NEEDS, CARD],
    ),
  ),
  notValid('an unknown token needs nothing', '2.3, 3.8', INFORMATION, UNKNOWN),
  notValid('a dead token needs nothing', '2.3, 3.8', INFORMATION, byToken, {
    ...stored(5575),
    given: [...stored(5575).given, dies()],
  }),
];

export const INSTRUMENTS: GoldenPair[] = [...INVALIDATED, ...SEARCHED, ...INFORMED];
