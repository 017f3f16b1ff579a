import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { CreateBatch, TransactionState } from '@recaudo/shared';
import type { BatchHandler, JudgedRow } from '../../server/src/batches/batches.service.js';
import { ProblemError } from '../../server/src/platform/problem.js';
import type { Principal } from '../../server/src/staff/access.js';
import { useSlices, type Slices } from '../support/slices.js';

const slices = useSlices();

type Send = BatchHandler['send'];

interface Rules {
  undoMinutes?: number;
  approval?: string;
  /** Why a target cannot be refunded. */
  why?: (target: string) => string | null;
  /** What happens around the intent's commit; throws to refuse the row or to die there. */
  before?: (target: string) => void;
  after?: (target: string) => void;
  state?: TransactionState;
}

/** Payments of one site that are refunded in full, each leaving one row of `transactions` per time it is sent. */
async function stage(rules: Rules = {}) {
  const here = await slices();
  const site = await here.site(rules.undoMinutes);
  const agent = await here.person('support');
  const targets: string[] = Array.from({ length: 12 }, () => randomUUID());
  const sent: { target: string; approved: boolean }[] = [];
  const send: Send = async (_maker, row, batch, begun) => {
    rules.before?.(row.targetId);
    await here.database.transaction(async (manager) => {
      await begun(manager, await here.operation(manager, site, rules.state));
      // What other tests left due is sent here too.
      if (targets.includes(row.targetId)) sent.push({ target: row.targetId, approved: batch.approved });
    });
    rules.after?.(row.targetId);
  };
  const judge = (transactionId: string): JudgedRow => ({
    transactionId,
    siteId: site.id,
    reference: 'T-1',
    payerName: 'Ana Ruiz',
    amountMinor: 100,
    currency: 'COP',
    why: rules.why?.(transactionId) ?? null,
    by: null,
    later: null,
  });
  here.batches.carryOut('reverse', {
    permission: 'transactions:reverse',
    judge: async (_me, rows) => rows.map((row) => judge(row.transactionId)),
    approval: async () => rules.approval ?? null,
    send,
  });
  const input: CreateBatch = {
    kind: 'reverse',
    rows: targets.map((transactionId) => ({ transactionId })),
    reason: 'Evento cancelado',
  };
  const create = (me: Principal = agent, key: string = randomUUID()) => here.batches.create(me, input, key);
  const view = async (id: string) => here.reading.view(agent, id);
  return { here, site, agent, targets, input, sent, create, view };
}

const code = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'done',
    (error: unknown) => (error as { code?: unknown }).code,
  );

/** Lets time pass by so much and runs what is due then, a few times over. */
async function run(here: Slices, minutes: number, rounds = 3): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    here.advance(minutes);
    await here.jobs.run('batches');
  }
}

describe('a preview', () => {
  it('writes nothing', async () => {
    const { here, agent, input } = await stage();
    const before = await here.count('batches');
    await here.batches.preview(agent, input);
    expect(await here.count('batches')).toBe(before);
  });

  it('sums only what can be done, and says why the rest cannot', async () => {
    const { here, agent, input, targets } = await stage({
      why: (target) => (target === targets[0] ? 'nothing_left' : null),
    });
    const preview = await here.batches.preview(agent, input);
    expect([preview.totals, preview.rows[0]?.why]).toEqual([
      [{ currency: 'COP', amountMinor: 1_100, count: 11 }],
      'nothing_left',
    ]);
  });

  it('names rows that stand there twice', async () => {
    const { here, agent, input } = await stage();
    const rows = [...input.rows, ...input.rows.slice(0, 1)];
    await expect(here.batches.preview(agent, { ...input, rows })).rejects.toMatchObject({
      details: { errors: { 'rows.12.transactionId': ['duplicate'] } },
    });
  });

  it('is not for those who may not refund', async () => {
    const { here, input } = await stage();
    expect(await code(here.batches.preview(await here.person('auditor'), input))).toBe('forbidden');
  });

  it('finds nothing of other sites', async () => {
    const { here, input } = await stage();
    const elsewhere = await here.person('support', [(await here.site()).id]);
    const { rows } = await here.batches.preview(elsewhere, input);
    expect(new Set(rows.map((row) => row.why))).toEqual(new Set(['not_found']));
  });
});

