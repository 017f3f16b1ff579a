import type { CappedCount } from '@recaudo/shared';
import { Box, Tab, Tabs } from '@mui/material';
import { useWaiting } from '../app/use-data.js';
import { countText } from '../fields/Count.js';
import { useReader } from '../fields/reader.js';

export const ROOM_TABS = ['open', 'partial', 'confirm', 'resolved'] as const;
export type RoomTab = (typeof ROOM_TABS)[number];

/** Of what one tab shows together; unknown while either is. */
function sumOf(one: CappedCount | undefined, other: CappedCount | undefined): CappedCount | undefined {
  if (!one || !other) return undefined;
  return { count: one.count + other.count, capped: one.capped || other.capped };
}

/** The queues with how many stand in each. */
export function QueueTabs({ tab, onChange }: { tab: RoomTab; onChange: (tab: RoomTab) => void }) {
  const { t, language } = useReader();
  const waiting = useWaiting();
  const counts: Partial<Record<RoomTab, CappedCount>> = {
    open: waiting.reviews,
    partial: sumOf(waiting.remainder, waiting.partial),
    confirm: waiting.confirm,
  };
  return (
    <Tabs
      value={tab}
      onChange={(_, value: RoomTab) => onChange(value)}
      variant="scrollable"
      scrollButtons="auto"
      allowScrollButtonsMobile
      aria-label={t('rooms.reviews')}
      sx={{ borderBottom: 1, borderColor: 'divider', mb: 2 }}
    >
      {ROOM_TABS.map((name) => {
        const count = counts[name];
        return (
          <Tab
            key={name}
            value={name}
            label={
              <span>
                {t(`queues.tab.${name}`)}
                {count ? (
                  <Box component="span" sx={{ color: 'text.secondary', fontWeight: 450, ml: 0.75 }}>
                    {countText(count, language)}
                  </Box>
                ) : null}
              </span>
            }
          />
        );
      })}
    </Tabs>
  );
}
