import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { SessionView } from '@recaudo/shared';
import type { BookLine, Product } from '../support/product.js';
import { eventually } from '../support/eventually.js';
import { charge, storeInstrument } from '../support/instruments.js';
import { Api, CARDS, useProduct } from '../support/product.js';

const product = useProduct();

let known: Promise<string> | null = null;
const card = (here: Product): Promise<string> => (known ??= storeInstrument(here, CARDS.approved));
const reference = (): string => `C-${randomUUID().slice(0, 18)}`;

async function taken(here: Product, name: string): Promise<number[]> {
  const lines = (await here.book()).filter((line: BookLine) => line.reference === name);
  return lines.map(({ amountMinor }) => amountMinor);
}

describe('a charge of a stored means of payment', () => {
  it('takes the money once, and pays the order that it names', async () => {
    const here = await product();
    const name = reference();
    const { status, body } = await charge(here, await card(here), { reference: name });
    const session = await here.session(body.session.id);
    expect([status, body.result, session.order.state, await taken(here, name)]).toEqual([
      ...[200, 'approved', 'paid'],
      [8_450_000],
    ]);
  });

  it('holds the amount instead, when asked to', async () => {
    const here = await product();
    const { body } = await charge(here, await card(here), { hold: true });
    const session = await here.session(body.session.id, await here.as('support'));
    expect([body.result, session.order.state, session.hold?.state]).toEqual(['approved', 'held', 'active']);
  });

  it('that the bank refuses leaves the order due, with the bank’s reason', async () => {
    const here = await product();
    const poor = await storeInstrument(here, CARDS.insufficientFunds);
    const { body } = await charge(here, poor);
    const session = await here.session(body.session.id);
    expect([body.result, body.session.reason, session.reason, session.order.state]).toEqual([
      ...['rejected', '51', '51', 'due'],
    ]);
  });

  it('does not take taxes above its amount, and says so at their field', async () => {
    const here = await product();
    const name = reference();
    const taxes = [{ kind: 'valueAddedTax', amountMinor: 8_450_001 }];
    const { status, body } = await charge(here, await card(here), { reference: name, taxes });
    expect([status, body.errors, await taken(here, name)]).toEqual([
      ...[422, { taxes: ['taxes_above_amount'] }],
      [],
    ]);
  });

  it('is found among the payments by the means of payment that was charged, and no other', async () => {
    const here = await product();
    const id = await storeInstrument(here, CARDS.approved);
    const charged = (await charge(here, id)).body.session.id as string;
    await charge(here, await card(here));
    const { items } = (await (await here.as('support')).get(`/api/sessions?instrumentId=${id}`)).body;
    expect((items as { id: string }[]).map((each) => each.id)).toEqual([charged]);
  });

  it('answers the second click with what the first one came to', async () => {
    const here = await product();
    const [key, name] = [randomUUID(), reference()];
    const first = await charge(here, await card(here), { reference: name }, here.shop(), key);
    const second = await charge(here, await card(here), { reference: name }, here.shop(), key);
    expect([second.body, await taken(here, name)]).toEqual([first.body, [8_450_000]]);
  });

  it('answers the second click so also when the means of payment was revoked meanwhile', async () => {
    const here = await product();
    const id = await storeInstrument(here, CARDS.approved);
    const [key, name] = [randomUUID(), reference()];
    const first = await charge(here, id, { reference: name }, here.shop(), key);
    await (await here.as('support')).post(`/api/instruments/${id}/revoke`, { reason: 'El pagador lo pidió' });
    const second = await charge(here, id, { reference: name }, here.shop(), key);
    expect([second.status, second.body.result, second.body.session.id]).toEqual([
      ...[first.status, 'approved', first.body.session.id],
    ]);
  });

  it('says of a key that it stands for something else before it says what is wrong with that', async () => {
    const here = await product();
    const [key, name] = [randomUUID(), reference()];
    await charge(here, await card(here), { reference: name }, here.shop(), key);
    const other = await charge(
      here,
      await card(here),
      { reference: name, currency: 'USD' },
      here.shop(),
      key,
    );
    expect([other.status, other.body.code]).toEqual([409, 'idempotency_key_reused']);
  });

  it('is not made again within 24 hours: it says what went out, when it ends, and charges nothing', async () => {
    const here = await product();
    const name = reference();
    const poor = await storeInstrument(here, CARDS.insufficientFunds);
    await charge(here, poor, { reference: name });
    const { status, body } = await charge(here, await card(here), { reference: name });
    const hours = (Date.parse(body.detail) - Date.parse(body.other.at)) / 3_600_000;
    expect([status, body.code, body.other.state, hours, await taken(here, name)]).toEqual([
      ...[409, 'charged_already', 'rejected', 24],
      [],
    ]);
  });

  it('may be made for the same order once 24 hours have passed', async () => {
    const here = await product();
    const name = reference();
    const poor = await storeInstrument(here, CARDS.insufficientFunds);
    await charge(here, poor, { reference: name });
    await here.advance(24 * 60 + 1);
    const { body } = await charge(here, await card(here), { reference: name });
    expect([body.result, await taken(here, name)]).toEqual(['approved', [8_450_000]]);
  });

  it('tells beforehand what it would do', async () => {
    const here = await product();
    const [name, id] = [reference(), await card(here)];
    await charge(here, id, { reference: name });
    const asked = `instrumentId=${id}&reference=${name}&currency=COP`;
    const support = await here.as('support');
    const same = await support.get(`/api/collects/preview?${asked}&amountMinor=8450000`);
    const large = await support.get(`/api/collects/preview?${asked}&amountMinor=200000000`);
    expect([same.body.shield?.state, same.body.needsApproval, large.body]).toEqual([
      ...['approved', null],
      { shield: null, needsApproval: 'operation', why: null },
    ]);
  });

  it('of an order that is paid is refused', async () => {
    const here = await product();
    const [name, id] = [reference(), await card(here)];
    await charge(here, id, { reference: name });
    await here.advance(25 * 60);
    const { status, body } = await charge(here, id, { reference: name });
    expect([status, body.code]).toEqual([409, 'order_paid']);
  });

  it('is refused while its payer may be paying the same order at a link', async () => {
    const here = await product();
    const opened = await here.open();
    const { status, body } = await charge(here, await card(here), { reference: opened.reference });
    expect([status, body.code, body.subject?.id]).toEqual([409, 'session_live', opened.id]);
  });

  it.each([
    ['an amount of nothing', { amountMinor: 0 }, 422, 'amountMinor'],
    ['a currency that the account does not take', { currency: 'USD' }, 422, 'currency'],
    ['a reference with signs that no gateway takes', { reference: 'a"b' }, 422, 'reference'],
    ['a field that nobody knows', { installments: 3 }, 422, 'installments'],
  ])('names the field of %s', async (_case, more, status, field) => {
    const here = await product();
    const answer = await charge(here, await card(here), more);
    expect([answer.status, Object.keys(answer.body.errors)]).toEqual([status, [field]]);
  });

  it('is not made with a means of payment that was revoked', async () => {
    const here = await product();
    const id = await storeInstrument(here, CARDS.approved);
    await (await here.as('support')).post(`/api/instruments/${id}/revoke`, { reason: 'El pagador lo pidió' });
    const { status, body } = await charge(here, id);
    expect([status, body.code, body.detail]).toEqual([409, 'instrument_unusable', 'instrument_revoked']);
  });

  it('above the site’s limit is sent when a second person has approved it, and not before', async () => {
    const here = await product();
    const name = reference();
    const wanted = { reference: name, amountMinor: 150_000_000, reason: 'Contrato anual' };
    const { body } = await charge(here, await card(here), wanted, await here.as('support'));
    const before = await taken(here, name);
    const decided = await (await here.as('manager')).post(`/api/approvals/${body.approval.id}/approve`, {});
    expect([body.result, before, decided.body.state, await taken(here, name)]).toEqual([
      ...['approval', [], 'done'],
      [150_000_000],
    ]);
  });
});

