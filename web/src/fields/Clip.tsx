import { Box } from '@mui/material';

/** One line, and an ellipsis where it ends too early. */
export const clipped = (width: number) =>
  ({
    display: 'block',
    maxWidth: width,
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
