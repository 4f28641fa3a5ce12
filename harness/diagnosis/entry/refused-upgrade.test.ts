import { describe, expect, it } from 'vitest';
import { diagnosed } from '../../../fixtures/diagnosed.ts';
import { timeline } from '../../../fixtures/timeline-builder.ts';

const NGINX = '<html><hr><center>nginx/1.25.3</center></html>';

describe('an upgrade that was answered with HTTP', () => {
  it('says where, what, and by whom', () => {
    const found = diagnosed(
      timeline()
        .with({ target: { wsUrl: 'wss://api.example/ws?token=x', httpUrl: '', authUrl: '' } })
        .refused(503, NGINX, { server: 'nginx/1.25.3' }),
    );
    expect(found).toMatchObject({
      cause: 'service-unavailable',
      domain: 'infrastructure',
      answeredBy: 'edge',
      phase: 'upgrade',
      confidence: 'certain',
    });
    expect(found?.summary).toBe('the upgrade at wss://api.example/ws was answered 503 (nginx)');
    expect(found?.rivals.map(({ cause }) => cause)).toEqual(['upgrade-server-error']);
  });

  it.each([
    [503, '', 'service-unavailable', 'infrastructure'],
    [503, '{"detail":"overloaded"}', 'service-unavailable', 'infrastructure'],
    [
      503,
      '{"error":"Service not ready","details":{"failed_services":["agent_supervisor"]}}',
      'not-ready',
      'infrastructure',
    ],
    [503, '{"status":"unhealthy","startup_in_progress":true}', 'not-ready', 'infrastructure'],
    [503, 'not ready', 'service-unavailable', 'infrastructure'],
    [500, '{"message":"still initializing"}', 'not-ready', 'infrastructure'],
    [408, '', 'not-ready', 'infrastructure'],
    [502, NGINX, 'bad-gateway', 'infrastructure'],
    [504, NGINX, 'gateway-timeout', 'infrastructure'],
    [429, 'Rate exceeded.', 'rate-limited', 'infrastructure'],
    [429, '{"error":"too many connections for this user"}', 'connection-limit', 'infrastructure'],
    [404, 'Not Found', 'upgrade-not-found', 'infrastructure'],
    [200, '<!doctype html>', 'upgrade-ignored', 'infrastructure'],
    [405, '', 'upgrade-ignored', 'infrastructure'],
    [426, '', 'upgrade-ignored', 'infrastructure'],
    [301, '', 'upgrade-redirected', 'infrastructure'],
    [307, '', 'upgrade-redirected', 'infrastructure'],
    [500, 'Internal Server Error', 'upgrade-server-error', 'application'],
    [400, '', 'upgrade-refused', 'infrastructure'],
    [431, '', 'upgrade-refused', 'infrastructure'],
    [418, '', 'upgrade-refused', 'infrastructure'],
    [501, '', 'upgrade-refused', 'infrastructure'],
    [403, 'Origin not allowed', 'origin-refused', 'infrastructure'],
    [403, 'connection limit reached: 10 per user', 'connection-limit', 'infrastructure'],
    [400, 'The plain HTTP request was sent to HTTPS port', 'scheme-mismatch', 'harness'],
    [400, '<center>No required SSL certificate was sent</center>', 'tls-client-certificate', 'harness'],
    [403, 'client certificate required', 'tls-client-certificate', 'harness'],
    [503, '{"ready":false,"checks":{"db":"ok"}}', 'not-ready', 'infrastructure'],
    [503, '{"status":"not_ready"}', 'not-ready', 'infrastructure'],
    [503, '{"status":"starting"}', 'not-ready', 'infrastructure'],
    [429, '{"error":"max_connections_per_user"}', 'connection-limit', 'infrastructure'],
    [429, '{"error":"maxConnectionsPerUser reached"}', 'connection-limit', 'infrastructure'],
    [403, 'user already has 3 active connections', 'connection-limit', 'infrastructure'],
    [503, 'Too many open WebSocket sessions for this user', 'connection-limit', 'infrastructure'],
    [503, 'database connection pool exhausted: too many connections', 'service-unavailable', 'infrastructure'],
    [500, 'too many connections', 'upgrade-server-error', 'application'],
    [500, '{"error":"QueuePool limit of size 5, connection timed out"}', 'upgrade-server-error', 'application'],
    [400, '<center>400 Bad Request</center>', 'upgrade-refused', 'infrastructure'],
  ] as const)('%i with %j is %s', (status, body, cause, domain) => {
    expect(diagnosed(timeline().refused(status, body))).toMatchObject({ cause, domain });
  });

  it('counts the attempts', () => {
    const found = diagnosed(timeline().refused(503, NGINX, {}, 1).refused(502, NGINX, {}, 2));
    expect(found).toMatchObject({ cause: 'bad-gateway' });
    expect(found?.summary).toContain('answered 502 (edge), at the last of 2 attempts');
  });

  it('says so where health is green while the upgrade is not', () => {
    const green = { answer: { status: 200, headers: {}, bodyHead: '{}' } } as const;
    const lied = diagnosed(timeline().refused(503).probe('backend-health', green, 'health'));
    expect(lied?.hint).toMatch(/^health answers well, so look at what the socket's path alone has to pass/);
    const sick = { ok: false, answer: { status: 503, headers: {}, bodyHead: '' } } as const;
    expect(diagnosed(timeline().refused(503).probe('backend-health', sick, 'health'))?.hint).toMatch(
      /^read the platform log/,
    );
  });

  it('cannot tell a 500 of the platform from one of the application', () => {
    const found = diagnosed(
      timeline().refused(500, 'The request was aborted because there was no available instance.'),
    );
    expect(found).toMatchObject({ cause: 'upgrade-server-error', confidence: 'ambiguous', answeredBy: 'platform' });
    expect(found?.rivals[0]?.cause).toBe('service-unavailable');
  });

  it('is certain to be a 500 of the application only by its marks', () => {
    expect(diagnosed(timeline().refused(500))).toMatchObject({ cause: 'upgrade-server-error', confidence: 'likely' });
    expect(diagnosed(timeline().refused(500, '{"detail":"boom"}'))).toMatchObject({ confidence: 'certain' });
  });

  it('is not about readiness where words of it come with a token that is refused', () => {
    const said = (status: number, words: string) => ({
      ok: false,
      answer: { status, headers: {}, bodyHead: `{"error":"${words}"}` },
    });
    const words = 'token initialization failed';
    const built = timeline().credentialed('mint').refused(401, `{"error":"${words}"}`);
    const tied = built.probe('without-token', said(401, 'missing token')).probe('bogus-path', said(404, 'Not Found'));
    expect(diagnosed(tied)?.cause).toBe('credentials-refused');
    const all = timeline().credentialed('mint').refused(403, '{"error":"service not ready"}');
    const alike = all
      .probe('without-token', said(403, 'service not ready'))
      .probe('bogus-path', said(403, 'service not ready'));
    expect(diagnosed(alike)?.cause).toBe('not-ready');
  });

  it('names the carrier where the headers were too long for a proxy', () => {
    const page = '<title>400 Request Header Or Cookie Too Large</title><center>nginx</center>';
    expect(diagnosed(timeline().refused(400, page))?.hint).toContain('AGENT_EVENTS_TOKEN_CARRIER');
  });

  it.each([
    [
      '{"error":"denied","message":"agent_supervisor is not ready yet"}',
      ', saying "agent_supervisor is not ready yet"',
    ],
    ['{"detail":"a \\"b\\" \\u0007c"}', `, saying "a 'b' c"`],
    [`{"message":"${'x'.repeat(300)}`, `, saying "${'x'.repeat(119)}…"`],
    ['quota of the month is used up', ', saying "quota of the month is used up"'],
    ['Internal Server Error', ''],
    ['{"code":7}', ''],
    ['<html>no</html>', ''],
    ['', ''],
  ])('is quoted: %j', (body, quotation) => {
    const summary = diagnosed(timeline().refused(418, body))?.summary ?? '';
    expect(summary.replace(/^.*answered 418 \(\w+\)/, '')).toBe(quotation);
  });

  it('quotes what a redirect points to, without its query, and how long to wait', () => {
    const redirect = diagnosed(timeline().refused(301, '', { location: 'https://login.example/?next=jwt' }));
    expect(redirect?.hint).toContain('(it points to https://login.example/)');
    expect(diagnosed(timeline().refused(429, '', { 'retry-after': '30' }))?.hint).toContain('Retry-After: 30');
    expect(diagnosed(timeline().refused(431))?.hint).toContain('AGENT_EVENTS_TOKEN_CARRIER');
  });
});
