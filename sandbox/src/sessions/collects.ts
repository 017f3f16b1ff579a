/** Charging a stored instrument without its owner (protocol 3.4), never twice within a day (8.7). */
import type { Vault } from '../network/vault.js';
import type { Moment } from '../platform/clock.js';
import type { Queryable } from '../platform/database.js';
import type { Site } from '../sites/sites.js';
import { invalidToken, readCollectRequest } from '../wire/collect-request.js';
import type { NewCollect } from '../wire/collect-request.js';
import type { Json } from '../wire/reading.js';
import { CallFailure } from '../wire/refusal.js';
import { meansOfToken, newAttempt } from './attempt.js';
import { addAttempt, advance, refuseCollect } from './session.states.js';
import { findCollects, insertSession, loadSession, lockKey } from './session.store.js';
import type { Session } from './session.store.js';
import type { SessionWork } from './session.work.js';
import { blocks, shieldedSince, shieldKey } from './shield.rules.js';
import { findLiveToken } from './token.store.js';

export class Collects {
  constructor(
    private readonly work: SessionWork,
    private readonly vault: Vault,
  ) {}

  /** Charges once; the same again answers as the site's switch says. Throws Refusal and CallFailure. */
  async collect(
    site: Site,
    body: Json,
    publicUrl: string,
    moment: Moment,
  ): Promise<{ http: 200 | 208; session: Session }> {
    const read = readCollectRequest(body, { ...site, now: moment.now }, publicUrl);
    return this.work.commit(async (client) => {
      // Two equal calls at once queue here: the second one finds what the first has written.
      await lockKey(client, shieldKey(site.site, read.reference, read.currency, read.amountMinor));
      const earlier = await findEarlier(client, site, read, moment.now);
      if (!earlier) return { http: 200, session: await this.charge(client, site, read, publicUrl, moment) };
      if (site.duplicateCollect === 'refused_400') {
        throw new CallFailure(400, 'request_not_valid', 'duplicate');
      }
      if (site.duplicateCollect === 'rejected') {
        const session = await open(client, site, read, publicUrl, moment);
        const refused = { ...session, ...refuseCollect(session, moment.now) };
        return { http: 200, session: await this.work.save(client, session, refused, site, moment) };
      }
      return { http: site.duplicateCollect === 'earlier_208' ? 208 : 200, session: earlier };
    });
  }

  private async charge(
    client: Queryable,
    site: Site,
    read: NewCollect,
    publicUrl: string,
    moment: Moment,
  ): Promise<Session> {
    const token = await findLiveToken(client, site.site, read.instrument);
    if (!token) throw invalidToken();
    const session = await open(client, site, read, publicUrl, moment);
    const postalCode = read.request.payer?.address?.postalCode as string | undefined;
    const means = meansOfToken(token, { ...read.instrument, postalCode }, this.vault);
    const attempt = await newAttempt(client, { session, site }, means, read.amountMinor, moment.now);
    const charged = { ...session, ...addAttempt(session, attempt) };
    return this.work.save(client, session, charged, site, moment);
  }
}

/** A session that nobody pays by hand. */
async function open(
  client: Queryable,
  site: Site,
  { kind, request, reference, currency, amountMinor, expiresAt }: NewCollect,
  publicUrl: string,
  moment: Moment,
): Promise<Session> {
  const { requestId } = await insertSession(client, {
    site: site.site,
    publicUrl,
    kind,
    origin: 'collect',
    locale: request.locale,
    reference,
    currency,
    amountMinor,
    request,
    payer: null,
    expiresAt,
    createdAt: moment.now,
    wakeAt: moment.due(expiresAt),
  });
  return (await loadSession(client, requestId, 'none')) as Session;
}

/** The newest equal collect of the last day that stands in the way, as it stands now. */
async function findEarlier(
  client: Queryable,
  site: Site,
  { reference, currency, amountMinor }: NewCollect,
  now: Date,
): Promise<Session | null> {
  const isRejectedBlocking = site.duplicateCollect === 'earlier_blocks_rejected';
  const since = shieldedSince(now);
  for (const requestId of await findCollects(client, site.site, reference, currency, amountMinor, since)) {
    const found = (await loadSession(client, requestId, 'none')) as Session;
    const session = { ...found, ...advance(found, now) };
    if (blocks(session.status, isRejectedBlocking)) return session;
  }
  return null;
}
