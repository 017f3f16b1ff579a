import { Alert, Stack, Typography, useMediaQuery, type Theme } from '@mui/material';
import type { ReactNode } from 'react';
import { ColumnsButton } from 'react-admin';
import { useDocumentTitle } from '../app/PageStates.js';
import { useReader } from '../fields/reader.js';

interface Props {
  title: string;
  columnsKey: string;
  unknownSite: boolean;
  /** What stands before the choice of columns, and after it. */
  before?: ReactNode;
  actions: ReactNode;
  /** Kept while actions come and go; pixels. */
  minHeight?: number;
  /** The sentence that says which rows are shown. */
  children: ReactNode;
}

/** Title, what can be done, and which rows are shown. */
export function ListHeading({ title, columnsKey, unknownSite, before, actions, minHeight, children }: Props) {
  const { t } = useReader();
  useDocumentTitle(title);
  const narrow = useMediaQuery((theme: Theme) => theme.breakpoints.down('md'));
  return (
    <>
      <Stack direction="row" sx={{ alignItems: 'center', gap: 1, flexWrap: 'wrap', mb: 1, minHeight }}>
        <Typography variant="h1" sx={{ flex: 1 }}>
          {title}
        </Typography>
        {before}
        {narrow ? null : <ColumnsButton storeKey={columnsKey} />}
        {actions}
      </Stack>
      {unknownSite ? (
        <Alert severity="warning" sx={{ mb: 1 }}>
          {t('sessions.unknown_site')}
        </Alert>
      ) : null}
      {children}
    </>
  );
}
