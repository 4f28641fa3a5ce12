import type { Meaning } from '../profile.ts';

/** The answer without which the conversation does not go on: to an offered handshake, a heartbeat or a ping; else `null`. */
export function reply(meaning: Meaning, atIso: string): string | null {
  switch (meaning.kind) {
    case 'handshake':
      return JSON.stringify({ type: 'handshake_acknowledged', thread_id: meaning.threadId, timestamp: atIso });
    case 'heartbeat':
      return JSON.stringify({ type: 'heartbeat_ack', timestamp: atIso });
    case 'application-ping':
      return JSON.stringify({ type: 'pong', timestamp: atIso });
    default:
      return null;
  }
}
