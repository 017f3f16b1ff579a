import { Box, List, ListItem, ListItemText } from '@mui/material';
import { useReader } from './reader.js';

/** What may not be done now, each with its reason (a message key), one click away. */
export function WhyNot({ refused }: { refused: { name: string; why: string | null }[] }) {
  const { t } = useReader();
  if (refused.length === 0) return null;
  return (
    <Box
      component="details"
      sx={{
        mt: 1,
        '& summary': { cursor: 'pointer', color: 'text.secondary', fontSize: 13, width: 'fit-content' },
      }}
    >
      <summary>{t('sessions.why_not')}</summary>
      <List dense disablePadding>
        {refused.map(({ name, why }) => (
          <ListItem key={name} disableGutters>
            <ListItemText
              primary={name}
              secondary={t(`why.${why}`, { _: t(`problems.title.${why}`, { _: t('why.unknown') }) })}
            />
          </ListItem>
        ))}
      </List>
    </Box>
  );
}
