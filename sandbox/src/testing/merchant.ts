/** For tests: a merchant of the practice gateway, its payers, and the gateway's staff, each with their own few words. */
import { authOf, practiceSites, sendForm, sendJson } from './practice-gateway.js';
import type { JsonAnswer, PracticeGateway, PracticeSite } from './practice-gateway.js';

/** When everything begins; calls say how many seconds after it they come. */
export const T0 = '2026-03-02T10:15:31-05:00';

export const at = (seconds: number): Record<string, string> => ({
  'x-practice-clock': new Date(Date.parse(T0) + seconds * 1000).toISOString(),
});

export const ANA = {
  name: 'Ana',
  surname: 'Ruiz',
  email: 'ana@example.com',
  documentType: 'PPN',
  document: 'A123456',
};

export const CARD = { number: '4110760000000081', expiry: '12/30', cvv: '123' };

export interface Opened {
  requestId: number;
  processUrl: string;
}

export interface Line {
  internalReference: number;
  kind: string;
  parent: number | null;
  amountMinor: number;
}

export class Merchant {
  private constructor(
    readonly gateway: PracticeGateway,
    readonly site: PracticeSite,
  ) {}

  static async at(gateway: PracticeGateway, code: string): Promise<Merchant> {
    return new Merchant(gateway, (await practiceSites(gateway.url))[code] as PracticeSite);
  }

  call(path: string, body: object, seconds = 0): Promise<JsonAnswer> {
    const headers = at(seconds);
    const auth = authOf(this.site, headers['x-practice-clock']);
    return sendJson(`${this.gateway.url}/api/${path}`, { auth, ...body }, headers);
  }

  /** Opens a session; `payment` is merged into a payment of 100, unless `more` has another purpose. */
  async open(payment: object = {}, more: object = {}): Promise<Opened> {
    const answer = await this.call('session', {
      payment: { reference: 'ORD-1', amount: { currency: this.site.currency, total: 100 }, ...payment },
      payer: ANA,
      returnUrl: 'https://shop.example/back',
      ipAddress: '190.85.10.20',
      userAgent: 'Mozilla/5.0',
      ...more,
    });
    if (answer.http !== 200) throw new Error(`the session was refused: ${JSON.stringify(answer.body)}`);
    return answer.body as Opened;
  }

  pay(
    { processUrl }: Opened,
    form: Record<string, string> = {},
    seconds = 60,
  ): Promise<{ http: number; location: string | null; text: string }> {
    return sendForm(`${processUrl}/pay`, { ...CARD, ...form }, at(seconds));
  }

  /** Opens and pays at once; answers the session and its last attempt's number. */
  async paid(
    payment: object = {},
    more: object = {},
    form: Record<string, string> = {},
  ): Promise<Opened & { internalReference: number }> {
    const opened = await this.open(payment, more);
    await this.pay(opened, form);
    const body = (await this.query(opened)).body as { payment: { internalReference: number }[] | null };
    return { ...opened, internalReference: body.payment?.[0]?.internalReference ?? 0 };
  }

  query({ requestId }: { requestId: number }, seconds = 120): Promise<JsonAnswer> {
    return this.call(`session/${requestId}`, {}, seconds);
  }

  act(action: string, internalReference: number, total?: number, seconds = 200): Promise<JsonAnswer> {
    const amount = total === undefined ? {} : { amount: { currency: this.site.currency, total } };
    return this.call('transaction', { action, internalReference, ...amount }, seconds);
  }

  /** A stored card's token, by way of a session that stores it. */
  async token(number = CARD.number): Promise<string> {
    const opened = await this.open({}, { payment: undefined, subscription: { reference: 'SUB-1' } });
    await this.pay(opened, { number });
    const body = (await this.query(opened)).body as {
      subscription: { instrument: { keyword: string; value: string }[] };
    };
    return body.subscription.instrument.find(({ keyword }) => keyword === 'token')?.value ?? '';
  }

  collect(token: string, reference: string, more: object = {}, seconds = 300): Promise<JsonAnswer> {
    const payment = { reference, amount: { currency: this.site.currency, total: 100 } };
    return this.call('collect', { payer: ANA, payment, instrument: { token: { token } }, ...more }, seconds);
  }

  /** By the common clock, unless it is said when. */
  control(path: string, body?: object, method = 'POST', seconds?: number): Promise<JsonAnswer> {
    const headers = seconds === undefined ? {} : at(seconds);
    return sendJson(`${this.gateway.url}/control/${path}`, body, headers, method);
  }

  /** Turns switches of this site for the time of the work. */
  async under<T>(switches: Record<string, unknown>, work: () => Promise<T>): Promise<T> {
    const sites = (await this.control('sites', undefined, 'GET')).body as Record<string, unknown>[];
    const mine = sites.find(({ site }) => site === this.site.site) ?? {};
    await this.control(`sites/${this.site.site}`, switches, 'PATCH');
    try {
      return await work();
    } finally {
      const names = Object.keys(switches);
      await this.control(
        `sites/${this.site.site}`,
        Object.fromEntries(names.map((name) => [name, mine[name]])),
        'PATCH',
      );
    }
  }

  /** The book's lines about a session, oldest first. */
  async book({ requestId }: { requestId: number }): Promise<Line[]> {
    const { rows } = await this.gateway.db.query(
      `SELECT b.internal_reference AS "internalReference", b.kind, b.parent, b.amount_minor::float8 AS "amountMinor"
       FROM book b JOIN transactions t ON t.internal_reference = b.transaction
       WHERE t.request_id = $1 ORDER BY b.line`,
      [requestId],
    );
    return rows as Line[];
  }

  /** The book's lines as `kind amount`, which is what most tests are about. */
  async money(of: { requestId: number }): Promise<string[]> {
    return (await this.book(of)).map(({ kind, amountMinor }) => `${kind} ${amountMinor}`);
  }
}
