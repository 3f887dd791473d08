// Serves dist/ below a sub-path on a free port: what works here works on any static host.

import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const DIST = fileURLToPath(new URL('../../dist', import.meta.url));
const BELOW = '/some/where/';

const TYPES = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

/** Starts the server; `pages` are further documents by name, such as hosts that embed the page. */
export async function serveSite(pages = new Map()) {
  const server = createServer((request, response) => answer(request, response, pages));
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address();
  return {
    origin: `http://127.0.0.1:${port}`,
    /** The same server under another name: to a browser, somebody else's. */
    foreign: `http://localhost:${port}`,
    below: BELOW,
    pages,
    close: () => new Promise((resolve) => server.close(resolve).closeAllConnections()),
  };
}

async function answer(request, response, pages) {
  const { pathname } = new URL(request.url, 'http://site');
  if (pages.has(pathname)) {
    response.writeHead(200, { 'content-type': TYPES[extname(pathname)] ?? TYPES['.html'] }).end(pages.get(pathname));
    return;
  }
  const file = await find(pathname);
  if (!file) {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('no such file');
    return;
  }
  const type = TYPES[extname(file)] ?? 'application/octet-stream';
  response.writeHead(200, {
    'content-type': type,
    'cache-control': 'no-store',
    // A sandboxed frame has no origin; like most static hosts, let anyone read.
    'access-control-allow-origin': '*',
  });
  createReadStream(file).pipe(response);
}

async function find(pathname) {
  if (!pathname.startsWith(BELOW)) return null;
  const name = decodeURIComponent(pathname.slice(BELOW.length)).replace(/(^|\/)$/, '$1index.html');
  const file = normalize(join(DIST, name));
  if (!file.startsWith(DIST + sep)) return null;
  const found = await stat(file).catch(() => null);
  return found?.isFile() ? file : null;
}
