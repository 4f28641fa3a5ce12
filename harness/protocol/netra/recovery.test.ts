import { expect, it } from 'vitest';
import { decode } from './decode.ts';
import { netra } from './netra.ts';

it('what a client asks for that comes back is the session of its thread since its last message', () => {
  const text = netra.recovery?.({ threadId: 't1', lastMessageId: 'e7', atIso: '2026-01-01T00:00:01.000Z' }) ?? '';
  expect(JSON.parse(text)).toEqual({
    type: 'session_restore',
    payload: { threadId: 't1', lastMessageId: 'e7' },
    timestamp: '2026-01-01T00:00:01.000Z',
  });
  expect(decode(text, 'to-target')).toEqual([{ kind: 'note', type: 'session_restore' }]);
});
