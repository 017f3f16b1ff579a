import type { Meaning } from '@recaudo/shared';
import type { RaThemeOptions } from 'react-admin';

/** One meaning of colour: `text` is readable (4.5:1 or better) on `soft` and on the page itself. */
export interface MeaningColour {
  text: string;
  soft: string;
}

declare module '@mui/material/styles' {
  interface Palette {
    meaning: Record<Meaning, MeaningColour>;
  }
  interface PaletteOptions {
    meaning?: Record<Meaning, MeaningColour>;
  }
}

export const MONO = '"JetBrains Mono Variable", ui-monospace, "SFMono-Regular", Menlo, monospace';
const SANS = '"Inter Variable", Inter, system-ui, -apple-system, "Segoe UI", sans-serif';

export const light = {
  mode: 'light' as const,
  background: { default: '#f5f6f8', paper: '#ffffff' },
  text: { primary: '#15181c', secondary: '#565e6a', disabled: '#868e99' },
  divider: '#dfe3e8',
  primary: { main: '#0f5f73', dark: '#0b4a5a', light: '#e3f0f3', contrastText: '#ffffff' },
  secondary: { main: '#444b55', contrastText: '#ffffff' },
  success: { main: '#146c3a' },
  info: { main: '#1a56b0' },
  warning: { main: '#8a5300' },
  error: { main: '#b3261e' },
  action: { hover: 'rgba(15, 95, 115, 0.05)', selected: 'rgba(15, 95, 115, 0.10)' },
  meaning: {
    done: { text: '#146c3a', soft: '#e2f3e8' },
    waiting: { text: '#1a56b0', soft: '#e5eefc' },
    attention: { text: '#7d4b00', soft: '#fdeecb' },
    failed: { text: '#b3261e', soft: '#fce7e5' },
    unknown: { text: '#6236b0', soft: '#f1ebfb' },
  },
};

export const dark = {
  mode: 'dark' as const,
  background: { default: '#101316', paper: '#171b1f' },
  text: { primary: '#e7eaed', secondary: '#a5adb8', disabled: '#6d7682' },
  divider: '#2b3138',
  primary: { main: '#63c3d6', dark: '#8ad5e3', light: '#12333b', contrastText: '#06242b' },
  secondary: { main: '#b7bec8', contrastText: '#101316' },
  success: { main: '#7fd6a0' },
  info: { main: '#93bbff' },
  warning: { main: '#f2be5c' },
  error: { main: '#ff9c94' },
  action: { hover: 'rgba(99, 195, 214, 0.07)', selected: 'rgba(99, 195, 214, 0.14)' },
  meaning: {
    done: { text: '#7fd6a0', soft: '#14301f' },
    waiting: { text: '#93bbff', soft: '#172a49' },
    attention: { text: '#f2be5c', soft: '#3a2b0d' },
    failed: { text: '#ff9c94', soft: '#431d1b' },
    unknown: { text: '#c6abff', soft: '#2a2140' },
  },
};

