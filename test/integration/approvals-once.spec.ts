import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Asked } from '../../server/src/approvals/approvals.service.js';
import { ProblemError } from '../../server/src/platform/problem.js';
import type { Principal } from '../../server/src/staff/access.js';
import { useSlices, type Slices } from '../support/slices.js';

const slices = useSlices();

type Site = Awaited<ReturnType<Slices['site']>>;

async function stage() {
  const here = await slices();
  const site = await here.site();
  const [agent, manager] = [await here.person('support'), await here.person('manager')];
  const asked: Asked = {
    kind: 'reverse',
    siteId: site.id,
    gatewayAccountId: site.accountId,
    orderId: null,
    targetType: 'transaction',
    targetId: randomUUID(),
    reference: 'T-1',
    amountMinor: 4_000_000,
    currency: 'COP',
    data: { limit: 'operation' },
    reason: 'Producto agotado',
  };
  const request = (me: Principal = agent, makers: string[] = []) =>
    here.database.transaction((manager) => here.approvals.request(manager, me, asked, makers));
  return { here, site, agent, manager, asked, request };
}

/** Carries out as a refund would: the intent and the use of the approval in one commit. */
function doAs(here: Slices, site: Site, asked: Asked, before: () => void = () => undefined): void {
  here.approvals.carryOut('reverse', async (approval) => {
    before();
    await here.database.transaction(async (manager) => {
      const id = await here.operation(manager, site);
      await here.approvals.spend(manager, approval.id, asked, id);
    });
  });
}

/** The key that this person made, as it signs in. */
async function keyOf(here: Slices, maker: Principal, site: Site): Promise<Principal> {
  const { secret } = await here.keys.create(maker, { name: 'Tienda', siteIds: [site.id] });
  return here.keys.authenticate(secret);
}

const code = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'done',
    (error: unknown) => (error as { code?: unknown }).code,
  );

async function operationsAt(here: Slices, site: Site): Promise<number> {
  const rows = await here.database.query<unknown[]>('SELECT 1 FROM transactions WHERE site_id = $1', [
    site.id,
  ]);
  return rows.length;
}

describe('an approved request', () => {
  it('is carried out at once, and names what came of it', async () => {
    const { here, site, manager, asked, request } = await stage();
    doAs(here, site, asked);
    const view = await here.approvals.approve(manager, (await request()).id, null);
    expect([view.state, typeof view.transactionId]).toEqual(['done', 'string']);
  });

  it('is carried out once by however many processes after the first one died', async () => {
    const { here, site, manager, asked, request } = await stage();
    let died = false;
    doAs(here, site, asked, () => {
      if (died) return;
      died = true;
      throw new Error('the process died');
    });
    const { id } = await request();
    const left = await here.approvals.approve(manager, id, null);
    await Promise.all(Array.from({ length: 8 }, () => here.approvals.resume(id)));
    expect([left.state, await operationsAt(here, site)]).toEqual(['approved', 1]);
  });

  it('is picked up by the job once its lease is over', async () => {
    const { here, site, manager, asked, request } = await stage();
    let deaths = 1;
    doAs(here, site, asked, () => {
      if (deaths-- > 0) throw new Error('the process died');
    });
    const { id } = await request();
    await here.approvals.approve(manager, id, null);
    here.advance(2);
    await here.jobs.run('approvals');
    expect((await here.requests.view(manager, id)).state).toBe('done');
  });

  it('is carried out later when the gateway could not be reached', async () => {
    const { here, site, manager, asked, request } = await stage();
    let unreachable = 1;
    doAs(here, site, asked, () => {
      if (unreachable-- > 0) throw new ProblemError('gateway_unreachable');
    });
    const { id } = await request();
    const first = await here.approvals.approve(manager, id, null);
    here.advance(2);
    await here.jobs.run('approvals');
    expect([first.state, (await here.requests.view(manager, id)).state]).toEqual(['approved', 'done']);
  });

  it('does not cover another amount', async () => {
    const { here, site, manager, asked, request } = await stage();
    doAs(here, site, { ...asked, amountMinor: 4_000_001 });
    const view = await here.approvals.approve(manager, (await request()).id, null);
    expect([view.state, view.note, await operationsAt(here, site)]).toEqual([
      'failed',
      'approval_differs',
      0,
    ]);
  });

  it('is used up by its use', async () => {
    const { here, site, manager, asked, request } = await stage();
    doAs(here, site, asked);
    const { id } = await request();
    await here.approvals.approve(manager, id, null);
    const again = here.database.transaction((each) => here.approvals.spend(each, id, asked, null));
    expect(await code(again)).toBe('approval_over');
  });

  it.each([
    ['left the house', `state = 'deactivated'`],
    ['got another role', `role = 'auditor'`],
    ['lost the site', `all_sites = false`],
  ])('fails when its maker %s meanwhile', async (_what, change) => {
    const { here, site, agent, manager, asked, request } = await stage();
    doAs(here, site, asked);
    const { id } = await request();
    await here.database.query(`UPDATE people SET ${change} WHERE id = $1`, [agent.id]);
    const view = await here.approvals.approve(manager, id, null);
    expect([view.state, view.note, await operationsAt(here, site)]).toEqual(['failed', 'forbidden', 0]);
  });

  it('is given up when it could not be carried out for a day', async () => {
    const { here, site, manager, asked, request } = await stage();
    doAs(here, site, asked, () => {
      throw new Error('the process died');
    });
    const { id } = await request();
    await here.approvals.approve(manager, id, null);
    here.advance(25 * 60);
    await here.jobs.run('approvals');
    const view = await here.requests.view(manager, id);
    expect([view.state, view.note]).toEqual(['failed', 'not_carried_out']);
  });
});

