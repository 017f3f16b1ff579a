import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { CreateSession, ReplaceInstrument, Replacement } from '@recaudo/shared';
import { DataSource } from 'typeorm';
import type { InstrumentRow } from '../instruments/instrument.entity.js';
import { InstrumentsService } from '../instruments/instruments.service.js';
import { MailRow } from '../mail/mail.entity.js';
import { MailService, type Mail } from '../mail/mail.service.js';
import { PayersService } from '../payers/payers.service.js';
import { Clock } from '../platform/clock.js';
import { one } from '../platform/database.js';
import { findKey } from '../platform/idempotency.js';
import { ProblemError } from '../platform/problem.js';
import { CreationService, type PayerDevice } from '../sessions/creation.service.js';
import { OpeningService } from '../sessions/opening.service.js';
import { OrderRow, SessionRow } from '../sessions/session.entity.js';
import { SitesService } from '../sites/sites.service.js';
import { maySee, type Principal } from '../staff/access.js';

/** A payer reads their mail once in a while. */
const LINK_DAYS = 7;
const DAY_MS = 86_400_000;

interface Asked {
  input: ReplaceInstrument;
  key: string;
  device: PayerDevice;
}

interface Opened {
  sessionId: string;
  /** By this very request, and not before. */
  fresh: boolean;
}

/** Asks the payer of a stored means of payment for another one, by a link and by mail. */
@Injectable()
export class ReplacementsService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly instruments: InstrumentsService,
    private readonly opening: OpeningService,
    private readonly creation: CreationService,
    private readonly payers: PayersService,
    private readonly sites: SitesService,
    private readonly mail: MailService,
    private readonly clock: Clock,
  ) {}

  /**
   * Opens a link at which the same payer stores another one; the old one can be charged until somebody ends it. While such
   * a link is live it is the answer to everybody who asks. Errors: not_found, instrument_replaced, those of opening a session.
   */
  async send(me: Principal, id: string, asked: Asked): Promise<Replacement> {
    const old = await this.instruments.find(id);
    if (!old || !maySee(me.scope, old.siteId)) throw new ProblemError('not_found');
    const request = { replaces: id, email: asked.input.email ?? null };
    const repeated = await findKey(this.database.manager, me.id, asked.key, request);
    if (old.replacedById !== null && repeated === null)
      throw new ProblemError('instrument_replaced', {
        subject: { type: 'instrument', id: old.replacedById },
      });
    const opened = await this.open(me, old, asked, request);
    return this.tell(me, old, opened, asked.input.email ?? null);
  }

  private async open(me: Principal, old: InstrumentRow, asked: Asked, request: object): Promise<Opened> {
    const payer = await this.payers.inputOf(old.payerId);
    const english = await this.speaksEnglish(old);
    const session: CreateSession = {
      siteId: old.siteId,
      reference: await this.reference(old.id),
      description: describe(old, english),
      subscription: true,
      ...(payer ? { payer } : {}),
      ...(english ? { locale: 'en_US' } : {}),
      expiresAt: new Date(this.clock.now().getTime() + LINK_DAYS * DAY_MS).toISOString(),
    };
    const replacing = { instrumentId: old.id, payerId: old.payerId, asked: request };
    try {
      const { id, repeated } = await this.opening.open(me, session, asked.key, asked.device, replacing);
      return { sessionId: id, fresh: !repeated };
    } catch (error) {
      const live = error instanceof ProblemError && error.code === 'session_live' && error.details.subject;
      if (live && live.type === 'session') return { sessionId: live.id, fresh: false };
      throw error;
    }
  }

  /**
   * Whoever asks for the same replacement names the same order, so that there is one live link at most. Once that order
   * has stored something (the same card again, say) the next one has a number of its own.
   */
  private async reference(instrumentId: string): Promise<string> {
    const row = await one<{ done: number }>(
      this.database.manager,
      `SELECT count(*)::int AS done FROM orders o WHERE o.replaces_instrument_id = $1
         AND EXISTS (SELECT FROM sessions s WHERE s.order_id = o.id AND s.state = 'approved')`,
      [instrumentId],
    );
    return `MP-${instrumentId.replaceAll('-', '').slice(-16)}-${(row?.done ?? 0) + 1}`;
  }

  /** As the payer was spoken to when the old one was stored. */
  private async speaksEnglish({ sessionId }: InstrumentRow): Promise<boolean> {
    if (sessionId === null) return false;
    const stored = await this.database.manager.findOneBy(SessionRow, { id: sessionId });
    return stored?.locale.startsWith('en') ?? false;
  }

  /** One letter per session and address: a second click sends none, and is no deed. */
  private async tell(
    me: Principal,
    old: InstrumentRow,
    { sessionId, fresh }: Opened,
    email: string | null,
  ): Promise<Replacement> {
    const payer = old.payerId === null ? null : await this.payers.find(old.payerId);
    const mailedTo = email ?? payer?.email ?? null;
    const { name: siteName } = await this.sites.get(old.siteId);
    return this.database.transaction(async (manager) => {
      await this.instruments.lock(manager, old.id);
      const session = await manager.findOneByOrFail(SessionRow, { id: sessionId });
      const order = await manager.findOneByOrFail(OrderRow, { id: session.orderId });
      const linkUrl = this.creation.linkUrl(order.id);
      const letter =
        mailedTo === null ? null : letterTo(mailedTo, old, { sessionId, order, siteName, linkUrl });
      if (letter ? !(await manager.existsBy(MailRow, { dedupe: letter.dedupe })) : fresh) {
        if (letter) await this.mail.queue(manager, letter);
        const data = { email: mailedTo, sessionId };
        await this.instruments.record(manager, me, old, 'instrument.replacement_asked', { data });
      }
      return { sessionId, linkUrl, expiresAt: order.linkExpiresAt.toISOString(), mailedTo };
    });
  }
}

function letterTo(
  recipient: string,
  { siteId, brand, brandName, lastFour, validUntil }: InstrumentRow,
  link: { sessionId: string; order: OrderRow; siteName: string; linkUrl: string },
): Mail {
  const { sessionId, order, siteName, linkUrl: url } = link;
  return {
    template: 'instrument_replacement',
    dedupe: `replacement:${sessionId}:${recipient}`,
    recipient,
    language: order.locale.startsWith('en') ? 'en' : 'es',
    siteId,
    orderId: order.id,
    data: { siteName, planName: null, lastFour, brandName: brandName ?? brand, validUntil, url },
  };
}

/** What the payer reads at the gateway. */
function describe({ brandName, brand, lastFour }: InstrumentRow, english: boolean): string {
  const name = [brandName ?? brand, lastFour && `•••• ${lastFour}`].filter(Boolean).join(' ');
  if (english) return name ? `New payment method in place of ${name}` : 'New payment method';
  return name ? `Medio de pago nuevo en lugar de ${name}` : 'Medio de pago nuevo';
}
