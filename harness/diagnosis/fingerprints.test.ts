import { describe, expect, it } from 'vitest';
import { answer } from '../../fixtures/timeline-builder.ts';
import { answeredBy, isFrameworkAnswer, isHtml, isJson } from './answered-by.ts';

const PLAIN = { 'content-type': 'text/plain' };

describe('the fingerprint of who answered', () => {
  it.each([
    ['nginx/1.25.3'],
    ['openresty'],
    ['envoy'],
    ['istio-envoy'],
    ['Google Frontend'],
    ['gws'],
    ['awselb/2.0'],
    ['cloudflare'],
    ['CloudFront'],
    ['AkamaiGHost'],
    ['Varnish'],
    ['HAProxy'],
    ['Traefik'],
    ['Caddy'],
  ])('of an edge is the server %s', (server) => {
    expect(answeredBy(answer(503, '', { server }))).toBe('edge');
  });

  it.each([['uvicorn'], ['hypercorn'], ['gunicorn'], ['Werkzeug/3'], ['']])(
    'of a server is the server %j',
    (server) => {
      expect(answeredBy(answer(503, '', { server }))).toBe('server');
    },
  );

  it.each(['x-trace-id', 'x-environment', 'api-version', 'x-service-name', 'x-issue-449-fix', 'x-middleware-error'])(
    'of the application is the header %s',
    (name) => {
      expect(answeredBy(answer(503, '', { [name]: '1', server: 'nginx' }))).toBe('app');
    },
  );

  it.each([
    ['Your client does not have permission to get URL /ws', 'platform'],
    ['Rate exceeded.', 'platform'],
    ['Rate exceeded', 'platform'],
    ['moderate exceeded', 'server'],
    ['The request was aborted because there was no available instance', 'platform'],
    ['reached its maximum container instances', 'platform'],
    ['the maximum number of container instances', 'platform'],
    ['malformed or connection to the instance had an error', 'platform'],
    ['<center>nginx</center>', 'edge'],
    ['<center>openresty</center>', 'edge'],
    ['upstream connect error', 'edge'],
    ['no healthy upstream', 'edge'],
    ['upstream request timeout', 'edge'],
    ['<h1>Error: Server Error</h1>', 'edge'],
    ["That's an error.", 'edge'],
    ['That’s an error.', 'edge'],
    ['The server encountered a temporary error', 'edge'],
  ])('is the text %j: %s', (body, answerer) => {
    expect(answeredBy(answer(503, body, { ...PLAIN, server: 'uvicorn' }))).toBe(answerer);
    expect(answeredBy(answer(503, body, { ...PLAIN, 'x-trace-id': 't' }))).toBe('app');
  });

  it.each([
    ['{"a":1}', '', true],
    [' [1]', '', true],
    ['', 'application/json', true],
    ['', 'application/problem+json; charset=utf-8', true],
    ['x {', '', false],
    ['', 'text/jsonp', false],
  ])('is JSON in %j of type %j: %s', (body, type, is) => {
    expect(isJson(answer(503, body, { 'content-type': type }))).toBe(is);
  });

  it.each([
    ['<!doctype html>', '', true],
    [' <HTML>', '', true],
    ['<head>', '', true],
    ['<h1>x', '', true],
    ['', 'text/html; charset=utf-8', true],
    ['<p>x', '', false],
    ['x <html>', '', false],
  ])('is a page in %j of type %j: %s', (body, type, is) => {
    expect(isHtml(answer(503, body, { 'content-type': type }))).toBe(is);
  });

  it.each([
    [403, '', 'text/plain', true],
    [403, '', 'text/plain; charset=utf-8', true],
    [403, 'no', 'text/plain', false],
    [403, '', 'text/plainer', false],
    [403, '', '', false],
    [404, 'Not Found', 'text/plain', true],
    [404, 'not found', 'text/plain', false],
    [500, 'Internal Server Error', 'text/plain', true],
    [500, '', 'text/plain', false],
    [405, 'Not Found', 'text/plain', false],
    [403, '', 'application/x-text/plain', false],
    [502, 'Internal Server Error', 'text/plain', false],
  ])('is that of a framework for %i %j of type %j: %s', (status, body, type, is) => {
    expect(isFrameworkAnswer(answer(status, body, { 'content-type': type }))).toBe(is);
  });
});
