import type { Outlook, Problem, ScheduleAct, ScheduleListItem } from '@recaudo/shared';
import { Paper, Skeleton, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useNotify } from 'react-admin';
import { useFormContext } from 'react-hook-form';
import { problemOf } from '../../app/api.js';
import { serverFieldErrors, type FieldErrors } from '../../app/form.js';
import { useData } from '../../app/use-data.js';
import { useReader } from '../../fields/reader.js';
import { MoneyDialog } from '../../money/MoneyDialog.js';
import { ProblemAlert } from '../../money/ProblemAlert.js';
import { ReasonInput } from '../../money/ReasonInput.js';
import { useDebounced } from '../../money/use-debounced.js';
import { payerName } from '../../sessions/naming.js';
import { chargedMethod } from '../method-words.js';
import { OutlookWords } from '../OutlookWords.js';

const STILL_MS = 250;
/** How many of the coming charges are named. */
const NAMED = 3;

interface Props<V extends { reason: string }> {
  schedule: ScheduleListItem;
  act: ScheduleAct['act'];
  first: V;
  /** Null while what is typed makes no act yet. */
  bodyOf: (values: V) => ScheduleAct | null;
  /** Also by what would follow, as far as that is known. */
  validate?: (values: V, outlook: Outlook | undefined) => FieldErrors;
  label: (values: V) => string;
  facts?: [name: string, value: ReactNode][];
  irrevocable?: (values: V) => string | undefined;
  danger?: boolean;
  onClose: () => void;
  children?: ReactNode | ((values: V, outlook: Outlook | undefined) => ReactNode);
}

/** An act on a schedule. What it will change is told before it can be confirmed, and again whenever it is changed. */
export function PreviewedDialog<V extends { reason: string }>(props: Props<V>) {
  const { schedule, act, first, bodyOf, label, irrevocable, onClose } = props;
  const { t } = useReader();
  const data = useData();
  const notify = useNotify();
  const [typed, setTyped] = useState(first);
  const now = JSON.stringify(effectOf(bodyOf(typed)));
  const settled = useDebounced(now, STILL_MS);
  const asked = JSON.parse(settled) as ScheduleAct | null;
  const done = useRef(false);
  const { data: outlook, error } = useQuery({
    queryKey: ['schedules', schedule.id, 'preview', settled],
    queryFn: () => data.previewScheduleAct(schedule.id, JSON.parse(settled) as ScheduleAct),
    // Once it is done, asking what it would do makes no sense any more.
    enabled: () => settled !== 'null' && !done.current,
    gcTime: 0,
  });
  /** The act that was sent and is too late, as the dialog says above its fields. */
  const [late, setLate] = useState<string | null>(null);
  const known = now === settled && outlook !== undefined && !error;
  const problem = error && problemOf(error);
  const wrong = problem ? ownErrors(problem, first) : {};
  const paused = act === 'pause' || (schedule.state === 'paused' && act !== 'resume' && act !== 'cancel');
  const send = async (values: V, key: string) => {
    const body = bodyOf(values);
    if (!body) return null;
    try {
      await data.actOnSchedule(schedule.id, body, key);
    } catch (failed) {
      if (problemOf(failed).code === 'schedule_state') setLate(settled);
      throw failed;
    }
    done.current = true;
    notify(`schedules.act.${act}.done`, { type: 'success' });
    onClose();
    return null;
  };
  return (
    <MoneyDialog<V>
      title={t(`schedules.act.${act}.title`)}
      explained={t(`schedules.act.${act}.explained`)}
      facts={[
        [t('schedules.plan'), schedule.plan],
        [t('acts.payer'), payerName(schedule)],
        ...(props.facts ?? [[t('schedules.method'), chargedMethod(schedule.instrument)]]),
      ]}
      irrevocable={irrevocable?.(typed)}
      first={first}
      validate={(values) => props.validate?.(values, known ? outlook : undefined) ?? {}}
      onValues={setTyped}
      label={label}
      acting={t(`schedules.act.${act}.acting`)}
      danger={props.danger}
      blocked={!known}
      send={send}
      onClose={onClose}
    >
      {typeof props.children === 'function'
        ? props.children(typed, known ? outlook : undefined)
        : props.children}
      {now === 'null' ? null : (
        <Paper
          variant="outlined"
          component="section"
          aria-label={t('schedules.outlook.title')}
          aria-busy={!known && !error}
          aria-live="polite"
          sx={{
            p: 1.5,
            display: 'grid',
            gridTemplateColumns: 'minmax(0, 1fr)',
            gap: 0.75,
            bgcolor: 'background.default',
          }}
        >
          <Typography variant="h3">{t('schedules.outlook.title')}</Typography>
          {problem ? (
            <NotForeseen
              problem={problem}
              wrong={wrong}
              said={problem.code === 'schedule_state' && late === settled}
            />
          ) : outlook ? (
            <OutlookWords
              outlook={outlook}
              shown={NAMED}
              paused={paused}
              cancelled={asked?.act === 'cancel' && asked.when === 'now'}
            />
          ) : (
            <Skeleton role="status" aria-label={t('schedules.outlook.looking')} height={56} />
          )}
        </Paper>
      )}
      <ReasonInput />
    </MoneyDialog>
  );
}

/** What is wrong with the dialog's own fields, by field. */
function ownErrors(problem: Problem, first: object): FieldErrors {
  return Object.fromEntries(
    Object.entries(serverFieldErrors(problem)).filter(([field]) => (field.split('.')[0] ?? '') in first),
  );
}

/** Why nobody can tell what would follow: at the fields where they are the reason; `said`: the dialog has said it already. */
function NotForeseen({ problem, wrong, said }: { problem: Problem; wrong: FieldErrors; said: boolean }) {
  const { t } = useReader();
  const { setError, clearErrors } = useFormContext();
  const marks = JSON.stringify(wrong);
  useEffect(() => {
    const errors = Object.entries(JSON.parse(marks) as FieldErrors);
    for (const [field, message] of errors) setError(field, { type: 'server', message });
    return () => clearErrors(errors.map(([field]) => field));
  }, [marks, setError, clearErrors]);
  if (said) return <Typography variant="body2">{t('schedules.outlook.not_so')}</Typography>;
  const whys = Object.values(wrong).map((message) => `${t(message)}.`);
  if (whys.length === 0) return <ProblemAlert problem={problem} />;
  return <Typography variant="body2">{[...whys, t('schedules.outlook.mend')].join(' ')}</Typography>;
}

/** Why somebody does it, and that they mean it, changes nothing about what will happen. */
function effectOf(act: ScheduleAct | null): unknown {
  return act && { ...act, reason: undefined, anotherPayer: undefined };
}
