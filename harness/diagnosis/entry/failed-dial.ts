import { OWN_CODES, type Phase, type Seen, type Trouble } from '../../timeline/observation.ts';
import type { Run } from '../../timeline/run.ts';
import { troubleWords } from '../../timeline/trouble-words.ts';
import { CAUSES, type CauseCode } from '../causes.ts';
import type { Answerer, Diagnosis, Rival } from '../diagnosis.ts';
import { exhaustionIn } from '../exhaustion-in.ts';
import { diagnosisOf, evidenceOf, type Finding } from '../finding.ts';
import { followUp, probesOf } from '../follow-ups.ts';
import { socketPlace } from '../place.ts';
import type { EntryFailure } from './entry-failures.ts';
import { causeOfTrouble } from './trouble-cause.ts';

const OUR_CLOCK: Rival = {
  cause: 'clock-skew',
  check: 'compare the clock of this machine with the Date header of any server',
};
const RIVALS: { readonly [C in CauseCode]?: readonly Rival[] } = {
  'dns-not-found': [{ cause: 'config-invalid', check: 'is the host name in the URL spelled right, and the VPN up?' }],
  'dns-unavailable': [{ cause: 'client-offline', check: 'does this machine resolve any other name?' }],
  'connection-refused': [
    { cause: 'config-invalid', check: 'is the port in the URL the one that the service listens on?' },
  ],
  'connection-timeout': [
    { cause: 'client-offline', check: 'does a firewall or VPN of this machine swallow the packets?' },
  ],
  'tls-expired': [OUR_CLOCK],
  'tls-not-yet-valid': [OUR_CLOCK],
  'tls-untrusted': [
    { cause: 'proxy-refused', check: 'who issued the certificate: does a proxy of this network inspect TLS?' },
  ],
  'tls-name-mismatch': [
    { cause: 'config-invalid', check: 'is the host in the URL the one that the environment documents?' },
  ],
  'upgrade-timeout': [{ cause: 'not-ready', check: 'does a later upgrade go through (--wait-for-ready)?' }],
};
const WANTS_CERTIFICATE: Rival = {
  cause: 'tls-client-certificate',
  check: 'does `openssl s_client -connect HOST:PORT` list names under "Acceptable client certificate CA names"?',
};
/** TCP had connected: no firewall is in the way, and the host is up. */
const UNAGREED: Pick<Finding, 'confidence' | 'rivals' | 'hint'> = {
  confidence: 'likely',
  rivals: [
    { cause: 'scheme-mismatch', check: 'does this port speak TLS at all (`openssl s_client -connect HOST:PORT`)?' },
  ],
  hint: 'TCP connected, so the host is up and no firewall refuses us: see whether the port speaks TLS at all, and what ends TLS there',
};
/** Alert 40, which says no more than that the server would not: up to TLS 1.2 a missing client certificate ends so too. */
const HANDSHAKE_FAILURE = /handshake[_ ]failure|alert number 40\b/i;
/** How plain HTTP fares on a port that speaks TLS. */
const UNHEARD: ReadonlySet<CauseCode> = new Set(['connection-reset', 'handshake-malformed', 'upgrade-timeout']);
/** Causes that our own limits may be behind. */
const OWN_LIMITS: ReadonlySet<CauseCode> = new Set(['client-exhausted', 'dns-not-found', 'dns-unavailable']);

type FailedDial = Extract<EntryFailure, { readonly answer: null }>;

/** Why a connection or a rung ended underneath HTTP. */
export function failedDial(run: Run, { at, trouble: known, attempts }: FailedDial): Diagnosis {
  const named = causeOfTrouble(known);
  const control = followUp(run, 'control-lookup');
  const certificate = saysNoMore(known) ? followUp(run, 'client-certificate') : null;
  const tls = UNHEARD.has(named) ? spokeTls(run) : null;
  const plain = known.phase === 'tls' ? spokePlainly(run, at) : null;
  const asked = certificate?.facts.asked === true ? certificate : null;
  const instead = asked === null ? ownInstead(run, named, control) : 'tls-client-certificate';
  const cause = tls === null && plain === null ? (instead ?? named) : 'scheme-mismatch';
  const own = OWN_LIMITS.has(cause) ? followUp(run, 'own-resources') : null;
  const clock = cause === 'tls-expired' || cause === 'tls-not-yet-valid' ? followUp(run, 'own-clock') : null;
  const ours = own?.facts.exhausted === true ? own : clock?.ok === false ? clock : null;
  const spoken = tls === null ? (plain === null ? null : 'the port answers plain HTTP') : 'the port speaks TLS';
  const found = spoken ?? (asked ?? ours)?.detail;
  return diagnosisOf({
    cause,
    phase: known.phase,
    answeredBy: answererOf(cause, known.phase),
    ...standing(cause, known, certificate, clock),
    summary: `${summaryOf(run, at, known, attempts)}${found === undefined ? '' : `; ${found}`}`,
    evidence: evidenceOf(
      at,
      tls,
      plain,
      certificate,
      own,
      clock,
      cause.startsWith('dns-') || cause.startsWith('client-') ? control : null,
    ),
  });
}

