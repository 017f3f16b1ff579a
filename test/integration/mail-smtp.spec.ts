import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MailState } from '@recaudo/shared';
import { SmtpService } from '../../server/src/mail/smtp.service.js';
import type { Settings } from '../../server/src/platform/config.js';
import { eventually } from '../support/eventually.js';
import { CARDS, Product } from '../support/product.js';
import { header, MailServer } from '../support/smtp.js';

const RETRY_MINUTES = [1, 5, 30, 120, 720];

let server: MailServer;
let here: Product;
let paymentId: string;

beforeAll(async () => {
  server = await MailServer.start();
  here = await Product.start({ SMTP_URL: server.url, MAIL_FROM: 'Pagos de Recaudo <pagos@recaudo.test>' });
  const session = await here.open();
  await here.pay(await here.follow(session), CARDS.approved);
  const { transactions } = await here.reaches(session.id, 'approved');
  paymentId = transactions[0]?.id ?? '';
}, 60_000);
afterAll(() => here.stop());

/** Puts a receipt to this address into the outbox. */
async function write(recipient: string): Promise<void> {
  const support = await here.as('support');
  const answer = await support.post(`/api/transactions/${paymentId}/receipt`, { email: recipient });
  if (answer.status >= 300) throw new Error(`not written: ${answer.text}`);
}

interface Row {
  id: string;
  state: MailState;
  sends: number;
  reason: string | null;
  answer: string | null;
}

async function rowOf(recipient: string): Promise<Row | undefined> {
  const { rows } = await here.db.query<Row>('SELECT * FROM mails WHERE recipient = $1', [recipient]);
  return rows[0];
}

async function becomes(recipient: string, is: (row: Row) => boolean, what: string): Promise<Row> {
  return eventually(
    async () => {
      const row = await rowOf(recipient);
      return row && is(row) && row;
    },
    { seconds: 15, what: `the letter to ${recipient} being ${what}` },
  );
}

const sent = (recipient: string) => becomes(recipient, ({ state }) => state === 'sent', 'sent');
const failed = (recipient: string) => becomes(recipient, ({ state }) => state === 'failed', 'failed');
const putOff = (recipient: string) => becomes(recipient, ({ reason }) => reason !== null, 'put off');

describe('a letter', () => {
  it('is sent once, from us, to its payer, named by its row', async () => {
    await write('ana@example.com');
    const { id, sends } = await sent('ana@example.com');
    const [mail] = server.to('ana@example.com');
    if (!mail) throw new Error('nothing came');
    expect([sends, mail.from, header(mail, 'From'), header(mail, 'To'), header(mail, 'Message-ID')]).toEqual([
      1,
      'pagos@recaudo.test',
      'Pagos de Recaudo <pagos@recaudo.test>',
      'ana@example.com',
      `<${id}@recaudo.test>`,
    ]);
  });

  it('carries its text and its HTML, and says that a machine wrote it', async () => {
    await write('partes@example.com');
    await sent('partes@example.com');
    const [mail] = server.to('partes@example.com');
    if (!mail) throw new Error('nothing came');
    expect([
      /multipart\/alternative/.test(header(mail, 'Content-Type')),
      /text\/plain/.test(mail.source),
      /text\/html/.test(mail.source),
      header(mail, 'Auto-Submitted'),
    ]).toEqual([true, true, true, 'auto-generated']);
  });

  it('that waited longer than three days fails, and never reaches the mail server', async () => {
    const before = server.asked;
    await here.db.query(
      `INSERT INTO mails (id, template, dedupe, recipient, language, data, state, created_at, queued_at, next_try_at, sends)
       SELECT $1::uuid, template, $1::text, 'vieja@example.com', language, data, 'queued', created_at - interval '4 days',
         queued_at - interval '4 days', created_at, 0 FROM mails LIMIT 1`,
      [randomUUID()],
    );
    const { reason } = await failed('vieja@example.com');
    expect([reason, server.asked]).toEqual(['too_old', before]);
  });
});

