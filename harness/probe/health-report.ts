/** What a health answer says of itself, whatever shape it has. */
export type HealthReport = {
  readonly status: string | null;
  /** Dependencies that it reports as failed, by name. */
  readonly failed: readonly string[];
  readonly revision: string | null;
  /** The environment that it says it is. */
  readonly environment: string | null;
};

/** Words of a state that serves (PROTOCOL: ok, healthy, ready, alive, operational, degraded), and the ones that do not. */
const FAILING =
  /^(false|failed|failing|failure|fail|unhealthy|unavailable|error|down|not[_ -]?ready|disconnected|not[_ -]?connected|timeout|critical|starting|initializing)\b/i;
/** Fields that hold a dependency's state in a body that is otherwise about the service itself. */
const DEPENDENCY = /(_db|_readiness|database_status|_status|_connection|_connected|_available)$/i;
/** Objects whose fields are dependencies. */
const GROUPS = ['components', 'checks', 'dependencies', 'services', 'details'];
const FAILED_LISTS = ['failed_services', 'failed', 'failed_checks'];
/** Where an environment stands, and in what of an object its name. */
const ENVIRONMENTS = ['environment', 'env'];
const NAMES = ['name', 'environment', 'env', 'value', 'id'];
/** What is beneath them is said of others than the service itself. */
const OTHERS = ['components', 'checks', 'dependencies', 'services'];
/** How deep an environment is looked for. */
const DEEPEST = 3;
const REVISIONS = ['revision', 'git_sha', 'commit', 'build', 'version'];

/** Reads a health body; text that is no JSON object says nothing. */
export function healthReport(text: string | null): HealthReport {
  const body = objectIn(text);
  if (body === null) return { status: null, failed: [], revision: null, environment: null };
  const failed = new Set<string>();
  collect(body, DEPENDENCY, failed);
  for (const group of GROUPS) {
    const inner = body[group];
    if (isObject(inner)) collect(inner, /./, failed);
  }
  return {
    status: textOf(body.status),
    failed: [...failed],
    revision: revisionIn(body),
    environment: environmentIn(body),
  };
}

/** Whether a state word means that it serves. */
export function isServing(status: string | null): boolean {
  return status === null || !FAILING.test(status);
}

type Body = { readonly [key: string]: unknown };

function collect(from: Body, names: RegExp, into: Set<string>): void {
  for (const [name, value] of Object.entries(from)) {
    if (FAILED_LISTS.includes(name) && Array.isArray(value)) for (const each of value) into.add(String(each));
    else if (names.test(name) && name !== 'status' && isFailing(value)) into.add(name);
  }
}

function isFailing(value: unknown): boolean {
  if (value === false) return true;
  if (typeof value === 'string') return FAILING.test(value);
  if (!isObject(value)) return false;
  return value.healthy === false || value.ready === false || isFailing(value.status) || isFailing(value.state);
}

function revisionIn(body: Body): string | null {
  for (const name of REVISIONS) {
    const found = textOf(body[name]);
    if (found !== null) return found;
  }
  return null;
}

/** What is said nearest to the top counts. */
function environmentIn(body: Body): string | null {
  let level: readonly Body[] = [body];
  for (let depth = 0; depth <= DEEPEST && level.length > 0; depth++) {
    const found = level.flatMap((one) => ENVIRONMENTS.map((name) => named(one[name]))).find((name) => name !== null);
    if (found) return found;
    level = level.flatMap((one) =>
      Object.entries(one).flatMap(([name, value]) => (isObject(value) && !OTHERS.includes(name) ? [value] : [])),
    );
  }
  return null;
}

function named(value: unknown): string | null {
  if (!isObject(value)) return textOf(value);
  return NAMES.map((name) => textOf(value[name])).find((name) => name !== null) ?? null;
}

function objectIn(text: string | null): Body | null {
  try {
    const parsed: unknown = JSON.parse(text ?? '');
    return isObject(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : null;
}
