const NOT_READY =
  /\bnot[ _-]?(yet[ _-])?ready\b|\binitiali[sz]ing\b|(?<!\b(agent|tool|model) )\binitiali[sz]ation\b(?! vectors?\b)|\bstart(ing)?[ _-]?up\b|\bstartup[ _]|\bfailed_services\b|\bwarming up\b/i;
const SERVICE_NOT_READY = /\b(services?|server|system|backend)\b( (is|are))? not[ _-]?(yet[ _-])?ready\b/i;
/** What a JSON answer reports in a field instead of words. */
const UNREADY_FIELD =
  /"(is_?)?ready"\s*:\s*false\b|"(status|state|phase)"\s*:\s*"(not[ _-]?ready|starting|initiali[sz]ing|warming[ _-]?up|booting)"/i;
const STARTUP_TIMEOUT = /\bstart-?up timeout\b/i;
const ORIGIN = /\borigin\b/i;
const CONNECTION_CAP =
  /\b(too many|max(imum)?|limit)\b.{0,40}\b(connections?|sockets?)\b|\b(connections?|sockets?)\b.{0,40}\b(limit|cap|exceeded|too many|quota)\b|\btoo many\b.{0,30}\bsessions\b|\b\d+ ((active|open|concurrent|existing|simultaneous|live) )+(web ?socket )?(connections?|sockets?|sessions?)\b/i;
/** Caps on what the application connects to itself, and limits of time. */
const OTHER_CAP =
  /pool\b|\b(database|db|redis|postgres\w*|psql|(py)?mysql|mariadb|mongo\w*|sqlite|sqlalchemy|clickhouse|kafka|rabbitmq|provider|llm|openai|anthropic|time ?-?out|deadline)\b|\bfor role\b/i;
const PLAIN_TO_TLS =
  /plain http request was sent to https port|http request to an https server|speaking plain http to an ssl/i;
const AUTH =
  /\b(un)?auth(enticat\w*|ori[sz]\w*|_\w+)?\b|\btoken\b(?! (limit|budget|count|usage))|\bjwt\b|\bcredentials?\b|\bnot logged in\b|\blog ?in\b/i;
/** A credential, what may be said between it and its fate, and that fate. */
const CREDENTIAL = String.raw`\b(?:auth|authentication|authori[sz]ation|credentials?|jwt|(?:(?:access|auth|bearer|id|session|user) )?token)\b`;
const BETWEEN = `(?:[ :-]+(?:is|are|was|were|has|have|been|or|and|validation|verification|signature|check|not|invalid|expired))*[ :-]+`;
const FATE = String.raw`(?:failed|failure|invalid|expired|missing|required|rejected|revoked|denied|malformed|mismatch|(?:not )?(?:valid|accepted|verified|provided))\b`;
const REFUSED = [
  new RegExp(`${CREDENTIAL}${BETWEEN}${FATE}`, 'i'),
  new RegExp(String.raw`\b(?:invalid|expired|missing|bad|revoked|malformed)(?: (?:or|and) \w+)? ${CREDENTIAL}`, 'i'),
  /\bno (?:(?:access|auth|bearer) )?(?:token|jwt)\b|\bnot authenticated\b|\bunauthenticated\b/i,
  /^\W*(?:401\W*)?unauthori[sz]ed\b(?:$|\W*$|[,:;.!]| (?:access|connection|user|client|request|token))/i,
  /\bnot logged in\b|\bplease log ?in\b|\blog ?in (?:first|again|required)\b/i,
];
/** Whom the application talks to itself: their refusals are of the application, not of us. */
const OTHERS =
  /\b(?:openai|anthropic|gemini|vertex|bedrock|azure|llm|model|provider|upstream|vendor|tool|api[ -]?key|third[ -]party)\b/i;
const AUTH_CODE =
  /^(?:AUTH_|AUTHENTICATION|NO_TOKEN|INVALID_TOKEN|TOKEN_(?!LIMIT|BUDGET|COUNT|USAGE)|UNAUTHORI[SZ]ED|FORBIDDEN|JWT_)/i;
const HELD_OFF = /\bcircuit\b|\bbreaker\b|\brate[ _-]?limit|\btoo many (requests|attempts|failures|tries)\b|\bthrottl/i;
const LOGIN = /\b(log|sign)[ _-]?(in|on)\b|\bo?auth2?\b|\bsso\b|\bsaml\b|\boidc\b|\bidp\b|\baccounts\./i;
const IDLE = /\b(idle|stale|inactiv\w*|timed? ?out)\b/i;

/** Whether a text says that the service is not ready or still initialising, in words or in a field of JSON. */
export function saysNotReady(text: string): boolean {
  return NOT_READY.test(text) || UNREADY_FIELD.test(text);
}

/** Whether a text says in so many words that a service is not ready: it means the whole of it, whatever was served before. */
export function saysServiceNotReady(text: string): boolean {
  return SERVICE_NOT_READY.test(text);
}

/** Whether a close reason says that the start took too long. */
export function saysStartupTimeout(text: string): boolean {
  return STARTUP_TIMEOUT.test(text);
}

/** Whether a text is about the Origin header. */
export function saysOrigin(text: string): boolean {
  return ORIGIN.test(text);
}

/** Whether a server says that it was spoken to without TLS on a port where it expects TLS. */
export function saysPlainToTls(text: string): boolean {
  return PLAIN_TO_TLS.test(text);
}

/** Whether a text names a cap on connections to the target; those of its own pools and databases are none of it. */
export function saysConnectionCap(text: string): boolean {
  const words = text.replaceAll('_', ' ').replace(/([a-z])([A-Z])/g, '$1 $2');
  return CONNECTION_CAP.test(words) && !OTHER_CAP.test(words);
}

/** Whether a text is about who we are: authentication, a token, credentials; also in a code like NO_TOKEN. */
export function saysAuth(text: string): boolean {
  return AUTH.test(text) || AUTH.test(text.replaceAll('_', ' '));
}

/** Whether a text says that who we are, or the token that we showed, was refused: the phrase, and not somebody else's refusal. */
export function saysRefused(text: string): boolean {
  const words = text.replaceAll('_', ' ');
  return REFUSED.some((pattern) => pattern.test(words)) && !OTHERS.test(words);
}

/** Whether the code of an error is one of authentication. */
export function isAuthCode(code: string): boolean {
  return AUTH_CODE.test(code);
}

/** Whether an address is one where people sign in. */
export function saysLogin(address: string): boolean {
  return LOGIN.test(address);
}

/** Whether a close reason speaks of idle or stale connections. */
export function saysIdle(text: string): boolean {
  return IDLE.test(text) && !saysStartupTimeout(text);
}

/** Whether a text says that its sender holds us off for a while: a breaker is open, we ask too often. */
export function saysWait(text: string): boolean {
  return HELD_OFF.test(text);
}