describe('a waiting request', () => {
  it('is the same one when the same thing is asked again', async () => {
    const { request } = await stage();
    expect((await request()).id).toBe((await request()).id);
  });

  it('is one, however many ask at once', async () => {
    const { request } = await stage();
    const rows = await Promise.all(Array.from({ length: 8 }, () => request()));
    expect(new Set(rows.map((row) => row.id)).size).toBe(1);
  });

  it('expires after 72 hours', async () => {
    const { here, manager, request } = await stage();
    const { id } = await request();
    here.advance(72 * 60 + 1);
    const late = await code(here.approvals.approve(manager, id, null));
    await here.jobs.run('approvals');
    expect([late, (await here.requests.view(manager, id)).state]).toEqual(['approval_over', 'expired']);
  });

  it('can be asked for anew once it is over', async () => {
    const { here, manager, request } = await stage();
    const { id } = await request();
    await here.approvals.reject(manager, id, 'sin soporte');
    expect((await request()).id).not.toBe(id);
  });

  it('is taken back by whoever asked', async () => {
    const { here, agent, request } = await stage();
    expect((await here.approvals.withdraw(agent, (await request()).id)).state).toBe('withdrawn');
  });

  it('is taken back by nobody else', async () => {
    const { here, manager, request } = await stage();
    expect(await code(here.approvals.withdraw(manager, (await request()).id))).toBe('forbidden');
  });

  it('is not there for people of other sites', async () => {
    const { here, request } = await stage();
    const elsewhere = await here.person('manager', [(await here.site()).id]);
    expect(await code(here.approvals.approve(elsewhere, (await request()).id, null))).toBe('not_found');
  });

  it('is decided once when two decide at once', async () => {
    const { here, site, manager, asked, request } = await stage();
    doAs(here, site, asked);
    const { id } = await request();
    const other = await here.person('manager');
    const codes = await Promise.all([
      code(here.approvals.approve(manager, id, null)),
      code(here.approvals.reject(other, id, 'no procede')),
    ]);
    expect(codes.sort()).toEqual(['approval_over', 'done']);
  });

  it('counts for whoever may decide it, and for nobody with a hand in it', async () => {
    const { here, manager, request } = await stage();
    const before = await here.requests.countDecidable(manager);
    await request(manager);
    const own = await here.requests.countDecidable(manager);
    const other = await here.requests.countDecidable(await here.person('manager'));
    expect([own.count - before.count, other.count - before.count]).toEqual([0, 1]);
  });
});

describe('whoever decides', () => {
  it('never had a hand in it, on whatever path', async () => {
    const { here, site } = await stage();
    // Even people whose role had both rights.
    const people = await Promise.all([1, 2, 3].map(() => here.person('support')));
    const person = fc.integer({ min: 0, max: people.length - 1 });
    const path = fc.record({
      by: fc.constantFrom('person', 'key', 'contributor', 'asked again'),
      maker: person,
      other: person,
      decider: person,
      edited: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(path, async ({ by, maker, other, decider, edited }) => {
        const { asked } = await stage();
        const exact = { ...asked, siteId: site.id };
        const [requester, second, judge] = [people[maker], people[other], people[decider]];
        if (!requester || !second || !judge) throw new Error('no such person');
        const ask = (who: Principal, makers: string[] = []) =>
          here.database.transaction((manager) => here.approvals.request(manager, who, exact, makers));
        const me = by === 'key' ? await keyOf(here, requester, site) : requester;
        const { id } = await ask(me, by === 'contributor' ? [second.id] : []);
        if (by === 'asked again') await ask(second);
        doAs(here, site, edited ? { ...exact, amountMinor: 1 } : exact);
        const before = await operationsAt(here, site);
        const permissions = new Set([...judge.permissions, 'approvals:decide' as const]);
        const answer = await code(here.approvals.approve({ ...judge, permissions }, id, null));
        const moved = (await operationsAt(here, site)) - before;
        const own = judge === requester || (judge === second && /contributor|again/.test(by));
        expect([answer, moved]).toEqual(own ? ['own_request', 0] : ['done', edited ? 0 : 1]);
      }),
      { numRuns: 60, seed: 20_261_121 },
    );
  });

  it('is another person whatever the code believes: PostgreSQL refuses the rest', async () => {
    const { here, agent, request } = await stage();
    const { id } = await request();
    const update = here.database.query(
      `UPDATE approvals SET state = 'approved', decided_by = $2 WHERE id = $1`,
      [id, agent.id],
    );
    await expect(update).rejects.toThrow('approvals_second_person');
  });
});
