import { describe, expect, it } from 'vitest';
import { diagnosed } from '../../../fixtures/diagnosed.ts';
import { timeline } from '../../../fixtures/timeline-builder.ts';

const begun = () => timeline().credentialed('mint').opened().welcomed().asked().event('agent_started');

/** Closed for its keepalive some time after a stall of ours; the target went on talking meanwhile. */
const closed = (stallMs: number, agoMs: number, reason: string, code = 1011) =>
  diagnosed(begun().stalled(stallMs).wait(agoMs).event('agent_thinking').closed(code, reason).settled('closed'));

describe('a close for a pong that did not come', () => {
  it.each([
    [1000, 5000, true],
    [999, 5000, false],
    [5000, 59_990, true],
    [5000, 59_991, false],
  ])('after a stall of %i ms, %i ms ago, is the pong that we owed: %s', (stallMs, agoMs, isOwed) => {
    expect(closed(stallMs, agoMs, 'keepalive ping timeout')?.summary.includes(' and owed its pong: ')).toBe(isOwed);
  });

  it.each([
    ['keep-alive ping timeout', 1011, true],
    ['Keepalive Ping Timeout', 1011, true],
    ['ping timeout', 1011, false],
    ['keepalive ping timeout', 1001, false],
  ])('is told by %j and %i: %s', (reason, code, isOwed) => {
    expect(closed(5000, 5000, reason, code)?.summary.includes('owed its pong')).toBe(isOwed);
  });
});
