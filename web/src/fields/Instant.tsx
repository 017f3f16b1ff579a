import { Tooltip } from '@mui/material';
import { useReader } from './reader.js';

interface Props {
  value: string | null;
  /** By the clock even when it is near: after "until" or "since", and beside a time left. */
  byClock?: boolean;
}

/** A time in the reader's zone; the zone is named on hover. */
export function Instant({ value, byClock = false }: Props) {
  const { instant, clock, instantFully } = useReader();
  if (value === null) return <>–</>;
  return (
    <Tooltip title={instantFully(value)}>
      <time dateTime={value} style={{ whiteSpace: 'nowrap' }}>
        {byClock ? clock(value) : instant(value)}
      </time>
    </Tooltip>
  );
}
