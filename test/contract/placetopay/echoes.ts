/** What a query echoes of the request: normalised, as sections 2.5, 3.1, 3.2, 4.4 and 4.9 say. */
import type { GoldenPair, Json } from './golden-pair.js';
import { BUYER, CHILEAN_SHOP, echo, ORDER, processUrl, SHOP, sessionStatus } from './samples.js';
import { on, OPENED_AT as OPEN_AT } from './steps.js';
import { freeInQuery } from './transactions.js';

/** What a request becomes before it is stored (sections 2.5, 3.1, 3.2): a pair of its own each. */
function echoed(
  name: string,
  section: string,
  requestId: number,
  body: Json,
  request: Json,
  more: { site?: GoldenPair['site']; message?: string; at?: string } = {},
): GoldenPair {
  const at = more.at ?? on('10:16:02');
  const status = { ...sessionStatus('PENDING', 'PC', at), ...(more.message && { message: more.message }) };
  const fields = (request.fields ?? []) as Json[];
  const own = { keyword: '_processUrl_', value: processUrl(requestId), displayOn: 'none' };
  return {
    name,
    section,
    site: more.site ?? SHOP,
    given: [{ at: OPEN_AT, do: 'open', body: { ...ORDER, ...body } }],
    request: { at: on('10:16:02'), path: `/api/session/${requestId}`, body: {} },
    answer: {
      http: 200,
      body: {
        requestId,
        status,
        request: { ...echo(requestId), ...request, fields: [...fields, own] },
        payment: null,
        subscription: null,
      },
    },
    free: { [`request.fields.${fields.length}.value`]: freeInQuery([])['request.fields.0.value'] as RegExp },
    expect: {
      kind: 'session',
      requestId,
      state: 'PENDING',
      reason: 'PC',
      at,
      reference: (((request.payment ?? ORDER.payment) as Json).reference ?? '') as string,
      attempts: [],
    },
  };
}

const rounded = (reference: string, currency: string, total: number): Json => ({
  payment: { reference, amount: { currency, total }, allowPartial: false, subscribe: false },
});
const bare = (reference: string, currency: string, total: unknown): Json => ({
  payment: { reference, amount: { currency, total } },
});

const numbered = (count: number, of = 'f'): Json[] =>
  Array.from({ length: count }, (_, index) => ({
    keyword: `${of}${index}`,
    value: index,
    displayOn: 'none',
  }));

export const ECHOED: GoldenPair[] = [
  echoed(
    '576.12345 dollars are 576.12',
    '2.5',
    4831,
    bare('R-1', 'USD', 576.12345),
    rounded('R-1', 'USD', 576.12),
  ),
  echoed(
    '576.9875 dollars are 576.99',
    '2.5',
    4832,
    bare('R-2', 'USD', '576.9875'),
    rounded('R-2', 'USD', 576.99),
  ),
  echoed(
    '576.12345 Colombian pesos are 576.12',
    '2.5',
    4833,
    bare('R-3', 'COP', '576.12345'),
    rounded('R-3', 'COP', 576.12),
  ),
  echoed(
    '576.9875 Chilean pesos are 577',
    '2.5',
    4834,
    { ...bare('R-4', 'CLP', 576.9875), locale: 'es_CL' },
    { ...rounded('R-4', 'CLP', 577), locale: 'es_CL' },
    {
      site: CHILEAN_SHOP,
      at: '2026-03-02T12:16:02-03:00',
    },
  ),
  echoed(
    'an amount sent as a string is told as a number',
    '2.5, 11 (25)',
    4835,
    bare('R-5', 'COP', '10000'),
    rounded('R-5', 'COP', 10000),
  ),
  echoed(
    'an expiration in UTC is told as it came',
    '3.2',
    4836,
    { expiration: '2026-03-02T15:45:30Z' },
    { expiration: '2026-03-02T15:45:30Z' },
  ),
  echoed(
    'of a repeated keyword the first stays',
    '3.1, 4.9',
    4837,
    {
      fields: [
        { keyword: 'order', value: '1' },
        { keyword: 'order', value: '2' },
      ],
    },
    { fields: [{ keyword: 'order', value: '1', displayOn: 'none' }] },
  ),
  echoed(
    'taxes of an unknown kind are dropped',
    '4.4',
    4838,
    {
      payment: {
        reference: 'R-8',
        amount: {
          currency: 'COP',
          total: 5,
          taxes: [
            { kind: 'windows', amount: 1 },
            { kind: 'ice', amount: 1 },
          ],
        },
      },
    },
    {
      payment: {
        reference: 'R-8',
        amount: { currency: 'COP', total: 5, taxes: [{ kind: 'ice', amount: 1 }] },
        allowPartial: false,
        subscribe: false,
      },
    },
  ),
  echoed(
    'the city of an address is cut to 30 characters',
    '3.1',
    4839,
    { buyer: { ...BUYER, address: { city: 'c'.repeat(31), country: 'CO' } } },
    { buyer: { ...BUYER, address: { city: 'c'.repeat(30), country: 'CO' } } },
  ),
  echoed(
    'a buyer whose name holds a card number loses the name',
    '3.1',
    4840,
    { buyer: { ...BUYER, name: 'Ana 4111111111111111' } },
    { buyer: { surname: 'Ruiz', email: 'ana@example.com', documentType: 'CC', document: '1020304050' } },
  ),
  echoed(
    'English sessions are told of in English',
    '2.4',
    4841,
    { locale: 'en_US' },
    { locale: 'en_US' },
    { message: 'The request is active' },
  ),
  echoed(
    'of more than fifty fields the first fifty stay',
    '4.9',
    4842,
    { fields: numbered(52).map(({ keyword, value }) => ({ keyword, value })) },
    { fields: numbered(50) },
  ),
  echoed(
    'the fields of the request come before those of the payment when they are too many',
    '4.9',
    4843,
    {
      fields: numbered(49),
      payment: { reference: 'R-13', amount: { currency: 'COP', total: 5 }, fields: numbered(3, 'p') },
    },
    {
      fields: numbered(49),
      payment: {
        reference: 'R-13',
        amount: { currency: 'COP', total: 5 },
        fields: numbered(1, 'p'),
        allowPartial: false,
        subscribe: false,
      },
    },
  ),
  echoed(
    'what the page is told is echoed as sent',
    '3.1',
    4844,
    { skipResult: true, noBuyerFill: true, captureAddress: false, cancelUrl: 'https://shop.example/no' },
    { skipResult: true, noBuyerFill: true, captureAddress: false, cancelUrl: 'https://shop.example/no' },
  ),
  echoed(
    'of the metadata what nobody knows is dropped',
    '4.10',
    4845,
    { metadata: { initiatorIndicator: 'MERCHANT_COF', colour: 'blue' } },
    { metadata: { initiatorIndicator: 'MERCHANT_COF' } },
  ),
];
