#!/usr/bin/env node
/**
 * Starts the command line on the Node it is pinned to (the npm package `node`), from whatever Node runs this: 20 or later. Plain
 * JavaScript, since an older Node cannot read anything else here.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const NEEDED = 26;
const require = createRequire(import.meta.url);
/** @type {readonly string[]} eight megabytes of room for what is young, of which V8 would take up to 32 twice (docs/performance.md) */
const flags = require('./node-flags.json');
const main = fileURLToPath(new URL('./main.js', import.meta.url));

/** @returns {string | undefined} the pinned Node, this one if it is new enough, or none */
function findNode() {
  try {
    const folder = dirname(require.resolve('node/package.json'));
    const pinned = join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    if (existsSync(pinned)) return pinned;
  } catch {
    // Not installed beside us.
  }
  return Number.parseInt(process.versions.node, 10) >= NEEDED ? process.execPath : undefined;
}

const node = findNode();
if (node === undefined) {
  process.stderr.write(
    `demarche: this needs Node ${NEEDED}, which "npm ci" brings along (with its install scripts); run that first\n`,
  );
  process.exitCode = 1;
} else {
  const child = spawn(node, [...flags, main, ...process.argv.slice(2)], { stdio: 'inherit' });
  // Ctrl-C reaches the child by itself; this process waits for what it does about it.
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    process.stderr.write(`demarche: ${node} cannot be started: ${error.message}\n`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    if (signal === null) process.exitCode = code ?? 1;
    else {
      process.removeAllListeners(signal);
      process.kill(process.pid, signal);
    }
  });
}
