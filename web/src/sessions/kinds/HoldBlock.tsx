import type { SessionView } from '@recaudo/shared';
import { Link as MuiLink, Typography } from '@mui/material';
import { Link } from 'react-router-dom';
import { Amount } from '../../fields/Amount.js';
import { Block } from '../../fields/Block.js';
import { FactList } from '../../fields/FactList.js';
import { Instant } from '../../fields/Instant.js';
import { useReader } from '../../fields/reader.js';
import { HoldStateChip } from '../../fields/StateChip.js';
import { holdPath } from '../naming.js';

type Hold = NonNullable<SessionView['hold']>;

const EXPLAINED: Record<Hold['state'], string> = {
  active: 'blocks.hold_explained',
  captured: 'blocks.hold_captured',
  released: 'blocks.hold_released',
  presumed_released: 'blocks.hold_over',
  unclear: 'blocks.hold_unclear',
};

/** Money that is held and not charged, until when, and the way to what can be done with it. */
export function HoldBlock({ hold }: { hold: Hold }) {
  const { t } = useReader();
  return (
    <Block title={t('blocks.hold')} aside={<HoldStateChip state={hold.state} />}>
      <FactList
        facts={[
          [
            t('blocks.hold_amount'),
            <Amount key="amount" minor={hold.amountMinor} currency={hold.currency} />,
          ],
          [t('blocks.hold_until'), <Instant key="until" value={hold.expiresAt} byClock />],
        ]}
      />
      <Typography variant="body2" sx={{ my: 1, color: 'text.secondary', maxWidth: 680 }}>
        {t(EXPLAINED[hold.state])}
      </Typography>
      <MuiLink component={Link} to={holdPath(hold.id)}>
        {t('blocks.hold_open')}
      </MuiLink>
    </Block>
  );
}
