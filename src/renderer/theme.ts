// Colours, type and defaults of the studio. Neutral surfaces, so that a photo is judged against gray; one accent.
// Contrast: text on every surface at least 4.5:1, controls at least 3:1, in both schemes.
import {
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  Menu,
  Modal,
  Notification,
  Popover,
  Select,
  Tooltip,
} from '@mantine/core';

/** The green of aged copper. Shade 7 carries white text at 6.3:1; shade 3 reads on graphite at 8:1. */
const verdigris: MantineColorsTuple = [
  '#e9f6f3',
  '#cfeae4',
  '#a4d8cd',
  '#74c3b4',
  '#4bac9c',
  '#2f9686',
  '#1f7f71',
  '#17695e',
  '#11544b',
  '#0b3f39',
];
const graphite: MantineColorsTuple = [
  '#e3e4e6',
  '#c2c4c8',
  '#a3a6ac',
  '#74777e',
  '#484b51',
  '#383b40',
  '#2a2c30',
  '#1c1d20',
  '#141517',
  '#0d0e0f',
];
const paper: MantineColorsTuple = [
  '#f7f7f8',
  '#f0f0f2',
  '#e6e6e9',
  '#d9dadd',
  '#c3c5c9',
  '#9b9da3',
  '#74777d',
  '#585b61',
  '#3b3d42',
  '#1d1e21',
];

const fontFamily =
  '-apple-system, BlinkMacSystemFont, "Segoe UI Variable Text", "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "WenQuanYi Micro Hei", sans-serif';

export const studioTheme = createTheme({
  colors: { verdigris, dark: graphite, gray: paper },
  primaryColor: 'verdigris',
  primaryShade: { light: 7, dark: 6 },
  fontFamily,
  headings: { fontFamily, fontWeight: '600' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Tooltip: Tooltip.extend({
      defaultProps: {
        openDelay: 400,
        withinPortal: true,
        events: { hover: true, focus: true, touch: false },
      },
    }),
    // The placeholder is a stop that is no menu item; without it the first item gets the focus.
    Menu: Menu.extend({ defaultProps: { withInitialFocusPlaceholder: false } }),
    Modal: Modal.extend({ defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.5 } } }),
    // Mantine's gray for the text under a title reaches only 4.49:1 on white.
    Notification: Notification.extend({ styles: { description: { color: 'var(--studio-ink-soft)' } } }),
    Popover: Popover.extend({ defaultProps: { shadow: 'md' } }),
    Select: Select.extend({
      defaultProps: { allowDeselect: false, checkIconPosition: 'right', comboboxProps: { shadow: 'md' } },
    }),
  },
});

/** Mantine's dimmed and error tones are too faint for AA on our surfaces. */
export const studioVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#ffffff',
    '--mantine-color-text': '#1d1e21',
    '--mantine-color-dimmed': '#585b61',
    '--mantine-color-error': '#b4232a',
    '--mantine-color-placeholder': '#686b71',
    '--mantine-color-anchor': '#11544b',
  },
  dark: {
    '--mantine-color-body': '#1f2023',
    '--mantine-color-text': '#e3e4e6',
    '--mantine-color-dimmed': '#a3a6ac',
    '--mantine-color-error': '#ff8f8f',
    '--mantine-color-placeholder': '#94979d',
    '--mantine-color-anchor': '#74c3b4',
  },
});
