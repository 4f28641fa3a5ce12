import type { IncomingMessage } from 'node:http';
import type { Clock } from '../kernel/clock.ts';

/** Enough to recognise who answered; a refusal's body may be endless. */
const BODY_BYTES = 4096;
/** The status is known already: a body that drips is not worth more. */
const BODY_TIMEOUT_MS = 1000;

/** At most the first 4 kB of a body, or what of it came within a second; never throws, and destroys the response. */
export function bodyHead(response: IncomingMessage, clock: Clock, signal: AbortSignal): Promise<string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    let over = false;
    const finish = (): void => {
      if (over) return;
      over = true;
      cancel();
      signal.removeEventListener('abort', finish);
      response.destroy();
      resolve(Buffer.concat(chunks).subarray(0, BODY_BYTES).toString('utf8'));
    };
    const cancel = clock.after(BODY_TIMEOUT_MS, finish);
    signal.addEventListener('abort', finish, { once: true });
    response.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes >= BODY_BYTES) finish();
    });
    if (signal.aborted) finish();
    for (const end of ['end', 'error', 'close'] as const) response.on(end, finish);
  });
}
