import type { Meaning, SessionView } from '@recaudo/shared';
import { Typography } from '@mui/material';
import { Amount } from '../../fields/Amount.js';
import { Block } from '../../fields/Block.js';
import { FactList } from '../../fields/FactList.js';
import { Instant } from '../../fields/Instant.js';
import { useReader } from '../../fields/reader.js';
import { MeaningChip } from '../../fields/StateChip.js';

type Hold = NonNullable<SessionView['hold']>;

const MEANING: Record<Hold['state'], Meaning> = { active: 'waiting', presumed_released: 'unknown' };

/** Money that is held and not charged, and until when. */
export function HoldBlock({ hold }: { hold: Hold }) {
  const { t } = useReader();
  return (
    <Block
      title={t('blocks.hold')}
      aside={<MeaningChip meaning={MEANING[hold.state]}>{t(`blocks.hold_state.${hold.state}`)}</MeaningChip>}
    >
      <FactList
        facts={[
          [
            t('blocks.hold_amount'),
            <Amount key="amount" minor={hold.amountMinor} currency={hold.currency} />,
          ],
          [t('blocks.hold_until'), <Instant key="until" value={hold.expiresAt} byClock />],
        ]}
      />
      <Typography variant="body2" sx={{ mt: 1, color: 'text.secondary', maxWidth: 680 }}>
        {t(hold.state === 'active' ? 'blocks.hold_explained' : 'blocks.hold_over')}
      </Typography>
    </Block>
  );
}
