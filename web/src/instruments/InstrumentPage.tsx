import type { InstrumentDetail, InstrumentItem } from '@recaudo/shared';
import { Link as MuiLink, Stack, Typography } from '@mui/material';
import { useGetOne } from 'react-admin';
import { Link, useParams } from 'react-router-dom';
import { now } from '../app/clock.js';
import { useCan, useSignedIn } from '../app/login-state.js';
import { Gate } from '../app/PageStates.js';
import { Block } from '../fields/Block.js';
import { Copyable } from '../fields/Copyable.js';
import { FactList } from '../fields/FactList.js';
import { Instant } from '../fields/Instant.js';
import { instrumentWords } from '../fields/instrument-words.js';
import { useReader } from '../fields/reader.js';
import { Tag } from '../fields/StateChip.js';
import { About, RecordHeading } from '../record/RecordHeading.js';
import { RecordPage, Unread } from '../record/RecordPage.js';
import { instrumentPath, payerName, sessionPath } from '../sessions/naming.js';
import { Timeline } from '../sessions/Timeline.js';
import { ChargesBlock } from './ChargesBlock.js';
import { instrumentSentence } from './instrument-words.js';
import { ALL_INSTRUMENTS, writeInstrumentUrl } from './instrument-view.js';
import { InstrumentActions } from './InstrumentActions.js';
import { InstrumentChip } from './InstrumentChip.js';
import { documentWords } from './InstrumentTable.js';

const FOLLOW_MS = 3_000;
const REST_MS = 30_000;

export default function InstrumentPage() {
  return (
    <Gate permission="instruments:read">
      <Instrument />
    </Gate>
  );
}

function Instrument() {
  const { id = '' } = useParams();
  const seesPayments = useCan('sessions:read');
  const { data, error, refetch } = useGetOne<InstrumentDetail>(
    'instruments',
    { id },
    { refetchInterval: ({ state: { data: known } }) => (known?.state === 'revoking' ? FOLLOW_MS : REST_MS) },
  );
  if (!data) return <Unread error={error} refetch={refetch} />;
  return (
    <RecordPage
      head={
        <>
          <Heading instrument={data} />
          {/* Another one starts with no dialog open. */}
          <InstrumentActions key={data.id} instrument={data} />
        </>
      }
      history={<Timeline timeline={data.timeline} orderId={null} />}
    >
      {seesPayments ? <ChargesBlock instrumentId={data.id} /> : null}
      <Facts instrument={data} />
      <Others instrument={data} />
    </RecordPage>
  );
}

function Heading({ instrument }: { instrument: InstrumentDetail }) {
  const reader = useReader();
  const { t } = reader;
  const { sites } = useSignedIn();
  const seesPayments = useCan('sessions:read');
  const { sessionId, replacedById, replacesId } = instrument;
  const site = sites.find((candidate) => candidate.id === instrument.siteId);
  const words = instrumentWords(instrument, t);
  return (
    <RecordHeading
      title={words}
      record={instrument}
      amount={words}
      chips={
        <>
          <InstrumentChip instrument={instrument} />
          {replacedById ? <Tag>{t('instruments.replaced')}</Tag> : null}
        </>
      }
      about={<About parts={[site?.name]} />}
      sentence={instrumentSentence(instrument, { ...reader, now: now() })}
      links={[
        ...(replacedById ? [{ to: instrumentPath(replacedById), text: t('instruments.see_new') }] : []),
        ...(replacesId ? [{ to: instrumentPath(replacesId), text: t('instruments.see_old') }] : []),
        ...(sessionId && seesPayments
          ? [{ to: sessionPath(sessionId), text: t('instruments.see_session') }]
          : []),
      ]}
    />
  );
}

function Facts({ instrument }: { instrument: InstrumentDetail }) {
  const { t, day } = useReader();
  const { suspended, revoked, payer, validUntil } = instrument;
  const f = (name: string) => t(`sessions.fields.${name}`);
  return (
    <Block title={t('sessions.facts')}>
      <FactList
        facts={[
          [t('blocks.instrument_words'), instrumentWords(instrument, t)],
          [t('blocks.instrument_kind'), t(`blocks.instrument_type.${instrument.type}`)],
          [t('blocks.instrument_issuer'), instrument.issuer],
          [t('instruments.valid_until'), validUntil ? day(validUntil) : t('instruments.no_last_day')],
          [t('instruments.owner'), payerName(instrument)],
          [
            f('payerEmail'),
            payer.email ? <Copyable key="email" text={payer.email} name={f('payerEmail')} /> : null,
          ],
          [t('instruments.document'), documentWords(instrument)],
          [t('instruments.stored'), <Instant key="stored" value={instrument.createdAt} />],
          [t('instruments.resume.why'), suspended?.reason],
          [t('blocks.revoked_at'), revoked ? <Instant key="revoked" value={revoked.at} /> : null],
          [t('blocks.revoked_by'), revoked?.by],
          [t('acts.revoke.reason'), revoked?.reason],
          [f('id'), <Copyable key="id" text={instrument.id} name={f('id')} />],
        ]}
      />
      <Typography variant="body2" sx={{ mt: 1, color: 'text.secondary', maxWidth: 680 }}>
        {t('blocks.instrument_explained')}
      </Typography>
    </Block>
  );
}

/** Everything else that the same payer has stored, so that nobody charges or asks about the wrong one. */
function Others({ instrument: { others, payer } }: { instrument: InstrumentDetail }) {
  const { t } = useReader();
  return (
    <Block title={t('instruments.others')}>
      {others.length === 0 ? (
        <Typography sx={{ color: 'text.secondary' }}>{t('instruments.others_none')}</Typography>
      ) : (
        <Stack component="ul" sx={{ listStyle: 'none', m: 0, p: 0, gap: 1 }}>
          {others.map((other) => (
            <Other key={other.id} instrument={other} />
          ))}
        </Stack>
      )}
      {others.length > 0 && payer.id ? (
        <MuiLink
          component={Link}
          to={`/instruments${writeInstrumentUrl({ ...ALL_INSTRUMENTS, payer: payer.id })}`}
          sx={{ display: 'inline-block', mt: 1.5, fontSize: 13 }}
        >
          {t('instruments.others_all')}
        </MuiLink>
      ) : null}
    </Block>
  );
}

function Other({ instrument }: { instrument: InstrumentItem }) {
  const { t, day } = useReader();
  const { validUntil } = instrument;
  return (
    <Stack
      component="li"
      direction="row"
      sx={{ columnGap: 1.5, rowGap: 0.25, alignItems: 'center', flexWrap: 'wrap', fontSize: 13 }}
    >
      <InstrumentChip instrument={instrument} />
      <MuiLink component={Link} to={instrumentPath(instrument.id)}>
        {instrumentWords(instrument, t)}
      </MuiLink>
      <span>{validUntil ? `${t('instruments.valid_until')} ${day(validUntil)}` : null}</span>
    </Stack>
  );
}
