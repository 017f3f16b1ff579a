import { rolesWith, type Permission } from '@recaudo/shared';
import { Box, Button, Paper, Skeleton, Stack, Typography } from '@mui/material';
import { useEffect, type ReactNode } from 'react';
import { Copyable } from '../fields/Copyable.js';
import { useReader } from '../fields/reader.js';
import { problemOf } from './api.js';
import { useCan } from './login-state.js';
import { helpWords } from './problem-words.js';

/** The usual page: a title line, then what belongs to it. */
export function Page({
  title,
  actions,
  children,
  wide = false,
}: {
  title: string;
  actions?: ReactNode;
  children: ReactNode;
  wide?: boolean;
}) {
  useDocumentTitle(title);
  return (
    <Box
      sx={{
        px: { xs: 2, md: 3 },
        py: { xs: 2, md: 3 },
        maxWidth: wide ? 1400 : 1080,
        mx: wide ? undefined : 0,
      }}
    >
      <Stack
        direction="row"
        sx={{ alignItems: 'center', justifyContent: 'space-between', gap: 2, mb: 2, flexWrap: 'wrap' }}
      >
        <Typography variant="h1">{title}</Typography>
        {actions}
      </Stack>
      {children}
    </Box>
  );
}

/** What the browser's tab and its history say. */
export function useDocumentTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Recaudo`;
  }, [title]);
}

/** Grey bars in the place of what is coming: a title and a table. */
export function PageSkeleton({ rows = 8 }: { rows?: number }) {
  const { t } = useReader();
  return (
    <Box sx={{ px: { xs: 2, md: 3 }, py: 3 }} role="status" aria-label={t('ra.page.loading')}>
      <Skeleton width={220} height={34} sx={{ mb: 2 }} />
      <RowsSkeleton rows={rows} />
    </Box>
  );
}

export function RowsSkeleton({ rows = 8 }: { rows?: number }) {
  return (
    <Paper variant="outlined" aria-hidden>
      {Array.from({ length: rows }, (_, index) => (
        <Stack
          key={index}
          direction="row"
          sx={{
            gap: 3,
            px: 2,
            height: 40,
            alignItems: 'center',
            borderTop: index ? 1 : 0,
            borderColor: 'divider',
          }}
        >
          <Skeleton width="14%" />
          <Skeleton width="18%" />
          <Skeleton width="30%" />
          <Skeleton width="12%" sx={{ ml: 'auto' }} />
        </Stack>
      ))}
    </Paper>
  );
}

/** One line that teaches and one action. */
export function EmptyPanel({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <Stack sx={{ alignItems: 'center', gap: 2, py: 7, px: 2, textAlign: 'center', color: 'text.secondary' }}>
      <Typography sx={{ maxWidth: 460 }}>{children}</Typography>
      {action}
    </Stack>
  );
}

/** What failed, what was kept, what to do, and the request id to copy. */
export function ProblemPanel({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useReader();
  const problem = problemOf(error);
  return (
    <Paper
      variant="outlined"
      role="alert"
      sx={{ m: { xs: 2, md: 3 }, p: 3, maxWidth: 640, borderColor: 'error.main' }}
    >
      <Typography variant="h2" gutterBottom>
        {t(`problems.title.${problem.code}`, { _: t('problems.title.internal') })}
      </Typography>
      <Typography sx={{ mb: 2, color: 'text.secondary' }}>{helpWords(problem, t)}</Typography>
      <Stack direction="row" sx={{ gap: 2, alignItems: 'center', flexWrap: 'wrap' }}>
        {retry ? (
          <Button variant="outlined" onClick={retry}>
            {t('app.try_again')}
          </Button>
        ) : null}
        {problem.requestId ? (
          <Typography variant="body2" component="span" sx={{ color: 'text.secondary' }}>
            {t('problems.request_id')} <Copyable text={problem.requestId} name={t('problems.request_id')} />
          </Typography>
        ) : null}
      </Stack>
    </Paper>
  );
}

/** Shows its children to those who may; to others, which permission is missing and who has it. */
export function Gate({ permission, children }: { permission: Permission; children: ReactNode }) {
  const allowed = useCan(permission);
  return allowed ? children : <NoPermission permission={permission} />;
}

function NoPermission({ permission }: { permission: Permission }) {
  const { t } = useReader();
  const roles = rolesWith(permission).map((role) => t(`roles.${role}`));
  return (
    <Page title={t('problems.title.forbidden')}>
      <Paper variant="outlined" sx={{ p: 3, maxWidth: 640 }}>
        <Typography gutterBottom>
          {t('app.no_permission', { permission: t(`permissions.${permission.replace(':', '_')}`) })}
        </Typography>
        <Typography sx={{ color: 'text.secondary' }}>
          {t('app.who_has_it', { roles: roles.join(', ') })}
        </Typography>
      </Paper>
    </Page>
  );
}
