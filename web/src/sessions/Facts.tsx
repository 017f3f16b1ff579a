import type { SessionView } from '@recaudo/shared';
import { now } from '../app/clock.js';
import { useSignedIn } from '../app/login-state.js';
import { Copyable } from '../fields/Copyable.js';
import { FactList } from '../fields/FactList.js';
import { Instant } from '../fields/Instant.js';
import { useReader } from '../fields/reader.js';
import { Block } from '../fields/Block.js';
import { reasonWords } from './sentence.js';
import { payerName } from './naming.js';

export function Facts({ session }: { session: SessionView }) {
  const { t } = useReader();
  const { sites } = useSignedIn();
  const { payer } = session;
  const f = (name: string) => t(`sessions.fields.${name}`);
  const copyable = (text: string | null, name: string) =>
    text ? <Copyable text={text} name={f(name)} /> : null;
  const document = [payer.documentType, payer.document].filter(Boolean).join(' ');
  return (
    <Block title={t('sessions.facts')}>
      <FactList
        facts={[
          [f('kind'), t(`kinds.name.${session.kind}`)],
          [f('origin'), session.origin === 'gateway' ? t('blocks.elsewhere') : null],
          [f('reference'), copyable(session.reference, 'reference')],
          [f('payerName'), payerName(session)],
          [f('description'), session.description],
          [f('payerEmail'), copyable(payer.email, 'payerEmail')],
          [f('site'), sites.find((site) => site.id === session.siteId)?.name ?? null],
          [f('payerDocument'), copyable(document || null, 'payerDocument')],
          [f('createdAt'), <Instant key="at" value={session.createdAt} />],
          [f('mobile'), copyable(payer.mobile, 'mobile')],
          [f('expiresAt'), <Instant key="at" value={session.expiresAt} />],
          [f('gatewayNumber'), copyable(session.gatewayNumber, 'gatewayNumber')],
          [f('endedAt'), session.endedAt ? <Instant value={session.endedAt} /> : null],
          [f('reason'), session.reason ? <Reason code={session.reason} /> : null],
          [f('lastAskedAt'), session.lastAskedAt ? <Instant value={session.lastAskedAt} /> : null],
          [
            f('nextProbeAt'),
            session.nextProbeAt && Date.parse(session.nextProbeAt) > now() ? (
              <Instant value={session.nextProbeAt} />
            ) : null,
          ],
          [f('returnUrl'), session.returnUrl],
          [f('id'), copyable(session.id, 'id')],
        ]}
      />
    </Block>
  );
}

/** Plain words first; the gateway's own code in small print. */
export function Reason({ code }: { code: string | null }) {
  const { t } = useReader();
  if (!code) return <>–</>;
  return (
    <>
      {reasonWords(code, t)} <small>({code})</small>
    </>
  );
}