describe('a batch', () => {
  it('is one for one key, also when it is sent twice at once', async () => {
    const { create } = await stage();
    const key = randomUUID();
    const ids = await Promise.all([create(undefined, key), create(undefined, key), create(undefined, key)]);
    expect(new Set(ids).size).toBe(1);
  });

  it('is not made of nothing', async () => {
    const { create } = await stage({ why: () => 'nothing_left' });
    await expect(create()).rejects.toMatchObject({ details: { errors: { rows: ['nothing_possible'] } } });
  });

  it('sends nothing before its undo window is over', async () => {
    const { here, create, sent } = await stage();
    await create();
    here.advance(4);
    await here.jobs.run('batches');
    expect(sent).toEqual([]);
  });

  it('sends each row once and is done', async () => {
    const { here, create, sent, targets, view } = await stage();
    const id = await create();
    await run(here, 6, 1);
    const { state, counts } = await view(id);
    expect([state, counts.approved, sent.map((each) => each.target).sort()]).toEqual([
      'done',
      12,
      [...targets].sort(),
    ]);
  });

  it('sends each row once, whoever dies where and however many send at once', async () => {
    const deaths = new Map<string, number>();
    const die = (share: number) => (target: string) => {
      const before = deaths.get(target) ?? 0;
      deaths.set(target, before + 1);
      if (before === 0 && target.charCodeAt(0) % 3 === share) throw new Error('the process died');
    };
    const { here, create, sent, targets, view } = await stage({ before: die(0), after: die(1) });
    const id = await create();
    here.advance(6);
    const rows = await here.reading.rows(await here.person('support'), id);
    await Promise.allSettled(
      rows.flatMap((row) => [row, row, row]).map((row) => here.sending.handle(row.id)),
    );
    await run(here, 3);
    expect([(await view(id)).state, sent.map((each) => each.target).sort()]).toEqual([
      'done',
      [...targets].sort(),
    ]);
  });

  it('says of each row that was refused why', async () => {
    const { here, create, agent, targets } = await stage({
      before: (target) => {
        if (target === targets[3]) throw new ProblemError('operation_live');
      },
    });
    const id = await create();
    await run(here, 6, 1);
    const rows = await here.reading.rows(agent, id);
    expect([rows[3]?.state, rows[3]?.why]).toEqual(['refused', 'operation_live']);
  });

  it('shows rows as their operations stand', async () => {
    const { here, create, view } = await stage({ state: 'unknown' });
    const id = await create();
    await run(here, 6, 1);
    expect((await view(id)).counts.unknown).toBe(12);
  });

  it('sends nothing for somebody who may not do it any more', async () => {
    const { here, agent, create, sent, view } = await stage();
    const id = await create();
    await here.database.query(`UPDATE people SET state = 'deactivated' WHERE id = $1`, [agent.id]);
    await run(here, 6, 1);
    expect([sent.length, (await view(id)).counts.refused]).toEqual([0, 12]);
  });

  it('tries again what the gateway did not hear of', async () => {
    const tried = new Set<string>();
    const { here, create, sent, view } = await stage({
      before: (target) => {
        if (tried.has(target)) return;
        tried.add(target);
        throw new ProblemError('gateway_unreachable');
      },
    });
    const id = await create();
    await run(here, 6, 1);
    const before = sent.length;
    await run(here, 3, 1);
    expect([before, sent.length, (await view(id)).state]).toEqual([0, 12, 'done']);
  });

  it('gives up what could not be sent for a day', async () => {
    const { here, create, view } = await stage({
      before: () => {
        throw new Error('always');
      },
    });
    const id = await create();
    await run(here, 13 * 60);
    const { state, counts } = await view(id);
    expect([state, counts.refused]).toEqual(['done', 12]);
  });

  it('is written as CSV with a row each, and no formula in it', async () => {
    const { here, agent, create } = await stage();
    const id = await create();
    await here.database.query(`UPDATE batch_rows SET payer_name = '=1+1' WHERE batch_id = $1`, [id]);
    const lines = (await here.reading.export(agent, id)).trim().split('\r\n');
    expect([lines.length, lines[1]?.includes(`'=1+1`)]).toEqual([13, true]);
  });
});

describe('undoing a batch', () => {
  it('sends nothing of it, ever', async () => {
    const { here, agent, create, sent, view } = await stage();
    const id = await create();
    await here.batches.undo(agent, id);
    await run(here, 6);
    expect([(await view(id)).state, sent]).toEqual(['undone', []]);
  });

  it('is too late once its time has come', async () => {
    const { here, agent, create } = await stage();
    const id = await create();
    here.advance(6);
    expect(await code(here.batches.undo(agent, id))).toBe('batch_over');
  });

  it('takes back the request for its approval too', async () => {
    const { here, agent, create, view } = await stage({ approval: 'day' });
    const id = await create();
    await here.batches.undo(agent, id);
    const { state, approval } = await view(id);
    expect([state, approval?.state]).toEqual(['undone', 'withdrawn']);
  });
});

describe('a batch that needs a second person', () => {
  it('waits, and is sent after approval and the undo window', async () => {
    const { here, create, sent, view } = await stage({ approval: 'day' });
    const id = await create();
    await run(here, 6, 1);
    const before = sent.length;
    const { approval } = await view(id);
    await here.approvals.approve(await here.person('manager'), approval?.id ?? '', null);
    const scheduled = (await view(id)).state;
    await run(here, 6, 1);
    expect([before, scheduled, sent.length, sent.every((each) => each.approved)]).toEqual([
      0,
      'scheduled',
      12,
      true,
    ]);
  });

  it('is not approved by whoever put a row into it', async () => {
    const { here, agent, create, view } = await stage({ approval: 'day' });
    const { approval } = await view(await create());
    const both = { ...agent, permissions: new Set([...agent.permissions, 'approvals:decide' as const]) };
    expect(await code(here.approvals.approve(both, approval?.id ?? '', null))).toBe('own_request');
  });

  it('is not sent when a row was changed after it was asked for', async () => {
    const { here, create, sent, view } = await stage({ approval: 'day' });
    const id = await create();
    await here.database.query(
      'UPDATE batch_rows SET amount_minor = 101 WHERE batch_id = $1 AND position = 1',
      [id],
    );
    const { approval } = await view(id);
    const decided = await here.approvals.approve(await here.person('manager'), approval?.id ?? '', null);
    await run(here, 6, 1);
    expect([decided.state, decided.note, (await view(id)).state, sent.length]).toEqual([
      'failed',
      'approval_differs',
      'rejected',
      0,
    ]);
  });

  it('is rejected with its request', async () => {
    const { here, create, view } = await stage({ approval: 'day' });
    const id = await create();
    const { approval } = await view(id);
    await here.approvals.reject(await here.person('manager'), approval?.id ?? '', 'no procede');
    const { state, counts } = await view(id);
    expect([state, counts.undone]).toEqual(['rejected', 12]);
  });

  it('expires with its request', async () => {
    const { here, create, view } = await stage({ approval: 'day' });
    const id = await create();
    here.advance(73 * 60);
    await here.jobs.run('approvals');
    expect((await view(id)).state).toBe('expired');
  });
});
