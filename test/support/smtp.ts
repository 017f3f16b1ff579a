import { afterAll } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';

export interface ReceivedMail {
  from: string;
  to: string;
  /** Everything between DATA and the lone dot. */
  source: string;
}

/**
 * What the server does instead of taking a letter. A reply stands in for its usual one to RCPT or DATA; `hang` says
 * nothing more once it has the letter; `drop` hangs up then. Either way it has received it.
 */
export type Fault = { rcpt: string } | { data: string } | { after: 'hang' | 'drop' };

const open = new Set<MailServer>();
afterAll(() => Promise.all([...open].map((server) => server.close())));

/** A mail server of our own on a free port: greets, takes letters, and misbehaves as it is told. */
export class MailServer {
  readonly received: ReceivedMail[] = [];
  /** How often somebody began to hand over a letter. */
  asked = 0;
  private readonly sockets = new Set<Socket>();
  private readonly faults = new Map<string, Fault[]>();
  private readonly senderRefusals: string[] = [];

  private constructor(private readonly server: Server) {
    open.add(this);
    server.on('connection', (socket) => this.converse(socket));
  }

  static async start(): Promise<MailServer> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new MailServer(server);
  }

  get url(): string {
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('the mail server does not listen');
    return `smtp://127.0.0.1:${address.port}`;
  }

  /** Letters to that address, as they came. */
  to(recipient: string): ReceivedMail[] {
    return this.received.filter(({ to }) => to === recipient);
  }

  /** The next letters to that address meet these, one each. */
  misbehave(recipient: string, ...faults: Fault[]): void {
    this.faults.set(recipient, faults);
  }

  /** The next letter, whoever it is to, is answered so to its MAIL. */
  refuseSender(reply: string): void {
    this.senderRefusals.push(reply);
  }

  async close(): Promise<void> {
    open.delete(this);
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private converse(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    socket.on('error', () => undefined);
    let fault: Fault | null = null;
    let mail: ReceivedMail = { from: '', to: '', source: '' };
    let inData = false;
    let unread = '';
    const say = (line: string) => void socket.write(`${line}\r\n`);
    const take = (line: string) => {
      const verb = line.slice(0, 4).toUpperCase();
      const address = /<([^>]*)>/.exec(line)?.[1] ?? '';
      if (verb === 'EHLO') return say('250 mail.test');
      if (verb === 'MAIL') {
        this.asked += 1;
        mail = { from: address, to: '', source: '' };
        return say(this.senderRefusals.shift() ?? '250 ok');
      }
      if (verb === 'RCPT') {
        mail.to = address;
        fault = this.faults.get(address)?.shift() ?? null;
        return say(fault && 'rcpt' in fault ? fault.rcpt : '250 ok');
      }
      if (verb === 'DATA') {
        inData = true;
        return say('354 go on');
      }
      if (verb !== 'QUIT') return say(verb === 'RSET' ? '250 ok' : '502 not known here');
      say('221 bye');
      socket.end();
    };
    const finish = () => {
      if (fault && 'data' in fault) return say(fault.data);
      this.received.push(mail);
      if (!fault || !('after' in fault)) return say('250 taken');
      if (fault.after === 'drop') socket.destroy();
    };
    say('220 mail.test');
    socket.on('data', (chunk: Buffer) => {
      unread += chunk.toString('utf8');
      for (let end = unread.indexOf('\r\n'); end >= 0; end = unread.indexOf('\r\n')) {
        const line = unread.slice(0, end);
        unread = unread.slice(end + 2);
        if (!inData) take(line);
        else if (line !== '.') mail.source += `${line}\n`;
        else {
          inData = false;
          finish();
        }
      }
    });
  }
}

/** The value of a header of a received letter, unfolded; '' without one. */
export function header({ source }: ReceivedMail, name: string): string {
  const head = (source.split('\n\n')[0] ?? '').replace(/\n[ \t]+/g, ' ');
  const line = head.split('\n').find((each) => each.toLowerCase().startsWith(`${name.toLowerCase()}:`));
  return line?.slice(name.length + 1).trim() ?? '';
}
