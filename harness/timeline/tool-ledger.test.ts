import { describe, expect, it } from 'vitest';
import { ToolLedger } from './tool-ledger.ts';

const call = (tool: string | null, callId: string | null = null) => ({ tool, callId });

describe('a ledger of tool calls', () => {
  it('pairs by call id, however the calls interleave and whatever they are called', () => {
    const ledger = new ToolLedger<string>();
    ledger.begin(call('search', '1'), 'first');
    ledger.begin(call('search', '2'), 'second');
    expect(ledger.end(call('search', '2'), '')).toBe('second');
    expect(ledger.end(call(null, '1'), '')).toBe('first');
    expect(ledger.balanced).toBe(true);
  });

  it('keeps calls of different ids apart, though their names are the same', () => {
    const ledger = new ToolLedger<string>();
    ledger.begin(call('search', '1'), 'begun');
    expect(ledger.end(call('search', '2'), 'ended')).toBeNull();
    expect([ledger.unended, ledger.unbegun]).toEqual([['begun'], ['ended']]);
  });

  it('pairs by name where one side has no call id, oldest first', () => {
    const ledger = new ToolLedger<string>();
    ledger.begin(call('search', '1'), 'first');
    ledger.begin(call('search'), 'second');
    ledger.begin(call('search'), 'third');
    expect(ledger.end(call('search', '9'), '')).toBe('second');
    expect(ledger.end(call('search'), '')).toBe('third');
    expect(ledger.end(call('search'), '')).toBe('first');
  });

  it('counts calls of one name as a multiset', () => {
    const ledger = new ToolLedger<string>();
    ledger.begin(call('search'), 'first');
    ledger.begin(call('search'), 'second');
    ledger.end(call('search'), '');
    expect(ledger.unended).toEqual(['second']);
    expect(ledger.balanced).toBe(false);
  });

  it('pairs an end with the beginning that comes after it', () => {
    const ledger = new ToolLedger<string>();
    ledger.end(call('search'), 'ended');
    expect(ledger.begin(call('search'), 'begun')).toBe('ended');
    expect(ledger.balanced).toBe(true);
  });

  it.each([
    [call(null), call('search')],
    [call('search'), call(null)],
    [call(null, '1'), call('search')],
    [call('search', '1'), call(null)],
    [call(null), call('search', '1')],
    [call(null), call(null, '1')],
  ])('lets a side without a name fit: %o and %o', (begun, ended) => {
    const ledger = new ToolLedger<string>();
    ledger.begin(begun, 'begun');
    expect(ledger.end(ended, 'ended')).toBe('begun');
  });

  it('ends a call that fails, and takes a later end for the report of the same', () => {
    const ledger = new ToolLedger<string>();
    ledger.begin(call('search'), 'begun');
    expect(ledger.fail(call('search'))).toBe('begun');
    expect(ledger.balanced).toBe(true);
    expect(ledger.end(call('search'), '')).toBe('begun');
    expect(ledger.balanced).toBe(true);
  });

  it('is not moved by the failure of what never began', () => {
    const ledger = new ToolLedger<string>();
    expect(ledger.fail(call('search'))).toBeNull();
    expect(ledger.balanced).toBe(true);
  });
});
