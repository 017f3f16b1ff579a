import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { SessionView } from '@recaudo/shared';
import { eventually } from '../support/eventually.js';
import { CARDS, useProduct, type Product } from '../support/product.js';

const product = useProduct();
const DAY = 24 * 60;

interface Charge {
  internalReference: number;
  status?: string;
  reason?: string;
  date?: string;
  tries?: number;
  enabled?: number;
}

/** What the gateway would report of a charge, signed with the account's secret. */
async function report(here: Product, reference: string, charge: Charge): Promise<number> {
  const { rows } = await here.db.query<{ id: string }>(
    `SELECT a.id FROM gateway_accounts a JOIN sites s ON s.id = a.site_id WHERE s.code = 'co'`,
  );
  const sites = (await here.control('GET', '/sites')).body as { site: string; secretKey: string }[];
  const secret = sites.find((site) => site.site === 'CO')?.secretKey ?? '';
  const { internalReference, status = 'APPROVED', tries = 1, enabled = 1 } = charge;
  const date = charge.date ?? new Date().toISOString().replace('Z', '+00:00');
  const signed = createHash('sha256').update(`${internalReference}${status}${date}${secret}`).digest('hex');
  const answer = await here.anonymous().post(`/api/notifications/${rows[0]?.id}`, {
    status: { status, reason: charge.reason ?? '00', message: 'x', date },
    internalReference,
    reference,
    signature: `sha256:${signed}`,
    recurring: { tries, enabled },
  });
  return answer.status;
}

async function running(here: Product, recurring: object = {}): Promise<SessionView> {
  const opened = await here.open({
    recurring: { periodicity: 'M', interval: 1, maxPeriods: 12, ...recurring },
  });
  await here.pay(await here.follow(opened), CARDS.approved);
  return here.reaches(opened.id, 'approved');
}

const charges = (session: SessionView) => session.transactions.filter((each) => each.kind === 'recurring');

async function told(here: Product, id: string, count = 1): Promise<SessionView> {
  return eventually(async () => {
    const session = await here.session(id);
    return charges(session).length >= count && session;
  });
}

