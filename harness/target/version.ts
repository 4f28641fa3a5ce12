import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

let known: string | null = null;

/** The version of this package, read once from the nearest `package.json` above; the same from source and from `dist/`. */
export function version(): string {
  known ??= versionAbove(import.meta.dirname);
  return known;
}

/** How our traffic names itself; without the words that known targets route or skip authentication on. */
export function userAgent(): string {
  return `agent-event-harness/${version()}`;
}

function versionAbove(folder: string): string {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    if (typeof manifest === 'object' && manifest !== null && 'version' in manifest && 'name' in manifest)
      return String(manifest.version);
  } catch {
    // not here: one floor up
  }
  return dirname(folder) === folder ? '0.0.0' : versionAbove(dirname(folder));
}
