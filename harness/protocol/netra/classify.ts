import type { Meaning } from '../profile.ts';
import { agentEvent } from './agent-event.ts';
import { complaintOf } from './complaint.ts';
import { firstText } from './json.ts';
import { canonicalType, NAMES } from './names.ts';
import { stampOf } from './stamp.ts';
import type { Message } from './unwrap.ts';

/** What one message means to a conversation; a type that nobody knows is a note. */
export function classify(message: Message): Meaning {
  const canonical = canonicalType(message.type);
  return canonical === null ? besideTheFive(message) : { kind: 'event', event: agentEvent(canonical, message) };
}

function besideTheFive({ type, fields }: Message): Meaning {
  switch (type) {
    case 'connection_established':
    case 'connect':
      return {
        kind: 'welcome',
        connectionId: firstText(fields, NAMES.connectionId),
        userId: firstText(fields, NAMES.userId),
        stamp: stampOf(fields.timestamp),
      };
    case 'handshake_response':
      return { kind: 'handshake', threadId: firstText(fields, NAMES.threadId), runId: firstText(fields, NAMES.runId) };
    case 'handshake_complete':
      return { kind: 'handshake-complete' };
    case 'heartbeat':
      return { kind: 'heartbeat' };
    case 'ping':
      return { kind: 'application-ping' };
    case 'pong':
    case 'heartbeat_ack':
      return { kind: 'application-pong' };
    case 'ack':
      return { kind: 'ack', receivedType: firstText(fields, ['received_type']) };
    case 'error':
    case 'error_message':
    case 'authentication_error':
    case 'connection_error':
    case 'system_error':
      return { kind: 'error', ...complaintOf(type, fields) };
    case 'agent_error':
    case 'agent_failed':
    case 'agent_timeout_failure':
    case 'agent_death':
      return {
        kind: 'run-failed',
        type,
        agent: firstText(fields, NAMES.agent),
        runId: firstText(fields, NAMES.runId),
        message: complaintOf(type, fields).message,
      };
    case 'tool_error':
      return { kind: 'tool-failed', tool: firstText(fields, NAMES.tool), callId: firstText(fields, NAMES.callId) };
    case 'agent_fallback':
      return { kind: 'fallback', type, message: complaintOf(type, fields).message };
    case 'system_shutdown':
    case 'server_shutdown':
      return { kind: 'shutdown', message: complaintOf(type, fields).message };
    default:
      return { kind: 'note', type };
  }
}
