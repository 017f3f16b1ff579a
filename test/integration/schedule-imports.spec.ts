import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { storeInstrument } from '../support/instruments.js';
import { CARDS, useProduct, type Answer, type Product } from '../support/product.js';
import { dayFromNow } from '../support/schedules.js';

const product = useProduct();
let known: Promise<string> | null = null;
const card = (here: Product): Promise<string> => (known ??= storeInstrument(here, CARDS.approved));

const HEADER = 'reference,plan,instrumentId,amount,currency,unit,interval,startOn';

async function rowsOf(
  here: Product,
  count: number,
  prefix = `I-${randomUUID().slice(0, 8)}`,
): Promise<string[]> {
  const [id, startOn] = [await card(here), await dayFromNow(here, 5)];
  return Array.from(
    { length: count },
    (_, at) => `${prefix}-${at},Plan,${id},40000.00,COP,month,1,${startOn}`,
  );
}

async function send(
  here: Product,
  rows: readonly string[],
  more: { rehearse?: boolean; key?: string } = {},
): Promise<Answer> {
  const file = Buffer.from([HEADER, ...rows].join('\n')).toString('base64');
  const body = { siteId: await here.siteId(), file, rehearse: more.rehearse ?? false };
  return here.shop().post('/api/schedules/import', body, {
    headers: { 'idempotency-key': more.key ?? randomUUID() },
  });
}

async function made(here: Product, rows: readonly string[]): Promise<number> {
  const references = rows.map((row) => row.split(',')[0]);
  const { rows: found } = await here.db.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM schedules WHERE reference = ANY($1)',
    [references],
  );
  return found[0]?.count ?? 0;
}

describe('schedules from a file', () => {
  it('are only told of by a rehearsal: how many, how much, from which day', async () => {
    const here = await product();
    const rows = await rowsOf(here, 3);
    const { body } = await send(here, rows, { rehearse: true });
    expect([body.rows, body.made, body.first.amountMinor, await made(here, rows)]).toEqual([
      3, 0, 12_000_000, 0,
    ]);
  });

  it('are made all at once', async () => {
    const here = await product();
    const rows = await rowsOf(here, 500);
    const { body } = await send(here, rows);
    expect([body.made, body.errorCount, await made(here, rows)]).toEqual([500, 0, 500]);
  });

  it('are made once, however often the file is sent', async () => {
    const here = await product();
    const [rows, key] = [await rowsOf(here, 5), randomUUID()];
    await send(here, rows, { key });
    const { body } = await send(here, rows, { key });
    expect([body.made, await made(here, rows)]).toEqual([5, 5]);
  });

  it('answer the same file and key with what it made, when its first day has passed as well', async () => {
    const here = await product();
    const [rows, key] = [await rowsOf(here, 2), randomUUID()];
    const first = await send(here, rows, { key });
    await here.advance(7 * 24 * 60);
    const second = await send(here, rows, { key });
    const other = await send(here, rows.slice(1), { key });
    expect([second.body, other.body.code]).toEqual([first.body, 'idempotency_key_reused']);
  });

  it('may not have a first period whose reference something else has used', async () => {
    const here = await product();
    const rows = await rowsOf(here, 2, `I-${randomUUID().slice(0, 8)}`);
    await here.open({ reference: `${(rows[1] ?? '').split(',')[0]}-1` });
    const { body } = await send(here, rows);
    expect(body.errors).toEqual([{ line: 3, field: 'reference', why: 'period_reference_taken' }]);
  });

  it('are told all that is wrong with each row, whatever else is wrong with it', async () => {
    const here = await product();
    const [good = '', second = ''] = await rowsOf(here, 2);
    await send(here, [good]);
    const cells = second.split(',');
    const nobody = randomUUID();
    const rows = [
      [...cells.slice(0, 2), nobody, '1.999', 'COP', 'month', '1', '2020-01-01'].join(','),
      [good.split(',')[0], 'Plan', nobody, '1.00', 'USD', 'month', '1', '2020-01-01'].join(','),
    ];
    const { body } = await send(here, rows);
    const told = body.errors.map(({ line, field, why }: Record<string, string>) => `${line} ${field} ${why}`);
    expect([body.made, told.sort()]).toEqual([
      0,
      [
        ...['2 amount ambiguous_amount', '2 instrumentId not_found', '2 startOn in_the_past'],
        ...['3 currency other_currency', '3 instrumentId not_found', '3 reference reference_taken'],
        '3 startOn in_the_past',
      ],
    ]);
  });

  it('are not made at all when one row is wrong, which is named by its line', async () => {
    const here = await product();
    const rows = await rowsOf(here, 4);
    const wrong = rows.map((row, at) => (at === 2 ? row.replace('40000.00', '0') : row));
    const { body } = await send(here, wrong);
    expect([body.made, body.errors, await made(here, rows)]).toEqual([
      ...[0, [{ line: 4, field: 'amount', why: 'too_small' }]],
      0,
    ]);
  });

  it('may not take a reference that is taken, a card of another site, nor one that was revoked', async () => {
    const here = await product();
    const rows = await rowsOf(here, 3);
    await send(here, rows.slice(0, 1));
    const revoked = await storeInstrument(here, CARDS.approved);
    await (await here.as('support')).post(`/api/instruments/${revoked}/revoke`, { reason: 'Lo pidió' });
    const id = await card(here);
    const { body } = await send(here, [
      rows[0] ?? '',
      (rows[1] ?? '').replace(id, randomUUID()),
      (rows[2] ?? '').replace(id, revoked),
    ]);
    expect(body.errors).toEqual([
      { line: 2, field: 'reference', why: 'reference_taken' },
      { line: 3, field: 'instrumentId', why: 'not_found' },
      { line: 4, field: 'instrumentId', why: 'instrument_revoked' },
    ]);
  });

  it('may be mended and sent again under the same key after an error', async () => {
    const here = await product();
    const [rows, key] = [await rowsOf(here, 2), randomUUID()];
    await send(here, [...rows, 'x,y'], { key });
    const { body } = await send(here, rows, { key });
    expect(body.made).toBe(2);
  });

  it('are refused as a whole beyond 5,000 rows', async () => {
    const here = await product();
    const { body } = await send(here, await rowsOf(here, 5_001), { rehearse: true });
    const wrong = { line: 1, field: 'file', why: 'too_many_import_rows', limit: 5_000 };
    expect([body.errors, body.rows, body.first]).toEqual([[wrong], 0, null]);
  });

  it('are refused unread when the file is larger than anybody sends', async () => {
    const here = await product();
    const { status, body } = await send(here, ['x'.repeat(5_000_000)], { rehearse: true });
    expect([status, body.code]).toEqual([413, 'body_too_large']);
  });
});
