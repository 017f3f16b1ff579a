import { INSTRUMENT_PILES, type InstrumentItem } from '@recaudo/shared';
import { Button } from '@mui/material';
import { useSignedIn } from '../app/login-state.js';
import { EmptyPanel, Gate } from '../app/PageStates.js';
import { instrumentWords } from '../fields/instrument-words.js';
import { useReader } from '../fields/reader.js';
import { ListFrame } from '../list/ListFrame.js';
import { ListHeading } from '../list/ListHeading.js';
import { RowCards } from '../list/RowCards.js';
import { StateTabs } from '../list/StateTabs.js';
import { instrumentPath, payerName } from '../sessions/naming.js';
import {
  ALL_INSTRUMENTS,
  isNarrowedInstruments,
  toInstrumentFilter,
  writeInstrumentUrl,
} from './instrument-view.js';
import { InstrumentChip } from './InstrumentChip.js';
import { InstrumentSentence } from './InstrumentSentence.js';
import { COLUMNS_KEY, documentWords, InstrumentTable } from './InstrumentTable.js';
import { useInstrumentView } from './use-instrument-view.js';

export default function InstrumentList() {
  return (
    <Gate permission="instruments:read">
      <Instruments />
    </Gate>
  );
}

function Instruments() {
  const { t } = useReader();
  const { view, change } = useInstrumentView();
  const { sites } = useSignedIn();
  const { filter, unknownSite } = toInstrumentFilter(view, sites);
  return (
    <ListFrame<InstrumentItem, typeof view>
      resource="instruments"
      filter={filter}
      view={view}
      write={writeInstrumentUrl}
      go={(cursor) => change({ cursor })}
      mark={({ id, state, replacedById }) => `${id}:${state}:${replacedById}`}
      sum={null}
      head={
        <>
          <ListHeading
            title={t('instruments.title')}
            columnsKey={COLUMNS_KEY}
            unknownSite={unknownSite}
            actions={null}
          >
            <InstrumentSentence />
          </ListHeading>
          <StateTabs
            resource="instruments"
            name={t('instruments.tabs')}
            filter={filter}
            states={INSTRUMENT_PILES}
            chosen={view.state}
            onChoose={(state) => change({ state, within: null })}
            words={(pile) => t(pile ? `instruments.pile.${pile}` : 'instruments.all')}
            count={(data, { expiringWithin: _, ...others }) => data.countInstruments(others)}
          />
        </>
      }
      table={<InstrumentTable empty={<NoInstruments />} />}
      cards={<Cards />}
    />
  );
}

function Cards() {
  const { t, day } = useReader();
  return (
    <RowCards<InstrumentItem>
      name={t('instruments.title')}
      path={instrumentPath}
      empty={<NoInstruments />}
      face={(row) => ({
        amount: instrumentWords(row, t),
        state: <InstrumentChip instrument={row} />,
        reference: row.payer.email ?? documentWords(row),
        at: row.validUntil ? day(row.validUntil) : t('instruments.no_last_day'),
        words: [payerName(row), row.issuer].filter(Boolean).join(' · '),
      })}
    />
  );
}

/** Nothing found is not the same as nothing there. */
function NoInstruments() {
  const { t } = useReader();
  const { view, change } = useInstrumentView();
  if (!isNarrowedInstruments({ ...view, state: null, site: null }))
    return <EmptyPanel>{t(`instruments.none.${view.state ?? 'all'}`)}</EmptyPanel>;
  return (
    <EmptyPanel
      action={
        <Button variant="outlined" onClick={() => change(ALL_INSTRUMENTS)}>
          {t('ra.navigation.clear_filters')}
        </Button>
      }
    >
      {t('instruments.none_found')}
    </EmptyPanel>
  );
}
