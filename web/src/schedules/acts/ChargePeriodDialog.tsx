import type { CollectResult, PeriodView } from '@recaudo/shared';
import { Box, Button } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useData } from '../../app/use-data.js';
import { useCopy } from '../../fields/Copyable.js';
import { useReader } from '../../fields/reader.js';
import { ChargeResult } from '../../money/ChargeResult.js';
import { ChargeWarnings } from '../../money/ChargeWarnings.js';
import { ActingDialog } from '../../money/MoneyDialog.js';
import { periodWhy } from '../period-words.js';
import { usePeriodFacts, type PeriodDialogProps } from './period-facts.js';

/** Charges a period now. Within the gateway's day of an earlier try it cannot, and says what can be done instead. */
export function ChargePeriodDialog(props: PeriodDialogProps) {
  const { t, amount } = useReader();
  const data = useData();
  const facts = usePeriodFacts(props);
  const { period } = props;
  const { id, siteId, amountMinor, currency } = period;
  const { data: preview, isPending } = useQuery({
    queryKey: ['periods', id, 'charge'],
    queryFn: () => data.previewPeriodCharge(id),
    gcTime: 0,
  });
  const c = (name: string) => t(`schedules.period_act.charge.${name}`);
  return (
    <ActingDialog<object, CollectResult>
      title={c('title')}
      explained={`${c('explained')} ${periodWhy(period, { t }) ?? ''}`}
      facts={[...facts, [t('schedules.method'), props.method]]}
      irrevocable={c('irrevocable')}
      first={{}}
      validate={() => ({})}
      label={() => t('schedules.period_act.charge.label', { amount: amount(amountMinor, currency) })}
      acting={c('acting')}
      blocked={isPending || Boolean(preview?.shield ?? preview?.why)}
      send={(_, key) => data.chargePeriod(id, key)}
      panel={(result) => (
        <ChargeResult result={result} hold={false} minor={amountMinor} currency={currency} />
      )}
      onClose={props.onClose}
    >
      {preview ? (
        <ChargeWarnings
          preview={{ ...preview, needsApproval: null }}
          siteId={siteId}
          advice={preview.shield ? <Advice period={period} until={preview.shield.until} /> : null}
        />
      ) : null}
    </ActingDialog>
  );
}

/** Its reference is its own for good, so another one is no way out. */
function Advice({ period: { payUrl, siteId }, until }: { period: PeriodView; until: string }) {
  const { t, siteClock } = useReader();
  const [copied, copy] = useCopy();
  const at = siteClock(until, siteId);
  if (payUrl === null) return <>{t('schedules.period_act.charge.shield_wait', { until: at })}</>;
  return (
    <>
      {t('schedules.period_act.charge.shield_advice', { until: at })}
      <Box sx={{ mt: 0.5 }}>
        <Button size="small" color="inherit" variant="outlined" onClick={() => copy(payUrl)}>
          {copied ? t('fields.copied') : t('schedules.period_action.copyLink')}
        </Button>
      </Box>
    </>
  );
}
