import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** Mantine's ten shades around the colours of the tokens; shade 6 is the fill, in both schemes. */
const harbour: MantineColorsTuple = [
  '#e8f1fb',
  '#cfe1f6',
  '#9fc3ec',
  '#6ba3e1',
  '#3c83d4',
  '#1b6fcb',
  '#0b63c5',
  '#09529f',
  '#074382',
  '#053364',
];
const go: MantineColorsTuple = [
  '#e4f5ee',
  '#c7e9db',
  '#92d3b9',
  '#5bbc96',
  '#30a87a',
  '#0e8a5f',
  '#0b7a53',
  '#096443',
  '#075136',
  '#053d29',
];
const stop: MantineColorsTuple = [
  '#fdecea',
  '#f8d0cd',
  '#f0a39e',
  '#e7746d',
  '#dc4f47',
  '#d33f38',
  '#c8322b',
  '#a82720',
  '#8a1f19',
  '#6b1712',
];

export const theme = createTheme({
  primaryColor: 'harbour',
  primaryShade: 6,
  colors: { harbour, go, stop },
  fontFamily: 'var(--cd-font)',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  defaultRadius: 8,
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Alert: { vars: () => ({ root: { '--alert-bg': 'var(--cd-wait-soft)', '--alert-color': 'var(--cd-wait-text)' } }) },
    // A dialog's head is no banner of the page.
    Modal: { defaultProps: { centered: true, transitionProps: { duration: 0 }, attributes: { header: { role: 'presentation' } } } },
    Menu: { defaultProps: { transitionProps: { duration: 0 }, shadow: 'sm' } },
    Select: { defaultProps: { allowDeselect: false, checkIconPosition: 'right', comboboxProps: { transitionProps: { duration: 0 } } } },
  },
});
