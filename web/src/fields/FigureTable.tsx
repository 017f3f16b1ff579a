import { Box, Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material';
import type { ReactNode } from 'react';

/** What a row is about stays in sight while its figures are pushed sideways. */
const TABLE = {
  '& td, & th': { height: 34, px: 1 },
  '& td:first-of-type, & th:first-of-type': { position: 'sticky', left: 0, bgcolor: 'background.paper' },
} as const;

export interface Column<Row> {
  head: string;
  cell: (row: Row) => ReactNode;
  /** Words stand left, figures right. */
  words?: boolean;
}

/** The table beneath a chart; where it is too wide it is pushed sideways, by keys too. */
export function FigureTable<Row>({
  name,
  columns,
  rows,
  rowKey,
}: {
  name: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
}) {
  return (
    <Box sx={{ overflowX: 'auto', mt: 1.5 }} tabIndex={0} role="group" aria-label={name}>
      <Table size="small" aria-label={name} sx={TABLE}>
        <TableHead>
          <TableRow>
            {columns.map(({ head, words }) => (
              <TableCell key={head} align={words ? 'left' : 'right'}>
                {head}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map((row) => (
            <TableRow key={rowKey(row)}>
              {columns.map(({ head, cell, words }) => (
                <TableCell key={head} align={words ? 'left' : 'right'}>
                  {cell(row)}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Box>
  );
}
