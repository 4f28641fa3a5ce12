import type { Missed } from '../profile.ts';

/** What known clients send when they come back. No known server heeds it: each replays what it kept for the user by itself. */
export function recovery({ threadId, lastMessageId, atIso }: Missed): string {
  return JSON.stringify({ type: 'session_restore', payload: { threadId, lastMessageId }, timestamp: atIso });
}
