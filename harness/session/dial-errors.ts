import { isTlsCode } from '../target/tls-code.ts';
import { troubleOf } from '../target/trouble.ts';
import { OWN_CODES, type Phase, type Trouble } from '../timeline/observation.ts';
import { type DialMarks, phaseReached } from './dial-marks.ts';

/** Where `ws` gives a sentence instead of a code: its beginning, and the code that this harness gives it. */
const SENTENCES: readonly (readonly [prefix: string, code: string])[] = [
  ['Invalid Sec-WebSocket-Accept', OWN_CODES.acceptInvalid],
  ['Invalid Upgrade header', OWN_CODES.upgradeHeaderInvalid],
  ['Server indicated an extension', OWN_CODES.extensionInvalid],
  ['Server sent a Sec-WebSocket-Extensions', OWN_CODES.extensionInvalid],
  ['Invalid Sec-WebSocket-Extensions', OWN_CODES.extensionInvalid],
  ['Server sent no subprotocol', OWN_CODES.subprotocolInvalid],
  ['Server sent an invalid subprotocol', OWN_CODES.subprotocolInvalid],
  ['Server sent a subprotocol but none', OWN_CODES.subprotocolInvalid],
];

/** What an error of a dial says: the phase it struck in, a code (never a sentence) and a message. Takes anything thrown. */
export function dialTroubleOf(error: unknown, marks: DialMarks): Trouble {
  const reached = phaseReached(marks);
  const { code, message } = troubleOf(error, reached);
  const own = SENTENCES.find(([prefix]) => message.startsWith(prefix))?.[1] ?? code;
  return { phase: phaseOf(error, own, reached), code: own, message };
}

function phaseOf(error: unknown, code: string, reached: Phase): Phase {
  if (reached === 'proxy') return 'proxy';
  if (isTlsCode(code)) return 'tls';
  const syscall = syscallOf(error);
  if (syscall === 'getaddrinfo') return 'dns';
  return syscall === 'connect' ? 'tcp' : reached;
}

/** The system call that failed, of the first real error where several addresses were tried. */
function syscallOf(error: unknown): unknown {
  if (error instanceof AggregateError && error.errors.length > 0) return syscallOf(error.errors[0]);
  return typeof error === 'object' && error !== null && 'syscall' in error ? error.syscall : null;
}
