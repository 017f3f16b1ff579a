import { describe, expect, it } from '@jest/globals';
import type { InstrumentView } from '@recaudo/shared';
import { eventually } from '../support/eventually.js';
import { CARDS, useProduct, type Answer, type Product } from '../support/product.js';

const product = useProduct();

/** A means of payment that a payer has just stored. */
async function stored(here: Product): Promise<{ sessionId: string; id: string }> {
  const opened = await here.open({ subscription: true, amountMinor: undefined, currency: undefined });
  await here.pay(await here.follow(opened), CARDS.approved);
  const { instrument } = await here.reaches(opened.id, 'approved');
  if (!instrument) throw new Error('nothing was stored');
  return { sessionId: opened.id, id: instrument.id };
}

async function revoke(here: Product, id: string): Promise<Answer> {
  const reason = 'El pagador lo pidió';
  return (await here.as('support')).post(`/api/instruments/${id}/revoke`, { reason });
}

async function instrumentOf(here: Product, sessionId: string): Promise<InstrumentView | null> {
  return (await here.session(sessionId, await here.as('support'))).instrument;
}

describe('a stored means of payment', () => {
  it('is ended at the gateway too, and the payment that stored it tells by whom and why', async () => {
    const here = await product();
    const { sessionId, id } = await stored(here);
    const { status } = await revoke(here, id);
    const { instrument, timeline } = await here.session(sessionId, await here.as('support'));
    const deeds = timeline.map(({ kind }) => kind).filter((kind) => kind.startsWith('instrument.'));
    expect([status, instrument?.state, instrument?.revoked?.reason, deeds.sort()]).toEqual([
      ...[200, 'revoked', 'El pagador lo pidió'],
      ['instrument.revoke_asked', 'instrument.revoked', 'instrument.stored'],
    ]);
  });

  it('is unusable here at once when the gateway’s answer is lost, and asked about until it is dead there', async () => {
    const here = await product();
    const { sessionId, id } = await stored(here);
    await here.fault('instrument.invalidate', 'drop_after');
    const { body } = await revoke(here, id);
    await here.advance(2);
    const dead = await eventually(
      async () => {
        const instrument = await instrumentOf(here, sessionId);
        return instrument?.state === 'revoked' && instrument.state;
      },
      { seconds: 20, what: 'the gateway saying that it is dead' },
    );
    expect([body.state, dead]).toEqual(['revoking', 'revoked']);
  });

  it('is asked about once more when somebody asks for its end again', async () => {
    const here = await product();
    const { id } = await stored(here);
    await here.fault('instrument.invalidate', 'error_500');
    const first = await revoke(here, id);
    const second = await revoke(here, id);
    const third = await revoke(here, id);
    expect([first, second, third].map(({ body }) => body.state)).toEqual(['revoking', 'revoked', 'revoked']);
  });

  it('is ended here alone when it is an account, of which the gateway has no token: a person ends it there', async () => {
    const here = await product();
    const { id } = await stored(here);
    await here.db.query(`UPDATE instruments SET type = 'account' WHERE id = $1`, [id]);
    const { body } = await revoke(here, id);
    const { rows } = await here.db.query(
      `SELECT kind FROM reviews WHERE subject = 'instrument:${id}' AND resolved_at IS NULL`,
    );
    await here.db.query(`UPDATE instruments SET type = 'token' WHERE id = $1`, [id]);
    await revoke(here, id);
    expect([body.state, rows]).toEqual(['revoking', [{ kind: 'revoke_unproven' }]]);
  });

  it('tells a shop that it was ended, and nothing of who and why', async () => {
    const here = await product();
    const { sessionId, id } = await stored(here);
    await revoke(here, id);
    const { instrument } = await here.session(sessionId);
    expect([instrument?.state, instrument?.revoked?.by, instrument?.revoked?.reason]).toEqual([
      'revoked',
      null,
      '',
    ]);
  });

  it('waits for a person when the gateway does not say for a week that it is dead', async () => {
    const here = await product();
    const { id } = await stored(here);
    await here.db.query(`UPDATE instruments SET revoke_sends = 30 WHERE id = $1`, [id]);
    await here.fault('instrument.invalidate', 'error_500');
    await revoke(here, id);
    const { body } = await (await here.as('finance')).get('/api/reviews?state=open');
    const kinds = body.items.map(({ kind }: { kind: string }) => kind);
    await revoke(here, id);
    const after = await (await here.as('finance')).get('/api/reviews?state=open');
    expect([kinds, after.body.items]).toEqual([['revoke_unproven'], []]);
  });
});
