// Writes a .gz and a .br beside every file of a folder that is worth it: the server sends them as they are.
// Usage: node tools/precompress.mjs FOLDER
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const compressible = /\.(html|js|mjs|css|json|svg|webmanifest|txt|xml|map)$/;
const smallestBytes = 512; // below this the headers outweigh what is saved

function precompress(folder) {
  for (const name of readdirSync(folder, { recursive: true })) {
    const path = join(folder, name);
    if (!compressible.test(name) || !statSync(path).isFile()) continue;
    const bytes = readFileSync(path);
    if (bytes.length < smallestBytes) continue;
    writeIfSmaller(`${path}.gz`, bytes, gzipSync(bytes, { level: 9 }));
    writeIfSmaller(
      `${path}.br`,
      bytes,
      brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
    );
  }
}

function writeIfSmaller(path, original, compressed) {
  if (compressed.length < original.length) writeFileSync(path, compressed);
}

const folder = process.argv[2];
if (!folder) {
  console.error('usage: node tools/precompress.mjs FOLDER');
  process.exit(2);
}
precompress(folder);
