import { afterEach, describe, expect, it } from 'vitest';
import { ALICE, closeKept, served, socketOf } from '../../fixtures/dials.ts';
import { answer, type RawServer } from '../../fixtures/raw-server.ts';
import { rigFor, seen, settingsFor } from '../../fixtures/test-rig.ts';
import { dial } from './dial.ts';
import { isWorthRetrying, retryAfterMs } from './retry.ts';

afterEach(closeKept);

const refused = (status: number, headers: { readonly [name: string]: string }) =>
  ({ kind: 'refused', answer: { status, headers, bodyHead: '' }, tookMs: 1 }) as const;

async function triesAt(server: RawServer): Promise<readonly number[]> {
  const rig = rigFor(settingsFor(socketOf(server), { dialTries: 2 }));
  await dial(rig, ALICE);
  return seen(rig, 'dialled').map(({ atMs }) => atMs);
}

describe('Retry-After', () => {
  it('is read in seconds, or as a date of the clock that the answer shows', () => {
    const date = 'Fri, 02 Jan 2026 03:14:00 GMT';
    expect(retryAfterMs(refused(503, { 'retry-after': '2' }))).toBe(2000);
    expect(retryAfterMs(refused(503, { 'retry-after': 'Fri, 02 Jan 2026 03:14:09 GMT', date }))).toBe(9000);
    expect(retryAfterMs(refused(503, { 'retry-after': 'Fri, 02 Jan 2026 03:13:09 GMT', date }))).toBe(0);
    expect(retryAfterMs(refused(503, { 'retry-after': 'soon' }))).toBe(0);
    expect(retryAfterMs(refused(503, {}))).toBe(0);
    expect(retryAfterMs({ kind: 'opened' })).toBe(0);
  });

  it('ends the tries where somebody throttles us for longer than a dial waits', () => {
    expect(isWorthRetrying(refused(429, { 'retry-after': '60' }))).toBe(false);
    expect(isWorthRetrying(refused(429, { 'retry-after': '5' }))).toBe(true);
    expect(isWorthRetrying(refused(503, { 'retry-after': '60' }))).toBe(true);
  });

  it('is waited for before the next dial', async () => {
    const busy = await served({
      onRequest: (socket) => socket.end(answer('503 Service Unavailable', ['retry-after: 2'])),
    });
    const [first = 0, second = 0] = await triesAt(busy);
    expect(second - first).toBeGreaterThanOrEqual(2000);
    const later = await served({
      onRequest: (socket) => socket.end(answer('429 Too Many Requests', ['retry-after: 60'])),
    });
    expect(await triesAt(later)).toHaveLength(1);
  });
});
