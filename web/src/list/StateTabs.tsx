import type { CappedCount } from '@recaudo/shared';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { RecaudoDataProvider } from '../app/data-provider.js';
import { useData } from '../app/use-data.js';
import { CountedTabs } from './CountedTabs.js';

interface Props<State extends string, Filter extends { state?: State | undefined }> {
  resource: string;
  name: string;
  filter: Filter;
  /** In which order people ask; the tab of all stands before them. */
  states: readonly State[];
  chosen: State | null;
  onChoose: (state: State | null) => void;
  words: (state: State | null) => string;
  count: (
    data: RecaudoDataProvider,
    filter: Filter,
  ) => Promise<{ all: CappedCount; byState: Record<State, CappedCount> }>;
}

/** A tab for all and one for each state. The counts come by their own request: the rows do not wait for them. */
export function StateTabs<State extends string, Filter extends { state?: State | undefined }>({
  resource,
  name,
  filter,
  states,
  chosen,
  onChoose,
  words,
  count,
}: Props<State, Filter>) {
  const data = useData();
  const others: Filter = { ...filter, state: undefined };
  const { data: counts } = useQuery({
    queryKey: [resource, 'counts', others],
    queryFn: () => count(data, others),
    placeholderData: keepPreviousData,
  });
  return (
    <CountedTabs<State | 'all'>
      name={name}
      chosen={chosen ?? 'all'}
      onChoose={(tab) => onChoose(tab === 'all' ? null : tab)}
      tabs={[
        { value: 'all', text: words(null), count: counts?.all },
        ...states.map((state) => ({ value: state, text: words(state), count: counts?.byState[state] })),
      ]}
    />
  );
}
