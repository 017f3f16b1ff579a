import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { at, Merchant } from '../testing/merchant.js';
import {
  eventually,
  type PracticeGateway,
  sendForm,
  startListener,
  startPracticeGateway,
} from '../testing/practice-gateway.js';

let gateway: PracticeGateway;
let co: Merchant;
let ec: Merchant;

beforeAll(async () => {
  gateway = await startPracticeGateway();
  [co, ec] = [await Merchant.at(gateway, 'CO'), await Merchant.at(gateway, 'EC')];
});
afterAll(() => gateway.stop());
afterEach(async () => {
  await co.control('clock', { offsetMs: 0 });
  await co.control('faults', undefined, 'DELETE');
});

const DAY_MS = 86_400_000;

async function look(path: string, headers: Record<string, string> = {}) {
  const answer = await fetch(`${gateway.url}/console${path}`, { headers });
  return { http: answer.status, text: await answer.text() };
}

/** What is read there, without the marks. */
const words = async (path: string): Promise<string> => {
  const main = /<main.*<\/main>/s.exec((await look(path)).text)?.[0] ?? '';
  return main.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
};

const send = (path: string, form: Record<string, string> = {}, headers: Record<string, string> = {}) =>
  sendForm(`${gateway.url}/console${path}`, form, headers);

/** The errors of a refused form, by field. */
const errorsIn = (text: string): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(/<p class="error" id="[fc]-(\w+)-e">([^<]+)<\/p>/g)].map(([, name, error]) => [
      name,
      error,
    ]),
  );

const monthly = { recurring: { periodicity: 'M', interval: 1, maxPeriods: 3 } };

describe('the console', () => {
  test.each([
    ['/', 'Consola de la pasarela'],
    ['/sites', 'Ferretería La Candelaria'],
    ['/sites/CO', 'Preguntas abiertas del protocolo'],
    ['/sessions', 'Número o referencia'],
    ['/book', 'cobro con token'],
    ['/recurrences', 'Comercio'],
    ['/holds', 'Comercio'],
    ['/deliveries', 'Comercio'],
    ['/faults', 'frozen_refunded'],
    ['/clock', 'Hora de práctica'],
  ])('has a page at %s', async (path, text) => {
    const page = await look(path);
    expect([page.http, page.text.includes(text), page.text.includes('aria-label="Consola"')]).toEqual([
      200,
      true,
      true,
    ]);
  });

  test.each(['/sites/XX', '/sessions/1', '/sessions/x', '/transactions/1', '/recurrences/999'])(
    'has nothing at %s',
    async (path) => {
      expect([(await look(path)).http, (await look(path)).text.includes('Aquí no hay nada')]).toEqual([
        404,
        true,
      ]);
    },
  );

  test.each([
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ 'sec-fetch-site': 'same-site' }, 403],
    [{ origin: 'https://elsewhere.example' }, 403],
    [{ origin: 'null' }, 403],
    [{ 'sec-fetch-site': 'same-origin' }, 303],
  ])('answers a form that comes with %j by %d', async (headers, http) => {
    expect((await send('/clock', { reset: 'yes' }, headers)).http).toBe(http);
  });

  test('writes what merchants sent as text', async () => {
    const session = await ec
      .open({ reference: '<b>X</b>' })
      .catch(() => ec.open({ description: '<b>X</b>' }));
    expect((await look(`/sessions/${session.requestId}`)).text).not.toContain('<b>X</b>');
  });
});

describe('on the pages of sites', () => {
  test('every switch can be turned, and stays turned', async () => {
    const form = {
      attempts: '4',
      confirmation: 'true',
      duplicateCollect: 'refused_400',
      validationStatus: '200',
    };
    const { http, location } = await send('/sites/PR', { ...form, notificationUrl: '' });
    const { body } = await co.control('sites', undefined, 'GET');
    const saved = body.find(({ site }: { site: string }) => site === 'PR');
    expect([http, location, (await words('/sites/PR?done=saved')).includes('Guardado.'), saved]).toEqual([
      303,
      '/console/sites/PR?done=saved',
      true,
      expect.objectContaining({
        attempts: 4,
        confirmation: true,
        duplicateCollect: 'refused_400',
        validationStatus: 200,
        notificationUrl: null,
      }),
    ]);
  });

  test('the form has a field for every switch', async () => {
    const { text } = await look('/sites/CO');
    const [site] = (await co.control('sites', undefined, 'GET')).body as Record<string, unknown>[];
    const missing = Object.keys(site ?? {})
      .filter((name) => !['site', 'login', 'secretKey', 'baseUrl'].includes(name))
      .filter((name) => !text.includes(`name="${name}"`));
    expect(missing).toEqual([]);
  });

  test('what is wrong is said at each field, kept as typed, and nothing is saved', async () => {
    const before = (await co.control('sites', undefined, 'GET')).body;
    const { http, text } = await send('/sites/CO', { attempts: '0', zone: 'Mars', holdDays: '12' });
    expect([
      http,
      Object.keys(errorsIn(text)),
      text.includes('value="Mars"'),
      (await co.control('sites', undefined, 'GET')).body,
    ]).toEqual([422, ['zone', 'attempts'], true, before]);
  });
});

