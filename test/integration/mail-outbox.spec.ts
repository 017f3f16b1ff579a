import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { AuditService } from '../../server/src/audit/audit.service.js';
import { MailService, type Mail } from '../../server/src/mail/mail.service.js';
import { Clock } from '../../server/src/platform/clock.js';
import { schemaOptions } from '../../server/src/schema.js';
import { createDatabase, type TestDatabase } from '../support/databases.js';

let database: TestDatabase;
let source: DataSource;
let outbox: MailService;

beforeAll(async () => {
  database = await createDatabase('server');
  source = await new DataSource(schemaOptions(database.url)).initialize();
  const clock = new Clock();
  outbox = new MailService(source, new AuditService(clock), clock);
});
afterAll(async () => {
  await source.destroy();
  await database.drop();
});

const letter = (change: Partial<Pick<Mail, 'recipient' | 'dedupe'>>): Mail => ({
  template: 'schedule_ended',
  data: {
    ...{ siteName: 'Café Andino', planName: 'Plan Oro', reference: 'SUS-7' },
    ...{ accessEndsOn: null, why: 'chosen', payUrl: null },
  },
  ...{ dedupe: randomUUID(), recipient: 'ana@example.com', language: 'es', siteId: null, orderId: null },
  ...change,
});

const write = (mail: Mail) => source.transaction((manager) => outbox.queue(manager, mail));

describe('a letter that is put into the outbox', () => {
  it.each(['ana', 'ana@example.com\r\nBcc: otro@example.com', ''])(
    'for %j fails at once with its audit, and its caller does not',
    async (recipient) => {
      const mail = letter({ recipient });
      await write(mail);
      const rows = await source.query(
        `SELECT m.state, m.reason, m.next_try_at, l.kind FROM mails m JOIN audit_log l ON l.subject_id = m.id WHERE dedupe = $1`,
        [mail.dedupe],
      );
      expect(rows).toEqual([
        { state: 'failed', reason: 'invalid_address', next_try_at: null, kind: 'mail.failed' },
      ]);
    },
  );

  it('is written once for what it tells of, even when it fails', async () => {
    const mail = letter({ recipient: 'ana' });
    await write(mail);
    await write(mail);
    const [count] = await source.query(
      `SELECT count(*)::int AS letters, (SELECT count(*)::int FROM audit_log WHERE data->>'recipient' = 'ana'
         AND subject_id IN (SELECT id FROM mails WHERE dedupe = $1)) AS told FROM mails WHERE dedupe = $1`,
      [mail.dedupe],
    );
    expect(count).toEqual({ letters: 1, told: 1 });
  });

  it('is gone with the transaction of what it tells of', async () => {
    const mail = letter({});
    const failing = source.transaction(async (manager) => {
      await outbox.queue(manager, mail);
      throw new Error('what it tells of did not happen');
    });
    await expect(failing).rejects.toThrow('did not happen');
    expect(await source.query('SELECT 1 FROM mails WHERE dedupe = $1', [mail.dedupe])).toEqual([]);
  });
});
