import type { MailDelivery, MailDetail } from '@recaudo/shared';
import { Alert, Box, Button, Link as MuiLink, Stack, Typography } from '@mui/material';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useGetOne, useNotify } from 'react-admin';
import { Link, useParams } from 'react-router-dom';
import { problemOf } from '../app/api.js';
import { useCan, useSignedIn } from '../app/login-state.js';
import { Gate, useDocumentTitle } from '../app/PageStates.js';
import { useData } from '../app/use-data.js';
import { Block } from '../fields/Block.js';
import { Copyable } from '../fields/Copyable.js';
import { FactList } from '../fields/FactList.js';
import { Instant } from '../fields/Instant.js';
import { useReader } from '../fields/reader.js';
import { MailStateChip } from '../fields/StateChip.js';
import { WhyNot } from '../fields/WhyNot.js';
import { RecordPage, Unread } from '../record/RecordPage.js';
import { DeliveryNotice } from './DeliveryNotice.js';
import { mailSentence } from './mail-sentence.js';
import { MailPreview } from './MailPreview.js';
import { useMailCounts } from './use-mail-counts.js';

const FOLLOW_MS = 3_000;
const REST_MS = 30_000;

export default function MailPage() {
  return (
    <Gate permission="mails:read">
      <Mail />
    </Gate>
  );
}

function Mail() {
  const { t } = useReader();
  const { id = '' } = useParams();
  const { data, error, refetch } = useGetOne<MailDetail>(
    'mails',
    { id },
    {
      refetchInterval: ({ state: { data: known } }) => (known?.state === 'queued' ? FOLLOW_MS : REST_MS),
    },
  );
  const delivery = useMailCounts({})?.delivery;
  if (!data) return <Unread error={error} refetch={refetch} />;
  return (
    <RecordPage
      head={
        <>
          <DeliveryNotice delivery={delivery} />
          <Heading mail={data} delivery={delivery} />
          <Acts mail={data} />
        </>
      }
      history={<Facts mail={data} />}
    >
      {data.html === null || data.text === null ? (
        <Alert severity="warning">{t('mails.no_words_explained')}</Alert>
      ) : (
        <MailPreview html={data.html} text={data.text} />
      )}
    </RecordPage>
  );
}

function Heading({ mail, delivery }: { mail: MailDetail; delivery: MailDelivery | undefined }) {
  const { t, clock } = useReader();
  const subject = mail.subject ?? t('mails.no_words');
  useDocumentTitle(subject);
  return (
    <Box component="section" aria-label={t('sessions.summary')}>
      <Stack direction="row" sx={{ alignItems: 'center', columnGap: 1.5, rowGap: 0.5, flexWrap: 'wrap' }}>
        <Typography variant="h1" sx={{ fontSize: 22 }}>
          {subject}
        </Typography>
        <MailStateChip state={mail.state} />
      </Stack>
      <Typography sx={{ mt: 0.5, overflowWrap: 'anywhere' }}>
        {t('mails.to', { recipient: mail.recipient })}
      </Typography>
      <Typography role="status" aria-live="polite" sx={{ mt: 1, fontSize: 15, maxWidth: 820 }}>
        {mailSentence(mail, delivery, { t, clock })}
      </Typography>
    </Box>
  );
}

/** To have it sent once more; where that may not be, why. */
function Acts({ mail }: { mail: MailDetail }) {
  const { t } = useReader();
  const data = useData();
  const client = useQueryClient();
  const notify = useNotify();
  const { mutate, isPending } = useMutation({
    mutationFn: () => data.sendMailAgain(mail.id),
    onSuccess: () => notify('mails.asked_again', { type: 'success' }),
    onError: (error) =>
      notify(`problems.title.${problemOf(error).code}`, {
        type: 'error',
        messageArgs: { _: t('problems.title.internal') },
      }),
    onSettled: () => client.invalidateQueries({ queryKey: ['mails'] }),
  });
  const refused = mail.availableActions.filter(({ allowed }) => !allowed);
  return (
    <Box component="section" aria-label={t('sessions.actions')} sx={{ mt: 2 }}>
      {refused.length === 0 ? (
        <Button variant="contained" disabled={isPending} onClick={() => mutate()}>
          {isPending ? t('mails.asking') : t('mails.action.again')}
        </Button>
      ) : null}
      <WhyNot refused={refused.map(({ action, why }) => ({ name: t(`mails.action.${action}`), why }))} />
    </Box>
  );
}

function Facts({ mail }: { mail: MailDetail }) {
  const { t } = useReader();
  const { sites } = useSignedIn();
  const seesPayments = useCan('sessions:read');
  const { reference } = mail;
  const order =
    reference && seesPayments ? (
      <MuiLink component={Link} to={`/sessions?q=${encodeURIComponent(reference)}`}>
        {reference}
      </MuiLink>
    ) : (
      reference
    );
  return (
    <Block title={t('sessions.facts')}>
      <FactList
        narrow
        facts={[
          [t('mails.fields.template'), t(`mails.template.${mail.template}`)],
          [t('mails.fields.language'), t(`mails.language.${mail.language}`)],
          [t('sessions.fields.site'), sites.find(({ id }) => id === mail.siteId)?.name ?? null],
          [t('sessions.fields.reference'), order],
          [t('mails.fields.written'), <Instant key="written" value={mail.createdAt} />],
          [t('mails.fields.sends'), mail.sends > 0 && mail.state !== 'shown' ? String(mail.sends) : null],
          [t('mails.fields.answer'), mail.answer],
          ['Id', <Copyable key="id" text={mail.id} name="id" />],
        ]}
      />
    </Block>
  );
}
