import { Box } from '@mui/material';

/** Of its width, what a column keeps on the narrowest desk. */
const LEAST = 0.68;

/** Its whole width from 1440 px on; below it gives way, so that the columns of a list stay in sight at 1280 px. */
const within = (width: number): string =>
  `clamp(${width * LEAST}px, calc(${width * LEAST}px + (100vw - 1280px) * ${(width * (1 - LEAST)) / 160}), ${width}px)`;

/** One line, and an ellipsis where it ends too early. */
export const clipped = (width: number) =>
  ({
    display: 'block',
    maxWidth: within(width),
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  }) as const;

/** One line of a 40 px row; what does not fit is in the title and on the page behind the row. */
export function Clip({ text, width }: { text: string; width: number }) {
  return (
    <Box component="span" title={text} sx={clipped(width)}>
      {text}
    </Box>
  );
}

/** The same of a means of payment: its brand gives way, the digits by which people know it never do. */
export function ClipMethod({ method, width }: { method: string; width: number }) {
  const digits = method.lastIndexOf(' ····');
  return (
    <Box component="span" title={method} sx={{ display: 'flex', maxWidth: within(width), whiteSpace: 'pre' }}>
      <Box component="span" sx={{ minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis' }}>
        {digits < 0 ? method : method.slice(0, digits)}
      </Box>
      {digits < 0 ? null : <span>{method.slice(digits)}</span>}
    </Box>
  );
}
