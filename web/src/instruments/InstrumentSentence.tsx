import { EXPIRING_DAYS } from '@recaudo/shared';
import { Button, Chip } from '@mui/material';
import { useSignedIn } from '../app/login-state.js';
import { useReader } from '../fields/reader.js';
import { SentenceLine, Word } from '../list/FilterSentence.js';
import { ALL_INSTRUMENTS, BRANDS, isNarrowedInstruments, WITHIN } from './instrument-view.js';
import { useInstrumentView } from './use-instrument-view.js';

/** The sentence that says which means of payment are shown; its words are the filters. */
export function InstrumentSentence() {
  const { t } = useReader();
  const { view, change } = useInstrumentView();
  const { sites } = useSignedIn();
  const site = sites.find((candidate) => candidate.code === view.site);
  const withinWords = (days: number) => t('instruments.within', { smart_count: days });
  return (
    <SentenceLine airy>
      <span>
        {t('instruments.sentence_of')} <strong>{site?.name ?? t('sessions.every_site')}</strong>,
      </span>
      <Word
        name={t('instruments.brand_filter')}
        choices={[null, ...BRANDS.keys()]}
        chosen={view.brand}
        words={(brand) => (brand ? (BRANDS.get(brand) ?? brand) : t('instruments.any_brand'))}
        onChoose={(brand) => change({ brand })}
      />
      {view.state === 'expiring' ? (
        <>
          <Word
            name={t('instruments.within_filter')}
            choices={WITHIN.map(String)}
            chosen={String(view.within ?? EXPIRING_DAYS)}
            words={(days) => withinWords(Number(days))}
            onChoose={(days) => change({ within: WITHIN.find((known) => String(known) === days) ?? null })}
          />
          <span>{t('instruments.nearest_first')}</span>
        </>
      ) : view.state === 'expired' ? (
        <span>{t('instruments.latest_first')}</span>
      ) : (
        <Word
          name={t('sessions.sort')}
          choices={['newest', 'oldest'] as const}
          chosen={view.sort}
          words={(sort) => t(`sessions.sort_${sort}`)}
          onChoose={(sort) => change({ sort })}
        />
      )}
      {view.payer ? (
        <Chip size="small" label={t('instruments.one_payer')} onDelete={() => change({ payer: null })} />
      ) : null}
      {view.q ? (
        <Chip
          size="small"
          label={t('sessions.with_text', { q: view.q })}
          onDelete={() => change({ q: '' })}
        />
      ) : null}
      {isNarrowedInstruments(view) ? (
        <Button size="small" onClick={() => change(ALL_INSTRUMENTS)}>
          {t('ra.navigation.clear_filters')}
        </Button>
      ) : null}
    </SentenceLine>
  );
}
