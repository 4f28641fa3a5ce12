import type { NonEmpty } from '../../kernel/list.ts';
import type { Question } from '../profile.ts';

/** The request type that every known server routes to an agent. */
export const DEFAULT_REQUEST_TYPE = 'user_message';

/** One frame that every known server reads: a nested payload with the text under each name that one of them wants. */
export function request(question: Question): NonEmpty<string> {
  const { prompt, runId, threadId, requestType, atIso, messageId } = question;
  const payload = {
    content: prompt,
    text: prompt,
    message: prompt,
    user_request: prompt,
    thread_id: threadId,
    run_id: runId,
    timestamp: atIso,
    references: [],
  };
  return [
    JSON.stringify({
      type: requestType ?? DEFAULT_REQUEST_TYPE,
      payload,
      thread_id: threadId,
      message_id: messageId,
    }),
  ];
}
