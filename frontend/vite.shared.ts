import type { UserConfig } from 'vite';

/**
 * What the pages' builds have in common. They share one output folder, so none of them empties it.
 * Lightning CSS lowers `light-dark()` and the like for browsers of the last three years.
 */
export const sharedConfig = {
  // Pages and their files name each other from where they are: all of it may be below a path.
  base: './',
  publicDir: 'public',
  build: {
    outDir: '../../dist',
    emptyOutDir: false,
    sourcemap: false,
    target: ['chrome109', 'firefox115', 'safari16'],
    cssMinify: 'lightningcss',
    reportCompressedSize: false,
  },
  css: {
    transformer: 'lightningcss',
    lightningcss: { targets: { chrome: 109 << 16, firefox: 115 << 16, safari: 16 << 16 } },
  },
} satisfies UserConfig;
