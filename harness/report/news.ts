import type { AgentEvent } from '../protocol/event.ts';
import type { Meaning } from '../protocol/profile.ts';

/** What a message means to somebody who watches. */
export type News = { readonly what: string; readonly how: string; readonly more: string };

/** The news in a message; `null` for what only keeps the conversation going. */
export function newsOf(meaning: Meaning): News | null {
  switch (meaning.kind) {
    case 'event':
      return { what: meaning.event.type, how: 'delivered', more: eventDetail(meaning.event) };
    case 'welcome':
      return { what: 'welcome', how: 'ok', more: '' };
    case 'error':
      return { what: 'error', how: 'received', more: [meaning.code, meaning.message].filter((it) => it).join(' ') };
    case 'run-failed':
    case 'fallback':
      return { what: meaning.type, how: 'received', more: meaning.message };
    case 'tool-failed':
      return { what: 'tool', how: 'broken', more: meaning.tool ?? '' };
    case 'shutdown':
      return { what: 'shutdown', how: 'announced', more: meaning.message };
    case 'unreadable':
      return { what: 'frame', how: 'unreadable', more: meaning.reason };
    default:
      return null;
  }
}

function eventDetail(event: AgentEvent): string {
  const marks = [
    event.tool ?? '',
    event.succeeded === false ? `says ${event.status ?? 'failed'}` : '',
    event.recovered ? 'recovered' : '',
    event.retried ? 'retried' : '',
  ];
  return marks.filter((mark) => mark !== '').join(', ');
}