describe('on the pages of sessions and the book', () => {
  test('a session is found by its number and by its reference', async () => {
    const session = await ec.paid({ reference: 'FIND-ME' });
    const [byNumber, byReference] = [
      await words(`/sessions?find=${session.requestId}`),
      await words('/sessions?find=FIND-ME&site=EC'),
    ];
    expect([byNumber.includes('FIND-ME'), byReference.includes(String(session.requestId))]).toEqual([
      true,
      true,
    ]);
  });

  test('a session shows its request, its attempts, what was done to them and its address', async () => {
    const session = await ec.paid({ reference: 'SHOWN' });
    const { body } = await ec.act('reverse', session.internalReference);
    const text = await words(`/sessions/${session.requestId}`);
    const wanted = [session.processUrl, 'ana@example.com', String(session.internalReference), 'devolución'];
    expect(
      [...wanted, String(body.payment.internalReference)].filter((part) => !text.includes(part)),
    ).toEqual([]);
  });

  test('a session that is looked at stands as it stands now', async () => {
    const session = await co.open();
    await co.control('clock', { advanceMs: DAY_MS });
    expect(await words(`/sessions/${session.requestId}`)).toContain('REJECTED EX');
  });

  test('the book is narrowed, and goes on page by page, newest first', async () => {
    for (let each = 0; each < 51; each += 1) await ec.paid({ reference: 'PAGED' });
    const first = (await look('/book?reference=PAGED&kind=payment')).text;
    const next = /href="\/console(\/book\?[^"]*before=\d+)"/.exec(first)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const count = (text: string): number => text.split('data-label="Línea"').length - 1;
    expect([
      count(first),
      count((await look(next)).text),
      count((await look('/book?kind=collect')).text),
    ]).toEqual([50, 1, 0]);
  });
});

describe('on the pages of recurrences', () => {
  const begin = async (): Promise<number> => {
    const { requestId } = await co.paid(monthly);
    return (await co.control(`recurrences?requestId=${requestId}`, undefined, 'GET')).body[0].id;
  };

  test('one shows its days to come and its charges', async () => {
    const id = await begin();
    const text = await words(`/recurrences/${id}`);
    expect([text.includes('2026-04-02 · 2026-05-02 · 2026-06-02'), text.includes('cada mes')]).toEqual([
      true,
      true,
    ]);
  });

  test('one is cancelled, and only once', async () => {
    const id = await begin();
    const answers = [await send(`/recurrences/${id}/cancel`), await send(`/recurrences/${id}/cancel`)];
    expect([answers.map(({ http }) => http), await words(`/recurrences/${id}`)]).toEqual([
      [303, 422],
      expect.stringContaining('cancelled'),
    ]);
  });

  test('the answers to come are planned', async () => {
    const id = await begin();
    const { http } = await send(`/recurrences/${id}/next-outcomes`, { outcomes: '51 00' });
    const wrong = await send(`/recurrences/${id}/next-outcomes`, { outcomes: 'sin fondos' });
    await co.control('clock', { advanceMs: 34 * DAY_MS });
    const reasons = await eventually(async () => {
      const { body } = await co.control('recurrences', undefined, 'GET');
      const { charges } = body.find((one: { id: number }) => one.id === id);
      return charges.length === 2 && charges.map(({ reason }: { reason: string }) => reason);
    });
    expect([http, wrong.http, Object.keys(errorsIn(wrong.text)), reasons]).toEqual([
      303,
      422,
      ['outcomes'],
      ['51', '00'],
    ]);
  });
});

