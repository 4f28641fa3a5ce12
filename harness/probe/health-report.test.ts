import { describe, expect, it } from 'vitest';
import { healthReport, isServing } from './health-report.ts';

const failed = (body: object): readonly string[] => healthReport(JSON.stringify(body)).failed;

describe('a health report', () => {
  it('names the databases that a readiness body reports as failed', () => {
    const body = {
      status: 'ready',
      core_db: 'connected',
      clickhouse_db: 'unavailable',
      redis_db: false,
      websocket_readiness: { ready: false },
    };
    expect(failed(body)).toEqual(['clickhouse_db', 'redis_db', 'websocket_readiness']);
  });

  it('names components by their state', () => {
    const components = {
      manager: true,
      message_router: false,
      connection_monitor: { status: 'unhealthy' },
      cache: 'healthy',
    };
    expect(failed({ status: 'degraded', components })).toEqual(['message_router', 'connection_monitor']);
  });

  it('reads a list of failed services wherever it stands', () => {
    expect(failed({ failed_services: ['agent_supervisor'] })).toEqual(['agent_supervisor']);
    expect(failed({ error: 'x', details: { failed_services: ['agent_supervisor', 'thread_service'] } })).toEqual([
      'agent_supervisor',
      'thread_service',
    ]);
  });

  it('says nothing of a body that is no object', () => {
    for (const text of [null, '', 'OK', '[1]', '3', '{"status":'])
      expect(healthReport(text)).toEqual({ status: null, failed: [], revision: null, environment: null });
  });

  it('finds the revision under any of its names', () => {
    expect(healthReport('{"version":"1.2","revision":"abc"}').revision).toBe('abc');
    expect(healthReport('{"build":7}').revision).toBe('7');
    expect(healthReport('{"status":"ok"}').revision).toBe(null);
  });

  it.each([
    [{ details: { environment: 'production' } }, 'production'],
    [{ environment: { name: 'production' } }, 'production'],
    [{ env: 'staging', details: { env: 'production' } }, 'staging'],
    [{ data: { app: { env: 'prod' } } }, 'prod'],
    [{ dependencies: { payments: { environment: 'production' } } }, null],
    [{ a: { b: { c: { d: { environment: 'production' } } } } }, null],
    [{ environment: { region: {} }, env: 'live' }, 'live'],
  ])('finds in %j the environment %s', (body, environment) => {
    expect(healthReport(JSON.stringify(body)).environment).toBe(environment);
  });

  it('takes the documented words for serving, and the others for not', () => {
    for (const word of ['ok', 'healthy', 'ready', 'alive', 'operational', 'degraded', null])
      expect(isServing(word)).toBe(true);
    for (const word of ['unhealthy', 'not_ready', 'starting', 'failed', 'down']) expect(isServing(word)).toBe(false);
  });
});
