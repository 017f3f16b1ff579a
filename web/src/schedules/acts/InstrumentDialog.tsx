import type { InstrumentItem, ScheduleListItem } from '@recaudo/shared';
import { Alert, Link as MuiLink, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router-dom';
import { useData } from '../../app/use-data.js';
import { useReader } from '../../fields/reader.js';
import { MoneyDialogFrame } from '../../money/MoneyDialog.js';
import { instrumentPath } from '../../sessions/naming.js';
import { chargedMethod } from '../method-words.js';
import { ChoiceInput } from './ChoiceInput.js';
import { PreviewedDialog } from './PreviewedDialog.js';

interface Props {
  schedule: ScheduleListItem;
  onClose: () => void;
}

/** Another of the payer's own means of payment; the newest is chosen already. */
export function InstrumentDialog({ schedule, onClose }: Props) {
  const { t } = useReader();
  const data = useData();
  const { data: methods, error } = useQuery({
    queryKey: ['instruments', schedule.instrument.id, 'others'],
    queryFn: () => data.otherMethods(schedule.instrument.id),
  });
  if (!methods)
    return <MoneyDialogFrame title={t('schedules.act.instrument.title')} error={error} onClose={onClose} />;
  return <Chosen schedule={schedule} methods={methods} onClose={onClose} />;
}

function Chosen({ schedule, methods, onClose }: Props & { methods: InstrumentItem[] }) {
  const { t, day } = useReader();
  const w = (name: string) => t(`schedules.act.instrument.${name}`);
  const find = (id: string) => methods.find((method) => method.id === id);
  return (
    <PreviewedDialog<{ instrumentId: string; reason: string }>
      schedule={schedule}
      act="instrument"
      first={{ instrumentId: methods[0]?.id ?? '', reason: '' }}
      bodyOf={({ instrumentId, reason }) =>
        instrumentId ? { act: 'instrument', instrumentId, reason: reason.trim() || undefined } : null
      }
      label={({ instrumentId }) => {
        const method = find(instrumentId);
        return method
          ? t('schedules.act.instrument.label', { method: chargedMethod(method) })
          : w('label_bare');
      }}
      facts={[[w('now'), chargedMethod(schedule.instrument)]]}
      onClose={onClose}
    >
      {methods.length > 0 ? (
        <ChoiceInput
          source="instrumentId"
          label={w('choose')}
          choices={methods.map((method) => ({
            value: method.id,
            label: chargedMethod(method),
            help: method.validUntil ? `${t('blocks.valid_until')} ${day(method.validUntil)}` : undefined,
          }))}
        />
      ) : (
        <Alert severity="info">
          <Typography>{w('none')}</Typography>
          <MuiLink component={Link} to={instrumentPath(schedule.instrument.id)}>
            {w('see')}
          </MuiLink>
        </Alert>
      )}
    </PreviewedDialog>
  );
}
