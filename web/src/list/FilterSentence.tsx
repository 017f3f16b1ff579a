import type { Currency } from '@recaudo/shared';
import { Box, Button, Chip, MenuItem } from '@mui/material';
import type { ReactNode } from 'react';
import { useSignedIn } from '../app/login-state.js';
import { ScopeMenu } from '../app/ScopeBar.js';
import { useReader } from '../fields/reader.js';
import type { ListView } from './list-view.js';
import { periodWords } from './period-words.js';

/** What every list may be asked by a word of its sentence. */
type Patch<Kind extends string> = Partial<Pick<ListView<never, Kind>, 'kind' | 'currency' | 'sort' | 'q'>>;

export interface SentenceProps<Kind extends string> {
  view: ListView<string, Kind>;
  change: (patch: Patch<Kind>) => void;
  kinds: readonly Kind[];
  kindWords: (kind: Kind | null) => string;
  /** "Payments of", "Transactions of". */
  opening: string;
  /** The list's own filters. */
  chips?: ReactNode;
  /** Null where the list shows everything. */
  onClear: (() => void) | null;
}

/** The sentence that says which rows are shown; its words are the filters. */
export function FilterSentence<Kind extends string>(props: SentenceProps<Kind>) {
  const { view, change, kinds, kindWords, opening, chips, onClear } = props;
  const { t, language } = useReader();
  const { sites } = useSignedIn();
  const site = sites.find((candidate) => candidate.code === view.site);
  const currencies = [...new Set(sites.map((candidate) => candidate.currency))] as Currency[];
  const period = periodWords(view, t, language);
  return (
    <SentenceLine airy={Boolean(chips)}>
      <span>
        {opening} <strong>{site?.name ?? t('sessions.every_site')}</strong>,{' '}
        <strong>{view.period === 'days' ? period : period.toLowerCase()}</strong>,
      </span>
      <Word
        name={t('sessions.kind_filter')}
        choices={[null, ...kinds]}
        chosen={view.kind}
        words={kindWords}
        onChoose={(kind) => change({ kind })}
      />
      <span>{t('sessions.sentence_in')}</span>
      <Word
        name={t('sessions.currency')}
        choices={[null, ...currencies]}
        chosen={view.currency}
        words={(currency) => currency ?? t('sessions.any_currency')}
        onChoose={(currency) => change({ currency })}
      />
      <Word
        name={t('sessions.sort')}
        choices={['newest', 'oldest'] as const}
        chosen={view.sort}
        words={(sort) => t(`sessions.sort_${sort}`)}
        onChoose={(sort) => change({ sort })}
      />
      {chips}
      {view.q ? (
        <Chip
          size="small"
          label={t('sessions.with_text', { q: view.q })}
          onDelete={() => change({ q: '' })}
        />
      ) : null}
      {onClear ? (
        <Button size="small" onClick={onClear}>
          {t('ra.navigation.clear_filters')}
        </Button>
      ) : null}
    </SentenceLine>
  );
}

/** `airy`: it may hold chips, which need air between their lines. */
export function SentenceLine({ airy = false, children }: { airy?: boolean; children: ReactNode }) {
  const { t } = useReader();
  return (
    <Box
      component="section"
      aria-label={t('sessions.filters')}
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'center',
        columnGap: '4px',
        rowGap: airy ? '2px' : undefined,
        minHeight: 34,
        color: 'text.secondary',
        mb: 0.5,
        '& strong': { color: 'text.primary', fontWeight: 600 },
      }}
    >
      {children}
    </Box>
  );
}

/** One word of the sentence, with what may stand in its place. */
export function Word<Choice extends string | null>(props: {
  name: string;
  choices: readonly Choice[];
  chosen: Choice;
  words: (choice: Choice) => string;
  onChoose: (choice: Choice) => void;
}) {
  const { name, choices, chosen, words, onChoose } = props;
  return (
    <ScopeMenu inline name={name} text={words(chosen)}>
      {(close) =>
        choices.map((choice) => (
          <MenuItem
            key={choice ?? ''}
            selected={chosen === choice}
            onClick={() => (close(), onChoose(choice))}
          >
            {words(choice)}
          </MenuItem>
        ))
      }
    </ScopeMenu>
  );
}