describe('a recurrence that the gateway runs', () => {
  it('begins with the session’s first payment and shows the days it will charge', async () => {
    const here = await product();
    const { recurrence } = await running(here);
    expect([recurrence?.state, recurrence?.calendar.length, recurrence?.calendar[0]?.state]).toEqual([
      'active',
      6,
      'expected',
    ]);
  });

  it('knows a charge as reported, apart from what is settled', async () => {
    const here = await product();
    const session = await running(here);
    await report(here, session.reference, { internalReference: 700_412 });
    const after = await told(here, session.id);
    expect([charges(after)[0]?.grade, charges(after)[0]?.state, after.order.settledMinor]).toEqual([
      'reported',
      'approved',
      8_450_000,
    ]);
  });

  it('tells charges apart by their own number: the reference repeats', async () => {
    const here = await product();
    const session = await running(here);
    await report(here, session.reference, { internalReference: 700_501, status: 'REJECTED', reason: '51' });
    await report(here, session.reference, { internalReference: 700_502 });
    const after = await told(here, session.id, 2);
    expect(
      charges(after)
        .map((each) => each.state)
        .sort(),
    ).toEqual(['approved', 'rejected']);
  });

  it('counts a repeated message once', async () => {
    const here = await product();
    const session = await running(here);
    const charge = { internalReference: 700_601, date: '2026-12-01T03:00:11-05:00' };
    await report(here, session.reference, charge);
    await report(here, session.reference, charge);
    const after = await told(here, session.id);
    expect(charges(after)).toHaveLength(1);
  });

  it('is believed by finance when they know better', async () => {
    const here = await product();
    const session = await running(here);
    await report(here, session.reference, { internalReference: 700_701 });
    const [charge] = charges(await told(here, session.id));
    const finance = await here.as('finance');
    const { body } = await finance.post(`/api/transactions/${charge?.id}/attest`, {
      note: 'Está en el extracto del 2 de diciembre',
    });
    const [confirmed] = charges(body as SessionView);
    expect([confirmed?.grade, (body as SessionView).recurrence?.calendar[0]?.state]).toEqual([
      'confirmed',
      'confirmed',
    ]);
  });

  it('cannot be attested twice', async () => {
    const here = await product();
    const session = await running(here);
    await report(here, session.reference, { internalReference: 700_801 });
    const [charge] = charges(await told(here, session.id));
    const finance = await here.as('finance');
    const note = { note: 'extracto' };
    await finance.post(`/api/transactions/${charge?.id}/attest`, note);
    const again = await finance.post(`/api/transactions/${charge?.id}/attest`, note);
    expect([again.status, again.body.code]).toEqual([409, 'not_reported']);
  });

  it('ends when the gateway says that it will not charge again', async () => {
    const here = await product();
    const session = await running(here);
    await report(here, session.reference, {
      internalReference: 700_901,
      status: 'REJECTED',
      reason: '54',
      enabled: 0,
    });
    const after = await told(here, session.id);
    expect([after.recurrence?.state, after.recurrence?.calendar.map((day) => day.state)]).toEqual([
      'stopped',
      ['failed'],
    ]);
  });

  it.each<[string, string, Charge[]]>([
    [
      'a second one of the same period',
      'period',
      [{ internalReference: 701_001 }, { internalReference: 701_002 }],
    ],
    [
      'one of a date far from now',
      'date',
      [{ internalReference: 701_003, date: '2099-01-01T03:00:00-05:00' }],
    ],
    [
      'one after it said that it would not charge again',
      'ended',
      [
        { internalReference: 701_004, status: 'REJECTED', reason: '54', enabled: 0 },
        { internalReference: 701_005 },
      ],
    ],
  ])('asks for a person when it reports %s', async (_case, why, reported) => {
    const here = await product();
    const day = new Date(Date.now() + 20 * 3_600_000).toISOString().replace('Z', '+00:00');
    const session = await running(here, { periodicity: 'D' });
    for (const charge of reported) await report(here, session.reference, { date: day, ...charge });
    await told(here, session.id, reported.length);
    const { reviews } = await here.session(session.id, await here.as('finance'));
    expect(reviews.map((review) => [review.kind, review.data.why])).toEqual([['charge_unexpected', why]]);
  });

  it('that takes an approved charge back opens a contradiction and changes nothing', async () => {
    const here = await product();
    const session = await running(here);
    await report(here, session.reference, { internalReference: 702_001 });
    await told(here, session.id);
    await report(here, session.reference, { internalReference: 702_001, status: 'REJECTED', reason: '05' });
    const finance = await here.as('finance');
    const seen = await eventually(async () => {
      const now = await here.session(session.id, finance);
      return now.reviews.some((review) => review.kind === 'contradiction') && now;
    });
    expect(charges(seen).map((each) => each.state)).toEqual(['approved']);
  });

  it('signed with another secret is refused and leaves nothing', async () => {
    const here = await product();
    const session = await running(here);
    const answer = await here
      .anonymous()
      .post(
        `/api/notifications/${
          (
            await here.db.query<{ id: string }>(
              `SELECT a.id FROM gateway_accounts a JOIN sites s ON s.id = a.site_id WHERE s.code = 'co'`,
            )
          ).rows[0]?.id
        }`,
        {
          status: { status: 'APPROVED', reason: '00', message: 'x', date: '2026-12-01T03:00:11-05:00' },
          internalReference: 1,
          reference: session.reference,
          signature: `sha256:${'0'.repeat(64)}`,
          recurring: { tries: 1, enabled: 1 },
        },
      );
    expect([answer.status, answer.body.code, charges(await here.session(session.id)).length]).toEqual([
      400,
      'bad_signature',
      0,
    ]);
  });

  it('with a first day that is not ahead is refused by field', async () => {
    const here = await product();
    const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Bogota' }).format(new Date());
    const answer = await here.shop().post(
      '/api/sessions',
      await here.order({
        recurring: { periodicity: 'D', interval: 1, maxPeriods: -1, nextPayment: today },
      }),
      { headers: { 'idempotency-key': 'recurrence-today' } },
    );
    expect([answer.status, answer.body.errors]).toEqual([
      422,
      { 'recurring.nextPayment': ['not_in_the_future'] },
    ]);
  });
});

/** The gateway charges at an hour of the morning in Bogotá, whatever hour it is now. */
function minutesToNoonTomorrow(): number {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: 'America/Bogota', timeStyle: 'short' });
  const [hours, minutes] = parts.format(new Date()).split(':').map(Number);
  return DAY + 12 * 60 - (hours ?? 0) * 60 - (minutes ?? 0);
}

// These move the clock of the whole product, so they come last and alone.
describe('as days pass, a recurrence', () => {
  it('is charged by the gateway, and what it reports arrives here', async () => {
    const here = await product();
    const session = await running(here, { periodicity: 'D' });
    await here.advance(minutesToNoonTomorrow());
    const after = await eventually(
      async () => {
        const now = await here.session(session.id);
        return charges(now).length > 0 && now;
      },
      { seconds: 20, what: 'the first charge to be reported' },
    );
    const lines = (await here.book()).filter(
      (line) => line.reference === session.reference && line.kind === 'recurring',
    );
    expect(charges(after).map((each) => each.internalReference)).toEqual(
      lines.map((line) => String(line.internalReference)),
    );
  });

  it('asks for a person when a day passes without a word', async () => {
    const here = await product();
    const session = await running(here, { periodicity: 'D' });
    await here.loseNotifications(1_000);
    await here.advance(5 * DAY);
    const finance = await here.signIn('finance');
    const review = await eventually(
      async () => {
        const { reviews } = await here.session(session.id, finance);
        return reviews.find((each) => each.kind === 'charge_not_reported');
      },
      { seconds: 20, what: 'the missing charge being listed' },
    );
    expect(review.data.day).toBe(session.recurrence?.calendar[0]?.day);
  });
});
