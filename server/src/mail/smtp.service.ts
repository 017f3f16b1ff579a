import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { createTransport, type Transporter } from 'nodemailer';
import { SETTINGS, type Settings, type SmtpSettings } from '../platform/config.js';
import { readRefusal, type Refusal, type SmtpError } from './mail.rules.js';
import type { Rendered } from './templates/layout.js';

/** A letter is handed over in that time, or it was not. Far below the lease of its row. */
const DEADLINE_MS = 30_000;
/** Letters per second and process: mail services put off whoever comes faster. House rule. */
const PER_SECOND = 10;

/** Hands letters to the mail server, each over a connection of its own. */
@Injectable()
export class SmtpService implements OnModuleDestroy {
  private readonly transport: Transporter | null;
  private readonly stopping = new AbortController();
  private nextAt = 0;

  constructor(@Inject(SETTINGS) private readonly settings: Settings) {
    this.transport = settings.smtp && transportOf(settings.smtp);
  }

  onModuleDestroy(): void {
    this.stopping.abort();
  }

  get isSet(): boolean {
    return this.transport !== null;
  }

  /**
   * Null: the mail server took it. `id` names the letter, sent once or twice: whoever receives it twice can tell by its
   * Message-ID. `date`: when it was written.
   */
  async send(letter: Rendered & { id: string; recipient: string; date: Date }): Promise<Refusal | null> {
    const { smtp } = this.settings;
    if (!smtp || !this.transport) throw new Error('no mail server is set');
    await this.turn();
    try {
      await this.transport.sendMail({
        from: smtp.from,
        to: { name: '', address: letter.recipient },
        subject: letter.subject,
        text: letter.text,
        html: letter.html,
        date: letter.date,
        messageId: `<${letter.id}@${smtp.from.address.split('@')[1]}>`,
        // Nobody's holiday answers to a machine (RFC 3834).
        headers: { 'Auto-Submitted': 'auto-generated' },
        disableFileAccess: true,
        disableUrlAccess: true,
        signal: AbortSignal.any([this.stopping.signal, AbortSignal.timeout(DEADLINE_MS)]),
      });
      return null;
    } catch (error) {
      return readRefusal(error as SmtpError);
    }
  }

  /** Waits until the next letter may go: turns are a tenth of a second apart. */
  private async turn(): Promise<void> {
    const now = performance.now();
    const at = Math.max(now, this.nextAt);
    this.nextAt = at + 1_000 / PER_SECOND;
    if (at > now) await new Promise((resolve) => setTimeout(resolve, at - now));
  }
}

function transportOf({ host, port, secure, auth }: SmtpSettings): Transporter {
  return createTransport({
    host,
    port,
    secure,
    ...(auth ? { auth, requireTLS: !secure } : {}),
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
    dnsTimeout: 5_000,
    maxResponseSize: 64_000,
  });
}
