/**
 * Draws the icons in public/ from the mark (packages/ui/src/mark.svg). Run it after changing the mark:
 *   CHROMIUM=/usr/bin/chromium node apps/site/tools/icons.mjs
 */
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { chromium } from 'playwright-core';

const markFile = new URL('../../../packages/ui/src/mark.svg', import.meta.url);
const target = new URL('../public/', import.meta.url);
const mark = await readFile(markFile, 'utf8');

/** A maskable icon fills its square, and keeps what matters in the middle 80 %. */
const maskable = mark
  .replace('rx="11"', '')
  .replace('viewBox="0 0 48 48"', 'viewBox="-6 -6 60 60"')
  .replace('<rect ', '<rect x="-6" y="-6" ')
  .replace('width="48" height="48"', 'width="60" height="60"');
/** iOS rounds the corners itself. */
const square = mark.replace('rx="11"', '');

const drawings = [
  ['icon-192.png', mark, 192],
  ['icon-512.png', mark, 512],
  ['icon-maskable-512.png', maskable, 512],
  ['apple-touch-icon.png', square, 180],
  ['favicon-32.png', mark, 32],
];

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
const page = await browser.newPage();
const images = new Map();
for (const [name, svg, pixels] of drawings) {
  await page.setViewportSize({ width: pixels, height: pixels });
  await page.setContent(`<style>body{margin:0}svg{display:block;width:${pixels}px;height:${pixels}px}</style>${svg}`);
  images.set(name, await page.screenshot({ omitBackground: true }));
}
await browser.close();

const favicon = images.get('favicon-32.png');
images.delete('favicon-32.png');
for (const [name, image] of images) await writeFile(new URL(name, target), image);
await writeFile(new URL('favicon.ico', target), icoOf(favicon, 32));
await copyFile(markFile, new URL('favicon.svg', target));

/** An ICO file with one image, kept as PNG. */
function icoOf(png, pixels) {
  const header = Buffer.alloc(22);
  header.writeUInt16LE(1, 2); // an icon
  header.writeUInt16LE(1, 4); // with one image
  header.writeUInt8(pixels, 6);
  header.writeUInt8(pixels, 7);
  header.writeUInt16LE(1, 10); // colour planes
  header.writeUInt16LE(32, 12); // bits per pixel
  header.writeUInt32LE(png.length, 14);
  header.writeUInt32LE(header.length, 18);
  return Buffer.concat([header, png]);
}
