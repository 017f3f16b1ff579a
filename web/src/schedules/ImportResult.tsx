import { IMPORT_COLUMNS, REQUIRED_IMPORT_COLUMNS, type ImportResult, type Language } from '@recaudo/shared';
import { Alert, AlertTitle, Box, Button, Stack, Typography } from '@mui/material';
import { MONO } from '../app/theme.js';
import { Amount } from '../fields/Amount.js';
import { Block } from '../fields/Block.js';
import { FactList } from '../fields/FactList.js';
import { FigureTable } from '../fields/FigureTable.js';
import { REGION } from '../fields/instant.js';
import { useReader, type Translate } from '../fields/reader.js';

/** What is wrong, by line and column of the file. */
export function ImportErrors({ result: { errors, errorCount } }: { result: ImportResult }) {
  const { t, language } = useReader();
  const i = (word: string, values?: Record<string, unknown>) => t(`schedules.import.${word}`, values);
  return (
    <Block title={i('errors')}>
      <Alert severity="error">
        <AlertTitle>{i('wrong', { smart_count: errorCount })}</AlertTitle>
        {i('wrong_help')} {errorCount > errors.length ? i('wrong_first', { count: errors.length }) : ''}
      </Alert>
      <FigureTable
        name={i('errors')}
        rows={errors.map((error, index) => ({ ...error, index }))}
        rowKey={({ index }) => String(index)}
        columns={[
          { head: i('line'), words: true, cell: ({ line }) => line },
          { head: i('column'), words: true, cell: ({ field }) => <Column name={field} /> },
          {
            head: i('why'),
            words: true,
            cell: (error) => faultWords(error, { t, language }),
          },
        ]}
      />
    </Block>
  );
}

/** Said of any field; what the column is for says what it should be. */
const PLAIN = ['invalid_format', 'invalid_value', 'invalid_type', 'too_small', 'too_big', 'required'];

function faultWords(
  { field, why, limit }: ImportResult['errors'][number],
  { t, language }: { t: Translate; language: Language },
): string {
  const most = limit?.toLocaleString(REGION[language]);
  const words = t(`problems.field.${why}`, { limit: most, _: t('problems.field.invalid') });
  const columns: readonly string[] = IMPORT_COLUMNS;
  if (!PLAIN.includes(why) || !columns.includes(field)) return words;
  return `${words} · ${t(`schedules.import.of.${field}`)}`;
}

/** Columns keep the names that they have in the file. */
function Column({ name }: { name: string }) {
  const { t } = useReader();
  if (name === 'file' || name === 'row') return <>{t(`schedules.import.whole_${name}`)}</>;
  return <span style={{ fontFamily: MONO }}>{name}</span>;
}

/** What would be made, and the one button that makes it. */
export function ImportReady({
  result: { rows, first },
  siteName,
  busy,
  onMake,
}: {
  result: ImportResult;
  siteName: string;
  busy: boolean;
  onMake: () => void;
}) {
  const { t, day } = useReader();
  const i = (word: string, values?: Record<string, unknown>) => t(`schedules.import.${word}`, values);
  return (
    <Block title={i('ready', { smart_count: rows })}>
      <Stack sx={{ gap: 2 }}>
        <FactList
          facts={[
            [i('where'), siteName],
            [
              i('first_sum'),
              first ? <Amount key="sum" minor={first.amountMinor} currency={first.currency} /> : null,
            ],
            [
              i('first_days'),
              first
                ? first.from === first.to
                  ? i('first_day', { day: day(first.from) })
                  : i('first_between', { from: day(first.from), to: day(first.to) })
                : null,
            ],
          ]}
        />
        <Box>
          <Button variant="contained" onClick={onMake} disabled={busy}>
            {busy ? i('making') : i('make', { smart_count: rows })}
          </Button>
        </Box>
      </Stack>
    </Block>
  );
}

/** What each column of the file is for. */
export function ImportColumns() {
  const { t } = useReader();
  const needed: readonly string[] = REQUIRED_IMPORT_COLUMNS;
  return (
    <Box component="details">
      <Box component="summary" sx={{ cursor: 'pointer', fontWeight: 600, py: 0.5, width: 'fit-content' }}>
        {t('schedules.import.columns')}
      </Box>
      <Box component="dl" sx={{ m: 0, mt: 1, display: 'grid', gap: 0.75, fontSize: 13, '& dd': { m: 0 } }}>
        {IMPORT_COLUMNS.map((name) => (
          <Box
            key={name}
            sx={{ display: 'grid', columnGap: 2, gridTemplateColumns: { xs: '1fr', sm: '210px 1fr' } }}
          >
            <dt>
              <span style={{ fontFamily: MONO }}>{name}</span>
              {needed.includes(name) ? (
                <Typography component="span" variant="body2" sx={{ color: 'text.secondary' }}>
                  {' · '}
                  {t('schedules.import.needed')}
                </Typography>
              ) : null}
            </dt>
            <dd>{t(`schedules.import.of.${name}`)}</dd>
          </Box>
        ))}
      </Box>
    </Box>
  );
}
