import { type NonEmpty, nonEmpty } from '../../kernel/list.ts';
import type { Direction, Meaning } from '../profile.ts';
import { classify } from './classify.ts';
import { type Unwrapped, unwrap } from './unwrap.ts';

/** What a frame's text means. Never throws; what we send ourselves is never more than a note. */
export function decode(text: string, direction: Direction): NonEmpty<Meaning> {
  const read = direction === 'from-target' ? arrived : ownWords;
  return nonEmpty(messagesIn(text).map(read)) ?? [{ kind: 'unreadable', reason: 'an empty list holds no message' }];
}

function messagesIn(text: string): readonly Unwrapped[] {
  if (text.trim() === '') return [{ unreadable: 'an empty frame' }];
  try {
    return unwrap(JSON.parse(text));
  } catch {
    // The parser's own message quotes the text.
    return [{ unreadable: `not JSON (${text.length} characters)` }];
  }
}

function arrived(message: Unwrapped): Meaning {
  return 'unreadable' in message ? { kind: 'unreadable', reason: message.unreadable } : classify(message);
}

function ownWords(message: Unwrapped): Meaning {
  return 'unreadable' in message
    ? { kind: 'unreadable', reason: message.unreadable }
    : { kind: 'note', type: message.type };
}
