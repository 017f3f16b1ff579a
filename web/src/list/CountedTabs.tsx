import type { CappedCount } from '@recaudo/shared';
import { Tab, Tabs } from '@mui/material';
import { Count } from '../fields/Count.js';

interface Props<Name extends string> {
  name: string;
  chosen: Name;
  onChoose: (chosen: Name) => void;
  /** Without a count: not known yet, or nobody asks. */
  tabs: readonly { value: Name; text: string; count: CappedCount | undefined }[];
  /** How far what follows keeps away. */
  below?: number;
}

/** The piles of a list with how many lie in each. */
export function CountedTabs<Name extends string>({ name, chosen, onChoose, tabs, below }: Props<Name>) {
  return (
    <Tabs
      value={chosen}
      onChange={(_, value: Name) => onChoose(value)}
      variant="scrollable"
      scrollButtons="auto"
      aria-label={name}
      sx={{ borderBottom: 1, borderColor: 'divider', flexShrink: 0, mb: below }}
    >
      {tabs.map(({ value, text, count }) => (
        <Tab
          key={value}
          value={value}
          label={
            <span>
              {text} <Count value={count} />
            </span>
          }
        />
      ))}
    </Tabs>
  );
}