describe('a charge whose answer is lost', () => {
  it('is unknown, keeps its order locked, and is found out by sending the same once more', async () => {
    const here = await product();
    const name = reference();
    await here.loseNotifications(2);
    await here.fault('collect', 'drop_after');
    const { body } = await charge(here, await card(here), { reference: name });
    const meanwhile = await charge(here, await card(here), { reference: name, amountMinor: 8_450_001 });
    await here.advance(11);
    const { order } = await here.reaches(body.session.id, 'approved', 20);
    expect([body.result, meanwhile.body.code, order.state, await taken(here, name)]).toEqual([
      ...['unknown', 'session_live', 'paid'],
      [8_450_000],
    ]);
  });

  it('tells its payer meanwhile not to pay besides, and nobody gives the link away', async () => {
    const here = await product();
    await here.loseNotifications(1);
    await here.fault('collect', 'drop_after');
    const { body } = await charge(here, await card(here));
    const asked = await (await here.as('support')).get(`/api/sessions/${body.session.id}`);
    const { order, availableActions } = asked.body as SessionView;
    const page = await new Api(here.server.url).get(new URL(order.linkUrl).pathname);
    const copy = availableActions.find(({ action }) => action === 'copyLink');
    await here.advance(11);
    await here.reaches(body.session.id, 'approved', 20);
    expect([
      page.status,
      /no pague aparte/.test(page.text),
      /ningún cobro/.test(page.text),
      copy?.why,
    ]).toEqual([...[200, true, false, 'attempt_pending']]);
  });

  it('was never made when the request was lost: sent once more it is made once', async () => {
    const here = await product();
    const name = reference();
    await here.fault('collect', 'drop_before');
    const { body } = await charge(here, await card(here), { reference: name });
    await here.advance(11);
    await here.reaches(body.session.id, 'approved', 20);
    expect([body.result, await taken(here, name)]).toEqual(['unknown', [8_450_000]]);
  });

  it('is known at once when the gateway’s notification overtakes the answer', async () => {
    const here = await product();
    await here.fault('collect', 'drop_after');
    const { body } = await charge(here, await card(here));
    const { order } = await here.reaches(body.session.id, 'approved', 20);
    expect(order.state).toBe('paid');
  });

  it('is not taken for refused when the gateway only tells that sending it again was', async () => {
    const here = await product();
    const name = reference();
    await here.control('PATCH', '/sites/CO', { duplicateCollect: 'rejected' });
    await here.loseNotifications(1);
    await here.fault('collect', 'drop_after');
    const { body } = await charge(here, await card(here), { reference: name });
    await here.advance(11);
    await eventually(
      async () => {
        const other = `SELECT 1 FROM sessions WHERE gateway_reference = $1 AND origin = 'gateway' AND state = 'rejected'`;
        return (await here.db.query(other, [name])).rowCount === 1;
      },
      { seconds: 20, what: 'the refusal being heard' },
    );
    const { state } = await here.session(body.session.id);
    await here.control('PATCH', '/sites/CO', { duplicateCollect: 'earlier' });
    expect([state, await taken(here, name)]).toEqual(['unknown', [8_450_000]]);
  });

  it('is left to a person when its means of payment was revoked before it could be sent again', async () => {
    const here = await product();
    const id = await storeInstrument(here, CARDS.approved);
    await here.fault('collect', 'drop_before');
    const { body } = await charge(here, id);
    await (await here.as('support')).post(`/api/instruments/${id}/revoke`, { reason: 'El pagador lo pidió' });
    await here.advance(11);
    const review = await eventually(
      async () => {
        const { rows } = await here.db.query<{ kind: string }>(
          'SELECT kind FROM reviews WHERE session_id = $1 AND resolved_at IS NULL',
          [body.session.id],
        );
        return rows[0]?.kind;
      },
      { seconds: 20, what: 'a person being asked' },
    );
    expect(review).toBe('operation_unknown');
  });

  it('may be stated as not made by two people, and its order can be charged again', async () => {
    const here = await product();
    const id = await storeInstrument(here, CARDS.approved);
    await here.fault('collect', 'drop_before');
    const { body } = await charge(here, id);
    const path = `/api/collects/${body.session.id}/uncharged`;
    const said = { evidence: 'No está en la consola de la pasarela', reason: 'Revisado con el banco' };
    const finance = await here.as('finance');
    const soon = await finance.post(path, said);
    await here.db.query('UPDATE collects SET sends = 4 WHERE id = $1', [body.session.id]);
    await here.advance(11);
    const asked = await eventually(
      async () => {
        const answer = await finance.post(path, said);
        return answer.status === 200 && answer;
      },
      { seconds: 20, what: 'its being left to people' },
    );
    await (await here.as('manager')).post(`/api/approvals/${asked.body.approval.id}/approve`, {});
    const { state, reason, order } = await here.session(body.session.id);
    expect([soon.body.code, state, reason, order.state, order.reservedMinor]).toEqual([
      ...['charge_not_unknown', 'failed', 'settled_by_hand', 'due'],
      0,
    ]);
  });
});

/** Last: the gateway keeps the message of this one to itself. */
describe('a charge of unknown outcome', () => {
  it('is not taken for a page under its reference that nobody has paid', async () => {
    const here = await product();
    const [name, siteId] = [reference(), await here.siteId()];
    await here.fault('session.create', 'drop_after');
    const asked = await here.order({ reference: name });
    await here.shop().post('/api/sessions', asked, { headers: { 'idempotency-key': randomUUID() } });
    const [page] = (await here.control('GET', `/sessions?reference=${name}`)).body as { requestId: number }[];
    await here.loseNotifications(1);
    await here.fault('collect', 'drop_after');
    const { body } = await charge(here, await card(here), { reference: name });
    const numbers = [String(page?.requestId)];
    const finance = await here.as('finance');
    const taken = await finance.post('/api/adoptions', { siteId, numbers, rehearse: false });
    const { state } = await here.session(body.session.id, finance);
    expect([taken.body.items[0].result, state]).toEqual(['adopted', 'unknown']);
  });
});
