import { Tooltip } from '@mui/material';
import { useReader } from './reader.js';

/** A time in the reader's zone; the zone is named on hover. */
export function Instant({ value }: { value: string | null }) {
  const { instant, instantFully } = useReader();
  if (value === null) return <>–</>;
  return (
    <Tooltip title={instantFully(value)}>
      <time dateTime={value} style={{ whiteSpace: 'nowrap' }}>
        {instant(value)}
      </time>
    </Tooltip>
  );
}
