/** Packs what the server gives out, once, at the build: it sends the packed file to whoever takes it (RFC 9110, 12.5.3). */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const dist = fileURLToPath(new URL('../dist/', import.meta.url));
/** Below, a packet holds it either way. */
const LEAST = 1024;
const packable = /\.(html|js|mjs|css|json|svg|ttf|txt|wasm)$/;

let [plain, packed] = [0, 0];
for (const name of readdirSync(dist, { recursive: true })) {
  if (!packable.test(name)) continue;
  const bytes = readFileSync(dist + name);
  if (bytes.length < LEAST) continue;
  const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });
  writeFileSync(`${dist}${name}.br`, brotli);
  writeFileSync(`${dist}${name}.gz`, gzipSync(bytes, { level: 9 }));
  plain += bytes.length;
  packed += brotli.length;
}
console.log(`packed: ${Math.round(plain / 1000)} KB are ${Math.round(packed / 1000)} KB`);