function themeOf(palette: typeof light | typeof dark): RaThemeOptions {
  return {
    palette,
    shape: { borderRadius: 6 },
    spacing: 8,
    typography: {
      fontFamily: SANS,
      fontSize: 14,
      htmlFontSize: 16,
      h1: { fontSize: 22, fontWeight: 650, lineHeight: 1.3, letterSpacing: '-0.01em' },
      h2: { fontSize: 16, fontWeight: 600, lineHeight: 1.4 },
      h3: { fontSize: 13, fontWeight: 600, lineHeight: 1.4 },
      body1: { fontSize: 14, lineHeight: 1.5 },
      body2: { fontSize: 13, lineHeight: 1.5 },
      caption: { fontSize: 12, lineHeight: 1.4 },
      button: { textTransform: 'none', fontWeight: 550, fontSize: 14 },
      subtitle1: { fontSize: 14 },
      subtitle2: { fontSize: 13 },
      overline: { fontSize: 11, letterSpacing: '0.04em', lineHeight: 1.6, textTransform: 'none' },
    },
    components: {
      MuiCssBaseline: { styleOverrides: baseline(palette) },
      MuiButton: { defaultProps: { disableElevation: true }, styleOverrides: { root: { minHeight: 34 } } },
      MuiButtonBase: { defaultProps: { disableRipple: true } },
      MuiPaper: { styleOverrides: { root: { backgroundImage: 'none' } } },
      MuiTextField: { defaultProps: { size: 'small', variant: 'outlined' } },
      MuiFormControl: { defaultProps: { size: 'small', variant: 'outlined' } },
      MuiOutlinedInput: { styleOverrides: { root: { backgroundColor: palette.background.paper } } },
      // It says why the field is off, and must be legible.
      MuiFormHelperText: {
        styleOverrides: { root: { '&.Mui-disabled': { color: palette.text.secondary } } },
      },
      MuiTableCell: {
        styleOverrides: {
          root: { fontSize: 13, borderColor: palette.divider },
          head: { fontWeight: 600, color: palette.text.secondary, whiteSpace: 'nowrap', height: 36 },
          sizeSmall: { padding: '0 12px', height: 40 },
        },
      },
      // React-admin names the box of a row on its wrapper, where a name means nothing; the input needs it.
      MuiCheckbox: {
        defaultProps: {
          size: 'small',
          slotProps: {
            root: () => ({ 'aria-label': undefined }),
            input: (owner: object) => ({ 'aria-label': (owner as { 'aria-label'?: string })['aria-label'] }),
          },
        },
      },
      MuiTooltip: { defaultProps: { enterDelay: 300 }, styleOverrides: { tooltip: { fontSize: 12 } } },
      MuiTab: { styleOverrides: { root: { minHeight: 40, minWidth: 0, padding: '8px 12px', fontSize: 13 } } },
      MuiTabs: { styleOverrides: { root: { minHeight: 40 } } },
      MuiLink: { defaultProps: { underline: 'hover' } },
      // A telephone has no room to give away beside a form.
      MuiDialog: {
        styleOverrides: {
          paper: {
            '@media (max-width: 599.95px)': {
              ...{ margin: 12, width: 'calc(100% - 24px)', maxHeight: 'calc(100% - 24px)' },
            },
          },
        },
      },
      MuiDialogTitle: { styleOverrides: { root: { fontSize: 16, fontWeight: 600 } } },
      // The button ends where the fields above it end.
      MuiDialogActions: { styleOverrides: { root: { padding: '8px 24px 16px' } } },
      MuiMenuItem: { styleOverrides: { root: { fontSize: 14 } } },
      MuiAlert: { styleOverrides: alerts(palette) },
    },
  };
}

/** Messages carry the same five meanings as the chips. */
function alerts({ meaning }: typeof light | typeof dark) {
  const tinted = ({ text, soft }: MeaningColour) => ({
    color: text,
    backgroundColor: soft,
    '& .MuiAlert-icon': { color: text },
  });
  return {
    root: { fontSize: 14, alignItems: 'center' },
    standard: {
      variants: [
        { props: { severity: 'success' as const }, style: tinted(meaning.done) },
        { props: { severity: 'info' as const }, style: tinted(meaning.waiting) },
        { props: { severity: 'warning' as const }, style: tinted(meaning.attention) },
        { props: { severity: 'error' as const }, style: tinted(meaning.failed) },
      ],
    },
  };
}

function baseline(palette: typeof light | typeof dark): Record<string, object> {
  return {
    html: { colorScheme: palette.mode },
    // Figures of equal width everywhere, so that columns of money and times line up.
    body: { fontVariantNumeric: 'tabular-nums', fontFeatureSettings: '"cv05", "ss03"' },
    ...focusRing(palette.primary.main),
    '@media (prefers-reduced-motion: reduce)': {
      '*, *::before, *::after': { animationDuration: '0s !important', transitionDuration: '0s !important' },
    },
    '@media print': { 'nav, header': { display: 'none !important' } },
  };
}

/**
 * Where the keyboard is. Material's controls switch the browser's ring off, so ours insists; boxes of text draw
 * it as their own border, and ticks hide their input, so there the part around it shows the ring.
 */
function focusRing(colour: string): Record<string, object> {
  const ring = { outline: `2px solid ${colour} !important`, outlineOffset: '2px !important' };
  const inside = { outlineOffset: '-2px !important' };
  return {
    [`:focus-visible:not(main, .MuiInputBase-input, .MuiDialog-container, .MuiPopover-paper)`]: ring,
    '.MuiCheckbox-root:has(:focus-visible), .MuiSwitch-switchBase:has(:focus-visible)': {
      ...ring,
      ...inside,
    },
    // What lies at the edge of a box that cuts off would lose an outer ring.
    ':is([role^="menuitem"], [role="option"], [role="tab"], tr, td, nav a):focus-visible': inside,
  };
}

export const lightTheme = themeOf(light);
export const darkTheme = themeOf(dark);