describe('a mail server that says no for now', () => {
  it('is asked again a minute later, and takes the same letter', async () => {
    server.misbehave('gris@example.com', { rcpt: '451 4.7.1 greylisted, come back' });
    await write('gris@example.com');
    const first = await putOff('gris@example.com');
    await here.advance(2);
    const { id } = await sent('gris@example.com');
    expect([
      [first.state, first.reason, first.answer],
      server.to('gris@example.com').map((mail) => header(mail, 'Message-ID')),
    ]).toEqual([['queued', 'put_off', '451 4.7.1 greylisted, come back'], [`<${id}@recaudo.test>`]]);
  });

  it('five times over is given up, told on the timeline, and can be asked once more by a person', async () => {
    const replies = [1, 2, 3, 4, 5, 6].map((time) => `451 later ${time}`);
    server.misbehave('nunca@example.com', ...replies.map((data) => ({ data })));
    await write('nunca@example.com');
    for (const [index, minutes] of RETRY_MINUTES.entries()) {
      await becomes('nunca@example.com', ({ answer }) => answer === replies[index], `told ${replies[index]}`);
      await here.advance(minutes + 1);
    }
    const { id, sends } = await failed('nunca@example.com');
    const support = await here.as('support');
    const told = await here.db.query(`SELECT kind FROM audit_log WHERE subject_id = $1 ORDER BY at`, [id]);
    await support.post(`/api/mails/${id}/again`);
    await sent('nunca@example.com');
    expect([sends, told.rows, server.to('nunca@example.com').length]).toEqual([
      6,
      [{ kind: 'mail.failed' }],
      1,
    ]);
  }, 60_000);
});

describe('a mail server that says no for good', () => {
  it.each([
    ['to the recipient', 'nadie@example.com', { rcpt: '550 5.1.1 no such user' }, 'recipient_refused'],
    ['to the letter', 'basura@example.com', { data: '554 5.7.1 looks like junk' }, 'content_refused'],
  ])('%s is not asked again', async (_, recipient, fault, reason) => {
    server.misbehave(recipient, fault);
    await write(recipient);
    const row = await failed(recipient);
    expect([row.sends, row.reason, server.to(recipient).length]).toEqual([1, reason, 0]);
  });

  it('to our own sender is asked again: somebody will mend the setting', async () => {
    server.refuseSender('553 5.7.1 sender not allowed');
    await write('remite@example.com');
    const row = await putOff('remite@example.com');
    expect([row.state, row.reason]).toEqual(['queued', 'sender_refused']);
  });
});

describe('a sending that is cut off', () => {
  it('by the connection is made again with the same Message-ID', async () => {
    server.misbehave('corte@example.com', { after: 'drop' });
    await write('corte@example.com');
    await putOff('corte@example.com');
    await here.advance(2);
    const { id } = await sent('corte@example.com');
    const ids = server.to('corte@example.com').map((mail) => header(mail, 'Message-ID'));
    expect(ids).toEqual([`<${id}@recaudo.test>`, `<${id}@recaudo.test>`]);
  });

  it('by SIGTERM keeps no process from leaving, and is made again', async () => {
    server.misbehave('adios@example.com', { after: 'hang' });
    await write('adios@example.com');
    await eventually(() => server.to('adios@example.com').length === 1, { what: 'the letter arriving' });
    const began = performance.now();
    await here.server.stop();
    const tookMs = performance.now() - began;
    const left = await rowOf('adios@example.com');
    await here.server.start();
    await here.advance(2);
    await sent('adios@example.com');
    expect([tookMs < 5_000, left?.state, left?.reason]).toEqual([true, 'queued', 'interrupted']);
  }, 60_000);

  it('by SIGKILL is made again by the next process, with the same Message-ID', async () => {
    server.misbehave('muerte@example.com', { after: 'hang' });
    await write('muerte@example.com');
    await eventually(() => server.to('muerte@example.com').length === 1, { what: 'the letter arriving' });
    await here.server.restart();
    await here.advance(3);
    const { id, sends } = await sent('muerte@example.com');
    const ids = server.to('muerte@example.com').map((mail) => header(mail, 'Message-ID'));
    expect([sends, ids]).toEqual([2, [`<${id}@recaudo.test>`, `<${id}@recaudo.test>`]]);
  }, 60_000);
});

describe('two workers on one outbox', () => {
  it('send each of twenty-four letters once', async () => {
    const other = await here.replica();
    const recipients = Array.from({ length: 24 }, (_, index) => `par${index}@dos.test`);
    for (const recipient of recipients) await write(recipient);
    for (const recipient of recipients) await sent(recipient);
    await other.kill();
    const received = server.received.map(({ to }) => to).filter((to) => to.endsWith('@dos.test'));
    expect(received.sort()).toEqual([...recipients].sort());
  }, 60_000);
});

describe('the password of the mail server', () => {
  it('is never said without TLS', async () => {
    const { hostname: host, port } = new URL(server.url);
    const smtp: Settings['smtp'] = {
      ...{ host, port: Number(port), secure: false },
      auth: { user: 'ana', pass: 'secreta' },
      from: { name: '', address: 'pagos@recaudo.test' },
    };
    const letter = { subject: 'x', text: 'x', html: 'x', id: randomUUID(), recipient: 'tls@example.com' };
    const refusal = await new SmtpService({ smtp } as Settings).send({ ...letter, date: new Date() });
    expect([refusal?.reason, server.to('tls@example.com')]).toEqual(['no_tls', []]);
  });
});
