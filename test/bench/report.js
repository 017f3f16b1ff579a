// What was measured, as a table for the screen and as a page for readers.
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

const HEAD = ['figure', 'value', 'limit', 'used', 'measured beside it'];
const KINDS_OF_LIMIT = `The limit of a list is 1.5 times the same statements run raw, plus 5 ms; of a rate, a share of the bare
work, which the bench explains beside each figure; of a page put together of many statements, what a person would wait; of
memory, a tenth more than after the first quarter of the probes, garbage collected.`;

const cellsOf = ({ figure: { name, value, unit, limit, ratio }, baseline, exceeded }) => [
  name,
  `${value} ${unit}`,
  `${unit === 'per s' ? 'at least' : 'at most'} ${limit}`,
  `${ratio.toFixed(2)}${exceeded ? '  TOO MUCH' : ''}`,
  baseline ?? '',
];

export function tableOf(rows) {
  const all = [HEAD, ...rows.map(cellsOf)];
  const widths = HEAD.map((_, column) => Math.max(...all.map((row) => row[column].length)));
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] + 2))
        .join('')
        .trimEnd(),
    )
    .join('\n');
}

/** In the form that the format check wants. */
export async function writePage(path, rows) {
  const { format, resolveConfig } = await import('prettier');
  const all = [HEAD, ['---', '--:', '--:', '--:', '---'], ...rows.map(cellsOf)];
  const table = all.map((row) => `| ${row.join(' | ')} |`).join('\n');
  const title = `# Speed\n\n\`npm run bench\`, ${new Date().toISOString().slice(0, 10)}, ${availableParallelism()} processors.`;
  const page = `${title} This page is written by it.\n\n${table}\n\n${KINDS_OF_LIMIT}\n`;
  writeFileSync(path, await format(page, { ...(await resolveConfig(path)), filepath: path }));
}