describe('on the pages of holds and transactions', () => {
  test('a hold is released, and is told to be over the second time', async () => {
    const session = await ec.paid({}, { type: 'checkin' });
    const path = `/transactions/${session.internalReference}/release`;
    const answers = [await send(path, {}, at(200)), await send(path, {}, at(200))];
    expect([
      answers.map(({ http, location }) => [http, location]),
      answers[1]?.text.includes('La preautorización ya no está activa.'),
      await ec.money(session),
    ]).toEqual([
      [
        [303, '/console/holds?done=released'],
        [422, null],
      ],
      true,
      ['checkin 10000', 'release 10000'],
    ]);
  });

  test('a hold shows the hours that it has left', async () => {
    await co.under({ holdDays: 2 }, () => co.paid({}, { type: 'checkin' }));
    // Opened on a clock of its own, long before now: none are left.
    expect(await words('/holds?site=CO')).toMatch(/active 100,00 COP 0 /);
  });

  test('a payment is given back in part and whole, and no more', async () => {
    const session = await ec.paid();
    await ec.control('clock', { advanceMs: DAY_MS });
    const path = `/transactions/${session.internalReference}/refund`;
    const answers = [
      await send(path, { amount: '25,5' }),
      await send(path, { amount: '75' }),
      await send(path, { amount: '-1' }),
      await send(path, { amount: '' }),
    ];
    expect([
      answers.map(({ http }) => http),
      errorsIn(answers[1]?.text ?? '').amount,
      Object.keys(errorsIn(answers[2]?.text ?? '')),
      await ec.money(session),
    ]).toEqual([
      [303, 422, 422, 303],
      'El valor a reembolsar supera lo que queda de la transacción.',
      ['amount'],
      ['payment 10000', 'reverse 2550', 'reverse 7450'],
    ]);
  });

  test('a confirmation is cancelled, and no merchant is told', async () => {
    await co.under({ confirmation: true }, async () => {
      const session = await co.paid({}, { metadata: { requiresConfirmation: true } });
      const { http } = await send(`/transactions/${session.internalReference}/cancel`, {}, at(200));
      const deliveries = await co.control(`deliveries?requestId=${session.requestId}`, undefined, 'GET');
      expect([http, (await co.query(session, 400)).body.status.reason, deliveries.body]).toEqual([
        303,
        '?C',
        [],
      ]);
    });
  });
});

test('the log of notifications shows what was told, to whom, and what came of it', async () => {
  const listener = await startListener(500);
  await ec.control('sites/EC', { notificationUrl: listener.url }, 'PATCH');
  const session = await ec.paid({ reference: 'TOLD' });
  const text = await eventually(async () => {
    const read = await words(`/deliveries?requestId=${session.requestId}`);
    return read.includes('failed') && read;
  });
  await ec.control('sites/EC', { notificationUrl: null }, 'PATCH');
  await listener.stop();
  expect([
    text.includes('· 500 ·'),
    text.includes(listener.url),
    text.includes('&quot;reference&quot;: &quot;TOLD'),
  ]).toEqual([true, true, true]);
});

describe('on the page of faults', () => {
  const armed = async (): Promise<{ operation: string; kind: string }[]> =>
    (await co.control('faults', undefined, 'GET')).body;

  test('one is armed, shown, and cleared', async () => {
    const form = {
      operation: 'collect',
      kind: 'slow',
      delayMs: '5000',
      count: '',
      probability: '0.5',
      seed: '7',
    };
    const { http } = await send('/faults', { ...form, site: 'CO', reason: '' });
    const [fault] = await armed();
    const shown = await words('/faults');
    await send('/faults/clear', { operation: 'collect' });
    expect([
      http,
      fault,
      shown.includes('con probabilidad 0.5 (semilla 7, 0 sorteos)'),
      await armed(),
    ]).toEqual([
      303,
      expect.objectContaining({ kind: 'slow', delayMs: 5000, probability: 0.5, seed: 7, site: 'CO' }),
      true,
      [],
    ]);
  });

  test.each([
    [{ operation: 'collect', kind: 'lose' }, 'kind'],
    [{ operation: 'collect', kind: 'slow' }, 'delayMs'],
    [{ operation: 'collect', kind: 'malformed', count: 'x' }, 'count'],
    [{ operation: 'collect', kind: 'malformed', count: '2', probability: '0.5' }, 'count'],
    [{ operation: 'collect', kind: 'malformed', seed: '2' }, 'seed'],
    [{ operation: 'collect', kind: 'malformed', probability: '1.5' }, 'probability'],
    [{ operation: 'collect', kind: 'malformed', reason: '51' }, 'reason'],
  ])('%j is refused at its field', async (form, field) => {
    const { http, text } = await send('/faults', form);
    expect([http, Object.keys(errorsIn(text)), await armed()]).toEqual([422, [field], []]);
  });
});

test('on the page of the clock it is moved, back and to where it was', async () => {
  const offsets: number[] = [];
  const answers: number[] = [];
  const forms: Record<string, string>[] = [
    { advance: '2', unit: 'days' },
    { advance: '-1', unit: 'hours' },
    { advance: '1.5', unit: 'hours' },
    { advance: '9999999', unit: 'days' },
    { reset: 'yes' },
  ];
  for (const form of forms) {
    answers.push((await send('/clock', form)).http);
    offsets.push((await co.control('clock', undefined, 'GET')).body.offsetMs);
  }
  const hour = 3_600_000;
  expect([answers, offsets]).toEqual([
    [303, 303, 422, 422, 303],
    [48 * hour, 47 * hour, 47 * hour, 47 * hour, 0],
  ]);
});
