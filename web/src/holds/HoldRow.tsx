import type { PreauthorizationView } from '@recaudo/shared';
import { Box, Button, Checkbox, Link as MuiLink, Paper, Stack, Typography } from '@mui/material';
import { Link } from 'react-router-dom';
import { useSignedIn } from '../app/login-state.js';
import { MONO } from '../app/theme.js';
import { Instant } from '../fields/Instant.js';
import { useReader } from '../fields/reader.js';
import { HoldStateChip } from '../fields/StateChip.js';
import { TimeLeft } from '../fields/TimeLeft.js';
import type { HoldAct } from '../money/HoldDialog.js';
import { methodWords } from '../money/typed-money.js';
import { holdPath, payerName } from '../sessions/naming.js';
import { HeldAmount } from './HeldAmount.js';

interface Props {
  hold: PreauthorizationView;
  active?: boolean;
  /** Null: it cannot be chosen. */
  chosen?: boolean | null;
  onToggle?: () => void;
  onAct: (act: HoldAct) => void;
}

/** One hold: how long it still lasts, how much it is, whose, and what can be done about it right here. */
export function HoldRow({ hold, active = false, chosen = null, onToggle, onAct }: Props) {
  const { t } = useReader();
  const { sites } = useSignedIn();
  const site = sites.find((candidate) => candidate.id === hold.siteId);
  return (
    <Paper
      component="li"
      variant="outlined"
      aria-label={`${hold.reference} ${payerName(hold)}`}
      sx={{
        p: 1.5,
        display: 'grid',
        columnGap: 2,
        rowGap: 1,
        alignItems: 'center',
        gridTemplateColumns: {
          xs: 'minmax(0, 1fr)',
          sm: 'minmax(0, 1fr) minmax(0, 1fr)',
          lg: '190px 190px minmax(0, 1fr) auto',
        },
        ...(active && { bgcolor: 'action.selected', boxShadow: 'inset 3px 0 0 currentColor' }),
      }}
    >
      <Stack direction="row" sx={{ alignItems: 'center', gap: 0.5 }}>
        {chosen === null ? null : (
          <Checkbox
            checked={chosen}
            onChange={onToggle}
            sx={{ ml: -1 }}
            slotProps={{ input: { 'aria-label': t('holds.select', { reference: hold.reference }) } }}
          />
        )}
        <Box>
          {hold.state === 'active' ? (
            <TimeLeft until={hold.expiresAt} />
          ) : (
            <HoldStateChip state={hold.state} />
          )}
          <Typography variant="body2" sx={{ color: 'text.secondary', mt: 0.25 }}>
            {t('holds.until')} <Instant value={hold.expiresAt} byClock />
          </Typography>
        </Box>
      </Stack>
      <Typography sx={{ fontWeight: 650, fontSize: 15 }}>
        <HeldAmount hold={hold} />
      </Typography>
      <Box sx={{ minWidth: 0 }}>
        <MuiLink component={Link} to={holdPath(hold.id)} sx={{ fontFamily: MONO, fontSize: 13 }}>
          {hold.reference}
        </MuiLink>
        <Typography variant="body2" noWrap sx={{ color: 'text.secondary' }}>
          {payerName(hold)} · {methodWords(hold)} · {site?.name}
        </Typography>
        {hold.live ? (
          <Typography variant="body2" sx={{ color: 'text.secondary' }}>
            {t('holds.live', { what: t(`transactions.kind.${hold.live.kind}`).toLowerCase() })}
          </Typography>
        ) : null}
      </Box>
      <HoldButtons hold={hold} onAct={onAct} />
    </Paper>
  );
}

/** The likeliest first; what may not be done now is told on the hold's page. */
function HoldButtons({ hold, onAct }: Pick<Props, 'hold' | 'onAct'>) {
  const { t } = useReader();
  const allowed = hold.availableActions.filter((offered) => offered.allowed);
  if (allowed.length === 0) return <span />;
  return (
    <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap', justifyContent: { lg: 'flex-end' } }}>
      {allowed.map(({ action }) => (
        <Button
          key={action}
          size="small"
          variant={action === 'checkout' ? 'outlined' : 'text'}
          color={action === 'release' ? 'error' : 'primary'}
          aria-haspopup="dialog"
          aria-label={`${t(`holds.action.${action}`)}: ${hold.reference}`}
          onClick={() => onAct(action)}
        >
          {t(`holds.action.${action}`)}
        </Button>
      ))}
    </Stack>
  );
}
