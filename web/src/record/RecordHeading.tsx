import type { SiteMode } from '@recaudo/shared';
import { Box, Link as MuiLink, Stack, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { useDocumentTitle } from '../app/PageStates.js';
import { useReader } from '../fields/reader.js';
import { MeaningChip } from '../fields/StateChip.js';
import { payerName } from '../sessions/naming.js';

interface Props {
  /** What the browser's tab says. */
  title: string;
  record: Parameters<typeof payerName>[0] & { mode: SiteMode };
  amount: ReactNode;
  /** Its state, and what else is to be known at once. */
  chips: ReactNode;
  /** Whose it is, quieter. */
  about: ReactNode;
  sentence: string;
  /** Where what belongs to it is. */
  links?: readonly { to: string; text: string }[];
}

/** First line: amount, state, payer. Second: what happened and what comes next, spoken when it changes. */
export function RecordHeading({ title, record, amount, chips, about, sentence, links }: Props) {
  const { t } = useReader();
  useDocumentTitle(title);
  return (
    <Box component="section" aria-label={t('sessions.summary')}>
      <Stack direction="row" sx={{ alignItems: 'center', gap: 1.5, flexWrap: 'wrap' }}>
        <Typography variant="h1" sx={{ fontSize: 26 }}>
          {amount}
        </Typography>
        {chips}
        {record.mode === 'live' ? null : (
          <MeaningChip meaning="attention">{t(`modes.${record.mode}`)}</MeaningChip>
        )}
        <Typography component="span" sx={{ fontSize: 16 }}>
          {payerName(record)}
        </Typography>
        {about}
      </Stack>
      <Typography role="status" aria-live="polite" sx={{ mt: 1, fontSize: 15, maxWidth: 820 }}>
        {sentence}
      </Typography>
      {links ? (
        <Stack direction="row" sx={{ gap: 2, mt: 0.5, flexWrap: 'wrap', fontSize: 13 }}>
          {links.map(({ to, text }) => (
            <MuiLink key={to} component={Link} to={to}>
              {text}
            </MuiLink>
          ))}
        </Stack>
      ) : null}
    </Box>
  );
}

/** Its description and its site on one line. */
export function About({ parts }: { parts: readonly (string | null | undefined)[] }) {
  return (
    <Typography component="span" noWrap sx={{ color: 'text.secondary', maxWidth: '100%' }}>
      {parts.filter(Boolean).join(' · ')}
    </Typography>
  );
}
