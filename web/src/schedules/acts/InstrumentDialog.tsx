import type { InstrumentItem, Outlook, ScheduleListItem } from '@recaudo/shared';
import { Alert, Link as MuiLink, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router-dom';
import { useData } from '../../app/use-data.js';
import { useReader } from '../../fields/reader.js';
import { CheckInput } from '../../money/CheckInput.js';
import { MoneyDialogFrame } from '../../money/MoneyDialog.js';
import { instrumentPath, payerName } from '../../sessions/naming.js';
import { chargedMethod } from '../method-words.js';
import { MethodPicker } from '../MethodPicker.js';
import { ChoiceInput } from './ChoiceInput.js';
import { PreviewedDialog } from './PreviewedDialog.js';

interface Props {
  schedule: ScheduleListItem;
  onClose: () => void;
}

/** In the place of an id: it is looked for among those of the whole site. */
const ANOTHERS = 'another';

interface Typed {
  /** One of the payer's own. */
  instrumentId: string;
  /** One that was looked for. */
  foundId: string;
  /** Of which ones it was said that another payer's is meant: a tick counts for the one that was looked at. */
  meant: Record<string, boolean>;
  reason: string;
}

const chosenOf = ({ instrumentId, foundId }: Typed): string =>
  instrumentId === ANOTHERS ? foundId : instrumentId;

/** Another means of payment: the payer's own come first, the newest is chosen already; somebody else's must be meant. */
export function InstrumentDialog({ schedule, onClose }: Props) {
  const { t } = useReader();
  const data = useData();
  const { siteId, payer, instrument } = schedule;
  const { data: methods, error } = useQuery({
    queryKey: ['instruments', 'of', payer.id],
    queryFn: () => (payer.id === null ? [] : data.methodsOf(siteId, payer.id)),
  });
  if (!methods)
    return <MoneyDialogFrame title={t('schedules.act.instrument.title')} error={error} onClose={onClose} />;
  const others = methods.filter(({ id }) => id !== instrument.id);
  return <Chosen schedule={schedule} methods={others} onClose={onClose} />;
}

function Chosen({ schedule, methods, onClose }: Props & { methods: InstrumentItem[] }) {
  const { t, day } = useReader();
  const w = (name: string) => t(`schedules.act.instrument.${name}`);
  return (
    <PreviewedDialog<Typed>
      schedule={schedule}
      act="instrument"
      first={{ instrumentId: methods[0]?.id ?? '', foundId: '', meant: {}, reason: '' }}
      bodyOf={(values) => {
        const instrumentId = chosenOf(values);
        const reason = values.reason.trim() || undefined;
        const meant = values.meant[instrumentId] ? { anotherPayer: true } : {};
        return instrumentId ? { act: 'instrument', instrumentId, ...meant, reason } : null;
      }}
      validate={(values, outlook) => {
        const id = chosenOf(values);
        const missing = outlook?.anotherPayer && !values.meant[id];
        return missing ? { [`meant.${id}`]: 'problems.field.another_payer' } : {};
      }}
      label={({ instrumentId }) => {
        const method = methods.find(({ id }) => id === instrumentId);
        return method
          ? t('schedules.act.instrument.label', { method: chargedMethod(method) })
          : w('label_bare');
      }}
      facts={[[w('now'), chargedMethod(schedule.instrument)]]}
      onClose={onClose}
    >
      {(values, outlook) => (
        <>
          {methods.length > 0 ? null : (
            <Alert severity="info">
              <Typography>{w('none')}</Typography>
              <MuiLink component={Link} to={instrumentPath(schedule.instrument.id)}>
                {w('see')}
              </MuiLink>
            </Alert>
          )}
          <ChoiceInput
            source="instrumentId"
            label={w('choose')}
            choices={[
              ...methods.map((method) => ({
                ...{ value: method.id, label: chargedMethod(method) },
                help: method.validUntil ? `${t('blocks.valid_until')} ${day(method.validUntil)}` : undefined,
              })),
              { value: ANOTHERS, label: w('another'), help: w('another_help') },
            ]}
          />
          {values.instrumentId === ANOTHERS ? (
            <MethodPicker source="foundId" siteId={schedule.siteId} />
          ) : null}
          <AnotherPayer schedule={schedule} outlook={outlook} chosen={chosenOf(values)} />
        </>
      )}
    </PreviewedDialog>
  );
}

/** Whose it is, and the tick without which nobody else's is charged. */
function AnotherPayer({
  schedule,
  outlook,
  chosen,
}: {
  schedule: ScheduleListItem;
  outlook: Outlook | undefined;
  chosen: string;
}) {
  const { t } = useReader();
  const owner = outlook?.anotherPayer;
  if (!owner) return null;
  const a = (name: string, values?: Record<string, unknown>) => t(`schedules.act.instrument.${name}`, values);
  const name = payerName({ payer: owner });
  const known = Object.values(owner).some((text) => text !== null);
  const document = [owner.documentType, owner.document].filter(Boolean).join(' ');
  return (
    <Alert severity="warning">
      {known
        ? a('anothers', { owner: [name, document].filter(Boolean).join(' · '), payer: payerName(schedule) })
        : a('nobodys')}
      <CheckInput
        key={chosen}
        source={`meant.${chosen}`}
        label={known ? a('meant', { owner: name }) : a('meant_nobodys')}
      />
    </Alert>
  );
}