function saysNoMore({ code, message }: Trouble): boolean {
  return HANDSHAKE_FAILURE.test(`${code} ${message}`);
}

function standing(
  cause: CauseCode,
  trouble: Trouble,
  certificate: Seen<'probed'> | null,
  clock: Seen<'probed'> | null,
): Pick<Finding, 'confidence' | 'rivals' | 'hint'> {
  const refused = cause === 'tls-failed' && saysNoMore(trouble) && certificate?.trouble !== null;
  if (cause === 'connection-timeout' && trouble.phase === 'tls') return UNAGREED;
  const rivals = refused ? [WANTS_CERTIFICATE] : (RIVALS[cause] ?? []);
  const isExpired = cause === 'tls-expired' && clock?.ok !== false;
  const certain = rivals.length === 0 || cause === 'connection-refused' || isExpired;
  return { confidence: certain ? 'certain' : 'likely', rivals };
}

/** A name that is not found is our own trouble where this machine finds no name at all, and no descriptor for a look-up. */
function ownInstead(run: Run, named: CauseCode, control: ReturnType<typeof followUp>): CauseCode | null {
  if (named !== 'dns-not-found' && named !== 'dns-unavailable') return null;
  if (exhaustionIn(run) !== null) return 'client-exhausted';
  if (control === null || control.ok) return null;
  // A name that needs no network is not found only where no descriptor is left to read it with.
  const { local } = control.facts;
  return typeof local === 'string' && local !== 'resolved' ? 'client-exhausted' : 'client-offline';
}

/** The probe that found TLS on the port that we spoke plainly to, at the dial or at a rung. */
function spokeTls(run: Run): Seen<'probed'> | null {
  if (!run.header.target.wsUrl.startsWith('ws:')) return null;
  return probesOf(run, 'tls-on-port').findLast(({ facts }) => facts.speaksTls === true) ?? null;
}

/** The probe that was answered in plain HTTP on the port where TLS was not agreed. */
function spokePlainly(run: Run, at: EntryFailure['at']): Seen<'probed'> | null {
  if (!run.header.target.wsUrl.startsWith('wss:')) return null;
  const plain = followUp(run, 'plain-on-port', at.seq);
  return plain?.facts.speaksHttp === true ? plain : null;
}

function answererOf(cause: CauseCode, phase: Phase): Answerer {
  if (CAUSES[cause].domain === 'harness') return cause === 'proxy-refused' ? 'network' : 'client';
  if (cause === 'connection-refused' || cause === 'host-unreachable' || phase === 'dns') return 'network';
  if (cause === 'handshake-malformed' || cause === 'subprotocol-mismatch') return 'server';
  return cause.startsWith('tls-') ? 'edge' : 'none';
}

function summaryOf(run: Run, at: EntryFailure['at'], { phase, code, message }: Trouble, attempts: number): string {
  const isHealth = at.kind === 'probed' && at.rung === 'health';
  const missing = isHealth ? `no answer at ${originOf(socketPlace(run))}` : `no WebSocket at ${socketPlace(run)}`;
  const said = troubleWords({ code, message });
  const words =
    phase === 'tls' && code === OWN_CODES.deadline ? `TCP connected, and TLS was not agreed: ${said}` : said;
  return `${missing}: ${words}, at ${phase}${attempts > 1 ? `, at the last of ${attempts} attempts` : ''}`;
}

/** Where the health of a socket's own port is asked: the same place, by HTTP. */
function originOf(place: string): string {
  return place.replace('ws', 'http').split('/').slice(0, 3).join('/');
}
