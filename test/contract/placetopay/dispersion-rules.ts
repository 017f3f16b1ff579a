/** The rules of a division: what adds up, what does not, and what is given back (sections 2.3, 4.4, 8.4). */
import { divided, numbersOf, THREE, to } from './dispersion.js';
import type { GoldenPair, Json } from './golden-pair.js';
import { acted, invalid, opened } from './sentences.js';
import { attempt, on, opens, pays, turns } from './steps.js';

const wrong = (
  name: string,
  body: Json,
  more: { section?: string; reason?: string; switches?: Json; names?: RegExp } = {},
) => {
  const { section = '8.4', reason, switches, names = /dispersion/ } = more;
  const pair = invalid(name, section, 'payment.dispersion', body, reason, {
    given: switches ? [turns(switches)] : [],
  });
  return { ...pair, free: { ...pair.free, 'status.message': names } };
};

const TWO = [to(100), to(50, 1001)];
const FOUR = [to(100), to(50, 1001), to(25, 1002), to(25, 1003)];
const MANY = { section: '2.3, 8.4', reason: 'max_dispersion_error', names: /./ };
const BODY = divided(TWO, 150);
const payment = BODY.payment as Json;
const taxes = [{ kind: 'valueAddedTax', amount: 20 }];

const REFUSED: GoldenPair[] = [
  wrong('parts that do not meet the total are refused', divided(TWO, 151)),
  wrong(
    'parts that meet the total only before rounding are refused',
    divided([to(10.005), to(10.005, 1001)], 20.01),
  ),
  wrong('parts of another currency are refused', divided([to(100), to(50, 1001, 'MERCHANT', 'COP')], 150)),
  wrong('more than three receivers are refused', divided(FOUR, 200), MANY),
  wrong('a site with a lower limit refuses a third receiver', divided(FOUR.slice(0, 3), 175), {
    ...MANY,
    switches: { maxDispersions: 2 },
  }),
  wrong('an agreement that is no number is refused', divided([to(100), to(50, 'LUISA')], 150), {
    section: '3.1, 8.4',
  }),
  wrong('a receiver of an unknown type is refused', divided([to(100), to(50, 1001, 'FRIEND')], 150)),
  wrong('two airlines are refused', divided([to(100, 2001, 'AIRLINE'), to(50, 2002, 'AIRLINE')], 150)),
  wrong(
    'taxes of the whole are refused',
    { ...BODY, payment: { ...payment, amount: { currency: 'USD', total: 150, taxes } } },
    {
      section: '4.4, 8.4',
      names: /payment/,
    },
  ),
  wrong(
    'details of the whole are refused',
    {
      ...BODY,
      payment: { ...payment, amount: { currency: 'USD', total: 150, details: [{ kind: 'tip', amount: 5 }] } },
    },
    { section: '4.4, 8.4', names: /payment/ },
  ),
  wrong(
    'a divided payment is not confirmed later',
    { ...BODY, metadata: { requiresConfirmation: true } },
    {
      section: '8.9',
      switches: { confirmation: true },
      names: /metadata|dispersion/,
    },
  ),
];

const OPENED: GoldenPair[] = [
  opened({
    name: 'parts are rounded one by one before they are added',
    section: '2.5, 8.4',
    requestId: 5821,
    request: { body: divided([to(576.12345), to('576.9875', 1001)], 1153.11) },
  }),
  opened({
    name: 'the whole is rounded as well before it is compared with its parts',
    section: '2.5, 8.4',
    requestId: 5822,
    request: { body: divided([to(576.12), to(576.99, 1001)], 1153.11085) },
  }),
  opened({
    name: 'taxes are welcome inside a part',
    section: '4.4, 8.4',
    requestId: 5823,
    request: {
      body: divided(
        [
          {
            ...to(100),
            amount: { currency: 'USD', total: 100, taxes: [{ kind: 'valueAddedTax', amount: 15.97 }] },
          },
          to(50, 1001),
        ],
        150,
      ),
    },
  }),
  opened({
    name: 'a site with a higher limit has more receivers',
    section: '8.4',
    requestId: 5824,
    given: [turns({ maxDispersions: 4 })],
    request: { body: divided([...THREE, to(10, 1003)], 310) },
  }),
  opened({
    name: 'agreements without a value are the site’s own, numbers as strings are numbers',
    section: '8.4, 11 (16, 25)',
    requestId: 5825,
    request: { body: divided([to('100', ''), to('50', '1001')], '150') },
  }),
];

/** A part is given back by its own number, and all of them by that of the whole. */
const REVERSED: GoldenPair[] = (
  [
    ['every part is given back by the number of the whole', 31, 0, 300],
    ['one part is given back by its own number', 32, 2, 150],
  ] as const
).map(([name, n, of, total]) => {
  const numbers = numbersOf(n);
  const pair = acted({
    name,
    section: '8.4',
    numbers,
    given: [opens(divided(THREE, 300)), pays('10:20:00', 'approved')],
    at: on('12:00:00'),
    body: { action: 'reverse', internalReference: numbers.internalReference + of },
    done: attempt(numbers.internalReference + 4, 'APPROVED', '00', '12:00:00', 'approved', {
      reference: 'MIX-1',
      currency: 'USD',
      total,
    }),
  });
  return { ...pair, free: { ...pair.free, 'payment.internalReference': /^\d+$/ } };
});

export const DISPERSION_RULES: GoldenPair[] = [...OPENED, ...REFUSED, ...REVERSED];
